"""One page printed from the browser: light whatever the screen is, without controls, folds of the ledger open."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from browsing import Traffic
from playwright.sync_api import Browser, Page

CONTROLS = ("header", "footer", "nav", "form", "button", "a.headerlink", "div.cell_input", "details.provenance")
DARK = "image => image.currentSrc.endsWith('.dark.svg') && getComputedStyle(image).filter === 'none'"


@pytest.fixture
def printing(chromium: Browser, address: str) -> Iterator[Callable[[str], Page]]:
    """Opens a page on a dark screen and begins to print it."""
    screen = chromium.new_page(color_scheme="dark", viewport={"width": 794, "height": 1123})
    traffic = Traffic(screen)

    def begin(name: str) -> Page:
        screen.goto(f"{address}/{name}.html")
        traffic.settle()
        screen.emulate_media(media="print", color_scheme="dark")
        screen.evaluate("dispatchEvent(new Event('beforeprint'))")
        return screen

    yield begin
    screen.close()


@pytest.mark.parametrize("name", ["index", "chapters/micro", "chapters/macro", "chapters/claims"])
def test_a_page_prints_light_and_without_controls(printing: Callable[[str], Page], name: str) -> None:
    page = printing(name)
    colours = page.evaluate("(s => [s.backgroundColor, s.color])(getComputedStyle(document.documentElement))")
    assert colours == ["rgb(255, 255, 255)", "rgb(31, 41, 51)"]
    assert [control for control in CONTROLS if page.locator(f"{control}:visible").count()] == []
    images = page.locator("figure img")
    assert [image for image in images.all() if image.evaluate(DARK)] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 794


def test_the_ledger_prints_complete(printing: Callable[[str], Page]) -> None:
    page = printing("chapters/claims")
    hidden = page.locator(".claim dl").evaluate_all("lists => lists.filter(list => list.getClientRects().length === 0)")
    assert page.locator(".claim dl").count() > 60
    assert len(hidden) == 0
