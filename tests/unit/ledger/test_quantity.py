"""A quantity refuses what no reader could weigh."""

import pytest

from ledger.quantity import Quantity, direction, equivalence


def test_unknown_unit_is_refused():
    with pytest.raises(ValueError, match="unknown unit 'procent'"):
        Quantity(1, "procent")


def test_unknown_evidence_is_refused():
    with pytest.raises(ValueError, match="unknown kind of evidence 'hearsay'"):
        Quantity(1, "share", evidence="hearsay")


@pytest.mark.parametrize("half", [{"lower": 0.1}, {"upper": 0.1}])
def test_half_an_interval_is_refused(half):
    with pytest.raises(ValueError, match="both ends or neither"):
        Quantity(0.1, "share", **half)


def test_a_quantity_does_not_change():
    with pytest.raises(AttributeError):
        Quantity(0.1, "share").value = 0.2


@pytest.mark.parametrize(
    ("lower", "upper", "signs"),
    [(0.01, 0.3, (1, 1)), (-0.3, -0.01, (-1, -1)), (-0.01, 0.3, (-1, 1)), (0.0, 0.3, (-1, 1)), (-0.3, 0.0, (-1, 1))],
)
def test_a_direction_is_decided_by_an_interval_without_zero(lower, upper, signs):
    found = direction(lower, upper, "context", n=7)
    assert (found.lower, found.upper, found.n, found.evidence) == (*signs, 7, "context")


@pytest.mark.parametrize(
    ("lower", "upper", "signs"),
    [
        (-0.09, 0.09, (0, 0)),
        (0.01, 0.09, (0, 0)),  # not zero, and smaller than what counts
        (-0.1, 0.05, (-1, 1)),
        (-0.05, 0.1, (-1, 1)),
        (0.1, 0.2, (1, 1)),
        (-0.2, -0.1, (-1, -1)),
        (-0.2, 0.2, (-1, 1)),
    ],
)
def test_no_difference_is_an_interval_within_the_margin(lower, upper, signs):
    found = equivalence(lower, upper, 0.1, "restricted")
    assert (found.lower, found.upper) == signs
