"""Durations: hand-computed curves, and what must hold for every one."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from tests.unit.effect_data import cohort

from leerwerk.effects import average_effect, standardised_risks
from leerwerk.effects import errors as problems
from leerwerk.effects.duration import kaplan_meier


def spells(rows: int, seed: int, arms: int = 2) -> pd.DataFrame:
    """Pupils who leave with a monthly chance of 2 to 6 percent, followed for at most 24 months."""
    frame = cohort(rows, seed, arms)
    rng = np.random.default_rng([seed, 1])
    chance = 0.02 + 0.01 * frame["male"] + 0.01 * frame["arrears"].clip(upper=3)
    leaving = rng.geometric(chance)
    return frame.assign(months=np.minimum(leaving, 24), left=leaving <= 24)


def test_kaplan_meier_by_hand() -> None:
    """Five pupils: leave at 1, leave at 2, censored at 2, leave at 4, censored at 5."""
    frame = pd.DataFrame({"months": [1, 2, 2, 4, 5], "left": [1, 1, 0, 1, 0]})
    table = kaplan_meier(frame, time="months", event="left").set_index("time")
    assert list(table["at_risk"]) == [5, 4, 2]
    np.testing.assert_allclose(table["survival"], [4 / 5, 4 / 5 * 3 / 4, 4 / 5 * 3 / 4 * 1 / 2])
    greenwood = 0.3 * (1 / (5 * 4) + 1 / (4 * 3) + 1 / (2 * 1)) ** 0.5
    np.testing.assert_allclose(table.loc[4, "std_error"], greenwood)
    edge = np.exp(np.log(0.3) * np.exp(1.959963984540054 * greenwood / (0.3 * -np.log(0.3))))
    np.testing.assert_allclose(table.loc[4, "lower"], edge)


def test_kaplan_meier_when_everybody_leaves() -> None:
    table = kaplan_meier(pd.DataFrame({"m": [1, 2], "e": [True, True]}), time="m", event="e")
    assert table[["survival", "std_error", "lower", "upper"]].iloc[-1].tolist() == [0, 0, 0, 0]


def test_kaplan_meier_without_censoring_is_the_share_left() -> None:
    frame = spells(500, seed=51)
    table = kaplan_meier(frame, time="months", event="left", by="arm", cluster="centre")
    for _, row in table.iterrows():
        own = frame[frame["arm"] == row["group"]]
        gone = (own["left"] & (own["months"] <= row["time"])).mean()
        assert row["survival"] == pytest.approx(1 - gone)
    assert table["lower"].between(0, table["survival"]).all()
    assert table["upper"].between(table["survival"], 1).all()


@pytest.mark.parametrize("cluster", [None, "centre"])
def test_clusters_of_a_curve_are_those_of_a_mean(cluster: str | None) -> None:
    """Without censoring, survival at a month is a share, and its error that of the effect module's means."""
    frame = spells(800, seed=52).assign(still=lambda table: ~(table["left"] & (table["months"] <= 12)))
    table = kaplan_meier(frame, time="months", event="left", by="male", cluster=cluster)
    curve = table[(table["group"] == 1) & (table["time"] == 12)].iloc[0]
    alone = frame[frame["male"] == 1]
    share, errors = alone["still"].mean(), alone["still"] - alone["still"].mean()
    totals = errors.groupby(alone["centre"]).sum() if cluster else errors
    factor = len(totals) / (len(totals) - 1) if cluster else 1
    assert curve["survival"] == pytest.approx(share)
    assert curve["std_error"] == pytest.approx((factor * (totals**2).sum()) ** 0.5 / len(alone))


@pytest.mark.parametrize("cluster", [None, "centre"])
def test_risks_with_a_month_each_and_no_traits_are_kaplan_meier(cluster: str | None) -> None:
    frame = spells(1500, seed=53)
    found = standardised_risks(
        frame,
        outcome="months ~ 1",
        event="left",
        arm="arm",
        breaks=range(1, 24),
        months=[3, 24],
        cluster=cluster,
    ).table
    curve = kaplan_meier(frame, time="months", event="left", by="arm", cluster=cluster).set_index(["group", "time"])
    np.testing.assert_allclose(1 - found["risk"], curve.loc[list(found.index), "survival"], rtol=1e-9)
    if cluster is None:
        np.testing.assert_allclose(found["std_error"], curve.loc[list(found.index), "std_error"], rtol=1e-9)


def test_risks_are_those_of_regression_when_one_month_is_followed() -> None:
    """After one month the model is a binary regression per arm; saturated, its link does not matter."""
    frame = spells(1200, seed=54, arms=3).assign(
        left=lambda table: table["months"] <= 6, months=1, late=lambda table: table["arrears"].clip(upper=1)
    )
    found = standardised_risks(frame, outcome="months ~ late", event="left", arm="arm", cluster="centre")
    effects = average_effect(frame, outcome="left ~ late", treatment="arm ~ 1", method="regression", cluster="centre")
    np.testing.assert_allclose(found.differences, effects.table.drop(columns="n"), rtol=1e-8)
    np.testing.assert_allclose(found.table["risk"], effects.means["estimate"], rtol=1e-10)
    np.testing.assert_allclose(found.influence, effects.influence, atol=1e-9)


def test_risks_rise_with_time_and_keep_their_intervals_inside_zero_and_one() -> None:
    result = standardised_risks(
        spells(900, seed=55), outcome="months ~ male + arrears", event="left", arm="arm", breaks=[6, 12]
    )
    for _, curve in result.table.groupby("arm", observed=True):
        assert (np.diff(curve["risk"]) > 0).all()
    assert (result.table["lower"] > 0).all() and (result.table["upper"] < 1).all()
    assert (result.table["lower"] < result.table["risk"]).all()


BAD: dict[str, tuple[dict[str, Any], dict[str, Any], type[Exception]]] = {
    "half months": ({"months": 1.5}, {}, problems.OutcomeError),
    "month zero": ({"months": 0}, {}, problems.OutcomeError),
    "event not 0/1": ({"left": 2}, {}, problems.OutcomeError),
    "breaks that fall": ({}, {"breaks": [12, 6]}, problems.OptionError),
    "breaks beyond the end": ({}, {"breaks": [30]}, problems.OptionError),
    "months beyond the end": ({}, {"months": [25]}, problems.OptionError),
    "nobody leaves": ({"left": False}, {}, problems.SeparationError),
    "one arm": ({"arm": "brug"}, {}, problems.ArmsError),
    "constant trait": ({"male": 1}, {}, problems.ConstantCovariateError),
    "missing column": ({}, {"event": "weg"}, problems.MissingColumnError),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input(case: str) -> None:
    change, options, expected = BAD[case]
    frame = spells(300, seed=56).assign(**change)
    with pytest.raises(expected):
        standardised_risks(frame, **({"outcome": "months ~ male", "event": "left", "arm": "arm"} | options))


def test_missing_and_impossible_times() -> None:
    frame = pd.DataFrame({"months": [1.0, np.nan], "left": [1, 0]})
    with pytest.raises(problems.MissingValuesError):
        kaplan_meier(frame, time="months", event="left")
    with pytest.raises(problems.OutcomeError, match="niet positief"):
        kaplan_meier(frame.fillna(-1), time="months", event="left")


def test_standardised_risks_find_a_known_truth() -> None:
    """Sixty cohorts from a proportional hazards model: no bias, and errors as large as the spread."""
    found, expected = [], []
    base, effect, horizon = np.log(0.03), -0.5, 12
    for seed in range(60):
        rng = np.random.default_rng([58, seed])
        trait, joins = rng.integers(0, 2, 600), rng.random(600)
        arm = (joins < np.where(trait == 1, 0.7, 0.3)).astype(int)
        leaving = rng.geometric(-np.expm1(-np.exp(base + 0.8 * trait + effect * arm)))
        frame = pd.DataFrame({"trait": trait, "arm": arm, "months": np.minimum(leaving, 24), "left": leaving <= 24})
        risks = standardised_risks(frame, outcome="months ~ trait", event="left", arm="arm", months=[horizon])
        found.append(risks.differences.loc[(1, horizon), ["estimate", "std_error"]])
        hazard = horizon * np.exp(base + 0.8 * np.array([0, 1]))
        expected = (np.exp(-hazard) - np.exp(-hazard * np.exp(effect))).mean()
    table = pd.DataFrame(found)
    spread = table["estimate"].std()
    assert abs(table["estimate"].mean() - expected) < 3 * spread / 60**0.5
    assert abs(table["std_error"].mean() / spread - 1) < 3 / 120**0.5


def test_one_group_and_groups_without_pupils() -> None:
    frame = spells(200, seed=59)
    alone = frame.assign(arm=pd.Categorical(["brug"] * 200, ["geen", "brug"]))
    table = kaplan_meier(alone, time="months", event="left", by="arm")
    assert set(table["group"]) == {"brug"}
    whole = kaplan_meier(frame, time="months", event="left")
    np.testing.assert_array_equal(table["survival"], whole["survival"])
    with pytest.warns(problems.FewClustersWarning):
        kaplan_meier(frame.assign(centre=frame["centre"] % 3), time="months", event="left", cluster="centre")


def test_few_clusters_are_told() -> None:
    frame = spells(600, seed=57).assign(centre=lambda table: table["centre"] % 5)
    with pytest.warns(problems.FewClustersWarning, match="Maar 5") as caught:
        result = standardised_risks(frame, outcome="months ~ male", event="left", arm="arm", cluster="centre")
    assert len(result.warnings) == 1
    assert caught[0].filename == __file__
