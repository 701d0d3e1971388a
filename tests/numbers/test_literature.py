"""Examples that the papers behind the formulas print; tolerance: half a unit of their last digit."""

import pytest

from ledger.proportions import risk_difference, wilson
from leerwerk.effects import e_value


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
