"""Hundreds of small cohorts whose effect is known exactly: estimators find it, the raw difference does not.

The simulation shows the same of every estimator's average effect, also with one model wrong, from ten times as many
cohorts (tests/numbers/test_simulation_results.py); here one stands for them, beside the effects on the treated.

Tolerances are Monte Carlo errors of this many replicates, not margins chosen to pass.
"""

from itertools import product
from typing import Any

import numpy as np
import pandas as pd
import pytest

from leerwerk.effects import average_effect

REPLICATES, PUPILS = 200, 800
TRAITS = list(product((0, 1), (0, 1, 2)))  # male, arrears: equally likely
RIGHT = {"outcome": "vsv ~ male + arrears", "treatment": "brug ~ male + arrears"}
CASES = {"ate": ["aipw"], "att": ["aipw", "ipwra", "ipw", "regression"]}
BIASED = {
    "difference": {"method": "difference"} | RIGHT,
    "aipw, both wrong": {"method": "aipw", "outcome": "vsv ~ male", "treatment": "brug ~ male"},
}


def expit(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))


def chances(male: np.ndarray, arrears: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Chance of the programme, and of leaving without and with it."""
    leave = -0.8 + 0.4 * male + 0.7 * arrears
    return expit(0.6 - 0.7 * arrears + 0.3 * male), expit(leave), expit(leave - 0.6)


def truth(estimand: str) -> float:
    male, arrears = np.array(TRAITS).T
    joins, without, treated = chances(male, arrears)
    weights = np.ones(len(TRAITS)) if estimand == "ate" else joins
    return float(np.average(treated - without, weights=weights))


def replicate(seed: int) -> pd.DataFrame:
    rng = np.random.default_rng([20240901, seed])
    male, arrears = np.array(TRAITS)[rng.integers(0, len(TRAITS), PUPILS)].T
    joins, without, treated = chances(male, arrears)
    brug = rng.random(PUPILS) < joins
    vsv = rng.random(PUPILS) < np.where(brug, treated, without)
    return pd.DataFrame({"male": male, "arrears": arrears, "brug": brug, "vsv": vsv})


@pytest.fixture(scope="module")
def cohorts() -> list[pd.DataFrame]:
    return [replicate(seed) for seed in range(REPLICATES)]


def estimates(cohorts: list[pd.DataFrame], case: dict[str, str], estimand: str) -> pd.DataFrame:
    return pd.concat([average_effect(cohort, estimand=estimand, **case).table for cohort in cohorts])


@pytest.mark.parametrize(("estimand", "method"), [(name, method) for name in CASES for method in CASES[name]])
def test_unbiased_with_honest_standard_errors(cohorts: list[pd.DataFrame], estimand: str, method: str) -> None:
    found = estimates(cohorts, {"method": method} | RIGHT, estimand)
    spread = found["estimate"].std()
    assert abs(found["estimate"].mean() - truth(estimand)) < 3 * spread / REPLICATES**0.5
    # The relative Monte Carlo error of a standard deviation is about 1 / sqrt(2 R).
    assert abs(found["std_error"].mean() / spread - 1) < 3 / (2 * REPLICATES) ** 0.5
    covered = ((found["lower"] < truth(estimand)) & (truth(estimand) < found["upper"])).mean()
    assert abs(covered - 0.95) < 3 * (0.95 * 0.05 / REPLICATES) ** 0.5


def test_clusters_are_needed_when_centres_decide() -> None:
    """Programmes given to whole centres that differ: only clustered intervals cover as they promise."""
    covered = {"centre": 0, None: 0}
    for seed in range(REPLICATES):
        rng = np.random.default_rng([20240902, seed])
        centre = rng.integers(0, 40, PUPILS)
        leave = expit(-0.5 + 0.6 * rng.standard_normal(40))[centre]
        frame = pd.DataFrame({"centre": centre, "brug": centre % 2, "vsv": rng.random(PUPILS) < leave})
        for cluster in covered:
            row = average_effect(
                frame, outcome="vsv ~ 1", treatment="brug ~ 1", method="difference", cluster=cluster
            ).table.loc[1]
            covered[cluster] += bool(row["lower"] < 0 < row["upper"])
    margin = 3 * (0.95 * 0.05 / REPLICATES) ** 0.5
    assert abs(covered["centre"] / REPLICATES - 0.95) < margin
    assert covered[None] / REPLICATES < 0.95 - 2 * margin


@pytest.mark.parametrize("case", BIASED)
def test_the_test_can_see_bias(cohorts: list[pd.DataFrame], case: str) -> None:
    found = estimates(cohorts, BIASED[case], "ate")["estimate"]
    assert abs(found.mean() - truth("ate")) > 10 * found.std() / REPLICATES**0.5


@pytest.mark.parametrize("unit", [1e-9, 1.0, 1e6, 1e9, 1e12])
@pytest.mark.parametrize("method", ["regression", "aipw", "ipwra"])
def test_a_linear_outcome_of_any_unit_gives_the_same_effect_in_that_unit(unit: float, method: Any) -> None:
    """Turnover in euro or in billions: least squares do not care."""
    rng = np.random.default_rng(8)
    trait, arm = rng.normal(size=400), rng.random(400) < 0.5
    outcome = 1 + trait + arm + rng.normal(size=400)
    given = {"outcome": "y ~ x", "treatment": "arm ~ x", "method": method, "outcome_family": "linear"}
    plain = average_effect(pd.DataFrame({"y": outcome, "x": trait, "arm": arm}), **given).table
    scaled = average_effect(pd.DataFrame({"y": unit * outcome, "x": trait / unit, "arm": arm}), **given).table
    columns = ["estimate", "std_error", "lower", "upper"]
    np.testing.assert_allclose(scaled[columns] / unit, plain[columns], rtol=1e-9)
