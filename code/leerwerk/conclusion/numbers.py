"""Besluit: how many of the published findings could be recomputed, or held against other figures."""

from __future__ import annotations

import pandas as pd

from ledger.claim import Status
from ledger.quantity import Quantity
from leerwerk.study import derives, statuses


def findings() -> pd.DataFrame:
    """One row per finding, with the columns of `statuses`: what one check covers is one, and what is given is none."""
    rows = statuses()
    again = (rows["check"] != "") & rows.duplicated("check")
    return rows[~again & (rows["status"] != "given")].reset_index(drop=True)


# The chapters' text still counts: these go with it.
@derives("conclusion.claims.all", "bevindingen in de verantwoording", None)
@derives("conclusion.claims.reproduced", "bevindingen die nagerekend zijn", "reproduced")
@derives("conclusion.claims.calibrated", "bevindingen die afgeschermd zijn", "withheld")
@derives("conclusion.claims.consistent", "bevindingen die bij andere cijfers passen", "consistent")
@derives("conclusion.claims.inconsistent", "bevindingen die afwijken", "differs")
@derives("conclusion.claims.given", "gegevens over programma of onderzoek", "given")
@derives("conclusion.claims.not_recomputable", "bevindingen die overgenomen zijn", "taken over")
def how_many(status: Status | None) -> Quantity:
    """Number of findings, all or of one status; or of what is given."""
    found = (statuses() if status == "given" else findings())["status"]
    return Quantity(len(found) if status is None else int((found == status).sum()), "count")
