"""One arm's months until leaving: a discrete-time hazard model, and what it implies for all rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from leerwerk.effects.design import Arms
from leerwerk.effects.errors import SeparationError
from leerwerk.effects.glm import FAMILIES, Floats, Integers, blocks, largest, maximise


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
    own, residual : array (rows of arm,), (rows of arm, periods)
        Which rows the model was fitted to, in order, and their weighted residuals.
    design, direction : array (rows, columns), (coefficients, months)
        All rows' covariates, and what a unit of score adds to the risk, times the number of rows.
    """

    rate: Floats
    baseline: Floats
    risk: Floats
    own: Integers
    residual: Floats
    design: Floats
    direction: Floats

    def influence(self, rows: slice) -> Floats:
        """Of some rows (rows, months): all of them would fill the memory."""
        values = -np.expm1(-np.outer(self.rate[rows], self.baseline)) - self.risk
        part = slice(*np.searchsorted(self.own, [rows.start, rows.stop]))
        own, residual, columns = self.own[part], self.residual[part], self.design.shape[1]
        # A row's covariates are the same in all its periods.
        values[own - rows.start] += (
            residual.sum(axis=1, keepdims=True) * (self.design[own] @ self.direction[:columns])
            + residual[:, 1:] @ self.direction[columns:]
        )
        return values


@dataclass(frozen=True)
class PersonPeriods:
    """The rows of one arm as its model sees them, once per period and once per event.

    What a row adds in each of its periods is made for a block of rows at a time; its covariates are the same in all of
    them, so that they are never repeated.
    """

    spells: Spells
    own: Integers

    @property
    def periods(self) -> int:
        """How many periods there are."""
        return int(self.spells.periods.max()) + 1

    def blocks(self) -> Iterator[slice]:
        """Slices of the rows of the arm."""
        return blocks(len(self.own), self.spells.design.shape[1] + self.periods)

    def by_period(self, part: slice, coefficients: Floats) -> tuple[Floats, Floats]:
        """Weighted residuals and curvatures of some rows of the arm (rows, periods)."""
        own, periods = self.own[part], self.periods
        design, columns = self.spells.design[own], self.spells.design.shape[1]
        row, period, survived, event = person_periods(
            self.spells.months[own], self.spells.event[own], self.spells.periods
        )
        level = np.concatenate([[0.0], coefficients[columns:]])
        predictors = (design @ coefficients[:columns])[row] + level[period]
        weights = np.where(event == 1, 1.0, survived)
        sums = np.zeros((2, len(own), periods))
        for found, values in zip(sums, FAMILIES["cloglog"](predictors[:, None, None], event), strict=True):
            counted = np.bincount(row * periods + period, weights * values[:, 0, 0], found.size)
            found[:] = counted.reshape(found.shape)
        return sums[0], sums[1]

    def derivatives(self, coefficients: Floats) -> tuple[Floats, Floats]:
        """Score and information, as `glm.derivatives` has them."""
        size, columns = len(coefficients), self.spells.design.shape[1]
        score, information = np.zeros(size), np.zeros((size, size))
        for part in self.blocks():
            residual, curvature = self.by_period(part, coefficients[:, 0, 0])
            design = self.spells.design[self.own[part]]
            score += np.concatenate([(design.T @ residual).sum(axis=1), residual[:, 1:].sum(axis=0)])
            information[:columns, :columns] += design.T @ (design * (curvature @ np.ones((self.periods, 1))))
            information[:columns, columns:] += design.T @ curvature[:, 1:]
            information[columns:, columns:] += np.diag(curvature[:, 1:].sum(axis=0))
        information[columns:, :columns] = information[:columns, columns:].T
        return score[None], information[None]


def arm_curve(spells: Spells, arms: Arms, code: int, wanted: Integers) -> Curve:
    """The hazard model of one arm."""
    own, design = np.flatnonzero(arms.codes == code), spells.design
    columns, happened = design.shape[1], spells.event[own] == 1
    if not happened.any():
        none = np.zeros(len(wanted))
        still = np.zeros((len(own), 1)), design, np.zeros((columns, len(wanted)))
        return Curve(np.zeros(len(design)), none, none, own, *still)
    rows = PersonPeriods(spells, own)
    counts = np.bincount(spells.periods[spells.months[own[happened]] - 1], minlength=rows.periods)
    if not counts.all():
        raise SeparationError("nobody_in_period", arm=arms.labels[code], period=counts.argmin() + 1)
    reach = np.concatenate([largest(design), np.ones(rows.periods - 1)])
    fitted = maximise(rows.derivatives, reach, np.zeros((len(reach), 1, 1)), "cloglog")
    if not fitted.converged.all():
        raise SeparationError("separated_leaving", arm=arms.labels[code])
    coefficients = fitted.coefficients[:, 0, 0]
    rate = np.exp(design @ coefficients[:columns])
    exposure = np.cumsum(spells.periods[:, None] == np.arange(rows.periods), axis=0)[wanted - 1]
    level = np.exp(np.concatenate([[0.0], coefficients[columns:]]))
    risk, gradient = average_risk(design, rate, exposure * level)
    direction = np.linalg.solve(fitted.information[0], gradient) * len(rate)
    residual = np.concatenate([rows.by_period(part, coefficients)[0] for part in rows.blocks()])
    return Curve(rate, exposure @ level, risk, own, residual, design, direction)


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
