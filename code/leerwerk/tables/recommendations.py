"""What the slides propose to whom, what follows from a condition that they name, and what we infer: one list."""

from __future__ import annotations

import re

import pandas as pd

from ledger import dutch
from ledger.tables.rules import FILLED, NUMBER, Rule, Table, matches, one_of
from leerwerk.tables.folder import DATA
from leerwerk.tables.published import ON_SLIDE

ACTORS = {
    "policy": "Beleid",
    "school": "School of opleidingsverstrekker",
    "counsellor": "Trajectbegeleider",
    "employer": "Werkgever of mentor",
    "pupil": "Leerling of ouder",
    "research": "Onderzoek",
}
EXPLICIT, CONDITION, INFERENCE = "uitdrukkelijk", "voorwaarde", "gevolgtrekking"
BETWEEN_QUOTES = " / "  # a bullet may hold a semicolon, and a slash without spaces

_FILE = "published/recommendations.csv"
_ID = matches(
    re.compile(r"[a-z]+(-[a-z]+)*"),
    "kleine letters, woorden met een koppelteken",
    "Schrijf een korte Engelse naam zoals share-successes, zonder spaties, cijfers of hoofdletters.",
)
_SENTENCE = matches(
    re.compile(r"[A-Z][^\n]*[^\s.]\."),
    "een zin met een hoofdletter en een punt",
    "Schrijf een gewone zin, zoals: Koppel de vergoeding aan de leerlijn.",
)


def _names_actors(cell: str) -> bool:
    named = cell.split(";")
    return set(named) <= set(ACTORS) and len(named) == len(set(named))


_ACTORS = Rule(
    lambda column: column.map(_names_actors),
    f"een of meer van {dutch.enumerate_words(list(ACTORS), 'en')}, elk een keer",
    "Scheid ze met een puntkomma zonder spatie, zoals policy;school.",
)
TABLES: dict[str, Table] = {
    _FILE: Table(
        columns={
            "id": (_ID,),
            "actors": (_ACTORS,),
            "recommendation": (_SENTENCE,),
            "force": (one_of(EXPLICIT, CONDITION, INFERENCE),),
            "reservation": (),
            "slide": (NUMBER,),
            "finding": (FILLED,),
            "evidence": (FILLED,),
        },
        key=("id",),
        numeric=("slide",),
        refers=(ON_SLIDE,),
    )
}


def recommendations() -> pd.DataFrame:
    """Every recommendation, one row each: the explicit ones in the order of the slides, then conditions and inferences."""
    return DATA.table(_FILE, TABLES[_FILE])


def recommendations_for(actor: str, derived: bool) -> pd.DataFrame:
    """What one actor could do: one row per recommendation, in the order of the table.

    Parameters
    ----------
    actor
        A key of `ACTORS`. Who must act is mostly our reading: the slides name nobody.
    derived
        True for what follows from a condition or is our inference, False for what a slide proposes: a page never mixes them.

    Raises
    ------
    KeyError
        If the actor is not one of `ACTORS`.
    """
    if actor not in ACTORS:
        raise KeyError(f"no actor {actor!r}: choose from {', '.join(ACTORS)}")
    rows = recommendations()
    concerned = rows["actors"].str.split(";").map(lambda named: actor in named)
    return rows[concerned & ((rows["force"] != EXPLICIT) == derived)].reset_index(drop=True)
