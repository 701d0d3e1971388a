"""Months until leaving where programmes begin on the way: risks if everyone had begun in given months, or never."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from leerwerk.effects.design import Arms, column_of, parse, read_clusters, read_outcome, require
from leerwerk.effects.diagnostics import announce, cluster_warnings
from leerwerk.effects.distinct import check_terms, distinct, members
from leerwerk.effects.duration import (
    difference_table,
    read_hazard_design,
    read_periods,
    read_whole_months,
    risk_table,
)
from leerwerk.effects.errors import OptionError
from leerwerk.effects.exposure import NEVER, Stays, read_starts
from leerwerk.effects.exposure_hazard import Model, hazard_model, named
from leerwerk.effects.glm import Floats, Integers
from leerwerk.effects.inference import critical_value, p_values
from leerwerk.effects.sample import check_level

Regimes = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class StartRisks:
    """Standardised cumulative risks by regime and month.

    Attributes
    ----------
    table : DataFrame
        One row per regime and month (index `arm`, `month`): risk (share, 0 to 1), std_error, lower, upper.
    differences : DataFrame
        One row per regime but the first and month: estimate (minus the first's risk), std_error, lower, upper, p_value.
    ratios : DataFrame
        One row per set of programmes that somebody had begun (index `begun`): the hazard ratio against nothing begun, at equal
        covariates and months, with lower, upper and p_value; person_months and events.
    n, clusters : int
        How many rows and clusters this rests on.
    warnings : tuple of str
        What the reader must know.
    """

    table: pd.DataFrame
    differences: pd.DataFrame
    ratios: pd.DataFrame
    n: int
    clusters: int
    warnings: tuple[str, ...]


def risks_by_start(
    frame: pd.DataFrame,
    *,
    outcome: str,
    event: str,
    starts: Mapping[str, str],
    regimes: Regimes,
    cluster: str,
    breaks: Sequence[int] = (),
    months: Sequence[int] | None = None,
    level: float = 0.95,
) -> StartRisks:
    """Cumulative risk by month if everyone still there had begun each programme in a given month, or never.

    One discrete-time hazard model with complementary log-log link on person-months (Prentice & Gloeckler 1978): covariates, a
    baseline that is constant within periods, and a coefficient for each set of programmes that has begun, which changes as they
    begin (D'Agostino et al. 1990, doi:10.1002/sim.4780091214). Then the average over all rows of the risk that their covariates
    imply under each regime.

    Parameters
    ----------
    frame : DataFrame
        One row per unit. Only its distinct rows are modelled, so that millions fit.
    outcome : str
        Formula `months ~ covariates`, of columns and `C(column)`: whole months observed, from 1; at risk in each of them.
    event : str
        Column: whether the event ended the last month (0/1 or bool).
    starts : mapping
        By programme the column with the month in which it began, at most the last one observed; missing or 0: never.
    regimes : mapping
        By name, which programmes begin in which month: `{"none": {}, "brug": {"brug": 3}}`. The first is the reference.
    cluster : str
        Column with clusters.
    breaks, months, level
        As for `standardised_risks`; by default every month up to the last observed.

    Returns
    -------
    StartRisks

    Raises
    ------
    EffectsError
        As `standardised_risks` does; `OptionError` for a regime that nobody comes near: a month before the first start or after the
        last, or programmes that nobody had together; `OutcomeError` for a start after the last month observed.

    Notes
    -----
    A month counts as exposed if the programme began in an earlier month (see `exposure`): without that, beginners could not have left
    before they began (Suissa 2008; Hernan et al. 2016, doi:10.1016/j.jclinepi.2016.04.014).

    What is estimated is the effect of a regime if, in every month, who among those still there begins depends on nothing that bears on
    leaving but the covariates and the month (Robins 1986, doi:10.1016/0270-0255(86)90088-6). Covariates are those at entry: what changes
    on the way and moves both, absence or a job at hand, is not in such a table, and no function of it makes that good. Where the
    condition does not hold, `ratios` and `differences` compare pupils of equal covariates in equal months, before and after a start:
    without immortal time, but with that confounding. The effect is one hazard ratio, whatever the month and the time since the start.

    Standard errors stack the hazard model and the averages (Stefanski & Boos 2002), with the observed information; clusters by the
    plain sandwich and Student's t with one degree of freedom less than clusters.
    """
    check_level(level)
    formula = parse(outcome)
    check_terms(formula)
    require(frame, [formula.response, *formula.columns, event], cluster)
    for column in starts.values():
        column_of(frame, column)
    observed = read_whole_months(frame[formula.response])
    stays = Stays(
        traits=distinct(frame, formula.columns),
        months=observed,
        event=read_outcome(frame[event], binary=True),
        starts=read_starts(frame, starts, observed),
        periods=read_periods(breaks, int(observed.max())),
    )
    wanted = read_wanted(months, int(observed.max()))
    names = tuple(starts)
    check_regimes(regimes, stays, names)
    arms = final_arms(stays, names)
    clusters = read_clusters(frame[cluster], arms)
    design = read_hazard_design(stays.traits.rows, formula).matrix
    model = hazard_model(stays, design, clusters, event, names)
    paths = {regime: path(begins, names, len(stays.periods)) for regime, begins in regimes.items()}
    check_paths(paths, model.states, names)
    risks, sums = average_risks(
        model, stays, design, clusters, [each[: wanted.max()] for each in paths.values()], wanted
    )
    count, rows = len(model.scores), len(frame)
    spread = sums.T @ sums * (count / (count - 1) / rows**2)
    labels = Arms(tuple(regimes), np.empty(0, dtype=np.intp))
    return StartRisks(
        table=risk_table(risks, spread, labels, wanted, critical_value(level, count - 1)),
        differences=difference_table(risks, spread, labels, wanted, level, count - 1),
        ratios=ratio_table(model, names, level),
        n=rows,
        clusters=count,
        warnings=announce(cluster_warnings(arms, clusters, corrected=False), stacklevel=3),
    )


def read_wanted(months: Sequence[int] | None, last: int) -> Integers:
    """Months to report."""
    wanted = np.arange(1, last + 1) if months is None else np.asarray(months, dtype=np.intp)
    if not len(wanted) or wanted.min() < 1 or wanted.max() > last:
        raise OptionError("months", last=last)
    return wanted


def final_arms(stays: Stays, names: Sequence[str]) -> Arms:
    """What each row had begun in its last month, to count clusters by."""
    states, codes = np.unique(stays.final(), return_inverse=True)
    return Arms(tuple(named(int(state), names) for state in states), codes)


def check_regimes(regimes: Regimes, stays: Stays, names: Sequence[str]) -> None:
    """Refuse programmes without a column, and months outside those in which somebody began."""
    for regime, begins in regimes.items():
        for name, month in begins.items():
            if name not in names:
                raise OptionError("regime_programme", regime=regime, name=name, known=", ".join(names))
            begun = stays.starts[:, names.index(name)]
            begun = begun[begun < NEVER]
            if not len(begun):
                raise OptionError("regime_never", regime=regime, name=name)
            first, last = int(begun.min()), int(begun.max())
            if not first <= month <= last:
                raise OptionError("regime_start", regime=regime, name=name, month=month, first=first, last=last)


def path(begins: Mapping[str, int], names: Sequence[str], last: int) -> Integers:
    """The state in each month up to the last."""
    months = np.arange(1, last + 1)
    return np.asarray(sum((month < months) * 2 ** names.index(name) for name, month in begins.items()) + 0 * months)


def check_paths(paths: Mapping[str, Integers], states: Integers, names: Sequence[str]) -> None:
    """Refuse regimes under which somebody would have begun what nobody had."""
    for regime, states_then in paths.items():
        for state in states_then[~np.isin(states_then, states)][:1]:
            raise OptionError("regime_state", regime=regime, begun=named(int(state), names))


def average_risks(
    model: Model, stays: Stays, design: Floats, clusters: Integers, paths: Sequence[Integers], wanted: Integers
) -> tuple[Floats, Floats]:
    """Each regime's risks, one after another (regimes x months,), and their influence summed over clusters (clusters, the same)."""
    counts, groups, rows = stays.traits.counts, members(stays.traits, clusters), len(clusters)
    risks, sums = [], []
    for states in paths:
        columns = model.time[states, stays.periods[: len(states)]]
        level = np.exp(columns @ model.effects)
        baseline = np.cumsum(level)[wanted - 1]
        hazard = np.outer(model.rate, baseline)
        survival = np.exp(-hazard)
        risk = counts @ -np.expm1(-hazard) / rows
        by_trait = design.T @ (counts[:, None] * survival * hazard)
        by_time = ((counts * model.rate) @ survival) * np.cumsum(columns * level[:, None], axis=0)[wanted - 1].T
        direction = np.linalg.solve(model.information, np.concatenate([by_trait, by_time]))
        risks.append(risk)
        sums.append(groups @ (-np.expm1(-hazard) - risk) + model.scores @ direction)
    return np.concatenate(risks), np.hstack(sums)


def ratio_table(model: Model, names: Sequence[str], level: float) -> pd.DataFrame:
    """Hazard ratios, with intervals that are symmetric for their logarithm."""
    count, size = len(model.scores), len(model.states) - 1
    errors = np.linalg.solve(model.information, model.scores.T)[len(model.information) - size :]
    error = np.sqrt((errors**2).sum(axis=1) * count / (count - 1))
    log = model.effects[len(model.effects) - size :]
    margin = critical_value(level, count - 1) * error
    return pd.DataFrame(
        {
            "hazard_ratio": np.exp(log),
            "lower": np.exp(log - margin),
            "upper": np.exp(log + margin),
            "p_value": p_values(log / error, count - 1),
            "person_months": model.person_months[model.states[1:]].sum(axis=1).astype(int),
            "events": model.person_months[model.states[1:], 1].astype(int),
        },
        index=pd.Index([named(int(state), names) for state in model.states[1:]], name="begun"),
    )
