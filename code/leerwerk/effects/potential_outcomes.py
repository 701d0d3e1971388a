"""Potential-outcome means and their influence functions, for any number of arms.

A mean has a target, whose covariates are averaged over (`None`: all rows; an arm: the rows in that arm; `OVERLAP`: all rows, the more
so the likelier each arm was), and an arm, whose outcome is averaged. Rows are sorted by arm, so that an arm is a slice.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
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
Estimand = Literal["ate", "att", "atc", "ato"]
Pair = tuple[int | None, int]
OVERLAP = -1

MODELS_TREATMENT = ("ipw", "aipw", "ipwra")
MODELS_OUTCOME = ("regression", "aipw", "ipwra")


@dataclass(frozen=True)
class Specification:
    """Which estimator: method, estimand, the two links, and whether all arms share one outcome model."""

    method: Method
    estimand: Estimand
    outcome_link: Link
    treatment_link: Link
    common: bool = False


@dataclass(frozen=True)
class Sample:
    """Rows sorted by arm: outcome, covariates of the outcome, drivers of the treatment, each arm's first row, and for how many
    rows each stands where outcomes are missing."""

    outcome: Floats
    covariates: Floats
    drivers: Floats
    codes: Integers
    bounds: Integers
    stands_for: Floats | None = None

    def counted(self, weights: Floats, rows: slice) -> Floats:
        """Weights (rows, problems) of rows where their outcome counts."""
        return weights[rows] if self.stands_for is None else weights[rows] * self.stands_for[rows, None]

    def rows(self, target: int | None) -> slice:
        """The rows of an arm, or all of them."""
        if target is None or target == OVERLAP:
            return slice(None)
        return slice(int(self.bounds[target]), int(self.bounds[target + 1]))

    @property
    def arms(self) -> int:
        """How many arms there are."""
        return len(self.bounds) - 1


@dataclass(frozen=True)
class Residuals:
    """The residuals of one arm as they enter a mean, one row per row of the arm.

    Attributes
    ----------
    error, reach : array (rows,)
        Outcome minus model, and what a unit of it adds to the mean times the number of rows of the frame.
    design, fitted, slope, information
        Of the model: columns, weights, derivative of the mean to the predictor, and the weighted cross product.
    """

    error: Floats
    reach: Floats
    design: Floats
    fitted: Floats
    slope: Floats
    information: Floats


def target_of(estimand: Estimand, arm: int) -> int | None:
    """Whose covariates the effect of an arm is averaged over."""
    return {"ate": None, "att": arm, "atc": 0, "ato": OVERLAP}[estimand]


def pairs(arms: int, estimand: Estimand) -> list[Pair]:
    """The means an estimand needs: every arm's, for one target, or with the ATT for each arm but the reference."""
    targets = dict.fromkeys(target_of(estimand, arm) for arm in range(1, arms))
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
    """What makes the rows of an arm stand for the target: `tilt` over p(arm); (rows of arm, problems)."""
    own = probability[sample.rows(pair[1])]
    return np.asarray(tilt(own, pair[0]) / own[:, pair[1]])


def tilt(probability: Floats, target: int | None) -> Floats:
    """How much each row (rows, arms, problems) belongs to a target: 1, p(target), or what all arms have in common.

    The last is 1 / sum of 1 / p: with two arms p (1 - p) (Li, Morgan & Zaslavsky 2018; Li & Li 2019).
    """
    if target == OVERLAP:
        return np.asarray(1.0 / (1.0 / probability).sum(axis=1))
    return np.ones_like(probability[:, 0]) if target is None else probability[:, target]


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
        own = sample.counted(weights, sample.rows(pair[1]))
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
    observed, own = sample.outcome[rows, None], sample.counted(weights, rows)
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
    weights: Floats,
    treatment: Fit | None,
    probability: Floats | None,
    outcome: Fit | None,
    mean: float,
    pair: Pair,
) -> tuple[Floats, Residuals]:
    """Each row's influence on one mean, scaled so that their average is the estimation error (Stefanski & Boos 2002).

    Solves the stacked estimating equations of treatment model, outcome model and mean from the bottom up; they are
    block triangular, so every row needs only products with short vectors.
    """
    rows = sample.rows(pair[1])
    own = sample.counted(weights, rows)[:, 0]
    omega = own
    if probability is not None:
        omega = own * relative_weights(sample, probability, pair)[:, 0]
    values = np.zeros(len(sample.outcome))
    if outcome is None:
        error, size = sample.outcome[rows] - mean, float(omega.sum())
        flat = np.ones_like(omega)
        found = Residuals(error, omega, flat[:, None], omega, flat, np.array([[size]]))
        exposed = omega * error
    else:
        size = float(weights[sample.rows(pair[0])].sum())
        found, exposed = through_model(values, sample, spec, weights[:, 0], outcome, (own, omega), mean, pair)
    values[rows] += found.reach * found.error
    if treatment is not None:
        values += weights[:, 0] * treatment_share(sample, spec.treatment_link, treatment, probability, exposed, pair)
    scale = len(values) / size
    return values * scale, replace(found, reach=found.reach * scale)


def through_model(
    values: Floats,
    sample: Sample,
    spec: Specification,
    weights: Floats,
    outcome: Fit,
    arm_weights: tuple[Floats, Floats],
    mean: float,
    pair: Pair,
) -> tuple[Residuals, Floats]:
    """The outcome model's residuals, and what its arm's weights multiply; adds the mean's own equation to `values`.

    The arm's weights (rows of arm,) are those of its rows, and those that make them stand for the target.
    """
    own, omega = arm_weights
    aim, rows = sample.rows(pair[0]), sample.rows(pair[1])
    predicted = mean_response(predictors(sample.covariates, outcome.coefficients)[:, 0, 0], spec.outcome_link)
    slope = mean_slope(predicted, spec.outcome_link)
    error = sample.outcome[rows] - predicted[rows]
    values[aim] += weights[aim] * (predicted[aim] - mean)
    gradient = sample.covariates[aim].T @ (weights[aim] * slope[aim])
    if spec.method == "aipw":
        gradient = gradient - sample.covariates[rows].T @ (omega * slope[rows])
    fitted = omega if spec.method == "ipwra" else own
    reach = fitted * (sample.covariates[rows] @ np.linalg.solve(outcome.information[0], gradient))
    exposed = reach * error
    if spec.method == "aipw":
        reach, exposed = reach + omega, omega * error
    return Residuals(error, reach, sample.covariates[rows], fitted, slope[rows], outcome.information[0]), exposed


def treatment_share(
    sample: Sample, link: Link, treatment: Fit, probability: Floats | None, exposed: Floats, pair: Pair
) -> Floats:
    """What estimating the weights adds to each row's influence: the first-stage correction."""
    target, arm = pair
    rows = sample.rows(arm)
    own = predictors(sample.drivers[rows], treatment.coefficients)
    growth = -log_slope(own, link, arm)
    if target == OVERLAP:
        assert probability is not None
        chance = probability[rows, :, 0]
        common = tilt(probability[rows], OVERLAP)
        for other in range(sample.arms):
            growth += common / chance[:, [other]] * log_slope(own, link, other)
    elif target is not None:
        growth += log_slope(own, link, target)
    gradient = (sample.drivers[rows].T @ (exposed[:, None] * growth)).T.reshape(1, -1)
    direction = unflatten(solve(treatment.information, gradient), sample.drivers.shape[1])
    everyone = predictors(sample.drivers, treatment.coefficients)
    score = FAMILIES[link](everyone, sample.codes)[0][:, :, 0]
    return np.asarray((score * (sample.drivers @ direction[:, :, 0])).sum(axis=1))


def log_slope(predictor: Floats, link: Link, arm: int) -> Floats:
    """Derivative of log p(arm) to each equation's predictor (rows, equations): the score of a row in that arm."""
    return FAMILIES[link](predictor, np.full(len(predictor), arm))[0][:, :, 0]
