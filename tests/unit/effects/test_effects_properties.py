"""What must hold for every estimator, whatever the data."""

from itertools import product
from typing import Any, get_args

import numpy as np
import pandas as pd
import pytest
from tests.unit.effects.effect_data import cohort

from leerwerk.effects import average_effect
from leerwerk.effects.inference import covariance
from leerwerk.effects.potential_outcomes import (
    Method,
    Specification,
    arm_probabilities,
    fit_outcomes,
    fit_treatment,
    pairs,
    potential_mean,
)
from leerwerk.effects.sample import arrange

METHODS = get_args(Method)
FORMULAS = {"outcome": "vsv ~ male + arrears", "treatment": "arm ~ male + age + arrears"}


def weighted_means(frame: pd.DataFrame, spec: Specification, weights: np.ndarray, **formulas: str) -> np.ndarray:
    """Means (means, problems) under row weights in the frame's order."""
    arranged = arrange(frame, formulas["outcome"], formulas["treatment"], spec, None)
    sample, ordered = arranged.sample, weights[arranged.order]
    probability = None
    if spec.method in ("ipw", "aipw", "ipwra"):
        treated = fit_treatment(sample, spec.treatment_link, ordered)
        probability = arm_probabilities(sample, spec.treatment_link, treated)
    fits = {}
    if spec.method in ("regression", "aipw", "ipwra"):
        fits = fit_outcomes(sample, spec, ordered, probability)
    return np.stack(
        [
            potential_mean(sample, spec, ordered, probability, fits.get(pair), pair)
            for pair in pairs(sample.arms, spec.estimand)
        ]
    )


@pytest.mark.parametrize(
    ("method", "estimand", "family", "link", "arms"),
    [
        *product(METHODS, ["ate", "att"], ["logit"], ["logit"], [2, 3]),
        *product(METHODS[1:], ["ate", "att"], ["linear"], ["probit"], [2]),
    ],
)
def test_influence_is_the_derivative_to_a_rows_weight(
    method: Any, estimand: Any, family: Any, link: Any, arms: int
) -> None:
    """Weigh a row a little more and less: the estimate moves by its influence, all stages included."""
    frame = cohort(300, seed=3, arms=arms)
    formulas = FORMULAS | ({"outcome": "hours ~ male + arrears"} if family == "linear" else {})
    spec = Specification(method, estimand, family, link)
    chosen, nudge = np.arange(0, 300, 11), 1e-4
    nudges = np.zeros((300, 2 * chosen.size))
    nudges[chosen, np.arange(chosen.size)] = nudge
    nudges[chosen, chosen.size + np.arange(chosen.size)] = -nudge
    moved = weighted_means(frame, spec, 1 + nudges, **formulas)
    derivative = (moved[:, : chosen.size] - moved[:, chosen.size :]) / (2 * nudge)
    result = average_effect(
        frame, method=method, estimand=estimand, outcome_family=family, treatment_family=link, **formulas
    )
    expected = result.influence.to_numpy()[chosen].T / len(frame)
    np.testing.assert_allclose(derivative, expected, rtol=1e-5, atol=1e-9)


@pytest.mark.parametrize("method", METHODS)
def test_whole_weights_are_duplicated_rows(method: Any) -> None:
    frame = cohort(400, seed=4, arms=3)
    times = np.random.default_rng(5).integers(1, 4, len(frame))
    spec = Specification(method, "ate", "logit", "logit")
    weighted = weighted_means(frame, spec, times[:, None].astype(float), **FORMULAS)[:, 0]
    repeated = average_effect(frame.loc[frame.index.repeat(times)], method=method, **FORMULAS)
    np.testing.assert_allclose(weighted, repeated.means["estimate"], rtol=1e-10)


@pytest.mark.parametrize("method", METHODS)
def test_a_cluster_per_pupil_is_no_cluster_and_is_said(method: Any) -> None:
    frame = cohort(400, seed=6).assign(pupil=lambda table: np.arange(len(table)))
    alone = average_effect(frame, method=method, **FORMULAS)
    with pytest.warns(UserWarning, match="eigen cluster"):
        clustered = average_effect(frame, method=method, cluster="pupil", **FORMULAS)
    change = clustered.influence["all", "brug"] - clustered.influence["all", "geen"]
    error = covariance(change.to_numpy()[:, None], np.arange(400))[0, 0] ** 0.5
    bare = covariance(change.to_numpy()[:, None], None)[0, 0] ** 0.5
    np.testing.assert_allclose(error / bare, (400 / 399) ** 0.5, rtol=1e-12)
    if method == "difference":
        # A row that is its own cluster has its own leverage undone: both are HC2.
        np.testing.assert_allclose(clustered.bse, alone.bse, rtol=1e-12)
    else:
        np.testing.assert_allclose(alone.bse, bare, rtol=1e-12)
        assert (clustered.bse > error).all()
    assert "eigen cluster" in clustered.warnings[0]


@pytest.mark.parametrize("estimand", ["ate", "att"])
@pytest.mark.parametrize("method", METHODS)
def test_order_of_rows_and_units_of_covariates_do_not_matter(method: Any, estimand: Any) -> None:
    frame = cohort(600, seed=7, arms=3)
    moved = frame.assign(age=2016 - frame["age"], arrears=frame["arrears"] * 1000.0).sample(frac=1, random_state=1)
    options = {"method": method, "estimand": estimand, "cluster": "centre"} | FORMULAS
    expected, result = average_effect(frame, **options), average_effect(moved, **options)
    np.testing.assert_allclose(result.means, expected.means, rtol=1e-8)
    np.testing.assert_allclose(result.influence.loc[frame.index], expected.influence, rtol=1e-6, atol=1e-9)


def test_swapping_the_arms_changes_only_the_sign() -> None:
    frame = cohort(600, seed=8)
    swapped = frame.assign(arm=frame["arm"].cat.reorder_categories(["brug", "geen"]))
    one = average_effect(frame, **FORMULAS).table.loc["brug"]
    other = average_effect(swapped, **FORMULAS).table.loc["geen"]
    np.testing.assert_allclose(other["estimate"], -one["estimate"], rtol=1e-9)
    np.testing.assert_allclose(other["std_error"], one["std_error"], rtol=1e-9)


def test_a_contrast_between_two_programmes_is_the_table_with_another_reference() -> None:
    frame = cohort(900, seed=9, arms=4)
    other = frame.assign(arm=frame["arm"].cat.reorder_categories(["brug", "geen", "ibal", "beide"]))
    contrast = average_effect(frame, cluster="centre", **FORMULAS).contrast("beide", "brug")
    table = average_effect(other, cluster="centre", **FORMULAS).table.loc["beide"]
    np.testing.assert_allclose(contrast.astype(float), table.astype(float), rtol=1e-8)


@pytest.mark.parametrize("estimand", ["ate", "att"])
def test_influence_carries_the_standard_errors(estimand: Any) -> None:
    result = average_effect(cohort(700, seed=10, arms=3), estimand=estimand, **FORMULAS)
    np.testing.assert_allclose(result.influence.mean(), 0, atol=1e-12)
    target = "all" if estimand == "ate" else "ibal"
    difference = result.influence[(target, "ibal")] - result.influence[(target, "geen")]
    error = (difference**2).sum() ** 0.5 / len(difference)
    np.testing.assert_allclose(result.table.loc["ibal", "std_error"], error, rtol=1e-12)


def test_propensity_of_a_saturated_model_is_each_rows_own_share() -> None:
    frame = cohort(700, seed=33)
    found = average_effect(frame, outcome="vsv ~ 1", treatment="arm ~ male", method="ipw").propensity
    assert found is not None
    shares = (frame["arm"] == "brug").groupby(frame["male"]).transform("mean")
    np.testing.assert_allclose(found["brug"], shares, rtol=1e-9)


def test_propensity_and_weights_describe_the_treatment_model() -> None:
    frame = cohort(700, seed=11, arms=3)
    result = average_effect(frame, **FORMULAS)
    assert result.propensity is not None and result.weights is not None
    np.testing.assert_allclose(result.propensity.sum(axis=1), 1, rtol=1e-12)
    # A logit with a constant predicts each arm's own share on average.
    shares = frame["arm"].value_counts(normalize=True)
    np.testing.assert_allclose(result.propensity.mean(), shares[result.propensity.columns], rtol=1e-9)
    lowest = result.propensity.min().to_numpy()
    np.testing.assert_allclose(result.weights["minimum_probability"], lowest, rtol=1e-12)
    assert average_effect(frame, method="regression", **FORMULAS).propensity is None


def test_a_wider_level_gives_a_wider_interval() -> None:
    frame = cohort(500, seed=12)
    narrow = average_effect(frame, level=0.90, **FORMULAS).table.loc["brug"]
    wide = average_effect(frame, level=0.99, **FORMULAS).table.loc["brug"]
    assert wide["lower"] < narrow["lower"] < narrow["upper"] < wide["upper"]
    assert narrow["std_error"] == wide["std_error"]
