"""Against R: proportions.R in referee/ says how each column was made, from other code than ours."""

from pathlib import Path

import pandas as pd
import pytest

from ledger import proportions
from leerwerk.effects import e_value

REFEREE = Path(__file__).parent / "referee"
# Both sides work in double precision and the files keep 15 digits; R's regressions stop within 1e-12 of the deviance,
# which leaves the standard error of the smallest groups uncertain from the ninth digit.
SAME = {"rel": 1e-11, "abs": 1e-14}
REGRESSION = {"rel": 1e-7}


def rows(name):
    return pd.read_csv(REFEREE / name).to_dict("records")


def said(row, name):
    return tuple(row[f"{name}_{part}"] for part in ("estimate", "lower", "upper"))


def found(contrast, row):
    result = contrast(*(int(row[name]) for name in ("k1", "n1", "k0", "n0")), row["level"])
    return (result.estimate, result.lower, result.upper)


@pytest.mark.parametrize("row", rows("wilson.csv"))
def test_wilson_is_prop_test_without_correction(row):
    ends = proportions.wilson(int(row["k"]), int(row["n"]), row["level"])
    assert ends == pytest.approx((row["lower"], row["upper"]), **SAME)


@pytest.mark.parametrize("row", rows("contrasts.csv"))
def test_newcombe(row):
    assert found(proportions.risk_difference, row) == pytest.approx(said(row, "difference"), **SAME)


@pytest.mark.parametrize("row", rows("contrasts.csv"))
def test_risk_ratio_is_a_log_binomial_regression(row):
    assert found(proportions.risk_ratio, row) == pytest.approx(said(row, "ratio"), **REGRESSION)


@pytest.mark.parametrize("row", rows("contrasts.csv"))
def test_odds_ratio_is_a_logistic_regression(row):
    assert found(proportions.odds_ratio, row) == pytest.approx(said(row, "odds"), **REGRESSION)


@pytest.mark.parametrize("row", rows("contrasts.csv"))
def test_e_value(row):
    ratio = found(proportions.risk_ratio, row)[0]
    assert e_value(ratio).estimate == pytest.approx(row["e_value"], **REGRESSION)
