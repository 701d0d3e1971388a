"""One arm's months until leaving: a discrete-time hazard model, and what it implies for all rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from leerwerk.effects.design import Arms
from leerwerk.effects.errors import SeparationError
from leerwerk.effects.glm import FAMILIES, Floats, Integers, blocks, fit


@dataclass(frozen=True)
class Spells:
    """Time at risk: the covariates, months observed and whether the event ended them, in frame order."""

    design: Floats
    months: Integers
    event: Floats
    periods: Integers  # the period of each month, month 1 first


@dataclass(frozen=True)
class Curve:
    """One arm's model as it applies to all rows.

    Attributes
    ----------
    rate : array (rows,)
        Each row's hazard relative to the baseline.
    baseline : array (months,)
        Cumulative baseline hazard at each month reported.
    risk : array (months,)
        The average risk.
    own, score : array (rows of arm,), (rows of arm, coefficients)
        Which rows the model was fitted to, in order, and what each adds to its score.
    direction : array (coefficients, months)
        What a unit of score adds to the risk, times the number of rows.
    """

    rate: Floats
    baseline: Floats
    risk: Floats
    own: Integers
    score: Floats
    direction: Floats

    def influence(self, rows: slice) -> Floats:
        """Of some rows (rows, months): all of them would fill the memory."""
        values = -np.expm1(-np.outer(self.rate[rows], self.baseline)) - self.risk
        first, last = np.searchsorted(self.own, [rows.start, rows.stop])
        values[self.own[first:last] - rows.start] += self.score[first:last] @ self.direction
        return values


def arm_curve(spells: Spells, arms: Arms, code: int, wanted: Integers) -> Curve:
    """The hazard model of one arm."""
    own = np.flatnonzero(arms.codes == code)
    columns, periods = spells.design.shape[1], int(spells.periods.max()) + 1
    if not spells.event[own].any():
        none = np.zeros(len(wanted))
        return Curve(np.zeros(len(spells.design)), none, none, own, np.zeros((len(own), 0)), np.zeros((0, len(wanted))))
    row, period, survived, event = person_periods(spells.months[own], spells.event[own], spells.periods)
    if missing := sorted(set(range(periods)) - set(period[event == 1].tolist())):
        raise SeparationError("nobody_in_period", arm=arms.labels[code], period=missing[0] + 1)
    dummies = (period[:, None] == np.arange(1, periods)).astype(np.float64)
    design = np.concatenate([spells.design[own][row], dummies], axis=1)
    weights = np.where(event == 1, 1.0, survived)[:, None]
    fitted = fit(design, event, weights, "cloglog", np.zeros((design.shape[1], 1, 1)))
    if not fitted.converged.all():
        raise SeparationError("separated_leaving", arm=arms.labels[code])
    residual = weights * FAMILIES["cloglog"]((design @ fitted.coefficients[:, 0])[:, :, None], event)[0][:, 0]
    # A row's covariates are the same in all its periods.
    by_period = np.zeros((len(own), periods))
    np.add.at(by_period, (row, period), residual[:, 0])
    score = np.concatenate([spells.design[own] * by_period.sum(axis=1, keepdims=True), by_period[:, 1:]], axis=1)
    coefficients = fitted.coefficients[:, 0, 0]
    rate = np.exp(spells.design @ coefficients[:columns])
    exposure = np.cumsum(spells.periods[:, None] == np.arange(periods), axis=0)[wanted - 1]
    level = np.exp(np.concatenate([[0.0], coefficients[columns:]]))
    risk, gradient = average_risk(spells.design, rate, exposure * level)
    direction = np.linalg.solve(fitted.information[0], gradient) * len(rate)
    return Curve(rate, exposure @ level, risk, own, score, direction)


def person_periods(months: Integers, event: Floats, periods: Integers) -> tuple[Integers, Integers, Floats, Floats]:
    """Rows (row, period, months survived, event): the person-months of a period together, the event apart.

    Months within a period share their predictor, so that a weight replaces the copies.
    """
    ends = np.searchsorted(periods, np.arange(int(periods.max()) + 1), side="right")
    starts = np.concatenate([[0], ends[:-1]])
    through = months - (event == 1)
    survived = np.clip(through[:, None], starts, ends) - starts
    row, period = np.nonzero(survived)
    ended = np.flatnonzero(event == 1)
    return (
        np.concatenate([row, ended]),
        np.concatenate([period, periods[months[ended] - 1]]),
        np.concatenate([survived[row, period].astype(np.float64), np.zeros(ended.size)]),
        np.concatenate([np.zeros(row.size), np.ones(ended.size)]),
    )


def average_risk(design: Floats, rate: Floats, baseline: Floats) -> tuple[Floats, Floats]:
    """Everyone's average risk (months,) and its gradient (coefficients, months); baseline (months, periods)."""
    cumulative = baseline.sum(axis=1)
    risk, by_trait, by_rate = (
        np.zeros(len(cumulative)),
        np.zeros((design.shape[1], len(cumulative))),
        np.zeros(len(cumulative)),
    )
    for rows in blocks(len(rate), len(cumulative)):
        hazard = np.outer(rate[rows], cumulative)
        survival = np.exp(-hazard)
        risk -= np.expm1(-hazard).sum(axis=0)
        by_trait += design[rows].T @ (survival * hazard)
        by_rate += rate[rows] @ survival
    gradient = np.concatenate([by_trait, (by_rate * baseline.T)[1:]])
    return risk / len(rate), gradient / len(rate)


def curve_covariance(curves: Sequence[Curve], rows: int, clusters: Integers | None) -> Floats:
    """Covariance of all risks, as `inference.covariance` has it, a block of rows at a time."""
    from scipy.sparse import csr_array

    size = sum(len(curve.risk) for curve in curves)
    count = 0 if clusters is None else int(clusters.max()) + 1
    total, sums = np.zeros((size, size)), np.zeros((count, size))
    for part in blocks(rows, size):
        values = np.concatenate([curve.influence(part) for curve in curves], axis=1)
        if clusters is None:
            total += values.T @ values
        else:
            own = clusters[part]
            sums += csr_array((np.ones(len(own)), (own, np.arange(len(own)))), shape=(count, len(own))) @ values
    return total / rows**2 if clusters is None else sums.T @ sums * (count / (count - 1) / rows**2)
