"""Months until leaving: cumulative risks standardised over the rows' traits, from discrete-time hazards within each arm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from leerwerk.effects.design import Arms, Formula, parse, read_arms, read_clusters, read_design, read_outcome, require
from leerwerk.effects.diagnostics import announce, cluster_warnings
from leerwerk.effects.errors import FormulaError, OptionError, OutcomeError, SeparationError
from leerwerk.effects.glm import FAMILIES, Fit, Floats, Integers, fit
from leerwerk.effects.inference import covariance, critical_value, interval_columns
from leerwerk.effects.sample import check_level


@dataclass(frozen=True)
class Risks:
    """Standardised cumulative risks by arm and month.

    Attributes
    ----------
    table : DataFrame
        One row per arm and month (index `arm`, `month`): risk (share, 0 to 1), std_error, lower, upper. The interval
        is symmetric for log(-log(1 - risk)), hence inside 0 and 1.
    differences : DataFrame
        One row per arm but the reference and month: estimate, std_error, lower, upper, p_value.
    influence : array (rows, arms x months)
        Each row's influence on each risk, arm by arm; their average is the estimation error.
    warnings : tuple of str
        What the reader must know, in Dutch.
    """

    table: pd.DataFrame
    differences: pd.DataFrame
    influence: Floats
    warnings: tuple[str, ...]


def read_times(column: pd.Series) -> Floats:
    """Positive times."""
    times = read_outcome(column, binary=False)
    if not (times > 0).all():
        raise OutcomeError(f"Kolom {column.name!r} heeft duren die niet positief zijn: tel vanaf maand 1.")
    return times


def loglog_interval(survival: Floats, error: Floats, critical: float) -> tuple[Floats, Floats]:
    """Interval for a survival share on the scale of log(-log), which keeps it between 0 and 1."""
    hazard = -np.log(survival)
    factor = np.exp(critical * error / (survival * hazard))
    return np.exp(-hazard * factor), np.exp(-hazard / factor)


def standardised_risks(
    frame: pd.DataFrame,
    *,
    outcome: str,
    event: str,
    arm: str,
    breaks: Sequence[int] = (),
    months: Sequence[int] | None = None,
    cluster: str | None = None,
    level: float = 0.95,
) -> Risks:
    """Cumulative risk by month if everyone had been in each arm.

    In each arm, a discrete-time hazard model with complementary log-log link on person-months (Prentice & Gloeckler
    1978; Allison 1982), the baseline constant within periods; then the average over all rows of the risk that their
    traits imply.

    Parameters
    ----------
    frame : DataFrame
        One row per unit.
    outcome : str
        Formula `months ~ covariates`: whole months observed, from 1; at risk in each of them.
    event : str
        Column: whether the event ended the last month (0/1 or bool), otherwise the unit was still at risk.
    arm : str
        Column with the arm; the reference as in `leerwerk.effects.average_effect`.
    breaks : sequence of int
        Last month of each period but the last, increasing. Empty: one constant hazard.
    months : sequence of int, optional
        Months to report; by default every month up to the last that was observed in all arms.
    cluster : str, optional
        Column with clusters.
    level : float
        Coverage of the intervals.

    Returns
    -------
    Risks

    Raises
    ------
    EffectsError
        As `average_effect` does; `SeparationError` when no event falls in some arm and period.

    Notes
    -----
    Standard errors stack the hazard models and the averages (Stefanski & Boos 2002), with the observed information;
    clusters as in `average_effect`.
    """
    check_level(level)
    formula = parse(outcome)
    require(frame, [formula.response, *formula.columns, event, arm], cluster)
    arms = read_arms(frame[arm])
    spells = read_spells(frame, formula, event, breaks)
    wanted = read_months(months, spells, arms)
    clusters = read_clusters(frame[cluster], arms) if cluster else None
    parts = [arm_risks(spells, arms, code, wanted) for code in range(len(arms.labels))]
    risks = np.concatenate([risk for risk, _ in parts])
    influence = np.concatenate([rows for _, rows in parts], axis=1)
    count = None if clusters is None else int(clusters.max()) + 1
    spread = covariance(influence, clusters)
    return Risks(
        table=risk_table(risks, spread, arms, wanted, critical_value(level, count)),
        differences=difference_table(risks, spread, arms, wanted, level, count),
        influence=influence,
        warnings=announce(cluster_warnings(arms, clusters), stacklevel=3),
    )


def read_spells(frame: pd.DataFrame, formula: Formula, event: str, breaks: Sequence[int]) -> Spells:
    """Covariates, months and events, with the period of each month."""
    months = read_times(frame[formula.response])
    if not (months == np.floor(months)).all():
        raise OutcomeError(f"Kolom {formula.response!r} telt geen hele maanden: rond naar boven af.")
    last = int(months.max())
    if list(breaks) != sorted(set(breaks)) or any(not 0 < month < last for month in breaks):
        raise OptionError(f"breaks={tuple(breaks)} moet stijgen en tussen maand 0 en {last} liggen.")
    design = read_design(frame, formula, np.arange(len(frame)))
    if "Intercept" not in design.names:
        raise FormulaError(
            f"De termen {formula.terms.strip()!r} laten het niveau van de eerste periode weg: schrijf ze zonder '- 1' of '0'."
        )
    return Spells(
        design=design.matrix,
        months=months.astype(np.intp),
        event=read_outcome(frame[event], binary=True),
        periods=np.searchsorted(np.asarray(breaks, dtype=float), np.arange(1, last + 1)),
    )


def read_months(months: Sequence[int] | None, spells: Spells, arms: Arms) -> Integers:
    """Months to report: whole, and observed in every arm."""
    last = min(int(spells.months[arms.codes == code].max()) for code in range(len(arms.labels)))
    wanted = np.arange(1, last + 1) if months is None else np.asarray(months, dtype=np.intp)
    if not len(wanted) or wanted.min() < 1 or wanted.max() > last:
        raise OptionError(f"Kies maanden van 1 tot {last}: verder is niet elke groep gevolgd.")
    return wanted


def month_index(labels: Sequence[Any], months: Integers) -> pd.MultiIndex:
    """Arm and month."""
    return pd.MultiIndex.from_product([list(labels), months.tolist()], names=["arm", "month"])


def risk_table(risks: Floats, spread: Floats, arms: Arms, months: Integers, critical: float) -> pd.DataFrame:
    """Risks with intervals."""
    error = np.sqrt(np.diag(spread))
    lower, upper = loglog_interval(1 - risks, error, critical)
    columns = {"risk": risks, "std_error": error, "lower": 1 - upper, "upper": 1 - lower}
    return pd.DataFrame(columns, index=month_index(arms.labels, months))


def difference_table(
    risks: Floats, spread: Floats, arms: Arms, months: Integers, level: float, clusters: int | None
) -> pd.DataFrame:
    """Each arm's risks minus the reference's."""
    size = len(months)
    own, reference = np.arange(size, len(risks)), np.tile(np.arange(size), len(arms.labels) - 1)
    variance = spread[own, own] + spread[reference, reference] - 2 * spread[own, reference]
    columns = interval_columns(risks[own] - risks[reference], variance, level, clusters)
    return pd.DataFrame(columns, index=month_index(arms.labels[1:], months))


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
    row, period, survived, event = person_periods(spells.months[own], spells.event[own], spells.periods)
    periods = int(spells.periods.max()) + 1
    if missing := sorted(set(range(periods)) - set(period[event == 1].tolist())):
        raise SeparationError(
            f"In groep {arms.labels[code]!r} vertrekt niemand in periode {missing[0] + 1}: kies ruimere 'breaks'."
        )
    dummies = (period[:, None] == np.arange(1, periods)).astype(np.float64)
    design = np.concatenate([spells.design[own][row], dummies], axis=1)
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
    np.add.at(values, own[row], len(values) * leverage)
    return risk.mean(axis=0), values


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
