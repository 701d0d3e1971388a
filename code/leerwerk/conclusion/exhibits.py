"""What could be recomputed, in one sentence and one bar, for the Verantwoording."""

from __future__ import annotations

import pandas as pd

from ledger import dutch
from ledger.claim import STATUS_LABELS
from ledger.exhibit import Column, Exhibit
from leerwerk.conclusion.numbers import findings
from leerwerk.tables.context import PRESENTATION

COMPARED = ("reproduced", "differs", "unsettled")


def totals() -> str:
    """How many findings were recomputed, checked, withheld and taken over, in sentences."""
    rows = findings()
    checked, recomputed = _gone_into(rows)
    without = (rows["status"] == "unsettled") & ~rows["computed"]
    count = rows.loc[~without, "status"].value_counts().to_dict()
    # "Nagerekend" is also a status: with the same outcome.
    verb = "narekenen" if recomputed == count.get("reproduced", 0) else "zelf berekenen"
    said = [f"Van de {len(rows)} bevindingen konden we er {recomputed} {verb} en {checked} toetsen aan andere cijfers."]
    for status, words in {
        "differs": "wijkt de uitkomst af van wat gepubliceerd is",
        "unsettled": "is niet uit te maken of de uitkomst past",
        "withheld": "mag de uitkomst niet naar buiten, om leerlingen te beschermen",
    }.items():
        if count.get(status):
            said.append(f"Bij {count[status]} {words}.")
    if without.any():
        said.append(f"Bij {without.sum()} is in de leerlingengegevens geen schatting te maken.")
    if count.get("taken over"):
        taken = rows[rows["status"] == "taken over"]
        mostly = (taken["reason"] == "records not public").mean() > 0.5
        why = "; meestal zijn de gegevens niet openbaar" if mostly else ""
        said.append(f"De andere {len(taken)} nemen we over{why}. Dat zegt niets over hun juistheid.")
    return " ".join(said)


def _gone_into(rows: pd.DataFrame) -> tuple[int, int]:
    """How many findings were held against other figures, and how many were recomputed, whatever came of it."""
    is_check = rows["check"] != ""
    return int(is_check.sum()), int((rows["computed"] & ~is_check & rows["status"].isin(COMPARED)).sum())


def _title(rows: pd.DataFrame) -> str:
    if (rows["status"] == "taken over").mean() > 0.5:
        return "De meeste bevindingen nemen we over zoals ze gepubliceerd zijn"
    if sum(_gone_into(rows)) > len(rows) / 2:
        return "De meeste bevindingen zijn nagegaan"
    return "Minstens de helft van de bevindingen kon niet worden nagegaan"


def summary() -> Exhibit:
    """Findings by status: one row per status that occurs, in the order of the labels."""
    rows = findings()
    counts = rows["status"].value_counts()
    order = [status for status in STATUS_LABELS if status in counts]
    frame = counts.loc[order].rename("n").rename_axis("status").reset_index()
    frame = frame.assign(status_name=frame["status"].map(STATUS_LABELS))
    return Exhibit(
        name="samenvatting",
        title=_title(rows),
        alt=f"Eén balk: {dutch.enumerate_words([f'{n} {name}' for _, n, name in frame.to_numpy()])}.",
        caption="Bevindingen naar status; wat één toets samen dekt, telt één keer. Gegevens zoals data en uren tellen niet mee.",
        frame=frame,
        columns={"status_name": "status", "n": Column("bevindingen")},
        origin=f"{PRESENTATION}; eigen telling",
    )
