"""How long an author waits, as shares of a cold stock build in the same round: from a save until the open tab shows it, and `make check`."""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from bench_build import ROOT, project, stock_project, timed, timed_stock
from playwright.sync_api import Page, sync_playwright

from bookbuild import machine

CHAPTER, PAGE = "chapters/macro.md", "chapters/macro.html"
EXHIBITS, CAPTION = "code/leerwerk/macro/exhibits.py", 'caption="'
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
SHOWN = "words => document.body?.textContent.includes(words)"
DEMANDS = {"een zin, van bewaren tot herladen": 0.03, "het bijschrift van een figuur": 0.1, "make check, warm": 0.4}


def main() -> int:
    """Print the table; 1 if a demand is not met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    seconds: dict[str, list[float]] = {name: [] for name in ("stock", *DEMANDS)}
    timed(["make", "check"], ROOT)
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        stock, ours = stock_project(Path(name, "stock")), project(Path(name, "ours"))
        with opened(ours) as tab:
            for number in range(rounds):
                waits = (
                    timed_stock(stock),
                    saved(tab, ours / CHAPTER, "\n# ", f"Zin nummer {number}."),
                    saved(tab, ours / EXHIBITS, CAPTION, f"Bijschrift nummer {number}. "),
                    timed(["make", "check"], ROOT),
                )
                for row, wait in zip(seconds.values(), waits, strict=True):
                    row.append(wait)
    base = min(seconds["stock"])
    print("| Wachten | Seconden | Deel van stock | Eis |\n|---|---:|---:|---:|")
    print(f"| stock, koud | {base:.2f} | 1 | |")
    for what, demand in DEMANDS.items():
        print(f"| {what} | {min(seconds[what]):.2f} | {min(seconds[what]) / base:.3f} | {demand} |")
    return 0 if all(min(seconds[what]) / base <= demand for what, demand in DEMANDS.items()) else 1


@contextmanager
def opened(book: Path) -> Iterator[Page]:
    """A tab on the chapter, in the preview of a book."""
    own = os.environ | {"PYTHONPATH": str(book / "code"), "BOOK_URL": ""}
    command = [sys.executable, "-m", "bookbuild", "serve"]
    with subprocess.Popen(command, cwd=book, env=own, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            address = said(server.stdout, ADDRESS)
            said(server.stdout, re.compile("^Gebouwd"))
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=machine.browser(), args=["--no-sandbox"])
                tab = browser.new_page()
                tab.goto(f"{address}/{PAGE}")
                yield tab
                browser.close()
        finally:
            server.kill()


def said(output: IO[str], words: re.Pattern[str]) -> str:
    """The words, once the server has printed them."""
    for line in output:
        if found := words.search(line):
            return found[0]
        print(line, end="", file=sys.stderr)  # what keeps it from being built
    sys.exit("De voorvertoning is gestopt.")


def saved(tab: Page, path: Path, mark: str, words: str) -> float:
    """Seconds from a save, which adds words after the line of a mark or after the mark itself, until the tab shows them."""
    text = path.read_text(encoding="utf-8")
    place = text.index(mark) + len(mark)
    if mark.startswith("\n"):
        place, words = text.index("\n", place), f"\n\n{words}"
    began = time.monotonic()
    path.write_text(text[:place] + words + text[place:], encoding="utf-8")
    # Looked for at every frame: a locator looks twice a second, which is a third of what is measured.
    tab.wait_for_function(SHOWN, arg=words.strip(), timeout=120_000)
    return time.monotonic() - began


if __name__ == "__main__":
    sys.exit(main())
