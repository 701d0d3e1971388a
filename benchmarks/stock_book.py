"""What this book's own extension does beside the pages, without anything that decides what to execute."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from bookbuild.render import body
from bookbuild.site import navigation, report


def publish(app: Sphinx, error: Exception | None) -> None:
    """The ledger and the tables."""
    if error is None:
        report.write_ledger(Path(app.outdir))
        report.publish_data(Path(app.outdir, "data"))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    for part in ("cards", "metadata", "bibliography", "body", "abbreviations", "paper"):
        app.setup_extension(f"bookbuild.{part}")
    app.connect("html-collect-pages", navigation.lost)
    app.connect("html-page-context", navigation.add)
    app.add_html_math_renderer("refuse", (body.refuse_maths, None), (body.refuse_maths, None))
    app.connect("build-finished", publish)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
