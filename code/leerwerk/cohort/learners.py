"""The structural model of learning and working: who gets into BRUG and IBAL, and what would have become of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtr, ndtri

from leerwerk.cohort.assumptions import Assumptions
from leerwerk.cohort.calibration import (
    Floats,
    Integers,
    clear,
    intercept_for,
    logit,
    nearest_count,
    proportional,
    total_for_mean,
    whole_numbers,
)
from leerwerk.cohort.pupils import OBSERVED, Pupils, draw_pupils

ARMS = ("none", "brug", "ibal", "both")
OUTCOMES = ("vsv", "nec")
MONTHS_PER_YEAR = 12


@dataclass(frozen=True)
class Cohort:
    """A cohort as tables, one row per pupil: what registers show, and the truth that they do not."""

    observed: pd.DataFrame
    truth: pd.DataFrame


@dataclass(frozen=True)
class Outcomes:
    """Potential outcomes: one column per programme of `ARMS`; months are censored at the end of follow-up."""

    vsv: Integers
    nec: Integers
    months: Integers


def draw_learners(assumed: Assumptions, rng: np.random.Generator) -> Cohort:
    """Two entry cohorts of learning and working, with every published margin met.

    Parameters
    ----------
    assumed
        The part `learners` of the assumptions.

    Raises
    ------
    CalibrationError
        If the cohort is too small to show a margin.
    """
    pupils, entry = draw_entrants(assumed, rng, assumed.count("size"), assumed.count("centres"))
    utility = utilities(pupils, assumed, rng, ARMS)
    arm, _ = assign(utility, pupils.mother_low, places(assumed, len(pupils)))
    hours = draw_hours(pupils, assumed, rng, arm)
    shift = intercepts(pupils, assumed, entry, arm)
    outcomes = draw_outcomes(pupils, assumed, rng, entry, shift)
    return Cohort(_observed(pupils, entry, arm, hours, outcomes), _truth(pupils, outcomes))


def draw_entrants(assumed: Assumptions, rng: np.random.Generator, size: int, centres: int) -> tuple[Pupils, Integers]:
    """Pupils and the year in which each entered; all cohorts are equally likely."""
    pupils = draw_pupils(rng, assumed, size, centres)
    later = rng.integers(assumed.count("cohorts"), size=size)
    features = dict(pupils.features) | {"cohort_later": later.astype(float)}
    return Pupils(pupils.traits, features, pupils.centre_effects), assumed.count("first_entry") + later


def follow_up(assumed: Assumptions, entry: Integers) -> Integers:
    """Months from a pupil's entry to the end of follow-up; both fall in the same month of their year."""
    return MONTHS_PER_YEAR * (assumed.count("end_of_follow_up") - entry)


def places(assumed: Assumptions, size: int) -> pd.DataFrame:
    """Places per programme (rows: all of `ARMS` but the first) for pupils without and with a low-educated mother."""
    brug = nearest_count(assumed.claims("brug_share")[0], size)
    ibal = nearest_count(assumed.claims("ibal_share")[0], size)
    both = nearest_count(assumed.claims("brug_among_ibal")[0], ibal)
    every = [brug - both, ibal - both, both]
    low = proportional(nearest_count(assumed.claims("mother_low_in_programmes")[0], sum(every)), every)
    return pd.DataFrame({0: np.subtract(every, low), 1: low}, index=list(ARMS[1:]))


def utilities(pupils: Pupils, assumed: Assumptions, rng: np.random.Generator, arms: Sequence[str]) -> Floats:
    """What draws each pupil to each arm, intercepts aside; Gumbel noise makes the choice a multinomial logit."""
    noise = -np.log(-np.log(rng.random((len(pupils), len(arms)))))
    pull = [pupils.predictor(assumed.group(f"selection_{arm}")) for arm in arms[1:]]
    centre = pupils.centre_effects["participation"]
    return np.column_stack([noise[:, 0], *(noise[:, k + 1] + pull[k] + centre for k in range(len(pull)))])


def assign(utility: Floats, mother_low: Integers, room: pd.DataFrame) -> tuple[Integers, Floats]:
    """The arm of each pupil, and each arm's intercept by mother's education (rows: not low, low).

    Both groups are cleared apart: what a low-educated mother adds to the log-odds is what the margin asks for.
    """
    arm = np.zeros(len(utility), dtype=np.int64)
    intercept = np.zeros((2, utility.shape[1]))
    for low in (0, 1):
        group = mother_low == low
        arm[group], intercept[low] = clear(utility[group], room[low].tolist())
    return arm, intercept


def draw_hours(pupils: Pupils, assumed: Assumptions, rng: np.random.Generator, arm: Integers) -> dict[str, Integers]:
    """Hours followed of each programme, 0 without it; exactly the published mean among those with it."""
    hours = {}
    for programme in ("brug", "ibal"):
        inside = np.isin(arm, [ARMS.index(programme), ARMS.index("both")])
        together = assumed.number("hours_motivation")
        noise = ndtri(rng.random(len(pupils)))
        rank = ndtr(together * pupils.features["motivation"] + np.sqrt(1 - together**2) * noise)
        total = total_for_mean(assumed.claims(f"{programme}_hours_mean")[0], int(inside.sum()))
        hours[programme] = np.zeros(len(pupils), dtype=np.int64)
        hours[programme][inside] = whole_numbers(rank[inside], total, assumed.count(f"{programme}_hours_most"))
    return hours


def programme_effects(assumed: Assumptions, outcome: str) -> Floats:
    """What each programme adds to the log-odds of an outcome, in the order of `ARMS`."""
    brug, ibal, together = (assumed.number(f"{outcome}_{part}") for part in ("brug", "ibal", "together"))
    return np.array([0.0, brug, ibal, brug + ibal + together])


def log_odds(pupils: Pupils, assumed: Assumptions, entry: Integers, outcome: str) -> Floats:
    """Log-odds of an outcome by the end of follow-up under each programme (pupils x `ARMS`), intercept aside."""
    own = pupils.predictor(assumed.group(outcome)) + pupils.centre_effects[outcome]
    if outcome == "vsv":
        longest = follow_up(assumed, entry).max()
        own = own + assumed.number("vsv_time") * np.log(follow_up(assumed, entry) / longest)
    return own[:, None] + programme_effects(assumed, outcome)


def intercepts(pupils: Pupils, assumed: Assumptions, entry: Integers, arm: Integers) -> dict[str, float]:
    """The intercept of each outcome that makes its mean chance, in the programmes as they are, the assumed share."""
    row = np.arange(len(pupils))
    return {
        outcome: intercept_for(log_odds(pupils, assumed, entry, outcome)[row, arm], assumed.number(f"{outcome}_share"))
        for outcome in OUTCOMES
    }


def draw_outcomes(
    pupils: Pupils, assumed: Assumptions, rng: np.random.Generator, entry: Integers, shift: Mapping[str, float]
) -> Outcomes:
    """Potential outcomes: one draw of fate per pupil, the same whatever the programme.

    Who leaves early with a programme that lowers the chance, would have left without it. The odds of having left after
    t months are those at the end of follow-up times (t / end) to a power (a log-logistic model).
    """
    end = follow_up(assumed, entry)[:, None]
    fate = logit(rng.random((len(pupils), 2)))
    chance = {outcome: log_odds(pupils, assumed, entry, outcome) + shift[outcome] for outcome in OUTCOMES}
    moment = end * np.exp((fate[:, :1] - chance["vsv"]) / assumed.number("vsv_time"))
    months = np.ceil(np.minimum(moment, end)).astype(np.int64)
    nec = (fate[:, 1:] < chance["nec"]).astype(np.int64)
    return Outcomes((moment <= end).astype(np.int64), nec, months)


def _observed(
    pupils: Pupils, entry: Integers, arm: Integers, hours: Mapping[str, Integers], outcomes: Outcomes
) -> pd.DataFrame:
    row = np.arange(len(pupils))
    table = pupils.traits[OBSERVED].copy()
    table.insert(0, "id", row + 1)
    table.insert(1, "cohort", entry)
    return table.assign(
        programme=np.array(ARMS)[arm],
        brug_hours=hours["brug"],
        ibal_hours=hours["ibal"],
        vsv=outcomes.vsv[row, arm],
        nec=outcomes.nec[row, arm],
        months=outcomes.months[row, arm],
    )


def _truth(pupils: Pupils, outcomes: Outcomes) -> pd.DataFrame:
    table = {
        "id": np.arange(len(pupils)) + 1,
        "motivation": (pupils.traits["motivation"] * 1000).round().astype(np.int64),
    }
    for name in ("vsv", "nec", "months"):
        table |= {f"{name}_{arm}": getattr(outcomes, name)[:, column] for column, arm in enumerate(ARMS)}
    return pd.DataFrame(table)
