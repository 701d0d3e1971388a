"""`make book`: build beside the published book and put it in place only when it is whole."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from leerwerk import sources
from leerwerk.sources import DataError


def build(root: Path) -> int:
    """Build the book of `root` into `_build/html`; the book that stands there stays until a whole one replaces it.

    Returns
    -------
    int
        0 if the book was built without a single warning, 1 if data break a rule, else Jupyter Book's exit status.
    """
    # Before Sphinx starts: the extension refuses bad data too, but Jupyter Book wraps what it says in a traceback.
    if problems := sources.check_all():
        print(f"Fout in de gegevens: het boek is niet gebouwd.\n{DataError(problems)}", file=sys.stderr)
        return 1
    work = root / "_build" / "work"
    command = [str(Path(sys.executable).with_name("jupyter-book")), "build", str(root), "--path-output", str(work)]
    result = subprocess.run([*command, "-n", "-W", "--keep-going"], cwd=root, env=_environment(), check=False)
    if result.returncode == 0:
        put_in_place(work / "_build" / "html", root / "_build" / "html")
    return result.returncode


def put_in_place(fresh: Path, published: Path) -> None:
    """Make a copy of `fresh` the published folder; between the two renames the old one is beside it, never half gone."""
    copy, old = published.with_name("html.new"), published.with_name("html.old")
    for leftover in (copy, old):
        shutil.rmtree(leftover, ignore_errors=True)
    shutil.copytree(fresh, copy)
    if published.exists():
        published.rename(old)
    copy.rename(published)
    shutil.rmtree(old, ignore_errors=True)


def _environment() -> dict[str, str]:
    # One thread per kernel: the sums are small, and two cores serve better as two builds.
    return os.environ | {"PYTHONHASHSEED": "0", "OMP_NUM_THREADS": "1", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
