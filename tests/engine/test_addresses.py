"""What BOOK_URL and git add to the pages of a small book, and that neither makes a chapter run again."""

from __future__ import annotations

import re
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from smallbook import CONFIG, Book, commit, small_book

ADDRESS = "https://example.org/boek/"
PAGES = ["plain", "a", "b", "c"]
CITATION = """
title: "Klein: een rapport"
authors: [{name: Groep X}]
version: 2.1
date-released: "2020-03-05"
license: [MIT, CC-BY-4.0]
"""
FOOT = (
    '{% extends "!layout.html" %}{% block footer %}<p class="foot">{{ page_version }} {{ page_date }}</p>{% endblock %}'
)


def described_book(root: Path) -> Book:
    """A small book that says what it is, and at the foot of each page its version and date."""
    book = small_book(root, {"BOOK_URL": ""})
    config = CONFIG.replace("bookbuild.execution.inputs]", "bookbuild.execution.inputs, bookbuild.site.metadata]")
    book.write("_config.yml", config + "    templates_path: [_templates]\n")
    book.write("_templates/layout.html", FOOT)
    book.write("CITATION.cff", CITATION)
    book.write("chapters/plain.md", "# Alleen tekst\n\n```{citation} apa\n```\n")
    book.write(".gitignore", "_build/\n__pycache__/\n")
    return book


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Book:
    book = described_book(tmp_path_factory.mktemp("klein"))
    book.build().succeeded()
    return book


def test_without_an_address_none_is_claimed(built: Book) -> None:
    published = built.root / "_build" / "html"
    assert not (published / "sitemap.xml").exists()
    assert "Sitemap" not in (published / "robots.txt").read_text(encoding="utf-8")
    assert "url" not in (published / "citation.bib").read_text(encoding="utf-8")
    assert "[Rapport].</p>" in built.page("plain")
    for name in PAGES:
        assert re.findall(r'canonical|og:url|og:image|"@id"|http[^"]*klein', built.page(name)) == []


def test_with_an_address_every_page_has_its_own_and_no_chapter_runs_again(built: Book) -> None:
    before = built.published()
    assert built.build(BOOK_URL=ADDRESS.rstrip("/")).succeeded().executed == set()
    published = built.root / "_build" / "html"
    listed = [found.text for found in ET.parse(published / "sitemap.xml").iter() if found.tag.endswith("}loc")]
    assert listed == [f"{ADDRESS}chapters/{name}.html" for name in PAGES]
    for name in PAGES:
        own = f"{ADDRESS}chapters/{name}.html"
        assert re.findall(r'rel="canonical" href="([^"]+)"', built.page(name)) == [own]
        assert f'<meta property="og:url" content="{own}">' in built.page(name)
    assert f'[Rapport]. <a href="{ADDRESS}chapters/plain.html">' in built.page("plain")
    assert "canonical" not in (published / "search.html").read_text(encoding="utf-8")
    assert f"UR  - {ADDRESS}chapters/plain.html" in (published / "citation.ris").read_text(encoding="utf-8")
    assert built.build().succeeded().executed == set()
    assert built.published() == before


def test_a_false_address_stops_the_build_and_leaves_the_book(built: Book) -> None:
    before = built.published()
    result = built.build(BOOK_URL="boek.example.org")
    assert result.status == 1
    assert "'boek.example.org' is geen adres" in result.output
    assert "Traceback" not in result.output
    assert built.published() == before


def test_another_version_shows_on_every_page_and_runs_nothing(built: Book) -> None:
    before = built.published()
    built.write("CITATION.cff", CITATION.replace("2.1", "2.2"))
    assert built.build().succeeded().executed == set()
    assert all('<p class="foot">2.2 ' in built.page(name) for name in PAGES)
    built.write("CITATION.cff", CITATION)
    assert built.build().succeeded().executed == set()
    assert built.published() == before


def foot(book: Book, name: str) -> str:
    """What stands at the foot of a page."""
    (found,) = re.findall(r'<p class="foot">2\.1 (.*?)</p>', book.page(name))
    return found


def test_the_date_of_a_page_is_that_of_the_commit_it_rests_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = described_book(tmp_path)
    book.build().succeeded()
    assert {foot(book, name) for name in PAGES} == {""}  # no git, no date
    first, second = (
        '<time datetime="2020-03-05">5 maart 2020</time>',
        '<time datetime="2021-07-01">1 juli 2021</time>',
    )
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2020-03-05T23:30:00+0100")
    commit(tmp_path)
    book.build().succeeded()
    assert {foot(book, name) for name in PAGES} == {first}
    book.write("data/a.csv", "5\n")
    book.write("chapters/plain.md", "# Alleen tekst\n\nAndere tekst.\n")
    book.build().succeeded()
    dirty = f"{first}, met nog niet vastgelegde wijzigingen"
    assert [foot(book, name) for name in PAGES] == [dirty, dirty, first, first]
    monkeypatch.setenv("GIT_COMMITTER_DATE", "2021-07-01T00:30:00+0200")
    commit(tmp_path, "b")
    assert book.build().succeeded().executed == set()
    assert [foot(book, name) for name in PAGES] == [second, second, first, first]
    assert '"dateModified":"2021-07-01"' in book.page("plain")
    going_on = book.published()
    shutil.rmtree(tmp_path / "_build")
    book.build().succeeded()
    assert book.published() == going_on
