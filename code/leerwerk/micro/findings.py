"""The summary of findings: what the research found per programme and outcome, how large, and what is not known."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ledger import dutch
from ledger.exhibit import Exhibit
from leerwerk import study
from leerwerk.micro.numbers import WITH, WITHOUT, absence_difference
from leerwerk.micro.pupils import sizes
from leerwerk.tables.context import PRESENTATION
from leerwerk.tables.folder import microdata_evidence

NOT_SAID = "niet vermeld"
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
    """What was found: one row per programme and outcome. With real records the sizes are the estimators'."""
    rows = [(row.programme, row.outcome, found_of(row), _size(row), row.design, row.missing) for row in FINDINGS]
    known = microdata_evidence() == "restricted"
    end = "de grootte is uit de leerlingengegevens berekend" if known else "hoeveel groter, is niet vermeld"
    return Exhibit(
        name="bevindingen",
        title=f"Met IBAL en met het ABO-jaar is de kans op werk in het NEC groter; {end}",
        alt="",
        caption="NEC: normaal economisch circuit, gewoon werk. ESF: Europees Sociaal Fonds. De laatste drie"
        " kolommen zijn van ons.",
        frame=pd.DataFrame([*rows, _absence()], columns=["programme", "outcome", "found", "size", "design", "missing"]),
        columns={
            "programme": "programma",
            "outcome": "uitkomst",
            "found": "gevonden",
            "size": "hoe groot",
            "design": "opzet",
            "missing": "wat ontbreekt",
        },
        origin=PRESENTATION,
    )


def found_of(row: Finding) -> str:
    """What was found, in the words of the claim."""
    return f"{'significant ' if row.significant else ''}{CHANCE[study.claim(row.claim).published]}"


def _size(row: Finding) -> str:
    if microdata_evidence() != "restricted":
        return NOT_SAID
    size = sizes.size(row.claim)
    return f"{dutch.text(size, 1)} (95%-interval {dutch.interval(size, 1)})"


def _absence() -> tuple[str, ...]:
    size = absence_difference()
    return (
        "Motivatiebonus",
        "problematische afwezigheid",
        f"{study.claim(WITH).published} tegenover {study.claim(WITHOUT).published} in de controlegroep",
        f"{dutch.number(abs(size.value) * 100)} procentpunt {'lager' if size.value < 0 else 'hoger'}",
        GIVEN,
        "wie in de controlegroep zit",
    )
