"""`make serve` in a real browser: what an author saves is seen in every open tab, and what breaks covers them until it is mended."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

import pytest
from browsing import PAINTED
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from bookbuild.checks.twins import twin_text

ROOT = Path(__file__).parents[2]
SOURCES = ROOT / "tests" / "engine" / "second_book"
ADDRESS = re.compile(r"http://127\.0\.0\.1:(\d+)")
PATIENCE = 60_000  # milliseconds that a build may take on a machine with much else to do
SCREEN: ViewportSize = {"width": 900, "height": 500}


@dataclass
class Preview:
    """The preview of a book, running."""

    root: Path
    engine: Path
    process: subprocess.Popen[str]
    address: str

    def edit(self, name: str, old: str, new: str, folder: Path | None = None) -> None:
        """Save another text, as an editor does."""
        path = (folder or self.root) / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def line(self, name: str, words: str) -> int:
        """The number of the only line with these words."""
        lines = (self.root / name).read_text(encoding="utf-8").splitlines()
        (number,) = (number for number, line in enumerate(lines, 1) if words in line)
        return number

    def published(self, name: str) -> str:
        """A page as it stands on disk."""
        return (self.root / "_build" / "html" / name).read_text(encoding="utf-8")


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    """The second book with an engine of its own, its preview started while the first port is taken."""
    root, engine = tmp_path / "trees", tmp_path / "engine"
    shutil.copytree(SOURCES, root)
    for name in ("_static", "_templates"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "jupytext.toml", root)
    for name in ("bookbuild", "ledger"):
        shutil.copytree(ROOT / "code" / name, engine / name, ignore=shutil.ignore_patterns("__pycache__"))
    own = {"PYTHONPATH": f"{root / 'code'}{os.pathsep}{engine}", "BOOK_URL": ""}
    with socket.socket() as taken:
        with suppress(OSError):  # or somebody else has it
            taken.bind(("127.0.0.1", 8000))
            taken.listen()
        command = [sys.executable, "-m", "bookbuild", "serve"]
        with subprocess.Popen(command, cwd=root, env=os.environ | own, stdout=subprocess.PIPE, text=True) as process:
            try:
                assert process.stdout is not None
                found = _said(process.stdout, ADDRESS)
                _said(process.stdout, re.compile("^Gebouwd"))
                yield Preview(root, engine, process, found[0])
                family = descendants(process.pid)
                assert len(family) >= 2  # the warm processes
                process.send_signal(signal.SIGINT)
                assert process.wait(30) == 0
                while any(map(lives, family)):  # else the test's time is up
                    time.sleep(0.05)
            finally:
                process.kill()


def _said(output: IO[str], words: re.Pattern[str]) -> re.Match[str]:
    seen = []
    for line in output:
        seen.append(line)
        if found := words.search(line):
            return found
    pytest.fail(f"The preview ended: {''.join(seen)}")


@pytest.fixture
def tabs(chromium: Browser, preview: Preview) -> Iterator[tuple[Page, Page]]:
    """Two tabs: one on the chapter, one on the ledger."""
    context = chromium.new_context(viewport=SCREEN)
    chapter, ledger = context.new_page(), context.new_page()
    chapter.goto(f"{preview.address}/chapters/first.html")
    ledger.goto(f"{preview.address}/chapters/statements.html")
    yield chapter, ledger
    context.close()


def test_an_author_at_work(preview: Preview, tabs: tuple[Page, Page]) -> None:
    """One preview, from the first sentence to another engine: each step begins where the last one ended."""
    a_sentence_is_seen_in_every_tab_where_its_author_was(preview, *tabs)
    what_breaks_covers_every_tab_and_goes_when_it_is_mended(preview, tabs)
    an_edited_module_is_what_the_chapter_runs_next(preview, tabs[0])
    only_this_machine_can_reach_it(preview)
    another_engine_takes_over_at_the_same_address(preview, tabs[0])


def a_sentence_is_seen_in_every_tab_where_its_author_was(preview: Preview, chapter: Page, ledger: Page) -> None:
    for tab in (chapter, ledger):
        tab.evaluate(PAINTED)
        tab.evaluate("document.documentElement.dataset.old = ''")
    heading = chapter.locator("#rain")
    heading.evaluate("heading => heading.scrollIntoView({ behavior: 'instant' })")
    before = top(heading)
    long = "A new sentence, so long that it moves what follows. " * 9
    preview.edit("chapters/first.md", "The council planted", f"{long}\n\nThe council planted")
    expect(chapter.locator("article")).to_contain_text("A new sentence", timeout=PATIENCE)
    expect(ledger.locator("html")).not_to_have_attribute("data-old", re.compile(""), timeout=PATIENCE)
    # Within a line: fonts may arrive before or after it was measured. What was added is many lines high.
    chapter.wait_for_function(
        "before => Math.abs(document.querySelector('#rain').getBoundingClientRect().top - before) < 24", arg=before
    )
    assert chapter.evaluate("scrollY") > 100
    assert "A new sentence" in preview.published("chapters/first.html")
    assert "_preview" not in preview.published("chapters/first.html")
    script = preview.root / "code" / "first.py"
    assert script.read_text(encoding="utf-8") == twin_text(preview.root / "chapters" / "first.md")


def what_breaks_covers_every_tab_and_goes_when_it_is_mended(preview: Preview, tabs: tuple[Page, Page]) -> None:
    preview.edit("chapters/first.md", "We count {glue:}`first.trees.lost`", "\n\nWe count {glue:}`first.trees.lots`")
    line = preview.line("chapters/first.md", "first.trees.lots")
    for tab in tabs:
        dialog = tab.locator("dialog[open]")
        expect(dialog.locator(".place")).to_have_text(f"chapters/first.md, regel {line}", timeout=PATIENCE)
        expect(dialog.locator("pre")).to_contain_text("first.trees.lots")
        assert dialog.bounding_box() == {"x": 0, "y": 0, **SCREEN}
    assert "first.trees.lots" not in preview.published("chapters/first.html")
    preview.edit("chapters/first.md", "{glue:}`first.trees.lots` dead ones", "{glue:}`first.trees.lost` dead trees")
    for tab in tabs:
        expect(tab.locator("dialog")).to_have_count(0, timeout=PATIENCE)
    expect(tabs[0].locator("article")).to_contain_text("dead trees")


def an_edited_module_is_what_the_chapter_runs_next(preview: Preview, chapter: Page) -> None:
    exhibits = "code/demo/first/exhibits.py"
    preview.edit(exhibits, "Share of the trees that live, by street.", "A caption of today.")
    expect(chapter.locator("article")).to_contain_text("A caption of today.", timeout=PATIENCE)
    preview.edit(exhibits, "def rain() -> Exhibit:", "def rain() -> Exhibit")
    place = f"{exhibits}, regel {preview.line(exhibits, 'def rain')}"
    expect(chapter.locator("dialog[open] .place")).to_have_text(place, timeout=PATIENCE)
    preview.edit(exhibits, "def rain() -> Exhibit", "def rain() -> Exhibit:")
    expect(chapter.locator("dialog")).to_have_count(0, timeout=PATIENCE)


def only_this_machine_can_reach_it(preview: Preview) -> None:
    port = urlsplit(preview.address).port
    assert port
    assert port > 8000  # which was taken
    with socket.create_connection(("127.0.0.1", port)):
        pass
    for other in ("127.0.0.2", socket.gethostbyname(socket.gethostname())):  # who listens everywhere answers there too
        if other != "127.0.0.1":
            with pytest.raises(ConnectionRefusedError):
                socket.create_connection((other, port))


def another_engine_takes_over_at_the_same_address(preview: Preview, page: Page) -> None:
    page.goto(f"{preview.address}/nowhere.html")
    expect(page).to_have_title(re.compile("Pagina niet gevonden"))
    preview.edit("bookbuild/site/navigation.py", "Pagina niet gevonden", "Pagina zoek", preview.engine)
    expect(page).to_have_title(re.compile("Pagina zoek"), timeout=PATIENCE)
    assert preview.process.poll() is None


def top(element: Locator) -> float:
    """How far below the edge of the screen an element begins."""
    found = element.bounding_box()
    assert found is not None
    return found["y"]


def descendants(pid: int) -> list[int]:
    """The processes that a process started, and those that they started."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    own = [int(child) for task in tasks for child in (task / "children").read_text().split()]
    return own + [each for child in own for each in descendants(child)]


def lives(pid: int) -> bool:
    """Whether a process still runs: one that has ended may wait for somebody to ask how."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return "Z" not in re.findall(r"State:\s+(\w)", Path(f"/proc/{pid}/status").read_text())
    return False
