"""The first pages of the PDF: the cover and the contents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape
from itertools import groupby
from pathlib import Path

from lxml.html import HtmlElement

from bookbuild.citation import work as citation
from bookbuild.paper.pages import Part
from bookbuild.paper.pages import words as words_of
from bookbuild.project import settings
from ledger import dutch, plain_yaml


@dataclass(frozen=True)
class Edition:
    """What the cover and the file's metadata say of this book."""

    title: str
    subtitle: str
    authors: str
    version: str
    released: date
    about: str
    records: str


def edition(root: Path) -> Edition:
    """Title, authors and words as in `_config.yml`, subtitle, version and date as in `CITATION.cff`."""
    config = plain_yaml.load((root / "_config.yml").read_text(encoding="utf-8"))
    work = citation.read(root)
    subtitle = work.title.removeprefix(config["title"]).lstrip(": ")
    words = settings.of(root).words
    records = words.real if settings.released_file(root) else words.stand_in
    return Edition(config["title"], subtitle, config["author"], work.version, work.released, words.about, records)


def cover(about: Edition) -> str:
    """What the first page says below the book's own opening page: who made it, which version, and what it rests on."""
    return (
        f'<div class="paper-colophon"><p>{_sentence(about.subtitle)} {_sentence(about.authors)} '
        f"Versie {escape(about.version)}, {dutch.long_date(about.released)}.</p><p>{escape(about.about)}</p>"
        f"<p><strong>{escape(about.records)}</strong></p></div>"
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
    sections = "".join(f"<li>{_link(_anchor(heading), words_of(heading))}</li>" for heading in part.article.iter("h2"))
    return f"<li>{_link(part.key, part.title)}{f'<ol>{sections}</ol>' if sections else ''}</li>"


def _link(target: str, label: str) -> str:
    return f'<a href="#{escape(target)}">{escape(label)}</a>'


def _anchor(heading: HtmlElement) -> str:
    """The anchor of a heading, or of the section that it opens."""
    return heading.get("id") or heading.getparent().get("id")
