"""The Sphinx extension of the book: registers its parts, and nothing else."""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

from bookbuild.execution import inputs
from bookbuild.render.body import refuse_maths
from bookbuild.site import navigation
from bookbuild.site.publish import begin_report, check_data, publish

PARTS = (
    "render.complaints",
    "checks.foretold",  # before what finds out which chapters must run
    "execution.inputs",
    "checks.links",
    "site.metadata",
    "citation.bibliography",
    "render.body",
    "render.abbreviations",
    "render.refused",
    "paper.link",
    "site.allowed",
)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    for part in PARTS:
        app.setup_extension(f"bookbuild.{part}")
    app.add_html_math_renderer("refuse", (refuse_maths, None), (refuse_maths, None))
    app.connect("html-collect-pages", navigation.lost)
    app.connect("html-page-context", navigation.add)
    app.connect("builder-inited", navigation.keep_templates)
    app.connect("builder-inited", begin_report)
    app.connect(inputs.READY, check_data)
    app.connect("build-finished", publish)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
