"""For the output checker in the room: one row per number or fact that is asked of the records, what it is and why it may leave."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ledger import dutch
from ledger.quantity import DIGITS, Quantity, Released, Unit
from leerwerk.micro.pupils.disclosure import CAUTION, Decision
from leerwerk.micro.pupils.draft import Draft, exact
from leerwerk.micro.pupils.protection import BASE, SMALLEST_CELL
from leerwerk.tables.holder import FILE, About

HEADER = [
    *("id", "wat het is", "vrijgegeven", "getoond als", "waarde", "ondergrens", "bovengrens", "eenheid", "voorbehoud"),
    *("regel", "kleinste cel", "afronding", "waar in _build/html"),
]
SIZE = " (grootte)"  # of the effect behind a direction
WHAT = {
    "micro.brug.participation": "Aandeel van de leerlingen in leren en werken dat BRUG volgde, alleen of met IBAL",
    "micro.ibal.participation": "Aandeel van de leerlingen in leren en werken dat IBAL volgde, alleen of met BRUG",
    "micro.ibal.brug_before": "Aandeel van de leerlingen met IBAL dat ook BRUG volgde",
    "micro.brug.mean_hours": "Gemiddeld aantal uren BRUG van wie BRUG volgde",
    "micro.ibal.mean_hours": "Gemiddeld aantal uren IBAL van wie IBAL volgde",
    "micro.programmes.men": "Of zowel in BRUG als in IBAL meer mannen dan vrouwen zitten",
    "micro.programmes.mother_low_education": "Aandeel met een laagopgeleide moeder bij wie BRUG of IBAL volgde",
    "micro.brug.selection": "Of wie alleen BRUG volgde, vooraf betere vooruitzichten had dan wie geen programma volgde",
    "micro.brug.selection_success": "Of selectie bijdraagt aan het schijnbare succes van BRUG",
    "micro.ibal.vsv": "Effect van IBAL op vroegtijdig schoolverlaten",
    "micro.ibal.nec": "Effect van IBAL op werk in het normaal economisch circuit",
    "micro.brug_ibal.priorities": "Effect van BRUG en IBAL samen op beide doelen, tegenover geen programma en tegenover BRUG alleen",
    "micro.abo.participation": "Aandeel van de leerlingen van BuSO OV3 dat het ABO-jaar koos",
    "micro.abo.men": "Of in het ABO-jaar meer mannen dan vrouwen zitten",
    "micro.abo.mother_low_education": "Aandeel met een laagopgeleide moeder bij wie het ABO-jaar koos",
    "micro.abo.bonus_share": "Aandeel met een motivatiebonus bij wie het ABO-jaar koos",
    "micro.bonus.absence_with": "Aandeel problematisch afwezig bij wie in ABO een bonus kreeg",
    "micro.bonus.absence_without": "Aandeel problematisch afwezig bij wie in ABO geen bonus kreeg",
    "micro.abo.nec": "Effect van het ABO-jaar op werk in het normaal economisch circuit",
    "micro.bonus.nec": "Effect van de motivatiebonus op werk in het normaal economisch circuit",
}
ABOUT = {
    "holder": "Wie de gegevens heeft",
    "period": "Over welke periode ze gaan",
    "extracted": "Wanneer ze uit de bron gehaald zijn",
    "coverage": "Welke leerlingen erin zitten",
}
CLASSES = (1000, 500, 100, 50, 20, SMALLEST_CELL)
ROUNDING: dict[Unit, str] = {
    "share": f"teller en noemer op {BASE}, dan {DIGITS} cijfers",
    "hours": f"{DIGITS} cijfers",
    "points": f"een tiende procentpunt, hoogstens {DIGITS} cijfers",
    "direction": f"enkel het teken; aandelen erachter met teller en noemer op {BASE}",
}
PLACE = (
    "claims.json, claims.csv, chapters/claims.html (rij {id}), chapters/micro.html (tabellen), en het kaartje bij het cijfer"
    " op elke pagina die het noemt"
)
PLACE_OF_SIZE = (
    "chapters/micro.html (tabellen; titel, tekst en tabel van de figuur), figures/groottes.* (met omgekeerd teken waar lager"
    " gunstig is)"
)


def facts(about: About, start_months: bool) -> Iterator[list[str]]:
    """The rows of what the pages tell of the records as a whole; no number follows from a pupil."""
    place = "chapters/micro.html (kader bovenaan; de houder ook in bijschriften en op andere pagina's)"
    for name, what in ABOUT.items():
        yield _told(name, what, str(getattr(about, name)), f"in de woorden van de houder, uit {FILE}", place)
    what = "Of de gegevens zeggen in welke maand een programma begon"
    yield _told("start_months", what, "ja" if start_months else "nee", "of er een kolom is, niet wat erin staat", place)


def _told(name: str, what: str, shown: str, rule: str, place: str) -> list[str]:
    return [f"gegevens.{name}", what, "ja", shown, "", "", "", "", "", rule, "", "", place]


def rows(drafts: Mapping[str, Draft], decisions: Mapping[str, Decision]) -> Iterator[list[str]]:
    """The rows of the answers of one table, with the columns of `HEADER`.

    Every number that leaves has one, with `ja`; so has every answer that does not, with `nee`.
    """
    for name, decision in decisions.items():
        cell = _class(min(map(exact, drafts[name].cells.values())))
        said = (CAUTION if decision.cautious else "", decision.rule, cell)
        yield _row(name, WHAT[name], decision.answer, *said, PLACE.format(id=name))
        if decision.size is not None:
            what = f"{WHAT[name]}: de grootte, als verschil van kansen"
            yield _row(f"{name}{SIZE}", what, decision.size, *said, PLACE_OF_SIZE)


def _row(name: str, what: str, answer: object, caution: str, rule: str, cell: str, place: str) -> list[str]:
    if not isinstance(answer, Released):
        return [name, what, "nee", "", "", "", "", "", "", rule, cell, "", ""]
    ends = ["" if end is None else str(end) for end in (answer.lower, answer.upper)]
    return [
        name,
        what,
        "ja",
        shown(answer),
        str(answer.value),
        *ends,
        answer.unit,
        caution,
        rule,
        cell,
        ROUNDING[answer.unit],
        place,
    ]


def shown(answer: Quantity) -> str:
    """A number with all the digits that leave; a page may print fewer."""
    if answer.unit == "direction":
        return dutch.text(answer)
    ends = (answer.value, answer.lower, answer.upper)
    decimals = 1 if answer.unit == "points" else max(_decimals(end, answer.unit) for end in ends if end)
    interval = dutch.interval(answer, decimals)
    return dutch.text(answer, decimals) + (f" (95%-interval {interval})" if interval else "")


def _decimals(value: float, unit: Unit) -> int:
    printed = value * 100 if unit == "share" else value
    return max(DIGITS - 1 - math.floor(math.log10(printed)), 0)


def _class(count: int) -> str:
    """`minstens 50` for 50 to 99: no exact count, not even here."""
    return next((f"minstens {least}" for least in CLASSES if count >= least), f"minder dan {SMALLEST_CELL}")


def write(path: Path, found: Iterable[list[str]]) -> None:
    """The checklist as CSV, in UTF-8 with a mark by which spreadsheets know it."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        table = csv.writer(file)
        table.writerow(HEADER)
        table.writerows(found)
