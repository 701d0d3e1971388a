"""Reads a PDF as assistive technology and search tools do: tags, links, and the text at a place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject, IndirectObject

PAINTING = {b"Tj", b"TJ", b"'", b'"', b"Do", b"f", b"f*", b"B", b"B*", b"b", b"b*", b"S", b"s", b"sh"}

FOOT = 60.0  # points above the lower edge: page numbers stand below
Piece = tuple[str, float, float]  # a text and the place where it begins


def plain(text: str) -> str:
    """The text with every run of white space as one space."""
    return re.sub(r"\s+", " ", text).strip()


@dataclass(frozen=True)
class Link:
    """A link annotation: the page that it stands on (from 0), its anchor (empty for an address elsewhere) and its text."""

    page: int
    target: str
    text: str
    said: str


@dataclass(frozen=True)
class Tag:
    """An element of the structure tree, with the types of those above and right below it."""

    kind: str
    parent: str
    kids: tuple[str, ...]
    alt: str


class Pdf:
    """A PDF, read once."""

    def __init__(self, path: Path) -> None:
        self.reader = PdfReader(path)
        self.root = self.reader.root_object

    @cached_property
    def pages(self) -> list[str]:
        """The text of each page."""
        return [text for text, _ in self._read]

    @cached_property
    def anchors(self) -> dict[str, int]:
        """The page of each named destination."""
        found = self.reader.named_destinations.items()
        return {name: self.reader.get_destination_page_number(destination) for name, destination in found}

    def below(self, anchors: list[str]) -> dict[str, str]:
        """The text between each of some anchors and the next one on its page, or the foot of the page."""
        places = {name: self.reader.named_destinations[name] for name in anchors}
        found = {}
        for number, pieces in enumerate(self._pieces):
            tops = {name: float(place.top) for name, place in places.items() if self.anchors[name] == number}
            for name, top in tops.items():
                foot = max((other for other in tops.values() if other < top), default=FOOT)
                found[name] = plain("".join(text for text, _, y in pieces if foot < y < top))
        return found

    @cached_property
    def _pieces(self) -> list[list[Piece]]:
        return [pieces for _, pieces in self._read]

    @cached_property
    def _read(self) -> list[tuple[str, list[Piece]]]:
        """Text and pieces of each page, in one go: it takes a second for ten pages."""
        return [_text_and_pieces(page) for page in self.reader.pages]

    def bookmarks(self) -> list[tuple[int, str, int]]:
        """Level, title and page of each bookmark, in order."""
        return list(self._bookmarks(self.reader.outline, 1))

    def _bookmarks(self, outline: list[Any], level: int) -> Iterator[tuple[int, str, int]]:
        for entry in outline:
            if isinstance(entry, list):
                yield from self._bookmarks(entry, level + 1)
            else:
                yield level, plain(entry.title), self.reader.get_destination_page_number(entry)

    @cached_property
    def links(self) -> list[Link]:
        """Every link, in reading order per page."""
        pages = zip(self.reader.pages, self._pieces, strict=True)
        return [link for number, (page, pieces) in enumerate(pages) for link in _links(number, page, pieces)]

    @cached_property
    def tags(self) -> list[Tag]:
        """The structure tree, depth first."""
        return [tag for kid in _list(self.root["/StructTreeRoot"]["/K"]) for tag in _tags(kid, "")]

    def reachable(self) -> set[int]:
        """The object numbers of every element under the structure tree's root."""
        return set(_numbers(_list(self.root["/StructTreeRoot"]["/K"])))

    def homes(self) -> dict[int, list[Any]]:
        """Per page (its key in the parent tree) the elements that its marked content belongs to."""
        pairs = self.root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
        return {int(pairs[at]): pairs[at + 1].get_object() for at in range(0, len(pairs), 2)}


def _list(value: Any) -> list[Any]:
    found = value.get_object() if isinstance(value, IndirectObject) else value
    return list(found) if isinstance(found, ArrayObject) else [value]


def _tags(reference: Any, parent: str) -> Iterator[Tag]:
    element = reference.get_object()
    if not isinstance(element, DictionaryObject) or "/S" not in element:
        return
    kids = _list(element.get("/K", ArrayObject()))
    kinds = [kid.get_object()["/S"] for kid in kids if isinstance(kid.get_object(), dict) and "/S" in kid.get_object()]
    yield Tag(element["/S"], parent, tuple(kinds), str(element.get("/Alt", "")))
    for kid in kids:
        yield from _tags(kid, element["/S"])


def _numbers(references: list[Any]) -> Iterator[int]:
    for reference in references:
        element = reference.get_object()
        if isinstance(element, DictionaryObject) and "/S" in element:
            yield reference.idnum
            yield from _numbers(_list(element.get("/K", ArrayObject())))


def _links(number: int, page: PageObject, pieces: list[Piece]) -> Iterator[Link]:
    for reference in page.get("/Annots", []):
        note = reference.get_object()
        left, top, right, bottom = (float(value) for value in note["/Rect"])
        low, high = sorted((bottom, top))
        inside = [text for text, x, y in pieces if left - 0.5 <= x < right - 0.5 and low <= y <= high]
        yield Link(number, str(note.get("/Dest", "")), plain("".join(inside)), str(note.get("/Contents", "")))


def _text_and_pieces(page: PageObject) -> tuple[str, list[Piece]]:
    """The text of a page, and its pieces with the place where each begins."""
    found: list[Piece] = []

    def visit(text: str, around: list[float], own: list[float], font: Any, size: float) -> None:
        if text.strip():
            found.append((text, *_place(own, around)))

    return plain(page.extract_text(visitor_text=visit)), found


def _place(inner: list[float], outer: list[float]) -> tuple[float, float]:
    a, b, c, d, e, f = outer
    return (inner[4] * a + inner[5] * c + e, inner[4] * b + inner[5] * d + f)


def marked(page: PageObject, reader: PdfReader) -> Iterator[int | None]:
    """For every painting operator of a page: the number of its marked content, -1 for an artifact, None for neither."""
    stack: list[int | None] = []
    for operands, operator in ContentStream(page.get_contents(), reader).operations:
        if operator in (b"BDC", b"BMC"):
            properties = operands[1] if operator == b"BDC" else {}
            stack.append(-1 if operands[0] == "/Artifact" else properties.get("/MCID"))
        elif operator == b"EMC":
            stack.pop()
        elif operator in PAINTING:
            yield next((found for found in reversed(stack) if found is not None), None)
