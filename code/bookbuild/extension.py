"""The Sphinx extension of this book: input-aware execution, and the ledger, figures and data beside the pages."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError, SphinxError
from sphinx.writers.html5 import HTML5Translator

from bookbuild import bibliography, chapter, digest, inputs, state
from bookbuild.figure import FOLDER

# leerwerk is imported where it is used: a build in which nothing changed has no need of pandas.


class BadDataError(SphinxError):
    """Data that break their rules; Sphinx prints the category and the message, without a traceback."""

    category = "Fout in de gegevens"


def check_data(app: Sphinx) -> None:
    """Stop the build before any chapter runs if a table breaks a rule; what passed once need not be read again."""
    if _is_known(app):
        return
    from leerwerk import sources

    problems = sources.check_all()
    if problems:
        raise BadDataError(f"\n{sources.DataError(problems)}")


def publish(app: Sphinx, error: Exception | None) -> None:
    """Write claims.json, claims.csv, numbers.json, the figures' files and the data tables beside the pages."""
    if error is not None or app.builder.format != "html":
        return
    out = Path(app.outdir)
    publish_figures(app, out / FOLDER)
    if _is_known(app) and (out / "claims.json").is_file():
        return
    from leerwerk.claims import ClaimError

    try:
        write_ledger(out)
    except ClaimError as problem:
        raise ExtensionError(str(problem)) from None
    publish_data(out / "data")
    state.note(Path(app.doctreedir), ledger=_ledger_digest(app))


def publish_figures(app: Sphinx, out: Path) -> None:
    """The files of the figures that some page shows, and no others."""
    folder = out.parent.parent / "jupyter_execute" / FOLDER  # where MyST-NB lets renderers write
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    for page in inputs.pages(app.env).values():
        for name in page.get("figures", []):
            for extension in ("svg", "csv"):
                shutil.copy(folder / f"{name}.{extension}", out)


def write_ledger(out: Path) -> None:
    """The ledger as claims.json and claims.csv, and the book's own numbers as numbers.json."""
    from leerwerk import claims

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
    from leerwerk import sources
    from leerwerk.schemas import TABLES

    for name in [*TABLES, "datapackage.json"]:
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(sources.DATA / name, out / name)


def _is_known(app: Sphinx) -> bool:
    return state.read(Path(app.doctreedir)).get("ledger") == _ledger_digest(app)


def _ledger_digest(app: Sphinx) -> str:
    root, code = Path(app.srcdir).resolve(), inputs.code_folder(app)
    files = [*(root / "data").rglob("*"), *(code / "leerwerk").rglob("*.py")]
    found = digest.of_files(root, (path for path in files if path.is_file()))
    return digest.of_value([found, digest.of_environment(root), chapter.restricted(), state.stamp(root)])


def refuse_maths(translator: HTML5Translator, node: nodes.Element) -> None:
    """The book has no formulas: MathJax, which would show them, is a megabyte from someone else's server."""
    raise ExtensionError(
        f"Een formule in {translator.builder.current_docname}: dit boek toont er geen, schrijf ze in woorden."
    )


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    bibliography.register()
    app.setup_extension("bookbuild.inputs")
    app.add_html_math_renderer("refuse", (refuse_maths, None), (refuse_maths, None))
    app.connect("builder-inited", check_data)
    app.connect("build-finished", publish)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
