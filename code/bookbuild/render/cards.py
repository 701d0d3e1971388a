"""A Sphinx extension: glued numbers as links with a mark, one card for each number that a page shows, and the legend."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from posixpath import dirname
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.application import Sphinx

from bookbuild.execution import pages
from bookbuild.page import messages, number
from bookbuild.page.number import Ways
from bookbuild.project import settings
from bookbuild.render import body

if TYPE_CHECKING:
    from myst_nb.core.render import MimeData, NbElementRenderer


class NumberRenderer:
    """A MyST-NB renderer for `messages.NUMBER` (entry point myst_nb.mime_renderers)."""

    mime_priority_overrides: ClassVar[Sequence[tuple[str, str, int | None]]] = [("*", messages.NUMBER, 1)]

    @staticmethod
    def handle_mime(renderer: NbElementRenderer, data: MimeData, inline: bool) -> list[nodes.Element] | None:
        """The number as one raw HTML node, without a wrapper; None for any other kind of message."""
        if data.mime_type != messages.NUMBER or not inline:
            return None
        content, env = data.content, renderer.renderer.sphinx_env
        shown = pages.pages(env).setdefault(env.docname, {}).setdefault("numbers", {})
        shown.setdefault(content["id"], content)
        if content["marked"]:
            pages.pages(env)[env.docname].setdefault("marks", []).append(content["kind"])
        return [nodes.raw("", number.number_html(content, ways(Path(env.srcdir), env.docname)), format="html")]


def ways(root: Path, docname: str) -> Ways:
    """From a page to the ledger and to the legend."""
    known = settings.of(root).pages
    return Ways(dirname(docname), f"{known.ledger}.html", known.legend)


def add(app: Sphinx, docname: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Put the legend of the marks and the cards at the end of a page that shows numbers."""
    shown = pages.pages(app.env).get(docname, {})
    numbers = shown.get("numbers", {})
    if not numbers or "body" not in context:
        return
    context["has_cards"] = True
    here = ways(Path(app.srcdir), docname)
    legend = number.legend_html(shown["marks"], here) if "marks" in shown else ""
    said = legend + "".join(number.card_html(each, here) for each in numbers.values())
    context["body"] += body.in_own_language(app, docname, said)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.connect("html-page-context", add)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
