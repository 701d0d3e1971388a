"""The tables of data/published: what the slides print."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd

from ledger import dutch
from ledger.tables import claims as claims_rules
from ledger.tables.rules import FILLED, NUMBER, Reference, RowRule, Table, one_of
from leerwerk.chapters import CHAPTERS
from leerwerk.tables.folder import DATA


def _standing_alone(figure: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w,.]){re.escape(figure)}(?!\w|,\d)", re.IGNORECASE)


def _statement_says_figure(table: pd.DataFrame) -> pd.Series:
    """Whether each sentence has its figure as printed, or in words; a direction is said in many ways."""

    def says(row: pd.Series) -> bool:
        figure = row["published"]
        in_words = dutch.count_word(figure.removeprefix("1 op "))
        ways = [figure, f"een op de {in_words}" if figure.startswith("1 op ") else in_words]
        return any(_standing_alone(way).search(row["statement"]) for way in ways if way)

    return table["published"].isin(dutch.DIRECTIONS) | table.apply(says, axis=1)


_CLAIMS = "published/claims.csv"
_RULES = claims_rules.rules(list(CHAPTERS))
ON_SLIDE = Reference("slide", "published/slides.csv", "slide", "Neem een nummer uit slides.csv.")
TABLES: dict[str, Table] = {
    _CLAIMS: replace(
        _RULES,
        across=(
            *_RULES.across,
            RowRule(
                "statement",
                _statement_says_figure,
                "het gedrukte cijfer uit kolom published staat in de zin",
                "Schrijf het in de zin precies zoals in published, of tot twintig als woord.",
            ),
        ),
        refers=(Reference("slide", "published/slides.csv", "title", "Schrijf de titel zoals in slides.csv."),),
    ),
    "published/slides.csv": Table(
        columns={"slide": (NUMBER,), "title": (FILLED,), "level": (one_of(*CHAPTERS),), "section": (FILLED,)},
        key=("slide",),
        numeric=("slide",),
    ),
    "published/slide_numbers.csv": Table(
        columns={"slide": (NUMBER,), "printed": (FILLED,), "claim": (), "reason": ()},
        numeric=("slide",),
        refers=(ON_SLIDE, Reference("claim", _CLAIMS, "id")),
    ),
    "published/groups.csv": Table(
        columns={
            "claim": (claims_rules.claim_id(list(CHAPTERS)),),
            "group": (FILLED,),
            "sizes": (FILLED,),
        },
        key=("claim", "group"),
        refers=(Reference("claim", _CLAIMS, "id"), Reference("sizes", _CLAIMS, "id", pattern=re.compile(r"[^+]+"))),
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
        refers=(ON_SLIDE,),
    ),
}


def claims() -> pd.DataFrame:
    """The published claims, one row each."""
    return _table(_CLAIMS)


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
