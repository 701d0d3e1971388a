"""Answers to the claims whose basis is pupil records: functions from a frame of pupils to a quantity.

Frames are those of `tables.pupils`, `learners()` and `abo_learners()`; `evidence` is `microdata_evidence()`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd

from ledger.claim import Withheld
from ledger.proportions import share
from ledger.quantity import Evidence, Quantity, direction
from leerwerk.micro.pupils import disclosure
from leerwerk.micro.pupils.programmes import (
    CLUSTER,
    Estimate,
    abo_raises_nec,
    bonus_adds_to_nec,
    brug_selects_positively,
    combined,
    ibal_lowers_vsv,
    ibal_raises_nec,
    prepared,
    selection_helps_brug,
    together_reach_goals,
)
from leerwerk.tables.folder import microdata_evidence
from leerwerk.tables.pupils import ABO_LEARNERS, LEARNERS, table


def participation(learners: pd.DataFrame, programme: str, *, evidence: Evidence) -> Quantity:
    """Share of all pupils in learning and working that took part in `brug` or `ibal`, alone or with the other."""
    return _share(prepared(learners)[programme] == 1, f"deelname {programme}", evidence)


def brug_among_ibal(learners: pd.DataFrame, *, evidence: Evidence) -> Quantity:
    """Share of the pupils in IBAL that also followed BRUG."""
    pupils = prepared(learners)
    return _share(pupils.loc[pupils["ibal"] == 1, "brug"] == 1, "brug bij ibal", evidence)


def mean_hours(learners: pd.DataFrame, programme: str, *, evidence: Evidence) -> Quantity:
    """Mean hours of a programme among its pupils, with a 95% interval over centres."""
    pupils = prepared(learners)
    inside = pupils[pupils[programme] == 1]
    hours = inside[f"{programme}_hours"]
    disclosure.require_cells(evidence, **{f"leerlingen {programme}": len(inside)})
    found = _mean(hours.to_numpy(float), inside[CLUSTER])
    return Quantity(found.value, "hours", found.lower, found.upper, found.n, evidence)


def programmes_more_men(learners: pd.DataFrame, *, evidence: Evidence) -> Quantity:
    """`hoger` if men outnumber women both in BRUG and in IBAL, `lager` if women outnumber men in both."""
    pupils = prepared(learners)
    return _more_men(*(pupils[pupils[name] == 1] for name in ("brug", "ibal")), evidence=evidence)


def programmes_mother_low(learners: pd.DataFrame, *, evidence: Evidence) -> Quantity:
    """Share of the pupils in BRUG or IBAL whose mother is low-educated."""
    inside = learners[learners["programme"] != "none"]
    return _share(inside["mother"] == "low", "moeder laagopgeleid", evidence)


def abo_participation(abo: pd.DataFrame, *, evidence: Evidence) -> Quantity:
    """Share of the pupils of BuSO OV3 that chose the ABO year."""
    return _share(abo["abo"] == 1, "abo", evidence)


def abo_more_men(abo: pd.DataFrame, *, evidence: Evidence) -> Quantity:
    """`hoger` if men outnumber women in ABO."""
    return _more_men(abo[abo["abo"] == 1], evidence=evidence)


def abo_mother_low(abo: pd.DataFrame, *, evidence: Evidence) -> Quantity:
    """Share of ABO pupils whose mother is low-educated."""
    return _share(abo.loc[abo["abo"] == 1, "mother"] == "low", "moeder laagopgeleid", evidence)


def bonus_share(abo: pd.DataFrame, *, evidence: Evidence) -> Quantity:
    """Share of ABO pupils with a bonus."""
    return _share(abo.loc[abo["abo"] == 1, "bonus"] == 1, "bonus", evidence)


def bonus_absence(abo: pd.DataFrame, with_bonus: bool, *, evidence: Evidence) -> Quantity:
    """Share of ABO pupils with, or without, a bonus that are problematically absent."""
    group = abo[(abo["abo"] == 1) & (abo["bonus"] == int(with_bonus))]
    return _share(group["absent"] == 1, "problematisch afwezig", evidence)


def _share(having: pd.Series, what: str, evidence: Evidence) -> Quantity:
    count, total = int(having.sum()), len(having)
    disclosure.require_share(evidence, what, count, total)
    return share(count, total, evidence)


def _more_men(*groups: pd.DataFrame, evidence: Evidence) -> Quantity:
    """The direction that the share of men has from a half in every group, by its 95% interval."""
    shares = [_share(group["sex"] == "m", "mannen", evidence) for group in groups]
    ends = [end - 0.5 for found in shares for end in (found.lower, found.upper) if end is not None]
    return direction(min(ends), max(ends), evidence, n=sum(map(len, groups)))


def _mean(values: np.ndarray, clusters: pd.Series) -> Estimate:
    mean = float(values.mean())
    return combined(mean, pd.Series(np.bincount(pd.factorize(clusters)[0], values - mean)), len(values))


# Claim, table and function (with its own argument, if any) for every row of the ledger whose basis is pupil records.
ANSWERS: dict[str, tuple[str, Callable[..., Quantity]]] = {
    "micro.brug.participation": (LEARNERS, partial(participation, programme="brug")),
    "micro.ibal.participation": (LEARNERS, partial(participation, programme="ibal")),
    "micro.ibal.brug_before": (LEARNERS, brug_among_ibal),
    "micro.brug.mean_hours": (LEARNERS, partial(mean_hours, programme="brug")),
    "micro.ibal.mean_hours": (LEARNERS, partial(mean_hours, programme="ibal")),
    "micro.programmes.men": (LEARNERS, programmes_more_men),
    "micro.programmes.mother_low_education": (LEARNERS, programmes_mother_low),
    "micro.brug.selection": (LEARNERS, brug_selects_positively),
    "micro.brug.selection_success": (LEARNERS, selection_helps_brug),
    "micro.ibal.vsv": (LEARNERS, ibal_lowers_vsv),
    "micro.ibal.nec": (LEARNERS, ibal_raises_nec),
    "micro.brug_ibal.priorities": (LEARNERS, together_reach_goals),
    "micro.abo.participation": (ABO_LEARNERS, abo_participation),
    "micro.abo.men": (ABO_LEARNERS, abo_more_men),
    "micro.abo.mother_low_education": (ABO_LEARNERS, abo_mother_low),
    "micro.abo.bonus_share": (ABO_LEARNERS, bonus_share),
    "micro.bonus.absence_with": (ABO_LEARNERS, partial(bonus_absence, with_bonus=True)),
    "micro.bonus.absence_without": (ABO_LEARNERS, partial(bonus_absence, with_bonus=False)),
    "micro.abo.nec": (ABO_LEARNERS, abo_raises_nec),
    "micro.bonus.nec": (ABO_LEARNERS, bonus_adds_to_nec),
}


def answer(claim_id: str) -> Quantity | Withheld:
    """The answer to a claim from the pupil records at hand, synthetic or real."""
    name, function = ANSWERS[claim_id]
    try:
        return function(table(name), evidence=microdata_evidence())
    except disclosure.DisclosureError:
        return Withheld("Dit cijfer steunt op zo weinig leerlingen dat het niet vrijgegeven wordt.")
