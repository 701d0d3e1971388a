"""Which group sizes can have produced a published percentage.

A percentage of `n` people is a count divided by `n`: with few people only few percentages can occur, so a printed
percentage tells something about `n` (the idea of the GRIM test, Brown & Heathers 2017, doi:10.1177/1948550616673876).
Exact integer arithmetic throughout; a tie may have been rounded half up or half to even, both are allowed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from typing import NamedTuple

_PERCENTAGE = re.compile(r"^([0-9]{1,3})(?:[.,]([0-9]+))?%?$")


class Printed(NamedTuple):
    """A printed percentage as integers: `65,47` is 6547 steps of which 10 000 make the whole."""

    steps: int
    whole: int


def printed(percentage: str) -> Printed:
    """Read `"65,47"`, `"65.47"` or `"65,47%"`; the number of digits matters.

    Raises
    ------
    ValueError
        If the text is not a percentage from 0 to 100.
    """
    match = _PERCENTAGE.match(percentage.strip())
    if match is None:
        raise ValueError(f"{percentage!r} is not a printed percentage")
    decimals = match[2] or ""
    figure = Printed(int(match[1] + decimals), 100 * 10 ** len(decimals))
    if figure.steps > figure.whole:
        raise ValueError(f"{percentage!r} is more than 100%")
    return figure


def possible_counts(percentage: str, n: int) -> range:
    """The counts out of `n` that are printed as `percentage`; empty if none is.

    Parameters
    ----------
    percentage
        As printed, digits included: `"65,4"` allows more than `"65,40"`.
    n
        Group size, 1 or more.
    """
    if n < 1:
        raise ValueError("a group has at least one member")
    return _counts(*printed(percentage), n)


def _counts(steps: int, whole: int, n: int) -> range:
    # k/n is printed as steps/whole when (steps - 1/2) / whole <= k/n <= (steps + 1/2) / whole; the upper tie only
    # rounds down to an even last digit.
    lowest = -(-(2 * steps - 1) * n // (2 * whole))
    highest = ((2 * steps + 1) * n - (steps % 2)) // (2 * whole)
    return range(max(lowest, 0), min(highest, n) + 1)


def possible_denominators(percentage: str, up_to: int) -> list[int]:
    """All group sizes from 1 to `up_to` of which some count is printed as `percentage`."""
    return [n for n in range(1, up_to + 1) if possible_counts(percentage, n)]


def smallest_denominator(percentage: str) -> int:
    """The smallest group size of which some count is printed as `percentage`."""
    return next(n for n in count(1) if possible_counts(percentage, n))


class Split(NamedTuple):
    """Two group sizes and, in each, the counts that the printed percentages allow."""

    n_first: int
    n_second: int
    first: range
    second: range

    @property
    def total(self) -> int:
        """Both groups together."""
        return self.n_first + self.n_second


def possible_splits(of_total: str, of_first: str, of_second: str, up_to: int | None = None) -> Iterator[Split]:
    """Pairs of group sizes that agree with three printed percentages, smallest total first.

    Parameters
    ----------
    of_total
        The first group as a percentage of both groups.
    of_first, of_second
        A percentage within each group.
    up_to
        The largest total to try; without it the iterator does not end.
    """
    totals = count(2) if up_to is None else range(2, up_to + 1)
    for total in totals:
        for n_first in possible_counts(of_total, total):
            if not 0 < n_first < total:
                continue
            first = possible_counts(of_first, n_first)
            second = possible_counts(of_second, total - n_first)
            if first and second:
                yield Split(n_first, total - n_first, first, second)


def smallest_split(of_total: str, of_first: str, of_second: str) -> Split:
    """The pair of group sizes with the smallest total; see `possible_splits`."""
    return next(possible_splits(of_total, of_first, of_second))


def shares_can_add_up(percentages: list[str]) -> bool:
    """Whether rounded percentages of one whole can come from parts that add up to exactly 100%.

    All must be printed with the same number of decimals; each may be off by half a step, but no part is below 0.
    """
    figures = [printed(percentage) for percentage in percentages]
    if len({figure.whole for figure in figures}) != 1:
        raise ValueError("percentages printed with different numbers of decimals")
    doubled = 2 * figures[0].whole
    least = sum(max(2 * figure.steps - 1, 0) for figure in figures)
    most = sum(2 * figure.steps + 1 for figure in figures)
    # Every part at its upper tie: each of them rounds down only to an even digit.
    most_is_reached = all(figure.steps % 2 == 0 for figure in figures)
    return least <= doubled and (doubled < most or (doubled == most and most_is_reached))
