"""A Sphinx extension: the whole book as one PDF beside the pages, and the link to it on the cover."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

OPTION = "book_paper"  # the name of the PDF that will stand beside these pages; empty if none will


def link(app: Sphinx, docname: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Give the template `pdf`: the way from the root of the book to its PDF, empty if there will be none."""
    context["pdf"] = app.config[OPTION]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx: another value of the option writes every page again."""
    app.add_config_value(OPTION, "", "html", [str])
    app.connect("html-page-context", link)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
