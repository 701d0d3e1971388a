"""The rules of claims.csv, and the bounds that printed figures give it."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import pandas as pd

from ledger import dutch, wording
from ledger.quantity import Unit
from ledger.tables.rules import FILLED, NUMBER, RowRule, Rule, Table, matches, one_of
from ledger.tables.writing import csv_text

UNITS = tuple(unit for unit in get_args(Unit) if unit not in ("points", "ratio"))
REASONS = ("records not public", "base unknown", "not measured", "given")
BASES = ("published", "context", "microdata", "design", "qualitative")


def claim_id(chapters: Sequence[str]) -> Rule:
    """The id of a claim: its chapter, its subject and its measure."""
    return matches(
        re.compile(rf"({'|'.join(chapters)})(\.[a-z][a-z0-9_]*){{2}}"),
        "een id van de vorm niveau.onderwerp.maat",
        f"Schrijf drie delen met punten, kleine letters en onderstrepingstekens: {chapters[0]}.mijn_onderwerp.mijn_maat.",
    )


REASON = Rule(
    lambda column: column.isin(("", *REASONS)),
    f"leeg, of een van {dutch.enumerate_words(REASONS, 'of')}",
    "Kies een van deze woorden, of laat de cel leeg als een functie het cijfer narekent.",
)


def _is_figure(cell: str) -> bool:
    try:
        wording.allowed_range(cell, rounded=False)
    except ValueError:
        return False
    return True


FIGURE = Rule(
    lambda column: column.map(_is_figure),
    "een gepubliceerd cijfer in een bekende schrijfwijze, hoogstens 100%",
    "Schrijf het zoals gedrukt, bijvoorbeeld 87,51%, bijna 60%, 50 à 60%, 1 op 5, 34 701, lager, hoger of geen verschil;"
    " alle schrijfwijzen staan in README.md naast dit bestand.",
)


def _range_fits_figure(table: pd.DataFrame) -> pd.Series:
    def fits(row: pd.Series) -> bool:
        if not _is_figure(row["published"]):
            return True  # reported under its own column
        return (row["lower"], row["upper"]) == allowed_cells(row["published"], row["basis"])

    return table.apply(fits, axis=1)


def allowed_cells(published: str, basis: str) -> tuple[str, str]:
    """`lower` and `upper` as claims.csv must hold them; pupil records give estimates, so their whole numbers are rounded."""
    lower, upper = wording.allowed_range(published, rounded=basis == "microdata")
    return f"{lower:.10g}", f"{upper:.10g}"


def _level_starts_id(table: pd.DataFrame) -> pd.Series:
    return table["id"].str.partition(".")[0] == table["level"]


def _unit_fits_figure(table: pd.DataFrame) -> pd.Series:
    printed, units = table["published"], table["unit"]
    shares = printed.str.contains("%|^1 op ", regex=True)
    return ((units == "share") == shares) & ((units == "direction") == printed.isin(dutch.DIRECTIONS))


def rules(chapters: Sequence[str]) -> Table:
    """What a table of claims must look like, in a book with these chapters."""
    return Table(
        columns={
            "id": (claim_id(chapters),),
            "level": (one_of(*chapters),),
            "slide": (FILLED,),
            "statement": (FILLED,),
            "published": (FIGURE,),
            "lower": (NUMBER,),
            "upper": (NUMBER,),
            "unit": (one_of(*UNITS),),
            "basis": (one_of(*BASES),),
            "reason": (REASON,),
            "explanation": (),
            "base": (),
        },
        key=("id",),
        numeric=("lower", "upper"),
        across=(
            RowRule(
                "explanation",
                lambda table: (table["reason"] == "") == (table["explanation"] == ""),
                "een zin bij elke reden, en nergens anders",
                "Zeg de lezer in kolom explanation waarom niemand dit narekent.",
            ),
            RowRule(
                "unit",
                _unit_fits_figure,
                "share bij een percentage of 1 op zoveel, direction bij een richting, en nergens anders",
                "Kies de eenheid van het gedrukte cijfer.",
            ),
            RowRule("level", _level_starts_id, "het eerste deel van het id", "Neem in level en id hetzelfde niveau."),
            RowRule(
                "lower",
                _range_fits_figure,
                "lower en upper zijn de grenzen die het gedrukte cijfer toelaat",
                "Laat ze berekenen: make ranges vult beide kolommen in.",
            ),
        ),
    )


def fill(path: Path) -> None:
    """Rewrite the columns lower and upper of a file of claims, where it prints a figure; wordings are in the README.md beside it."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if _is_figure(row["published"]):
            row["lower"], row["upper"] = allowed_cells(row["published"], row["basis"])
    path.write_text(csv_text(rows), encoding="utf-8")
