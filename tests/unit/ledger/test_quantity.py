"""A quantity refuses what no reader could weigh."""

import pytest

from ledger.quantity import Quantity, direction


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
    ("difference", "same_within", "sign"),
    [(0.1, 0.0, 1), (-0.1, 0.0, -1), (0.0, 0.0, 0), (0.02, 0.02, 0), (-0.02, 0.02, 0), (0.03, 0.02, 1)],
)
def test_direction_is_the_sign_of_a_difference_beyond_the_margin(difference, same_within, sign):
    found = direction(difference, "context", same_within=same_within)
    assert found == Quantity(sign, "direction", evidence="context")
