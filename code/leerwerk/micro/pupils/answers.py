"""Answers to the claims whose basis is pupil records: functions from a frame of pupils to a draft.

Frames are those of `tables.pupils`, `learners()` and `abo_learners()`. A draft becomes an answer exactly, from synthetic
records, or through `disclosure`, from real ones: then the book reads it from what was released.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache, partial
from itertools import product

import numpy as np
import pandas as pd

from ledger.claim import Unsettled, Withheld
from ledger.quantity import Quantity, direction
from leerwerk.micro.pupils import programmes, released, start_months
from leerwerk.micro.pupils.draft import Draft, Mask, majority, outcome_cells, share_of
from leerwerk.micro.pupils.programmes import CLUSTER, PERSON, TRAITS, Estimate, combined, prepared, residual_degrees
from leerwerk.tables.pupils import ABO_LEARNERS, LEARNERS, PROGRAMMES, TABLES, shipped


def participation(learners: pd.DataFrame, programme: str) -> Draft:
    """Share of all pupils in learning and working that took part in `brug` or `ibal`, alone or with the other."""
    return share_of(f"deelname {programme}", prepared(learners)[programme] == 1)


def brug_among_ibal(learners: pd.DataFrame) -> Draft:
    """Share of the pupils in IBAL that also followed BRUG."""
    pupils = prepared(learners)
    return share_of("brug bij ibal", pupils["brug"] == 1, pupils["ibal"] == 1)


def mean_hours(learners: pd.DataFrame, programme: str) -> Draft:
    """Mean hours of a programme among its pupils, with a 95% interval over centres."""
    pupils = prepared(learners)
    inside = (pupils[programme] == 1).to_numpy()
    hours = pupils[f"{programme}_hours"].to_numpy(float)

    def compute(_: object) -> Quantity:
        found = _mean(hours[inside], pupils.loc[inside, CLUSTER])
        return Quantity(found.value, "hours", found.lower, found.upper, found.n, "unreleased")

    cells = {f"leerlingen {programme}": inside}
    return Draft(population=inside, cells=cells, compute=compute, amounts=hours)


def programmes_more_men(learners: pd.DataFrame) -> Draft:
    """`hoger` if men outnumber women both in BRUG and in IBAL, `lager` if women outnumber men in both."""
    pupils = prepared(learners)
    return majority("mannen", pupils["sex"] == "m", {name: pupils[name] == 1 for name in ("brug", "ibal")})


def programmes_mother_low(learners: pd.DataFrame) -> Draft:
    """Share of the pupils in BRUG or IBAL whose mother is low-educated."""
    return share_of("moeder laagopgeleid", learners["mother"] == "low", learners["programme"] != "none")


def brug_selects_positively(learners: pd.DataFrame) -> Draft:
    """Direction of the difference in prospects between who gets into BRUG and who does not."""
    return _of_brug(learners, programmes.selection)


def selection_helps_brug(learners: pd.DataFrame) -> Draft:
    """Direction of what selection adds to the apparent success of BRUG."""
    return _of_brug(learners, programmes.selection_share_of_success)


def ibal_lowers_vsv(learners: pd.DataFrame) -> Draft:
    """Direction of IBAL's effect on early leaving; by start months where the records have them."""
    draft = _of_ibal(learners, "vsv")
    if not start_months.known(learners):
        return draft
    pupils = prepared(learners)
    return _effect(
        draft.population,
        {**draft.cells, **start_months.cells(pupils)},
        partial(start_months.ibal_effect, pupils),
        residual_degrees(pupils, "ibal"),
    )


def ibal_raises_nec(learners: pd.DataFrame) -> Draft:
    """Direction of IBAL's effect on entry into the regular economy."""
    return _of_ibal(learners, "nec")


def together_reach_goals(learners: pd.DataFrame) -> Draft:
    """`hoger` if both programmes together raise the chance of both aims, against none and against BRUG alone."""
    pupils = prepared(learners)

    @cache
    def both() -> dict[str, Estimate]:
        return programmes.together_effects(pupils)

    def compute(_: object) -> Quantity:
        found = both().values()
        ends = min(each.lower for each in found), max(each.upper for each in found)
        return direction(*ends, "unreleased", len(pupils))

    return Draft(
        population=np.ones(len(pupils), bool),
        cells=outcome_cells(pupils["goals"], _arms(pupils["programme"], programmes.ARMS)),
        compute=compute,
        size=lambda: both()["none"].quantity("unreleased"),
        residual=residual_degrees(pupils, "programme"),
    )


def abo_participation(abo: pd.DataFrame) -> Draft:
    """Share of the pupils of BuSO OV3 that chose the ABO year."""
    return share_of("abo", abo["abo"] == 1)


def abo_more_men(abo: pd.DataFrame) -> Draft:
    """`hoger` if men outnumber women in ABO."""
    return majority("mannen", abo["sex"] == "m", {"abo": abo["abo"] == 1})


def abo_mother_low(abo: pd.DataFrame) -> Draft:
    """Share of ABO pupils whose mother is low-educated."""
    return share_of("moeder laagopgeleid", abo["mother"] == "low", abo["abo"] == 1)


def bonus_share(abo: pd.DataFrame) -> Draft:
    """Share of ABO pupils with a bonus."""
    return share_of("bonus", abo["bonus"] == 1, abo["abo"] == 1)


def bonus_absence(abo: pd.DataFrame, with_bonus: bool) -> Draft:
    """Share of ABO pupils with, or without, a bonus that are problematically absent."""
    return share_of("problematisch afwezig", abo["absent"] == 1, (abo["abo"] == 1) & (abo["bonus"] == int(with_bonus)))


def abo_raises_nec(abo: pd.DataFrame) -> Draft:
    """Direction of the ABO year's effect on work in the regular economy."""
    everyone = np.ones(len(abo), bool)
    cells = outcome_cells(abo["nec"], _arms(abo["abo"], (0, 1)))
    return _effect(everyone, cells, partial(programmes.abo_effect, abo), residual_degrees(abo, "abo", PERSON))


def bonus_adds_to_nec(abo: pd.DataFrame) -> Draft:
    """Whether the bonus's effect on work in the regular economy is none, or at least smaller than the margin."""
    inside = (abo["abo"] == 1).to_numpy()
    arms = {name: mask & inside for name, mask in _arms(abo["bonus"], (0, 1)).items()}
    return _effect(
        inside,
        outcome_cells(abo["nec"], arms),
        partial(programmes.bonus_effect, abo, "nec"),
        residual_degrees(abo[inside], "bonus", PERSON),
        lambda found: found.equivalent("unreleased"),
    )


def _of_ibal(learners: pd.DataFrame, outcome: str) -> Draft:
    pupils = prepared(learners)
    cells = outcome_cells(pupils[outcome], _arms(pupils["ibal"], (0, 1)))
    estimate = partial(programmes.ibal_effect, pupils, outcome)
    return _effect(np.ones(len(pupils), bool), cells, estimate, residual_degrees(pupils, "ibal", f"{TRAITS} + brug"))


def _of_brug(learners: pd.DataFrame, estimate: Callable[[pd.DataFrame], Estimate]) -> Draft:
    pupils = prepared(learners)
    alone = (pupils["ibal"] == 0).to_numpy()
    cells = outcome_cells(pupils["vsv"], {name: mask & alone for name, mask in _arms(pupils["brug"], (0, 1)).items()})
    draft = _effect(alone, cells, partial(estimate, pupils), residual_degrees(pupils[alone], "brug"))
    return replace(draft, size=None)  # no page shows it


def _effect(
    population: Mask,
    cells: Mapping[str, Mask],
    estimate: Callable[[], Estimate],
    residual: int,
    judged: Callable[[Estimate], Quantity] = lambda found: found.sign("unreleased"),
) -> Draft:
    once = cache(estimate)
    return Draft(
        population=population,
        cells=cells,
        compute=lambda _: judged(once()),
        size=lambda: once().quantity("unreleased"),
        residual=residual,
    )


def _arms(arm: pd.Series, labels: tuple | list) -> dict[str, Mask]:
    return {f"{arm.name} {label}": (arm == label).to_numpy(bool) for label in labels}


def _mean(values: np.ndarray, clusters: pd.Series) -> Estimate:
    mean = float(values.mean())
    return combined(mean, pd.Series(np.bincount(pd.factorize(clusters)[0], values - mean)), len(values))


YES_OR_NO = (0, 1)
LEFT_IN = 2  # a month of leaving that a start can come before
LEARNER_KINDS = {
    "programme": PROGRAMMES,
    "sex": ("m", "f"),
    "mother": ("low", "mid", "high"),
    "vsv": YES_OR_NO,
    "nec": YES_OR_NO,
}
ABO_KINDS = {
    "abo": YES_OR_NO,
    "bonus": YES_OR_NO,
    "sex": ("m", "f"),
    "mother": ("low", "mid", "high"),
    "absent": YES_OR_NO,
    "nec": YES_OR_NO,
}

# Claim, table and function (with its own argument, if any) for every row of the ledger whose basis is pupil records.
ANSWERS: dict[str, tuple[str, Callable[..., Draft]]] = {
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


def answer(claim_id: str) -> Quantity | Withheld | Unsettled:
    """The answer to a claim: what was released of the real records where that is given, else that of the synthetic ones."""
    if released.is_given():
        return released.answer(claim_id)
    released.refuse_records()
    name, function = ANSWERS[claim_id]
    return function(shipped(name)).exactly("synthetic")


def possible(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """One pupil of every kind that the answers of a table can tell apart: also those by start months if the table has them."""
    kinds = LEARNER_KINDS if name == LEARNERS else ABO_KINDS
    has_starts = start_months.known(frame)
    if has_starts:
        kinds = kinds | dict.fromkeys(start_months.STARTS.values(), (0, 1, LEFT_IN))
    found = pd.DataFrame(product(*kinds.values()), columns=list(kinds))
    if name == ABO_LEARNERS:
        found = found[(found["abo"] == 1) | (found["bonus"] == 0)].reset_index(drop=True)
    for programme, column in start_months.STARTS.items():
        if has_starts:
            inside = found["programme"].isin([programme, "both"])
            found = found[(found[column] > 0) == inside].reset_index(drop=True)
    others = {column: 0 for column in TABLES[name].columns if column not in kinds} | {"months": LEFT_IN}
    return found.assign(**{column: value for column, value in others.items() if column in frame})


def drafts(name: str, frame: pd.DataFrame) -> dict[str, Draft]:
    """Every answer that a table gives, before disclosure control."""
    pupils = prepared(frame) if name == LEARNERS else frame
    return {claim_id: function(pupils) for claim_id, (source, function) in ANSWERS.items() if source == name}
