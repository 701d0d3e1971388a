"""Overlap weights balance exactly; missing outcomes are made good; one model for all arms is g-computation."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from tests.unit.effects.effect_data import cohort

from leerwerk.effects import average_effect, balance, errors


def test_overlap_weights_of_a_logit_balance_every_term_exactly():
    """Li, Morgan & Zaslavsky (2018), theorem 3."""
    found = balance(cohort(400, seed=1), treatment="arm ~ male + age + arrears + I(age * arrears)", estimand="ato")
    assert found["before"].abs().max() > 0.1
    np.testing.assert_allclose(found["after"], 0, atol=1e-9)


def test_overlap_weights_are_the_chance_of_the_other_arm():
    frame = cohort(400, seed=1).assign(brug=lambda table: (table["arm"] == "brug").astype(int))
    chance = smf.logit("brug ~ male + age", frame).fit(disp=0).predict(frame)
    treated = frame["brug"] == 1
    expected = np.average(frame["hours"][treated], weights=1 - chance[treated]) - np.average(
        frame["hours"][~treated], weights=chance[~treated]
    )
    found = average_effect(
        frame, outcome="hours ~ 1", treatment="brug ~ male + age", method="ipw", estimand="ato", outcome_family="linear"
    )
    assert found.params[1] == pytest.approx(expected, rel=1e-9)
    assert list(found.means.index) == [("overlap", 0), ("overlap", 1)]
    assert found.contrast(1, 0)["std_error"] == pytest.approx(found.bse[1], rel=1e-12)


@pytest.mark.parametrize("method", ["regression", "aipw", "ipwra"])
def test_overlap_weights_have_no_outcome_model(method):
    with pytest.raises(errors.OptionError, match="method='ipw'"):
        average_effect(cohort(50, 1), outcome="vsv ~ age", treatment="arm ~ age", method=method, estimand="ato")


@pytest.mark.parametrize("family", ["linear", "logit"])
def test_one_model_for_all_arms_predicts_each_row_in_each_arm(family):
    frame = cohort(600, seed=2, arms=3)
    outcome = "hours" if family == "linear" else "vsv"
    terms = "C(arm) * male + age + arrears"
    numbers = frame.assign(vsv=frame["vsv"].astype(float))
    model = (smf.ols if family == "linear" else smf.logit)(f"{outcome} ~ {terms}", numbers)
    fitted = model.fit() if family == "linear" else model.fit(disp=0, tol=1e-12)
    found = average_effect(
        frame,
        outcome=f"{outcome} ~ {terms}",
        treatment="arm ~ 1",
        method="regression",
        outcome_family=family,
        common=True,
    )
    for arm in ("geen", "brug", "ibal"):
        moved = numbers.assign(arm=pd.Categorical([arm] * len(frame), frame["arm"].cat.categories))
        assert found.means["estimate"]["all", arm] == pytest.approx(fitted.predict(moved).mean(), rel=1e-7)


def test_a_common_model_interacted_with_the_arm_is_one_model_per_arm():
    frame = cohort(600, seed=2)
    given = {"treatment": "arm ~ 1", "method": "regression", "estimand": "att", "cluster": "centre"}
    common = average_effect(frame, outcome="vsv ~ arm * (male + age)", common=True, **given)
    apart = average_effect(frame, outcome="vsv ~ male + age", **given)
    np.testing.assert_allclose(common.params, apart.params, rtol=1e-8)
    np.testing.assert_allclose(common.influence, apart.influence, rtol=1e-6, atol=1e-9)


def test_a_common_model_asks_for_the_treatment_and_for_regression():
    frame = cohort(60, 1)
    with pytest.raises(errors.FormulaError, match="Zet behandeling 'arm' bij de kenmerken"):
        average_effect(frame, outcome="vsv ~ age", treatment="arm ~ 1", method="regression", common=True)
    with pytest.raises(errors.OptionError, match="method='regression', niet 'aipw'"):
        average_effect(frame, outcome="vsv ~ age + arm", treatment="arm ~ age", common=True)


@pytest.mark.parametrize("method", ["regression", "ipw", "aipw", "ipwra"])
def test_outcomes_missing_at_random_are_made_good(method):
    """20 000 rows whose outcome is missing the more the higher it is, through a trait: complete rows alone are far off."""
    frame = cohort(20_000, seed=5)
    rng = np.random.default_rng(6)
    seen = rng.random(len(frame)) < 1 / (1 + np.exp(-1.5 + 1.2 * frame["arrears"]))
    frame = frame.assign(part=frame["hours"].where(seen))
    given = {"treatment": "arm ~ male + age + arrears", "method": method, "outcome_family": "linear"}
    whole = average_effect(frame, outcome="hours ~ male", **given)
    mended = average_effect(frame, outcome="part ~ male", missing="~ arrears + arm", **given)
    complete = average_effect(frame[seen], outcome="part ~ male", **given)
    distance = (mended.means["estimate"] - whole.means["estimate"]).abs() / mended.means["std_error"]
    assert distance.max() < 3
    assert ((complete.means["estimate"] - whole.means["estimate"]).abs() / complete.means["std_error"]).min() > 10


def test_intervals_with_missing_outcomes_hold_the_truth():
    """400 draws of 300 rows: 95% hold it, within three binomial errors."""
    held = 0
    for seed in range(400):
        rng = np.random.default_rng(seed)
        x, arm = rng.normal(size=300), rng.integers(0, 2, 300)
        y = 1 + x + 0.5 * arm + rng.normal(size=300)
        frame = pd.DataFrame({"x": x, "arm": arm, "y": np.where(rng.random(300) < 1 / (1 + np.exp(-1 + x)), y, np.nan)})
        row = average_effect(
            frame, outcome="y ~ 1", treatment="arm ~ x", method="ipw", outcome_family="linear", missing="~ x + arm"
        ).table.iloc[0]
        held += row["lower"] < 0.5 < row["upper"]
    assert abs(held / 400 - 0.95) < 3 * (0.05 * 0.95 / 400) ** 0.5 + 0.01


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        ("y ~ age", "zonder linkerkant"),
        ("age", "zonder linkerkant"),
        (3, "zonder linkerkant"),
        ("~ part", "Haal uitkomst 'part'"),
        ("~ nothing", "'nothing' ontbreekt"),
    ],
)
def test_a_formula_of_missing_outcomes_that_is_none_is_refused(missing, said):
    frame = cohort(60, 1).assign(part=lambda table: table["hours"].where(table.index > 5))
    with pytest.raises(errors.EffectsError, match=said):
        average_effect(
            frame, outcome="part ~ 1", treatment="arm ~ 1", method="ipw", outcome_family="linear", missing=missing
        )


@pytest.mark.parametrize(("first", "said"), [(-1, "ontbreekt niets"), (99, "ontbreekt alles")])
def test_nothing_or_everything_missing_is_refused(first, said):
    frame = cohort(60, 1).assign(part=lambda table: table["hours"].where(table.index > first))
    with pytest.raises(errors.OutcomeError, match=said):
        average_effect(
            frame, outcome="part ~ 1", treatment="arm ~ 1", method="ipw", outcome_family="linear", missing="~ age"
        )


def test_a_trait_that_says_who_is_missing_is_refused():
    frame = cohort(60, 1).assign(part=lambda table: table["hours"].where(table["male"] == 1))
    with pytest.raises(errors.NoOverlapError, match="van wie de uitkomst ontbreekt"):
        average_effect(
            frame, outcome="part ~ 1", treatment="arm ~ 1", method="ipw", outcome_family="linear", missing="~ male"
        )


@pytest.mark.parametrize("value", [0.0, -1.0])
def test_weights_that_are_not_positive_are_refused(value):
    frame = cohort(60, 1).assign(w=lambda table: np.where(table.index == 7, value, 1.0))
    with pytest.raises(errors.WeightsError, match="'w' heeft gewichten die geen positief getal zijn"):
        average_effect(frame, outcome="vsv ~ 1", treatment="arm ~ 1", method="difference", weights="w")
