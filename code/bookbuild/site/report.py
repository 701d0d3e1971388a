"""Checks the data, writes the ledger's files and draws the card, in a process of its own: `python -m bookbuild.site.report <folder> <code>`.

Chapters and pages are made meanwhile, and a build in which nothing changed has no need of pandas.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from bookbuild.kernel import guard, ipython

CHECKED, PROBLEMS, REFUSED, WRITTEN = "checked", "problems.txt", "refused.txt", "written"


def main(arguments: list[str]) -> None:
    """Check, then write; the files that say how far it came are whole as soon as they are there."""
    folder, code = Path(arguments[0]), arguments[1]
    ipython.die_with_parent()
    guard.compile_afresh(code)
    from ledger.claim import ClaimError
    from ledger.tables import reading
    from leerwerk import study

    problems = study.check_all()
    if problems:
        (folder / PROBLEMS).write_text(str(reading.DataError(problems)), encoding="utf-8")
        return
    (folder / CHECKED).touch()
    out = folder / "out"
    out.mkdir()
    try:
        write_ledger(out)
    except ClaimError as problem:
        (folder / REFUSED).write_text(str(problem), encoding="utf-8")
        return
    publish_data(out / "data")
    draw_card(out)
    (folder / WRITTEN).touch()


def write_ledger(out: Path) -> None:
    """The ledger as claims.json and claims.csv, and the book's own numbers as numbers.json."""
    from ledger import publication
    from leerwerk import study

    ledger = study.ledger()
    (out / "claims.json").write_text(publication.records(ledger), encoding="utf-8")
    flat = ledger.assign(
        interval=ledger["interval"].map(lambda ends: "" if ends is None else f"{ends[0]}..{ends[1]}"),
        inputs=ledger["inputs"].map(lambda files: " ".join(f"{file['path']}@{file['sha256']}" for file in files)),
    )
    flat.to_csv(out / "claims.csv", index=False, lineterminator="\n")
    (out / "numbers.json").write_text(publication.records(study.own_numbers()), encoding="utf-8")


def draw_card(out: Path) -> None:
    """The image that goes with a link to the book, from the ledger."""
    from bookbuild.citation import work
    from bookbuild.project import address
    from bookbuild.site import social_card
    from leerwerk import study
    from leerwerk.tables import folder as sources

    counts = study.ledger()["status"].value_counts().to_dict()
    (out / address.CARD).write_bytes(social_card.draw(work.read(sources.DATA.parent), counts))


def publish_data(out: Path) -> None:
    """Every table under data/ and their descriptor, under the same paths."""
    from leerwerk import study
    from leerwerk.cohort import assumptions
    from leerwerk.tables import folder as sources

    for name in [*study.TABLES, assumptions.ASSUMPTIONS, "datapackage.json"]:
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(sources.DATA / name, out / name)


if __name__ == "__main__":
    main(sys.argv[1:])
