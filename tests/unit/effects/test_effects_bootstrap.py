"""The cluster bootstrap gives what a loop over resampled frames gives."""

from typing import Any, get_args

import joblib
import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf
from tests.unit.effects.effect_data import cohort

from leerwerk.effects import average_effect, errors
from leerwerk.effects.bootstrap import bootstrap_effect, checked_starts, collapse, draw
from leerwerk.effects.potential_outcomes import Method, Specification, fit_treatment
from leerwerk.effects.sample import arrange

FORMULAS = {"outcome": "vsv ~ male + arrears", "treatment": "arm ~ male + age + arrears"}


def resampled(frame: pd.DataFrame, counts: np.ndarray) -> pd.DataFrame:
    """The frame with each centre as often as it was drawn."""
    order = pd.factorize(frame["centre"])[0]
    return frame.loc[frame.index.repeat(counts[order])].reset_index(drop=True)


def aipw_with_statsmodels(frame: pd.DataFrame) -> list[float]:
    """Potential-outcome means by three formula fits."""
    table = frame.assign(treated=(frame["arm"] == "brug").astype(int), vsv=frame["vsv"].astype(int))
    joins = smf.logit("treated ~ male + age + arrears", table).fit(disp=0).predict(table)
    means = []
    for arm, chance in ((0, 1 - joins), (1, joins)):
        own = table["treated"] == arm
        predicted = smf.logit("vsv ~ male + arrears", table[own]).fit(disp=0).predict(table)
        means.append(float((predicted + own / chance * (table["vsv"] - predicted)).mean()))
    return means


def test_replicates_equal_a_loop_over_statsmodels() -> None:
    frame = cohort(800, seed=21, centres=20)
    result = bootstrap_effect(frame, cluster="centre", replicates=8, seed=1, **FORMULAS)
    naive = [aipw_with_statsmodels(resampled(frame, counts)) for counts in result.counts]
    np.testing.assert_allclose(result.replicates, naive, rtol=0, atol=1e-10)


@pytest.mark.parametrize("estimand", ["ate", "att"])
@pytest.mark.parametrize("method", get_args(Method))
def test_replicates_equal_a_loop_over_average_effect(method: Any, estimand: Any) -> None:
    frame = cohort(900, seed=22, arms=3, centres=20)
    options: dict[str, Any] = {"method": method, "estimand": estimand} | FORMULAS
    result = bootstrap_effect(frame, cluster="centre", replicates=4, seed=2, **options)
    naive = [average_effect(resampled(frame, counts), **options).means["estimate"] for counts in result.counts]
    np.testing.assert_allclose(result.replicates, naive, rtol=0, atol=1e-10)
    whole = average_effect(frame, **options).table
    np.testing.assert_allclose(result.table["estimate"], whole["estimate"], rtol=0, atol=1e-12)


def test_continuous_covariates_and_probit() -> None:
    frame = cohort(900, seed=23, centres=20)
    frame = frame.assign(score=np.random.default_rng(1).standard_normal(900))
    options: dict[str, Any] = {
        "outcome": "hours ~ score",
        "treatment": "arm ~ score + male",
        "outcome_family": "linear",
        "treatment_family": "probit",
    }
    result = bootstrap_effect(frame, cluster="centre", replicates=4, seed=2, **options)
    naive = [average_effect(resampled(frame, counts), **options).means["estimate"] for counts in result.counts]
    np.testing.assert_allclose(result.replicates, naive, rtol=1e-11)


@pytest.mark.parametrize("backend", ["threading", pytest.param("loky", marks=pytest.mark.lingers)])
def test_the_backend_does_not_change_the_numbers(backend: str) -> None:
    frame = cohort(600, seed=24, centres=20)
    serial = bootstrap_effect(frame, cluster="centre", replicates=600, seed=3, **FORMULAS)
    with joblib.parallel_config(backend=backend, n_jobs=2):
        parallel = bootstrap_effect(frame, cluster="centre", replicates=600, seed=3, **FORMULAS)
    pd.testing.assert_frame_equal(serial.replicates, parallel.replicates, check_exact=True)


def test_a_head_start_is_one_newton_step() -> None:
    """With every cluster once it is the sample itself; with the sample twice it is the sample too."""
    frame = cohort(600, seed=30, centres=20)
    spec = Specification("aipw", "ate", "logit", "logit")
    arranged = arrange(frame, FORMULAS["outcome"], FORMULAS["treatment"], spec, "centre")
    cells = collapse(arranged, frame[["vsv", "arm", "male", "age", "arrears"]])
    start = checked_starts(arranged, cells, spec, 100).treatment
    assert start is not None
    counts = np.ones((2, 20), dtype=np.intp) * [[1], [2]]
    np.testing.assert_allclose(start.coefficients(counts), np.tile(start.fitted.coefficients, 2), rtol=1e-9)
    drawn = draw(20, 50, seed=8)
    weights = np.asarray(cells.rows @ drawn.T.astype(float))
    reached = fit_treatment(cells.sample, "logit", weights).coefficients
    before, after = (np.abs(reached - first).max() for first in (start.fitted.coefficients, start.coefficients(drawn)))
    assert after < before / 3


def test_more_clusters_than_replicates() -> None:
    """Starting every replicate from the sample itself leads to the same place."""
    frame = cohort(600, seed=25, centres=100)
    few = bootstrap_effect(frame, cluster="centre", replicates=20, seed=4, **FORMULAS)
    many = bootstrap_effect(frame, cluster="centre", replicates=200, seed=4, **FORMULAS)
    np.testing.assert_array_equal(few.counts, many.counts[:20])
    np.testing.assert_allclose(few.replicates, many.replicates[:20], rtol=1e-11)


def test_spread_is_that_of_the_sandwich() -> None:
    """Two estimates of the same standard error, by unrelated routes, up to 1 000 replicates."""
    frame = cohort(6000, seed=26, centres=60)
    sandwich = average_effect(frame, cluster="centre", **FORMULAS).table.loc["brug"]
    result = bootstrap_effect(frame, cluster="centre", replicates=1000, seed=5, **FORMULAS).table.loc["brug"]
    assert abs(result["std_error"] / sandwich["std_error"] - 1) < 0.1
    assert result["lower"] < result["estimate"] < result["upper"]


def test_replicates_without_an_arm_are_counted_and_told() -> None:
    frame = cohort(600, seed=27, centres=20)
    frame = frame.assign(arm=frame["centre"].isin([0, 1]))
    with pytest.warns(errors.FailedReplicatesWarning, match="van de 200") as caught:
        result = bootstrap_effect(
            frame, outcome="vsv ~ male", treatment="arm ~ male", cluster="centre", replicates=200, seed=6
        )
    absent = (result.counts[:, pd.unique(frame["centre"]) <= 1].sum(axis=1) == 0).sum()
    assert result.failed >= absent > 0
    assert result.replicates.isna().any(axis=1).sum() == result.failed
    assert np.isfinite(result.table).all(axis=None)
    assert result.warnings == (str(caught[0].message),)


def test_separated_replicates_are_counted_and_told() -> None:
    """All leavers outside the programme come from two centres: without those, an arm has one outcome."""
    frame = cohort(600, seed=29, centres=20)
    kept = frame["centre"].isin([0, 1]) | (frame["arm"] == "brug")
    frame = frame.assign(vsv=frame["vsv"] & kept)
    with pytest.warns(errors.FailedReplicatesWarning):
        result = bootstrap_effect(
            frame, outcome="vsv ~ 1", treatment="arm ~ male", cluster="centre", replicates=100, seed=7
        )
    absent = result.counts[:, pd.unique(frame["centre"]) <= 1].sum(axis=1) == 0
    np.testing.assert_array_equal(result.replicates.isna().any(axis=1), absent)
    assert result.failed == absent.sum() > 0


def test_bad_options() -> None:
    frame = cohort(600, seed=28)
    with pytest.raises(errors.OptionError, match="minstens 2"):
        bootstrap_effect(frame, cluster="centre", replicates=1, **FORMULAS)
    with pytest.raises(errors.NoOverlapError):
        bootstrap_effect(
            frame.assign(arrears=frame["arm"] == "brug"),
            cluster="centre",
            replicates=10,
            outcome="vsv ~ male",
            treatment="arm ~ arrears",
        )
