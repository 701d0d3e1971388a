"""The Sphinx extension: refuses bad data before a chapter runs, and publishes ledger, figures and data with the HTML."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError, SphinxError
from sphinx.writers.html5 import HTML5Translator

from bookbuild import bibliography
from bookbuild.figure import FOLDER
from leerwerk import claims, sources
from leerwerk.claims import ClaimError
from leerwerk.sources import ASSUMPTIONS, TABLES, DataError


class BadDataError(SphinxError):
    """Data that break their rules; Sphinx prints the category and the message, without a traceback."""

    category = "Fout in de gegevens"


def check_data(app: Sphinx) -> None:
    """Stop the build before any chapter runs if a table breaks a rule."""
    problems = sources.check_all()
    if problems:
        raise BadDataError(f"\n{DataError(problems)}")


def publish(app: Sphinx, error: Exception | None) -> None:
    """Write claims.json, claims.csv, numbers.json, the figures' files and the data tables beside the pages."""
    if error is not None or app.builder.format != "html":
        return
    out = Path(app.outdir)
    try:
        write_ledger(out)
    except ClaimError as problem:
        raise ExtensionError(str(problem)) from None
    folder = out.parent / "jupyter_execute" / FOLDER  # where MyST-NB lets renderers write
    if folder.is_dir():
        shutil.copytree(folder, out / FOLDER, dirs_exist_ok=True)
    publish_data(out / "data")


def write_ledger(out: Path) -> None:
    """The ledger as claims.json and claims.csv, and the book's own numbers as numbers.json."""
    ledger = claims.ledger()
    (out / "claims.json").write_text(claims.records(ledger), encoding="utf-8")
    flat = ledger.assign(
        interval=ledger["interval"].map(lambda ends: "" if ends is None else f"{ends[0]}..{ends[1]}"),
        inputs=ledger["inputs"].map(lambda files: " ".join(f"{file['path']}@{file['sha256']}" for file in files)),
    )
    flat.to_csv(out / "claims.csv", index=False, lineterminator="\n")
    (out / "numbers.json").write_text(claims.records(claims.own_numbers()), encoding="utf-8")


def publish_data(out: Path) -> None:
    """Every table under data/ and their descriptor, under the same paths."""
    for name in [*TABLES, ASSUMPTIONS, "datapackage.json"]:
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(sources.DATA / name, out / name)


def refuse_maths(translator: HTML5Translator, node: nodes.Element) -> None:
    """The book has no formulas: MathJax, which would show them, is a megabyte from someone else's server."""
    raise ExtensionError(
        f"Een formule in {translator.builder.current_docname}: dit boek toont er geen, schrijf ze in woorden."
    )


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    bibliography.register()
    app.add_html_math_renderer("refuse", (refuse_maths, None), (refuse_maths, None))
    app.connect("builder-inited", check_data)
    app.connect("build-finished", publish)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
