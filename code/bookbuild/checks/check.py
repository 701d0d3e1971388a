"""`make check`, the book's part of it: causes first, for a wrong table makes every page wrong that shows it."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

from bookbuild.authoring import unfinished
from bookbuild.checks import contents, pages, prose, twins
from bookbuild.project import settings, sources, texts, trace


def check(root: Path) -> int:
    """1 with what a build would refuse without ever starting a kernel, and with stale scripts and typed numbers; else 0."""
    if check_sources(root) or contents.check(root) or check_ledger(root):
        return 1
    return max(each.check(root) for each in (unfinished, twins, prose, pages))


def check_sources(root: Path) -> int:
    """1 if a link leads out of the project, a file holds the marks of git, or a text cannot be read, else 0."""
    try:
        sources.refuse_links(root)
        sources.refuse_conflicts(root)
        texts.refuse(root)
        sources.tell_of_notebooks(root)
    except sources.SourceError as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


def check_ledger(root: Path) -> int:
    """1 with the first problems if a table breaks a rule or a claim and its function do not agree, else 0."""
    from ledger.tables.reading import DataError

    try:
        study = import_module(settings.of(root).study)
        # A study may know more of its data than their rules say.
        problems = study.LEDGER.problems(study.tables()) or getattr(study, "problems", list)()
    except Exception as problem:  # a module that cannot be loaded
        print(trace.said(problem, root), file=sys.stderr)
        return 1
    if problems:
        print(DataError(problems), file=sys.stderr)
    return 1 if problems else 0
