"""Tables of the Data page and of the changelog: when a source was last looked up, what is fetched, what was changed afterwards."""

from __future__ import annotations

from datetime import date

import pandas as pd

from ledger import dutch
from ledger.exhibit import Exhibit
from leerwerk.tables import upkeep
from leerwerk.tables.context import public_sources

UNKNOWN, NOT_YET = "niet genoteerd", "nog niet opgehaald"
FINISHED, SOON = "niet meer: het document is af", "zo snel mogelijk"


def looked_up() -> Exhibit:
    """When each source of a figure was last looked up and is due again: one row per source, the first due on top."""
    rows = sorted(upkeep.calendar().itertuples(), key=lambda row: (row.kind == upkeep.FINISHED, row.due or date.min))
    said = [(row.label, _last(row.kind, row.looked_up), _due(row.kind, row.due)) for row in rows]
    frame = pd.DataFrame(said, columns=["source", "last", "due"]).drop_duplicates(ignore_index=True)
    return Exhibit(
        name="nagekeken",
        title="Wanneer we elke bron het laatst nakeken",
        alt="",
        caption=(
            "Wie blijft publiceren, zoeken we opnieuw op vanaf de dag in de laatste kolom. Cijfers van Eurostat worden opgehaald;"
            " zij zijn aan de beurt als er een jaar lang niets nieuws bij komt."
        ),
        frame=frame,
        columns={"source": "bron", "last": "laatst nagekeken", "due": "opnieuw na te kijken"},
        origin="sources.csv en feeds.csv",
    )


def revisions() -> Exhibit:
    """Figures that their publisher changed afterwards: one row per figure, the newest first; maybe none."""
    some, none = "Cijfers die de bron herzag", "Nog geen enkele bron herzag een cijfer dat we ophaalden"
    return _changed(upkeep.REVISION, "herzieningen", some, none)


def corrections() -> Exhibit:
    """Figures that we had wrong: one row per figure, the newest first; maybe none."""
    return _changed(upkeep.CORRECTION, "verbeteringen", "Cijfers die wij verbeterden", "We verbeterden nog geen cijfer")


def _changed(kind: str, name: str, some: str, none: str) -> Exhibit:
    rows = upkeep.changes(kind)
    labels = public_sources().set_index("source")["label"]
    frame = rows.assign(
        date=[dutch.long_date(date.fromisoformat(day)) for day in rows["date"]],
        source=[labels.get(key, key) for key in rows["source"]],
    )[["what", "was", "now", "date", "source", "reason"]]
    return Exhibit(
        name=name,
        title=none if frame.empty else some,
        alt="",
        caption="De nieuwste staan bovenaan.",
        frame=frame,
        columns={
            "what": "cijfer",
            "was": "was",
            "now": "is nu",
            "date": "sinds",
            "source": "bron",
            "reason": "waarom",
        },
        origin="changes.csv",
    )


def _last(kind: str, day: date | None) -> str:
    if day is None:
        return NOT_YET if kind == upkeep.FETCHED else UNKNOWN
    return dutch.long_date(day)


def _due(kind: str, day: date | None) -> str:
    if kind == upkeep.FINISHED:
        return FINISHED
    return SOON if day is None else dutch.long_date(day)
