"""The built pages: numbers that lead to their row, figures that anyone can read, and what is published beside them."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pandas as pd
import pytest
from lxml import html

from leerwerk import claims, sources
from leerwerk.claims import Status
from leerwerk.schemas import LEVELS

FIGURES = {"introduction": 3, "micro": 3, "meso": 2, "macro": 3, "conclusion": 1}
LEDGER_FIELDS = (
    "id level slide statement published recomputed value interval unit basis status reason computed_by inputs microdata"
)


def page(book: Path, name: str) -> html.HtmlElement:
    """A built page, parsed."""
    return html.fromstring((book / "chapters" / f"{name}.html").read_bytes())


def pages(book: Path) -> Iterator[tuple[str, html.HtmlElement]]:
    """All chapter pages with their names."""
    for path in sorted((book / "chapters").glob("*.html")):
        yield path.stem, page(book, path.stem)


def test_the_cover_shows_a_number_of_each_conclusion_and_leads_to_its_row(book: Path) -> None:
    cover = html.fromstring((book / "index.html").read_bytes())
    links = cover.xpath("//div[contains(@class, 'conclusion ')]//a[contains(@class, 'number')]/@href")
    levels = [link.removeprefix("chapters/claims.html#").split(".")[0] for link in links]
    assert levels == ["micro", "meso", "macro"]
    rows = {element.get("id") for element in page(book, "claims").iter("section")}
    assert {link.removeprefix("chapters/claims.html#") for link in links} <= rows


def test_every_number_leads_to_a_row(book: Path) -> None:
    rows = {element.get("id") for element in page(book, "claims").iter("section")}
    for name, tree in pages(book):
        links = tree.xpath("//a[contains(concat(' ', @class, ' '), ' number ')]/@href")
        assert [link for link in links if link.removeprefix("claims.html#") not in rows] == [], name


def test_every_number_says_where_it_comes_from(book: Path) -> None:
    for name in LEVELS:
        links = page(book, name).xpath("//a[contains(concat(' ', @class, ' '), ' number ')]")
        assert links
        assert [link.get("href") for link in links if not link.get("title") or not link.text_content()] == []


@pytest.mark.parametrize("level", LEVELS)
def test_figures_have_image_data_and_a_text_of_their_own(level: str, book: Path) -> None:
    figures = page(book, level).xpath("//figure[@class='exhibit']")
    assert len(figures) >= FIGURES[level]
    for figure in figures:
        image, (data,) = figure.find("img"), figure.xpath(".//a[@download]")
        folder = book / "chapters"
        drawn = ET.parse(folder / image.get("src")).getroot()
        assert drawn.tag.endswith("svg")
        assert len(pd.read_csv(folder / data.get("href"))) > 0
        assert len(image.get("alt")) > 60
        assert "Bron: " in figure.text_content()


def test_no_two_images_share_their_text(book: Path) -> None:
    texts = [image.get("alt") for _, tree in pages(book) for image in tree.xpath("//figure//img")]
    assert len(texts) == len(set(texts))


def test_the_published_ledger_is_the_ledger(book: Path) -> None:
    published = json.loads((book / "claims.json").read_text(encoding="utf-8"))
    assert published == json.loads(claims.records(claims.ledger()))
    assert len(published) >= 45
    assert {tuple(row) for row in published} == {tuple(LEDGER_FIELDS.split())}
    assert {row["status"] for row in published} <= set(get_args(Status))


def test_the_csv_holds_the_same_rows(book: Path) -> None:
    table = pd.read_csv(book / "claims.csv")
    assert list(table.columns) == LEDGER_FIELDS.split()
    assert list(table["id"]) == list(sources.claims()["id"])


def test_the_ledger_page_is_complete_without_scripts(book: Path) -> None:
    entries = page(book, "claims").xpath("//div[@id='ledger']/section/@id")
    assert entries == list(sources.claims()["id"])


def test_data_can_be_downloaded(book: Path) -> None:
    links = page(book, "data").xpath("//a[@download]/@href")
    assert len(links) > len(sources.TABLES)
    assert [link for link in links if not (book / "chapters" / link).is_file()] == []
