"""What the accessibility statement promises about privacy: nothing is kept but a reader's own choice of light or dark."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Browser

PAGES = ["index", *sorted(f"chapters/{path.stem}" for path in (Path(__file__).parents[2] / "chapters").glob("*.md"))]
KEPT = "[...Object.keys(localStorage), ...Object.keys(sessionStorage)]"


def test_nothing_is_kept_but_a_choice_of_light_or_dark(chromium: Browser, address: str) -> None:
    context = chromium.new_context()
    page = context.new_page()
    for name in PAGES:
        page.goto(f"{address}/{name}.html", wait_until="networkidle")
        assert page.evaluate(KEPT) == [], name
    page.locator("#thema").click()
    assert page.evaluate(KEPT) == ["theme"]
    page.goto(f"{address}/search.html?q=mentor", wait_until="networkidle")
    assert page.evaluate(KEPT) == ["theme"]
    assert context.cookies() == []
    context.close()
