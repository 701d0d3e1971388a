"""Reads an EPUB and a DOCX as reading systems and Word do, into one form: blocks of text with their links and anchors."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import unquote

import docx
from docx.oxml.ns import qn
from lxml import etree
from pdfreading import plain

XHTML = "{http://www.w3.org/1999/xhtml}"
DC = "{http://purl.org/dc/elements/1.1/}"
OPF = "{http://www.idpf.org/2007/opf}"
BLOCKS = {
    f"{XHTML}{name}" for name in ("p", "li", "td", "th", "dt", "dd", "h1", "h2", "h3", "figcaption", "caption", "pre")
}


@dataclass(frozen=True)
class Block:
    """A paragraph, heading or cell: the page of the book that it stands on (from 0), and its level if it is a heading."""

    page: int
    level: int
    text: str
    links: tuple[tuple[str, str], ...]
    anchors: tuple[str, ...]


@dataclass(frozen=True)
class Image:
    """A figure: the page that it stands on, and what it says to who cannot see it."""

    page: int
    alt: str


class Ebook:
    """An EPUB 3 (https://www.w3.org/TR/epub-33/)."""

    def __init__(self, path: Path) -> None:
        self.zip = zipfile.ZipFile(io.BytesIO(path.read_bytes()))
        self.package = etree.fromstring(self.zip.read("EPUB/content.opf"))
        self.items = {item.get("id"): item for item in self.package.iter(f"{OPF}item")}

    def said(self, name: str) -> list[str]:
        """What the package says of the book: a name of Dublin Core, or the property of a `meta`."""
        found = [element.text for element in self.package.iter(f"{DC}{name}")]
        return found + [meta.text for meta in self.package.iter(f"{OPF}meta") if meta.get("property") == name]

    @cached_property
    def pages(self) -> dict[str, etree._Element]:
        """The book's own pages by their file, in reading order."""
        files = [self.items[item.get("idref")].get("href") for item in self.package.iter(f"{OPF}itemref")]
        return {file: etree.fromstring(self.zip.read(f"EPUB/{file}")) for file in files if "/ch" in file}

    @cached_property
    def blocks(self) -> list[Block]:
        return [
            Block(
                number, _level(element), plain("".join(element.itertext())), self._links(file, element), _ids(element)
            )
            for number, (file, page) in enumerate(self.pages.items())
            for element in page.iter(*BLOCKS)
            if not any(below.tag in BLOCKS for below in element.iterdescendants())
        ]

    def _links(self, file: str, element: etree._Element) -> tuple[tuple[str, str], ...]:
        links = element.iter(f"{XHTML}a")
        return tuple((self._target(file, link.get("href", "")), plain("".join(link.itertext()))) for link in links)

    def _target(self, file: str, href: str) -> str:
        """The anchor of a link inside the book, which must be there; the address of any other."""
        if "://" in href or href.startswith("mailto:"):
            return href
        path, _, anchor = unquote(href).partition("#")
        target = self.pages[posixpath.normpath(posixpath.join(posixpath.dirname(file), path)) if path else file]
        assert anchor in target.xpath("//@id"), href
        return anchor

    @cached_property
    def images(self) -> list[Image]:
        return [
            Image(number, plain(image.get("alt", "")))
            for number, page in enumerate(self.pages.values())
            for image in page.iter(f"{XHTML}img")
        ]


def _level(element: etree._Element) -> int:
    name = etree.QName(element).localname
    return int(name[1]) if name in ("h1", "h2", "h3") else 0


def _ids(element: etree._Element) -> tuple[str, ...]:
    return tuple(element.xpath("descendant-or-self::*/@id"))


class Word:
    """A DOCX, by python-docx."""

    def __init__(self, path: Path) -> None:
        self.document = docx.Document(str(path))

    def _paragraphs(self) -> Iterator[tuple[int, int, docx.text.paragraph.Paragraph]]:
        """Page, level and paragraph, those in tables too; what stands before the first title is no page."""
        page = -1
        for element in self.document.element.body.iter(qn("w:p")):
            paragraph = docx.text.paragraph.Paragraph(element, self.document._body)
            name = paragraph.style.name if paragraph.style is not None else ""
            level = int(name.removeprefix("Heading ")) if (name or "").startswith("Heading ") else 0
            page += level == 1
            yield page, level, paragraph

    @cached_property
    def blocks(self) -> list[Block]:
        return [
            Block(
                page,
                level,
                plain(paragraph.text),
                tuple((link.fragment or link.address, plain(link.text)) for link in paragraph.hyperlinks),
                tuple(mark.get(qn("w:name")) for mark in paragraph._p.iter(qn("w:bookmarkStart"))),
            )
            for page, level, paragraph in self._paragraphs()
            if page >= 0
        ]

    @cached_property
    def images(self) -> list[Image]:
        return [
            Image(page, plain(drawing.get("descr", "")))
            for page, _, paragraph in self._paragraphs()
            for drawing in paragraph._p.iter(qn("wp:docPr"))
        ]
