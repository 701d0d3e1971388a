"""What the rehearsal shows, always from the synthetic records that the book ships: frames of estimates.

Effects are differences of shares (-1..1) against no programme; intervals are 95%, clustered by centre.
"""

from __future__ import annotations

import pandas as pd

from ledger.quantity import Evidence, Quantity
from leerwerk.effects import Effects, average_effect, balance, e_value, risk_ratio, standardised_risks
from leerwerk.effects.potential_outcomes import Method
from leerwerk.micro.pupils.programmes import (
    CLUSTER,
    TRAITS,
    Estimate,
    brug_only,
    prepared,
    programme_effects,
    selection,
)
from leerwerk.study import derives, remember
from leerwerk.tables.pupils import ABO_LEARNERS, LEARNER_TRUTH, LEARNERS, shipped

OTHER_TRAITS = TRAITS.replace(" + absence_before", "")
SYNTHETIC: Evidence = "synthetic"
RAW: Method = "difference"
ADJUSTED: Method = "aipw"
METHODS = (RAW, ADJUSTED)
OUTCOMES = ("vsv", "nec")
MONTHS = (6, 12, 18, 24, 30, 36)
PERIODS = (6, 12, 24)
TRAIT_TERMS = ("male", "age", "mother_low", "other_language", "arrears", "absence_before")


def selection_balance() -> pd.DataFrame:
    """Standardised differences of BRUG pupils with those in no programme: one row per trait, before and after weighting."""
    pupils = brug_only(shipped(LEARNERS))
    traits = pupils.assign(
        male=(pupils["sex"] == "m").astype(int),
        mother_low=(pupils["mother"] == "low").astype(int),
        other_language=(pupils["language"] == "other").astype(int),
    )
    found = balance(traits, treatment=f"brug ~ {' + '.join(TRAIT_TERMS)}")
    return found.reset_index()[["term", "before", "after"]]


@remember
def by_programme(outcome: str, method: Method) -> dict[str, Estimate]:
    """Effects of every programme from the records at hand."""
    return programme_effects(shipped(LEARNERS), outcome, method=method)


def raw_and_adjusted() -> pd.DataFrame:
    """Effects of the programmes: one row per outcome, programme and method (difference, aipw)."""
    return pd.DataFrame(
        _row(estimate, outcome=outcome, programme=programme, method=method)
        for outcome in OUTCOMES
        for method in METHODS
        for programme, estimate in by_programme(outcome, method).items()
    )


def leaving_over_time() -> pd.DataFrame:
    """Share that has left early, were everyone in one programme: one row per programme and month."""
    pupils = prepared(shipped(LEARNERS))
    risks = standardised_risks(
        pupils, outcome=f"months ~ {TRAITS}", event="vsv", arm="arm", breaks=PERIODS, months=MONTHS, cluster=CLUSTER
    )
    return risks.table.reset_index().rename(columns={"arm": "programme"})


def motivation_bias() -> pd.DataFrame:
    """Effects on early leaving by what is known: one row per programme and view.

    Views are difference and aipw, `with_motivation` (aipw with the trait that registers lack) and `truth` (mean difference
    of the potential outcomes).
    """
    pupils = shipped(LEARNERS)
    views: dict[str, dict[str, Estimate]] = {method: by_programme("vsv", method) for method in METHODS}
    truth = shipped(LEARNER_TRUTH)
    known = pupils.assign(motivation=truth["motivation"].to_numpy() / 1000)
    views["with_motivation"] = programme_effects(known, "vsv", also=" + motivation")
    views["truth"] = {name: _exactly(truth, name) for name in views[RAW]}
    return pd.DataFrame(
        _row(estimate, programme=programme, view=view)
        for view, found in views.items()
        for programme, estimate in found.items()
    )


def _exactly(truth: pd.DataFrame, programme: str) -> Estimate:
    value = float((truth[f"vsv_{programme}"] - truth["vsv_none"]).mean())
    return Estimate(value, value, value, len(truth))


def _row(estimate: Estimate, **labels: str) -> dict:
    return labels | {"estimate": estimate.value, "lower": estimate.lower, "upper": estimate.upper, "n": estimate.n}


@derives("micro.pupils.learners", "leerlingen in leren en werken in de gebruikte gegevens", LEARNERS)
@derives("micro.pupils.abo", "leerlingen van BuSO OV3 in de gebruikte gegevens", ABO_LEARNERS)
def records(name: str) -> Quantity:
    """Number of pupil records in one of the tables."""
    return Quantity(len(shipped(name)), "persons", evidence=SYNTHETIC)


@derives("micro.pupils.prospects", "hoeveel groter de kans om te blijven vooraf was bij wie in BRUG terechtkwam")
def prospects() -> Quantity:
    """Difference in predicted chance of staying, BRUG against no programme."""
    return selection(shipped(LEARNERS)).quantity(SYNTHETIC)


@derives("micro.pupils.raw.brug_vsv", "ruw verschil in vroegtijdig schoolverlaten, BRUG", RAW, "brug", "vsv")
@derives(
    "micro.pupils.adjusted.brug_vsv",
    "gecorrigeerd verschil in vroegtijdig schoolverlaten, BRUG",
    ADJUSTED,
    "brug",
    "vsv",
)
@derives("micro.pupils.raw.ibal_vsv", "ruw verschil in vroegtijdig schoolverlaten, IBAL", RAW, "ibal", "vsv")
@derives(
    "micro.pupils.adjusted.ibal_vsv",
    "gecorrigeerd verschil in vroegtijdig schoolverlaten, IBAL",
    ADJUSTED,
    "ibal",
    "vsv",
)
@derives("micro.pupils.raw.both_vsv", "ruw verschil in vroegtijdig schoolverlaten, BRUG en IBAL", RAW, "both", "vsv")
@derives(
    "micro.pupils.adjusted.both_vsv",
    "gecorrigeerd verschil in vroegtijdig schoolverlaten, BRUG en IBAL",
    ADJUSTED,
    "both",
    "vsv",
)
def programme_difference(method: Method, programme: str, outcome: str) -> Quantity:
    """Effect of one programme, raw or adjusted."""
    return by_programme(outcome, method)[programme].quantity(SYNTHETIC)


@derives(
    "micro.pupils.negative_control", "verschil in vroegere problematische afwezigheid, BRUG tegenover geen programma"
)
def negative_control() -> Quantity:
    """A difference that no programme can have made: absence before it, adjusted for every other trait.

    Negative control outcome: Lipsitch, Tchetgen and Cohen (2010).
    """
    pupils = brug_only(shipped(LEARNERS))
    found = average_effect(
        pupils, outcome=f"absence_before ~ {OTHER_TRAITS}", treatment=f"brug ~ {OTHER_TRAITS}", cluster=CLUSTER
    )
    row = found.table.iloc[0]
    return Quantity(row["estimate"], "points", row["lower"], row["upper"], int(row["n"]), SYNTHETIC)


@remember
def _adjusted_vsv() -> Effects:
    pupils = prepared(shipped(LEARNERS))
    return average_effect(pupils, outcome=f"vsv ~ {TRAITS}", treatment=f"arm ~ {TRAITS}", cluster=CLUSTER)


@derives("micro.pupils.e_value.ibal", "E-waarde van het effect van IBAL op vroegtijdig schoolverlaten", "ibal")
@derives("micro.pupils.e_value.brug", "E-waarde van het effect van BRUG op vroegtijdig schoolverlaten", "brug")
def programme_e_value(programme: str) -> Quantity:
    """E-value of the adjusted risk ratio, with that of the interval's nearest bound as lower end."""
    ratio = risk_ratio(_adjusted_vsv(), programme)
    value = e_value(ratio.estimate, ratio.nearest_bound)
    return Quantity(value.estimate, "ratio", value.bound, value.estimate, evidence=SYNTHETIC)
