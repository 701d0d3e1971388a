"""The book on paper, made once from the built book."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml.html import HtmlElement
from pdfreading import Pdf

from bookbuild.paper import document, link, pages


@pytest.fixture(scope="session")
def printed(book: Path, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The PDF of the whole book."""
    (made,) = document.make(root, book).values()
    path = tmp_path_factory.mktemp("paper") / link.NAME
    path.write_bytes(made)
    return path


@pytest.fixture(scope="session")
def pdf(printed: Path) -> Pdf:
    """The same, read."""
    return Pdf(printed)


@pytest.fixture(scope="session")
def articles(book: Path, root: Path) -> dict[str, HtmlElement]:
    """What the web book says, by the name under which the PDF knows its pages, in the order of the contents."""
    return {part.key: part.article for part in pages.parts(book, root)}
