"""What Python packages by others find on the public data, frozen in ../fixtures/peers.json; run by hand.

Needs the group of packages `peers`: make .venv/peers.
"""

from __future__ import annotations

import json
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any

import doubleml
import numpy as np
import pandas as pd
import pyfixest
import statsmodels.formula.api as smf
from marginaleffects import avg_comparisons, avg_predictions
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

FIXTURES = Path(__file__).parents[1] / "fixtures"
PACKAGES = (
    "pyfixest",
    "doubleml",
    "marginaleffects",
    "statsmodels",
    "scikit-learn",
    "formulaic",
    "numpy",
    "pandas",
    "polars",
)
TRAITS = "age + educ + married + nodegree + re74 + re75"
# With these three every combination is a cell of its own.
CELLS = ("mmarried", "fbaby", "prenatal1")
MOTHERS = ("mmarried", "mage", "medu", "fbaby", "prenatal1")


def read(name: str) -> pd.DataFrame:
    return pd.read_csv(FIXTURES / f"{name}.csv")


def saturated(births: pd.DataFrame) -> list[str]:
    """Add the products of the cells' traits; the names of all columns but the intercept."""
    first, second, third = CELLS
    births["a"] = births[first] * births[second]
    births["b"] = births[first] * births[third]
    births["c"] = births[second] * births[third]
    births["d"] = births["a"] * births[third]
    return [*CELLS, "a", "b", "c", "d"]


def feols(
    frame: pd.DataFrame, formula: str, coefficient: str, errors: tuple[str | dict[str, str], ...]
) -> dict[str, Any]:
    """One regression's coefficient, with standard errors of several kinds.

    No factor for the number of coefficients; with clusters G / (G - 1) stays, as in `average_effect`. That leaves HC1
    without its factor, which makes it HC0.
    """
    found: dict[str, Any] = {}
    for kind in errors:
        fit = pyfixest.feols(formula, frame, vcov=kind, ssc=pyfixest.ssc(k_adj=False, G_adj=True))
        row = fit.tidy().loc[coefficient]
        found["estimate"] = float(row["Estimate"])
        found[kind if isinstance(kind, str) else "CRV1"] = float(row["Std. Error"])
    return found


def regressions() -> dict[str, Any]:
    """pyfixest: raw differences, differences after adjusting, and every trait times the treatment."""
    lalonde, schools = read("lalonde"), read("schools")
    schools["high"] = (schools["stype"] == "H").astype(int)
    two = schools[schools["stype"] != "M"].reset_index(drop=True)
    centred = lalonde.copy()
    names = TRAITS.split(" + ")
    centred[names] -= centred[names].mean()
    plain = ("HC1", "HC2", "HC3")
    return {
        "raw": feols(lalonde, "re78 ~ treat", "treat", plain),
        "adjusted": feols(lalonde, f"re78 ~ treat + {TRAITS}", "treat", plain),
        "interacted": feols(centred, f"re78 ~ treat * ({TRAITS})", "treat", ("HC1",)),
        "raw_clustered": feols(two, "api00 ~ high", "high", ({"CRV1": "cnum"},)),
        "adjusted_clustered": feols(two, "api00 ~ high + meals + mobility", "high", ({"CRV1": "cnum"},)),
    }


def logit() -> Any:
    """A logistic regression without penalty, solved to the last digits."""
    return make_pipeline(
        StandardScaler(), LogisticRegression(C=np.inf, solver="newton-cholesky", tol=1e-12, max_iter=1000)
    )


def interactive(births: pd.DataFrame, traits: list[str], score: str, folds: int) -> dict[str, float]:
    """DoubleML's interactive regression model; with one fold models are fitted on those they predict."""
    data = doubleml.DoubleMLData(births, y_col="bweight", d_cols="mbsmoke", x_cols=traits)
    everyone = np.arange(len(births))
    np.random.seed(1)  # noqa: NPY002
    config = doubleml.utils.PSProcessorConfig(clipping_threshold=1e-12)
    model = doubleml.DoubleMLIRM(
        data,
        LinearRegression(),
        logit(),
        n_folds=max(folds, 2),
        n_rep=1 if folds == 1 else 10,
        score=score,
        ps_processor_config=config,
        draw_sample_splitting=folds > 1,
    )
    if folds == 1:
        model.set_sample_splitting((everyone, everyone))
    model.fit()
    return {"estimate": float(model.coef[0]), "std_error": float(model.se[0])}


def double_machine_learning() -> dict[str, Any]:
    """In and out of sample, with cells and with lines."""
    births = read("births")
    cells = saturated(births)
    return {
        score: {
            "cells": interactive(births, cells, score, folds=1),
            "lines": interactive(births, list(MOTHERS), score, folds=1),
            "cross_fitted": interactive(births, list(MOTHERS), score, folds=5),
        }
        for score in ("ATE", "ATTE")
    }


def predicted_outcomes() -> dict[str, Any]:
    """marginaleffects: g-computation after a regression in which every trait meets the treatment; delta method, HC0."""
    lalonde = read("lalonde")
    found = {}
    for name, model in (
        ("logit", smf.logit(f"employed ~ treat * ({TRAITS})", lalonde)),
        ("linear", smf.ols(f"re78 ~ treat * ({TRAITS})", lalonde)),
    ):
        options = {"method": "newton", "disp": 0, "tol": 1e-14, "maxiter": 200} if name == "logit" else {}
        fit = model.fit(cov_type="HC0", **options)
        for target, rows in (("ate", lalonde), ("att", lalonde[lalonde["treat"] == 1])):
            row = avg_comparisons(fit, variables="treat", newdata=rows, vcov=True, eps=1e-6)
            means = avg_predictions(fit, variables={"treat": [0, 1]}, by="treat", newdata=rows)
            found[f"{name}_{target}"] = {
                "estimate": float(row["estimate"][0]),
                "std_error": float(row["std_error"][0]),
                "means": [float(value) for value in means.sort("treat")["estimate"]],
            }
    return found


def main() -> None:
    answers = {
        "pyfixest": regressions(),
        "doubleml": double_machine_learning(),
        "marginaleffects": predicted_outcomes(),
        "versions": {"python": sys.version.split()[0]} | {name: version(name) for name in PACKAGES},
    }
    (FIXTURES / "peers.json").write_text(json.dumps(answers, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
