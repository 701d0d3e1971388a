"""Agreement with R and statsmodels on public data, with continuous and binary outcomes and names unlike ours.

R's standard errors have no corrections for small samples but G / (G - 1): where ours do, the influence functions are compared.

`referee.R` made the fixtures; fixtures/README.md says where the data come from.
"""

import json
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from leerwerk.effects import Effects, average_effect, balance, standardised_risks
from leerwerk.effects.errors import EffectsWarning
from leerwerk.effects.inference import covariance

# Both sides solve their equations to the last digits: estimates differ by rounding only, far below 1e-8. R's
# standard errors contain a Jacobian by numerical differentiation, good for about 1e-9 and less where columns
# are badly scaled; no mistake in a formula is as small as 1e-5.
ESTIMATES = 1e-8
ERRORS = 1e-5

FIXTURES = Path(__file__).parent / "fixtures"
REFEREE = json.loads((FIXTURES / "referee.json").read_text())
OPTIONS = ("outcome", "treatment", "method", "estimand", "outcome_family", "treatment_family", "cluster")


def read(name: str) -> pd.DataFrame:
    return pd.read_csv(FIXTURES / f"{name}.csv")


def quietly(frame: pd.DataFrame, **options: Any) -> Effects:
    """Lalonde's overlap is notoriously weak; that is no matter between referees."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", EffectsWarning)
        return average_effect(frame, **options)


def title(case: dict[str, Any]) -> str:
    parts = [case["file"], case["method"], case["estimand"], case["outcome_family"], case["treatment_family"]]
    return "-".join(parts)


def uncorrected(result: Effects, clusters: pd.Series | None) -> tuple[np.ndarray, np.ndarray]:
    """Standard errors of the means and of the effects before corrections for small samples."""
    codes = None if clusters is None else pd.factorize(clusters)[0]
    means = result.means.index
    targets = [result.target(arm) for arm in result.table.index]
    contrasts = [
        (means == (target, arm)).astype(float) - (means == (target, result.reference))
        for target, arm in zip(targets, result.table.index, strict=True)
    ]
    found = covariance(result.influence.to_numpy(), codes)
    return np.sqrt(np.diag(found)), np.sqrt([contrast @ found @ contrast for contrast in contrasts])


@pytest.mark.parametrize("case", REFEREE["effects"], ids=title)
def test_effects_agree_with_r(case: dict[str, Any]) -> None:
    frame = read(case["file"])
    result = quietly(frame, **{name: case[name] for name in OPTIONS})
    cluster = case["cluster"]
    mean_errors, effect_errors = uncorrected(result, None if cluster is None else frame[cluster])
    np.testing.assert_allclose(result.means["estimate"], case["means"], rtol=ESTIMATES)
    np.testing.assert_allclose(mean_errors, case["mean_errors"], rtol=ERRORS)
    np.testing.assert_allclose(result.table["estimate"], np.atleast_1d(case["effects"]), rtol=ESTIMATES)
    np.testing.assert_allclose(effect_errors, np.atleast_1d(case["errors"]), rtol=ERRORS)
    if cluster is None and case["method"] != "difference":
        np.testing.assert_allclose(result.means["std_error"], case["mean_errors"], rtol=ERRORS)
        np.testing.assert_allclose(result.table["std_error"], np.atleast_1d(case["errors"]), rtol=ERRORS)


def test_every_option_has_a_referee() -> None:
    seen = {tuple(case[name] for name in OPTIONS[2:4]) for case in REFEREE["effects"]}
    assert len(seen) == 10
    assert {case["outcome_family"] for case in REFEREE["effects"]} == {"logit", "linear"}
    assert {case["treatment_family"] for case in REFEREE["effects"]} == {"logit", "probit"}
    assert {len(np.atleast_1d(case["effects"])) for case in REFEREE["effects"]} == {1, 2}


def test_clustered_difference_agrees_with_vcovcl() -> None:
    frame = read("schools")
    result = quietly(
        frame,
        outcome="api00 ~ 1",
        treatment="stype ~ 1",
        method="difference",
        outcome_family="linear",
        cluster="cnum",
    )
    np.testing.assert_allclose(result.table["estimate"], REFEREE["vcovcl"]["effects"], rtol=ESTIMATES)
    np.testing.assert_allclose(uncorrected(result, frame["cnum"])[1], REFEREE["vcovcl"]["errors"], rtol=ERRORS)


def test_raw_differences_without_clusters_agree_with_statsmodels_and_scipy() -> None:
    """Robust errors HC2 of least squares on the arm, and Welch's test."""
    import statsmodels.api as sm
    from scipy import stats

    frame = read("lalonde")
    row = quietly(
        frame, outcome="re78 ~ 1", treatment="treat ~ 1", method="difference", outcome_family="linear"
    ).table.loc[1]
    slope = sm.OLS(frame["re78"], sm.add_constant(frame["treat"].astype(float))).fit(cov_type="HC2")
    np.testing.assert_allclose(row["std_error"], slope.bse["treat"], rtol=ESTIMATES)
    test = stats.ttest_ind(*(frame.loc[frame["treat"] == arm, "re78"] for arm in (1, 0)), equal_var=False)
    interval = test.confidence_interval()
    expected = [interval.low, interval.high, test.pvalue, test.df]
    np.testing.assert_allclose(row[["lower", "upper", "p_value", "df"]].astype(float), expected, rtol=ESTIMATES)


@pytest.mark.parametrize("method", ["ra", "ipw", "aipw"])
def test_effects_agree_with_statsmodels_where_it_is_right(method: str) -> None:
    """Linear outcomes, no clusters: there `TreatmentEffect` follows the same definitions."""
    import statsmodels.api as sm
    from statsmodels.treatment.treatment_effects import TreatmentEffect

    frame = read("lalonde")
    traits = sm.add_constant(frame[["age", "educ", "married"]].astype(float))
    selection = sm.Probit(frame["treat"], traits).fit(disp=0, tol=1e-13)
    outcome = sm.OLS(frame["re78"], traits)
    theirs = getattr(TreatmentEffect(outcome, frame["treat"], results_select=selection), method)()
    ours = quietly(
        frame,
        outcome="re78 ~ age + educ + married",
        treatment="treat ~ age + educ + married",
        method="regression" if method == "ra" else method,
        outcome_family="linear",
        treatment_family="probit",
    )
    found = ours.table.loc[1, ["estimate", "std_error"]].to_numpy(float)
    expected = [float(np.ravel(theirs.effect)[0]), float(np.ravel(theirs.results_gmm.bse)[0])]
    # statsmodels solves its moments with an optimiser and differentiates numerically.
    np.testing.assert_allclose(found, expected, rtol=1e-5)


@pytest.mark.parametrize("kind", ["plain", "clustered"])
def test_standardised_risks_agree_with_glm_on_person_months(kind: str) -> None:
    result = standardised_risks(
        read("eyes"),
        outcome="months ~ age + adult",
        event="status",
        arm="trt",
        breaks=REFEREE["breaks"],
        months=REFEREE["months"],
        cluster="id" if kind == "clustered" else None,
    )
    expected = REFEREE["standardised"][kind]
    np.testing.assert_allclose(result.table["risk"], expected["risks"], rtol=ESTIMATES)
    np.testing.assert_allclose(result.table["std_error"], expected["errors"], rtol=ERRORS)
    np.testing.assert_allclose(result.differences["estimate"], expected["differences"], rtol=ESTIMATES)
    np.testing.assert_allclose(result.differences["std_error"], expected["difference_errors"], rtol=ERRORS)


@pytest.mark.parametrize("case", REFEREE["balance"], ids=lambda case: case["estimand"])
def test_raw_balance_agrees_with_matchit(case: dict[str, Any]) -> None:
    result = balance(read("lalonde"), treatment="treat ~ age + educ + re74", estimand=case["estimand"])
    np.testing.assert_allclose(result["before"], case["before"], rtol=ESTIMATES)
