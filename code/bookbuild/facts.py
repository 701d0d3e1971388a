"""What a reader may know of a number's origin, for its card and for its row in the ledger. Runs in kernels."""

from __future__ import annotations

import inspect
from html import escape
from importlib import import_module

from leerwerk import dutch
from leerwerk.claims import STATUS_LABELS, Evaluated
from leerwerk.quantity import Unit

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
    "synthetic": "nagemaakte gegevens",
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
RECORDS_LABELS = {"synthetic": "synthetisch", "restricted": "echt"}
SYNTHETIC = '<span class="synthetic">synthetisch</span>'


def of_number(number: Evaluated) -> dict[str, str]:
    """Name and HTML of each fact, empty ones left out; what synthetic records gave carries that word."""
    facts = _of_claim(number) if number.claim else _of_own(number)
    facts |= {
        "Bestanden": escape(dutch.enumerate_words(list(number.inputs))),
        "Leerlingengegevens": RECORDS_LABELS.get(number.microdata, ""),
    }
    return {name: fact for name, fact in facts.items() if fact}


def _of_claim(number: Evaluated) -> dict[str, str]:
    claim = number.claim
    if claim is None or number.status is None:
        raise ValueError(f"{number.id} is not a claim")
    return {
        "Gepubliceerd": f"{escape(claim.published)}, op de slide '{escape(claim.slide)}'",
        "Herberekend": recomputed(number),
        "Interval": interval(number),
        "Status": STATUS_LABELS[number.status],
        "Toelichting": escape(number.reason),
        "Bewijs": f"{BASIS_LABELS[claim.basis]} ({UNIT_LABELS[claim.unit]})",
    }


def _of_own(number: Evaluated) -> dict[str, str]:
    evidence = number.quantity.evidence if number.quantity else "published"
    return {"Waarde": recomputed(number), "Interval": interval(number), "Bewijs": EVIDENCE_LABELS[evidence]}


def recomputed(number: Evaluated) -> str:
    """The recomputed number, labelled where synthetic; nothing where none was recomputed."""
    return _labelled(number, number.text)


def interval(number: Evaluated) -> str:
    """Its interval, labelled likewise."""
    return _labelled(number, dutch.interval(number.quantity, number.decimals) if number.quantity else "")


def _labelled(number: Evaluated, text: str) -> str:
    return f"{escape(text)} {SYNTHETIC}" if text and number.microdata == "synthetic" else escape(text)


def source(computed_by: str) -> tuple[str, str, int] | None:
    """Of `module:function` the function's name, the file from the project's root and its first line there.

    Returns
    -------
    None where no function computes the number. The line is that of the first decorator.
    """
    if not computed_by:
        return None
    module, name = computed_by.split(":")
    function = inspect.unwrap(getattr(import_module(module), name))
    return name, f"code/{module.replace('.', '/')}.py", function.__code__.co_firstlineno
