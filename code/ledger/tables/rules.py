"""What a table must look like: columns, and the rules that its cells obey, in words an author can act on."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd
import pandera.pandas as pa
from numpy.typing import NDArray

from ledger import dutch

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_WHOLE = re.compile(r"-?[0-9]{1,9}")


@dataclass(frozen=True)
class Rule:
    """A condition on the cells of one column.

    `holds` maps the column (strings, as in the file) to booleans; `demand` and `remedy` are what the author reads.
    A rule that allows a few `codes`, or whole numbers within `bounds`, says so: a column of it can be packed.
    """

    holds: Callable[[pd.Series], pd.Series]
    demand: str
    remedy: str
    codes: tuple[str, ...] = ()
    bounds: tuple[int, int] | None = None
    may_be_empty: bool = False


@dataclass(frozen=True)
class RowRule:
    """A condition on several columns at once, reported under `column`; `holds` maps the raw table to booleans.

    Of records it maps their typed rows.
    """

    column: str
    holds: Callable[[pd.DataFrame], pd.Series]
    demand: str
    remedy: str


@dataclass(frozen=True)
class Reference:
    """A condition on a column and another table's: each cell is one of that column's, empty cells excepted.

    Parameters
    ----------
    column
        Of the table that has the reference.
    table, other
        The table that it refers to, by its path, and the column there.
    pattern
        What of a cell refers: each match, or what its group matches. The whole cell by default.
    remedy
        What the author does about it.
    """

    column: str
    table: str
    other: str
    remedy: str = "Herstel de schrijfwijze, of voeg daar eerst de rij toe."
    pattern: re.Pattern[str] = re.compile(r"^(.+)$", re.S)

    def names(self, cell: str) -> list[str]:
        """What a cell refers to."""
        return [match[match.re.groups] for match in self.pattern.finditer(cell)]


@dataclass(frozen=True, eq=False)
class Table:
    """The columns of a table in order, with their rules; `numeric` columns become floats (empty is missing)."""

    columns: Mapping[str, tuple[Rule, ...]]
    key: tuple[str, ...] = ()
    numeric: tuple[str, ...] = ()
    across: tuple[RowRule, ...] = ()
    refers: tuple[Reference, ...] = ()

    def schema(self) -> pa.DataFrameSchema:
        """The rules as a pandera schema for the raw (string) table."""
        columns = {
            name: pa.Column(str, [pa.Check(rule.holds, error=rule.demand, name=rule.demand) for rule in rules])
            for name, rules in self.columns.items()
        }
        return pa.DataFrameSchema(columns)

    def remedy(self, demand: str) -> str:
        """What to do about a broken demand."""
        return next(rule.remedy for rules in self.columns.values() for rule in rules if rule.demand == demand)


@dataclass(frozen=True)
class Dated:
    """How a date becomes the number that a column holds.

    Parameters
    ----------
    turn
        From dates (yyyymmdd; none are `packing.EMPTY`), the columns that it needs, and a date that holds for all
        or none, to numbers; `packing.BAD` where there can be none.
    needs
        Columns of the same table, earlier ones.
    at
        Which of these a date that holds for all can stand in for.
    """

    turn: Callable[[NDArray[np.int64], Mapping[str, NDArray[np.int64]], int | None], NDArray[np.int64]]
    needs: tuple[str, ...] = ()
    at: str | None = None


@dataclass(frozen=True, eq=False)
class Records(Table):
    """A table of many rows, read in pieces: each column has one rule, with codes or bounds, and its key is one column.

    `numeric` columns become whole numbers in as few bytes as their bounds allow (float32 where cells may be empty), the
    others categories: all codes of the rule, sorted. A file may lack the `optional` columns, and the frame lacks them
    then. If a codebook says so, columns that are `dated` stand there as dates, and of `names`, whose numbers only tell
    one from another, any text.
    """

    optional: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    dated: Mapping[str, Dated] = field(default_factory=dict)


def one_of(*allowed: str) -> Rule:
    """Only these values."""
    return Rule(
        lambda column: column.isin(allowed),
        f"een van {dutch.enumerate_words(allowed, 'of')}",
        "Kies een van deze waarden; een nieuwe waarde hoort eerst bij de regels van deze tabel, onder code/.",
        codes=allowed,
    )


def whole_number(cell: str) -> int | None:
    """A cell of at most nine digits as the number it is; digits of other scripts are none."""
    return int(cell) if _WHOLE.fullmatch(cell) else None


def whole(low: int, high: int, *, or_empty: bool = False) -> Rule:
    """Whole numbers within bounds, empty cells only where they are allowed."""

    def fits(cell: str) -> bool:
        number = whole_number(cell)
        return (or_empty and not cell) if number is None else low <= number <= high

    return Rule(
        lambda column: column.map(fits).astype(bool),
        f"een geheel getal van {low} tot {high}{', of leeg' if or_empty else ''}",
        f"Kijk het getal na: {'' if or_empty else 'niet leeg, en '}zonder decimalen.",
        bounds=(low, high),
        may_be_empty=or_empty,
    )


def matches(pattern: re.Pattern[str], demand: str, remedy: str) -> Rule:
    """The whole cell matches a pattern."""
    return Rule(lambda column: column.map(lambda cell: pattern.fullmatch(cell) is not None), demand, remedy)


FILLED = Rule(lambda column: column.str.strip() != "", "ingevuld", "Vul de cel in.")
NUMBER = matches(
    _NUMBER,
    "een getal met een decimale punt",
    "Schrijf 87.51 en niet 87,51: in databestanden staat een punt, zonder spaties of procentteken.",
)
NUMBER_OR_EMPTY = matches(re.compile(rf"({_NUMBER.pattern})?"), NUMBER.demand, NUMBER.remedy)


def _is_date(cell: str) -> bool:
    try:
        return date.fromisoformat(cell).isoformat() == cell
    except ValueError:
        return False


DATE = Rule(
    lambda column: column.map(_is_date),
    "een datum die bestaat, als jaar-maand-dag",
    "Schrijf 2026-11-24 voor 24 november 2026.",
)
DATE_OR_EMPTY = Rule(lambda column: column.map(lambda cell: not cell or _is_date(cell)), DATE.demand, DATE.remedy)
