"""What the committed Monte Carlo shows, and that it was made by the code and assumptions of today."""

from __future__ import annotations

import pandas as pd
import pytest

from leerwerk.simulation import experiment
from leerwerk.tables import simulation

# Half the width of what chance allows a bias estimate, in Monte Carlo standard errors.
BIAS_ERRORS = 2.5


@pytest.fixture(scope="module")
def results() -> pd.DataFrame:
    return simulation.simulation_results().set_index(["scenario", "estimator"])


def unbiased(row: pd.Series) -> bool:
    return abs(row["bias"]) <= BIAS_ERRORS * row["bias_mc"]


def test_the_result_was_made_by_this_code_and_these_assumptions(results):
    made_by = set(results["digest"])
    assert made_by == {experiment.code_digest()}, (
        "data/simulation/results.csv is van andere code of veronderstellingen: python -m leerwerk.simulation.run"
    )


def test_the_result_has_every_estimator_in_every_scenario_often_enough(results):
    expected = {(row.name, method) for row in experiment.SCENARIOS for method in experiment.METHODS}
    assert set(results.index) == expected
    assert (results["replicates"] >= 2000).all()
    assert (results["failed"] == 0).all()


@pytest.mark.parametrize("estimator", ["regression", "ipw", "aipw", "ipwra"])
def test_with_motivation_observed_estimators_are_unbiased_with_honest_standard_errors(results, estimator):
    row = results.loc[("observed", estimator)]
    assert unbiased(row)
    # Three times what chance allows a standard deviation and a share of this many replicates.
    assert abs(row["model_se"] / row["empirical_se"] - 1) < 3 / (2 * row["replicates"]) ** 0.5
    assert abs(row["coverage"] - 0.95) < 3 * (0.95 * 0.05 / row["replicates"]) ** 0.5


@pytest.mark.parametrize("scenario", ["treatment_wrong", "outcome_wrong"])
@pytest.mark.parametrize("estimator", ["aipw", "ipwra"])
def test_doubly_robust_estimators_survive_one_wrong_model(results, scenario, estimator):
    row = results.loc[(scenario, estimator)]
    # A tenth of what the raw difference is off: consistency promises no more at a finite size.
    assert abs(row["bias"]) < abs(results.loc[("observed", "difference"), "bias"]) / 10
    assert row["coverage"] >= 0.92


@pytest.mark.parametrize(
    ("scenario", "estimator"),
    [
        *(("unobserved", estimator) for estimator in ("difference", "regression", "ipw", "aipw", "ipwra")),
        *(("both_wrong", estimator) for estimator in ("regression", "ipw", "aipw", "ipwra")),
        ("treatment_wrong", "ipw"),
        ("outcome_wrong", "regression"),
    ],
)
def test_what_misses_a_confounder_is_visibly_biased(results, scenario, estimator):
    row = results.loc[(scenario, estimator)]
    assert row["bias"] < -10 * row["bias_mc"]
    assert row["coverage"] < 0.8


def test_the_effect_looks_larger_than_it_is_without_motivation(results):
    row = results.loc[("unobserved", "aipw")]
    assert row["truth"] < 0
    assert row["bias"] < 0
