"""The numbers of the chapter: which function answers which statement, and what we count ourselves."""

from __future__ import annotations

from demo.study import derives, recomputes
from demo.tables import streets
from ledger.quantity import Quantity


@recomputes("first.trees.planted")
def planted() -> Quantity:
    """All trees that were planted."""
    return Quantity(streets()["planted"].sum(), "count", evidence="context")


@recomputes("first.trees.alive_share")
def alive_share() -> Quantity:
    """Those alive, as a share of those planted."""
    table = streets()
    return Quantity(table["alive"].sum() / table["planted"].sum(), "share", evidence="context")


@derives("first.trees.lost", "trees that did not live")
def lost() -> Quantity:
    """Planted, and no longer alive."""
    table = streets()
    return Quantity((table["planted"] - table["alive"]).sum(), "count", evidence="context")
