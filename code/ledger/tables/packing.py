"""A column of records as whole numbers: each different cell is read once, and kept in as few bytes as its rule allows."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ledger.tables.dates import day_number
from ledger.tables.layout import Origin
from ledger.tables.rules import Rule, whole_number

# Of a cell that breaks its rule, and of an empty one that may be empty: no whole number of nine digits is either.
BAD, EMPTY = -(2**31), -(2**31) + 1
# Up to so many numbers a column remembers what it read; a column of more, such as one of keys, would hold them all in memory.
_FEW = 100_000
_DECIMALS = re.compile(r"(-?[0-9]{1,9})[.]([0-9]{1,20})")


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
    is_key
        Whether each row has a cell of its own.
    """

    def __init__(self, rule: Rule, numeric: bool, origin: Origin, is_key: bool = False) -> None:
        self.rule, self.origin = rule, origin
        codes = [*map(int, rule.codes)] if numeric else range(len(rule.codes))
        self.low, self.high = rule.bounds or (min(codes), max(codes))
        self.categories = None if numeric else pd.CategoricalDtype(sorted(rule.codes))
        self.tells_rows_apart = is_key and origin.numbered
        self._values = dict(zip(rule.codes if numeric else sorted(rule.codes), codes, strict=True))
        self._codes = None if origin.codes is None else dict(origin.codes)
        self._numbered: dict[str, int] = {}
        known = _Known(self._read)
        is_few = self.high - self.low < _FEW or origin.date is not None
        self._look_up: Callable[[str], int] = known.__getitem__ if is_few else self._read

    @property
    def is_plain(self) -> bool:
        """Whether a whole number in the file is the number itself."""
        origin = self.origin
        return not (self._values or origin.numbered or origin.date) and self._codes is None

    def take(self, cells: Sequence[str]) -> NDArray[np.int64]:
        """The cells, one each, as whole numbers: the number itself, the place of the code, or a date; else BAD or EMPTY.

        Of keys that are numbered a fingerprint: so many of them could not all be remembered.
        """
        if self.tells_rows_apart:
            prints = pd.util.hash_array(np.array(cells, dtype=object), categorize=False).view(np.int64)
            return np.where([cell == "" for cell in cells], BAD, prints)
        return np.fromiter(map(self._look_up, cells), np.int64, len(cells))

    def within(self, values: NDArray[np.int64], is_empty: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Numbers, BAD where they are out of bounds and BAD or EMPTY where they are empty."""
        sound = np.where((values >= self.low) & (values <= self.high), values, BAD)
        return np.where(is_empty, EMPTY if self.rule.may_be_empty else BAD, sound)

    def _read(self, cell: str) -> int:
        if self._codes is not None and (cell or "" in self._codes):
            cell = self._codes.get(cell, "\0")  # which no rule allows
        if not cell:
            return EMPTY if self.rule.may_be_empty or self.origin.date else BAD
        if self.origin.date:
            day = day_number(cell, self.origin.date)
            return BAD if day is None else day
        if self.origin.numbered:
            return self._number(cell)
        if self._values:
            return self._values.get(cell, BAD)
        number = whole_number(cell if self.origin.decimal is None else self._without_decimals(cell))
        return BAD if number is None or not self.low <= number <= self.high else number

    def _number(self, cell: str) -> int:
        if cell not in self._numbered and len(self._numbered) == self.high:
            return BAD
        return self._numbered.setdefault(cell, len(self._numbered) + 1)

    def _without_decimals(self, cell: str) -> str:
        comma = self.origin.decimal == ","
        # Where a comma stands before decimals, a point may stand between thousands.
        found = None if comma and "." in cell else _DECIMALS.fullmatch(cell.replace(",", ".") if comma else cell)
        if found is None:
            return cell
        if not found[2].strip("0"):
            return found[1]
        return str(Decimal(found[0]).quantize(Decimal(1), ROUND_HALF_UP)) if self.origin.rounded else cell

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
