"""Intervals of proportions where the formula collapses to something one can work out on paper."""

from math import exp, log, sqrt
from statistics import NormalDist

import pytest

from ledger.proportions import Contrast, odds_ratio, risk_difference, risk_ratio, share, wilson

Z = 1.959963984540054  # the normal distribution's 0.975 quantile, any table
EXACT = {"rel": 1e-12}  # the same formula in another order of operations: a few units in the last place


@pytest.mark.parametrize("level", [0, 1, -0.5, 95])
@pytest.mark.parametrize(
    "interval",
    [
        lambda level: wilson(1, 2, level),
        lambda level: risk_difference(1, 2, 1, 2, level),
        lambda level: risk_ratio(1, 2, 1, 2, level),
        lambda level: odds_ratio(1, 2, 1, 2, level),
    ],
)
def test_level_lies_between_0_and_1(interval, level):
    with pytest.raises(ValueError, match="between 0 and 1"):
        interval(level)


def test_wilson_of_none_and_of_all():
    assert wilson(0, 10) == (0.0, pytest.approx(Z**2 / (10 + Z**2), **EXACT))
    assert wilson(10, 10) == (pytest.approx(10 / (10 + Z**2), **EXACT), 1.0)


def test_wilson_of_half():
    half = Z / (2 * sqrt(10 + Z**2))
    assert wilson(5, 10) == pytest.approx((0.5 - half, 0.5 + half), **EXACT)


@pytest.mark.parametrize(("k", "n", "level"), [(1, 73, 0.95), (3, 32, 0.9), (614, 938, 0.99)])
def test_ends_of_wilson_solve_the_score_equation(k, n, level):
    for end in wilson(k, n, level):
        assert abs(k / n - end) == pytest.approx(
            NormalDist().inv_cdf((1 + level) / 2) * sqrt(end * (1 - end) / n), **EXACT
        )


def test_share_is_a_quantity_with_the_interval_of_half():
    half = Z / (2 * sqrt(10 + Z**2))
    found = share(5, 10, "synthetic")
    assert (found.value, found.unit, found.n, found.evidence) == (0.5, "share", 10, "synthetic")
    assert (found.lower, found.upper) == pytest.approx((0.5 - half, 0.5 + half), **EXACT)
    assert share(5, 10).evidence == "published"


@pytest.mark.parametrize(("k", "n"), [(-1, 10), (11, 10), (0, 0), (1, -1)])
@pytest.mark.parametrize(
    "interval",
    [
        wilson,
        share,
        lambda k, n: risk_difference(k, n, 1, 2),
        lambda k, n: risk_difference(1, 2, k, n),
        lambda k, n: odds_ratio(k, n, 1, 2),
        lambda k, n: odds_ratio(1, 2, k, n),
    ],
)
def test_impossible_counts_are_refused(interval, k, n):
    with pytest.raises(ValueError, match=f"a count of {k} out of {n} is impossible"):
        interval(k, n)


@pytest.mark.parametrize("counts", [(11, 10, 1, 2), (1, 2, 11, 10)])
def test_a_ratio_refuses_more_than_everyone(counts):
    with pytest.raises(ValueError, match="a count of 11 out of 10 is impossible"):
        risk_ratio(*counts)


def test_newcombe_from_all_to_none():
    lower_of_all, upper_of_none = 10 / (10 + Z**2), Z**2 / (20 + Z**2)
    found = risk_difference(10, 10, 0, 20)
    assert found.estimate == 1
    assert found.lower == pytest.approx(1 - sqrt((1 - lower_of_all) ** 2 + upper_of_none**2), **EXACT)
    assert found.upper == 1


@pytest.mark.parametrize(("k1", "n1", "k0", "n0"), [(725, 725, 0, 510), (510, 510, 0, 725), (2624, 2624, 0, 1906)])
def test_newcombe_does_not_reach_beyond_all_and_none(k1, n1, k0, n0):
    assert risk_difference(k1, n1, k0, n0).upper == 1.0
    assert risk_difference(k0, n0, k1, n1).lower == -1.0


def test_risk_ratio_by_hand():
    # 10 of 20 against 5 of 20: ratio 2, variance of its log 1/10 - 1/20 + 1/5 - 1/20 = 0.2.
    width = Z * sqrt(0.2)
    expected = Contrast(2, exp(log(2) - width), exp(log(2) + width))
    found = risk_ratio(10, 20, 5, 20)
    assert (found.estimate, found.lower, found.upper) == pytest.approx(
        (expected.estimate, expected.lower, expected.upper), **EXACT
    )


def test_odds_ratio_by_hand():
    # 10 to 10 against 5 to 15: ratio (10 * 15) / (10 * 5) = 3, variance of its log 1/10 + 1/10 + 1/5 + 1/15.
    width = Z * sqrt(0.1 + 0.1 + 0.2 + 1 / 15)
    found = odds_ratio(10, 20, 5, 20)
    assert (found.estimate, found.lower, found.upper) == pytest.approx(
        (3, exp(log(3) - width), exp(log(3) + width)), **EXACT
    )


@pytest.mark.parametrize("counts", [(0, 20, 5, 20), (5, 20, 0, 20)])
@pytest.mark.parametrize("contrast", [risk_ratio, odds_ratio])
def test_a_ratio_needs_cases_in_both_groups(contrast, counts):
    with pytest.raises(ValueError, match="at least one in every cell"):
        contrast(*counts)


@pytest.mark.parametrize("counts", [(20, 20, 5, 20), (5, 20, 20, 20)])
def test_an_odds_ratio_needs_others_in_both_groups(counts):
    with pytest.raises(ValueError, match="at least one in every cell"):
        odds_ratio(*counts)


def test_a_risk_ratio_needs_no_others():
    assert risk_ratio(20, 20, 20, 20) == Contrast(1, 1, 1)


def test_swapping_the_groups_turns_the_contrast_around():
    forth, back = risk_difference(3, 32, 1, 73), risk_difference(1, 73, 3, 32)
    assert (forth.lower, forth.upper) == pytest.approx((-back.upper, -back.lower), **EXACT)
    for contrast in (risk_ratio, odds_ratio):
        forth, back = contrast(3, 32, 1, 73), contrast(1, 73, 3, 32)
        assert (forth.lower, forth.upper) == pytest.approx((1 / back.upper, 1 / back.lower), **EXACT)


@pytest.mark.parametrize("contrast", [risk_difference, risk_ratio, odds_ratio])
def test_more_certainty_takes_a_wider_interval(contrast):
    narrow, wide = contrast(5, 50, 9, 40, level=0.9), contrast(5, 50, 9, 40, level=0.99)
    assert wide.lower < narrow.lower < narrow.estimate < narrow.upper < wide.upper
