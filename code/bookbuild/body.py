"""What Sphinx and MyST-NB add to a page's text, in Dutch and as valid HTML: folds of code and titles of permalinks."""

from __future__ import annotations

from gettext import NullTranslations
from html import escape

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx import locale
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

# What Sphinx's own Dutch catalogue leaves in English and a page of this book can show.
TITLES = {
    "Link to this heading": "Link naar dit onderdeel",
    "Link to this term": "Link naar dit begrip",
    "Link to this table": "Link naar deze tabel",
    "Link to this image": "Link naar deze afbeelding",
    "Link to this code": "Link naar deze code",
    "Link to this definition": "Link naar deze definitie",
}


class _DutchTitles(NullTranslations):
    """Goes before Sphinx's catalogue, which answers for the rest."""

    def gettext(self, message: str) -> str:
        return TITLES.get(message) or super().gettext(message)


def speak_dutch(app: Sphinx) -> None:
    """Put the titles before the catalogue that Sphinx loaded."""
    key = ("general", "sphinx")
    if isinstance(locale.translators[key], _DutchTitles):
        return
    titles = _DutchTitles()
    titles.add_fallback(locale.translators[key])
    locale.translators[key] = titles


def open_fold(translator: HTML5Translator, node: HideCodeCellNode) -> None:
    """Start the fold around a cell's code; its label says for those who do not see it which figure it draws."""
    drawn = exhibit_title(node.parent)
    heard = f'<span class="only-heard"> van de figuur: {escape(drawn)}</span>' if drawn else ""
    translator.body.append(f'<details class="code"><summary>Toon de code{heard}</summary>\n')


def close_fold(translator: HTML5Translator, node: HideCodeCellNode) -> None:
    """End the fold."""
    translator.body.append("</details>\n")


def exhibit_title(cell: nodes.Element) -> str:
    """The title of the figure that a cell shows; empty where it shows none."""
    return next((raw["exhibit"] for raw in cell.findall(nodes.raw) if "exhibit" in raw), "")


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_node(HideCodeCellNode, override=True, html=(open_fold, close_fold))
    app.connect("builder-inited", speak_dutch)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
