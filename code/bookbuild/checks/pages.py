"""Reads every page as a build does, without a kernel: what Sphinx and MyST would refuse is refused here, in seconds."""

from __future__ import annotations

import shutil
from pathlib import Path

from bookbuild.checks import foretold
from bookbuild.execution import whole
from bookbuild.project import lock, state

FOLDER = Path("_build", "check")


def check(root: Path) -> int:
    """1 with what is wrong if a build would refuse a page for what its text or its cells' numbers say, else 0.

    It goes on from the last check, as a build does: only pages that changed are read again.
    """
    folder = root / FOLDER
    lock.hold(folder / "check.lock", print)
    pages = folder / "html"
    if not state.standing(root, folder / ".doctrees", pages):
        shutil.rmtree(
            pages, ignore_errors=True
        )  # or what a failed check wrote, and nobody noted, would be refused for ever
    own = {foretold.OPTION: True, "nb_execution_cache_path": str(folder / "cache")}
    return 0 if whole.make(root, pages, own) else 1
