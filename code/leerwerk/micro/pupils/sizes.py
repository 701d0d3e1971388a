"""How large the published effects are in the records at hand: for the summary of findings, with real records only."""

from __future__ import annotations

from collections.abc import Callable

from ledger.quantity import Quantity
from leerwerk.micro.pupils.programmes import abo_effect, bonus_effect, ibal_effect, together_effects
from leerwerk.study import remember
from leerwerk.tables.folder import microdata_evidence as evidence
from leerwerk.tables.pupils import abo_learners, learners

# By claim: the difference in points with its 95% interval over centres.
_SIZES: dict[str, Callable[[], Quantity]] = {
    "micro.ibal.vsv": lambda: ibal_effect(learners(), "vsv", evidence=evidence()).quantity(evidence()),
    "micro.ibal.nec": lambda: ibal_effect(learners(), "nec", evidence=evidence()).quantity(evidence()),
    "micro.brug_ibal.priorities": lambda: together_effects(learners(), evidence=evidence())["none"].quantity(
        evidence()
    ),
    "micro.abo.nec": lambda: abo_effect(abo_learners(), evidence=evidence()).quantity(evidence()),
    "micro.bonus.nec": lambda: bonus_effect(abo_learners(), "nec", evidence=evidence()).quantity(evidence()),
}


@remember
def size(claim_id: str) -> Quantity:
    """The effect behind one claim, in points with its 95% interval: estimated once, however many tables and figures ask."""
    return _SIZES[claim_id]()
