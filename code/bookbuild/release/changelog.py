"""CHANGELOG.md: what moved from one version to the next, as `make diff` finds it."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from bookbuild.checks import difference
from ledger import dutch

FILE = "CHANGELOG.md"
TITLE = "# Wijzigingen\n"
FIRST = "De eerste versie: er is geen oudere om mee te vergelijken."


def section(root: Path, version: str, day: date, base: str) -> str:
    """What a version changes since `base`, the tag before it; empty for the first."""
    return f"## {version} ({dutch.long_date(day)})\n\n{moved(root, base) if base else FIRST}\n"


def updated(root: Path, newest: str) -> str:
    """The text of the changelog with a section on top."""
    path = root / FILE
    older = path.read_text(encoding="utf-8").removeprefix(TITLE) if path.is_file() else ""
    return f"{TITLE}\n{newest}{older}"


def moved(root: Path, base: str) -> str:
    """Which numbers, figures and tables differ from the version before, or that nobody can say."""
    try:
        before, after = difference.compared(root, base)
    except difference.VersionError as problem:
        print(problem, file=sys.stderr)
        return f"De getallen van {base} zijn met de pakketten van nu niet te berekenen: wat verschilt, is niet bekend."
    return difference.said(*difference.moved(before, after), base)
