"""Granularity by exhaustion: every count is rounded and compared, by code that shares nothing with the module.

Small grids go through Decimal with both rules for a half; the presentation's own groups go through NumPy integers.
"""

from collections import defaultdict
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from functools import cache
from itertools import combinations_with_replacement, product

import numpy as np
import pytest

from ledger import granularity

RULES = (ROUND_HALF_UP, ROUND_HALF_EVEN)


def printed_as(k: int, n: int, decimals: int) -> set[str]:
    percentage = Decimal(100 * k) / Decimal(n)
    return {str(percentage.quantize(Decimal(1).scaleb(-decimals), rule)) for rule in RULES}


@cache
def counts_by_print(n: int, decimals: int) -> dict[str, list[int]]:
    counts = defaultdict(list)
    for k in range(n + 1):
        for text in printed_as(k, n, decimals):
            counts[text].append(k)
    return dict(counts)


def all_prints(decimals: int) -> list[str]:
    return [str(Decimal(steps).scaleb(-decimals)) for steps in range(100 * 10**decimals + 1)]


# 200, 400 and 2000 make half steps that two rules round differently; 938, 1280 are groups of the presentation.
GRID = [
    *product([0], [*range(1, 61), 200, 400]),
    *product([1], [*range(1, 25), 249, 2000]),
    *product([2], [32, 249, 938, 1280]),
]


@pytest.mark.parametrize(("decimals", "n"), GRID)
def test_possible_counts(decimals, n):
    expected = counts_by_print(n, decimals)
    for text in all_prints(decimals):
        assert list(granularity.possible_counts(text, n)) == expected.get(text, []), text


@pytest.mark.parametrize("percentage", ["33", "12", "0", "100", "37,5", "9,4"])
def test_smallest_and_possible_denominators(percentage):
    text = percentage.replace(",", ".")
    decimals = len(text.partition(".")[2])
    expected = [n for n in range(1, 61) if text in counts_by_print(n, decimals)]
    assert granularity.smallest_denominator(percentage) == expected[0]
    assert granularity.possible_denominators(percentage, 60) == expected


@pytest.mark.parametrize(
    "percentages",
    [("33", "50", "25"), ("12", "50", "50"), ("63", "0", "100"), ("77,6", "13", "9"), ("5", "33", "11,1")],
)
def test_possible_splits(percentages):
    def counts(percentage, n):
        text = percentage.replace(",", ".")
        return counts_by_print(n, len(text.partition(".")[2])).get(text, [])

    of_total, of_first, of_second = percentages
    expected = [
        (first, total - first, counts(of_first, first), counts(of_second, total - first))
        for total in range(2, 61)
        for first in counts(of_total, total)
        if 0 < first < total and counts(of_first, first) and counts(of_second, total - first)
    ]
    found = granularity.possible_splits(*percentages, up_to=60)
    assert [(s.n_first, s.n_second, list(s.first), list(s.second)) for s in found] == expected
    assert expected, "a search that finds nothing shows nothing"
    assert granularity.smallest_split(*percentages)[:2] == expected[0][:2]


def test_pairs_that_can_add_up():
    # With 200 people the shares move in halves of a percent, which is all that two parts of one whole can use.
    possible = {
        tuple(sorted(pair, key=int))
        for k in range(201)
        for pair in product(printed_as(k, 200, 0), printed_as(200 - k, 200, 0))
    }
    for pair in combinations_with_replacement(all_prints(0), 2):
        assert granularity.shares_can_add_up(list(pair)) is (pair in possible), pair


# The presentation's figures. steps/whole: 1,37% is 137 of 10 000.


def fits(steps: int, whole: int, k: np.ndarray, n: np.ndarray) -> np.ndarray:
    """Whether k of n is printed as steps of whole by either rule."""
    doubled, unit = 2 * whole * k + n, 2 * n
    half_up = doubled // unit
    half_even = half_up - ((doubled % unit == 0) & (half_up % 2 == 1))
    return (half_up == steps) | (half_even == steps)


def sizes_that_fit(steps: int, whole: int, up_to: int) -> np.ndarray:
    """For each n from 0 to `up_to` whether some count fits."""
    k = np.arange(up_to + 1)
    return np.array([n > 0 and fits(steps, whole, k[: n + 1], np.array(n)).any() for n in range(up_to + 1)])


def test_no_smaller_groups_fit_the_three_percentages_on_absence():
    # slide 9: 77,6% with a bonus, of whom 1,37% absent; 9,38% of the others
    with_bonus, others = sizes_that_fit(137, 10_000, 2718), sizes_that_fit(938, 10_000, 2718)
    pairs = []
    for total in range(2, 2719):
        first = np.arange(1, total)
        joint = with_bonus[first] & others[total - first] & fits(776, 1000, first, np.array(total))
        pairs += [(int(n), total - int(n)) for n in first[joint]]
    assert pairs == [(2110, 608)]
    split = granularity.smallest_split("77,6", "1,37", "9,38")
    assert (split.n_first, split.n_second) == pairs[0]
    assert [29 in split.first, 57 in split.second] == [True, True]
    assert [round(100 * k / n, 2) for k, n in ((29, 2110), (57, 608))] == [1.37, 9.38]
    assert round(100 * 2110 / (2110 + 608), 1) == 77.6


def test_smallest_groups_for_each_percentage_apart():
    assert np.flatnonzero(sizes_that_fit(137, 10_000, 100))[0] == granularity.smallest_denominator("1,37") == 73
    assert np.flatnonzero(sizes_that_fit(938, 10_000, 100))[0] == granularity.smallest_denominator("9,38") == 32


def test_largest_number_of_mentors():
    # slide 24: 65,47% of at most 938 mentors
    fitting = np.flatnonzero(sizes_that_fit(6547, 10_000, 938))
    assert granularity.possible_denominators("65,47", 938)[-1] == fitting[-1] == 921  # 603 / 921 = 65.472%
