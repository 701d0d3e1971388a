"""The commands behind make: `python -m bookbuild COMMAND`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path.cwd()


def main(arguments: list[str]) -> int:
    """Run one command; imports wait until a command needs them."""
    parser = argparse.ArgumentParser(prog="python -m bookbuild")
    commands = ["build", "verify", "diff", "twins", "ranges", "check", "browser", "pango", "audit"]
    parser.add_argument("command", choices=commands)
    parser.add_argument("base", nargs="?", default="HEAD", help="diff: the version in git to compare with")
    parser.add_argument("--pdf", action="store_true", help="build, verify: the PDF as well")
    options = parser.parse_args(arguments)
    if options.command == "build":
        from bookbuild.build import build

        return build(ROOT, options.pdf)
    if options.command == "verify":
        from bookbuild.verify import verify

        return verify(ROOT, options.pdf)
    if options.command == "diff":
        from bookbuild.difference import difference

        return difference(ROOT, options.base)
    if options.command == "twins":
        from bookbuild import twins

        return twins.write(ROOT)
    if options.command == "ranges":
        from bookbuild import ranges

        return ranges.fill(ROOT)
    if options.command == "browser":
        from bookbuild import browser

        return browser.ensure()
    if options.command == "pango":
        from bookbuild import pango

        return 0 if pango.ensure() else 1
    if options.command == "audit":
        from bookbuild.audit import audit

        return audit(ROOT)
    return check()


def check() -> int:
    """1 if a table breaks a rule, a script is not its chapter's twin, or a chapter has a typed number; else 0."""
    from bookbuild import prose, twins

    return max(check_data(), twins.check(ROOT), prose.check(ROOT))


def check_data() -> int:
    """1 with the first problems if a table breaks a rule, else 0."""
    from leerwerk import sources

    problems = sources.check_all()
    if problems:
        print(sources.DataError(problems), file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
