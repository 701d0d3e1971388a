"""The built pages: every number has its mark and its card, and the card says what the published ledger says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import html

from bookbuild.page.marks import MARKS, kind_of
from ledger.claim import STATUS_LABELS

SHOWING = ["index", *(f"chapters/{name}" for name in ("introduction", "micro", "meso", "macro", "conclusion"))]


@pytest.fixture(scope="module")
def trees(book: Path) -> dict[str, html.HtmlElement]:
    """Every page by its path without ending."""
    paths = [book / "index.html", *sorted((book / "chapters").glob("*.html"))]
    return {path.relative_to(book).with_suffix("").as_posix(): html.fromstring(path.read_bytes()) for path in paths}


@pytest.fixture(scope="module")
def published(book: Path) -> dict[str, dict]:
    """The published claims and own numbers by their id."""
    files = [json.loads((book / name).read_text(encoding="utf-8")) for name in ("claims.json", "numbers.json")]
    return {row["id"]: row for rows in files for row in rows}


def links(tree: html.HtmlElement) -> list[html.HtmlElement]:
    return tree.xpath("//a[contains(concat(' ', @class, ' '), ' number ')]")


def cards(tree: html.HtmlElement) -> dict[str, html.HtmlElement]:
    return {card.get("id").removeprefix("card-"): card for card in tree.xpath("//div[@class='card']")}


def number_of(link: html.HtmlElement) -> str:
    return link.get("href").partition("#")[2]


def told(card: html.HtmlElement) -> dict[str, str]:
    return {row.findtext("dt"): row.find("dd").text_content() for row in card.findall("dl/div")}


def test_the_pages_with_numbers_are_known(trees) -> None:
    assert [name for name, tree in trees.items() if links(tree)] == sorted(SHOWING, key=list(trees).index)


@pytest.mark.parametrize("name", SHOWING)
def test_a_page_has_one_card_for_each_number_that_it_shows(name: str, trees) -> None:
    shown = [number_of(link) for link in links(trees[name])]
    ids = trees[name].xpath("//div[@class='card']/@id")
    assert ids == [f"card-{number}" for number in dict.fromkeys(shown)]


@pytest.mark.parametrize("name", SHOWING)
def test_a_number_is_described_by_the_legend_of_its_page(name: str, trees) -> None:
    tree = trees[name]
    for link in links(tree):
        (label,) = tree.xpath(f"//p[@class='legend']//span[@id='{link.get('aria-describedby')}']/text()")
        kind = link.get("aria-describedby").removeprefix("mark-")
        assert (label, link.get("class")) == (MARKS[kind].label, f"number kind-{kind}")
    described = {link.get("aria-describedby") for link in links(tree)}
    assert set(tree.xpath("//p[@class='legend']//span/@id")) == described


@pytest.mark.parametrize("name", SHOWING)
def test_a_number_is_not_split_by_wrappers(name: str, trees) -> None:
    assert trees[name].xpath("//*[contains(@class, 'text_html')]/a[contains(@class, 'number')]") == []
    texts = [link.text or link[1].text for link in links(trees[name])]
    assert [text for text in texts if not text or text != text.strip()] == []


def test_the_mark_follows_from_the_published_status(trees, published) -> None:
    for name in SHOWING:
        for link in links(trees[name]):
            row = published[number_of(link)]
            assert link.get("aria-describedby") == f"mark-{kind_of(row.get('status'), row['microdata'])}"


def test_all_five_marks_occur(trees) -> None:
    assert {link.get("aria-describedby") for name in SHOWING for link in links(trees[name])} == {
        f"mark-{kind}" for kind in MARKS
    }


def test_a_claims_card_says_what_the_ledger_says(trees, published) -> None:
    checked = set()
    for name in SHOWING:
        for number, card in cards(trees[name]).items():
            row, facts = published[number], told(card)
            if "status" not in row:
                continue
            checked.add(number)
            assert card.findtext("p[@class='card-title']") == row["statement"]
            assert facts["Gepubliceerd"] == f"{row['published']}, op de slide '{row['slide']}'"
            assert facts["Status"] == STATUS_LABELS[row["status"]]
            assert facts.get("Toelichting", "") == row["reason"]
            synthetic = " synthetisch" if row["microdata"] == "synthetic" else ""
            assert facts.get("Herberekend", "") == (row["recomputed"] and row["recomputed"] + synthetic)
            assert ("Interval" in facts) == (row["interval"] is not None)
    assert checked == {number for number, row in published.items() if "status" in row}


def test_an_own_numbers_card_has_value_interval_and_files(trees, published) -> None:
    for name in SHOWING:
        for number, card in cards(trees[name]).items():
            row, facts = published[number], told(card)
            if "status" in row:
                continue
            assert card.findtext("p[@class='card-title']") == row["label"]
            assert facts["Waarde"].removesuffix(" synthetisch") == row["recomputed"]
            assert facts["Waarde"].endswith(" synthetisch") == (row["microdata"] == "synthetic")
            assert ("Interval" in facts) == (row["interval"] is not None)
            assert all(file["path"] in facts["Bestanden"] for file in row["inputs"])


def test_a_card_leads_to_its_row_and_to_the_file_of_its_function(book: Path, trees, published) -> None:
    rows = set(trees["chapters/claims"].xpath("//li//section/@id"))
    for name in SHOWING:
        folder = (book / name).parent
        for number, card in cards(trees[name]).items():
            *source, row = card.xpath(".//a/@href")
            path, anchor = row.split("#")
            assert (folder / path).resolve() == (book / "chapters" / "claims.html").resolve()
            assert anchor == number
            assert anchor in rows
            computed_by = published[number]["computed_by"]
            module = computed_by.split(":")[0].replace(".", "/")
            expected = [book / "code" / f"{module}.py"] if computed_by else []
            assert [(folder / link).resolve() for link in source] == [path.resolve() for path in expected]
            assert all(path.is_file() for path in expected)


def test_the_introduction_explains_every_mark(trees) -> None:
    explained = trees["chapters/introduction"].xpath("//dl[@class='marks']/div")
    assert [(row.find("dt").text_content().strip(), row.findtext("dd")) for row in explained] == [
        (mark.label, mark.meaning) for mark in MARKS.values()
    ]
    assert trees["chapters/introduction"].xpath("//*[@id='marks']")


def test_only_pages_with_cards_load_their_script(trees) -> None:
    loading = {name for name, tree in trees.items() if tree.xpath("//script[contains(@src, 'cards.js')]")}
    assert loading == set(SHOWING)


def test_the_ledger_is_a_list_of_folds_with_a_permanent_link_of_its_own_name(trees, published) -> None:
    tree = trees["chapters/claims"]
    rows = tree.xpath("//ol[@class='claims']/li/details")
    ids = [row.find("section").get("id") for row in rows]
    assert sorted(ids) == sorted(published)
    names = [row.find("section/p/a").text_content() for row in rows]
    assert names == [f"Vaste link: {number}" for number in ids]
    assert [row.find("section/p/a").get("href") for row in rows] == [f"#{number}" for number in ids]


def test_a_folded_row_shows_status_statement_and_both_figures(trees, published) -> None:
    for row in trees["chapters/claims"].xpath("//ol[@id='ledger']/li"):
        claim = published[row.find("details/section").get("id")]
        summary = row.find("details/summary").text_content()
        assert (
            summary.split()
            == (
                f"{STATUS_LABELS[claim['status']]} {claim['statement']} gepubliceerd {claim['published']}"
                + (f", herberekend {claim['recomputed']}" if claim["recomputed"] else "")
                + (" synthetisch" if claim["microdata"] == "synthetic" else "")
            )
            .replace(" ,", ",")
            .split()
        )
        assert (row.get("data-level"), row.get("data-basis"), row.get("data-status")) == (
            claim["level"],
            claim["basis"],
            claim["status"],
        )
