"""One hazard model of all person-months, in which what has begun changes on the way; each distinct person-month once, with its count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from leerwerk.effects.errors import SeparationError
from leerwerk.effects.exposure import Stays
from leerwerk.effects.glm import FAMILIES, Floats, Integers, fit


@dataclass(frozen=True)
class Model:
    """A discrete-time hazard model on person-months.

    Attributes
    ----------
    rate : array (distinct covariates,)
        Hazard relative to the baseline.
    time : array (states, periods, columns)
        Columns of the design for what has begun and the period.
    effects : array (columns,)
        Their coefficients.
    states : array
        The states that somebody was in, nothing begun first.
    person_months : array (states, 2)
        In every state, without event and with.
    scores : array (clusters, coefficients)
        Sums over clusters; coefficients of covariates first.
    information : array (coefficients, coefficients)
    """

    rate: Floats
    time: Floats
    effects: Floats
    states: Integers
    person_months: Floats
    scores: Floats
    information: Floats


def named(state: int, names: Sequence[str]) -> str:
    """What has begun."""
    return " + ".join(name for place, name in enumerate(names) if state >> place & 1)


def hazard_model(stays: Stays, design: Floats, clusters: Integers, event: str, names: Sequence[str]) -> Model:
    """The model of all person-months; its design (distinct covariates, columns) has the level of the first period."""
    from scipy.sparse import csr_array

    person_months = stays.person_months()
    kept = np.flatnonzero(person_months)
    trait, state, period, happened = np.unravel_index(kept, stays.shape)
    totals = person_months.reshape(stays.shape).sum(axis=0)
    states = np.flatnonzero(totals.sum(axis=(1, 2)))
    check_events(totals, states, event, names)
    time = time_columns(states, stays.shape)
    columns = np.hstack([design[trait], time[state, period]])
    fitted = fit(columns, happened, person_months[kept, None], "cloglog", np.zeros((columns.shape[1], 1, 1)))
    if not fitted.converged.all():
        raise SeparationError("separated_stays")
    coefficients = fitted.coefficients[:, 0, 0]
    residual = FAMILIES["cloglog"]((columns @ coefficients)[:, None, None], happened)[0][:, 0]
    columns *= residual
    places = np.zeros(len(person_months), dtype=np.intp)
    places[kept] = np.arange(len(kept))
    shape = int(clusters.max()) + 1, len(kept)
    scores = np.zeros((shape[0], columns.shape[1]))
    for rows, cells, months in stays.parts():
        scores += csr_array((months, (clusters[rows], places[cells])), shape=shape) @ columns
    size = design.shape[1]
    return Model(
        rate=np.exp(design @ coefficients[:size]),
        time=time,
        effects=coefficients[size:],
        states=states,
        person_months=totals.sum(axis=1),
        scores=scores,
        information=fitted.information[0],
    )


def check_events(totals: Floats, states: Integers, event: str, names: Sequence[str]) -> None:
    """Refuse periods and states (states, periods, 2) in which nobody leaves."""
    events = totals[:, :, 1]
    if not events.any():
        raise SeparationError("no_event", name=event)
    for period in np.flatnonzero(events.sum(axis=0) == 0)[:1]:
        raise SeparationError("nobody_leaves_then", period=int(period) + 1)
    for state in states[events[states].sum(axis=1) == 0][:1]:
        raise SeparationError("nobody_leaves_after", begun=named(int(state), names) or "-")


def time_columns(states: Integers, shape: tuple[int, int, int, int]) -> Floats:
    """A column of ones for each period but the first and for each state that occurs but the first (states, periods, columns)."""
    _, every, periods, _ = shape
    found = np.zeros((every, periods, periods - 1 + len(states) - 1))
    for period in range(1, periods):
        found[:, period, period - 1] = 1.0
    for place, state in enumerate(states[1:]):
        found[state, :, periods - 1 + place] = 1.0
    return found
