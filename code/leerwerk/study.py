"""What makes this book this book: its chapters in order, its data, and its one ledger."""

from __future__ import annotations

import re
from html import escape
from importlib import import_module

import pandas as pd

from ledger import publication
from ledger.ledger import Ledger
from ledger.tables.reading import Problem
from ledger.tables.rules import Table
from leerwerk.chapters import CHAPTERS as CHAPTERS
from leerwerk.tables import published
from leerwerk.tables.folder import DATA as DATA

FILES = ("synthetic/assumptions.yml", "datapackage.json")  # published beside the tables
_ENGLISH = re.compile("it takes three to tango", re.IGNORECASE)


def _place(slide: str) -> str:
    marked = _ENGLISH.sub(lambda phrase: f'<span lang="en">{phrase[0]}</span>', escape(slide))
    return f"op de slide '{marked}'"


LEDGER = Ledger("leerwerk", CHAPTERS, DATA, published.claims, _place)
claim, recomputes, derives = LEDGER.claim, LEDGER.recomputes, LEDGER.derives
remember, numbers, statuses = LEDGER.remember, LEDGER.numbers, LEDGER.statuses


def ledger() -> pd.DataFrame:
    """The ledger as published in claims.json: one row per claim; see `ledger.publication.claims`."""
    return publication.claims(LEDGER)


def problems() -> list[Problem]:
    """What keeps the public series from the pages, beyond the rules of their table: see `leerwerk.newest`, above the chapters."""
    return import_module("leerwerk.newest").problems()


def tables() -> dict[str, Table]:
    """The rules of every table, by path under data/.

    Loaded by name: a chapter depends on the rules of what it reads, not on all of them.
    """
    rooms = [
        import_module(f"leerwerk.tables.{name}")
        for name in (
            "published",
            "bullets",
            "statements",
            "overview",
            "recommendations",
            "context",
            "upkeep",
            "trials",
            "pupils",
            "simulation",
        )
    ]
    return {path: rules for room in rooms for path, rules in room.TABLES.items()}
