"""Durations: risks worked out by hand, and what must hold for every one."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from tests.unit.effects.effect_data import cohort

from leerwerk.effects import average_effect, errors, standardised_risks


def spells(rows: int, seed: int, arms: int = 2) -> pd.DataFrame:
    """Pupils who leave with a monthly chance of 2 to 6 percent, followed for at most 24 months."""
    frame = cohort(rows, seed, arms)
    rng = np.random.default_rng([seed, 1])
    chance = 0.02 + 0.01 * frame["male"] + 0.01 * frame["arrears"].clip(upper=3)
    leaving = rng.geometric(chance)
    return frame.assign(months=np.minimum(leaving, 24), left=leaving <= 24)


def survivors(frame: pd.DataFrame, month: int) -> tuple[float, float]:
    """Share that is still there after a month and Greenwood's standard error (Kaplan & Meier 1958)."""
    share, total = 1.0, 0.0
    for passed in range(1, month + 1):
        at_risk = (frame["months"] >= passed).sum()
        leaving = (frame["left"] & (frame["months"] == passed)).sum()
        share *= 1 - leaving / at_risk
        total += leaving / (at_risk * (at_risk - leaving))
    return share, share * total**0.5


def test_risks_by_hand() -> None:
    """Five pupils in each arm: leave at 1, leave at 2, followed until 2, leave at 3, followed until 3."""
    five = pd.DataFrame({"months": [1, 2, 2, 3, 3], "left": [1, 1, 0, 1, 0]})
    frame = pd.concat([five.assign(arm="brug"), five.assign(arm="geen")])
    table = standardised_risks(frame, outcome="months ~ 1", event="left", arm="arm", breaks=[1, 2]).table
    np.testing.assert_allclose(table.loc["brug", "risk"], [1 / 5, 1 - 4 / 5 * 3 / 4, 1 - 4 / 5 * 3 / 4 * 1 / 2])
    greenwood = 0.3 * (1 / (5 * 4) + 1 / (4 * 3) + 1 / (2 * 1)) ** 0.5
    last = table.loc[("brug", 3)]
    assert last["std_error"] == pytest.approx(greenwood)
    width = 1.959963984540054 * greenwood / (0.3 * -np.log(0.3))
    assert last["lower"] == pytest.approx(1 - np.exp(np.log(0.3) * np.exp(-width)))
    assert last["upper"] == pytest.approx(1 - np.exp(np.log(0.3) * np.exp(width)))


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
    for (arm, month), row in found.iterrows():
        share, error = survivors(frame[frame["arm"] == arm], month)
        assert row["risk"] == pytest.approx(1 - share, rel=1e-9)
        if cluster is None:
            assert row["std_error"] == pytest.approx(error, rel=1e-9)


def test_risks_are_those_of_regression_when_one_month_is_followed() -> None:
    """After one month the model is a binary regression per arm; saturated, its link does not matter."""
    frame = spells(1200, seed=54, arms=3).assign(
        left=lambda table: table["months"] <= 6, months=1, late=lambda table: table["arrears"].clip(upper=1)
    )
    found = standardised_risks(frame, outcome="months ~ late", event="left", arm="arm", cluster="centre")
    effects = average_effect(frame, outcome="left ~ late", treatment="arm ~ 1", method="regression", cluster="centre")
    # Risks have no corrections for few clusters: sums of influence over 25 centres, and Student's t with 24 degrees of freedom.
    reach = stats.t.ppf(0.975, 24)
    for arm in ("brug", "ibal"):
        change = effects.influence["all", arm] - effects.influence["all", "geen"]
        error = np.sqrt(25 / 24 * (change.groupby(frame["centre"]).sum() ** 2).sum()) / 1200
        estimate = effects.means.loc[("all", arm), "estimate"] - effects.means.loc[("all", "geen"), "estimate"]
        p_value = 2 * stats.t.sf(abs(estimate) / error, 24)
        expected = [estimate, error, estimate - reach * error, estimate + reach * error, p_value]
        np.testing.assert_allclose(found.differences.loc[(arm, 1)], expected, rtol=1e-8)
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
    "half months": ({"months": 1.5}, {}, errors.OutcomeError),
    "missing months": ({"months": np.nan}, {}, errors.MissingValuesError),
    "month zero": ({"months": 0}, {}, errors.OutcomeError),
    "event not 0/1": ({"left": 2}, {}, errors.OutcomeError),
    "breaks that fall": ({}, {"breaks": [12, 6]}, errors.OptionError),
    "breaks beyond the end": ({}, {"breaks": [30]}, errors.OptionError),
    "months beyond the end": ({}, {"months": [25]}, errors.OptionError),
    "nobody leaves": ({"left": False}, {}, errors.SeparationError),
    "one arm": ({"arm": "brug"}, {}, errors.ArmsError),
    "constant trait": ({"male": 1}, {}, errors.ConstantCovariateError),
    "missing column": ({}, {"event": "weg"}, errors.MissingColumnError),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input(case: str) -> None:
    change, options, expected = BAD[case]
    frame = spells(300, seed=56).assign(**change)
    with pytest.raises(expected):
        standardised_risks(frame, **({"outcome": "months ~ male", "event": "left", "arm": "arm"} | options))


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


@pytest.mark.frames
def test_few_clusters_are_told() -> None:
    frame = spells(600, seed=57).assign(centre=lambda table: table["centre"] % 5)
    with pytest.warns(errors.FewClustersWarning, match="Maar 5") as caught:
        result = standardised_risks(frame, outcome="months ~ male", event="left", arm="arm", cluster="centre")
    assert len(result.warnings) == 1
    assert caught[0].filename == __file__
