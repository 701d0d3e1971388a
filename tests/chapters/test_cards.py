"""The built pages: every number has its mark and its card, and the card says what the data files and golden.csv say.

The words stand here once more, as readers should see them: a page is never compared with the code that made it.
"""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from lxml import html

from leerwerk.chapters import CHAPTERS

ENGLISH = "chapters/summary"
SHOWING = [f"chapters/{name}" for name in (*CHAPTERS, "methods", "rehearsal", "summary")]
MARKS = {
    "tested": (
        "nagerekend of past",
        "Wij rekenden het na, met dezelfde uitkomst. Of het past bij andere gepubliceerde cijfers, in een toets die had kunnen"
        " mislukken.",
    ),
    "own": (
        "onze berekening",
        "Staat niet in het onderzoek: wij berekenden het, uit gepubliceerde cijfers of openbare bronnen.",
    ),
}
LABELS = {kind: label for kind, (label, _) in MARKS.items()} | {
    "published": "zoals gepubliceerd",
    "synthetic": "uit synthetische gegevens",
}
MOST_MARKS = 24  # on the six pages
# Kind and word of each status; an own number has none.
KINDS = {
    "reproduced": ("tested", "nagerekend"),
    "consistent": ("tested", "past"),
    "taken over": ("published", "overgenomen"),
    "given": ("published", "gegeven"),
}


def kind_of(row: dict[str, str]) -> str:
    """The kind of a row of golden.csv."""
    if row["status"]:
        return KINDS[row["status"]][0]
    return "synthetic" if row["microdata"] == "synthetic" else "own"


BASES = {
    "published": "rekenen met gepubliceerde cijfers",
    "context": "openbare reeks",
    "microdata": "leerlingengegevens",
    "design": "programma of onderzoeksopzet",
    "qualitative": "kwalitatieve bevinding",
}
UNITS = {"share": "aandeel", "count": "aantal", "hours": "uur", "euro": "euro", "persons": "personen"} | {
    "year": "jaar",
    "direction": "richting",
}
# What a chapter's own numbers rest on, if not on pupil records.
OWN = {"introduction": "openbare reeks", "meso": "openbare reeks"} | dict.fromkeys(
    ("micro", "macro", "conclusion"), "berekend uit gepubliceerde cijfers"
)
OWN_OTHERWISE = {  # where a number rests on something else than the others of its chapter
    "meso.coaching.ibal_hours": "berekend uit gepubliceerde cijfers",
    **dict.fromkeys(("macro.premium.without_pay", "macro.premium.with_pay"), "openbare reeks"),
    **dict.fromkeys(("macro.abroad.ended", "macro.abroad.back"), "openbare reeks"),
    **dict.fromkeys(("micro.implied.many", "micro.implied.few", "micro.implied.pupils"), "openbare reeks"),
}
WORDS = {"2": "twee", "3": "drie", "4": "vier", "9": "negen"}  # counts that the prose writes out


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


@pytest.fixture(scope="module")
def claims(root: Path) -> dict[str, dict[str, str]]:
    """The rows of claims.csv by their id."""
    with (root / "data" / "published" / "claims.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


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
def test_a_mark_is_described_by_the_legend_of_its_page(name: str, trees) -> None:
    tree = trees[name]
    marked = [link for link in links(tree) if link.find("svg") is not None]
    assert [link for link in links(tree) if link.get("aria-describedby")] == marked
    for link in marked:
        (label,) = tree.xpath(f"//p[@class='legend']//span[@id='{link.get('aria-describedby')}']/text()")
        kind = link.get("aria-describedby").removeprefix("mark-")
        assert (label, link.get("class")) == (MARKS[kind][0], f"number kind-{kind}")
    described = {link.get("aria-describedby") for link in marked}
    assert set(tree.xpath("//p[@class='legend']//span/@id")) == described
    assert len(tree.xpath("//p[@class='legend']")) == bool(marked)


def test_marks_are_few(trees) -> None:
    """At most as many as there are results that carry a heading; none on the cover."""
    count = {name: len(trees[name].xpath("//a[contains(@class, 'number ')]/*[name()='svg']")) for name in SHOWING}
    assert 0 < sum(count.values()) <= MOST_MARKS
    assert trees["index"].xpath("//a[contains(@class, 'number ')]") == []


@pytest.mark.parametrize("name", SHOWING)
def test_a_number_is_not_split_by_wrappers(name: str, trees) -> None:
    assert trees[name].xpath("//*[contains(@class, 'text_html')]/a[contains(@class, 'number')]") == []
    texts = [link.text for link in links(trees[name])]
    assert [text for text in texts if not text or text != text.strip()] == []


def test_the_kind_follows_from_status_and_records(trees, golden) -> None:
    for name in SHOWING:
        for link in links(trees[name]):
            assert link.get("class") == f"number kind-{kind_of(golden[number_of(link)])}", number_of(link)


def test_the_prose_prints_the_number_its_interval_or_its_word(trees, golden) -> None:
    for name in SHOWING:
        for link in links(trees[name]):
            row = golden[number_of(link)]
            texts = {row["printed"], row["interval"] or None, WORDS.get(row["printed"])}
            # The page in English has a decimal point, and no words.
            assert link.text in (
                texts
                if name != ENGLISH
                else {row["printed"].replace(",", ".").replace("\N{NARROW NO-BREAK SPACE}", ",")}
            ), row


def cards_of(trees, names) -> dict[str, html.HtmlElement]:
    return {number: card for name in names for number, card in cards(trees[name]).items()}


def labelled(text: str, row: dict[str, str]) -> str:
    return f"{text} synthetisch" if text and row["microdata"] == "synthetic" else text


def test_a_claims_card_says_what_was_published_and_what_came_of_it(trees, published, claims, golden) -> None:
    found = {number: card for number, card in cards_of(trees, SHOWING).items() if number in claims}
    assert len(found) > 45  # what has no figure stands in the fold of its chapter
    for number, card in found.items():
        row, now, facts = claims[number], golden[number], told(card)
        assert card.findtext("p[@class='card-title']") == row["statement"]
        assert facts["Gepubliceerd"] == f"{row['published']}, op de slide '{row['slide']}'"
        kind = kind_of(now)
        assert card.find("p[@class='card-title']").getprevious().text_content().strip() == LABELS[kind]
        assert facts["Status"] == KINDS[now["status"]][1]
        reason = published[number]["reason"]
        assert facts.get("Toelichting", "") == (row["explanation"] or reason)
        assert reason == (f"{row['reason']}: {row['explanation']}" if row["reason"] else reason)
        assert facts.get("Nagerekend", "") == now["recomputed"]
        assert facts.get("Interval", "") == now["interval"]
        assert facts["Soort bewijs"] == f"{BASES[row['basis']]} ({UNITS[row['unit']]})"


def test_an_own_numbers_card_has_value_interval_and_files(trees, published, claims, golden) -> None:
    found = {number: card for number, card in cards_of(trees, SHOWING).items() if number not in claims}
    assert len(found) > 35
    for number, card in found.items():
        row, now, facts = published[number], golden[number], told(card)
        assert card.findtext("p[@class='card-title']") == row["label"]
        assert facts["Waarde"] == labelled(now["printed"], now)
        assert facts.get("Interval", "") == labelled(now["interval"], now)
        made_up = "synthetische gegevens" if now["microdata"] == "synthetic" else ""
        assert facts["Soort bewijs"] == (made_up or OWN_OTHERWISE.get(number) or OWN.get(number.split(".")[0])), number
        files = [file["path"] for file in row["inputs"]]
        assert files
        assert all(path in facts["Bestanden"] for path in files)


def test_the_published_ledger_says_what_the_table_of_numbers_says(published, claims, golden) -> None:
    assert list(published) == [number for number in golden if number in claims] + [
        number for number in golden if number not in claims
    ]
    for number, row in published.items():
        now = golden[number]
        assert (row["recomputed"], row.get("status", ""), row["microdata"]) == (
            now["recomputed"],
            now["status"],
            now["microdata"],
        )
        if row["unit"] != "direction":  # whose ends are no text
            assert (row["interval"] is None) == (now["interval"] == "")
        if number in claims:
            columns = ("level", "slide", "statement", "published", "unit", "basis")
            assert [row[column] for column in columns] == [claims[number][column] for column in columns]


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


def test_the_ledger_explains_both_marks_and_what_has_none(trees) -> None:
    explained = trees["chapters/claims"].xpath("//dl[@class='marks']/div")
    found = [(row.find("dt").text_content().strip(), row.findtext("dd")) for row in explained]
    assert found == [*MARKS.values(), ("geen teken", "Overgenomen zoals het gepubliceerd is.")]
    assert trees["chapters/claims"].xpath("//*[@id='reading-marks']")


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


def test_a_folded_row_shows_status_statement_and_both_figures(trees, claims, golden) -> None:
    found = trees["chapters/claims"].xpath("//ol[@id='ledger']/li")
    assert [row.find("details/section").get("id") for row in found] == list(claims)
    for row in found:
        number = row.find("details/section").get("id")
        claim, now = claims[number], golden[number]
        kind, word = KINDS[now["status"]]
        recomputed = f", nagerekend {now['recomputed']}" if now["recomputed"] else ""
        said = f"{word} {claim['statement']} gepubliceerd {claim['published']}{recomputed}"
        assert row.find("details/summary").text_content().split() == said.split()
        assert row.find("details/summary/span").get("class") == f"status kind-{kind}"
        assert (row.get("data-level"), row.get("data-basis"), row.get("data-status")) == (
            *(claim["level"], claim["basis"]),
            now["status"],
        )


def test_the_ledger_can_be_filtered_by_every_basis_and_status_that_occurs(trees, claims, golden) -> None:
    form = trees["chapters/claims"].xpath("//form[@id='ledger-filters']")[0]

    def options(name: str) -> dict[str, str]:
        return {option.get("value"): option.text for option in form.xpath(f".//select[@name='{name}']/option")}

    assert options("basis") == {"": "alle"} | {key: BASES[key] for key in {row["basis"] for row in claims.values()}}
    words = {status: word for status, (_, word) in KINDS.items()}
    assert options("status") == {"": "alle"} | {key: words[key] for key in {golden[name]["status"] for name in claims}}
    assert options("level") == {"": "alle"} | CHAPTERS
