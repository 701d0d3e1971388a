"""Known truth: how often the intervals hold the value that the counts were drawn from.

With 20 000 draws the Monte Carlo error of a coverage of 95% is sqrt(0.95 * 0.05 / 20 000) = 0.0015. The tolerance is four
times that, 0.006: it takes in the intervals' own distance from 95%, which is below 0.002 for these group sizes.
"""

from math import sqrt

import numpy as np
import pytest

from ledger.proportions import Contrast, odds_ratio, risk_difference, risk_ratio, wilson

DRAWS, LEVEL = 20_000, 0.95
TOLERANCE = 4 * sqrt(LEVEL * (1 - LEVEL) / DRAWS)


def odds(share):
    return share / (1 - share)


def test_wilson_holds_the_truth_as_often_as_it_says():
    rng = np.random.default_rng(20201203)
    shares = rng.uniform(size=DRAWS)
    counts = rng.binomial(50, shares)
    held = [lower <= share <= upper for share, (lower, upper) in zip(shares, map(wilson_of_50, counts), strict=True)]
    assert np.mean(held) == pytest.approx(LEVEL, abs=TOLERANCE)


def wilson_of_50(k: int) -> tuple[float, float]:
    return wilson(int(k), 50, LEVEL)


@pytest.mark.parametrize(
    ("contrast", "truth", "low", "high", "sizes"),
    [
        (risk_difference, lambda p1, p0: p1 - p0, 0.0, 1.0, (60, 40)),
        (risk_ratio, lambda p1, p0: p1 / p0, 0.2, 0.8, (600, 400)),
        (odds_ratio, lambda p1, p0: odds(p1) / odds(p0), 0.2, 0.8, (600, 400)),
    ],
)
def test_contrasts_hold_the_truth_as_often_as_they_say(contrast, truth, low, high, sizes):
    rng = np.random.default_rng(20201203)
    shares = rng.uniform(low, high, size=(DRAWS, 2))
    counts = rng.binomial(sizes, shares)

    def holds(found: Contrast, value: float) -> bool:
        return found.lower <= value <= found.upper

    held = [
        holds(contrast(int(k1), sizes[0], int(k0), sizes[1], LEVEL), truth(p1, p0))
        for (k1, k0), (p1, p0) in zip(counts, shares, strict=True)
    ]
    assert np.mean(held) == pytest.approx(LEVEL, abs=TOLERANCE)
