"""Every page keeps to itself: no other host, no error, nothing that its policy refuses, and little to transfer."""

from __future__ import annotations

from pathlib import Path

import pytest
from browsing import EAGER, Traffic
from playwright.sync_api import Browser, Page, Request

from bookbuild.checks import links
from bookbuild.checks.audit import MOST_BYTES

# A page that asks another host, and its own for what is not there, some time after it was loaded.
LATE = """addEventListener("load", () => setTimeout(() => {
  fetch("https://example.org/late").catch(() => {});
  setTimeout(() => fetch("/not-there").catch(() => {}), 9000);
}, 9000));"""


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


@pytest.mark.parametrize(
    ("width", "scheme"), [(390, "dark"), (768, "light"), (768, "dark"), (1280, "light"), (1280, "dark")]
)
def test_pages_fit_call_nobody_and_leave_the_console_empty(
    chromium: Browser, address: str, pages: dict[str, str], width: int, scheme: str
) -> None:
    page = chromium.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    said, traffic = watched(page, address), Traffic(page)
    wide = []
    for name, url in pages.items():
        page.goto(url)
        page.evaluate(EAGER)  # images further down would load when they come near the view
        traffic.settle()
        wide += [name] if page.evaluate("document.documentElement.scrollWidth") > width else []
    page.close()
    assert (said, wide) == ([], [])


def test_what_a_page_asks_late_is_seen_too(chromium: Browser, address: str) -> None:
    page = chromium.new_page()
    said, traffic = watched(page, address), Traffic(page)
    page.add_init_script(LATE)
    page.goto(f"{address}/index.html")
    traffic.settle()
    page.close()
    assert [line for line in said if "https://example.org/late" in line] != []
    assert f"404: {address}/not-there" in said


def test_no_page_holds_a_style_or_a_script_of_its_own(book: Path) -> None:
    for path in links.pages(book.resolve()):
        text = path.read_text(encoding="utf-8")
        assert "Content-Security-Policy" in text, path
        assert [word for word in ("<style", " style=", "javascript:", " onclick=") if word in text] == [], path


def test_a_first_view_on_a_phone_is_light_and_keeps_to_itself_too(
    chromium: Browser, address: str, pages: dict[str, str]
) -> None:
    heavy, found = {}, []
    for name, url in pages.items():
        page = chromium.new_context(viewport={"width": 390, "height": 844}).new_page()
        session = page.context.new_cdp_session(page)
        received: list[float] = []
        said, traffic = watched(page, address), Traffic(page)
        session.on("Network.loadingFinished", lambda event, to=received: to.append(event["encodedDataLength"]))
        session.send("Network.enable")
        page.goto(url)
        traffic.settle()
        heavy[name] = sum(received)
        page.evaluate(EAGER)
        traffic.settle()
        found += [*said, *([name] if page.evaluate("document.documentElement.scrollWidth") > 390 else [])]
        page.context.close()
    assert found == []
    assert min(heavy.values()) > 10_000  # a page with its style and fonts: the counter counts
    assert {name: total for name, total in heavy.items() if total > MOST_BYTES} == {}
