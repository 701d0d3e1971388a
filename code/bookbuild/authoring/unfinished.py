"""The word that stands where an author has yet to write, and where it still stands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bookbuild.project import settings

OPEN = "INVULLEN"


class AuthorError(Exception):
    """What was asked for cannot be begun; the message says why and what to do."""


def check(root: Path) -> int:
    """1 if something was begun and not finished, else 0; says where."""
    found = 0
    for path in sorted(_written(root)):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if OPEN in line:
                print(f"{path.relative_to(root)}, regel {number}: {OPEN} staat er nog: {line.strip()[:100]}")
                found = 1
    return found


def _written(root: Path) -> Iterator[Path]:
    """What authors write: pages, tables and the study's own code."""
    code = settings.of(root)
    package = root / code.code / code.study.partition(".")[0]
    yield from root.glob("index.md")
    for folder, pattern in ((root / "chapters", "*.md"), (root / "data", "*.csv"), (package, "*.py")):
        yield from folder.rglob(pattern)
