"""A quantity refuses what no reader could weigh."""

import pytest

from ledger.quantity import Quantity, Released, direction, equivalence, significant


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
    found = equivalence(lower, upper, 0.1, "synthetic")
    assert (found.lower, found.upper) == signs


# --- What leaves restricted records is a type of its own ---


@pytest.mark.parametrize(
    "make",
    [
        lambda: Quantity(0.27, "share", evidence="restricted"),
        lambda: direction(0.1, 0.2, "restricted"),
        lambda: equivalence(0.1, 0.2, 0.05, "restricted"),
    ],
)
def test_a_number_from_restricted_records_that_was_not_released_is_refused(make):
    with pytest.raises(ValueError, match="is Released, by disclosure control"):
        make()


@pytest.mark.parametrize("evidence", ["published", "context", "synthetic", "unreleased"])
def test_only_numbers_from_restricted_records_are_released(evidence):
    with pytest.raises(ValueError, match="a released number is restricted"):
        Released(0.27, "share", evidence=evidence)


def test_a_released_number_tells_no_number_of_pupils():
    with pytest.raises(ValueError, match="no number of pupils"):
        Released(0.27, "share", n=2700, evidence="restricted")


@pytest.mark.parametrize("ends", [(0.2705, None, None), (0.27, 0.26049, 0.28), (0.27, 0.26, 0.28049)])
def test_a_released_number_has_no_fourth_digit(ends):
    with pytest.raises(ValueError, match="at most 3 significant digits"):
        Released(ends[0], "share", ends[1], ends[2], evidence="restricted")


@pytest.mark.parametrize(
    ("value", "rounded"), [(0.012345, 0.0123), (-0.98765, -0.988), (1234.5, 1230.0), (0.0, 0.0), (249.6, 250.0)]
)
def test_three_digits_are_counted_from_the_first_that_is_not_zero(value, rounded):
    assert significant(value) == rounded
