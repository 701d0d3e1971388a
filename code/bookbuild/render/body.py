"""What Sphinx and MyST-NB add to a page's text, in Dutch and as valid HTML: folds of code and permalinks."""

from __future__ import annotations

from html import escape

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.writers.html5 import HTML5Translator


class FormulaError(SphinxError):
    """A formula on a page."""

    category = "Formule"


class Translator(HTML5Translator):
    """Sphinx's own, but for permalinks: who hears the page would hear each of them as part of its heading's name."""

    def add_permalink_ref(self, node: nodes.Element, title: str) -> None:
        """Append a link to a heading or term for who sees it; the page's own contents list is for everyone."""
        if node["ids"]:
            self.body.append(f'<a class="headerlink" href="#{node["ids"][0]}" aria-hidden="true" tabindex="-1">#</a>')


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


def in_own_language(app: Sphinx, docname: str, said: str) -> str:
    """What the engine adds to a page, marked as being in the book's language where the page is in another."""
    foreign = "language" in app.env.metadata[docname]
    return f'<div lang="{app.config.language}">{said}</div>' if foreign else said


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_node(HideCodeCellNode, override=True, html=(open_fold, close_fold))
    app.set_translator("html", Translator)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def refuse_maths(translator: HTML5Translator, node: nodes.Element) -> None:
    """The book has no formulas: MathJax, which would show them, is a megabyte from someone else's server."""
    raise FormulaError(
        f"Een formule in {translator.builder.current_docname}: dit boek toont er geen, schrijf ze in woorden."
    )
