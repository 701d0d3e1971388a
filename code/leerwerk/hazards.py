"""Discrete-time hazards within one arm, and everyone's risk under them, with influence functions."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from leerwerk.designs import Arms
from leerwerk.nuisance import FAMILIES, Fit, Floats, Integers, fit
from leerwerk.problems import SeparationError


@dataclass(frozen=True)
class Spells:
    """Time at risk: the covariates, months observed and whether the event ended them, in frame order."""

    design: Floats
    months: Integers
    event: Floats
    periods: Integers  # the period of each month, month 1 first


def arm_risks(spells: Spells, arms: Arms, code: int, wanted: Integers) -> tuple[Floats, Floats]:
    """Risks (months,) in one arm and their influence functions (rows, months)."""
    own = np.flatnonzero(arms.codes == code)
    pupil, period, survived, event = person_periods(spells.months[own], spells.event[own], spells.periods)
    periods = int(spells.periods.max()) + 1
    if missing := sorted(set(range(periods)) - set(period[event == 1].tolist())):
        raise SeparationError(
            f"In groep {arms.labels[code]!r} vertrekt niemand in periode {missing[0] + 1}: kies ruimere 'breaks'."
        )
    dummies = (period[:, None] == np.arange(1, periods)).astype(np.float64)
    design = np.concatenate([spells.design[own][pupil], dummies], axis=1)
    weights = np.where(event == 1, 1.0, survived)[:, None]
    fitted = fit(design, event, weights, "cloglog", np.zeros((design.shape[1], 1, 1)))
    if not fitted.converged.all():
        raise SeparationError(
            f"In groep {arms.labels[code]!r} voorspellen de kenmerken het vertrek perfect: laat een kenmerk weg."
        )
    risk, gradient = predicted_risk(spells, fitted, wanted)
    score = FAMILIES["cloglog"]((design @ fitted.coefficients[:, 0])[:, :, None], event)[0][:, 0]
    values = risk - risk.mean(axis=0)
    leverage = (score * weights) * (design @ np.linalg.solve(fitted.information[0], gradient))
    np.add.at(values, own[pupil], len(values) * leverage)
    return risk.mean(axis=0), values


def person_periods(months: Integers, event: Floats, periods: Integers) -> tuple[Integers, Integers, Floats, Floats]:
    """Rows (pupil, period, months survived, event): the person-months of a period together, the event apart.

    Months within a period share their predictor, so that a weight replaces the copies.
    """
    ends = np.searchsorted(periods, np.arange(int(periods.max()) + 1), side="right")
    starts = np.concatenate([[0], ends[:-1]])
    through = months - (event == 1)
    survived = np.clip(through[:, None], starts, ends) - starts
    pupil, period = np.nonzero(survived)
    leavers = np.flatnonzero(event == 1)
    return (
        np.concatenate([pupil, leavers]),
        np.concatenate([period, periods[months[leavers] - 1]]),
        np.concatenate([survived[pupil, period].astype(np.float64), np.zeros(leavers.size)]),
        np.concatenate([np.zeros(pupil.size), np.ones(leavers.size)]),
    )


def predicted_risk(spells: Spells, fitted: Fit, wanted: Integers) -> tuple[Floats, Floats]:
    """Everyone's risk (rows, months) under one arm's model, and its average's gradient (coefficients, months)."""
    columns = spells.design.shape[1]
    coefficients = fitted.coefficients[:, 0, 0]
    rate = np.exp(spells.design @ coefficients[:columns])
    level = np.exp(np.concatenate([[0.0], coefficients[columns:]]))
    exposure = np.cumsum(spells.periods[:, None] == np.arange(len(level)), axis=0)[wanted - 1]
    hazard = np.outer(rate, exposure @ level)
    survival = np.exp(-hazard)
    by_trait = spells.design.T @ (survival * hazard) / len(rate)
    by_period = (rate @ survival / len(rate)) * (exposure * level).T
    return -np.expm1(-hazard), np.concatenate([by_trait, by_period[1:]])
