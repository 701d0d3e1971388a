"""What a reader may know of a number's origin, for its card and for its row in the ledger. Runs in kernels."""

from __future__ import annotations

from html import escape

from bookbuild.page.marks import SYNTHETIC
from ledger import dutch
from ledger.claim import STATUS_LABELS, Claim
from ledger.evaluated import Evaluated
from ledger.quantity import Unit

BASIS_LABELS = {
    "published": "rekenen met gepubliceerde cijfers",
    "context": "openbare reeks",
    "microdata": "leerlingengegevens",
    "design": "programma of onderzoeksopzet",
    "qualitative": "kwalitatieve bevinding",
}
EVIDENCE_LABELS = {
    "published": "berekend uit gepubliceerde cijfers",
    "context": "openbare reeks",
    "restricted": "echte leerlingengegevens",
    "synthetic": "synthetische gegevens",
}
UNIT_LABELS: dict[Unit, str] = {
    "share": "aandeel",
    "count": "aantal",
    "hours": "uur",
    "euro": "euro",
    "persons": "personen",
    "year": "jaar",
    "direction": "richting",
    "points": "procentpunt",
    "ratio": "verhouding",
}
RECORDS_LABELS = {"restricted": ", hier echt"}

Fact = tuple[str, str]


def of_number(number: Evaluated) -> list[Fact]:
    """Name and HTML of each fact, empty where there is nothing to say; what synthetic records gave carries that word."""
    return _of_claim(number, number.claim) if number.claim else _of_own(number)


def files(number: Evaluated) -> Fact:
    """The data files that it was computed from."""
    return "Bestanden", escape(dutch.enumerate_words(list(number.inputs)))


def _of_claim(number: Evaluated, claim: Claim) -> list[Fact]:
    records = RECORDS_LABELS.get(number.microdata, "")
    return [
        ("Gepubliceerd", f"{escape(claim.published)}, {number.place}"),
        ("Nagerekend", recomputed(number)),
        ("Interval", interval(number)),
        ("Status", STATUS_LABELS[number.status] if number.status else ""),
        ("Toelichting", escape(number.explanation)),
        ("Soort bewijs", f"{BASIS_LABELS[claim.basis]}{records} ({UNIT_LABELS[claim.unit]})"),
    ]


def _of_own(number: Evaluated) -> list[Fact]:
    evidence = number.quantity.evidence if number.quantity else "published"
    value = [("Waarde", recomputed(number)), ("Interval", interval(number))]
    return [*value, ("Soort bewijs", EVIDENCE_LABELS[evidence]), files(number)]


def recomputed(number: Evaluated) -> str:
    """The recomputed number, labelled where synthetic; nothing where none was recomputed."""
    return _labelled(number, number.text)


def interval(number: Evaluated) -> str:
    """Its interval, labelled likewise."""
    return _labelled(number, number.interval)


def _labelled(number: Evaluated, text: str) -> str:
    return f"{escape(text)} {SYNTHETIC}" if text and number.microdata == "synthetic" else escape(text)


def source(number: Evaluated) -> tuple[str, str, int] | None:
    """Name, file and line of the function behind a number; None where no function computes it."""
    return (number.source.function, number.source.path, number.source.line) if number.source else None
