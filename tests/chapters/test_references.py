"""Citations and the list of references on the built pages; and what Sphinx and MyST-NB add, in Dutch."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html
from readertext import pages

LANGUAGES = {"english": "en", "german": "de"}


@pytest.fixture(scope="module")
def listed(book: Path) -> dict[str, html.HtmlElement]:
    references = html.fromstring((book / "chapters" / "references.html").read_bytes())
    return {entry.get("id"): entry for entry in references.xpath("//ul[contains(@class, 'references')]/li")}


def test_every_source_is_an_entry_in_alphabetical_order(root: Path, listed: dict[str, html.HtmlElement]) -> None:
    keys = re.findall(r"^@\w+\{([\w-]+),", (root / "references.bib").read_text(encoding="utf-8"), re.M)
    assert set(listed) == {f"bron-{key}" for key in keys}
    names = [entry.text_content().casefold() for entry in listed.values()]
    assert names == sorted(names)


def test_a_citation_says_how_its_entry_starts_and_leads_to_it(book: Path, listed: dict[str, html.HtmlElement]) -> None:
    leads: dict[str, set[str]] = {}
    for _, tree in pages(book):
        for link in tree.xpath("//*[contains(@class, 'bibtex-citation')]//a"):
            text, target = link.text_content(), link.get("href").partition("#")[2]
            leads.setdefault(text, set()).add(target)
            names, year = text.rsplit(", ", 1)
            entry = listed[target].text_content()
            assert f"({year})" in entry
            assert entry.startswith(re.split(r" e\.a\.| en |,", names)[0])
    assert len(leads) == len(listed)
    assert {text: targets for text, targets in leads.items() if len(targets) > 1} == {}


def test_links_to_sources_are_titles_not_addresses(listed: dict[str, html.HtmlElement]) -> None:
    links = [link for entry in listed.values() for link in entry.iter("a")]
    assert len(links) > 20
    assert [link.text_content() for link in links if re.search(r"https?:|www\.|doi", link.text_content())] == []


def test_titles_that_are_not_dutch_say_so(root: Path, listed: dict[str, html.HtmlElement]) -> None:
    bib = (root / "references.bib").read_text(encoding="utf-8")
    foreign = re.findall(r"^@\w+\{([\w-]+),(?:(?!\n\}).)*?langid = \{(english|german)\}", bib, re.M | re.S)
    assert len(foreign) == bib.count("langid") > 10
    for key, language in foreign:
        title = re.search(rf"\{{{key},.*?title = \{{(.*?)\}},\n", bib, re.S)
        assert title is not None
        marked = listed[f"bron-{key}"].xpath(f".//span[@lang='{LANGUAGES[language]}']")
        assert title[1] in [span.text_content() for span in marked]


def test_folded_code_says_whose_it_is(book: Path) -> None:
    found = 0
    for name, tree in pages(book):
        summaries = [summary.text_content() for summary in tree.xpath("//details[@class='code']/summary")]
        found += len(summaries)
        assert [label for label in summaries if not label.startswith("Toon de code van de figuur: ")] == [], name
        assert len(set(summaries)) == len(summaries), name
        assert tree.xpath("//summary//p | //summary[@aria-label] | //details[contains(@class, 'admonition')]") == []
    assert found >= 11


def test_permalinks_are_no_part_of_what_is_heard(book: Path) -> None:
    links = [link for _, tree in pages(book) for link in tree.xpath("//a[@class='headerlink']")]
    assert len(links) > 50
    assert {(link.get("aria-hidden"), link.get("tabindex"), link.get("title")) for link in links} == {
        ("true", "-1", None)
    }
