"""How the file of a table is laid out: its separator, its encoding, and what its columns are called and hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ledger.tables.reading import DataError, Problem
from ledger.tables.rules import Records

SEPARATORS = (",", ";", "\t", "|")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a column of ours comes from.

    Parameters
    ----------
    name
        What it is called in the file.
    codes
        Theirs and ours; none means that the file has ours.
    date
        The pattern of its dates, one of `dates.PATTERNS`, of which our number is worked out.
    at
        The date (yyyymmdd) for which that is done, where the table itself has none.
    decimal
        The sign before decimals, which must be zeros; none means that there are no decimals.
    rounded
        Whether decimals are rounded instead, a half away from zero.
    numbered
        Whether different cells get numbers in order of appearance: of keys and other names.
    line
        Where the codebook says so.
    """

    name: str
    codes: tuple[tuple[str, str], ...] | None = None
    date: str | None = None
    at: int | None = None
    decimal: str | None = None
    rounded: bool = False
    numbered: bool = False
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is laid out; what is left open is as in our own tables, or follows from the file itself.

    Parameters
    ----------
    columns
        Our name and the origin of each column that the file has otherwise.
    """

    separator: str | None = None
    encoding: str | None = None
    columns: tuple[tuple[str, Origin], ...] = ()

    def origin(self, column: str) -> Origin:
        """Where a column comes from."""
        return dict(self.columns).get(column, Origin(column))


AS_OURS = Layout()


def places(names: Sequence[str], rules: Records, layout: Layout, file: str) -> dict[str, int]:
    """Where in the file each column of the table stands; an optional one that is not there is left out, others are never looked at.

    Raises
    ------
    DataError
        If a column is not there, or twice.
    """
    if problems := list(_wrong(names, rules, layout, file)):
        raise DataError(problems)
    found = {column: layout.origin(column).name for column in rules.columns}
    return {column: names.index(name) for column, name in found.items() if name in names}


def _wrong(names: Sequence[str], rules: Records, layout: Layout, file: str) -> Iterator[Problem]:
    for column in rules.columns:
        origin = layout.origin(column)
        count = names.count(origin.name)
        if count > 1:
            yield Problem(file, "elke kolom komt een keer voor", "Haal de dubbele kolom weg.", 1, column)
        if count or (column in rules.optional and origin.line is None):
            continue
        if origin.line is None:
            remedy = f"Voeg ze toe; de koprij is {','.join(rules.columns)}."
            yield Problem(file, "de kolom bestaat", remedy, 1, column)
        else:
            demand = f"de kolom bestaat onder de naam op regel {origin.line} van codebook.yml"
            yield Problem(file, demand, "Kijk in codebook.yml de naam en de hoofdletters na.", 1, column)
