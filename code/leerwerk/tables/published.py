"""The tables of data/published: what the slides print."""

from __future__ import annotations

import pandas as pd

from ledger.tables.claims import CLAIM_ID, CLAIMS
from ledger.tables.rules import FILLED, NUMBER, Table, one_of
from leerwerk.tables.context import SERIES, SOURCES
from leerwerk.tables.folder import table
from leerwerk.tables.statements import STATEMENTS

LEVELS = ("introduction", "micro", "meso", "macro", "conclusion")
SLIDES = Table(
    columns={"slide": (NUMBER,), "title": (FILLED,), "level": (one_of(*LEVELS),), "section": (FILLED,)},
    key=("slide",),
    numeric=("slide",),
)
SLIDE_NUMBERS = Table(
    columns={"slide": (NUMBER,), "printed": (FILLED,), "claim": (), "reason": ()},
    numeric=("slide",),
)
GROUPS = Table(
    columns={
        "claim": (CLAIM_ID,),
        "group": (FILLED,),
        "sizes": (FILLED,),
        "named": (one_of("yes", "no"),),
    },
    key=("claim", "group"),
)
LINKS = Table(
    columns={"figure": (one_of("triangle", "path"),), "source": (FILLED,), "target": (FILLED,), "label": ()},
    key=("figure", "source", "target"),
)
TABLES: dict[str, Table] = {
    "published/claims.csv": CLAIMS,
    "published/statements.csv": STATEMENTS,
    "published/slides.csv": SLIDES,
    "published/slide_numbers.csv": SLIDE_NUMBERS,
    "published/groups.csv": GROUPS,
    "published/links.csv": LINKS,
    "context/series.csv": SERIES,
    "context/sources.csv": SOURCES,
}


def claims() -> pd.DataFrame:
    """The published claims, one row each."""
    return table("published/claims.csv")


def slides() -> pd.DataFrame:
    """The presentation's slides in order, one row each, with the section of the book that treats it."""
    return table("published/slides.csv")


def slide_numbers() -> pd.DataFrame:
    """Every number printed on a slide, one row each, with its claim or the reason why it has none."""
    return table("published/slide_numbers.csv")


def groups() -> pd.DataFrame:
    """Group sizes that the presentation offers for a percentage: one row per claim and group."""
    return table("published/groups.csv")


def links(figure: str) -> pd.DataFrame:
    """Arrows of a drawn scheme: one row per arrow."""
    every = table("published/links.csv")
    return every[every["figure"] == figure].reset_index(drop=True)
