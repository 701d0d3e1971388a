"""What is wrong in the rows of a file, however many they are: the first hundred of each rule, and how many more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from ledger.tables.reading import Problem

LISTED = 100


class Tally:
    """Counts the rows that break the rules of one file.

    Parameters
    ----------
    file
        Its name as authors know it, for messages.
    """

    def __init__(self, file: str) -> None:
        self._file = file
        self._listed: dict[tuple[str | None, str], list[Problem]] = {}
        self._more: dict[tuple[str | None, str], int] = {}

    def add(
        self,
        column: str | None,
        demand: str,
        remedy: str,
        lines: NDArray[np.integer],
        found: Callable[[int], str | None],
    ) -> None:
        """Take rows in, by their lines; `found` gives what stands in one, by its place in `lines`."""
        if not len(lines):
            return
        key = column, demand
        listed = self._listed.setdefault(key, [])
        room = LISTED - len(listed)
        listed += [
            Problem(self._file, demand, remedy, int(line), column, found(place))
            for place, line in enumerate(lines[:room])
        ]
        self._more[key] = self._more.get(key, 0) + max(len(lines) - room, 0)

    def problems(self) -> list[Problem]:
        """In the order of the file; the last of each rule counts those that are not listed."""
        told = [
            problem
            for key, (*first, last) in self._listed.items()
            for problem in (*first, replace(last, more=self._more[key]))
        ]
        return sorted(told, key=lambda problem: problem.row or 0)

    def __bool__(self) -> bool:
        return bool(self._listed)
