"""The workers of a run: one thread each, and what they share is made once, by whichever needs it first."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

# Read when NumPy is first imported, which is later than this: threads of several workers would wait for each other.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# Arrow's allocator would keep one too, in processes that builds are forked from.
os.environ.setdefault("JE_ARROW_MALLOC_CONF", "background_thread:false")


def once(path: Path, make: Callable[[Path], None]) -> Path:
    """Let the first worker that asks make a file or folder; the others wait for it.

    What could not be made is not tried again: each test that needs it fails with the same message.

    Parameters
    ----------
    path
        In a folder that all workers of this run share, and no other run.
    make
        Makes it there.
    """
    note = path.with_name(f"{path.name}.outcome")
    with FileLock(f"{path}.lock"):
        if not note.exists():
            note.write_text(json.dumps("whoever was making it came to a sudden end"), encoding="utf-8")
            note.write_text(json.dumps(_problem(path, make)), encoding="utf-8")
        problem = json.loads(note.read_text(encoding="utf-8"))
    if problem:
        pytest.fail(f"{path.name} was not made: {problem}", pytrace=False)
    return path


def _problem(path: Path, make: Callable[[Path], None]) -> str:
    try:
        make(path)
    except (Exception, pytest.fail.Exception) as problem:  # the second when time is up
        return f"{type(problem).__name__}: {problem}"
    return ""
