"""The commands behind make: `python -m bookbuild COMMAND`. Imports wait until a command needs them."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from bookbuild.project import settings
from bookbuild.project.files import REFUSED, told

ROOT = Path.cwd()


def main(arguments: list[str]) -> int:
    """Run one command."""
    parser = argparse.ArgumentParser(prog="python -m bookbuild")
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument(
        "name",
        nargs="?",
        default="",
        help="diff, summary: the version in git (HEAD); notebook, chapter: the chapter; claim: its id; release: 1.1.0",
    )
    parser.add_argument("--pdf", action="store_true", help="build, verify: the PDF as well")
    parser.add_argument("--overwrite", action="store_true", help="twins: also scripts that were edited by hand")
    parser.add_argument("-v", "--verbose", action="store_true", help="build, check: also what Sphinx and MyST say")
    options = parser.parse_args(arguments)
    if options.verbose:
        os.environ["BOOK_VERBOSE"] = "1"
    # What the study's libraries say on a page, they say in its language.
    try:
        os.environ.setdefault("BOOK_LANGUAGE", settings.of(ROOT).language)
        if options.command != "build":
            settings.refuse_records(ROOT)
    except (settings.SettingsError, settings.RecordsError) as problem:
        print(problem, file=sys.stderr)
        return 1
    try:
        return COMMANDS[options.command](options)
    except OSError as problem:
        if options.verbose or problem.errno not in REFUSED:
            raise
        print(
            f"Dit lukt niet: {told(problem)}.\n  herstel: Maak plaats, of geef jezelf het recht om daar te schrijven.",
            file=sys.stderr,
        )
        return 1


def build(options: argparse.Namespace) -> int:
    """The HTML in `_build/html`."""
    from bookbuild.build import build

    return build(ROOT, options.pdf)


def serve(options: argparse.Namespace) -> int:
    """The live preview."""
    from bookbuild.preview.serve import serve

    return serve(ROOT)


def make_shape(options: argparse.Namespace) -> int:
    """The built pages as an EPUB or for Word."""
    from bookbuild.paper import shapes

    try:
        print(f"Klaar: {shapes.write(options.command, ROOT).relative_to(ROOT)}")
    except shapes.ShapeError as problem:
        print(f"Het bestand is niet gemaakt: {problem}", file=sys.stderr)
        return 1
    return 0


def verify(options: argparse.Namespace) -> int:
    """Two clean builds, compared."""
    from bookbuild.checks.verify import verify

    return verify(ROOT, options.pdf)


def diff(options: argparse.Namespace) -> int:
    """Which numbers changed."""
    from bookbuild.checks.difference import difference

    return difference(ROOT, options.name or "HEAD")


def summary(options: argparse.Namespace) -> int:
    """What changed, with pictures, for a reviewer."""
    from bookbuild.checks.summary import summary

    return summary(ROOT, options.name or "HEAD")


def write_twins(options: argparse.Namespace) -> int:
    """Each chapter's script."""
    from bookbuild.checks import twins

    return twins.write(ROOT, options.overwrite) if _is_readable() else 1


def open_notebook(options: argparse.Namespace) -> int:
    """A chapter in JupyterLab."""
    from bookbuild.checks import notebook

    return notebook.edit(ROOT, options.name) if _is_readable() else 1


def _is_readable() -> bool:
    """Whether what jupytext will read may be read; says what may not."""
    from bookbuild.project import sources, texts

    try:
        texts.refuse(ROOT)
    except sources.SourceError as problem:
        print(problem, file=sys.stderr)
        return False
    return True


def fill_ranges(options: argparse.Namespace) -> int:
    """The bounds of printed figures."""
    from ledger.tables import claims

    claims.fill(_table_of_claims())
    return 0


def _table_of_claims() -> Path:
    """Of the project that it is run in, which need not be the one that the study was installed from."""
    study = _study()
    (name,) = (name for name in study.tables() if Path(name).name == "claims.csv")
    return ROOT / study.DATA.path.name / name


def _study() -> Any:
    return import_module(settings.of(ROOT).study)


def begin_claim(options: argparse.Namespace) -> int:
    """The row of a claim."""
    from bookbuild.authoring import claim

    return _begun(lambda: claim.begin(ROOT, _study(), _table_of_claims(), options.name))


def begin_chapter(options: argparse.Namespace) -> int:
    """A chapter with its room."""
    from bookbuild.authoring import chapter

    return _begun(lambda: chapter.begin(ROOT, _study(), options.name))


def _begun(begin: Callable[[], str]) -> int:
    from bookbuild.authoring.unfinished import AuthorError

    try:
        print(begin())
    except AuthorError as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


def find_browser(options: argparse.Namespace) -> int:
    """The browser that tests and audit need."""
    from bookbuild import machine

    return 0 if machine.ensure_browser() else 1


def find_pango(options: argparse.Namespace) -> int:
    """The libraries that the PDF needs."""
    from bookbuild import machine

    return 0 if machine.ensure_pango() else 1


def find_epubcheck(options: argparse.Namespace) -> int:
    """The checker of EPUBs that a test needs."""
    from bookbuild import machine

    return 0 if machine.ensure_epubcheck() else 1


def release(options: argparse.Namespace) -> int:
    """A version with its archive."""
    from bookbuild.release.release import release

    return release(ROOT, options.name)


def archive(options: argparse.Namespace) -> int:
    """The archive of the version that is checked out."""
    from bookbuild.release.release import pack

    return pack(ROOT)


def room(options: argparse.Namespace) -> int:
    """The archive for a machine without a network."""
    from bookbuild.release import offline

    return offline.pack(ROOT)


def editions(options: argparse.Namespace) -> int:
    """Older versions beside the built book."""
    from bookbuild.release.editions import editions

    return editions(ROOT)


def audit(options: argparse.Namespace) -> int:
    """Lighthouse, HTML validation and links."""
    from bookbuild.checks.audit import audit

    return audit(ROOT)


def check(options: argparse.Namespace) -> int:
    """1 with what a build would refuse without ever starting a kernel, and with stale scripts and typed numbers; else 0."""
    from bookbuild.checks.check import check

    return check(ROOT)


COMMANDS = {
    "build": build,
    "serve": serve,
    "epub": make_shape,
    "docx": make_shape,
    "verify": verify,
    "diff": diff,
    "summary": summary,
    "twins": write_twins,
    "notebook": open_notebook,
    "ranges": fill_ranges,
    "claim": begin_claim,
    "chapter": begin_chapter,
    "check": check,
    "browser": find_browser,
    "pango": find_pango,
    "epubcheck": find_epubcheck,
    "audit": audit,
    "release": release,
    "archive": archive,
    "room": room,
    "editions": editions,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
