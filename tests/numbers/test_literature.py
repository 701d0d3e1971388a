"""Examples that the papers behind the formulas print; tolerance: half a unit of their last digit."""

import numpy as np
import pandas as pd
import pytest
from tests.numbers.printed import as_printed

from ledger.granularity import possible_counts
from ledger.proportions import risk_difference, wilson
from leerwerk.effects import average_effect, e_value, risk_ratio


# Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3 (score).
@pytest.mark.parametrize(
    ("k", "n", "lower", "upper"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson(k, n, lower, upper):
    assert wilson(k, n) == pytest.approx((lower, upper), abs=0.00005)


# Newcombe (1998), Statistics in Medicine 17, 873-890, table II, method 10 (hybrid score).
@pytest.mark.parametrize(
    ("counts", "lower", "upper"),
    [
        ((56, 70, 48, 80), 0.0524, 0.3339),
        ((9, 10, 3, 10), 0.1705, 0.8090),
        ((6, 7, 2, 7), 0.0582, 0.8062),
        ((5, 56, 0, 29), -0.0381, 0.1926),
        ((0, 10, 0, 20), -0.1611, 0.2775),
        ((0, 10, 0, 10), -0.2775, 0.2775),
        ((10, 10, 0, 20), 0.6791, 1.0),
        ((10, 10, 0, 10), 0.6075, 1.0),
    ],
)
def test_newcombe(counts, lower, upper):
    found = risk_difference(*counts)
    assert (found.lower, found.upper) == pytest.approx((lower, upper), abs=0.00005)


# VanderWeele & Ding (2017), Annals of Internal Medicine 167, 268-274: risk ratio 3.9, interval 1.8 to 8.7.
def test_e_value():
    found = e_value(3.9, 1.8)
    assert (found.estimate, found.bound) == pytest.approx((7.26, 3.0), abs=0.005)


# Smoking and lung cancer (Hammond & Horn 1958) in R package EValue 4.1.3: its README (and vignette) for rounded ratios.
def test_e_value_of_smoking():
    found = e_value(10.73, 8.02)
    assert (found.estimate, found.bound) == (as_printed("20.94777"), as_printed("15.52336"))


# Its help page of `threshold`: 397 of 78 954 smokers and 51 of 108 829 others died, and twoXtwoRR's ratio of the two.
def test_risk_ratio_of_smoking():
    dead, alive = [397, 51], [78557, 108778]
    frame = pd.DataFrame(
        {"smoker": np.repeat([1, 0, 1, 0], dead + alive), "died": np.repeat([1, 0], [sum(dead), sum(alive)])}
    )
    # The printed interval is that of large samples, which ours is for all but raw differences.
    found = risk_ratio(average_effect(frame, outcome="died ~ 1", treatment="smoker ~ 1", method="regression"), 1)
    assert found.estimate == as_printed("10.729780")
    assert (found.lower, found.upper) == (as_printed("8.017457"), as_printed("14.359688"))


# Means of whole numbers in the documentation of R package scrutiny, whose `grim` follows Brown & Heathers (2017): help
# pages of grim and grim_map (pigs1), vignette GRIM (flying_pigs1, jpap_1 as one item).
POSSIBLE = [
    *[("5.19", 32), ("7.22", 32), ("2.68", 28), ("7.38", 26), ("5.00", 25)],
    *[("2.61", 28), ("3.64", 28), ("10.46", 28), ("7.39", 28), ("5.90", 40), ("3.50", 40), ("3.82", 40)],
]
IMPOSSIBLE = [
    *[("5.19", 28), ("5.27", 43), ("4.74", 25), ("5.23", 29), ("2.57", 24), ("6.77", 27), ("7.01", 29), ("3.14", 27)],
    *[("6.89", 31), ("0.24", 28), ("8.97", 28), ("7.26", 28), ("9.26", 28), ("5.71", 40), ("4.61", 40), ("5.24", 40)],
]
# There too: percentages; 71 of 43 on the help page, the others in the vignette (jpap_3).
POSSIBLE_SHARES = [("35.6", 455), ("39.3", 516)]
IMPOSSIBLE_SHARES = [("71", 43), ("32.5", 438), ("21.7", 501)]


@pytest.mark.parametrize(("mean", "n"), POSSIBLE + IMPOSSIBLE)
def test_grim_of_a_mean(mean, n):
    """Whole numbers add whole parts: what is behind the point must be a number of nths."""
    hundredths = mean.partition(".")[2]
    assert bool(possible_counts(hundredths, n)) == ((mean, n) in POSSIBLE)


@pytest.mark.parametrize(("percentage", "n"), POSSIBLE_SHARES + IMPOSSIBLE_SHARES)
def test_grim_of_a_percentage(percentage, n):
    assert bool(possible_counts(percentage, n)) == ((percentage, n) in POSSIBLE_SHARES)
