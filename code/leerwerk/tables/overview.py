"""What goes well and where it sticks, topic by topic, in at most a few words: the first two columns of Macro's overview."""

from __future__ import annotations

import re

import pandas as pd

from ledger.tables.rules import FILLED, Reference, Table, matches, one_of
from leerwerk.tables.folder import DATA
from leerwerk.tables.statements import TOPICS

COLUMNS = {"good": "Vaststelling", "stuck": "Wat knelt"}
_FILE = "published/overview.csv"
_SLIDES = matches(
    re.compile(r"\d+(;\d+)*"),
    "nummers van slides, met een puntkomma ertussen",
    "Schrijf de nummers uit slides.csv zonder spaties, zoals 19;20.",
)
TABLES: dict[str, Table] = {
    _FILE: Table(
        columns={
            "topic": (one_of(*(topic for topic in TOPICS if topic != "motives")),),
            "column": (one_of(*COLUMNS),),
            "text": (FILLED,),
            "slides": (_SLIDES,),
        },
        key=("topic", "column"),
        refers=(
            Reference("slides", "published/slides.csv", "slide", pattern=re.compile(r"\d+")),
            Reference("text", "published/claims.csv", "id", pattern=re.compile(r"\{([\w.]+)\}")),
        ),
    )
}


def cells() -> pd.DataFrame:
    """The cells, one row each: a figure stands in `text` as the id of its claim in braces, `slides` joins numbers by semicolons."""
    return DATA.table(_FILE, TABLES[_FILE])
