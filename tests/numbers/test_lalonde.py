"""The National Supported Work programme (LaLonde 1986; Dehejia & Wahba 1999) as textbooks and R packages print it.

Tolerance: half a unit of the last printed digit.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from tests.numbers.printed import as_printed

from leerwerk.effects import average_effect, balance

FIXTURES = Path(__file__).parent / "fixtures"
TRAITS = "age + educ + race + married + nodegree + re74 + re75"
# Cunningham, Causal Inference: The Mixtape, Do/nsw_experimental.do in its repository: "di 6349.144 - 4554.801", "ATE is
# 1794.34".
EXPERIMENT, TRAINED, UNTRAINED = "1794.34", "6349.144", "4554.801"
# WeightIt 2.0, README: weights from a logit, ATT, `summary(lm_weightit(re78 ~ treat), ci = TRUE)`; the errors are
# "HC0 robust (adjusted for estimation of weights)", which are ours.
ATT, ATT_ERROR, ATT_BOUNDS = "1214.1", "798.2", ("-350.3", "2778.4")
UNTREATED, UNTREATED_ERROR = "5135.1", "583.8"
# Its help page of `glm_weightit`: the same with four of the traits.
FEWER = "age + educ + married + re74"
FEWER_ATT, FEWER_ERROR, FEWER_UNTREATED, FEWER_UNTREATED_ERROR = "833.2", "669.1", "5515.9", "376.5"
# Its vignette `WeightIt`: effective sample size of the weighted controls, and cobalt's balance table before and after.
EFFECTIVE = "99.82"
STANDARDISED = {
    "age": ("-0.309", "0.119"),
    "educ": ("0.055", "-0.028"),
    "re74": ("-0.721", "-0.002"),
    "re75": ("-0.290", "0.011"),
}
# Shares are not standardised there.
SHARES = {
    "race[T.hispan]": ("-0.083", "0.000"),
    "race[T.white]": ("-0.558", "0.002"),
    "married": ("-0.324", "0.019"),
    "nodegree": ("0.111", "0.018"),
}


@pytest.fixture(scope="module")
def observed() -> pd.DataFrame:
    """The trained of the experiment, beside men from a survey."""
    return pd.read_csv(FIXTURES / "lalonde.csv")


def test_the_experiment() -> None:
    found = average_effect(
        pd.read_csv(FIXTURES / "nsw.csv"),
        outcome="re78 ~ 1",
        treatment="treat ~ 1",
        method="difference",
        outcome_family="linear",
    )
    assert found.params[1] == as_printed(EXPERIMENT)
    assert found.means["estimate"].tolist() == [as_printed(UNTRAINED), as_printed(TRAINED)]


@pytest.mark.parametrize(
    ("traits", "effect", "untreated"),
    [
        (TRAITS, (ATT, ATT_ERROR), (UNTREATED, UNTREATED_ERROR)),
        (FEWER, (FEWER_ATT, FEWER_ERROR), (FEWER_UNTREATED, FEWER_UNTREATED_ERROR)),
    ],
    ids=["readme", "help"],
)
def test_weighting_to_the_treated(
    observed: pd.DataFrame, traits: str, effect: tuple[str, str], untreated: tuple[str, str]
) -> None:
    found = average_effect(
        observed,
        outcome="re78 ~ 1",
        treatment=f"treat ~ {traits}",
        method="ipw",
        estimand="att",
        outcome_family="linear",
    )
    for row, printed in ((found.table.loc[1], effect), (found.means.loc[(1, 0)], untreated)):
        assert row[["estimate", "std_error"]].tolist() == [as_printed(text) for text in printed]
    if traits == TRAITS:
        assert found.table.loc[1, ["lower", "upper"]].tolist() == [as_printed(text) for text in ATT_BOUNDS]
        assert found.weights is not None
        assert found.weights.loc[(1, 0), "effective_n"] == as_printed(EFFECTIVE)


def test_balance(observed: pd.DataFrame) -> None:
    found = balance(observed, treatment=f"treat ~ {TRAITS}", estimand="att").loc[1]
    sides = ["before", "after"]
    for term, printed in STANDARDISED.items():
        assert found.loc[term, sides].tolist() == [as_printed(text) for text in printed], term
    treated = int((observed["treat"] == 1).sum())
    for term, printed in SHARES.items():
        share = found.loc[term, "mean_arm"]
        spread = np.sqrt(share * (1 - share) * treated / (treated - 1))
        assert (found.loc[term, sides] * spread).tolist() == [as_printed(text) for text in printed], term
