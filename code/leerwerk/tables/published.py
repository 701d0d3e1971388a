"""The tables of data/published: what the slides print."""

from __future__ import annotations

import pandas as pd

from ledger.tables import claims as claims_rules
from ledger.tables.rules import FILLED, NUMBER, Table, one_of
from leerwerk.chapters import CHAPTERS
from leerwerk.tables.folder import DATA

TABLES: dict[str, Table] = {
    "published/claims.csv": claims_rules.rules(list(CHAPTERS)),
    "published/slides.csv": Table(
        columns={"slide": (NUMBER,), "title": (FILLED,), "level": (one_of(*CHAPTERS),), "section": (FILLED,)},
        key=("slide",),
        numeric=("slide",),
    ),
    "published/slide_numbers.csv": Table(
        columns={"slide": (NUMBER,), "printed": (FILLED,), "claim": (), "reason": ()},
        numeric=("slide",),
    ),
    "published/groups.csv": Table(
        columns={
            "claim": (claims_rules.claim_id(list(CHAPTERS)),),
            "group": (FILLED,),
            "sizes": (FILLED,),
        },
        key=("claim", "group"),
    ),
    "published/guidance.csv": Table(
        columns={
            "part": (one_of("partner", "condition", "aim"),),
            "text": (FILLED,),
            "partner": (),
            "slide": (NUMBER,),
        },
        key=("part", "text"),
        numeric=("slide",),
    ),
}


def claims() -> pd.DataFrame:
    """The published claims, one row each."""
    return _table("published/claims.csv")


def slides() -> pd.DataFrame:
    """The presentation's slides in order, one row each, with the section of the book that treats it."""
    return _table("published/slides.csv")


def slide_numbers() -> pd.DataFrame:
    """Every number printed on a slide, one row each, with its claim or the reason why it has none."""
    return _table("published/slide_numbers.csv")


def groups() -> pd.DataFrame:
    """Group sizes that the presentation offers for a percentage: one row per claim and group."""
    return _table("published/groups.csv")


def guidance(part: str) -> pd.DataFrame:
    """Who guides young people, on which conditions and to what aim: the rows of one part (partner, condition or aim)."""
    every = _table("published/guidance.csv")
    return every[every["part"] == part].reset_index(drop=True)


def _table(name: str) -> pd.DataFrame:
    return DATA.table(name, TABLES[name])
