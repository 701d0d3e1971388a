"""What the accessibility statement promises about privacy: nothing is kept but a reader's own choice of light or dark."""

from __future__ import annotations

from playwright.sync_api import Browser

KEPT = "[...Object.keys(localStorage), ...Object.keys(sessionStorage)]"


def test_nothing_is_kept_but_a_choice_of_light_or_dark(chromium: Browser, pages: dict[str, str]) -> None:
    context = chromium.new_context()
    page = context.new_page()
    for name, url in pages.items():
        page.goto(url, wait_until="networkidle")
        assert page.evaluate(KEPT) == [], name
    page.locator("#thema").click()
    assert page.evaluate(KEPT) == ["theme"]
    page.goto(pages["search.html?q=overeenkomst"], wait_until="networkidle")
    assert page.evaluate(KEPT) == ["theme"]
    assert context.cookies() == []
    context.close()
