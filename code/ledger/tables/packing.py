"""A column of records as whole numbers: cells are read once for each distinct one, and kept in as few bytes as its rule allows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ledger.tables.layout import Origin
from ledger.tables.rules import Rule, whole_number

# Of a cell that breaks its rule, and of an empty one that may be empty: no whole number of nine digits is either.
BAD, EMPTY = -(2**31), -(2**31) + 1
_NOBODYS = "\0"  # no rule allows it
# Up to so many numbers a column remembers what it read; a column of more, such as one of keys, would hold them all in memory.
_FEW = 100_000


class Column:
    """One column of a table of records.

    Parameters
    ----------
    rule
        With `codes` or `bounds`.
    numeric
        Whether the column becomes numbers; else it becomes categories, all codes of the rule in sorted order.
    origin
        What its cells mean.
    """

    def __init__(self, rule: Rule, numeric: bool, origin: Origin) -> None:
        self.rule = rule
        codes = [*map(int, rule.codes)] if numeric else range(len(rule.codes))
        self.low, self.high = rule.bounds or (min(codes), max(codes))
        self.categories = None if numeric else pd.CategoricalDtype(sorted(rule.codes))
        self._values = dict(zip(rule.codes if numeric else sorted(rule.codes), codes, strict=True))
        self._codes = origin.codes
        known = _Known(self._read)
        self._look_up: Callable[[str], int] = known.__getitem__ if self.high - self.low < _FEW else self._read

    def take(self, cells: Sequence[str]) -> NDArray[np.int64]:
        """The cells, one each, as whole numbers: the number itself, or the place of the code; else BAD or EMPTY."""
        return np.fromiter(map(self._look_up, cells), np.int64, len(cells))

    def _read(self, cell: str) -> int:
        if self._codes is not None and (cell or "" in self._codes):
            cell = self._codes.get(cell, _NOBODYS)
        if not cell and self.rule.may_be_empty:
            return EMPTY
        if self._values:
            return self._values.get(cell, BAD)
        number = whole_number(cell)
        return BAD if number is None or not self.low <= number <= self.high else number

    @cached_property
    def dtype(self) -> np.dtype[Any]:
        """Of the packed column: float32 holds whole numbers of up to seven digits, and knows missing ones."""
        return (
            np.dtype(np.float32) if self.rule.may_be_empty else np.result_type(*map(_smallest, (self.low, self.high)))
        )

    def packed(self, values: NDArray[np.int64]) -> NDArray[Any]:
        """Sound values in as few bytes as they need; of codes their places."""
        if not self.rule.may_be_empty:
            return values.astype(self.dtype)
        return np.where(values == EMPTY, np.nan, values).astype(self.dtype)

    def column(self, packed: NDArray[Any]) -> Any:
        """What a frame holds: numbers, or categories."""
        return packed if self.categories is None else pd.Categorical.from_codes(packed, dtype=self.categories)


def _smallest(number: int) -> np.dtype[Any]:
    return next(np.dtype(kind) for kind in (np.int8, np.int16, np.int32) if abs(number) <= np.iinfo(kind).max)


class _Known(dict[str, int]):
    """What sound cells mean; one that breaks its rule is read again each time, for of those there may be any number."""

    def __init__(self, read: Callable[[str], int]) -> None:
        self._read = read

    def __missing__(self, cell: str) -> int:
        value = self._read(cell)
        if value != BAD:
            self[cell] = value
        return value
