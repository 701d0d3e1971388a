"""Every point of every slide is said on its page, in one paragraph, list item, heading or row of a table."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html
from lxml.html import HtmlElement

from leerwerk.tables.bullets import bullets, carries

BLOCKS = ("p", "li", "h1", "h2", "h3", "dd", "dt", "tr", "figcaption", "caption")
POINTS = list(bullets().itertuples(index=False))


def plain(element: HtmlElement) -> str:
    """The words of a block as one line in lower case."""
    return re.sub(r"\s+", " ", element.text_content()).lower()


def blocks(page: Path) -> list[str]:
    """The text of every block of a page that no fold hides."""
    (article,) = html.fromstring(page.read_text(encoding="utf-8")).iter("article")
    for fold in list(article.iter("details")):
        fold.drop_tree()
    return [plain(element) for element in article.iter(*BLOCKS)]


@pytest.fixture(scope="module")
def said(book: Path) -> dict[str, list[str]]:
    """The blocks of each page that carries a slide."""
    names = {point.page for point in POINTS}
    return {name: blocks(book / ("index.html" if name == "index" else f"chapters/{name}.html")) for name in names}


def test_every_point_is_carried_by_one_block_of_its_page(said: dict[str, list[str]]) -> None:
    lost = [
        f"{point.slide:.0f}.{point.bullet:.0f} {point.text} [{point.page}: {point.key}]"
        for point in POINTS
        if not any(carries(block, point.key) for block in said[point.page])
    ]
    assert "\n".join(lost) == ""


def test_a_point_is_lost_with_the_blocks_that_carry_it(said: dict[str, list[str]]) -> None:
    assert not carries("de mentor is een vertrouwenspersoon", "mentor;tussenpersoon")
    assert carries("de mentor is een tussenpersoon", "mentor;vertrouwenspersoon|tussenpersoon")
    # A key that many blocks carry would be found after its sentence is gone.
    common = [point.key for point in POINTS if sum(carries(block, point.key) for block in said[point.page]) > 6]
    assert common == []
