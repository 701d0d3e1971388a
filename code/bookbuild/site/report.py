"""Checks the data, writes the ledger's files and draws the card, in a process of its own: `python -m bookbuild.site.report`.

Chapters and pages are made meanwhile, and a build in which nothing changed has no need of pandas.
"""

from __future__ import annotations

import json
import shutil
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from bookbuild.kernel import guard, ipython
from bookbuild.project import address, settings, trace

CHECKED, PROBLEMS, REFUSED, WRITTEN = "checked", "problems.txt", "refused.txt", "written"


def main(arguments: list[str]) -> None:
    """Check, then write; the files that say how far it came are whole as soon as they are there.

    Parameters
    ----------
    arguments
        The folder to write in, and the project's root.
    """
    folder, root = Path(arguments[0]), Path(arguments[1])
    ipython.die_with_parent()
    guard.compile_afresh(str((root / settings.of(root).code).resolve()))
    from ledger.claim import ClaimError
    from ledger.tables.reading import DataError

    try:
        study = import_module(settings.of(root).study)
        problems = study.LEDGER.problems(study.tables())
    except Exception as problem:  # a module that cannot be loaded
        (folder / PROBLEMS).write_text(trace.said(problem, root), encoding="utf-8")
        return
    if problems:
        (folder / PROBLEMS).write_text(str(DataError(problems)), encoding="utf-8")
        return
    (folder / CHECKED).touch()
    out = folder / "out"
    out.mkdir()
    try:
        write_ledger(study, out)
    except ClaimError as problem:
        (folder / REFUSED).write_text(str(problem), encoding="utf-8")
        return
    publish_data(study, out / "data")
    draw_card(root, out)
    (folder / WRITTEN).touch()


def write_ledger(study: Any, out: Path) -> None:
    """The ledger as claims.json, with its schema, and claims.csv, and the book's own numbers as numbers.json."""
    from ledger import publication
    from ledger.schema import schema

    claims = publication.claims(study.LEDGER)
    texts = {
        "claims.json": publication.as_json(claims),
        "claims.schema.json": json.dumps(schema(study.LEDGER.chapters), ensure_ascii=False, indent=1),
        "claims.csv": publication.as_csv(claims),
        "numbers.json": publication.as_json(publication.own_numbers(study.LEDGER)),
    }
    for name, text in texts.items():
        (out / name).write_text(text, encoding="utf-8")


def draw_card(root: Path, out: Path) -> None:
    """The image that goes with a link to the book."""
    from bookbuild.citation import work
    from bookbuild.site import social_card

    (out / address.CARD).write_bytes(social_card.draw(work.read(root), settings.of(root).words.card))


def publish_data(study: Any, out: Path) -> None:
    """Every table under data/ and what goes with them, under the same paths."""
    for name in (*study.tables(), *study.FILES):
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(study.DATA.path / name, out / name)


if __name__ == "__main__":
    main(sys.argv[1:])
