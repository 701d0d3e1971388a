"""Equivalence, smallest detectable effects and many arms: against statsmodels, SciPy and arithmetic."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.stats.weightstats import ttost_ind

from leerwerk.effects import Effects, average_effect, errors


def two_groups(rows: int = 60, gap: float = 0.2) -> pd.DataFrame:
    rng = np.random.default_rng(8)
    arm = np.arange(rows) % 3 == 0
    return pd.DataFrame(
        {"arm": arm, "y": gap * arm + rng.normal(size=rows) * np.where(arm, 1.5, 1.0), "centre": np.arange(rows) // 2}
    )


def difference(frame: pd.DataFrame, **options: object) -> Effects:
    return average_effect(
        frame, outcome="y ~ 1", treatment="arm ~ 1", method="difference", outcome_family="linear", **options
    )


@pytest.mark.parametrize("gap", [-0.6, 0.0, 0.4, 3.0])
def test_two_one_sided_tests_are_those_of_statsmodels(gap: float) -> None:
    frame = two_groups(gap=gap)
    found = difference(frame).equivalence(1.0).loc[True]
    treated, others = frame.loc[frame["arm"], "y"], frame.loc[~frame["arm"], "y"]
    assert found["p_value"] == pytest.approx(ttost_ind(treated, others, -1.0, 1.0, usevar="unequal")[0], rel=1e-9)
    interval = stats.ttest_ind(treated, others, equal_var=False).confidence_interval(0.90)
    assert (found["lower"], found["upper"]) == pytest.approx(interval, rel=1e-9)


def test_the_interval_lies_inside_the_margin_just_when_the_test_says_so() -> None:
    found = difference(two_groups())
    bounds = found.conf_int(0.90).loc[True].abs().max()
    assert (
        found.equivalence(bounds * 1.0001)["p_value"].item()
        < 0.05
        < found.equivalence(bounds * 0.9999)["p_value"].item()
    )


@pytest.mark.parametrize("power", [0.5, 0.8, 0.9])
@pytest.mark.parametrize("cluster", [None, "centre"])
def test_the_detectable_effect_is_found_with_that_power(cluster: str | None, power: float) -> None:
    found = difference(two_groups(), cluster=cluster)
    degrees, shift = found.table["df"].item(), found.detectable(power).item() / found.bse.item()
    critical = stats.t.ppf(0.975, degrees)
    reached = stats.nct.sf(critical, degrees, shift) + stats.nct.cdf(-critical, degrees, shift)
    # statsmodels looks for the effect until its power is within a few millionths.
    assert reached == pytest.approx(power, abs=1e-5)


def test_without_degrees_of_freedom_the_normal_distribution_serves() -> None:
    found = average_effect(
        two_groups(), outcome="y ~ 1", treatment="arm ~ 1", method="regression", outcome_family="linear"
    )
    expected = (stats.norm.ppf(0.975) + stats.norm.ppf(0.8)) * found.bse.item()
    # Which leaves out the chance of a significant effect on the wrong side, of the order of 1e-6.
    assert found.detectable().item() == pytest.approx(expected, rel=1e-5)


def test_holm_multiplies_the_smallest_by_the_number_of_arms_and_never_falls() -> None:
    rng = np.random.default_rng(1)
    frame = pd.DataFrame({"arm": rng.integers(0, 4, 400)})
    frame["y"] = 0.25 * frame["arm"] + rng.normal(size=400)
    found = difference(frame)
    expected, floor = {}, 0.0
    for rank, (arm, p_value) in enumerate(found.pvalues.sort_values().items()):
        floor = max(floor, min(1.0, p_value * (3 - rank)))
        expected[arm] = floor
    assert found.holm().to_dict() == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("margin", [0.0, -0.1, float("nan")])
def test_a_margin_that_is_none_is_refused(margin: float) -> None:
    with pytest.raises(errors.OptionError, match="marge"):
        difference(two_groups()).equivalence(margin)


@pytest.mark.parametrize("power", [0.04, 1.0, 80])
def test_a_power_that_is_none_is_refused(power: float) -> None:
    with pytest.raises(errors.OptionError, match="power"):
        difference(two_groups()).detectable(power)
