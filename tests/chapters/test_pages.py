"""The built pages: numbers that lead to their row, figures that anyone can read, and what is published beside them."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pandas as pd
import pytest
from lxml import html

from ledger import publication
from ledger.claim import Status
from ledger.style import palette
from leerwerk import study
from leerwerk.tables import published

FIGURES = {"introduction": 2, "micro": 2, "meso": 1, "macro": 1, "conclusion": 0}
LEDGER_FIELDS = "id level slide statement published recomputed value interval unit basis status reason check computed_by inputs microdata rehearsal"


def page(book: Path, name: str) -> html.HtmlElement:
    """A built page, parsed."""
    return html.fromstring((book / "chapters" / f"{name}.html").read_bytes())


def pages(book: Path) -> Iterator[tuple[str, html.HtmlElement]]:
    """All chapter pages with their names."""
    for path in sorted((book / "chapters").glob("*.html")):
        yield path.stem, page(book, path.stem)


def test_the_cover_has_no_number_and_six_doors_that_open(book: Path) -> None:
    cover = html.fromstring((book / "index.html").read_bytes())
    assert cover.xpath("//a[contains(@class, 'number')]") == []
    doors = cover.xpath("//section[@id='voor-wie']//li//a/@href")
    assert len(doors) == 6
    for door in doors:
        name, _, anchor = door.partition("#")
        target = html.fromstring((book / name).read_bytes())
        assert not anchor or target.xpath(f"//*[@id='{anchor}']"), door


@pytest.mark.parametrize("level", study.CHAPTERS)
def test_a_chapter_folds_each_of_its_claims_at_its_end(level: str, book: Path) -> None:
    folds = page(book, level).xpath("//details[summary='Hoe deze cijfers zijn nagerekend']")
    rows = [[cell.text_content() for cell in row] for fold in folds for row in fold.xpath(".//tbody/tr")]
    claims = published.claims()
    expected = claims.loc[claims["level"] == level, ["statement", "published"]].to_numpy().tolist()
    assert len(folds) == bool(expected)
    assert [row[:2] for row in rows] == expected
    assert all(row[3] for row in rows)  # its status


def test_every_number_leads_to_a_row(book: Path) -> None:
    rows = {element.get("id") for element in page(book, "claims").iter("section")}
    for name, tree in pages(book):
        links = tree.xpath("//a[contains(concat(' ', @class, ' '), ' number ')]/@href")
        assert [link for link in links if link.removeprefix("claims.html#") not in rows] == [], name


@pytest.mark.parametrize("level", study.CHAPTERS)
def test_figures_have_image_data_and_a_text_of_their_own(level: str, book: Path) -> None:
    tree, folder = page(book, level), book / "chapters"
    figures = tree.xpath("//figure[@class='exhibit']")
    assert len(figures) >= FIGURES.get(level, 0)
    for figure in figures:
        (image,), (dark,) = figure.xpath(".//img"), figure.xpath(".//source/@srcset")
        for drawing in (image.get("src"), dark):
            assert ET.parse(folder / drawing).getroot().tag.endswith("svg")
        assert len(image.get("alt")) > 60
        assert "Bron: " in figure.text_content()


@pytest.mark.parametrize("level", study.CHAPTERS)
def test_below_each_figure_stand_its_files_its_data_and_its_reference(level: str, book: Path) -> None:
    tree, folder = page(book, level), book / "chapters"
    for figure in tree.xpath("//figure[@class='exhibit']"):
        more = figure.getnext()
        drawing, image, data = (folder / link for link in more.xpath("./p/a[@download]/@href"))
        assert drawing.read_text(encoding="utf-8").startswith("<?xml")
        assert image.read_bytes().startswith(b"\x89PNG")
        table = more.find("details//table")
        heads = [head.text for head in table.findall("thead//th")]
        assert [*pd.read_csv(data).columns] == heads
        assert len(pd.read_csv(data)) == len(table.findall("tbody/tr"))
        reference = more.xpath(".//p[@class='reference']")[0].text_content()
        assert ".html" not in reference  # nobody knows the address yet
        assert "Alternerend leren in Vlaanderen: een reproduceerbaar rapport" in reference


def test_every_image_has_a_text_of_its_own(book: Path) -> None:
    texts = [image.get("alt") for path in book.rglob("*.html") for image in html.parse(path).iter("img")]
    assert len(texts) >= 13
    assert len(set(texts)) == len(texts)
    assert [text for text in texts if not text or len(text) > 300 or re.search(r"\.(svg|png)|\w_\w", text)] == []


def test_what_is_said_of_figures_is_said_once_per_page(book: Path) -> None:
    for name, tree in pages(book):
        found = tree.xpath("//@id")
        assert len(found) == len(set(found)), name
        spoken = [
            item.text_content() for item in tree.xpath("//div[@class='figure-more']//*[self::a or self::summary]")
        ]
        named = tree.xpath("//figure//a/@aria-label | //section[starts-with(@class, 'table-frame')]/@aria-label")
        assert len(spoken) == len(set(spoken)), name
        assert len(named) == len(set(named)), name


def test_drawings_for_dark_paper_have_none_of_the_colours_for_light(book: Path) -> None:
    drawings = sorted((book / "figures").glob("*.dark.svg"))
    assert len(drawings) >= 13
    for drawing in drawings:
        painted = set(re.findall(r"(?:fill|stroke): (#\w{6})", drawing.read_text(encoding="utf-8")))
        assert painted <= set(palette.DARK.values()), drawing.name
        light = drawing.with_name(drawing.name.replace(".dark", "")).read_text(encoding="utf-8")
        assert palette.on_dark(light) == drawing.read_text(encoding="utf-8")


def test_the_published_ledger_is_the_ledger(book: Path) -> None:
    published = json.loads((book / "claims.json").read_text(encoding="utf-8"))
    assert published == json.loads(publication.as_json(study.ledger()))
    assert len(published) >= 45
    assert {tuple(row) for row in published} == {tuple(LEDGER_FIELDS.split())}
    assert {row["status"] for row in published} <= set(get_args(Status))


def test_the_csv_holds_the_same_rows(book: Path) -> None:
    table = pd.read_csv(book / "claims.csv")
    assert list(table.columns) == LEDGER_FIELDS.split()
    assert list(table["id"]) == list(published.claims()["id"])


def test_the_ledger_page_is_complete_without_scripts(book: Path) -> None:
    entries = page(book, "claims").xpath("//ol[@id='ledger']/li/details/section/@id")
    assert entries == list(published.claims()["id"])


def test_data_can_be_downloaded(book: Path) -> None:
    links = page(book, "data").xpath("//a[@download]/@href")
    assert len(links) > len(study.tables())
    assert [link for link in links if not (book / "chapters" / link).is_file()] == []
