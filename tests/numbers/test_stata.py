"""Smoking mothers and birth weight (Cattaneo 2010) as Stata prints it: `teffects` ra, ipw, aipw and ipwra.

Stata's errors too have no small-sample factor and count the estimated treatment model, so that all its digits must come
out: tolerance is half a unit of the last one.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
import pytest
from tests.numbers.printed import as_printed

from leerwerk.effects import average_effect
from leerwerk.effects.inference import covariance

OUTCOME = "bweight ~ prenatal1 + mmarried + mage + fbaby"
QUADRATIC = "mbsmoke ~ mmarried + mage + I(mage**2) + fbaby + medu"
PLAIN = "mbsmoke ~ mmarried + mage + fbaby + medu"


class Printed(NamedTuple):
    """The rows under ATE or ATET and POmean, each a coefficient and its robust standard error."""

    method: str
    estimand: str
    effect: tuple[str, str]
    untreated: tuple[str, str]


# Stata Causal Inference and Treatment-Effects Estimation Reference Manual, the model that runs through the entries
# teffects ra, ipw, aipw and ipwra (probit with age squared); with its ATET. To Stata's seven digits, from its results as
# statsmodels 0.15 keeps them in results_teffects.py.
MANUAL = [
    Printed("regression", "ate", ("-239.6392", "23.82402"), ("3403.242", "9.525207")),
    Printed("regression", "att", ("-223.3017", "22.7422"), ("3360.961", "12.75749")),
    Printed("ipw", "ate", ("-230.6886", "25.81524"), ("3403.463", "9.571369")),
    Printed("ipw", "att", ("-225.1773", "23.66458"), ("3362.837", "14.20149")),
    Printed("aipw", "ate", ("-230.9892", "26.21056"), ("3403.355", "9.568472")),
    Printed("ipwra", "ate", ("-229.9671", "26.62668"), ("3403.336", "9.57126")),
    Printed("ipwra", "att", ("-223.5453", "23.79402"), ("3361.205", "14.46501")),
]
# Mendez (2026), Treatment Effects in Stata, carlos-mendez.org/post/stata_matching/analysis.log, sections 3 to 6.
TUTORIAL = [
    Printed("regression", "ate", ("-239.6392", "23.82402"), ("3403.242", "9.525207")),
    Printed("regression", "att", ("-223.3017", "22.7422"), ("3360.961", "12.75749")),
    Printed("ipw", "ate", ("-230.906", "24.30987"), ("3402.429", "9.576032")),
    Printed("ipw", "att", ("-219.6338", "23.38456"), ("3357.294", "13.76189")),
    Printed("aipw", "ate", ("-232.4759", "24.83406"), ("3402.688", "9.57038")),
    Printed("ipwra", "ate", ("-231.8723", "25.1541"), ("3402.699", "9.570442")),
    Printed("ipwra", "att", ("-220.6476", "23.37268"), ("3358.307", "13.78516")),
]
# There too, under `pomeans`: the mean had all mothers smoked.
SMOKERS = {
    "regression": ("3163.603", "21.86351"),
    "ipw": ("3171.523", "22.37227"),
    "aipw": ("3170.212", "22.9462"),
    "ipwra": ("3170.826", "23.29268"),
}
# There too, `regress bweight mbsmoke, vce(robust)`, and with weights from a logit.
NAIVE, NAIVE_ERROR = "-275.2519", "21.21501"
BY_LOGIT, BY_LOGIT_UNTREATED = "-232.1279", "3402.621"


# With age squared one mother stands for 26 times the average: no matter between programs.
pytestmark = pytest.mark.filterwarnings("ignore:Zwakke overlap:leerwerk.effects.errors.WeakOverlapWarning")


@pytest.fixture(scope="module")
def births() -> pd.DataFrame:
    return pd.read_csv(Path(__file__).parent / "fixtures" / "births.csv")


def estimate(births: pd.DataFrame, method: Any, estimand: Any, treatment: str, link: Any = "probit") -> Any:
    return average_effect(
        births,
        outcome=OUTCOME,
        treatment=treatment,
        method=method,
        estimand=estimand,
        outcome_family="linear",
        treatment_family=link,
    )


def check(row: pd.Series, printed: tuple[str, str]) -> None:
    assert (row["estimate"], row["std_error"]) == (as_printed(printed[0]), as_printed(printed[1]))


@pytest.mark.parametrize(
    ("treatment", "printed"),
    [(QUADRATIC, case) for case in MANUAL] + [(PLAIN, case) for case in TUTORIAL],
    ids=[f"{source}-{case.method}-{case.estimand}" for source in ("manual", "tutorial") for case in MANUAL],
)
def test_effects(births: pd.DataFrame, treatment: str, printed: Printed) -> None:
    found = estimate(births, printed.method, printed.estimand, treatment)
    check(found.table.loc[1], printed.effect)
    check(found.means.iloc[0], printed.untreated)


@pytest.mark.parametrize("method", SMOKERS)
def test_means_of_the_treated(births: pd.DataFrame, method: str) -> None:
    check(estimate(births, method, "ate", PLAIN).means.loc[("all", 1)], SMOKERS[method])


def test_raw_difference(births: pd.DataFrame) -> None:
    found = estimate(births, "difference", "ate", PLAIN)
    # `regress, robust` is HC1: the plain sandwich times n / (n - 2). Ours is HC2.
    plain = covariance(found.influence.to_numpy() @ np.array([[-1.0], [1.0]]), None).item()
    hc1 = np.sqrt(plain * found.n / (found.n - 2))
    assert (found.params[1], hc1) == (as_printed(NAIVE), as_printed(NAIVE_ERROR))


def test_weights_from_a_logit(births: pd.DataFrame) -> None:
    """Its error takes the weights as known and homoskedastic noise for granted: not compared."""
    found = estimate(births, "ipw", "ate", PLAIN, "logit")
    assert found.params[1] == as_printed(BY_LOGIT)
    assert found.means["estimate"].iloc[0] == as_printed(BY_LOGIT_UNTREATED)
