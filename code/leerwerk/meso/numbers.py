"""Meso: what an independent experiment found on coaching, and trials elsewhere together."""

from __future__ import annotations

from ledger.quantity import Quantity
from leerwerk.study import claim, derives
from leerwerk.tables.context import public_figure
from leerwerk.trials import pool

DROPOUT = "coaching_rct_dropout"


@derives(
    "meso.coaching.control",
    "schooluitval zonder coaching in het Nederlandse experiment",
    "control",
    decimals=0,
)
@derives("meso.coaching.treated", "schooluitval met coaching in het Nederlandse experiment", "treated", decimals=0)
def dropout(arm: str) -> Quantity:
    """Share of students who dropped out in one arm of the randomised experiment of van der Steeg et al. (2012)."""
    return public_figure(f"{DROPOUT}_{arm}", "NL", "")


@derives("meso.coaching.difference", "verschil in schooluitval, met min zonder coaching", decimals=0)
def dropout_difference() -> Quantity:
    """Risk difference; the group sizes were not seen, so there is no interval."""
    return Quantity(dropout("treated").value - dropout("control").value, "points", evidence="context")


@derives("meso.coaching.pupils", "leerlingen in het Nederlandse experiment, met en zonder coaching samen")
def pupils() -> Quantity:
    """How many took part in all; how they were divided was not seen, so the shares have no interval."""
    return public_figure("coaching_rct_pupils", "NL", "")


@derives("meso.coaching.ibal_hours", "gemiddelde duur van een IBAL-begeleiding, zoals gepubliceerd", decimals=0)
def hours_of_ibal() -> Quantity:
    """What the experiment's coaching is held against: the published mean, whatever records may say."""
    return Quantity(claim("micro.ibal.mean_hours").middle, "hours")


@derives("meso.trials.count", "proeven elders die meetellen in het gemiddelde")
def trials_that_count() -> Quantity:
    """How many trials are pooled."""
    return Quantity(pool.pooled().trials, "count", evidence="context")


@derives("meso.trials.mean", "gemiddeld gunstig verschil in de proeven elders", decimals=0)
@derives(
    "meso.trials.coaching", "gemiddeld gunstig verschil in de proeven met coaching en mentoring", "coaching", decimals=0
)
@derives(
    "meso.trials.money",
    "gemiddeld gunstig verschil in de proeven met geld voor school",
    "money",
    decimals=0,
)
def mean_of_trials(kind: str = "") -> Quantity:
    """The random-effects mean of all trials, or of one kind, with its 95% interval."""
    found = pool.pooled(kind)
    return Quantity(found.mean, "points", found.lower, found.upper, found.trials, "context")


@derives("meso.trials.another", "gunstig verschil dat een volgende proef elders kan vinden", decimals=0)
def another_trial() -> Quantity:
    """The mean with the 95% prediction interval."""
    found = pool.pooled()
    return Quantity(found.mean, "points", found.predicted_lower, found.predicted_upper, found.trials, "context")


@derives("meso.trials.without", "gemiddelde zonder de proef die het meest doorweegt", decimals=0)
@derives(
    "meso.trials.coaching_without",
    "gemiddelde van de proeven met coaching en mentoring, zonder de proef die het meest doorweegt",
    "coaching",
    decimals=0,
)
def without_most_telling(kind: str = "") -> Quantity:
    """The mean of all trials, or of one kind, without the trial whose absence moves it most."""
    row = pool.without_most_telling(kind)
    return Quantity(row["mean"], "points", row["lower"], row["upper"], int(row["trials"]), "context")


@derives("meso.trials.least", "laagste gemiddelde als één proef wegvalt", "min", decimals=1)
@derives("meso.trials.most", "hoogste gemiddelde als één proef wegvalt", "max", decimals=1)
def leaving_one_out(which: str) -> Quantity:
    """The lowest or highest mean when one trial is left out."""
    return Quantity(float(pool.leave_one_out()["mean"].agg(which)), "points", evidence="context")
