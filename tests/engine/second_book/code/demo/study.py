"""What makes this book this book: its chapters, its data, and its one ledger. The engine loads it by name."""

from __future__ import annotations

from demo.tables import CHAPTERS, DATA, TABLES, claims
from ledger.ledger import Ledger
from ledger.tables.rules import Table

FILES = ("datapackage.json",)  # published beside the tables
LEDGER = Ledger("demo", CHAPTERS, DATA, claims, lambda letter: f"in the council's {letter}")
recomputes, derives, numbers = LEDGER.recomputes, LEDGER.derives, LEDGER.numbers


def tables() -> dict[str, Table]:
    """The rules of every table, by path under data/."""
    return TABLES
