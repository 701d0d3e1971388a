"""With results of real pupil records: whose they are, and what they give beside what was published. Without: nothing."""

from __future__ import annotations

import pandas as pd

from ledger import dutch
from ledger.claim import STATUS_LABELS, Withheld
from ledger.exhibit import Exhibit
from ledger.quantity import Released
from leerwerk import study
from leerwerk.micro.pupils import released
from leerwerk.micro.pupils.answers import ANSWERS
from leerwerk.tables.context import PRESENTATION

# In a cell of a table, where no number may or can stand.
SHIELDED, NO_ESTIMATE = "afgeschermd", "geen schatting mogelijk"


def notices() -> list[tuple[str, str]]:
    """Title and text of what must be known of the records; nothing where the book has none."""
    if not released.is_given():
        return []
    return [
        (
            "Nagerekend met echte leerlingengegevens",
            f"{whose()} Dat kunnen andere leerlingen of een andere periode zijn dan in het onderzoek: een andere uitkomst wil niet"
            " zeggen dat een van beide fout is. Aantallen zijn afgerond, en wat op weinig leerlingen steunt, is afgeschermd.",
        )
    ]


def whose() -> str:
    """Whose records they are, in sentences."""
    about = released.about()
    return (
        f"De leerlingengegevens zijn van {about.holder}, over {about.period}, uit de bron gehaald op"
        f" {dutch.long_date(about.extracted)}. {about.coverage}"
    )


def beside_published() -> list[Exhibit]:
    """One row per claim about pupils: what was published and what the records give; nothing where the book has none."""
    if not released.is_given():
        return []
    rows = []
    for number in study.LEDGER.numbers("micro"):
        if number.id in ANSWERS and number.claim is not None and number.status is not None:
            claim, found = number.claim, number.text or shown(number.answer)
            more = ", ".join(filter(None, (number.interval, size(number.id) if released.size(number.id) else "")))
            rows.append((claim.statement, claim.published, found, more, STATUS_LABELS[number.status]))
    return [
        Exhibit(
            name="leerlingengegevens",
            title="Wat over leerlingen gepubliceerd is, en wat deze leerlingengegevens geven",
            alt="",
            caption="Grootte: verschil met wie het programma niet volgde, gecorrigeerd voor kenmerken, met 95%-interval. Van"
            " aandelen en uren: het 95%-interval.",
            frame=pd.DataFrame(rows, columns=["statement", "published", "here", "more", "status"]),
            columns={
                "statement": "uitspraak",
                "published": "gepubliceerd",
                "here": "in deze gegevens",
                "more": "interval of grootte",
                "status": "status",
            },
            origin=f"{PRESENTATION}; leerlingengegevens van {released.about().holder}; eigen berekening",
        )
    ]


def size(claim_id: str) -> str:
    """The effect behind a claim as a table says it."""
    found = released.size(claim_id)
    if found is None:
        return shown(released.answer(claim_id))
    return f"{dutch.text(found, 1)} (95%-interval {dutch.interval(found, 1)})"


def shown(answer: object) -> str:
    """An answer as a table says it, or why it has none."""
    if isinstance(answer, Released):
        return dutch.text(answer)
    return SHIELDED if isinstance(answer, Withheld) else NO_ESTIMATE
