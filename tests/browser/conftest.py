"""A real Chromium on the built book, served from this machine as its public host would."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from bookbuild import machine
from bookbuild.checks import links
from bookbuild.checks.serve import serving

OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's Chromium, headless."""
    path = machine.browser()
    if path is None:
        pytest.fail(machine.NO_BROWSER)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=OPTIONS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def address(book: Path) -> Iterator[str]:
    """The address at which the built book is served."""
    with serving(book) as where:
        yield where


@pytest.fixture(scope="session")
def pages(book: Path, address: str) -> dict[str, str]:
    """The address of every page by its name; of the search page also with something found."""
    found = [path.relative_to(book.resolve()).as_posix() for path in links.pages(book.resolve())]
    assert {"index.html", "search.html", "chapters/claims.html"} <= set(found)
    return {name: f"{address}/{name}" for name in [*found, "search.html?q=overeenkomst"]}
