"""The qualitative record: the coded bullets of the meso and macro slides."""

from __future__ import annotations

import pandas as pd

from ledger.tables.rules import FILLED, NUMBER, Table, one_of
from leerwerk.tables.folder import DATA
from leerwerk.tables.published import ON_SLIDE

TOPICS = {
    "motives": "Motieven",
    "recognition": "Erkenning",
    "contracts": "Overeenkomsten",
    "compensation": "Vergoeding",
    "financing": "Financiering",
    "training_plan": "Opleidingsplan",
    "guidance_at_work": "Begeleiding op de leerwerkplek",
    "guidance_by_provider": "Begeleiding door opleidingsverstrekker",
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
        refers=(ON_SLIDE,),
    )
}


def statements() -> pd.DataFrame:
    """The coded bullets of the meso and macro slides, one row each."""
    name = "published/statements.csv"
    return DATA.table(name, TABLES[name])
