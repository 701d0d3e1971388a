"""What the Besluit lists: the recommendations per actor, and what we infer ourselves."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ledger.exhibit import Exhibit
from leerwerk.tables.context import PRESENTATION
from leerwerk.tables.recommendations import ACTORS, recommendations_for

COLUMNS = {
    "item": "voorstel",
    "slide": "plaats",
    "finding": "waarop het steunt",
    "evidence": "bewijs",
}


def proposals(actor: str) -> Exhibit:
    """What the slides propose to one actor: one row per explicit recommendation."""
    return _listed(actor, "voorstellen", "Voorstellen", recommendations_for(actor, derived=False), PRESENTATION)


def inferences(actor: str) -> Exhibit:
    """What follows from a condition, or what we infer, for one actor: one row per recommendation."""
    frame = recommendations_for(actor, derived=True)
    return _listed(actor, "gevolgen", "Wat wij eruit afleiden", frame, f"{PRESENTATION}; eigen gevolgtrekking")


def _listed(actor: str, kind: str, title: str, frame: pd.DataFrame, origin: str) -> Exhibit:
    who = ACTORS[actor]
    return Exhibit(
        name=f"{kind}-{actor}",
        title=f"{title}: {who[0].lower()}{who[1:]}",
        alt="",
        caption="Wie wat moet doen, is meestal onze inschatting. Plaats: het nummer in de tabel met titels.",
        frame=frame.assign(
            item=[_item(row) for row in frame.itertuples()], slide=frame["slide"].map(lambda number: f"s{number:.0f}")
        ),
        columns=COLUMNS,
        origin=origin,
    )


def _item(row: Any) -> str:
    return f"{row.recommendation} (Voorbehoud: {row.reservation}.)" if row.reservation else row.recommendation
