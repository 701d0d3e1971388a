"""The figure of the Besluit: claims by status."""

from __future__ import annotations

import pandas as pd

from ledger import dutch
from ledger.claim import STATUS_LABELS
from ledger.exhibit import Column, Exhibit
from leerwerk.study import CHAPTERS, statuses
from leerwerk.tables.context import PRESENTATION
from leerwerk.tables.published import LEVELS


def summary() -> Exhibit:
    """Claims by level and status: one row per level and status that occurs."""
    counts = statuses().groupby(["level", "status"]).size().rename("n").reset_index()
    order = counts["level"].map(LEVELS.index) * 10 + counts["status"].map(list(STATUS_LABELS).index)
    frame = counts.loc[order.sort_values().index].reset_index(drop=True)
    frame = frame.assign(level_name=frame["level"].map(CHAPTERS), status_name=frame["status"].map(STATUS_LABELS))
    total = frame["n"].sum()
    reproduced, calibrated = (
        frame.loc[frame["status"] == status, "n"].sum() for status in ("reproduced", "calibrated")
    )
    return Exhibit(
        name="samenvatting",
        title=(
            f"{dutch.number(reproduced)} van de {dutch.number(total)} uitspraken zijn gereproduceerd,"
            f" {dutch.number(calibrated)} kloppen alleen in nagemaakte gegevens"
        ),
        alt=f"Per hoofdstuk een gestapelde balk. Over het hele boek: {_counted(_per_status(frame))}.",
        description=" ".join(f"{level}: {_counted(rows)}." for level, rows in frame.groupby("level_name", sort=False)),
        caption="Aantal uitspraken per hoofdstuk en per status in de verantwoording.",
        frame=frame,
        columns={"level_name": "hoofdstuk", "status_name": "status", "n": Column("uitspraken")},
        origin=f"{PRESENTATION}; eigen telling",
    )


def _per_status(frame: pd.DataFrame) -> pd.DataFrame:
    order = [status for status in STATUS_LABELS if status in set(frame["status"])]
    totals = frame.groupby("status")["n"].sum().loc[order].reset_index()
    return totals.assign(status_name=totals["status"].map(STATUS_LABELS))


def _counted(rows: pd.DataFrame) -> str:
    return dutch.enumerate_words([f"{dutch.number(row.n)} {row.status_name}" for row in rows.itertuples()])
