"""The types of a page's cells: an exhibit that does not exist, or is called wrongly, is found without running anything."""

from __future__ import annotations

import re
from pathlib import Path

from bookbuild.checks.contents import pages

FOLDER = Path("_build", "check", "cells")
_CELL = re.compile(r"^```\{code-cell\}[^\n]*\n((?:^:[^\n]*\n)*)(.*?)^```$", re.S | re.M)
_FOUND = re.compile(r"([^:\n]+\.py):(\d+): error: (.*?)(?:  \[[\w-]+\])?$", re.M)


def check(root: Path) -> int:
    """1 if mypy refuses a cell, else 0; says where."""
    from mypy import api  # of the group dev, as make check is

    folder = root / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.py"):
        old.unlink()
    names = {}
    for page in pages(root):
        path = folder / f"{page.stem}.py"
        text = page.read_text(encoding="utf-8")
        if cells := alone(text):
            path.write_text(cells, encoding="utf-8")
            names[path.name] = page.relative_to(root)
    said, *_ = api.run([str(folder)])
    found = [groups for groups in _FOUND.findall(said) if Path(groups[0]).name in names]
    for path, line, message in found:
        print(
            f"{names[Path(path).name]}, regel {line}: deze cel kan niet werken\n  herstel: zie wat mypy vindt: {message}"
        )
    return 1 if found else 0


def alone(text: str) -> str:
    """The code of a page's cells, each line where it stands on the page; empty without cells."""
    found = list(_CELL.finditer(text))
    lines = [""] * text.count("\n")
    for cell in found:
        start = text.count("\n", 0, cell.start(2))
        for number, line in enumerate(cell[2].splitlines()):
            lines[start + number] = "" if line.startswith(("%", "!")) else line  # magics are no Python
    return "\n".join(lines) + "\n" if found else ""
