"""Months until leaving: cumulative risks standardised over the rows' traits, from discrete-time hazards within each arm."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from leerwerk.effects.design import (
    Arms,
    Design,
    Formula,
    parse,
    read_arms,
    read_clusters,
    read_design,
    read_outcome,
    require,
)
from leerwerk.effects.diagnostics import announce, cluster_warnings
from leerwerk.effects.errors import (
    ConstantOutcomeWarning,
    EffectsWarning,
    FormulaError,
    OptionError,
    OutcomeError,
    SeparationError,
)
from leerwerk.effects.glm import Floats, Integers
from leerwerk.effects.hazard import Curve, Spells, arm_curve, curve_covariance
from leerwerk.effects.inference import cluster_degrees, critical_value, interval_columns
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
    curves : tuple of Curve
        The arms' models.
    warnings : tuple of str
        What the reader must know.
    """

    table: pd.DataFrame
    differences: pd.DataFrame
    curves: tuple[Curve, ...]
    warnings: tuple[str, ...]

    @property
    def influence(self) -> Floats:
        """Each row's influence on each risk (rows, arms x months), arm by arm; their average is the estimation error."""
        return np.concatenate([curve.influence(slice(0, len(curve.rate))) for curve in self.curves], axis=1)


def read_times(column: pd.Series) -> Floats:
    """Positive times."""
    times = read_outcome(column, binary=False)
    if not (times > 0).all():
        raise OutcomeError("duration", name=column.name)
    return times


def loglog_interval(survival: Floats, error: Floats, critical: Floats) -> tuple[Floats, Floats]:
    """Interval for a survival share on the scale of log(-log), which keeps it between 0 and 1."""
    hazard = -np.log(survival)
    # Where nobody left the interval is unknown, and said to be.
    with np.errstate(divide="ignore", invalid="ignore"):
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
        As `average_effect` does; `SeparationError` when no event falls in some period of an arm that has events.

    Notes
    -----
    Standard errors stack the hazard models and the averages (Stefanski & Boos 2002), with the observed information;
    clusters by the plain sandwich and Student's t with one degree of freedom less than clusters. Nothing is corrected for small
    samples.
    """
    check_level(level)
    formula = parse(outcome)
    require(frame, [formula.response, *formula.columns, event, arm], cluster)
    arms = read_arms(frame[arm])
    spells = read_spells(frame, formula, event, breaks)
    wanted = read_months(months, spells, arms)
    clusters = None if cluster is None else read_clusters(frame[cluster], arms)
    if not spells.event.any():
        raise SeparationError("no_event", name=event)
    curves = tuple(arm_curve(spells, arms, code, wanted) for code in range(len(arms.labels)))
    risks = np.concatenate([curve.risk for curve in curves])
    spread = curve_covariance(curves, len(frame), clusters)
    degrees = cluster_degrees(clusters)
    warnings = [nobody_left(arms.labels[code]) for code, curve in enumerate(curves) if not curve.baseline.any()]
    return Risks(
        table=risk_table(risks, spread, arms, wanted, critical_value(level, degrees)),
        differences=difference_table(risks, spread, arms, wanted, level, degrees),
        curves=curves,
        warnings=announce(warnings + cluster_warnings(arms, clusters, corrected=False), stacklevel=3),
    )


def log_rank(frame: pd.DataFrame, *, months: str, event: str, arm: str) -> pd.Series:
    """Do the arms' curves differ? The log-rank test, by statsmodels' `survdiff`: statistic, df and p_value.

    Parameters
    ----------
    frame : DataFrame
        One row per unit.
    months, event, arm : str
        Columns, as in `standardised_risks`: time observed, whether the event ended it, and the arm.

    Raises
    ------
    EffectsError
        As `standardised_risks` does.
    """
    from statsmodels.duration.survfunc import survdiff

    require(frame, [months, event, arm])
    arms = read_arms(frame[arm])
    happened = read_outcome(frame[event], binary=True)
    if not happened.any():
        raise SeparationError("no_event", name=event)
    statistic, p_value = survdiff(read_times(frame[months]), happened, arms.codes)
    return pd.Series({"statistic": float(statistic), "df": len(arms.labels) - 1, "p_value": float(p_value)})


def nobody_left(label: Any) -> EffectsWarning:
    """What must be said of an arm without events."""
    return ConstantOutcomeWarning("nobody_left", arm=label)


def read_spells(frame: pd.DataFrame, formula: Formula, event: str, breaks: Sequence[int]) -> Spells:
    """Covariates, months and events, with the period of each month."""
    months = read_whole_months(frame[formula.response])
    periods = read_periods(breaks, int(months.max()))
    design = read_hazard_design(frame, formula)
    return Spells(design=design.matrix, months=months, event=read_outcome(frame[event], binary=True), periods=periods)


def read_whole_months(column: pd.Series) -> Integers:
    """Positive whole months."""
    months = read_times(column)
    if not (months == np.floor(months)).all():
        raise OutcomeError("whole_months", name=column.name)
    return months.astype(np.intp)


def read_periods(breaks: Sequence[int], last: int) -> Integers:
    """The period of each month up to the last, month 1 first."""
    if list(breaks) != sorted(set(breaks)) or any(not 0 < month < last for month in breaks):
        raise OptionError("breaks", breaks=tuple(breaks), last=last)
    return np.searchsorted(np.asarray(breaks, dtype=float), np.arange(1, last + 1))


def read_hazard_design(frame: pd.DataFrame, formula: Formula) -> Design:
    """The covariates in the frame's order, with the level of the first period among them."""
    design = read_design(frame, formula, np.arange(len(frame)))
    if "Intercept" not in design.names:
        raise FormulaError("no_baseline", terms=formula.terms.strip())
    return design


def read_months(months: Sequence[int] | None, spells: Spells, arms: Arms) -> Integers:
    """Months to report: whole, and observed in every arm."""
    last = min(int(spells.months[arms.codes == code].max()) for code in range(len(arms.labels)))
    wanted = np.arange(1, last + 1) if months is None else np.asarray(months, dtype=np.intp)
    if not len(wanted) or wanted.min() < 1 or wanted.max() > last:
        raise OptionError("months", last=last)
    return wanted


def month_index(labels: Sequence[Any], months: Integers) -> pd.MultiIndex:
    """Arm and month."""
    return pd.MultiIndex.from_product([list(labels), months.tolist()], names=["arm", "month"])


def risk_table(risks: Floats, spread: Floats, arms: Arms, months: Integers, critical: Floats) -> pd.DataFrame:
    """Risks with intervals."""
    error = np.sqrt(np.diag(spread))
    lower, upper = loglog_interval(1 - risks, error, critical)
    columns = {"risk": risks, "std_error": error, "lower": 1 - upper, "upper": 1 - lower}
    return pd.DataFrame(columns, index=month_index(arms.labels, months))


def difference_table(
    risks: Floats, spread: Floats, arms: Arms, months: Integers, level: float, degrees: float
) -> pd.DataFrame:
    """Each arm's risks minus the reference's."""
    size = len(months)
    own, reference = np.arange(size, len(risks)), np.tile(np.arange(size), len(arms.labels) - 1)
    variance = spread[own, own] + spread[reference, reference] - 2 * spread[own, reference]
    columns = interval_columns(risks[own] - risks[reference], variance, level, degrees)
    return pd.DataFrame(columns, index=month_index(arms.labels[1:], months))
