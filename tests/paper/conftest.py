"""The book on paper, made once from the built book."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml.html import HtmlElement
from pdfreading import Pdf
from workers import once

from bookbuild.paper import document, pages, shapes


@pytest.fixture(scope="session")
def printed(book: Path, root: Path, shared_folder: Path) -> Path:
    """The PDF of the whole book, set once per run."""
    return once(shared_folder / "book.pdf", lambda path: path.write_bytes(document.write(root, book)))


@pytest.fixture(scope="session")
def pdf(printed: Path) -> Pdf:
    """The same, read."""
    return Pdf(printed)


@pytest.fixture(scope="session")
def articles(book: Path, root: Path) -> dict[str, HtmlElement]:
    """What the web book says, by the name under which the PDF knows its pages, in the order of the contents."""
    return {part.key: part.article for part in pages.parts(book, root)}


@pytest.fixture(scope="session")
def ebook(book: Path, root: Path, shared_folder: Path) -> Path:
    """The EPUB of the whole book, made once per run."""
    return once(shared_folder / "book.epub", lambda path: path.write_bytes(shapes.made("epub", root, book)))


@pytest.fixture(scope="session")
def manuscript(book: Path, root: Path, shared_folder: Path) -> Path:
    """The DOCX of the whole book, made once per run."""
    return once(shared_folder / "book.docx", lambda path: path.write_bytes(shapes.made("docx", root, book)))
