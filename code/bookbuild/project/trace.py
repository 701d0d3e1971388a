"""An exception of the study as its author reads it: one line that leads to the line of code."""

from __future__ import annotations

import traceback
from pathlib import Path

from bookbuild.project import digest, settings

OURS = ("ledger", "bookbuild")  # their exceptions are sentences of their own


def said(problem: Exception, root: Path) -> str:
    """The problem; where it is Python's own, with the last line of the study's code through which it came."""
    if type(problem).__module__.partition(".")[0] in OURS:
        return str(problem)
    if isinstance(problem, SyntaxError) and problem.filename and Path(problem.filename).is_absolute():
        place = f"{digest.relative(root, Path(problem.filename))}, regel {problem.lineno}: "
        return f"{place}geen geldige Python ({problem.msg})"
    frames = traceback.extract_tb(problem.__traceback__)
    study = [each for each in frames if _is_study(Path(each.filename), root)]
    place = f"{digest.relative(root, Path(study[-1].filename))}, regel {study[-1].lineno}: " if study else ""
    return f"{place}{type(problem).__name__}: {problem}"


def _is_study(file: Path, root: Path) -> bool:
    engine = (settings.ENGINE, settings.package("ledger"))
    return file.is_relative_to(root / settings.of(root).code) and not any(file.is_relative_to(each) for each in engine)
