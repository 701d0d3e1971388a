"""The appendix pages that list everything: the ledger, the book's own numbers, and the data tables."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from html import escape
from typing import Any

import pandas as pd

from bookbuild.page import facts, show
from bookbuild.page.facts import BASIS_LABELS
from bookbuild.page.marks import kind_of, mark_html
from bookbuild.page.number import Ways, facts_html
from ledger import dutch
from ledger.claim import STATUS_LABELS, Claim, Status
from ledger.evaluated import Evaluated
from ledger.ledger import Ledger
from ledger.tables.folder import Folder
from ledger.tables.rules import Table

HERE = Ways("chapters")  # where the appendices stand
ORDERS = {"slides": "de oorspronkelijke volgorde", "status": "status", "id": "vaste link"}


def ledger(book: Ledger) -> None:
    """The ledger: one folded entry per claim; searched, filtered and sorted where JavaScript runs, complete without it."""
    rows = [(number, number.claim, number.status) for number in book.numbers()]
    entries = [_claim_entry(number, claim, status) for number, claim, status in rows if claim and status]
    bases, statuses = {claim.basis for _, claim, _ in rows if claim}, {status for *_, status in rows if status}
    form = _form(book.chapters, bases, statuses)
    show.show_html(f'{form}<ol class="claims" id="ledger">{"".join(entries)}</ol>')


def _form(chapters: Mapping[str, str], bases: Collection[str], statuses: Collection[Status]) -> str:
    return (
        '<form id="ledger-filters" role="search" aria-label="De uitspraken" hidden>'
        '<label class="wide">Zoek in de uitspraken <input type="search" name="search" autocomplete="off"></label>'
        + _select("Hoofdstuk", "level", chapters, "alle")
        + _select("Soort bewijs", "basis", {key: BASIS_LABELS[key] for key in BASIS_LABELS if key in bases}, "alle")
        + _select("Status", "status", {key: STATUS_LABELS[key] for key in STATUS_LABELS if key in statuses}, "alle")
        + _select("Sorteer volgens", "order", ORDERS)
        + '<p class="wide"><output role="status"></output> <button type="submit">Naar de lijst</button> '
        '<button type="reset">Toon alles</button></p></form>'
    )


def _select(label: str, name: str, options: Mapping[Any, str], all_of_them: str = "") -> str:
    every = f'<option value="">{all_of_them}</option>' if all_of_them else ""
    found = "".join(f'<option value="{value}">{text}</option>' for value, text in options.items())
    return f'<label>{label} <select name="{name}">{every}{found}</select></label>'


def _claim_entry(number: Evaluated, claim: Claim, status: Status) -> str:
    kind = kind_of(status, number.microdata)
    pair = f"gepubliceerd <strong>{escape(claim.published)}</strong>"
    if number.text:
        pair += f", nagerekend <strong>{facts.recomputed(number)}</strong>"
    summary = (
        f'<span class="status kind-{kind}">{mark_html(kind)} {STATUS_LABELS[status]}</span> '
        f'<span class="claim-statement">{escape(claim.statement)}</span> <span class="claim-pair">{pair}</span>'
    )
    data = f'data-level="{claim.level}" data-basis="{claim.basis}" data-status="{status}"'
    return _entry(number, summary, data, facts.files(number))


def own_numbers(book: Ledger) -> None:
    """The book's own numbers: one folded entry each, with the function and the files behind it."""
    entries = "".join(_number_entry(number) for number in book.numbers() if not number.claim)
    show.show_html(f'<ol class="claims">{entries}</ol>')


def _number_entry(number: Evaluated) -> str:
    summary = (
        f'<span class="claim-statement">{escape(number.label)}</span> '
        f'<span class="claim-pair"><strong>{facts.recomputed(number)}</strong></span>'
    )
    return _entry(number, summary, f'data-level="{number.chapter}"')


def _entry(number: Evaluated, summary: str, data: str, *more: facts.Fact) -> str:
    # The anchor lies inside the fold: browsers open what they jump into, also without JavaScript.
    return (
        f'<li class="claim" {data}><details><summary>{summary}</summary><section id="{number.id}">'
        f"{facts_html([*facts.of_number(number), *more], facts.source(number), HERE)}"
        f'<p><a class="claim-link" href="#{number.id}">Vaste link: <code>{number.id}</code></a></p>'
        "</section></details></li>"
    )


def data_tables(data: Folder, rules: Mapping[str, Table]) -> None:
    """Every table of a folder with description, rows, licence and a link to download it.

    Parameters
    ----------
    rules
        Those of the tables, by path; what else datapackage.json names is only described.
    """
    package = json.loads(data.text("datapackage.json"))
    tables = {name: data.table(name, table) for name, table in rules.items()}
    show.show_html(
        "".join(_resource_entry(resource, tables.get(resource["path"])) for resource in package["resources"])
    )


def _resource_entry(resource: dict, table: pd.DataFrame | None) -> str:
    path = escape(resource["path"])
    about = [
        ("Rijen", "" if table is None else dutch.number(len(table))),
        ("Kolommen", "" if table is None else _names(table)),
        ("Bron", escape("; ".join(source["title"] for source in resource["sources"]))),
        ("Licentie", escape("; ".join(licence["title"] for licence in resource["licenses"]))),
    ]
    return (
        f'<section class="claim" id="{escape(resource["name"])}"><p class="claim-head">{escape(resource["description"])} '
        f'<a href="../data/{path}" download><code>data/{path}</code></a></p>{facts_html(about, None, HERE)}</section>'
    )


def _names(table: pd.DataFrame) -> str:
    return dutch.enumerate_words([f"<code>{escape(str(name))}</code>" for name in table])
