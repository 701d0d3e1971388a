"""Agreement with pyfixest, DoubleML and marginaleffects on public data.

`referee/peers.py` froze their answers; fixtures/README.md says where the data come from.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf

from leerwerk.effects import Effects, average_effect
from leerwerk.effects.inference import covariance

# Where both sides define an estimate or an error in the same way, they solve the same equations to their last digits;
# the peers' solvers and their derivatives of a logit leave about 1e-8, and no mistake is as small as a millionth.
SAME = 1e-6

FIXTURES = Path(__file__).parent / "fixtures"
PEERS = json.loads((FIXTURES / "peers.json").read_text())
TRAITS = "age + educ + married + nodegree + re74 + re75"
CELLS = "mmarried * fbaby * prenatal1"
LINES = "mmarried + mage + medu + fbaby + prenatal1"


def read(name: str) -> pd.DataFrame:
    return pd.read_csv(FIXTURES / f"{name}.csv")


def standardised(outcome: str, family: Any, estimand: Any) -> Effects:
    return average_effect(
        read("lalonde"),
        outcome=f"{outcome} ~ {TRAITS}",
        treatment="treat ~ 1",
        method="regression",
        estimand=estimand,
        outcome_family=family,
    )


def doubly_robust(traits: str, score: str) -> pd.Series:
    found = average_effect(
        read("births"),
        outcome=f"bweight ~ {traits}",
        treatment=f"mbsmoke ~ {traits}",
        method="aipw",
        estimand="ate" if score == "ATE" else "att",
        outcome_family="linear",
    )
    return found.table.loc[1]


def test_raw_difference_agrees_with_feols() -> None:
    """HC2; the plain sandwich, which its HC1 without a factor is, is that of the influence functions."""
    expected = PEERS["pyfixest"]["raw"]
    found = average_effect(
        read("lalonde"), outcome="re78 ~ 1", treatment="treat ~ 1", method="difference", outcome_family="linear"
    )
    assert found.params[1] == pytest.approx(expected["estimate"], rel=SAME)
    assert found.bse[1] == pytest.approx(expected["HC2"], rel=SAME)
    assert plain_error(found) == pytest.approx(expected["HC1"], rel=SAME)


def plain_error(found: Effects, clusters: pd.Series | None = None) -> float:
    """Of the second mean less the first, without correction for small samples."""
    gap = found.influence.to_numpy() @ np.array([[-1.0], [1.0]])
    return float(np.sqrt(covariance(gap, None if clusters is None else pd.factorize(clusters)[0]).item()))


def test_clustered_difference_agrees_with_feols() -> None:
    """CRV1 without its factor for the number of parameters; our own error is CR2, compared with clubSandwich elsewhere."""
    expected = PEERS["pyfixest"]["raw_clustered"]
    schools = read("schools").query("stype != 'M'")
    found = average_effect(
        schools,
        outcome="api00 ~ 1",
        treatment="stype ~ 1",
        method="difference",
        outcome_family="linear",
        cluster="cnum",
    )
    assert found.params["H"] == pytest.approx(expected["estimate"], rel=SAME)
    assert plain_error(found, schools["cnum"]) == pytest.approx(expected["CRV1"], rel=SAME)


def test_one_model_is_a_coefficient_of_feols() -> None:
    """Where no trait meets the treatment, everybody's effect is its coefficient, and its HC0 or clustered error ours."""
    expected = PEERS["pyfixest"]["adjusted"]
    found = average_effect(
        read("lalonde"),
        outcome=f"re78 ~ treat + {TRAITS}",
        treatment="treat ~ 1",
        method="regression",
        outcome_family="linear",
        common=True,
    )
    assert found.params[1] == pytest.approx(expected["estimate"], rel=SAME)
    assert found.bse[1] == pytest.approx(expected["HC1"], rel=SAME)


def test_one_model_with_clusters_is_a_coefficient_of_feols() -> None:
    expected = PEERS["pyfixest"]["adjusted_clustered"]
    schools = read("schools").query("stype != 'M'").assign(high=lambda frame: (frame["stype"] == "H").astype(int))
    found = average_effect(
        schools,
        outcome="api00 ~ high + meals + mobility",
        treatment="high ~ 1",
        method="regression",
        outcome_family="linear",
        cluster="cnum",
        common=True,
    )
    assert found.params[1] == pytest.approx(expected["estimate"], rel=SAME)
    assert found.bse[1] == pytest.approx(expected["CRV1"], rel=SAME)


def test_standardisation_is_feols_with_every_product() -> None:
    """With traits centred, the treatment's coefficient is the average effect; its error takes the traits as fixed."""
    found = standardised("re78", "linear", "ate")
    assert found.params[1] == pytest.approx(PEERS["pyfixest"]["interacted"]["estimate"], rel=SAME)


@pytest.mark.parametrize("estimand", ["ate", "att"])
@pytest.mark.parametrize(("outcome", "family"), [("employed", "logit"), ("re78", "linear")])
def test_standardisation_agrees_with_avg_comparisons(outcome: str, family: str, estimand: str) -> None:
    """Its delta method takes the rows averaged over as fixed; without each row's own effect our influence is its."""
    expected = PEERS["marginaleffects"][f"{family}_{estimand}"]
    frame = read("lalonde")
    found = standardised(outcome, family, estimand)
    assert found.params[1] == pytest.approx(expected["estimate"], rel=SAME)
    assert found.means["estimate"].tolist() == pytest.approx(expected["means"], rel=SAME)
    untreated, treated = (predicted(frame, outcome, family, arm) for arm in (0, 1))
    target = frame["treat"].to_numpy() >= (1 if estimand == "att" else 0)
    own = np.where(target, treated - untreated - found.params[1], 0.0) / target.mean()
    influence = found.influence.to_numpy()
    fixed = influence[:, 1] - influence[:, 0] - own
    assert np.sqrt((fixed**2).sum()) / len(frame) == pytest.approx(expected["std_error"], rel=SAME)


def predicted(frame: pd.DataFrame, outcome: str, family: str, arm: int) -> np.ndarray:
    """Everyone's outcome by the model of one arm."""
    rows = frame[frame["treat"] == arm]
    formula = f"{outcome} ~ {TRAITS}"
    fit = (
        smf.logit(formula, rows).fit(method="newton", disp=0, tol=1e-14)
        if family == "logit"
        else smf.ols(formula, rows).fit()
    )
    return np.asarray(fit.predict(frame))


@pytest.mark.parametrize("score", ["ATE", "ATTE"])
def test_cells_agree_with_double_machine_learning(score: str) -> None:
    """In cells the residuals add up to nothing, so that it makes no difference whether estimating the models counts."""
    expected = PEERS["doubleml"][score]["cells"]
    found = doubly_robust(CELLS, score)
    assert found["estimate"] == pytest.approx(expected["estimate"], rel=SAME)
    assert found["std_error"] == pytest.approx(expected["std_error"], rel=SAME)


@pytest.mark.parametrize("score", ["ATE", "ATTE"])
def test_lines_agree_with_double_machine_learning(score: str) -> None:
    """The same estimate in sample. Its error takes the models as known, and with cross-fitting others predict each row:
    that moves the error by less than a tenth, and the estimate by less than a tenth of the error."""
    expected = PEERS["doubleml"][score]
    found = doubly_robust(LINES, score)
    assert found["estimate"] == pytest.approx(expected["lines"]["estimate"], rel=SAME)
    assert found["estimate"] == pytest.approx(expected["cross_fitted"]["estimate"], abs=found["std_error"] / 10)
    for kind in ("lines", "cross_fitted"):
        assert found["std_error"] == pytest.approx(expected[kind]["std_error"], rel=0.1), kind
