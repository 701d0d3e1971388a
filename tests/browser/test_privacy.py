"""What the accessibility statement promises about privacy: nothing is kept but a reader's own choice of light or dark."""

from __future__ import annotations

from browsing import Traffic
from playwright.sync_api import Browser

KEPT = "[...Object.keys(localStorage), ...Object.keys(sessionStorage)]"


def test_nothing_is_kept_but_a_choice_of_light_or_dark(chromium: Browser, pages: dict[str, str]) -> None:
    context = chromium.new_context()
    page = context.new_page()
    traffic = Traffic(page)
    for name, url in pages.items():
        page.goto(url)
        traffic.settle()
        assert page.evaluate(KEPT) == [], name
    page.locator("#thema").click()
    assert page.evaluate(KEPT) == ["theme"]
    page.goto(pages["search.html?q=overeenkomst"])
    traffic.settle()
    assert page.evaluate(KEPT) == ["theme"]
    assert context.cookies() == []
    context.close()
