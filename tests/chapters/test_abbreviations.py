"""Abbreviations: each has an entry in the glossary, is explained where it stands, and leads to its entry."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import ROOT
from lxml import html
from readertext import pages, text, words

from bookbuild.project import settings

NAMES = set(settings.of(ROOT).names)
WRITTEN_SMALL = {"aso", "bso", "buso", "dbso", "kso", "lln", "mbo", "nec", "tso", "vsv"}
COMMON = {"html", "pdf", "nr", "mr", "dr", "km", "kg", "mm", "cm", "st", "vs"}
MARKED_OR_EXEMPT = (
    "abbr",
    "a",
    "code",
    "pre",
    "h1",
    "h2",
    "h3",
    "h4",
    "dt",
    "option",
    "button",
    "span[@lang]",
    "div[@lang]",
    "article[@lang]",
    "span[@class='only-heard']",
    "details[@class='provenance']",
    "div[@class='card']",
)
SHOWN_BY_A_CELL = "ancestor::*[contains(@class, 'output')]"
WITH_DOTS = {"e.a.", "z.d.", "m.a.w.", "N.J.L."}


@pytest.fixture(scope="module")
def glossary(book: Path) -> html.HtmlElement:
    return html.fromstring((book / "chapters" / "glossary.html").read_bytes())


@pytest.fixture(scope="module")
def full_forms(glossary: html.HtmlElement) -> dict[str, str]:
    """The abbreviations and what they stand for, as the glossary's page shows them."""
    entries = {term: term.getnext() for term in glossary.iter("dt")}
    return {
        term.text: strong.text_content()
        for term, definition in entries.items()
        for strong in definition.xpath("./p[1]/strong[1][not(preceding-sibling::node()[normalize-space()])]")
    }


def unexplained(shown: str, terms: set[str]) -> set[str]:
    """What looks like an abbreviation and is neither one of the terms nor a name."""
    numbered = re.compile(r"\b[A-Z]{2,}\d\b")
    found = words(numbered.sub(" ", shown)) | set(numbered.findall(shown))
    parts = {part for word in found if word not in terms for part in word.split("-")}
    capitals = {part for part in parts if re.search(r"[A-Z].*[A-Z]|[A-Z]\d", part)}
    small = {part for part in parts if part in WRITTEN_SMALL or re.fullmatch(r"[b-df-hj-np-tv-xz]{2,}", part)}
    dotted = set(re.findall(r"\b(?:[A-Za-z]\.){2,}", shown))
    return (capitals | small) - terms - NAMES - COMMON | dotted - WITH_DOTS


def test_every_abbreviation_has_an_entry(book: Path, glossary: html.HtmlElement) -> None:
    terms = {word for term in glossary.iter("dt") for word in (term.text, *words(term.text), *term.text.split("-"))}
    found = {
        name: unexplained(text(article), terms) for name, tree in pages(book) for article in tree.xpath("//article")
    }
    assert {name: words for name, words in found.items() if words} == {}


@pytest.mark.parametrize(
    ("planted", "found"),
    [
        ("Het CLB en de VDAB-consulent.", {"CLB", "VDAB"}),
        ("IBAL-leerlingen in het NEC", set()),
        ("OV4 en OV3", {"OV4"}),
        ("leerlingen in het dbso en het tso; de lln", {"tso", "lln"}),
        ("t.o.v. de groep, Jansen e.a.", {"t.o.v."}),
        ("Voor pvts en de KU Leuven", {"pvts"}),
    ],
)
def test_a_planted_abbreviation_is_found(planted: str, found: set[str]) -> None:
    assert unexplained(planted, {"IBAL", "NEC", "OV3", "dbso"}) == found


def test_each_is_marked_with_its_full_form_and_first_leads_to_its_entry(
    book: Path, full_forms: dict[str, str], glossary: html.HtmlElement
) -> None:
    marked = {name: tree.xpath("//article//abbr") for name, tree in pages(book)}
    assert sum(map(len, marked.values())) > 60
    for name, found in marked.items():
        linked = [element.text for element in found if element.getparent().tag == "a"]
        in_prose = [element.text for element in found if not element.xpath(SHOWN_BY_A_CELL)]
        assert [element.text for element in found if element.get("title") != full_forms[element.text]] == []
        assert linked == list(dict.fromkeys(in_prose)), name
        for element in found:
            if element.getparent().tag == "a":
                (entry,) = glossary.xpath(f"//*[@id='{element.getparent().get('href').partition('#')[2]}']")
                assert entry.text == element.text


def test_no_abbreviation_is_left_unmarked(book: Path, full_forms: dict[str, str]) -> None:
    pattern = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, full_forms))})(?!\w)")
    left, read = [], 0
    for name, tree in pages(book):
        if name == "chapters/glossary.html":  # where an entry names itself
            continue
        shown = tree.xpath(f"//article//text()[not({' or '.join(f'ancestor::{tag}' for tag in MARKED_OR_EXEMPT)})]")
        read += len(shown)
        left += [(name, match[0], string) for string in shown for match in pattern.finditer(str(string))]
    assert read > 300
    assert left == []


def test_headings_code_and_links_hold_none(book: Path) -> None:
    for name, tree in pages(book):
        inside = tree.xpath("//abbr[ancestor::h1 or ancestor::h2 or ancestor::h3 or ancestor::code or ancestor::pre]")
        assert [element.text for element in inside] == [], name
        assert tree.xpath("//abbr/ancestor::a[not(contains(@class, 'abbreviation'))]") == [], name


def test_the_glossary_is_in_alphabetical_order(glossary: html.HtmlElement) -> None:
    first_of_entry = "//dl[contains(@class, 'glossary')]/dt[not(preceding-sibling::*[1][self::dt])]"
    firsts = [term.text for term in glossary.xpath(first_of_entry)]
    assert len(firsts) > 40
    assert firsts == sorted(firsts, key=lambda term: re.sub(r"\W", "", term).casefold())


def test_the_names_in_the_code_exist(root: Path) -> None:
    page = (root / "chapters" / "glossary.md").read_text(encoding="utf-8")
    names = re.findall(r"^\|[^|]+\| `([\w.]+)` \|$", page, re.M)
    places = [*(root / "code" / "leerwerk").rglob("*.py"), *(root / "data").rglob("*.csv")]
    code = "\n".join(path.read_text(encoding="utf-8") for path in places)
    assert len(names) > 10
    assert [name for name in names if name not in code] == []
