"""Every page keeps to itself: no other host, no error, nothing that its policy refuses, and little to transfer."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request

from bookbuild.checks import links
from bookbuild.checks.audit import MOST_BYTES


def watched(page: Page, address: str) -> list[str]:
    """Collects what the page says in its console, throws, fails to load or asks of other hosts."""
    said: list[str] = []

    def ask(request: Request) -> None:
        if not request.url.startswith(address + "/"):
            said.append(f"naar buiten: {request.url}")

    page.on("request", ask)
    page.on("requestfailed", lambda request: said.append(f"mislukt: {request.url}"))
    page.on("pageerror", lambda error: said.append(f"fout: {error}"))
    page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
    page.on("response", lambda answer: said.append(f"{answer.status}: {answer.url}") if answer.status >= 400 else None)
    return said


@pytest.mark.parametrize("width", [390, 768, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pages_fit_call_nobody_and_leave_the_console_empty(
    chromium: Browser, address: str, pages: dict[str, str], width: int, scheme: str
) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    said = watched(page, address)
    wide = []
    for name, url in pages.items():
        page.goto(url)
        # Images further down load when they come near the view.
        page.evaluate("document.querySelectorAll('img').forEach((image) => { image.loading = 'eager'; })")
        page.wait_for_load_state("networkidle")
        wide += [name] if page.evaluate("document.documentElement.scrollWidth") > width else []
    page.close()
    assert (said, wide) == ([], [])


def test_no_page_holds_a_style_or_a_script_of_its_own(book: Path) -> None:
    for path in links.pages(book.resolve()):
        text = path.read_text(encoding="utf-8")
        assert "Content-Security-Policy" in text, path
        assert [word for word in ("<style", " style=", "javascript:", " onclick=") if word in text] == [], path


def test_a_first_view_is_light(chromium: Browser, pages: dict[str, str]) -> None:
    heavy = {}
    for name, url in pages.items():
        page = chromium.new_context(viewport={"width": 390, "height": 844}).new_page()
        session = page.context.new_cdp_session(page)
        received: list[float] = []
        session.on("Network.loadingFinished", lambda event, to=received: to.append(event["encodedDataLength"]))
        session.send("Network.enable")
        page.goto(url, wait_until="networkidle")
        heavy[name] = sum(received)
        page.context.close()
    assert min(heavy.values()) > 10_000  # a page with its style and fonts: the counter counts
    assert {name: total for name, total in heavy.items() if total > MOST_BYTES} == {}
