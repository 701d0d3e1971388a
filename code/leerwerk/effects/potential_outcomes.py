"""Potential-outcome means and their influence functions, for any number of arms.

A mean has a target, whose covariates are averaged over (`None`: all rows; an arm: the rows in that arm), and an arm,
whose outcome is averaged. Rows are sorted by arm, so that an arm is a slice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from leerwerk.effects.glm import (
    FAMILIES,
    Fit,
    Floats,
    Integers,
    Link,
    fit,
    mean_response,
    mean_slope,
    probabilities,
    solve,
    unflatten,
)

Method = Literal["difference", "regression", "ipw", "aipw", "ipwra"]
Estimand = Literal["ate", "att"]
Pair = tuple[int | None, int]

MODELS_TREATMENT = ("ipw", "aipw", "ipwra")
MODELS_OUTCOME = ("regression", "aipw", "ipwra")


@dataclass(frozen=True)
class Specification:
    """Which estimator: method, estimand and the two links."""

    method: Method
    estimand: Estimand
    outcome_link: Link
    treatment_link: Link


@dataclass(frozen=True)
class Sample:
    """Rows sorted by arm: outcome, covariates of the outcome, drivers of the treatment, and each arm's first row."""

    outcome: Floats
    covariates: Floats
    drivers: Floats
    codes: Integers
    bounds: Integers

    def rows(self, arm: int | None) -> slice:
        """The rows of an arm, or all of them."""
        return slice(None) if arm is None else slice(int(self.bounds[arm]), int(self.bounds[arm + 1]))

    @property
    def arms(self) -> int:
        """How many arms there are."""
        return len(self.bounds) - 1


def pairs(arms: int, estimand: Estimand) -> list[Pair]:
    """The means an estimand needs: every arm's, for all rows (ATE) or for each arm but the reference (ATT)."""
    targets: list[int | None] = [None] if estimand == "ate" else list(range(1, arms))
    return [(target, arm) for target in targets for arm in range(arms)]


def fit_treatment(sample: Sample, link: Link, weights: Floats, start: Floats | None = None) -> Fit:
    """The treatment model; weights (rows, problems)."""
    if start is None:
        start = np.zeros((sample.drivers.shape[1], sample.arms - 1, 1))
    return fit(sample.drivers, sample.codes, weights, link, start)


def arm_probabilities(sample: Sample, link: Link, treatment: Fit) -> Floats:
    """Probabilities (rows, arms, problems)."""
    return probabilities(predictors(sample.drivers, treatment.coefficients), link)


def predictors(design: Floats, coefficients: Floats) -> Floats:
    """(rows, equations, problems) from coefficients (columns, equations, problems)."""
    columns = len(coefficients)
    return (design @ coefficients.reshape(columns, -1)).reshape(-1, *coefficients.shape[1:])


def relative_weights(sample: Sample, probability: Floats, pair: Pair) -> Floats:
    """What makes the rows of an arm stand for the target: 1/p(arm), or p(target)/p(arm); (rows of arm, problems)."""
    target, arm = pair
    own = probability[sample.rows(arm)]
    return 1.0 / own[:, arm] if target is None else own[:, target] / own[:, arm]


def fit_outcome(sample: Sample, link: Link, weights: Floats, arm: int, start: Floats | None = None) -> Fit:
    """The outcome model within one arm; weights (rows of arm, problems)."""
    rows = sample.rows(arm)
    if start is None:
        start = np.zeros((sample.covariates.shape[1], 1, 1))
    return fit(sample.covariates[rows], sample.outcome[rows], weights, link, start)


def fit_outcomes(
    sample: Sample,
    spec: Specification,
    weights: Floats,
    probability: Floats | None,
    start: dict[Pair, Floats] | None = None,
) -> dict[Pair, Fit]:
    """The outcome models that a method needs, weighted for each target with IPWRA, otherwise one per arm."""
    fits: dict[Pair, Fit] = {}
    for pair in pairs(sample.arms, spec.estimand):
        first = (pairs(sample.arms, spec.estimand)[0][0], pair[1])
        if spec.method != "ipwra" and first in fits:
            fits[pair] = fits[first]
            continue
        own = weights[sample.rows(pair[1])]
        if spec.method == "ipwra" and probability is not None:
            own = own * relative_weights(sample, probability, pair)
        warm = None if start is None else start[pair]
        fits[pair] = fit_outcome(sample, spec.outcome_link, own, pair[1], warm)
    return fits


def potential_mean(
    sample: Sample,
    spec: Specification,
    weights: Floats,
    probability: Floats | None,
    outcome: Fit | None,
    pair: Pair,
) -> Floats:
    """The mean outcome of an arm over a target, for each problem (Lunceford & Davidian 2004; Wooldridge 2007)."""
    aim, rows = sample.rows(pair[0]), sample.rows(pair[1])
    observed, own = sample.outcome[rows, None], weights[rows]
    if outcome is None:
        if probability is not None:
            own = own * relative_weights(sample, probability, pair)
        return np.asarray((own * observed).sum(axis=0) / own.sum(axis=0))
    predicted = mean_response(predictors(sample.covariates, outcome.coefficients)[:, 0], spec.outcome_link)
    total = (weights[aim] * predicted[aim]).sum(axis=0)
    if spec.method == "aipw" and probability is not None:
        own = own * relative_weights(sample, probability, pair)
        total += (own * (observed - predicted[rows])).sum(axis=0)
    return np.asarray(total / weights[aim].sum(axis=0))


def influence(
    sample: Sample,
    spec: Specification,
    treatment: Fit | None,
    probability: Floats | None,
    outcome: Fit | None,
    mean: float,
    pair: Pair,
) -> Floats:
    """Each row's influence on one mean, scaled so that their average is the estimation error (Stefanski & Boos 2002).

    Solves the stacked estimating equations of treatment model, outcome model and mean from the bottom up; they are
    block triangular, so every row needs only products with short vectors.
    """
    aim, rows = sample.rows(pair[0]), sample.rows(pair[1])
    omega = np.ones(len(sample.outcome[rows]))
    if probability is not None:
        omega = relative_weights(sample, probability, pair)[:, 0]
    values = np.zeros(len(sample.outcome))
    if outcome is None:
        exposed = omega * (sample.outcome[rows] - mean)
        values[rows] = exposed
        size = float(omega.sum())
    else:
        exposed = add_outcome_model(values, sample, spec, outcome, omega, mean, pair)
        size = float(len(values[aim]))
    if treatment is not None:
        values += treatment_share(sample, spec.treatment_link, treatment, exposed, pair)
    return values * (len(values) / size)


def add_outcome_model(
    values: Floats, sample: Sample, spec: Specification, outcome: Fit, omega: Floats, mean: float, pair: Pair
) -> Floats:
    """Add the mean's own equation and the outcome model's share; return what the weights multiply, per row of arm."""
    aim, rows = sample.rows(pair[0]), sample.rows(pair[1])
    predicted = mean_response(predictors(sample.covariates, outcome.coefficients)[:, 0, 0], spec.outcome_link)
    slope = mean_slope(predicted, spec.outcome_link)
    error = sample.outcome[rows] - predicted[rows]
    values[aim] += predicted[aim] - mean
    gradient = sample.covariates[aim].T @ slope[aim]
    if spec.method == "aipw":
        values[rows] += omega * error
        gradient = gradient - sample.covariates[rows].T @ (omega * slope[rows])
    leverage = sample.covariates[rows] @ np.linalg.solve(outcome.information[0], gradient)
    if spec.method == "ipwra":
        values[rows] += omega * error * leverage
        return np.asarray(omega * error * leverage)
    values[rows] += error * leverage
    return np.asarray(omega * error)


def treatment_share(sample: Sample, link: Link, treatment: Fit, exposed: Floats, pair: Pair) -> Floats:
    """What estimating the weights adds to each row's influence: the first-stage correction."""
    target, arm = pair
    rows = sample.rows(arm)
    own = predictors(sample.drivers[rows], treatment.coefficients)
    growth = -log_slope(own, link, arm)
    if target is not None:
        growth += log_slope(own, link, target)
    gradient = (sample.drivers[rows].T @ (exposed[:, None] * growth)).T.reshape(1, -1)
    direction = unflatten(solve(treatment.information, gradient), sample.drivers.shape[1])
    everyone = predictors(sample.drivers, treatment.coefficients)
    score = FAMILIES[link](everyone, sample.codes)[0][:, :, 0]
    return np.asarray((score * (sample.drivers @ direction[:, :, 0])).sum(axis=1))


def log_slope(predictor: Floats, link: Link, arm: int) -> Floats:
    """Derivative of log p(arm) to each equation's predictor (rows, equations): the score of a row in that arm."""
    return FAMILIES[link](predictor, np.full(len(predictor), arm))[0][:, :, 0]
