"""`make diff BASE=<ref>`: which numbers differ between a version in git and the working tree, as a Markdown table.

`bookbuild.checks.summary` makes of the same comparison, with pictures, what a reviewer reads.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from math import isclose
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bookbuild.execution import imports
from bookbuild.project import digest, git, settings
from bookbuild.project.files import read_json, write_whole

if TYPE_CHECKING:
    from ledger.quantity import Unit

SAME, FAILED, CHANGED = 0, 1, 2
NOISE = 1e-12
SCRIPT = Path(__file__).with_name("snapshot.py")
RESTS_ON = ("_config.yml", "chapters", "code", "data")
HEAD = "| Getal | Voor | Na | Verschil | Status voor | Status na | Door |\n|---|---|---|---|---|---|---|"
FIELDS = ("published", "recomputed", "value", "interval", "unit", "status")
FIGURES = "Figuren en tabellen met andere gegevens:"


class VersionError(Exception):
    """A version whose numbers cannot be computed."""


@dataclass(frozen=True, slots=True)
class Version:
    """What is compared of a version of the book.

    Parameters
    ----------
    numbers
        The rows of claims.json and numbers.json by id, each with the `modules` (digests by path) behind its function.
    figures
        Title and data of each figure and table, by name.
    pictures
        The figures as PNG, by name; none if nobody asked, or of a version that could not draw them yet.
    """

    numbers: dict[str, Any]
    figures: dict[str, Any]
    pictures: dict[str, bytes]


def difference(root: Path, base: str) -> int:
    """Print what changed since `base`.

    Returns
    -------
    int
        0 if no number and no figure changed, 2 if any did, 1 if either version could not be computed.
    """
    try:
        before, after = compared(root, base)
    except VersionError as problem:
        print(problem, file=sys.stderr)
        return FAILED
    rows, drawn = moved(before, after)
    print(said(rows, drawn, base))
    return CHANGED if rows or drawn else SAME


def moved(before: Version, after: Version) -> tuple[list[str], list[str]]:
    """The lines of all numbers, and of all figures and tables, that differ."""
    return list(number_rows(before.numbers, after.numbers)), list(figure_rows(before.figures, after.figures))


def said(rows: list[str], drawn: list[str], base: str) -> str:
    """What differs from `base`, in Markdown."""
    lines = [f"Verschillen met {base}:\n", HEAD, *rows] if rows else [f"Geen enkel getal verschilt van {base}."]
    return "\n".join([*lines, *(["", FIGURES, "", *drawn] if drawn else [])])


def compared(root: Path, base: str, *, drawn: bool = False) -> tuple[Version, Version]:
    """A version in git and the working tree, with their pictures if they are to be `drawn`.

    Raises
    ------
    VersionError
        If either cannot be computed.
    """
    with tempfile.TemporaryDirectory(prefix="boek-") as name:
        before = _version(_unpacked(root, base, Path(name)), root, drawn)
    return before, _version(root, root, drawn)


def number_rows(before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    """One line of the table per number that differs, is new or is gone."""
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name), after.get(name)
        if old is None or new is None or not all(_same(old.get(each), new.get(each)) for each in FIELDS):
            cells = [
                f"`{name}`{_label(new or old)}",
                _text(old),
                _text(new),
                _change(old, new),
                _status(old),
                _status(new),
                _cause(old, new),
            ]
            yield "| " + " | ".join(cell.replace("|", r"\|") for cell in cells) + " |"


def _same(old: Any, new: Any) -> bool:
    """Whether two fields are equal; of numbers all but what another order of the same sums may change."""
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(map(_same, old, new))
    if isinstance(old, float) and isinstance(new, float):
        return isclose(old, new, rel_tol=NOISE, abs_tol=NOISE)
    return bool(old == new)


def figure_rows(before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    """One line per figure or table whose data differ, is new or is gone."""
    for name in sorted(before.keys() | after.keys()):
        old, new = before.get(name), after.get(name)
        if old is None or new is None:
            yield f"- `{name}`: {'nieuw' if old is None else 'weg'}"
        elif old["data"] != new["data"]:
            yield f"- `{name}`: {new['title']}"


def snapshot(version: Path, root: Path) -> dict[str, Any]:
    """All numbers and figures of a version (`bookbuild.checks.snapshot`), computed once per content.

    Raises
    ------
    VersionError
        If they cannot be computed.
    """
    kept = _kept(version, root).with_suffix(".json")
    known = read_json(kept)
    if known is None:
        known = _computed(version)
        write_whole(kept, json.dumps(known, ensure_ascii=False))
    return known


def pictures(version: Path, root: Path) -> dict[str, bytes]:
    """Every figure of a version as PNG, by name, drawn once per content.

    Raises
    ------
    VersionError
        If they cannot be drawn.
    """
    kept = _kept(version, root)
    if not kept.is_dir():
        fresh = kept.with_name(f".{kept.name}")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        _computed(version, fresh)
        fresh.rename(kept)
    return {path.stem: path.read_bytes() for path in sorted(kept.glob("*.png"))}


def _version(version: Path, root: Path, drawn: bool) -> Version:
    found = snapshot(version, root)
    folder = version / settings.of(version).code
    modules = cache(lambda name: _modules(name, folder, version))
    numbers = {name: row | {"modules": _behind(row, modules)} for name, row in found["numbers"].items()}
    return Version(numbers, found["figures"], pictures(version, root) if drawn else {})


def _behind(row: dict[str, Any], modules: Callable[[str], dict[str, str]]) -> dict[str, str]:
    """The modules behind the function that computed a number; none where no function did."""
    return modules(row["computed_by"].partition(":")[0]) if row.get("computed_by") else {}


def _modules(name: str, folder: Path, version: Path) -> dict[str, str]:
    """SHA-256 of a module and of all that it imports of the project, by path from the root."""
    return digest.of_files(version, imports.follow([f"import {name}"], (folder,)).files)


def _kept(version: Path, root: Path) -> Path:
    """Where what was computed of this content is kept."""
    found = [path for name in RESTS_ON for path in (version / name, *digest.below(version / name)) if path.is_file()]
    files = digest.of_files(version, (path for path in found if "__pycache__" not in path.parts))
    key = digest.of_value([files, digest.of_file(_script(version)), settings.surroundings(root)])
    return root / "_build" / "snapshots" / key


def _computed(version: Path, folder: Path | None = None) -> dict[str, Any]:
    """What the version's own snapshot says of it; into `folder` it draws the figures."""
    command = [sys.executable, "-P", str(_script(version)), str(version), *([str(folder)] if folder else [])]
    env = os.environ | {"PYTHONPATH": str(version / "code"), "PYTHONHASHSEED": "0"}
    result = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if result.returncode:
        raise VersionError(f"Deze versie is niet te berekenen:\n{result.stderr[-2000:]}")
    return json.loads(result.stdout)


def _script(version: Path) -> Path:
    """The version's own, which knows where its modules stand; ours where it has none."""
    return next((version / "code").rglob("snapshot.py"), SCRIPT)


def _unpacked(root: Path, base: str, target: Path) -> Path:
    try:
        names = git.line(root, "ls-tree", "--name-only", base, *RESTS_ON).split()
        if not names:
            raise git.GitError("er staat niets van het boek in")
        return git.unpack(root, base, target, *names)
    except git.GitError as problem:
        raise VersionError(f"{base} is geen versie van dit boek: {problem}") from None


def _label(row: dict[str, Any] | None) -> str:
    """What a reader must not take for a finding: the changelog shows the same rows."""
    return " (synthetisch)" if row and row.get("microdata") == "synthetic" else ""


def _text(row: dict[str, Any] | None) -> str:
    return "" if row is None else row.get("recomputed") or row.get("published") or ""


def _change(old: dict[str, Any] | None, new: dict[str, Any] | None) -> str:
    from ledger import dutch

    if old is None or new is None:
        return "nieuw" if old is None else "weg"
    before, after = old.get("value"), new.get("value")
    if before is None or after is None or before == after or old["unit"] != new["unit"] or old["unit"] == "direction":
        return ""
    step = after - before
    unit: Unit = "points" if old["unit"] == "share" else old["unit"]
    return ("+" if step > 0 else "") + dutch.amount(step, unit, _decimals(step, unit))


def _decimals(step: float, unit: Unit) -> int:
    """As many decimals as it takes to show that there is a difference."""
    size = round(abs(step) * (100 if unit == "points" else 1), 8)
    return next((digits for digits in range(1, 8) if round(size, digits)), 8) if size % 1 else 0


def _status(row: dict[str, Any] | None) -> str:
    from ledger.claim import STATUS_LABELS

    status = row.get("status") if row else None
    return STATUS_LABELS.get(status, status) if status else ""  # an older version may have had others


def _cause(old: dict[str, Any] | None, new: dict[str, Any] | None) -> str:
    """The files that the number rests on and that are not what they were: data first, then modules."""
    one, other = old or {}, new or {}
    moved = [*_moved(_inputs(one), _inputs(other)), *_moved(one.get("modules", {}), other.get("modules", {}))]
    if not moved and one.get("published") != other.get("published"):
        return "wat gepubliceerd is"
    return ", ".join(f"`{path}`" for path in moved) or "de code"


def _inputs(row: dict[str, Any]) -> dict[str, str]:
    return {file["path"]: file["sha256"] for file in row.get("inputs", [])}


def _moved(before: dict[str, str], after: dict[str, str]) -> list[str]:
    return sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))
