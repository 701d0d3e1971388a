"""A picture on a page comes from `page.figure`, with its data, its source and words for who does not see it; others are refused."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util import logging

from bookbuild.render import complaints

logger = logging.getLogger(__name__)
RECIPE = (
    "deze afbeelding komt niet van page.figure: ze heeft geen gegevens, geen bron en geen tekst voor wie ze niet ziet\n"
    "  herstel: Beschrijf ze als Exhibit in exhibits.py van het hoofdstuk, teken ze in figures.py en toon ze in een cel met"
    " page.figure(exhibits.naam(), figures.naam)."
)


def refuse(app: Sphinx, doctree: nodes.document) -> None:
    """Warn of each picture, and take it out before Sphinx looks for its file."""
    for image in list(doctree.findall(nodes.image)):
        logger.warning(RECIPE, location=image, type=complaints.OURS)
        image.parent.remove(image)
    for raw in doctree.findall(nodes.raw):
        if "exhibit" not in raw and "<img" in raw.astext():
            logger.warning(RECIPE, location=raw, type=complaints.OURS)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.connect("doctree-read", refuse, priority=400)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
