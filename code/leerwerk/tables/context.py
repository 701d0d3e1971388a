"""The tables of data/context: public series, their sources, and figures looked up in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import NamedTuple

import pandas as pd

from ledger import dutch
from ledger.quantity import Quantity, Unit
from ledger.recording import Collected
from ledger.tables.rules import (
    DATE_OR_EMPTY,
    FILLED,
    NUMBER,
    NUMBER_OR_EMPTY,
    Reference,
    RowRule,
    Table,
    matches,
    one_of,
)
from leerwerk.tables.folder import DATA

PRESENTATION = "HIVA-KU Leuven, 2020"
# How each unit of the series is called in the book, and what its values are divided by.
_UNITS: dict[str, tuple[Unit, float]] = {
    "percent": ("share", 100),
    "pupils": ("persons", 1),
    "persons": ("persons", 1),
    "EUR": ("euro", 1),
    "programmes": ("count", 1),
    "providers": ("count", 1),
    "year": ("year", 1),
}
# Where a figure was read, and how sure it is; data/context/README.md says when each word stands.
SEEN = ("own page", "report", "not again")
CERTAINTY = ("high", "medium", "low")
_DAYS = matches(re.compile(r"([1-9]\d{0,3})?"), "een aantal dagen, of leeg", "Schrijf 400, zonder komma of woorden.")
KEY = ("indicator", "geo", "sex", "period", "source")


class Row(NamedTuple):
    """What names a row of data/context/series.csv."""

    indicator: str
    geo: str
    sex: str
    period: str
    source: str

    @property
    def series(self) -> tuple[str, ...]:
        """The same indicator, area, sex and source in every period."""
        return self.indicator, self.geo, self.sex, self.source


_shown = Collected[Row]("shown")


def showing() -> AbstractContextManager[set[Row]]:
    """Collect the rows of the series that are shown inside the block: looked up, or taken in with others."""
    return _shown.collecting()


def show(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of the series, which are told to whoever collects what is shown."""
    _shown.tell(_named(rows))
    return rows


def _named(rows: pd.DataFrame) -> Iterator[Row]:
    for key in rows[list(KEY)].itertuples(index=False):
        yield Row(*key)


def _percent_within_100(table: pd.DataFrame) -> pd.Series:
    ends = table[["value", "value_to"]].apply(pd.to_numeric)
    return (table["unit"] != "percent") | (ends.isna() | ends.ge(0) & ends.le(100)).all(axis="columns")


def _span_ascends(table: pd.DataFrame) -> pd.Series:
    ends = table[["value", "value_to"]].apply(pd.to_numeric)
    return ends["value_to"].isna() | (ends["value"] < ends["value_to"])


def _doubt_is_explained(table: pd.DataFrame) -> pd.Series:
    doubted = (table["certainty"] == "low") | (table["seen"] == "not again")
    return ~doubted | (table["note"].str.strip() != "")


def _first_warned_then_refused(table: pd.DataFrame) -> pd.Series:
    days = table[["warn_after", "error_after"]].apply(pd.to_numeric)
    return days.isna().all(axis="columns") | (days["warn_after"] < days["error_after"])


TABLES: dict[str, Table] = {
    "context/series.csv": Table(
        columns={
            "indicator": (FILLED,),
            "geo": (FILLED,),
            "sex": (one_of("T", "M", "F", ""),),
            "age": (),
            "period": (),
            "value": (NUMBER,),
            "value_to": (NUMBER_OR_EMPTY,),
            "unit": (one_of(*_UNITS),),
            "source": (FILLED,),
            "seen": (one_of(*SEEN),),
            "certainty": (one_of(*CERTAINTY),),
            "note": (),
        },
        key=KEY,
        numeric=("value", "value_to"),
        across=(
            RowRule("value", _percent_within_100, "een percentage van 0 tot 100", "Kijk het getal na in de bron."),
            RowRule("value_to", _span_ascends, "value_to is groter dan value", "Zet het kleinste getal in value."),
            RowRule(
                "note", _doubt_is_explained, "een twijfel met uitleg", "Schrijf in note waarom het cijfer onzeker is."
            ),
        ),
        refers=(Reference("source", "context/sources.csv", "source"),),
    ),
    "context/sources.csv": Table(
        columns={
            "source": (FILLED,),
            "publisher": (FILLED,),
            "title": (FILLED,),
            "address": (FILLED,),
            "label": (FILLED,),
            "licence": (FILLED,),
            "looked_up": (DATE_OR_EMPTY,),
            "warn_after": (_DAYS,),
            "error_after": (_DAYS,),
        },
        key=("source",),
        numeric=("warn_after", "error_after"),
        across=(
            RowRule(
                "error_after",
                _first_warned_then_refused,
                "warn_after en error_after allebei leeg, of error_after na warn_after",
                "Geef een bron die blijft verschijnen twee termijnen in dagen; laat ze leeg bij een document dat af is.",
            ),
        ),
    ),
}


class NotOneRowError(LookupError):
    """No row of the series answers, or more than one."""


def series(indicator: str | None = None) -> pd.DataFrame:
    """Public series, one row per indicator, area, sex, period and source; values in the row's unit."""
    every = _table("context/series.csv")
    return every if indicator is None else every[every["indicator"] == indicator].reset_index(drop=True)


def public_sources() -> pd.DataFrame:
    """Publisher, title and address behind each source key, and when it was last looked up."""
    return _table("context/sources.csv")


def origin_of(*keys: str) -> str:
    """The source line for public sources, by their key in data/context/sources.csv."""
    labels = public_sources().set_index("source")["label"]
    return dutch.enumerate_words(list(dict.fromkeys(labels[key] for key in keys)))


def public_figure(indicator: str, geo: str, period: str, source: str | None = None, sex: str = "T") -> Quantity:
    """One figure from data/context/series.csv; a printed span (10 000 to 11 000) becomes value and interval.

    Raises
    ------
    NotOneRowError
        Unless exactly one row answers.
    """
    rows = series(indicator)
    rows = rows[(rows["geo"] == geo) & (rows["period"] == period) & (rows["sex"] == sex)]
    if source is not None:
        rows = rows[rows["source"] == source]
    if len(rows) != 1:
        asked = ", ".join(str(each) for each in (indicator, geo, sex, period, source) if each)
        raise NotOneRowError(f"data/context/series.csv heeft {len(rows)} rijen voor {asked}, en er is er één nodig")
    row = show(rows).iloc[0]
    unit, scale = _UNITS[row["unit"]]
    if pd.isna(row["value_to"]):
        return Quantity(row["value"] / scale, unit, evidence="context")
    return Quantity(row["value"] / scale, unit, row["value"] / scale, row["value_to"] / scale, evidence="context")


def as_printed(figure: Quantity) -> str:
    """A public figure as its source prints it: whole percentages without a decimal, which it rounded away."""
    whole = figure.unit == "share" and round(figure.value * 100, 6).is_integer()
    return dutch.text(figure, 0 if whole else None)


def _table(name: str) -> pd.DataFrame:
    return DATA.table(name, TABLES[name])
