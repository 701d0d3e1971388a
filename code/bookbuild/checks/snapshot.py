"""Prints all numbers and all figures' data of one version of the project, as JSON; runs as a script of its own.

`python snapshot.py <root>`, with the version's own `code` first on PYTHONPATH: an older version need not know this file.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from pathlib import Path
from typing import Any


def collect(root: Path) -> dict[str, Any]:
    """Numbers by id, and figures by name."""
    from ledger import publication
    from leerwerk import study

    rows = json.loads(publication.records(study.ledger())) + json.loads(publication.records(study.own_numbers()))
    return {"numbers": {row["id"]: row for row in rows}, "figures": figures(root)}


def figures(root: Path) -> dict[str, Any]:
    """The data of every figure and table that the chapters show, without drawing one."""
    import jupytext

    from bookbuild.page import show
    from leerwerk.tables.published import LEVELS

    found: dict[str, Any] = {}

    def record(exhibit: Any, *_: Any) -> None:
        data = exhibit.table().to_csv(index=False, lineterminator="\n")
        found[exhibit.name] = {"title": exhibit.title, "data": data}

    def ignore(*_: Any) -> None:
        """Numbers are read from the ledger."""

    changed: Any = show
    changed.figure, changed.table, changed.numbers, changed.borrowed = record, record, ignore, ignore
    for level in LEVELS:
        notebook = jupytext.read(root / "chapters" / f"{level}.md")
        names: dict[str, Any] = {}
        for cell in notebook.cells:
            if cell.cell_type == "code":
                exec(compile(cell.source, f"{level}.md", "exec"), names)
    return found


if __name__ == "__main__":
    where = Path(sys.argv[1])
    with contextlib.redirect_stdout(sys.stderr):
        os.chdir(where / "chapters")
        snapshot = collect(where)
    json.dump(snapshot, sys.stdout, ensure_ascii=False)
