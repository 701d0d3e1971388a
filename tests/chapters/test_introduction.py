"""The built Inleiding: its two figures say what the public series say, and its headings what the figures say."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from lxml import html

DATA = Path(__file__).parents[2] / "data" / "context"
FORMS = {"Deeltijds beroeps": "dbso", "Voltijds beroeps": "bso", "Kunst": "kso", "Technisch": "tso", "Algemeen": "aso"}
SLIDE_WORDS = ("presentatie", "slide", "synthetisch", "nagemaakt", "gekalibreerd", "consistent")


def rows(**asked: str) -> list[dict[str, str]]:
    """The rows of series.csv with these cells, read without the code that the book reads them with."""
    with (DATA / "series.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if all(row[key] == cell for key, cell in asked.items())]


@pytest.fixture(scope="module")
def page(book: Path) -> html.HtmlElement:
    return html.fromstring((book / "chapters" / "introduction.html").read_bytes())


def table(page: html.HtmlElement, name: str) -> list[list[str]]:
    """The data below a figure, as a reader sees them."""
    figure = page.xpath(f"//figure[@id='{name}' or .//@id='{name}' or .//img[contains(@src, '{name}')]]")[0]
    body = figure.getnext().xpath(".//table/tbody/tr")
    return [[cell.text_content() for cell in row.xpath("./th | ./td")] for row in body]


def number(text: str) -> float:
    return float(text.replace(",", "."))


def headings(page: html.HtmlElement) -> list[str]:
    return [heading.text_content().rstrip("#").strip() for heading in page.xpath("//article//h2")]


def titles(page: html.HtmlElement) -> list[str]:
    """What each figure's alternative text begins with."""
    return [image.get("alt").split(". ")[0] for image in page.xpath("//figure[@class='exhibit']//img")]


def test_the_lines_are_the_public_series_and_the_ratio_is_theirs(page: html.HtmlElement) -> None:
    youth = {row["period"]: row["value"] for row in rows(indicator="youth_unemployment_rate", source="ctg-youth")}
    total = {row["period"]: row["value"] for row in rows(indicator="unemployment_rate", source="ctg-total")}
    shown = table(page, "jeugdwerkloosheid")
    assert [year for year, *_ in shown] == sorted(youth.keys() & total.keys())
    for year, young, everyone, ratio in shown:
        assert number(young) == float(youth[year])
        assert number(everyone) == float(total[year])
        assert number(ratio) == pytest.approx(float(youth[year]) / float(total[year]), abs=0.05)
    assert min(float(youth[year]) / float(total[year]) for year, *_ in shown) >= 2, "minstens dubbel"


def test_the_bars_are_those_of_one_source_and_one_school_year(page: html.HtmlElement) -> None:
    known = {
        row["indicator"].removeprefix("early_leavers_admin_share").removeprefix("_"): float(row["value"])
        for row in rows(source="vl-stat-vsv", period="2020-2021")
    }
    shown = [(form, number(share)) for form, share in table(page, "zonder-kwalificatie")]
    assert shown[-1] == ("Alle schoolverlaters", known.pop(""))
    assert {FORMS[form]: share for form, share in shown[:-1]} == known
    assert [share for _, share in shown[:-1]] == sorted(known.values(), reverse=True)
    assert known["dbso"] > 50, "meer dan de helft"


def test_the_headings_that_rest_on_a_figure_are_its_finding(page: html.HtmlElement) -> None:
    assert titles(page) == headings(page)[:2]


def test_the_summary_stands_before_everything_and_has_no_number(page: html.HtmlElement) -> None:
    summary = page.xpath("//article//p[strong[text()='In het kort.']]")[0].text_content()
    assert 40 <= len(summary.split()) - 3 <= 60
    assert not re.search(r"\d", summary)


def test_the_first_figure_follows_the_summary(page: html.HtmlElement) -> None:
    order = page.xpath("//article//p[strong[text()='In het kort.']] | //article//figure | //article//h2")
    assert [element.tag for element in order[:3]] == ["p", "figure", "h2"]


@pytest.mark.parametrize("word", SLIDE_WORDS)
def test_the_page_speaks_of_young_people_and_not_of_slides(page: html.HtmlElement, word: str) -> None:
    shown = page.xpath(
        "//article//*[self::h1 or self::h2 or self::p or self::dd][not(ancestor::details or ancestor::*[@hidden])]"
    )
    prose = " ".join(element.text_content() for element in shown)
    assert word not in prose.lower()


def test_what_came_later_says_so(page: html.HtmlElement) -> None:
    later = page.xpath("//section[@id='since-introduction' or span[@id='since-introduction']]")[0].text_content()
    assert "Sindsdien" in later
    assert "komt niet uit het onderzoek" in later


def test_each_number_taken_over_is_a_row_with_its_source(page: html.HtmlElement) -> None:
    shown = {
        link.get("href").split("#")[1]: link.text_content()
        for link in page.xpath("//article//a[contains(@class, 'number')]")
    }
    taken = {key: text for key, text in shown.items() if re.match(r"introduction\.(unqualified|dual)\.", key)}
    printed = {
        row["value"] for row in rows() if re.match("early_leavers_admin_share|dual_learning_pupils", row["indicator"])
    }
    assert len(taken) == 12
    for key, text in taken.items():
        figure = re.search(r"[\d,\u202f]+", text)[0].replace(",", ".").replace("\u202f", "")
        assert figure in printed, key
