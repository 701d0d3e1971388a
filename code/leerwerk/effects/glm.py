"""Nuisance models (logit, multinomial logit, probit, linear) by Newton's method, for many weightings at once.

A column of the weight matrix is one estimation problem: a single column of ones for the sample itself, one column of
cluster counts per bootstrap replicate. All columns share the design, so that the work is matrix products.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.intp]
Link = Literal["logit", "probit", "linear", "cloglog"]
# (rows, equations, problems) predictors and (rows,) responses -> score and curvature per row; the curvature holds
# the upper triangle over equations.
Family = Callable[[Floats, NDArray[np.generic]], tuple[Floats, Floats]]

MAX_ITERATIONS = 30
# Newton's error after a step is of the order of the step squared, hence far below what any referee can see.
SMALLEST_STEP = 1e-8
# In units of the predictor: a longer step leaves the region where the curvature says anything.
LONGEST_STEP = 10.0
ELEMENTS_PER_BLOCK = 2**16
# Up to here a matrix product for each weight costs less than forming the products of all pairs of columns.
FEW_WEIGHTS = 6


@dataclass(frozen=True)
class Fit:
    """Coefficients (columns, equations, problems), information (problems, k, k), and which problems converged."""

    coefficients: Floats
    information: Floats
    converged: NDArray[np.bool_]


def blocks(rows: int, width: int) -> Iterator[slice]:
    """Slices of rows, small enough that what is computed on one stays in the processor's cache."""
    size = max(64, ELEMENTS_PER_BLOCK // width)
    return (slice(start, min(start + size, rows)) for start in range(0, rows, size))


def expit(predictors: Floats) -> Floats:
    """1 / (1 + exp(-x)), with all its digits in the lower tail: weights divide by it."""
    result = np.negative(predictors)
    with np.errstate(over="ignore"):
        np.exp(result, out=result)
    result += 1.0
    np.reciprocal(result, out=result)
    return result


def softmax(predictors: Floats) -> Floats:
    """Probabilities of all categories (rows, equations + 1, problems); the reference's predictor is zero."""
    top = np.maximum(predictors.max(axis=1, keepdims=True), 0.0)
    raised = np.exp(np.concatenate([-top, predictors - top], axis=1))
    result: Floats = raised / raised.sum(axis=1, keepdims=True)
    return result


def logit(predictors: Floats, categories: NDArray[np.generic]) -> tuple[Floats, Floats]:
    """Score and curvature of the logit, for 0/1 and, with more equations, for categories 0..equations."""
    if predictors.shape[1] > 1:
        return multinomial(predictors, categories)
    probability = expit(predictors)
    curvature = 1.0 - probability
    curvature *= probability
    np.subtract(categories[:, None, None], probability, out=probability)
    return probability, curvature


def multinomial(predictors: Floats, categories: NDArray[np.generic]) -> tuple[Floats, Floats]:
    """Score and curvature of the multinomial logit; the curvature is that of a multinomial count."""
    probability = softmax(predictors)[:, 1:]
    upper, right = np.triu_indices(predictors.shape[1])
    curvature = -probability[:, upper] * probability[:, right]
    curvature[:, upper == right] += probability
    own = categories[:, None] == np.arange(1, predictors.shape[1] + 1)
    return own[:, :, None] - probability, curvature


def probit(predictors: Floats, categories: NDArray[np.generic]) -> tuple[Floats, Floats]:
    """Score and observed curvature of the probit, through log Phi so that far tails keep their digits."""
    from scipy.special import log_ndtr

    sign = np.where(categories[:, None, None] == 1, 1.0, -1.0)
    signed = sign * predictors
    mills = sign * np.exp(-(signed**2) / 2 - log_ndtr(signed) - np.log(2 * np.pi) / 2)
    return mills, mills * (mills + predictors)


def linear(predictors: Floats, outcome: NDArray[np.generic]) -> tuple[Floats, Floats]:
    """Score and curvature of least squares."""
    return outcome.astype(np.float64)[:, None, None] - predictors, np.ones_like(predictors)


def cloglog(predictors: Floats, outcome: NDArray[np.generic]) -> tuple[Floats, Floats]:
    """Score and observed curvature of the complementary log-log; outcomes are 0 or 1."""
    # Beyond these bounds the exponential under- or overflows, far outside any hazard.
    rate = np.exp(np.clip(predictors, -700.0, 30.0))
    event = rate * np.exp(-rate) / -np.expm1(-rate)
    happened = outcome[:, None, None] == 1
    return np.where(happened, event, -rate), np.where(happened, event * (event + rate - 1.0), rate)


FAMILIES: dict[str, Family] = {"logit": logit, "probit": probit, "linear": linear, "cloglog": cloglog}


def derivatives(
    design: Floats, response: NDArray[np.generic], weights: Floats, family: Family, coefficients: Floats
) -> tuple[Floats, Floats]:
    """Score (problems, k) and information (problems, k, k) of each problem; k runs over equations, then columns.

    One set of coefficients may serve all problems (a last axis of 1).
    """
    columns, equations, sets = coefficients.shape
    problems = weights.shape[1]
    triangle = equations * (equations + 1) // 2
    score = np.zeros((columns, equations * problems))
    packed = np.zeros((columns * (columns + 1) // 2, triangle * problems))
    for rows in blocks(len(design), max(columns, equations * problems)):
        part, weight = design[rows], weights[rows, None, :]
        predictors = (part @ coefficients.reshape(columns, -1)).reshape(-1, equations, sets)
        residual, curvature = family(predictors, response[rows])
        score += part.T @ scale(residual, weight).reshape(len(part), -1)
        packed += cross_products(part, scale(curvature, weight).reshape(len(part), -1))
    return (
        flatten(score.reshape(columns, equations, problems)),
        unpack(packed.reshape(-1, triangle, problems), columns, equations),
    )


def cross_products(part: Floats, weights: Floats) -> Floats:
    """Upper triangles of part' diag(w) part, one column per column of weights (rows, weights)."""
    left, right = upper_triangle(part.shape[1])
    if weights.shape[1] > FEW_WEIGHTS:
        return np.asarray((part[:, left] * part[:, right]).T @ weights)
    return np.stack([(part.T @ (part * column[:, None]))[left, right] for column in weights.T], axis=1)


@cache
def upper_triangle(size: int) -> tuple[Integers, Integers]:
    """Rows and columns of a packed upper triangle; every block of rows asks again."""
    return np.triu_indices(size)


def scale(values: Floats, weight: Floats) -> Floats:
    """Weigh values, in their own memory where the weights do not add problems."""
    return np.multiply(values, weight, out=values if values.shape[2] == weight.shape[2] else None)


def flatten(coefficients: Floats) -> Floats:
    """(columns, equations, problems) as (problems, equations x columns)."""
    return coefficients.transpose(2, 1, 0).reshape(coefficients.shape[2], -1)


def unflatten(values: Floats, columns: int) -> Floats:
    """The inverse of `flatten`."""
    return values.reshape(len(values), -1, columns).transpose(2, 1, 0)


def unpack(packed: Floats, columns: int, equations: int) -> Floats:
    """Upper triangles (column pairs, equation pairs, problems) as full symmetric matrices."""
    pair, block = triangle_index(columns), triangle_index(equations)
    full = packed[pair][:, :, block].transpose(4, 2, 0, 3, 1)
    size = columns * equations
    return full.reshape(-1, size, size)


def triangle_index(size: int) -> Integers:
    """Where each element of a symmetric matrix sits in its packed upper triangle."""
    index = np.zeros((size, size), dtype=np.intp)
    index[np.triu_indices(size)] = np.arange(size * (size + 1) // 2)
    return np.maximum(index, index.T)


def solve(information: Floats, score: Floats) -> Floats:
    """Newton steps (problems, k); not a number where a problem carries no information."""
    try:
        return np.asarray(np.linalg.solve(information, score[:, :, None])[:, :, 0])
    except np.linalg.LinAlgError:
        if len(information) == 1:
            return np.full_like(score, np.nan)
        pairs = zip(information, score, strict=True)
        return np.concatenate([solve(matrix[None], right[None]) for matrix, right in pairs])


def fit(design: Floats, response: NDArray[np.generic], weights: Floats, link: Link, start: Floats) -> Fit:
    """Maximise the weighted likelihood of every problem from `start` (columns, equations, 1 or problems)."""
    place = np.repeat(start, weights.shape[1] // start.shape[2], axis=2)
    return maximise(partial(derivatives, design, response, weights, FAMILIES[link]), largest(design), place, link)


def maximise(derive: Callable[[Floats], tuple[Floats, Floats]], reach: Floats, start: Floats, link: Link) -> Fit:
    """Newton's method from `start` (columns, equations, problems); `derive` gives the score and the information at a place.

    Steps are cut to a length, which is what keeps Newton's method on a concave likelihood from running away. A
    separated problem keeps moving by about one unit of the predictor per step, so that it never counts as converged;
    the number of steps keeps its probabilities away from one, where rounding would hide the movement. `reach` (columns,)
    is the largest absolute value that a column has.
    """
    place, columns = flatten(start), len(start)
    moving = np.ones(len(place), dtype=bool)
    for _ in range(MAX_ITERATIONS):
        score, information = derive(unflatten(place, columns))
        step = solve(information, score)
        size = movement(step, reach)
        if link != "linear":
            step *= (LONGEST_STEP / np.maximum(size, LONGEST_STEP))[:, None]
        place = np.where(moving[:, None], place + step, place)
        # Least squares are solved in one step, whatever the unit; a step of the others is told small by its length.
        settled = np.isfinite(size) if link == "linear" else size < SMALLEST_STEP
        # What has converged stays put, whatever the other problems of its batch still need.
        moving &= ~settled
        if not np.any(moving & ~np.isnan(size)):
            break
    return Fit(unflatten(place, columns), information, ~moving)


def largest(design: Floats) -> Floats:
    """The largest absolute value in each column; no second array of the design's size is made."""
    sizes = [np.abs(design[rows]).max(axis=0) for rows in blocks(len(design), design.shape[1])]
    return np.max(sizes, axis=0, initial=0.0)


def movement(steps: Floats, reach: Floats) -> Floats:
    """How far each problem's step (problems, k) can move any row's predictor."""
    return np.asarray((np.abs(steps).reshape(len(steps), -1, len(reach)) * reach).sum(axis=2).max(axis=1))


def mean_response(predictors: Floats, link: Link) -> Floats:
    """The mean that a predictor of an outcome stands for."""
    return expit(predictors) if link == "logit" else predictors


def mean_slope(mean: Floats, link: Link) -> Floats:
    """The derivative of that mean to its predictor."""
    return mean * (1.0 - mean) if link == "logit" else np.ones_like(mean)


def probabilities(predictors: Floats, link: Link) -> Floats:
    """The probability of every arm (rows, arms, problems) from the predictors of all but the reference."""
    if link == "probit":
        from scipy.special import ndtr

        return np.concatenate([ndtr(-predictors), ndtr(predictors)], axis=1)
    return softmax(predictors) if predictors.shape[1] > 1 else two_probabilities(predictors)


def two_probabilities(predictors: Floats) -> Floats:
    """Probabilities of 0 and 1 from one exponential, each with all its digits."""
    result = np.empty((len(predictors), 2, predictors.shape[2]))
    without, treated = result[:, :1], result[:, 1:]
    # Beyond 700 the exponential overflows; the probability is zero in every digit long before.
    np.minimum(np.negative(predictors, out=without), 700.0, out=without)
    np.exp(without, out=without)
    np.reciprocal(np.add(without, 1.0, out=treated), out=treated)
    without *= treated
    return result
