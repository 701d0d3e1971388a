"""The commands behind make: `python -m bookbuild COMMAND`. Imports wait until a command needs them."""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module
from pathlib import Path

from bookbuild.project import settings

ROOT = Path.cwd()


def main(arguments: list[str]) -> int:
    """Run one command."""
    parser = argparse.ArgumentParser(prog="python -m bookbuild")
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("base", nargs="?", default="HEAD", help="diff: the version in git to compare with")
    parser.add_argument("--pdf", action="store_true", help="build, verify: the PDF as well")
    options = parser.parse_args(arguments)
    # What the study's libraries say on a page, they say in its language.
    os.environ.setdefault("BOOK_LANGUAGE", settings.of(ROOT).language)
    return COMMANDS[options.command](options)


def build(options: argparse.Namespace) -> int:
    """The HTML in `_build/html`."""
    from bookbuild.build import build

    return build(ROOT, options.pdf)


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

    return difference(ROOT, options.base)


def write_twins(options: argparse.Namespace) -> int:
    """Each chapter's script."""
    from bookbuild.checks import twins

    return twins.write(ROOT)


def fill_ranges(options: argparse.Namespace) -> int:
    """The bounds of printed figures."""
    from ledger.tables import claims

    study = import_module(settings.of(ROOT).study)
    (name,) = (name for name in study.tables() if Path(name).name == "claims.csv")
    # Of the project that it is run in, which need not be the one that the study was installed from.
    claims.fill(ROOT / study.DATA.path.name / name)
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


def audit(options: argparse.Namespace) -> int:
    """Lighthouse, HTML validation and links."""
    from bookbuild.checks.audit import audit

    return audit(ROOT)


def check(options: argparse.Namespace) -> int:
    """1 if a table breaks a rule, a script is not its chapter's twin, or a chapter has a typed number; else 0."""
    from bookbuild.checks import prose, twins

    return max(check_data(), twins.check(ROOT), prose.check(ROOT))


def check_data() -> int:
    """1 with the first problems if a table breaks a rule, else 0."""
    from ledger.tables.reading import DataError

    study = import_module(settings.of(ROOT).study)
    problems = study.DATA.problems(study.tables())
    if problems:
        print(DataError(problems), file=sys.stderr)
    return 1 if problems else 0


COMMANDS = {
    "build": build,
    "epub": make_shape,
    "docx": make_shape,
    "verify": verify,
    "diff": diff,
    "twins": write_twins,
    "ranges": fill_ranges,
    "check": check,
    "browser": find_browser,
    "pango": find_pango,
    "epubcheck": find_epubcheck,
    "audit": audit,
}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
