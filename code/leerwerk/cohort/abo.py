"""The structural model of BuSO OV3: who chooses the ABO year, who gets the bonus, and what would have become of them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from ledger import granularity
from ledger.granularity import Split
from leerwerk.cohort.assumptions import Assumptions
from leerwerk.cohort.calibration import (
    CalibrationError,
    Floats,
    Integers,
    clear,
    expit,
    intercept_for,
    logit,
    nearest_count,
    threshold,
)
from leerwerk.cohort.learners import Cohort
from leerwerk.cohort.pupils import OBSERVED, Pupils, draw_pupils

# Without the ABO year; with it, without a bonus; with both.
STATES = ("none", "abo", "bonus")


def group_sizes(assumed: Assumptions) -> Split:
    """The smallest groups with and without bonus that fit the three published percentages."""
    return granularity.smallest_split(*(claim.published for claim in assumed.claims("groups")))


def population_size(assumed: Assumptions, abo: int) -> int:
    """How many pupils could choose, given how many did.

    Raises
    ------
    CalibrationError
        If no whole number agrees with the published share.
    """
    published = assumed.claims("abo_share")[0]
    size = round(abo / published.middle)
    if not published.allows(abo / size):
        raise CalibrationError(f"{published.id}: {abo} leerlingen passen in geen geheel aantal")
    return size


def draw_abo(assumed: Assumptions, rng: np.random.Generator) -> Cohort:
    """The pupils of BuSO OV3 who could choose the ABO year, with every published margin met.

    Parameters
    ----------
    assumed
        The part `abo` of the assumptions.
    """
    split = group_sizes(assumed)
    pupils = draw_pupils(rng, assumed, population_size(assumed, split.total), assumed.count("centres"))
    abo = _choose(pupils, assumed, rng, split)
    bonus = _award(pupils, assumed, rng, abo, split)
    state = abo + bonus
    absent = _absences(pupils, assumed, rng, state, split)
    nec = _work(pupils, assumed, rng, state)
    return Cohort(_observed(pupils, state, absent, nec), _truth(pupils, absent, nec))


def _choose(pupils: Pupils, assumed: Assumptions, rng: np.random.Generator, split: Split) -> Integers:
    pull = pupils.predictor(assumed.group("selection_abo")) + pupils.centre_effects["participation"]
    utility = np.column_stack([np.zeros(len(pupils)), pull + logit(rng.random(len(pupils)))])
    n_low = nearest_count(assumed.claims("mother_low_in_abo")[0], split.total)
    chosen = np.zeros(len(pupils), dtype=np.int64)
    # Apart, so that what a low-educated mother adds is what the published share asks for.
    for low, places in ((0, split.total - n_low), (1, n_low)):
        group = pupils.mother_low == low
        chosen[group] = clear(utility[group], [places])[0]
    return chosen


def _award(pupils: Pupils, assumed: Assumptions, rng: np.random.Generator, abo: Integers, split: Split) -> Integers:
    pull = pupils.predictor(assumed.group("selection_bonus")) + pupils.centre_effects["bonus"]
    latent = pull + logit(rng.random(len(pupils)))
    inside = abo == 1
    return (inside & (latent > threshold(latent[inside], split.n_first))).astype(np.int64)


def _absences(
    pupils: Pupils, assumed: Assumptions, rng: np.random.Generator, state: Integers, split: Split
) -> Integers:
    """Potential absence in each state: above a threshold that yields the published count where the state was real.

    The ABO year itself is taken to change nothing: who stays out has the threshold of ABO without a bonus.
    """
    latent = pupils.predictor(assumed.group("absence")) + pupils.centre_effects["absence"]
    latent = latent + logit(rng.random(len(pupils)))
    with_bonus = threshold(latent[state == STATES.index("bonus")], split.first[0])
    without = threshold(latent[state == STATES.index("abo")], split.second[0])
    return (latent[:, None] > np.array([without, without, with_bonus])).astype(np.int64)


def _work(pupils: Pupils, assumed: Assumptions, rng: np.random.Generator, state: Integers) -> Integers:
    log_odds = _work_log_odds(pupils, assumed)
    shift = intercept_for(log_odds[np.arange(len(pupils)), state], assumed.number("nec_share"))
    return (rng.random((len(pupils), 1)) < expit(log_odds + shift)).astype(np.int64)


def _work_log_odds(pupils: Pupils, assumed: Assumptions) -> Floats:
    own = pupils.predictor(assumed.group("nec")) + pupils.centre_effects["nec"]
    year, extra = assumed.number("nec_abo"), assumed.number("nec_bonus")
    return own[:, None] + np.array([0.0, year, year + extra])


def _observed(pupils: Pupils, state: Integers, absent: Integers, nec: Integers) -> pd.DataFrame:
    row = np.arange(len(pupils))
    table = pupils.traits[[name for name in OBSERVED if name in pupils.traits]].copy()
    table.insert(0, "id", row + 1)
    return table.assign(
        abo=(state > 0).astype(np.int64),
        bonus=(state == STATES.index("bonus")).astype(np.int64),
        absent=absent[row, state],
        nec=nec[row, state],
    )


def _truth(pupils: Pupils, absent: Integers, nec: Integers) -> pd.DataFrame:
    table = {
        "id": np.arange(len(pupils)) + 1,
        "motivation": (pupils.traits["motivation"] * 1000).round().astype(np.int64),
    }
    for name, potential in (("absent", absent), ("nec", nec)):
        table |= {f"{name}_{state}": potential[:, column] for column, state in enumerate(STATES)}
    return pd.DataFrame(table)
