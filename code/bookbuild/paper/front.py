"""The first pages of the PDF: the cover and the contents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import groupby
from pathlib import Path

import yaml
from lxml.html import HtmlElement

from bookbuild.citation import work as citation
from bookbuild.paper.pages import Part, words
from bookbuild.project import settings
from ledger import dutch

SYNTHETIC = (
    "De leerlingengegevens in dit boek zijn synthetisch: nagemaakt, niet van echte leerlingen. "
    "Wat eruit berekend is, draagt het woord ‘synthetisch’ en is geen bewijs."
)
REAL = "De leerlingengegevens achter dit boek zijn echt en niet openbaar."
ABOUT = (
    "Dit is de presentatie van HIVA-KU Leuven over alternerend leren als reproduceerbaar boek. Elk getal staat in een "
    "databestand of wordt eruit berekend, en verwijst naar zijn rij in de Verantwoording: wat er gepubliceerd is, wat "
    "herberekend is en met welk soort bewijs."
)


@dataclass(frozen=True)
class Edition:
    """What the cover and the file's metadata say of this book."""

    title: str
    subtitle: str
    authors: str
    version: str
    released: date


def edition(root: Path) -> Edition:
    """Title and authors as on the pages (`_config.yml`), subtitle, version and date as in `CITATION.cff`."""
    config = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    work = citation.read(root)
    subtitle = work.title.removeprefix(config["title"]).lstrip(": ")
    return Edition(config["title"], subtitle, config["author"], work.version, work.released)


def cover(about: Edition) -> str:
    """What the first page says below the book's own opening page: who made it, which version, and what it rests on."""
    records = REAL if settings.restricted_folder() else SYNTHETIC
    return (
        f'<div class="paper-colophon"><p>{_sentence(about.subtitle)} {_sentence(about.authors)} '
        f"Versie {escape(about.version)}, {dutch.long_date(about.released)}.</p><p>{ABOUT}</p><p><strong>{records}</strong></p></div>"
    )


def _sentence(text: str) -> str:
    return f"{escape(text[:1].upper() + text[1:])}."


def contents(book: list[Part]) -> str:
    """The contents: chapters and their sections; the style sheet adds the page numbers."""
    groups = "".join(
        (f'<p class="paper-caption">{escape(caption)}</p>' if caption else "")
        + f"<ol>{''.join(map(_entry, group))}</ol>"
        for caption, group in groupby(book, key=lambda part: part.caption)
    )
    return f'<nav class="paper-contents" id="inhoudsopgave"><h1>Inhoud</h1>{groups}</nav>'


def _entry(part: Part) -> str:
    sections = "".join(f"<li>{_link(_anchor(heading), words(heading))}</li>" for heading in part.article.iter("h2"))
    return f"<li>{_link(part.key, part.title)}{f'<ol>{sections}</ol>' if sections else ''}</li>"


def _link(target: str, label: str) -> str:
    return f'<a href="#{escape(target)}">{escape(label)}</a>'


def _anchor(heading: HtmlElement) -> str:
    """The anchor of a heading, or of the section that it opens."""
    return heading.get("id") or heading.getparent().get("id")
