"""`make claim ID=`: the row of a claim in claims.csv, and what is left to fill in."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pandas as pd

from bookbuild.authoring.unfinished import OPEN, AuthorError
from ledger import dutch
from ledger.tables import claims
from ledger.tables.writing import csv_text

LEFT_OPEN = {
    "slide": "de titel van de slide, zoals in kolom title van slides.csv",
    "statement": "één zin in eigen woorden, niet sterker dan de slide",
    "published": "het cijfer zoals gedrukt, of lager, hoger, geen verschil",
    "unit": f"een van {dutch.enumerate_words(claims.UNITS, 'of')}",
    "basis": f"een van {dutch.enumerate_words(claims.BASES, 'of')}",
}
TOLD = """\
{table}, regel {line}: de rij van {id} staat er. Vul in:
{cells}
  {reason:<10} waarom niemand het narekent, en dat in een zin; of anders:
  {base:<10} de basis die de bron zelf noemt, met een functie in {code}:

@recomputes("{id}")
def {function}() -> Quantity:
    \"\"\"What is recomputed, from which table.\"\"\"
    raise NotImplementedError

Draai dan make ranges: dat vult lower en upper in. Tot alles ingevuld is, weigert make check."""


def begin(root: Path, study: Any, table: Path, claim_id: str) -> str:
    """Put the row of a claim among those of its chapter.

    Parameters
    ----------
    study
        The study's module.
    table
        The file of claims.

    Returns
    -------
    str
        What the author has to do.

    Raises
    ------
    AuthorError
        If it is no id of a claim, or one that is taken.
    """
    rule = claims.claim_id(list(study.CHAPTERS))
    if not rule.holds(pd.Series([claim_id])).all():
        raise AuthorError(f"ID={claim_id}: geen {rule.demand.removeprefix('een ')}. {rule.remedy}")
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    if claim_id in (row["id"] for row in rows):
        raise AuthorError(f"ID={claim_id}: die rij staat al in {table.relative_to(root)}.")
    level, subject, measure = claim_id.split(".")
    known = {"id": claim_id, "level": level} | dict.fromkeys(LEFT_OPEN, OPEN)
    place = _place(rows, level, list(study.CHAPTERS))
    rows.insert(place, {column: known.get(column, "") for column in rows[0]})
    table.write_text(csv_text(rows), encoding="utf-8")
    return TOLD.format(
        table=table.relative_to(root),
        line=place + 2,
        id=claim_id,
        cells="\n".join(f"  {column:<10} {what}" for column, what in LEFT_OPEN.items()),
        reason="reason, explanation",
        base="base",
        code=f"code/{study.LEDGER.package}/{level}/numbers.py",
        function=f"{subject}_{measure}",
    )


def _place(rows: list[dict[str, str]], level: str, chapters: list[str]) -> int:
    """After the last row of its chapter or of one before it: claims stand chapter by chapter."""
    before = chapters[: chapters.index(level) + 1]
    return max((number for number, row in enumerate(rows, 1) if row["level"] in before), default=0)
