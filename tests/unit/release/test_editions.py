"""Older versions beside the newest: each page says which it is and leads to the newest, and nothing else of it changes."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from lxml import html

from bookbuild.release.editions import editions

CITED = """\
title: Een boek
version: {version}
date-released: "{day}"
license: [MIT, CC-BY-4.0]
authors: [{{name: Groep X}}]
"""
PAGE = """\
<!DOCTYPE html>
<html lang="nl">
<head>
  <title>{title}</title>
  <link rel="canonical" href="https://example.org/oud.html">
  <meta name="robots" content="noindex">
</head>
<body>
  <a class="skip" href="#inhoud">Naar de inhoud</a>
  <header class="top">{title}</header>
  <main id="inhoud"><header>Geen ander</header></main>
</body>
</html>
"""
PAGES = ("index.html", "chapters/macro.html", "chapters/weg.html")


def archive(root: Path, version: str, day: str = "2026-11-23") -> Path:
    """An archive of a version with three pages."""
    path = root / "_build" / "releases" / f"boek-{version}.zip"
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("CITATION.cff", CITED.format(version=version, day=day))
        packed.writestr("index.md", "# Geen pagina")
        packed.writestr("book/claims.json", "[]")
        for name in PAGES:
            packed.writestr(f"book/{name}", PAGE.format(title=f"{name} van {version}"))
    return path


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A built book of version 1.10.0, which has no longer the third page."""
    monkeypatch.delenv("BOOK_URL", raising=False)
    (tmp_path / "CITATION.cff").write_text(CITED.format(version="1.10.0", day="2026-11-28"), encoding="utf-8")
    for name in PAGES[:2]:
        path = tmp_path / "_build" / "html" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(PAGE.format(title="nieuw"), encoding="utf-8")
    return tmp_path


def places(root: Path) -> set[str]:
    """The files of older versions."""
    folder = root / "_build" / "html" / "versie"
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def page(root: Path, name: str) -> html.HtmlElement:
    """A page of version 1.9.0."""
    return html.parse(root / "_build" / "html" / "versie" / "1.9.0" / name).getroot()


def test_older_versions_stand_beside_the_newest_and_that_one_does_not(root: Path) -> None:
    for version in ("1.2.0", "1.9.0", "1.10.0", "2.0.0"):
        archive(root, version)
    assert editions(root) == 0
    assert places(root) == {f"{version}/{name}" for version in ("1.2.0", "1.9.0") for name in (*PAGES, "claims.json")}
    assert "van 1.2.0" in (root / "_build" / "html" / "versie" / "1.2.0" / "index.html").read_text(encoding="utf-8")
    assert not list((root / "_build").glob("tmp*"))


@pytest.mark.parametrize(
    ("name", "link", "what"),
    [
        ("index.html", "../../index.html", "deze pagina"),
        ("chapters/macro.html", "../../../chapters/macro.html", "deze pagina"),
        ("chapters/weg.html", "../../../index.html", "het boek"),
    ],
)
def test_a_page_says_which_version_it_is_and_leads_to_the_newest(root: Path, name: str, link: str, what: str) -> None:
    archive(root, "1.9.0")
    assert editions(root) == 0
    found = page(root, name)
    (banner,) = found.xpath("/html/body/aside[@aria-label]")
    assert banner.text_content() == f"Dit is versie 1.9.0 van 23 november 2026. Er is een nieuwere versie van {what}."
    assert banner.xpath(".//a/@href") == [link]
    assert [each.tag for each in found.find("body")] == ["a", "aside", "header", "main"]
    assert found.xpath("//link[@rel='canonical']/@href") == [link]
    assert found.xpath("//meta[@name='robots']/@content") == ["noindex"]
    style = f"{link.rpartition('../')[0]}../_static/edition.css"
    assert found.xpath("/html/head/link[@rel='stylesheet']/@href") == [style]
    assert not found.xpath("//aside//script | //aside//@style")


def test_the_newest_page_counts_at_its_address(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOOK_URL", "https://example.org/boek")
    archive(root, "1.9.0")
    assert editions(root) == 0
    addresses = {name: page(root, name).xpath("string(//link[@rel='canonical']/@href)") for name in PAGES}
    assert addresses == {
        "index.html": "https://example.org/boek/",
        "chapters/macro.html": "https://example.org/boek/chapters/macro.html",
        "chapters/weg.html": "https://example.org/boek/",
    }


def test_doing_it_again_gives_the_same_and_what_is_withdrawn_goes(root: Path) -> None:
    archive(root, "1.9.0")
    assert editions(root) == 0
    text = (root / "_build" / "html" / "versie" / "1.9.0" / "index.html").read_text(encoding="utf-8")
    withdrawn = archive(root, "1.2.0")
    assert editions(root) == 0
    assert (root / "_build" / "html" / "versie" / "1.9.0" / "index.html").read_text(encoding="utf-8") == text
    withdrawn.unlink()
    assert editions(root) == 0
    assert {name.partition("/")[0] for name in places(root)} == {"1.9.0"}


def test_without_releases_nothing_happens(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert editions(root) == 0
    assert not (root / "_build" / "html" / "versie").exists()
    assert capsys.readouterr().out == "Er is geen oudere versie in _build/releases.\n"


def broken(path: Path) -> None:
    path.write_bytes(b"geen zip")


def empty(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("los.txt", "")


def without_book(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("CITATION.cff", CITED.format(version="1.1.0", day="2026-11-23"))


@pytest.mark.parametrize("spoil", [broken, empty, without_book])
def test_what_is_no_archive_is_named_and_changes_nothing(
    root: Path, spoil: object, capsys: pytest.CaptureFixture[str]
) -> None:
    archive(root, "1.9.0")
    assert editions(root) == 0
    before = places(root)
    archive(root, "1.2.0")
    spoil(root / "_build" / "releases" / "boek-1.1.0.zip")  # type: ignore[operator]
    assert editions(root) == 1
    said = capsys.readouterr().err
    assert said.startswith("_build/releases/boek-1.1.0.zip is geen archief van een versie: ")
    assert "\n  herstel: " in said
    assert places(root) == before


def test_no_book_no_older_versions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert editions(tmp_path) == 1
    assert capsys.readouterr().err == "Er is nog geen boek in _build/html.\n  herstel: make book\n"
