"""What synthetic records yield is labelled wherever it shows, and never stands where a published figure should.

Everything is read from the built pages, and compared with the data files and with words typed here.
"""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from lxml import html
from readertext import SIX, pages
from tests.numbers import by_hand

LABEL = "synthetisch"
UNITS = {"hours": "\N{NO-BREAK SPACE}uur"}  # written behind a bare number; the other published figures have their own
# Everything that the book draws from made-up records, by page.
FIGURES = {
    "chapters/methods.html": ["simulatie-vertekening"],
    "chapters/rehearsal.html": ["selectie", "effecten", "vertrek-in-de-tijd", "motivatie"],
}

Pages = dict[str, html.HtmlElement]


@pytest.fixture(scope="module")
def trees(book: Path) -> Pages:
    return dict(pages(book))


@pytest.fixture(scope="module")
def rehearsal(trees: Pages) -> html.HtmlElement:
    return trees["chapters/rehearsal.html"]


@pytest.fixture(scope="module")
def from_records(root: Path) -> dict[str, dict[str, str]]:
    """The rows of claims.csv whose basis is pupil records, by id."""
    with (root / "data" / "published" / "claims.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file) if row["basis"] == "microdata"}


def numbers(trees: Pages) -> list[tuple[str, html.HtmlElement]]:
    """Every number of the prose: its id and its link."""
    found = [link for tree in trees.values() for link in tree.xpath("//a[contains(@class, 'number ')]")]
    return [(link.get("href").partition("#")[2], link) for link in found]


def test_every_own_number_from_synthetic_records_is_followed_by_its_label(trees: Pages) -> None:
    """Their ids begin with `micro.pupils.`: nothing else in the book's own numbers comes from records."""
    found = [link for name, link in numbers(trees) if name.startswith("micro.pupils.")]
    assert len(found) == 14
    for link in found:
        label = link.getnext()
        assert (link.tail, label.tag, label.get("class"), label.text) == (
            "\N{NO-BREAK SPACE}",
            "span",
            "synthetic",
            LABEL,
        )
        assert link.get("class") == "number kind-synthetic"
        assert link.get("aria-describedby") is None


def test_no_other_number_is_followed_by_the_label(trees: Pages) -> None:
    labelled = {name for name, link in numbers(trees) if link.getnext() is not None and link.getnext().text == LABEL}
    assert len(labelled) == 12
    assert [name for name in labelled if not name.startswith("micro.pupils.")] == []


def test_a_claim_from_records_shows_what_was_published_never_what_synthetic_ones_gave(
    trees: Pages, from_records: dict
) -> None:
    assert len(from_records) == 20
    for number_id, row in from_records.items():
        for link in (link for name, link in numbers(trees) if name == number_id):
            english = link.xpath("ancestor::article/@lang") == ["en"]
            published = row["published"] + UNITS.get(row["unit"], "")
            assert link.text == (published.replace(",", ".") if english else published), number_id
            assert link.get("class") == "number kind-published"
            assert link.getnext() is None or link.getnext().get("class") != "synthetic"


def test_their_cards_and_rows_say_nothing_of_what_synthetic_ones_gave(trees: Pages, from_records: dict) -> None:
    ledger = trees["chapters/claims.html"]
    for number_id in from_records:
        (row,) = ledger.xpath(f"//section[@id='{number_id}']/ancestor::li")
        cards = [card for tree in trees.values() for card in tree.xpath(f"//div[@id='card-{number_id}']")]
        for told in (row, *cards):
            assert "Nagerekend" not in told.text_content()
            assert LABEL not in told.text_content().replace("data/synthetic", "")


def test_only_figures_from_made_up_records_have_the_label(trees: Pages) -> None:
    labelled: dict[str, list[str]] = {}
    for name, tree in trees.items():
        for figure in tree.xpath("//figure"):
            if "ynthetisch" in figure.text_content() + figure.xpath("string(.//img/@alt)"):
                labelled.setdefault(name, []).append(figure.get("id").removeprefix("figuur-"))
    assert labelled == FIGURES
    assert sum(len(tree.xpath("//figure")) for tree in trees.values()) > 10


def test_synthetic_figures_say_so_in_caption_alternative_text_and_image(book: Path, trees: Pages) -> None:
    for page, names in FIGURES.items():
        for name in names:
            (figure,) = trees[page].xpath(f"//figure[@id='figuur-{name}']")
            (image,) = figure.xpath(".//img")
            assert image.get("alt").startswith("Synthetisch: ")
            caption = figure.find("figcaption")
            assert (caption[0].get("class"), caption[0].text) == ("synthetic", LABEL)
            assert "synthetische gegevens" in caption.text_content()
            drawn = (book / "chapters" / image.get("src")).read_text(encoding="utf-8")
            assert "<!-- SYNTHETISCH -->" in drawn


def test_downloads_of_synthetic_figures_say_so_in_name_and_first_column(trees: Pages, book: Path) -> None:
    for page, tree in trees.items():
        for figure in tree.xpath("//figure[starts-with(@id, 'figuur-')]"):
            name = figure.get("id").removeprefix("figuur-")
            synthetic = name in FIGURES.get(page, [])
            links = figure.getnext().xpath("./p/a[@download]")
            assert [link.get("download") for link in links] == [
                f"{'synthetisch-' if synthetic else ''}{name}.{kind}" for kind in ("svg", "png", "csv")
            ]
            with (book / page).parent.joinpath(links[-1].get("href")).open(encoding="utf-8", newline="") as file:
                columns, *rows = csv.reader(file)
            assert rows
            assert ({row[0] for row in rows} == {LABEL}) is synthetic, name
            assert (columns[0] == "gegevens") is synthetic


def test_the_table_of_standard_errors_says_so_and_its_title_follows_from_it(trees: Pages) -> None:
    """Effects and errors by formula as worked out by hand; the title's share is the largest ratio of the printed errors."""
    (table,) = trees["chapters/methods.html"].xpath("//table[contains(caption, 'standaardfouten van formule')]")
    caption = table.find("caption").text_content()
    assert caption.startswith("Synthetisch: de standaardfouten van formule en bootstrap verschillen hoogstens ")
    assert caption.endswith("Bron: synthetische gegevens, gemaakt voor dit boek.")
    assert re.search(
        r" \d+ van de 1\N{NARROW NO-BREAK SPACE}000 bootstrapsteekproeven leverden geen schatting", caption
    )
    found = [(row.find("th").text_content(), row.findall("td")) for row in table.iter("tr")]
    rows = {name: [cell.text_content() for cell in cells] for name, cells in found}
    pupils = by_hand.records("learners")
    arm = pupils["programme"].map({name: code for code, name in enumerate(by_hand.ARMS)}).to_numpy()
    none, *others = by_hand.adjusted_means(
        pupils, arm, "vsv", ("sex", "mother", "language", "arrears", "absence_before")
    )
    ratios = []
    for name, other in zip(("BRUG", "IBAL", "BRUG en IBAL"), others, strict=True):
        value, error = (other - none).value, (other - none).error
        shown = [f"{100 * part:.2f}".replace(".", ",").replace("-", "−") for part in (value, error)]
        assert rows[name][:2] == shown
        drawn = float(rows[name][2].replace(",", "."))
        ratios.append(max(drawn / (100 * error), 100 * error / drawn))
    (gap,) = re.findall(r"hoogstens (\d+,\d)%", caption)
    # The bootstrap's error is printed to half a hundredth, of which the smallest here has more than a hundred.
    assert abs(float(gap.replace(",", ".")) - 100 * (max(ratios) - 1)) < 0.5


def test_the_published_ledger_takes_over_and_rehearses_apart(book: Path, from_records: dict) -> None:
    """Some rehearsals differ from what was printed, else one could not be told from the other: 'bijna 7%' gives 6,75%."""
    rows = {row["id"]: row for row in json.loads((book / "claims.json").read_text(encoding="utf-8"))}
    assert [name for name, row in rows.items() if row["rehearsal"]] == list(from_records)
    for number_id in from_records:
        row = rows[number_id]
        assert (row["microdata"], row["status"], row["value"], row["recomputed"]) == ("none", "taken over", None, "")
        assert (row["rehearsal"]["inside"], row["rehearsal"]["microdata"]) == (True, "synthetic")
    assert rows["micro.ibal.participation"]["rehearsal"]["value"] == 0.0675


def test_the_ledger_is_published_with_its_schema(book: Path) -> None:
    rows, described = (
        json.loads((book / f"claims.{name}").read_text(encoding="utf-8")) for name in ("json", "schema.json")
    )
    Draft202012Validator.check_schema(described)
    assert list(Draft202012Validator(described).iter_errors(rows)) == []
    assert described["items"]["required"] == list(rows[0])


def test_the_box_comes_before_everything_from_records(rehearsal) -> None:
    (box,) = rehearsal.xpath("//div[contains(@class, 'admonition')]")
    assert "Deze bladzijde zegt dus niets over BRUG, IBAL of ABO." in box.text_content()
    labelled = rehearsal.xpath("//article//*[@class='synthetic']")
    order = list(rehearsal.iter())
    assert labelled
    assert all(
        order.index(label) > order.index(box) for label in labelled if not label.xpath("ancestor::*[@class='card']")
    )


def test_the_six_pages_say_nothing_of_what_synthetic_records_gave(trees: Pages) -> None:
    for name in SIX:
        (article,) = trees[f"{name}.html"].iter("article")
        for record in article.xpath(".//details[@class='provenance']"):
            record.drop_tree()
        assert LABEL not in article.text_content().lower(), name
