"""What could be recomputed, in one sentence and one bar, for the Verantwoording."""

from __future__ import annotations

from ledger import dutch
from ledger.claim import STATUS_LABELS
from ledger.exhibit import Column, Exhibit
from leerwerk.conclusion.numbers import findings
from leerwerk.tables.context import PRESENTATION

COMPARED = ("reproduced", "differs", "unsettled")


def totals() -> str:
    """How many findings were recomputed, checked, withheld and taken over, in sentences."""
    rows = findings()
    count = rows["status"].value_counts().to_dict()
    is_check = rows["check"] != ""
    checked, recomputed = is_check.sum(), (~is_check & rows["status"].isin(COMPARED)).sum()
    said = [
        f"Van de {len(rows)} bevindingen konden we er {recomputed} narekenen en {checked} toetsen aan andere cijfers."
    ]
    for status, words in {
        "differs": "wijkt de uitkomst af van wat gepubliceerd is",
        "unsettled": "is niet uit te maken of de uitkomst past",
        "withheld": "mag de uitkomst niet naar buiten, om leerlingen te beschermen",
    }.items():
        if count.get(status):
            said.append(f"Bij {count[status]} {words}.")
    if count.get("taken over"):
        taken = rows[rows["status"] == "taken over"]
        mostly = (taken["reason"] == "records not public").mean() > 0.5
        why = "; meestal zijn de gegevens niet openbaar" if mostly else ""
        said.append(f"De andere {len(taken)} nemen we over{why}. Dat zegt niets over hun juistheid.")
    return " ".join(said)


def summary() -> Exhibit:
    """Findings by status: one row per status that occurs, in the order of the labels."""
    counts = findings()["status"].value_counts()
    order = [status for status in STATUS_LABELS if status in counts]
    frame = counts.loc[order].rename("n").rename_axis("status").reset_index()
    frame = frame.assign(status_name=frame["status"].map(STATUS_LABELS))
    mostly = "taken over" in counts and counts["taken over"] > len(findings()) / 2
    return Exhibit(
        name="samenvatting",
        title="De meeste bevindingen nemen we over zoals ze gepubliceerd zijn"
        if mostly
        else "De meeste bevindingen zijn nagegaan",
        alt=f"Eén balk: {dutch.enumerate_words([f'{n} {name}' for _, n, name in frame.to_numpy()])}.",
        caption="Bevindingen naar status; wat één toets samen dekt, telt één keer. Gegevens zoals data en uren tellen niet mee.",
        frame=frame,
        columns={"status_name": "status", "n": Column("bevindingen")},
        origin=f"{PRESENTATION}; eigen telling",
    )
