"""The HTML of a number in the prose, of the card that tells its origin, and of the legend. Imports nothing heavy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from posixpath import relpath
from typing import Any

from bookbuild.page.marks import KINDS, MARKS, SYNTHETIC, Kind, mark_html

NO_BREAK = "\N{NO-BREAK SPACE}"  # no line or page ends between a number and its label


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways from a page to others.

    Parameters
    ----------
    folder
        The folder of the page, from the root of the book; empty for the root itself.
    ledger, legend
        The page with the ledger, and where the marks are explained, from the root.
    """

    folder: str
    ledger: str = ""
    legend: str = ""

    def to(self, path: str) -> str:
        """The relative address of a file, given from the root."""
        return escape(relpath(path, self.folder or "."))


def number_html(number: dict[str, Any], ways: Ways) -> str:
    """A number as a link to its row in the ledger, with its mark where the prose asks for it.

    Parameters
    ----------
    number
        What the kernel sent: see `bookbuild.page`.
    ways
        From the page that shows it.
    """
    kind: Kind = number["kind"]
    described = f' aria-describedby="mark-{kind}"' if number["marked"] else ""
    mark = mark_html(kind) if number["marked"] else ""
    word = f'<span class="status kind-{kind}">{number["word"]}</span>' if number["word"] else ""
    label = SYNTHETIC if kind == "synthetic" else word
    return (
        f'<a class="number kind-{kind}" href="{ways.to(ways.ledger)}#{number["id"]}"{described}>'
        f"{escape(number['text'])}{mark}</a>{NO_BREAK if label else ''}{label}"
    )


def legend_html(kinds: Iterable[Kind], ways: Ways) -> str:
    """One line that names the marks of some kinds; the numbers of the page take their description from it."""
    found = set(kinds)
    items = ", ".join(
        f'<span class="kind-{kind}">{mark_html(kind)} <span id="mark-{kind}">{mark.label}</span></span>'
        for kind, mark in MARKS.items()
        if kind in found
    )
    link = f'<a href="{ways.to(ways.legend)}">Wat de tekens betekenen</a>'
    return f'<p class="legend">Bij de getallen: {items}; geen teken: {KINDS["published"].label}. {link}</p>'


def marks_html() -> str:
    """Every mark with what it stands for, and what a number without one is."""
    items = "".join(
        f'<div><dt class="kind-{kind}">{mark_html(kind)} {mark.label}</dt><dd>{mark.meaning}</dd></div>'
        for kind, mark in MARKS.items()
    )
    return f'<dl class="marks">{items}<div><dt>geen teken</dt><dd>{KINDS["published"].meaning}</dd></div></dl>'


def card_html(number: dict[str, Any], ways: Ways) -> str:
    """The card of a number; hidden, so that without a script it is not there and the number is a plain link."""
    name, kind = f"card-{number['id']}", number["kind"]
    return (
        f'<div class="card" id="{name}" role="dialog" aria-labelledby="{name}-title" tabindex="-1" hidden>'
        f'<p class="card-kind kind-{kind}">{mark_html(kind)} {number["word"] or KINDS[kind].label}</p>'
        f'<p class="card-title" id="{name}-title">{escape(number["label"])}</p>'
        f"{facts_html(number['facts'], number['source'], ways)}"
        f'<p class="card-end"><a href="{ways.to(ways.ledger)}#{number["id"]}">Naar de rij in de Verantwoording</a></p></div>'
    )


def facts_html(facts: Iterable[Sequence[str]], source: Sequence[Any] | None, ways: Ways) -> str:
    """Facts (name and HTML) as a list, empty ones left out, the function with a link to its file as the last."""
    shown = [*facts, ("Functie", source_html(source, ways))] if source else facts
    return "<dl>" + "".join(f"<div><dt>{name}</dt> <dd>{fact}</dd></div>" for name, fact in shown if fact) + "</dl>"


def source_html(source: Sequence[Any], ways: Ways) -> str:
    """Where a function (its name, file and line) stands: published files have no anchors, so the line is only told."""
    name, path, line = source
    return f'<code>{escape(name)}</code> in <a href="{ways.to(path)}">{escape(path)}</a>, regel {line}'
