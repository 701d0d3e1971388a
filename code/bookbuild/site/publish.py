"""The ledger, figures and data beside the pages: two processes that meet when the build ends."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError, SphinxError

from bookbuild.execution import inputs, pages
from bookbuild.project import digest, state
from bookbuild.project.files import mirror
from bookbuild.render.figure import FILES, FOLDER
from bookbuild.site import report


class BadDataError(SphinxError):
    """Data that break their rules; Sphinx prints the category and the message, without a traceback."""

    category = "Fout in de gegevens of de code"


def begin_report(app: Sphinx) -> None:
    """Let the data be checked and the ledger be written beside the build, unless both are known."""
    if app.config.bookbuild_foretell:
        return
    found = _ledger_digest(app)  # taken now: what changes while it is written, it may not rest on
    if state.read(Path(app.doctreedir)).get("ledger") == found:
        return
    folder = Path(app.doctreedir).resolve() / "report"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    process = inputs.start(app, "bookbuild.site.report", str(folder), str(app.srcdir))
    app.bookbuild_report = (folder, process, found)  # type: ignore[attr-defined]


def check_data(app: Sphinx) -> None:
    """Stop the build before its chapters run if a table or the ledger breaks a rule."""
    if not hasattr(app, "bookbuild_report"):
        return
    folder, process, _ = app.bookbuild_report
    while not (folder / report.CHECKED).exists() and process.poll() is None:
        time.sleep(0.02)
    if (folder / report.PROBLEMS).exists():
        problems = (folder / report.PROBLEMS).read_text(encoding="utf-8")
        shutil.rmtree(folder)
        raise BadDataError(f"\n{problems}")


def publish(app: Sphinx, error: Exception | None) -> None:
    """Put claims.json, claims.csv, numbers.json, the figures' files and the data tables beside the pages."""
    if error is not None or app.builder.format != "html":
        return
    out = Path(app.outdir)
    publish_figures(app, out / FOLDER)
    if hasattr(app, "bookbuild_report"):
        folder, process, found = app.bookbuild_report
        process.wait()
        refused = (folder / report.REFUSED).read_text(encoding="utf-8") if (folder / report.REFUSED).exists() else ""
        written = (folder / report.WRITTEN).exists()
        tables = [path.relative_to(folder / "out").as_posix() for path in digest.below(folder / "out" / "data")]
        if written:
            shutil.copytree(folder / "out", out, dirs_exist_ok=True)
        shutil.rmtree(folder)
        if not written:
            raise ExtensionError(refused or "de Verantwoording is niet te berekenen")
        state.note(Path(app.doctreedir), ledger=found, tables=tables)


def publish_figures(app: Sphinx, out: Path) -> None:
    """The files of the figures that some page shows, and no others."""
    folder = out.parent.parent / "jupyter_execute" / FOLDER  # where MyST-NB lets renderers write
    shown = [name for page in pages.pages(app.env).values() for name in page.get("figures", [])]
    out.mkdir(parents=True, exist_ok=True)
    mirror(folder, out, [f"{name}.{extension}" for name in shown for extension in FILES])


def _ledger_digest(app: Sphinx) -> str:
    root, code = Path(app.srcdir).resolve(), inputs.code_folder(app)
    found = digest.of_files(root, [*digest.below(root / "data"), *code.glob("*/**/*.py")])
    return digest.of_value([found, state.stamp(root)])
