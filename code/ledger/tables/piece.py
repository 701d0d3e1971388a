"""Some rows of a file, and their cells as whole numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ledger.tables.packing import Column


class Cells(Protocol):
    """The cells of one column, one for each row."""

    def numbers(self, column: Column) -> NDArray[np.int64]:
        """What they mean."""
        ...

    def found(self, place: int) -> str:
        """One of them, for a message."""
        ...


@dataclass(frozen=True)
class Piece:
    """Some rows of a file.

    Parameters
    ----------
    lines
        Where each row stands in the file; the header is line 1.
    cells
        The cells of each column that was asked for.
    width
        How many cells a row should have.
    misshapen
        The line of each row that has another number of cells, and that number; they are not among the others.
    """

    lines: NDArray[np.int64]
    cells: Mapping[str, Cells]
    width: int
    misshapen: tuple[tuple[int, int], ...] = ()


class Texts(tuple[str, ...]):
    """Cells as they stand in the file."""

    __slots__ = ()

    def numbers(self, column: Column) -> NDArray[np.int64]:
        """What they mean."""
        return column.take(self)

    def found(self, place: int) -> str:
        """One of them, for a message."""
        return self[place]


@dataclass(frozen=True, slots=True)
class Distinct:
    """Cells by their place among the different ones."""

    texts: Sequence[str]
    places: NDArray[np.integer]

    def numbers(self, column: Column) -> NDArray[np.int64]:
        """What they mean."""
        return column.take(self.texts)[self.places]

    def found(self, place: int) -> str:
        """One of them, for a message."""
        return self.texts[self.places[place]]


@dataclass(frozen=True, slots=True)
class Whole:
    """Cells that are whole numbers in the file, some of them empty."""

    values: NDArray[np.int64]
    is_empty: NDArray[np.bool_]

    def numbers(self, column: Column) -> NDArray[np.int64]:
        """What they mean."""
        if not column.is_plain:
            different, places = np.unique(self.values, return_inverse=True)
            return Distinct(
                [*map(str, different.tolist()), ""], np.where(self.is_empty, len(different), places)
            ).numbers(column)
        return column.within(self.values, self.is_empty)

    def found(self, place: int) -> str:
        """One of them, for a message."""
        return "" if self.is_empty[place] else str(self.values[place])
