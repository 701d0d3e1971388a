"""E-values of ratios whose roots come out by hand."""

from math import sqrt

import pytest

from leerwerk.effects import e_value
from leerwerk.effects.errors import OptionError


@pytest.mark.parametrize(
    ("ratio", "expected"),
    [(1, 1), (2, 2 + sqrt(2)), (0.5, 2 + sqrt(2)), (4, 4 + sqrt(12)), (0.25, 4 + sqrt(12))],
)
def test_estimate(ratio, expected):
    found = e_value(ratio)
    assert found.estimate == pytest.approx(expected)
    assert found.bound is None


@pytest.mark.parametrize(
    ("ratio", "bound", "expected"),
    [(4, 2, 2 + sqrt(2)), (0.25, 0.5, 2 + sqrt(2)), (2, 0.5, 1), (0.5, 2, 1), (2, 1, 1), (1, 2, 1)],
)
def test_bound_is_1_once_the_interval_reaches_1(ratio, bound, expected):
    assert e_value(ratio, bound).bound == pytest.approx(expected)


@pytest.mark.parametrize(("ratio", "bound"), [(2, 3), (0.5, 0.2)])
def test_a_bound_beyond_the_estimate_is_refused(ratio, bound):
    """The other end of the interval was given: its E-value would be too large."""
    with pytest.raises(OptionError, match="dichtst bij 1"):
        e_value(ratio, bound)


@pytest.mark.parametrize("ratios", [(0,), (-1,), (2, 0), (2, -1)])
def test_ratios_are_positive(ratios):
    with pytest.raises(ValueError, match="posit"):
        e_value(*ratios)
