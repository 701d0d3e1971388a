"""Every point of every slide in the slide's own words, with the page that carries it and how to recognise it there."""

from __future__ import annotations

import re

import pandas as pd

from ledger.tables.rules import FILLED, NUMBER, RowRule, Table, matches, one_of
from leerwerk.chapters import CHAPTERS
from leerwerk.tables.folder import DATA
from leerwerk.tables.published import ON_SLIDE

PAGES = ("index", *CHAPTERS)

_FILE = "published/bullets.csv"
_WORDS = r"[^;|\s]([^;|]*[^;|\s])?"
_KEY = rf"{_WORDS}(\|{_WORDS})*"
_KEYS = matches(
    re.compile(rf"{_KEY}(;{_KEY}){{0,2}}"),
    "een tot drie sleutelwoorden",
    "Scheid ze met een puntkomma, en alternatieven met een rechte streep, zonder spaties errond: mentor;tijd|uren.",
)


def _run_on(table: pd.DataFrame) -> pd.Series:
    """Whether each row goes on from the one above it; where that one was taken out, there is nothing to say."""
    numbers = table[["slide", "bullet"]].apply(pd.to_numeric)
    above = numbers.shift(fill_value=0)
    next_slide = (numbers["slide"] == above["slide"] + 1) & (numbers["bullet"] == 1)
    next_bullet = (numbers["slide"] == above["slide"]) & (numbers["bullet"] == above["bullet"] + 1)
    follows_another = table.index.to_series().diff() > 1
    return next_slide | next_bullet | follows_another


TABLES: dict[str, Table] = {
    _FILE: Table(
        columns={
            "slide": (NUMBER,),
            "bullet": (NUMBER,),
            "text": (FILLED,),
            "page": (one_of(*PAGES),),
            "key": (_KEYS,),
        },
        key=("slide", "bullet"),
        numeric=("slide", "bullet"),
        refers=(ON_SLIDE,),
        across=(
            RowRule(
                "bullet",
                _run_on,
                "slides en punten in volgorde, geen enkele overgeslagen",
                "Nummer de punten van elke slide vanaf 1, in de volgorde van de slide.",
            ),
        ),
    )
}


def bullets() -> pd.DataFrame:
    """The points of all slides in order, one row each: sub-points, arrows and rows of a table are points of their own."""
    return DATA.table(_FILE, TABLES[_FILE])


def carries(block: str, key: str) -> bool:
    """Whether one block of a page holds every key word of a point; capitals and kinds of white space do not count.

    Parameters
    ----------
    block
        The text of one heading, paragraph, list item or table row.
    key
        As in the table: words separated by `;` that must all occur, each with its alternatives separated by `|`.
    """
    text = " ".join(block.split()).casefold()
    return all(any(word.casefold() in text for word in words.split("|")) for words in key.split(";"))
