"""`make verify`: two clean builds, in two folders, on two days, with both kinds of kernel, must agree in every byte."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from itertools import zip_longest
from pathlib import Path

from bookbuild.execution.kernels import CHOICE
from bookbuild.project import git

# Twenty-six hours apart: it is never the same day in both.
BUILDS = {
    "een": {CHOICE: "fork", "TZ": "Etc/GMT+12"},
    "ergens/anders/twee": {CHOICE: "plain", "TZ": "Pacific/Kiritimati"},
}
SHOWN = 160  # characters of a line that differs


def verify(root: Path, pdf: bool = False) -> int:
    """Build the working tree twice and compare.

    Parameters
    ----------
    pdf
        Also make the PDF, twice.

    Returns
    -------
    int
        0 if the two books are the same in every byte; 1 if a build fails or a file differs, which is then named.
    """
    with tempfile.TemporaryDirectory(prefix="boek-") as name:
        books = []
        for place, environment in BUILDS.items():
            copy = copied(root, Path(name, place))
            if not build_copy(copy, environment, pdf):
                return 1
            books.append(copy / "_build" / "html")
        found = list(differences(*books))
    for difference in found:
        print(difference)
    print(f"{len(found)} bestanden verschillen." if found else "Beide boeken zijn tot op de byte gelijk.")
    return 1 if found else 0


def copied(root: Path, target: Path) -> Path:
    """The working tree with its history: a clone, and over it what is not committed yet."""
    git.ask(root, "clone", "--quiet", "--shared", str(root), str(target))
    names = git.ask(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard").decode()
    for name in filter(None, names.split("\0")):
        source, copy = root / name, target / name
        if source.is_file():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, copy)
        else:
            copy.unlink(missing_ok=True)
    return target


def differences(one: Path, other: Path) -> Iterator[str]:
    """One message per file that is not the same in both folders."""
    names = {path.relative_to(folder) for folder in (one, other) for path in folder.rglob("*") if path.is_file()}
    for name in sorted(names):
        pair = [folder / name for folder in (one, other)]
        if not all(path.is_file() for path in pair):
            yield f"{name} staat maar in één van beide"
        elif pair[0].read_bytes() != pair[1].read_bytes():
            yield f"{name} verschilt{_first_line(*pair)}"


def _first_line(one: Path, other: Path) -> str:
    texts = [path.read_bytes().decode("utf-8", errors="replace").splitlines() for path in (one, other)]
    for number, (line, counterpart) in enumerate(zip_longest(*texts, fillvalue=""), start=1):
        if line != counterpart:
            alike = next((at for at, pair in enumerate(zip(line, counterpart, strict=False)) if len(set(pair)) > 1), 0)
            start = max(0, alike - SHOWN // 4)
            shown = (line[start : start + SHOWN], counterpart[start : start + SHOWN])
            return f" vanaf regel {number}:\n  - {shown[0]}\n  + {shown[1]}"
    return " in zijn regeleinden"


def build_copy(copy: Path, environment: Mapping[str, str], pdf: bool) -> bool:
    """Build a copy of the project with its own code; what went wrong is printed."""
    own = {"PYTHONPATH": str(copy / "code"), **environment}
    command = [sys.executable, "-m", "bookbuild", "build", *(["--pdf"] if pdf else [])]
    result = subprocess.run(command, cwd=copy, env=os.environ | own, capture_output=True, text=True, check=False)
    if result.returncode:
        print(result.stdout[-4000:] + result.stderr[-4000:], file=sys.stderr)
    return result.returncode == 0
