"""The appendix pages that list everything: the ledger, the book's own numbers, and the data tables."""

from __future__ import annotations

import json
from html import escape

from bookbuild import page
from leerwerk import claims, dutch, sources
from leerwerk.claims import LEVEL_LABELS, STATUS_LABELS, Evaluated
from leerwerk.quantity import Unit

BASIS_LABELS = {
    "published": "rekenen met gepubliceerde cijfers",
    "context": "openbare reeks",
    "microdata": "leerlingengegevens",
    "design": "programma of onderzoeksopzet",
    "qualitative": "kwalitatieve bevinding",
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


def ledger() -> None:
    """The ledger: one entry per claim, filterable by chapter and status where JavaScript runs, complete without it."""
    rows = [number for number in claims.evaluate_all() if number.claim]
    page.show_html(_filters(rows) + '<div id="ledger">' + "".join(_claim_entry(row) for row in rows) + "</div>")


def _filters(rows: list[Evaluated]) -> str:
    levels = "".join(f'<option value="{level}">{label}</option>' for level, label in LEVEL_LABELS.items())
    found = {row.status for row in rows}
    statuses = "".join(
        f'<option value="{status}">{label}</option>' for status, label in STATUS_LABELS.items() if status in found
    )
    return (
        '<form id="ledger-filters" hidden>'
        f'<label>Hoofdstuk <select name="level"><option value="">alle</option>{levels}</select></label> '
        f'<label>Status <select name="status"><option value="">alle</option>{statuses}</select></label> '
        f'<output aria-live="polite">{len(rows)} uitspraken</output></form>'
    )


def _claim_entry(number: Evaluated) -> str:
    claim = number.claim
    if claim is None or number.status is None:
        raise ValueError(f"{number.id} is not a claim")
    facts = {
        "Gepubliceerd": claim.published,
        "Herberekend": number.text,
        "Soort": f"{UNIT_LABELS[claim.unit]}; {BASIS_LABELS[claim.basis]}",
        "Toelichting": number.reason,
        "Slide": claim.slide,
        "Functie": number.computed_by,
        "Bestanden": dutch.enumerate_words(list(number.inputs)),
        "Leerlingengegevens": {"synthetic": "synthetisch", "restricted": "echt"}.get(number.microdata, ""),
    }
    return (
        f'<section class="claim" id="{claim.id}" data-level="{claim.level}" data-status="{number.status}">'
        f'<p class="claim-head"><span class="status status-{number.status.replace(" ", "-")}">{STATUS_LABELS[number.status]}</span> '
        f'{escape(claim.statement)} <a class="claim-link" href="#{claim.id}"><code>{claim.id}</code></a></p>{_facts(facts)}</section>'
    )


def own_numbers() -> None:
    """The book's own numbers: one entry each, with the function and the files behind it."""
    rows = [number for number in claims.evaluate_all() if not number.claim]
    page.show_html("".join(_number_entry(row) for row in rows))


def _number_entry(number: Evaluated) -> str:
    facts = {
        "Waarde": number.text,
        "Interval": dutch.interval(number.quantity, number.decimals) if number.quantity else "",
        "Functie": number.computed_by,
        "Bestanden": dutch.enumerate_words(list(number.inputs)),
    }
    return (
        f'<section class="claim" id="{number.id}"><p class="claim-head">{escape(number.label)} '
        f'<a class="claim-link" href="#{number.id}"><code>{number.id}</code></a></p>{_facts(facts)}</section>'
    )


def _facts(facts: dict[str, str]) -> str:
    items = "".join(f"<div><dt>{name}</dt><dd>{escape(fact)}</dd></div>" for name, fact in facts.items() if fact)
    return f"<dl>{items}</dl>"


def data_tables() -> None:
    """Every table under data/ with description, rows, licence and a link to download it."""
    package = json.loads((sources.DATA / "datapackage.json").read_text(encoding="utf-8"))
    page.show_html("".join(_resource_entry(resource) for resource in package["resources"]))


def _resource_entry(resource: dict) -> str:
    path = resource["path"]
    table = sources.table(path) if path in sources.TABLES else None
    facts = {
        "Rijen": "" if table is None else dutch.number(len(table)),
        "Kolommen": "" if table is None else dutch.enumerate_words(list(table)),
        "Bron": "; ".join(source["title"] for source in resource["sources"]),
        "Licentie": "; ".join(licence["title"] for licence in resource["licenses"]),
    }
    return (
        f'<section class="claim" id="{resource["name"]}"><p class="claim-head">{escape(resource["description"])} '
        f'<a href="../data/{path}" download><code>data/{path}</code></a></p>{_facts(facts)}</section>'
    )
