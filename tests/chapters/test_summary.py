"""The summary in English is in English as a whole: for who hears it, for machines, and in its figures."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

TITLE = "Summary in English"


@pytest.fixture(scope="module")
def summary(book: Path) -> html.HtmlElement:
    return html.fromstring((book / "chapters" / "summary.html").read_bytes())


def test_the_article_is_in_english_and_what_the_engine_adds_is_not(summary: html.HtmlElement) -> None:
    (article,) = summary.iter("article")
    assert (summary.get("lang"), article.get("lang")) == ("nl", "en")
    assert article.findtext(".//h1/span") == TITLE
    added = article.xpath(".//*[@class='card' or @class='provenance']")
    assert len(added) > 5
    assert {each.xpath("string(ancestor-or-self::*[@lang][1]/@lang)") for each in added} == {"nl"}
    assert article.xpath(".//abbr") == []


def test_its_figures_have_a_decimal_point(summary: html.HtmlElement) -> None:
    (article,) = summary.iter("article")
    shown = [link.text for link in article.xpath(".//a[contains(@class, 'number ')]")]
    assert {"65.47%", "1.37%", "9.38%", "87.51%", "34,701"} < set(shown)
    assert [text for text in shown if re.search(r",\d+%", text) or any(map(str.isalpha, text))] == []


def test_other_pages_name_it_in_its_language(book: Path) -> None:
    cover = html.fromstring((book / "index.html").read_bytes())
    names = cover.xpath("//nav[@id='boek']//a[contains(@href, 'summary')]/span")
    assert [(name.get("lang"), name.text) for name in names] == [("en", TITLE)]
    neighbours = [
        html.fromstring(path.read_bytes()).xpath("//nav[@class='neighbours']//a[contains(., 'Summary')]/span[@lang]")
        for path in (book / "chapters").glob("*.html")
    ]
    assert [[name.get("lang"), name.text] for found in neighbours for name in found] == [["en", TITLE]] * 2
