"""Turns a figure message from a chapter's kernel into HTML, and writes its image and data beside the pages."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, ClassVar

from docutils import nodes

from bookbuild import inputs, mime

if TYPE_CHECKING:
    from myst_nb.core.render import MimeData, NbElementRenderer

FOLDER = "figures"


class FigureRenderer:
    """A MyST-NB renderer for `mime.FIGURE` (entry point myst_nb.mime_renderers)."""

    mime_priority_overrides: ClassVar[Sequence[tuple[str, str, int | None]]] = [("*", mime.FIGURE, 1)]

    @staticmethod
    def handle_mime(renderer: NbElementRenderer, data: MimeData, inline: bool) -> list[nodes.Element] | None:
        """The figure as one raw HTML node; None for any other kind of message."""
        if data.mime_type != mime.FIGURE or inline:
            return None
        figure = data.content
        env = renderer.renderer.sphinx_env
        inputs.pages(env).setdefault(env.docname, {}).setdefault("figures", []).append(figure["name"])
        for extension in ("svg", "csv"):
            content = figure[extension].encode("utf-8")
            renderer.write_file([FOLDER, f"{figure['name']}.{extension}"], content, overwrite=True)
        up = "../" * env.docname.count("/")
        return [nodes.raw("", figure_html(figure, up), format="html", exhibit=figure["title"])]


def figure_html(figure: dict, up: str) -> str:
    """The figure's HTML; `up` leads from the page to the root of the book."""
    path = f"{up}{FOLDER}/{figure['name']}"
    synthetic = '<span class="synthetic">synthetisch</span> ' if figure["synthetic"] else ""
    return (
        f'<figure class="exhibit" id="figuur-{figure["name"]}">'
        f'<img class="dark-light" src="{path}.svg" alt="{escape(figure["alt"])}" loading="lazy">'
        f"<figcaption>{synthetic}{escape(figure['caption'])} Bron: {escape(figure['origin'])}. "
        f'<a href="{path}.csv" download>Gegevens (CSV)</a></figcaption></figure>'
    )
