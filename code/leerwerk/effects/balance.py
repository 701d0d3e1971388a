"""Are the arms comparable, before and after weighting?"""

from __future__ import annotations

import numpy as np
import pandas as pd

from leerwerk.effects.average import TreatmentFamily
from leerwerk.effects.design import parse, read_design
from leerwerk.effects.glm import Floats
from leerwerk.effects.potential_outcomes import Estimand, Specification, relative_weights, target_of
from leerwerk.effects.sample import Arranged, arrange, check_options, treatment_model


def treatment_only(
    frame: pd.DataFrame, treatment: str, estimand: Estimand, family: TreatmentFamily
) -> tuple[Arranged, Floats]:
    """The arranged rows and the arms' probabilities (rows, arms, 1), without an outcome."""
    spec = Specification("ipw", estimand, "linear", family)
    check_options(spec, 0.95)
    # Any number serves as the outcome: weighting does not look at it.
    arranged = arrange(frame.assign(**{" ": 0.0}), "` ` ~ 1", treatment, spec, None)
    _, probability = treatment_model(arranged, spec, np.ones((len(frame), 1)))
    assert probability is not None
    return arranged, probability


def balance(
    frame: pd.DataFrame,
    *,
    treatment: str,
    estimand: Estimand = "ate",
    treatment_family: TreatmentFamily = "logit",
) -> pd.DataFrame:
    """Standardised differences of every term of the treatment formula, before and after weighting.

    Parameters
    ----------
    frame, treatment, estimand, treatment_family
        As for `leerwerk.effects.average_effect`.

    Returns
    -------
    DataFrame
        One row per arm but the reference and term (index `arm`, `term`): mean_arm, mean_reference (both raw),
        before, after. `before` and `after` are differences of (weighted) means, arm minus reference, divided by the
        same raw standard deviation: with the ATE the root of the two arms' average variance, with the ATT that of
        the treated, with the ATC that of the reference (Austin 2009, Statistics in Medicine 28:3083-3107; Stuart 2010).

    Raises
    ------
    EffectsError
        As `average_effect` does for its treatment model.
    """
    arranged, probability = treatment_only(frame, treatment, estimand, treatment_family)
    design = read_design(frame, parse(treatment), arranged.order)
    kept = [place for place, name in enumerate(design.names) if name != "Intercept"]
    values = (design.matrix @ design.upper)[:, kept]
    parts = [
        standardised(arranged, probability, values, arm, estimand).assign(
            arm=label, term=[design.names[place] for place in kept]
        )
        for arm, label in enumerate(arranged.arms.labels)
        if arm
    ]
    return pd.concat(parts).set_index(["arm", "term"])


def standardised(arranged: Arranged, probability: Floats, values: Floats, arm: int, estimand: Estimand) -> pd.DataFrame:
    """Differences of one arm with the reference, one row per column of `values`."""
    target = target_of(estimand, arm)
    raw, weighted, variances = [], [], []
    for side in (arm, 0):
        own = values[arranged.sample.rows(side)]
        weights = relative_weights(arranged.sample, probability, (target, side))[:, 0]
        raw.append(own.mean(axis=0))
        weighted.append(weights @ own / weights.sum())
        variances.append(own.var(axis=0, ddof=1))
    treated, reference = variances
    spread = np.sqrt({"att": treated, "atc": reference}.get(estimand, (treated + reference) / 2))
    return pd.DataFrame(
        {
            "mean_arm": raw[0],
            "mean_reference": raw[1],
            "before": (raw[0] - raw[1]) / spread,
            "after": (weighted[0] - weighted[1]) / spread,
        }
    )
