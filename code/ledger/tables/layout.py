"""How the file of a table is laid out: its separator, its encoding, and what its columns are called and hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ledger.tables.reading import DataError, Problem
from ledger.tables.rules import Records

SEPARATORS = (",", ";", "\t", "|")


@dataclass(frozen=True)
class Origin:
    """Where a column of ours comes from.

    Parameters
    ----------
    name
        What it is called in the file.
    codes
        Our code for each of theirs; none means that the file has ours.
    """

    name: str
    codes: Mapping[str, str] | None = None


@dataclass(frozen=True, eq=False)
class Layout:
    """How a file is laid out; whatever is left open is as in our own tables, or follows from the file itself.

    Parameters
    ----------
    columns
        The origin of each column that the file calls otherwise.
    """

    separator: str | None = None
    encoding: str | None = None
    columns: Mapping[str, Origin] = field(default_factory=dict)

    def origin(self, column: str) -> Origin:
        """Where a column comes from."""
        return self.columns.get(column, Origin(column))


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
        count = names.count(layout.origin(column).name)
        if count > 1:
            yield Problem(file, "elke kolom komt een keer voor", "Haal de dubbele kolom weg.", 1, column)
        if not count and column not in rules.optional:
            remedy = f"Voeg ze toe; de koprij is {','.join(rules.columns)}."
            yield Problem(file, "de kolom bestaat", remedy, 1, column)
