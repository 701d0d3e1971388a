"""Prints all numbers and all figures' data of one version of the project, as JSON; runs as a script of its own.

`python snapshot.py <root> [<folder>]`, with the version's own `code` first on PYTHONPATH: an older version need not know this
file. With a folder it also draws every figure into it.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path
from typing import Any


def collect(root: Path, folder: Path | None = None) -> dict[str, Any]:
    """Numbers by id, and figures by name."""
    from bookbuild.project import settings
    from ledger import publication

    study = import_module(settings.of(root).study)
    frames = publication.claims(study.LEDGER), publication.own_numbers(study.LEDGER)
    rows = [row for frame in frames for row in json.loads(publication.as_json(frame))]
    return {"numbers": {row["id"]: row for row in rows}, "figures": figures(root, study.CHAPTERS, folder)}


def figures(root: Path, chapters: Iterable[str], folder: Path | None = None) -> dict[str, Any]:
    """The data of every figure and table that the chapters show; a figure is drawn only into a folder."""
    import jupytext

    from bookbuild import page

    found: dict[str, Any] = {}

    def record(exhibit: Any, *_: Any) -> None:
        data = exhibit.table().to_csv(index=False, lineterminator="\n")
        found[exhibit.name] = {"title": exhibit.title, "data": data}

    def record_figure(exhibit: Any, draw: Any, *_: Any) -> None:
        record(exhibit)
        if folder is not None:
            from ledger.style.canvas import to_png

            (folder / f"{exhibit.name}.png").write_bytes(to_png(draw(exhibit)))

    def ignore(*_: Any, **__: Any) -> None:
        """Numbers are read from the ledger."""

    changed: Any = page
    changed.figure, changed.table, changed.numbers = record_figure, record, ignore
    for chapter in chapters:
        notebook = jupytext.read(root / "chapters" / f"{chapter}.md")
        names: dict[str, Any] = {}
        for cell in notebook.cells:
            if cell.cell_type == "code":
                exec(compile(cell.source, f"{chapter}.md", "exec"), names)
    return found


if __name__ == "__main__":
    where, *drawn = map(Path, sys.argv[1:])
    with contextlib.redirect_stdout(sys.stderr):
        os.chdir(where / "chapters")
        snapshot = collect(where, *drawn)
    json.dump(snapshot, sys.stdout, ensure_ascii=False)
