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
WORK = {"IBAL": "micro.ibal.nec", "het ABO-jaar": "micro.abo.nec"}
CHANCE = {"lager": records.LESS, "hoger": records.MORE, "geen verschil": "geen bijkomend effect"}
SELECTED = "geen loting vermeld, wel selectie"
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
        title=f"{_title()}; {_in_records() if known else 'de grootte is niet vermeld'}",
        alt="",
        caption="NEC: normaal economisch circuit, gewoon werk. ESF: Europees Sociaal Fonds. De laatste drie"
        f" kolommen zijn van ons.{f' {records.compared()}' if known else ''}",
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


def _title() -> str:
    """What was published of work in the regular economy."""
    found = [CHANCE[study.claim(claim_id).published] for claim_id in WORK.values()]
    ibal, abo = WORK
    if found[0] == found[1]:
        return f"De onderzoekers vonden met {ibal} en met {abo} {found[0]} op werk in het NEC"
    return f"De onderzoekers vonden met {ibal} {found[0]} op werk in het NEC, en met {abo} {found[1]}"


def _in_records() -> str:
    """What the records give of both."""
    ibal, abo = map(records.word, WORK.values())
    if ibal == abo:
        return f"in deze leerlingengegevens voor allebei: {ibal}"
    return f"in deze leerlingengegevens met IBAL: {ibal}, met het ABO-jaar: {abo}"


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
        with_bonus, without = (records.shown(released.answer(name)) for name in (WITH, WITHOUT))
        size = f"met bonus {with_bonus}, zonder {without}; niet gecorrigeerd"
        size = with_bonus if with_bonus == without in (records.SHIELDED, records.NO_ESTIMATE) else size
    return (
        "Motivatiebonus",
        "problematische afwezigheid",
        found,
        size,
        GIVEN,
        "wie in de controlegroep zit",
    )
