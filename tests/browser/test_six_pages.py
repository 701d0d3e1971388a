"""The six pages that a reader opens first: short, finding first, in plain words. Read as a phone shows them, folds closed."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser
from readertext import SIX

OPEN_WITH_ONE = ("chapters/introduction", "chapters/micro", "chapters/meso", "chapters/macro")
REHEARSAL = "chapters/rehearsal"
PHONE = {"width": 390, "height": 844}
NEVER = ("slide", "synthetisch", "nagemaakt", "gekalibreerd", "niet consistent")
# Words that are only heard, by who does not see which figure a link is of, are not visible.
READ = """() => {
  const article = document.querySelector("article");
  article.querySelectorAll(".only-heard").forEach((heard) => { heard.hidden = true; });
  const first = article.querySelector("figure, .table-frame");
  return {
    text: article.innerText,
    marks: [...article.querySelectorAll("svg.mark")].filter((mark) => mark.checkVisibility()).length,
    figures: article.querySelectorAll("figure").length,
    top: first ? first.getBoundingClientRect().top : null,
  };
}"""


@dataclass(frozen=True)
class Seen:
    """A page as a phone shows it."""

    text: str
    marks: int
    figures: int
    top: float | None


@pytest.fixture(scope="module")
def read(chromium: Browser, address: str) -> dict[str, Seen]:
    """The six pages and the rehearsal at 390 pixels."""
    page = chromium.new_page(viewport=PHONE)  # type: ignore[arg-type]
    found = {}
    for name in (*SIX, REHEARSAL):
        page.goto(f"{address}/{name}.html")
        found[name] = Seen(**page.evaluate(READ))
    page.close()
    return found


@pytest.fixture
def seen(read: dict[str, Seen]) -> dict[str, Seen]:
    """The six pages."""
    return {name: read[name] for name in SIX}


def test_they_are_short(seen: dict[str, Seen]) -> None:
    words = {name: len(page.text.split()) for name, page in seen.items()}
    assert 2700 <= sum(words.values()) <= 4700, words


def test_they_speak_of_the_research_and_not_of_themselves(seen: dict[str, Seen]) -> None:
    found = {name: [word for word in NEVER if word in page.text.lower()] for name, page in seen.items()}
    assert {name: words for name, words in found.items() if words} == {}
    assert sum(page.text.lower().count("presentatie") for page in seen.values()) <= 3


def test_marks_are_few_and_the_cover_has_none(seen: dict[str, Seen]) -> None:
    marks = {name: page.marks for name, page in seen.items()}
    assert marks["index"] == 0
    assert 0 < sum(marks.values()) <= 24, marks


def test_there_are_between_five_and_nine_figures(seen: dict[str, Seen]) -> None:
    assert 5 <= sum(page.figures for page in seen.values()) <= 9


@pytest.mark.parametrize("name", OPEN_WITH_ONE)
def test_a_page_opens_with_its_first_figure_or_table(seen: dict[str, Seen], name: str) -> None:
    top = seen[name].top
    assert top is not None
    assert top < PHONE["height"]


def test_the_rehearsal_is_short_too(read: dict[str, Seen]) -> None:
    assert (len(read[REHEARSAL].text.split()) <= 900, read[REHEARSAL].figures) == (True, 4)
