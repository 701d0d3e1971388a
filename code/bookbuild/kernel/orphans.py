"""What outlives the process that started it: a daemon that a cell left behind ends with its build all the same."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

PR_SET_CHILD_SUBREAPER = 36


def adopt() -> None:
    """Become the parent of every descendant whose own parent ends, whatever session it went to."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)


def children() -> set[int]:
    """The processes whose parent this one is, by birth or by adoption."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it ended meanwhile
            parent = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[1]
            if int(parent) == os.getpid():
                found.add(int(stat.parent.name))
    return found


def end(which: Callable[[int], bool] = lambda pid: True) -> None:
    """End the children that are meant, and theirs: of each that ends, the children become ours."""
    while left := {pid for pid in children() if which(pid)}:
        for pid in left:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        for pid in left:
            with suppress(ChildProcessError):
                os.waitpid(pid, 0)


def of_other_sessions(known: set[int]) -> Callable[[int], bool]:
    """Which children are of nobody here: those in a session of their own that are not among the known ones."""
    ours = os.getsid(0)

    def meant(pid: int) -> bool:
        with suppress(ProcessLookupError):
            return pid not in known and os.getsid(pid) != ours
        return False

    return meant
