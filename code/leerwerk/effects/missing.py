"""Outcomes that are missing at random: rows that have one stand for rows like them that have none."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from leerwerk.effects.design import Formula, column_of, parse, read_design
from leerwerk.effects.errors import FormulaError, NoOverlapError, OutcomeError
from leerwerk.effects.glm import Fit, Floats, Integers, expit, fit
from leerwerk.effects.messages import Text

# No column of a frame has this name.
SEEN = "\0seen"


@dataclass(frozen=True)
class Response:
    """Which rows (sorted by arm) have an outcome, 0 or 1, how likely that was, and the logit that says so: design, weights and fit."""

    seen: Floats
    probability: Floats
    design: Floats
    weights: Floats
    fitted: Fit

    @property
    def stands_for(self) -> Floats:
        """How many rows like it each row stands for in what its outcome adds: none without outcome."""
        return np.asarray(self.seen / self.probability)

    def share(self, residual: Floats) -> Floats:
        """What estimating the logit adds to each row's influence, for what the residuals add to it (rows,).

        That is proportional to 1 / p, whose logarithm has derivative p - 1 to the logit's predictor (Stefanski & Boos 2002).
        """
        gradient = self.design.T @ (residual * (self.probability - 1.0))
        direction = np.linalg.solve(self.fitted.information[0], gradient)
        return np.asarray(self.weights * (self.seen - self.probability) * (self.design @ direction))


def parse_missing(missing: str, outcome: str) -> Formula:
    """The formula of having an outcome, which has no left-hand side and does not name the outcome."""
    left, tilde, terms = missing.partition("~") if isinstance(missing, str) else ("", "", "")
    if not tilde or left.strip():
        raise FormulaError("missing_formula", missing=missing)
    formula = parse(f"{SEEN} ~ {terms}")
    if outcome in formula.columns:
        raise FormulaError("missing_outcome", outcome=outcome, missing=missing)
    return formula


def read_response(frame: pd.DataFrame, outcome: str, formula: Formula, order: Integers, weights: Floats) -> Response:
    """The logit of having an outcome on all rows, sorted; weights (rows,) too.

    Raises
    ------
    OutcomeError
        If no outcome is missing, or all are.
    NoOverlapError
        If the covariates predict perfectly who has one.
    """
    seen = column_of(frame, outcome).notna().to_numpy(np.float64)[order]
    if seen.all() or not seen.any():
        raise OutcomeError("none_or_all_missing", name=outcome, what=Text("nothing" if seen.all() else "everything"))
    design = read_design(frame, formula, order).matrix
    fitted = fit(design, seen, weights[:, None], "logit", np.zeros((design.shape[1], 1, 1)))
    if not fitted.converged.all():
        raise NoOverlapError("no_response_overlap")
    return Response(seen, expit(design @ fitted.coefficients[:, 0, 0]), design, weights, fitted)
