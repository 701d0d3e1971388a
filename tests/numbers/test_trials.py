"""The trials elsewhere: differences by hand, the pool by statsmodels, by its equation and by R, and what the prose says of them."""

from __future__ import annotations

import re
from math import sqrt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.meta_analysis import combine_effects

from leerwerk import study
from leerwerk.micro import implied
from leerwerk.tables import trials
from leerwerk.trials import differences, pool

REFEREE = Path(__file__).parent / "referee"
# R and we solve the same equation; metafor stops within its own tolerance, which leaves the ninth digit open.
SAME = {"rel": 1e-6, "abs": 1e-9}
RERUN = "data/trials moved: run tests/numbers/referee/trials.R, which needs R's metafor, and look at what it changes."
# Two-sided 5% point of the normal distribution, from any table.
NORMAL = 1.959963985


@pytest.fixture(scope="module")
def found() -> pd.DataFrame:
    return differences.differences().set_index("id", drop=False)


# --- By hand ---


def test_challenge_by_hand(found):
    """CLEAR: 72 percent of 722 against 56 percent of 451 finished."""
    row = found.loc["challenge-36"]
    assert row["difference"] == pytest.approx(0.16)
    error = sqrt(0.72 * 0.28 / 722 + 0.56 * 0.44 / 451)
    assert sqrt(row["variance"]) == pytest.approx(error)
    assert (row["lower"], row["upper"]) == pytest.approx((0.16 - NORMAL * error, 0.16 + NORMAL * error))


def test_dutch_coaching_by_hand(found):
    """CPB: 10 percent against 17 percent of 450 in all left; left is bad, so the difference is +7, and halves are ours."""
    row = found.loc["cpb-coaching"]
    assert row["difference"] == pytest.approx(0.07)
    error = sqrt(0.10 * 0.90 / 225 + 0.17 * 0.83 / 225)
    assert (row["lower"], row["upper"]) == pytest.approx((0.07 - NORMAL * error, 0.07 + NORMAL * error))


def test_another_school_by_hand(found):
    """WWC: 45 against 54 percent of 399 had not dropped out: staying is good, so the difference is -9."""
    row = found.loc["horizon"]
    assert row["difference"] == pytest.approx(-0.09)
    assert row["variance"] == pytest.approx((0.45 * 0.55 + 0.54 * 0.46) / 199.5)


def test_a_third_with_the_programme_and_pupils_alike_by_hand():
    row = differences.differences(treated_share=1 / 3, icc=0.1).set_index("id").loc["cpb-coaching"]
    assert row["variance"] == pytest.approx((0.10 * 0.90 / 150 + 0.17 * 0.83 / 300) * (1 + 19 * 0.1))


def test_groups_only_widen_trials_whose_lots_were_not_seen_to_be_drawn_over_pupils():
    plain, alike = (differences.differences(icc=icc).set_index("id") for icc in (0, 0.1))
    wider = alike["variance"] > plain["variance"]
    assert set(wider[wider].index) == {"cpb-coaching", "pgc", "twelve-together"}


def test_leaving_instead_of_finishing_swaps_the_outcome_of_the_same_trials(found):
    swapped = differences.differences(leaving_first=True)
    assert sorted(swapped["sample"]) == sorted(found["sample"])
    assert set(swapped["id"]) - set(found["id"]) == {
        *("check-connect-left", "cal-learn-left", "cincinnati-left", "leap-left", "middle-college-left"),
    }
    assert swapped.set_index("id").loc["check-connect-left", "difference"] == pytest.approx(0.19)
    assert swapped.set_index("id").loc["middle-college-left", "difference"] == pytest.approx(-0.03)


# --- The pool ---


def test_the_pool_is_statsmodels_own(found):
    """Paule-Mandel by its own iteration, which ends well here: its equation holds."""
    effect, variance = found["difference"].to_numpy(), found["variance"].to_numpy()
    theirs = combine_effects(effect, variance, method_re="iterated", use_t=True, atol=1e-10, maxiter=200)
    assert theirs.scale_hksj_re == pytest.approx(1)
    ours = pool.pooled()
    assert ours.mean == pytest.approx(theirs.mean_effect_re, **SAME)
    assert ours.tau**2 == pytest.approx(theirs.tau2, **SAME)
    assert (ours.lower, ours.upper) == pytest.approx(tuple(theirs.conf_int(use_t=True)[3]), **SAME)
    assert pool.fixed(found) == pytest.approx(
        (theirs.mean_effect_fe, *theirs.conf_int(use_t=False)[0]),
    )


def test_the_variance_between_trials_solves_its_equation_also_where_statsmodels_says_nought(found):
    """Without Becoming a Man its last step ends a rounding error beyond the root, and it gives up at zero."""
    frame = found.drop(index="bam-ever")
    effect, variance = frame["difference"].to_numpy(), frame["variance"].to_numpy()
    theirs = combine_effects(effect, variance, method_re="iterated", atol=1e-12, maxiter=200)
    tau = pool.pool(frame).tau
    weights = 1 / (variance + tau**2)
    squares = weights @ (effect - weights @ effect / weights.sum()) ** 2
    assert squares == pytest.approx(len(frame) - 1)
    assert tau > 0.05
    assert theirs.tau2 == 0 or theirs.tau2 == pytest.approx(tau**2)


def test_the_prediction_interval_by_its_formula(found):
    ours = pool.pooled()
    t = stats.t.isf(0.025, len(found) - 1)
    error = (ours.upper - ours.lower) / 2 / t
    half = t * sqrt(ours.tau**2 + error**2)
    assert (ours.predicted_lower, ours.predicted_upper) == pytest.approx((ours.mean - half, ours.mean + half))


def test_trials_that_agree_have_no_variance_between_them():
    frame = pd.DataFrame({"difference": [0.05, 0.051, 0.049], "variance": [0.01, 0.02, 0.03]})
    same = pool.pool(frame)
    assert same.tau == 0
    assert (same.lower, same.upper) == (same.predicted_lower, same.predicted_upper)


def test_two_trials_are_no_pool():
    with pytest.raises(ValueError, match="three"):
        pool.pool(pd.DataFrame({"difference": [0.1, 0.2], "variance": [0.01, 0.01]}))


def test_both_intervals_hold_the_truth_about_as_often_as_they_say(found):
    """2 000 draws of trials as many and as precise as these, lying as far apart: within three points of 95%.

    Where trials hardly differ the prediction interval holds less often (Nagashima, Noma & Furukawa 2019): these differ.
    """
    rng = np.random.default_rng(20161)
    variance, tau, mean = found["variance"].to_numpy(), pool.pooled().tau, 0.05
    held = np.zeros(2)
    for _ in range(2_000):
        *truth, another = rng.normal(mean, tau, len(variance) + 1)
        got = pool.pool(pd.DataFrame({"difference": rng.normal(truth, np.sqrt(variance)), "variance": variance}))
        held += (got.lower < mean < got.upper, got.predicted_lower < another < got.predicted_upper)
    assert held / 2_000 == pytest.approx([0.95, 0.95], abs=0.03)


@pytest.mark.parametrize(
    ("choice", "changed"),
    [
        ("fewer treated", {"treated_share": 1 / 3}),
        ("more treated", {"treated_share": 2 / 3}),
        ("leaving first", {"leaving_first": True}),
    ],
)
def test_other_choices_are_what_they_are_called(choice, changed):
    row = pool.variants().set_index("choice").loc[choice]
    assert row["mean"] == pool.pool(differences.differences(**changed)).mean
    assert row["mean"] != pool.pooled().mean


def test_pupils_alike_are_tried_at_the_values_that_the_table_prints():
    rows = pool.variants().query("choice == 'icc'")
    assert list(rows["icc"]) == [0.05, 0.1]
    assert list(rows["mean"]) == [pool.pool(differences.differences(icc=icc)).mean for icc in (0.05, 0.1)]


def test_what_is_left_out_is_another_trial_or_study():
    left = set(differences.left_out()["id"])
    assert {"check-connect-2018", "iab-expansion", "campbell"} <= left
    assert not {"bam-transfers", "leap-left", "challenge-21"} & left


# --- R's metafor ---


def test_every_difference_is_that_of_metafor(found):
    theirs = pd.read_csv(REFEREE / "trials.csv").set_index("id")
    assert list(theirs.index) == list(found.index), RERUN
    for column in ("difference", "variance"):
        assert found[column].to_numpy() == pytest.approx(theirs[column].to_numpy(), **SAME), RERUN


POOLS = pd.read_csv(REFEREE / "pools.csv").set_index("name").to_dict("index")


@pytest.mark.parametrize("name", POOLS)
def test_every_pool_is_that_of_metafor(found, name):
    theirs = POOLS[name]
    left, kind = name.removeprefix("without "), name if name in trials.KINDS else ""
    frame = found.drop(index=left) if left != name else found[found["kind"] == kind] if kind else found
    ours = pool.pool(frame)
    for field, value in theirs.items():
        assert getattr(ours, field) == pytest.approx(value, rel=1e-6, abs=1e-6), (field, RERUN)


def test_every_trial_is_left_out_once_by_r_and_by_us(found):
    assert {name.removeprefix("without ") for name in POOLS if name.startswith("without")} == set(found["id"])
    for row in pool.leave_one_out().itertuples():
        assert row.mean == pytest.approx(POOLS[f"without {row.id}"]["mean"], **SAME)


# --- What the prose says ---


def test_the_most_favourable_trial_is_the_one_of_its_own_foundation_and_moves_the_mean_most(found):
    """Meso and Methoden name it."""
    assert found["difference"].idxmax() == "qop-eisenhower"
    assert pool.without_most_telling()["id"] == "qop-eisenhower"
    assert pool.pooled().mean > pool.without_most_telling()["mean"] > 0
    assert pool.without_most_telling("coaching")["id"] == "qop-eisenhower"


def test_the_bonus_and_absence_lie_further_apart_than_any_trial_with_money_found(found):
    """Methoden says so."""
    money = found.loc[found["kind"] == "money", "difference"]
    assert abs(study.numbers("micro.bonus.difference")[0].quantity.value) > money.max()


def test_most_trials_are_american(found):
    assert (found["country"] == "Verenigde Staten").mean() > 0.5


def test_a_mean_within_which_another_trial_can_find_harm():
    """The heading says that programmes helped on average, the text that one programme may not."""
    every = pool.pooled()
    assert every.lower > 0 > every.predicted_lower


def test_what_the_near_twins_found():
    """Meso's last paragraph, against the source's own words in the table."""
    rows = trials.results().set_index("id")
    assert "significant" in rows.loc["qop-pilot", "quote"]
    assert "did not have any statistically significant" in rows.loc["check-connect-2018", "quote"]
    assert (rows.loc["dk-mentor-education", ["treated_rate", "control_rate"]] == [16, 12]).all()
    assert "diminuant significativement" in rows.loc["apprentice-tutor-fr", "quote"]
    assert "ne réduit pas les ruptures" in rows.loc["apprentice-support-fr", "quote"]
    assert "increase school enrollment" in rows.loc["learnfare", "quote"].replace("increased", "increase")
    assert "significant negative impact on the individual dropout decision" in rows.loc["nl-measures", "quote"]
    assert "keinen Effekt" in rows.loc["iab-expansion", "quote"]
    assert "no effect" in rows.loc["nl-regions", "quote"]


# --- What "significant" implies ---


@pytest.mark.parametrize(("pupils", "share"), [(1_000, 0.0675), (10_000, 0.0675), (3_000, 0.27)])
def test_a_difference_at_the_bound_is_significant_half_of_the_time(pupils, share):
    """10 000 draws; the test is worked out here from the counts. Tolerance: four Monte Carlo errors."""
    rng, rate = np.random.default_rng(pupils), 0.571
    bound = implied.smallest_significant(pupils, share, rate)
    treated = round(pupils * share)
    others = pupils - treated
    first, second = rng.binomial(treated, rate - bound, 10_000), rng.binomial(others, rate, 10_000)
    together = (first + second) / pupils
    error = np.sqrt(together * (1 - together) * (1 / treated + 1 / others))
    called = np.abs(first / treated - second / others) / error > NORMAL
    assert called.mean() == pytest.approx(0.5, abs=4 * sqrt(0.25 / 10_000))


def test_the_bound_shrinks_with_the_root_of_the_number_of_pupils():
    small, large = (implied.smallest_significant(pupils, 0.0675, 0.571) for pupils in (2_500, 10_000))
    assert small / large == pytest.approx(2, rel=0.02)


def test_too_few_pupils_for_any_difference_are_refused():
    with pytest.raises(ValueError, match="too few"):
        implied.smallest_significant(30, 0.0675, 0.571)


def test_the_numbers_in_methoden_use_what_was_published():
    """Between 10 000 and 11 000 pupils, nearly 7% in IBAL (6.5 to 7), 57.1% leaving from part-time vocational education."""
    numbers = {number.id: number.quantity for number in study.numbers("micro") if number.claim is None}
    by_hand = NORMAL * sqrt(0.571 * 0.429 * (1 / 675 + 1 / 9_325))  # the pooled rate lies close to that of the many
    assert (numbers["micro.implied.pupils"].lower, numbers["micro.implied.pupils"].upper) == (10_000, 11_000)
    assert numbers["micro.implied.many"].value == pytest.approx(by_hand, rel=0.02)
    assert numbers["micro.implied.few"].value == pytest.approx(by_hand * sqrt(10), rel=0.02)
    assert numbers["micro.implied.many"].upper == numbers["micro.implied.many"].value
    assert re.fullmatch(r"bijna 7%", study.claim("micro.ibal.participation").published)
