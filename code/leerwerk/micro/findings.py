"""The summary of findings: what the research found per programme and outcome, how large, and what is not known."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ledger import dutch
from ledger.exhibit import Exhibit
from leerwerk import study
from leerwerk.micro import records
from leerwerk.micro.numbers import WITH, WITHOUT, absence_difference
from leerwerk.micro.pupils import released
from leerwerk.tables.context import PRESENTATION

NOT_SAID = "niet vermeld"
WORK = ("micro.ibal.nec", "micro.abo.nec")
WITHOUT_RECORDS = "Met IBAL en met het ABO-jaar is de kans op werk in het NEC groter; hoeveel groter, is niet vermeld"
CHANCE = {"lager": "minder kans", "hoger": "meer kans", "geen verschil": "geen bijkomend effect"}
SELECTED = "geen loting vermeld; positieve selectie"
CHOSEN = "geen loting vermeld; leerlingen kiezen zelf"
GIVEN = "niet vermeld wie de bonus krijgt"


@dataclass(frozen=True, slots=True)
class Finding:
    """One row: a claim about an outcome, what is known of the design (our reading) and what is missing."""

    programme: str
    outcome: str
    claim: str
    design: str
    missing: str
    significant: bool = False


FINDINGS = (
    Finding("IBAL", "vroegtijdig schoolverlaten", "micro.ibal.vsv", SELECTED, "grootte, aantal leerlingen", True),
    Finding("IBAL", "doorstroom naar het NEC", "micro.ibal.nec", SELECTED, "grootte, aantal leerlingen", True),
    Finding(
        "BRUG en IBAL samen", "prioriteiten van het ESF", "micro.brug_ibal.priorities", SELECTED, "toetsing, grootte"
    ),
    Finding("ABO-jaar", "werk in het NEC", "micro.abo.nec", CHOSEN, "toetsing, grootte"),
    Finding("Motivatiebonus", "werk in het NEC", "micro.bonus.nec", GIVEN, "toetsing, grootte"),
)


def summary() -> Exhibit:
    """What was found: one row per programme and outcome. With real records also what they give."""
    rows = [(row.programme, row.outcome, found_of(row), _size(row), row.design, row.missing) for row in FINDINGS]
    known = released.is_given()
    return Exhibit(
        name="bevindingen",
        title=_title_with_records() if known else WITHOUT_RECORDS,
        alt="",
        caption="NEC: normaal economisch circuit, gewoon werk. ESF: Europees Sociaal Fonds. De laatste drie"
        " kolommen zijn van ons.",
        frame=pd.DataFrame([*rows, _absence()], columns=["programme", "outcome", "found", "size", "design", "missing"]),
        columns={
            "programme": "programma",
            "outcome": "uitkomst",
            "found": "gevonden door de onderzoekers" if known else "gevonden",
            "size": "in deze leerlingengegevens" if known else "hoe groot",
            "design": "opzet",
            "missing": "wat het onderzoek niet vermeldt" if known else "wat ontbreekt",
        },
        origin=f"{PRESENTATION}; leerlingengegevens van {released.about().holder}" if known else PRESENTATION,
    )


def _title_with_records() -> str:
    """What was published, and for how many of both it follows from the records too."""
    same = sum(study.numbers(claim_id)[0].status == "reproduced" for claim_id in WORK)
    count = ("geen van beide", "één van beide", "beide")[same]
    return (
        "De onderzoekers vonden met IBAL en met het ABO-jaar meer kans op werk in het NEC; in deze leerlingengegevens is dat voor"
        f" {count} vast te stellen"
    )


def found_of(row: Finding) -> str:
    """What was found, in the words of the claim."""
    return f"{'significant ' if row.significant else ''}{CHANCE[study.claim(row.claim).published]}"


def _size(row: Finding) -> str:
    return records.size(row.claim) if released.is_given() else NOT_SAID


def _absence() -> tuple[str, ...]:
    difference = absence_difference()
    found = f"{study.claim(WITH).published} tegenover {study.claim(WITHOUT).published} in de controlegroep"
    size = f"{dutch.number(abs(difference.value) * 100)} procentpunt {'lager' if difference.value < 0 else 'hoger'}"
    if released.is_given():
        found, size = (
            f"{found}: {size}",
            " tegenover ".join(records.shown(released.answer(name)) for name in (WITH, WITHOUT)),
        )
    return (
        "Motivatiebonus",
        "problematische afwezigheid",
        found,
        size,
        GIVEN,
        "wie in de controlegroep zit",
    )
