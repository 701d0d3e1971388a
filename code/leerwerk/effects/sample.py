"""From a frame to the sorted sample that estimators share, and the fits whose failure has a name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

import numpy as np
import pandas as pd

from leerwerk.effects.design import (
    Arms,
    Formula,
    column_of,
    filled_outcome,
    parse,
    read_arms,
    read_clusters,
    read_design,
    read_outcome,
    read_weights,
    require,
)
from leerwerk.effects.errors import (
    ConvergenceError,
    FormulaError,
    NoOverlapError,
    OptionError,
    ProbitArmsError,
    SeparationError,
)
from leerwerk.effects.glm import Fit, Floats, Integers
from leerwerk.effects.messages import Text
from leerwerk.effects.missing import Response, parse_missing, read_response
from leerwerk.effects.potential_outcomes import (
    MODELS_OUTCOME,
    MODELS_TREATMENT,
    Estimand,
    Method,
    Pair,
    Sample,
    Specification,
    arm_probabilities,
    fit_outcomes,
    fit_treatment,
)

OPTIONS = {
    "method": get_args(Method),
    "estimand": get_args(Estimand),
    "outcome_family": ("logit", "linear"),
    "treatment_family": ("logit", "probit"),
}


@dataclass(frozen=True)
class Arranged:
    """A sample with what ties it to its frame: arm labels, each sorted row's position, clusters in frame order, and each sorted
    row's weight (rows, 1), one on average."""

    sample: Sample
    arms: Arms
    order: Integers
    clusters: Integers | None
    weights: Floats
    index: pd.Index
    response: Response | None = None

    def restored(self, rows: Floats) -> Floats:
        """Sorted rows in the order of the frame."""
        result = np.empty_like(rows)
        result[self.order] = rows
        return result


def check_options(spec: Specification, level: float) -> None:
    """Refuse options that do not exist."""
    given = (spec.method, spec.estimand, spec.outcome_link, spec.treatment_link)
    for (name, known), value in zip(OPTIONS.items(), given, strict=True):
        if value not in known:
            raise OptionError("option", name=name, value=value, known=", ".join(known))
    if spec.estimand == "ato" and spec.method not in ("difference", "ipw"):
        raise OptionError("overlap_method", method=spec.method)
    if spec.common and spec.method != "regression":
        raise OptionError("common_method", method=spec.method)
    check_level(level)


def check_level(level: float) -> None:
    """Refuse a level that is no share."""
    if not 0 < level < 1:
        raise OptionError("level", level=level)


def arrange(
    frame: pd.DataFrame,
    outcome: str,
    treatment: str,
    spec: Specification,
    cluster: str | None,
    weights: str | None = None,
    missing: str | None = None,
) -> Arranged:
    """Validate the frame and sort it by arm; only the designs that the method uses are built."""
    explained, assigned = parse(outcome), parse(treatment)
    check_formulas(explained, assigned, spec)
    absent = None if missing is None else parse_missing(missing, explained.response)
    needed = [assigned.response, *([explained.response] if absent is None else absent.columns)]
    if spec.method in MODELS_OUTCOME:
        needed += explained.columns
    if spec.method in MODELS_TREATMENT:
        needed += assigned.columns
    require(frame, needed, cluster, weights)
    arms = read_arms(frame[assigned.response])
    if spec.treatment_link == "probit" and len(arms.labels) > 2:
        raise ProbitArmsError("probit_arms", name=assigned.response, count=len(arms.labels))
    order = np.argsort(arms.codes, kind="stable")
    codes = arms.codes[order]
    covariates = outcome_design(frame, explained, arms, order, spec)
    # The same terms twice would double the memory of a large study.
    shared = covariates.shape[1] > 0 and explained.words == assigned.words
    own = np.ones(len(frame)) if weights is None else read_weights(frame[weights])[order]
    reader = read_outcome if absent is None else filled_outcome
    response = None if absent is None else read_response(frame, explained.response, absent, order, own)
    sample = Sample(
        outcome=reader(column_of(frame, explained.response), spec.outcome_link == "logit")[order],
        covariates=covariates,
        drivers=covariates if shared else treatment_design(frame, assigned, order, spec),
        codes=codes,
        bounds=np.searchsorted(codes, np.arange(len(arms.labels) + 1)),
        stands_for=None if response is None else response.stands_for,
    )
    clusters = None if cluster is None else read_clusters(frame[cluster], arms)
    return Arranged(sample, arms, order, clusters, own[:, None], frame.index, response)


def check_formulas(explained: Formula, assigned: Formula, spec: Specification) -> None:
    """Refuse a treatment among the covariates of its own arms' models, or absent from a common one, and an outcome as a cause."""
    if spec.common and assigned.response not in explained.columns:
        raise FormulaError("treatment_absent", treatment=assigned.response)
    if not spec.common and assigned.response in explained.columns:
        raise FormulaError("treatment_twice", treatment=assigned.response)
    if explained.response in assigned.columns:
        raise FormulaError("outcome_as_cause", outcome=explained.response)


def outcome_design(frame: pd.DataFrame, formula: Formula, arms: Arms, order: Integers, spec: Specification) -> Floats:
    """The outcome models' columns, checked within each arm because each arm has its own model."""
    if spec.method not in MODELS_OUTCOME or spec.common:
        return np.empty((len(frame), 0))
    design = read_design(frame, formula, order)
    first = 0
    for label, size in zip(arms.labels, np.bincount(arms.codes), strict=True):
        design.check_arm(slice(first, first + size), label)
        first += size
    return design.matrix


def treatment_design(frame: pd.DataFrame, formula: Formula, order: Integers, spec: Specification) -> Floats:
    """The treatment model's columns."""
    if spec.method not in MODELS_TREATMENT:
        return np.empty((len(frame), 0))
    return read_design(frame, formula, order).matrix


def treatment_model(arranged: Arranged, spec: Specification, weights: Floats) -> tuple[Fit | None, Floats | None]:
    """The treatment model and the arms' probabilities (rows, arms, 1), refusing perfect prediction."""
    if spec.method not in MODELS_TREATMENT:
        return None, None
    fitted = fit_treatment(arranged.sample, spec.treatment_link, weights)
    if not fitted.converged.all():
        raise NoOverlapError("no_overlap")
    return fitted, arm_probabilities(arranged.sample, spec.treatment_link, fitted)


def outcome_models(
    arranged: Arranged, spec: Specification, weights: Floats, probability: Floats | None
) -> dict[Pair, Fit]:
    """The outcome models, refusing those without finite coefficients."""
    if spec.method not in MODELS_OUTCOME or spec.common:
        return {}
    fits = fit_outcomes(arranged.sample, spec, weights, probability)
    for (_, arm), fitted in fits.items():
        check_fit(fitted, spec, Text("group", arm=arranged.arms.labels[arm]))
    return fits


def check_fit(fitted: Fit, spec: Specification, where: Text) -> None:
    """Refuse an outcome model without finite coefficients."""
    if fitted.converged.all():
        return
    if spec.outcome_link == "logit":
        raise SeparationError("separated", where=where)
    raise ConvergenceError("no_solution", where=where)
