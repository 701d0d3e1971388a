"""A reader without JavaScript misses nothing that is written."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

# What an article shows; a form and its output serve only where scripts run.
SHOWN = """() => [...document.querySelectorAll("article :is(h1, h2, h3, p, li, dt, dd, th, td, caption, figcaption, summary)")]
  .filter((element) => !element.closest("form, noscript, dialog, [popover], #search-results, #search-progress"))
  .filter((element) => element.checkVisibility({ visibilityProperty: true }))
  .map((element) => element.textContent.trim()).filter((text) => text)"""


@pytest.fixture(scope="module")
def plain(chromium: Browser) -> Iterator[Page]:
    """A page on which no script runs."""
    page = chromium.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844}).new_page()
    yield page
    page.context.close()


def test_every_page_shows_the_same_text(chromium: Browser, plain: Page, pages: dict[str, str]) -> None:
    scripted = chromium.new_page(viewport={"width": 390, "height": 844})
    for name, url in pages.items():
        for page in (plain, scripted):
            page.goto(url, wait_until="load")
        missing = set(scripted.evaluate(SHOWN)) - set(plain.evaluate(SHOWN))
        assert (name, missing) == (name, set())
        assert plain.locator("article h1").is_visible()
    scripted.close()


def test_every_button_that_is_shown_works(plain: Page, pages: dict[str, str]) -> None:
    for name, url in pages.items():
        plain.goto(url)
        shown = plain.locator("button:visible, select:visible")
        assert [text for text in shown.all_inner_texts() if text not in ("Inhoud", "Zoek")] == [], name


def test_the_menu_opens(plain: Page, address: str) -> None:
    plain.goto(f"{address}/chapters/macro.html")
    plain.get_by_role("button", name="Inhoud").click()
    plain.get_by_role("navigation", name="Inhoud").get_by_role("link", name="Inleiding").click()
    plain.wait_for_url("**/chapters/introduction.html")


def test_searching_says_what_it_needs(plain: Page, address: str) -> None:
    plain.goto(f"{address}/search.html")
    assert plain.locator("noscript p", has_text="Zoeken werkt alleen met JavaScript").is_visible()
