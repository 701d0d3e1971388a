"""The tables under data/: the rules of each, and its reader."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from ledger.tables import claims as claims_rules
from ledger.tables.folder import Folder
from ledger.tables.rules import FILLED, NUMBER, RowRule, Table, matches

DATA = Folder(Path(__file__).parents[2] / "data")
CHAPTERS = {"first": "Trees"}
WHOLE = matches(re.compile(r"\d{1,9}"), "a whole number", "Write digits only.")


def _alive_are_planted(table: pd.DataFrame) -> pd.Series:
    return pd.to_numeric(table["alive"]) <= pd.to_numeric(table["planted"])


TABLES: dict[str, Table] = {
    "claims.csv": claims_rules.rules(list(CHAPTERS)),
    "streets.csv": Table(
        columns={"street": (FILLED,), "planted": (WHOLE,), "alive": (WHOLE,)},
        key=("street",),
        numeric=("planted", "alive"),
        across=(RowRule("alive", _alive_are_planted, "no more alive than planted", "Count this street again."),),
    ),
    "rain.csv": Table(
        columns={"season": (FILLED,), "millimetres": (NUMBER,)},
        key=("season",),
        numeric=("millimetres",),
    ),
}


def claims() -> pd.DataFrame:
    """What the council wrote, one row per statement."""
    return _table("claims.csv")


def streets() -> pd.DataFrame:
    """Trees by street: planted, and alive."""
    return _table("streets.csv")


def rain() -> pd.DataFrame:
    """Rain by season."""
    return _table("rain.csv")


def _table(name: str) -> pd.DataFrame:
    return DATA.table(name, TABLES[name])
