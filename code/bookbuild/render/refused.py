"""What a page may not hold: pictures that do not come from `page.figure`, and formulas."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

from bookbuild.render import complaints

logger = logging.getLogger(__name__)
PICTURE = (
    "deze afbeelding komt niet van page.figure: ze heeft geen gegevens, geen bron en geen tekst voor wie ze niet ziet\n"
    "  herstel: Beschrijf ze als Exhibit in exhibits.py van het hoofdstuk, teken ze in figures.py en toon ze in een cel met"
    " page.figure(exhibits.naam(), figures.naam)."
)
FORMULA = "een formule: dit boek toont er geen\n  herstel: Schrijf ze in woorden."


def pictures(app: Sphinx, doctree: nodes.document) -> None:
    """Warn of each picture, and take it out before Sphinx looks for its file."""
    for image in list(doctree.findall(nodes.image)):
        if isinstance(image.parent, nodes.section):  # a block of its own, for which MyST gives no line
            image.line = _line(app, f"image}} {image['uri']}")
        _refuse(image, PICTURE)
    for raw in doctree.findall(nodes.raw):
        if "exhibit" not in raw and "<img" in raw.astext():
            _warn(raw, PICTURE)


def formulas(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """The same of each formula, once it is known which of a cell's outputs the page shows."""
    for kind in (nodes.math, nodes.math_block):
        for formula in list(doctree.findall(kind)):
            _refuse(formula, FORMULA)


def _line(app: Sphinx, words: str) -> int | None:
    """The line of the page that is being read on which some words stand first."""
    text = Path(app.env.doc2path(app.env.docname)).read_text(encoding="utf-8")
    return next((number for number, line in enumerate(text.splitlines(), 1) if words in line), None)


def _refuse(node: nodes.Element, said: str) -> None:
    _warn(node, said)
    node.parent.remove(node)


def _warn(node: nodes.Element, said: str) -> None:
    at = node
    while not at.line and at.parent is not None:  # words within a paragraph have no line of their own
        at = at.parent
    logger.warning(said, location=at, type=complaints.OURS)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.connect("doctree-read", pictures, priority=400)
    app.connect("doctree-resolved", formulas)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
