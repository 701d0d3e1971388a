"""The qualitative record: coded bullets of the slides as tables, in Dutch."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from ledger.exhibit import Exhibit
from ledger.tables.rules import FILLED, NUMBER, Table, one_of
from leerwerk.tables.context import PRESENTATION
from leerwerk.tables.folder import DATA

TOPICS = {
    "motives": "Motieven",
    "recognition": "Erkenning",
    "contracts": "Overeenkomsten",
    "compensation": "Vergoeding",
    "financing": "Financiering",
    "training_plan": "Opleidingsplan",
    "guidance_at_work": "Begeleiding op het werk",
    "guidance_by_provider": "Begeleiding door de verstrekker",
    "ending": "Vroegtijdige beëindiging",
}
ACTORS = {
    "learner": "Leerling",
    "workplace": "Leerwerkplek",
    "counsellor": "Begeleider",
    "provider": "Opleidingsverstrekker",
    "government": "Overheid",
}
KINDS = {
    "strength": "Sterkte",
    "bottleneck": "Knelpunt",
    "finding": "Bevinding",
    "condition": "Voorwaarde",
    "recommendation": "Aanbeveling",
}
TABLES: dict[str, Table] = {
    "published/statements.csv": Table(
        columns={
            "slide": (NUMBER,),
            "topic": (one_of(*TOPICS),),
            "actor": (one_of(*ACTORS),),
            "kind": (one_of(*KINDS),),
            "statement": (FILLED,),
        },
        key=("slide", "statement"),
        numeric=("slide",),
    )
}


def statements() -> pd.DataFrame:
    """The coded bullets of the meso and macro slides, one row each."""
    name = "published/statements.csv"
    return DATA.table(name, TABLES[name])


def coded() -> pd.DataFrame:
    """All coded statements with the Dutch names of topic, actor and kind: one row per statement."""
    rows = statements()
    return rows.assign(
        topic_name=rows["topic"].map(TOPICS),
        actor_name=rows["actor"].map(ACTORS),
        kind_name=rows["kind"].map(KINDS),
    )


def record_table(name: str, title: str, select: Callable[[pd.DataFrame], pd.Series]) -> Exhibit:
    """The statements that `select` picks, ordered by kind: one row per statement."""
    rows = coded()
    picked = rows[select(rows)]
    order = picked["kind"].map(list(KINDS).index)
    return Exhibit(
        name=name,
        title=title,
        alt="",
        caption="Uitspraken van de presentatie, in onze woorden en door ons ingedeeld; bij wie een aanbeveling ligt, is onze inschatting.",
        frame=picked.loc[order.sort_values(kind="stable").index].reset_index(drop=True),
        columns={"statement": "uitspraak", "kind_name": "soort", "actor_name": "bij wie"},
        origin=PRESENTATION,
    )
