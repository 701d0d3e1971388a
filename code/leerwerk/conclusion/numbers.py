"""Besluit: how much of what was published stands up to recomputation."""

from __future__ import annotations

from ledger.claim import Status
from ledger.quantity import Quantity
from leerwerk.study import derives, statuses


@derives("conclusion.claims.all", "uitspraken van de presentatie in de verantwoording", None)
@derives("conclusion.claims.reproduced", "uitspraken die herberekend zijn en kloppen", "reproduced")
@derives("conclusion.claims.calibrated", "uitspraken nagebouwd met synthetische gegevens", "calibrated")
@derives("conclusion.claims.consistent", "uitspraken die een toets doorstonden", "consistent")
@derives("conclusion.claims.inconsistent", "uitspraken die een toets niet doorstonden", "inconsistent")
@derives("conclusion.claims.given", "gegevens over programma of onderzoek", "given")
@derives("conclusion.claims.not_recomputable", "uitspraken die niet te herberekenen zijn", "not recomputable")
def how_many(status: Status | None) -> Quantity:
    """Number of claims, all or of one status."""
    found = statuses()["status"]
    return Quantity(len(found) if status is None else int((found == status).sum()), "count")
