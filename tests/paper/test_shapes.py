"""The EPUB and the DOCX say what the web pages say: titles, figures, links, and every number as in claims.json."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml.html import HtmlElement
from pdfreading import plain
from shapereading import XHTML, Ebook, Image, Word

from bookbuild import machine
from bookbuild.paper import shapes
from bookbuild.paper.pages import words
from bookbuild.project import history

NUMBERS = ".//a[contains(@class, 'number ')][contains(@href, 'claims.html#')][not(ancestor::*[@hidden])]"
LINK = "Vaste link: "
MARKS = re.compile("[✓■]")
COUNTS = {"twee": "2", "drie": "3", "two": "2", "three": "3"}
Claims = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def claims(book: Path) -> Claims:
    """The published ledger, by id."""
    return {claim["id"]: claim for claim in json.loads((book / "claims.json").read_text(encoding="utf-8"))}


@pytest.fixture(scope="module", params=["epub", "docx"])
def shape(request: pytest.FixtureRequest, ebook: Path, manuscript: Path) -> Ebook | Word:
    """Each of the two, read."""
    return Ebook(ebook) if request.param == "epub" else Word(manuscript)


@pytest.fixture(scope="module")
def entries(shape: Ebook | Word, articles: dict[str, HtmlElement]) -> dict[str, tuple[str, str]]:
    """The anchor and the text of each entry of the ledger, by the id that its last line gives."""
    page = list(articles).index("claims")
    blocks = [block for block in shape.blocks if block.page == page]
    found = {}
    for last, block in enumerate(blocks):
        if block.text.startswith(LINK):
            ((anchor, _),) = block.links
            (first,) = (place for place, other in enumerate(blocks) if anchor in other.anchors)
            found[block.text.removeprefix(LINK)] = (anchor, " | ".join(each.text for each in blocks[first:last]))
    return found


def test_titles_are_those_of_the_pages_in_their_order(shape: Ebook | Word, articles: dict[str, HtmlElement]) -> None:
    expected = [
        (page, int(heading.tag[1]), words(heading))
        for page, article in enumerate(articles.values())
        for heading in article.iter("h1", "h2", "h3")
    ]
    assert len(expected) > 60
    assert [(block.page, block.level, block.text) for block in shape.blocks if block.level] == expected


def test_every_figure_is_there_and_says_in_words_what_it_shows(
    shape: Ebook | Word, articles: dict[str, HtmlElement]
) -> None:
    described = "ancestor::figure/following-sibling::*[1]//details[starts-with(., 'Besch')]/p"
    expected = [
        Image(page, plain(" ".join([image.get("alt"), *(text.text_content() for text in image.xpath(described))])))
        for page, article in enumerate(articles.values())
        for image in article.iter("img")
    ]
    assert len(expected) > 10
    assert shape.images == expected


def test_every_number_is_there_page_by_page_and_leads_to_its_entry(
    shape: Ebook | Word, articles: dict[str, HtmlElement], entries: dict[str, tuple[str, str]]
) -> None:
    ids = {anchor: name for name, (anchor, _) in entries.items()}
    assert len(ids) == len(entries)
    pages = [key for key in articles if key != "claims"]
    expected = [
        (key, link.get("href").partition("#")[2], plain(link.text_content()))
        for key in pages
        for link in articles[key].xpath(NUMBERS)
    ]
    assert len(expected) > 130
    keys = list(articles)
    found = [
        (keys[block.page], ids[target], plain(MARKS.sub("", text)))
        for block in shape.blocks
        for target, text in block.links
        if target in ids and keys[block.page] in pages
    ]
    assert found == expected


def digits(text: str) -> str:
    """The digits of a figure, however it is written; a direction as it is."""
    known = COUNTS.get(text, text)
    return "".join(re.findall(r"\d", known)) or known


def unlike(shape: Ebook | Word, entries: dict[str, tuple[str, str]], claims: Claims) -> set[str]:
    """The claims that the text or their own entry prints otherwise than claims.json."""
    ids = {anchor: name for name, (anchor, _) in entries.items()}
    wrong = {name for name, claim in claims.items() if not _agrees(claim, entries[name][1])}
    for block in shape.blocks:
        for target, text in block.links:
            claim = claims.get(ids.get(target, ""))
            if claim and not text.startswith(LINK):
                figures = {digits(plain(claim[field])) for field in ("published", "recomputed") if claim[field]}
                wrong |= {claim["id"]} - {
                    claim["id"] for figure in figures if figure == digits(plain(MARKS.sub("", text)))
                }
    return wrong


def _agrees(claim: dict[str, Any], entry: str) -> bool:
    published = f"Gepubliceerd: {plain(claim['published'])}, op de slide" in entry
    recomputed = re.search(rf"Nagerekend: {re.escape(plain(claim['recomputed']))} (Interval|Status)", entry)
    return published and (bool(recomputed) if claim["recomputed"] else "Nagerekend:" not in entry)


def test_every_number_is_that_of_claims_json(
    shape: Ebook | Word, entries: dict[str, tuple[str, str]], claims: Claims
) -> None:
    assert len(claims) > 60
    assert unlike(shape, entries, claims) == set()


@pytest.mark.parametrize("field", ["published", "recomputed"])
def test_another_figure_in_claims_json_is_noticed(
    field: str, shape: Ebook | Word, entries: dict[str, tuple[str, str]], claims: Claims
) -> None:
    with_figure = [name for name, claim in claims.items() if claim[field]]
    altered = {name: claim | ({field: f"{claim[field]}1"} if claim[field] else {}) for name, claim in claims.items()}
    assert unlike(shape, entries, altered) >= set(with_figure)


def test_nothing_that_only_works_on_a_screen_is_left(shape: Ebook | Word) -> None:
    text = " ".join(block.text for block in shape.blocks)
    for word in ("page.figure(", "Toon de code", "Downloaden:", "Hoe deze cijfers zijn nagerekend", "Sorteer volgens"):
        assert word not in text


def test_the_ebook_passes_epubcheck(ebook: Path) -> None:
    command = machine.epubcheck()
    assert command, machine.NO_EPUBCHECK
    result = subprocess.run([*command, str(ebook)], capture_output=True, text=True, check=False)
    assert (result.returncode, "0 fatals / 0 errors / 0 warnings" in result.stdout) == (0, True), result.stderr


def test_the_ebook_says_what_it_is(ebook: Path, articles: dict[str, HtmlElement]) -> None:
    found = Ebook(ebook)
    first = found.zip.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert found.said("title") == ["Alternerend leren in Vlaanderen"]
    assert found.said("language") == ["nl-BE"]
    assert "HIVA" in found.said("creator")[0]
    assert found.said("rights") == ["CC-BY-4.0"]
    assert set(found.said("schema:accessMode")) == {"textual", "visual"}
    assert "alternativeText" in found.said("schema:accessibilityFeature")
    covers = [item for item in found.items.values() if item.get("properties") == "cover-image"]
    assert [item.get("media-type") for item in covers] == ["image/png"]
    assert len(found.pages) == len(articles)
    languages = [page.xpath("string(//*[local-name() = 'section'][1]/@lang)") for page in found.pages.values()]
    assert dict(zip(articles, languages, strict=True)) == {key: "en" if key == "summary" else "" for key in articles}
    assert not [page for page in found.pages.values() if page.xpath("//*[local-name() = 'script']")]


def test_the_document_says_what_it_is(manuscript: Path) -> None:
    document = Word(manuscript).document
    properties = document.core_properties
    assert (properties.title, properties.language) == ("Alternerend leren in Vlaanderen", "nl-BE")
    assert "HIVA" in properties.author
    assert [(section.page_width.mm, section.page_height.mm) for section in document.sections] == [
        (pytest.approx(210, abs=0.1), pytest.approx(297, abs=0.1))
    ]
    assert document.styles["Table"].font.size.pt == 8
    languages = document.styles.element.xpath(".//w:docDefaults//w:lang/@w:val")
    assert languages == ["nl-BE"]


def test_tables_keep_their_rows_and_cells(ebook: Path, manuscript: Path, articles: dict[str, HtmlElement]) -> None:
    visible = ".//table[not(ancestor::*[@hidden or @class='figure-more' or contains(@class, 'screen-only')])]"
    expected = [
        [[plain(cell.text_content()) for cell in row.iter("th", "td")] for row in table.iter("tr")]
        for article in articles.values()
        for table in article.xpath(visible)
    ]
    assert len(expected) > 15
    in_word = [
        [[plain(cell.text) for cell in row.cells] for row in table.rows] for table in Word(manuscript).document.tables
    ]
    assert in_word == expected
    pages = Ebook(ebook).pages.values()
    in_ebook = [
        [[plain("".join(cell.itertext())) for cell in row] for row in table.iter(f"{XHTML}tr")]
        for page in pages
        for table in page.iter(f"{XHTML}table")
    ]
    assert in_ebook == expected


def test_the_same_pages_give_the_same_bytes(
    ebook: Path, manuscript: Path, book: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    monkeypatch.setenv("LC_ALL", "C")
    assert shapes.made("epub", root, book) == ebook.read_bytes()
    assert shapes.made("docx", root, book) == manuscript.read_bytes()
    seconds = int(os.environ.get(history.CLOCK) or history.commit_time(root))
    assert Ebook(ebook).said("dcterms:modified") == [
        datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    ]


def test_a_file_that_would_not_be_whole_leaves_the_last_good_one(book: Path, root: Path, tmp_path: Path) -> None:
    for name in ("_config.yml", "_toc.yml", "CITATION.cff"):
        shutil.copy(root / name, tmp_path)
    with pytest.raises(shapes.ShapeError, match="draai eerst make book"):
        shapes.write("docx", tmp_path)
    shutil.copytree(book, tmp_path / "_build" / "html", ignore=shutil.ignore_patterns("aandelen.png"))
    good = tmp_path / "_build" / "alternerend-leren.docx"
    good.write_bytes(b"good")
    with pytest.raises(shapes.ShapeError, match=r"aandelen\.png"):
        shapes.write("docx", tmp_path)
    assert {path.name: path.is_dir() or path.read_bytes() for path in good.parent.iterdir()} == {
        "html": True,
        good.name: b"good",
    }


def test_without_epubcheck_there_is_one_line_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(machine, "JAR", tmp_path / "epubcheck.jar")
    monkeypatch.setattr(machine.shutil, "which", lambda name: None)
    monkeypatch.setattr(machine, "_install", asked.extend)
    assert machine.ensure_epubcheck() is False
    assert (capsys.readouterr().err, asked) == (f"{machine.NO_EPUBCHECK}\n", [machine.EPUBCHECK])
