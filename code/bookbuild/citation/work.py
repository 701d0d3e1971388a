"""How the book is cited: CITATION.cff, the one place for title, authors, version and licences, in three formats."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from sphinx.errors import SphinxError

from ledger import plain_yaml

SOURCE = "CITATION.cff"


class CitationError(SphinxError):
    """CITATION.cff is missing, or does not say what every citation needs."""

    category = "Fout in CITATION.cff"


@dataclass(frozen=True, slots=True)
class Author:
    """A person, or a group with a name only.

    Parameters
    ----------
    given
        Given names of a person, empty for a group.
    """

    name: str
    given: str = ""

    @property
    def full(self) -> str:
        """`Sofie Cabus`."""
        return f"{self.given} {self.name}".strip()


@dataclass(frozen=True, slots=True)
class Source:
    """A work that the book refers to in CITATION.cff."""

    kind: str
    title: str
    authors: tuple[Author, ...]
    year: int
    isbn: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """The book as a work that can be cited."""

    title: str
    authors: tuple[Author, ...]
    version: str
    released: date
    licences: tuple[str, ...]
    sources: tuple[Source, ...]

    @property
    def content_licence(self) -> str:
        """The licence (SPDX) of text, tables and figures; the other one is that of the code."""
        return next(name for name in self.licences if name.startswith("CC-"))


def read(root: Path) -> Work:
    """The work that CITATION.cff in `root` describes.

    Raises
    ------
    CitationError
        If the file, or a field that every citation needs, is missing or not what it should be.
    """
    try:
        text = (root / SOURCE).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise CitationError(
            f"{SOURCE} ontbreekt of is geen leesbare tekst ({problem}). "
            f"Haal het bestand terug, bijvoorbeeld met `git checkout -- {SOURCE}`."
        ) from problem
    return parse(text)


@cache  # each figure of the book asks
def parse(text: str) -> Work:
    """The work that a text in the Citation File Format 1.2 describes; see `read`."""
    try:
        found = plain_yaml.load(text)
    except plain_yaml.YamlError as problem:
        raise CitationError(f"{SOURCE}, {problem}") from None
    if not isinstance(found, dict):
        raise CitationError(f"{SOURCE} bevat geen velden. Schrijf elk veld als `naam: waarde` op een eigen regel.")
    return Work(
        title=_text(found, "title"),
        authors=_authors(found),
        version=_text(found, "version"),
        released=_day(found, "date-released"),
        licences=_licences(found, "license"),
        sources=tuple(
            _source(entry, f"references[{place}].") for place, entry in enumerate(found.get("references") or [], 1)
        ),
    )


def _refuse(field: str, remedy: str) -> CitationError:
    return CitationError(f"{SOURCE}, veld `{field}`: {remedy}")


def _text(entry: Mapping[str, Any], name: str, where: str = "") -> str:
    value = entry.get(name) if isinstance(entry, dict) else None
    if value is None or isinstance(value, list | dict) or not str(value).strip():
        raise _refuse(f"{where}{name}", f"ontbreekt of is geen tekst. Schrijf `{name}: ...` met een waarde.")
    return _one_line(str(value), f"{where}{name}")


def _one_line(text: str, field: str) -> str:
    """A text without what would begin a second record in RIS or a second field in BibTeX."""
    if any(unicodedata.category(sign) in ("Cc", "Zl", "Zp") for sign in text.strip()):
        raise _refuse(field, "bevat een regeleinde of een ander onzichtbaar teken. Schrijf de tekst op één regel.")
    return text.strip()


def _day(entry: Mapping[str, Any], name: str) -> date:
    text = _text(entry, name)
    try:
        if not text.isascii():
            raise ValueError("digits of another script")
        return date.fromisoformat(text)
    except ValueError as problem:
        raise _refuse(name, f"'{text}' is geen dag. Schrijf jaar-maand-dag, zoals `2020-03-05`.") from problem


def _licences(entry: Mapping[str, Any], name: str) -> tuple[str, ...]:
    found = entry.get(name)
    if not isinstance(found, list) or not any(str(licence).startswith("CC-") for licence in found):
        raise _refuse(name, "geen lijst met een licentie van Creative Commons. Schrijf `license: [MIT, CC-BY-4.0]`.")
    return tuple(_one_line(str(each), name) for each in found)


def _source(entry: Mapping[str, Any], where: str) -> Source:
    year = _text(entry, "year", where)
    if not (year.isascii() and year.isdigit()):
        raise _refuse(f"{where}year", f"'{year}' is geen jaar. Schrijf een getal, zoals `year: 2020`.")
    kind, title = _text(entry, "type", where), _text(entry, "title", where)
    return Source(kind, title, _authors(entry, where), int(year), _one_line(str(entry.get("isbn", "")), f"{where}isbn"))


def _authors(entry: Mapping[str, Any], where: str = "") -> tuple[Author, ...]:
    found = entry.get("authors")
    if not isinstance(found, list) or not found:
        raise _refuse(f"{where}authors", "ontbreekt of is geen lijst. Schrijf elke auteur als `- name: ...` eronder.")
    return tuple(_author(author, f"{where}authors[{place}].") for place, author in enumerate(found, 1))


def _author(author: Mapping[str, Any], where: str) -> Author:
    if isinstance(author, dict) and "family-names" in author:
        return Author(
            _text(author, "family-names", where), _one_line(str(author.get("given-names", "")), f"{where}given-names")
        )
    return Author(_text(author, "name", where))
