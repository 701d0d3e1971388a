"""What this book's own extension does beside the pages, without anything that decides what to execute."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from bookbuild import extension
from bookbuild.project import settings
from bookbuild.render.body import refuse_maths
from bookbuild.site import navigation, report

OURS_ALONE = ("execution.inputs", "checks.links", "site.allowed")


def publish(app: Sphinx, error: Exception | None) -> None:
    """The ledger and the tables."""
    if error is None:
        study = import_module(settings.of(Path(app.srcdir)).study)
        report.write_ledger(study, Path(app.outdir))
        report.publish_data(study, Path(app.outdir, "data"))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    for part in ("render.cards", *(name for name in extension.PARTS if name not in OURS_ALONE)):
        app.setup_extension(f"bookbuild.{part}")
    app.connect("html-collect-pages", navigation.lost)
    app.connect("html-page-context", navigation.add)
    app.add_html_math_renderer("refuse", (refuse_maths, None), (refuse_maths, None))
    app.connect("build-finished", publish)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
