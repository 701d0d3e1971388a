"""Meso: what an independent experiment found on coaching."""

from __future__ import annotations

from ledger.quantity import Quantity
from leerwerk.study import claim, derives
from leerwerk.tables.context import public_figure

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
