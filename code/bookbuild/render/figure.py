"""Turns a figure message from a chapter's kernel into HTML, and writes its images and data beside the pages."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes

from bookbuild.citation import formats, work
from bookbuild.execution import pages
from bookbuild.page import messages
from bookbuild.page.marks import SYNTHETIC
from bookbuild.project import address as site

if TYPE_CHECKING:
    from myst_nb.core.render import MimeData, NbElementRenderer

FOLDER = "figures"
FILES = ("svg", "dark.svg", "png", "csv")
DOWNLOADS = {"svg": "SVG", "png": "PNG", "csv": "CSV"}
POINT = 4 / 3  # pixels: matplotlib measures its drawings in points
_SIZE = re.compile(r'<svg [^>]*?width="([\d.]+)pt" height="([\d.]+)pt"')


class FigureRenderer:
    """A MyST-NB renderer for `mime.FIGURE` (entry point myst_nb.mime_renderers)."""

    mime_priority_overrides: ClassVar[Sequence[tuple[str, str, int | None]]] = [("*", messages.FIGURE, 1)]

    @staticmethod
    def handle_mime(renderer: NbElementRenderer, data: MimeData, inline: bool) -> list[nodes.Element] | None:
        """The figure as one raw HTML node; None for any other kind of message."""
        if data.mime_type != messages.FIGURE or inline:
            return None
        figure = data.content
        env = renderer.renderer.sphinx_env
        pages.pages(env).setdefault(env.docname, {}).setdefault("figures", []).append(figure["file"])
        for extension, content in files(figure).items():
            renderer.write_file([FOLDER, f"{figure['file']}.{extension}"], content, overwrite=True)
        reference = formats.apa_figure(work.read(Path(env.srcdir)), figure["title"], address(env.docname, figure))
        html = figure_html(figure, "../" * env.docname.count("/"), reference)
        return [nodes.raw("", html, format="html", exhibit=figure["title"])]


def files(figure: dict[str, Any]) -> dict[str, bytes]:
    """The files of a figure, by what follows its name."""
    texts = {"svg": figure["svg"], "dark.svg": figure["dark"], "csv": figure["csv"]}
    return {extension: text.encode("utf-8") for extension, text in texts.items()} | {"png": b64decode(figure["png"])}


def address(docname: str, figure: dict[str, Any]) -> str:
    """Where the figure stands; empty as long as the book does not know its own address."""
    page = site.here().page(docname)
    return f"{page}#figuur-{figure['name']}" if page else ""


def figure_html(figure: dict[str, Any], up: str, reference: str) -> str:
    """The figure with what belongs to it: files, data, description and reference.

    Parameters
    ----------
    up
        Leads from the page to the root of the book.
    reference
        How to cite the figure, as HTML.
    """
    name, path = figure["name"], f"{up}{FOLDER}/{figure['file']}"
    spoken = f"figuur {name.replace('-', ' ')}"
    width, height = size(figure["svg"])
    synthetic = f"{SYNTHETIC} " if figure["synthetic"] else ""
    return (
        f'<figure class="exhibit" id="figuur-{name}">'
        f'<picture><source class="theme-dark" media="(prefers-color-scheme: dark)" srcset="{path}.dark.svg">'
        f'<img src="{path}.svg" alt="{escape(figure["alt"])}" width="{width}" height="{height}"'
        ' loading="lazy" decoding="async"></picture>'
        f"<figcaption>{synthetic}{escape(figure['caption'])} Bron: {escape(figure['origin'])}.</figcaption></figure>"
        f'<div class="figure-more">{_downloads(path, figure, spoken)}{_folds(figure, spoken, reference)}</div>'
    )


def size(svg: str) -> tuple[int, int]:
    """Width and height of a drawing in whole pixels.

    Raises
    ------
    ValueError
        If it does not say so as matplotlib does.
    """
    found = _SIZE.search(svg)
    if found is None:
        raise ValueError("de tekening noemt haar maten niet in punten")
    return round(float(found[1]) * POINT), round(float(found[2]) * POINT)


def _downloads(path: str, figure: dict[str, Any], spoken: str) -> str:
    links = (
        f'<a href="{path}.{extension}" download="{figure["file"]}.{extension}">{label}'
        f'<span class="only-heard"> van {spoken}</span></a>'
        for extension, label in DOWNLOADS.items()
    )
    permalink = f'<a href="#figuur-{figure["name"]}">Vaste link<span class="only-heard"> naar {spoken}</span></a>'
    return f"<p>Downloaden: {' '.join(links)}. {permalink}</p>"


def _folds(figure: dict[str, Any], spoken: str, reference: str) -> str:
    folds = {"Gegevens als tabel": figure["table"]}
    if figure["description"]:
        folds["Beschrijving in woorden"] = f"<p>{escape(figure['description'])}</p>"
    folds["Citeer deze figuur"] = f'<p class="reference">{reference}</p>'
    return "".join(
        f'<details><summary>{title}<span class="only-heard">: {spoken}</span></summary>{content}</details>'
        for title, content in folds.items()
    )
