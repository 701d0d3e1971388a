"""Content digests: the only thing that decides whether something changed. Times never do."""

from __future__ import annotations

import hashlib
import json
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib import metadata
from operator import attrgetter
from pathlib import Path

LOCK = "requirements.txt"
PIN = re.compile(r"^([\w.-]+)==([^\s;]+)", re.MULTILINE)


def of_file(path: Path) -> str:
    """The SHA-256 of a file's content."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def of_files(root: Path, paths: Iterable[Path], of: Callable[[Path], str] = of_file) -> dict[str, str]:
    """SHA-256 by path from `root`, in the order of the paths; files elsewhere keep their own name only, and share it."""
    found: dict[str, str] = {}
    for path in sorted(set(paths)):
        name, sha256 = relative(root, path), of(path)
        found[name] = of_value([found[name], sha256]) if name in found else sha256
    return found


def below(folder: Path) -> Iterator[Path]:
    """Every file below a folder, through links to other folders too; no folder twice, for a link may lead back."""
    seen: set[tuple[int, int]] = set()
    waiting = [os.fspath(folder)]
    while waiting:
        place = waiting.pop()
        try:
            found, here = sorted(os.scandir(place), key=attrgetter("name")), Path(place).stat()
        except OSError:  # gone, or nobody's to read
            continue
        if (here.st_dev, here.st_ino) not in seen:
            seen.add((here.st_dev, here.st_ino))
            # In the order of names: which of two links to one folder comes first must not depend on the disk.
            waiting += [entry.path for entry in reversed(found) if _is(entry, os.path.isdir, entry.is_dir)]
            yield from (Path(entry.path) for entry in found if _is(entry, os.path.isfile, entry.is_file))


def _is(entry: os.DirEntry, followed: Callable[[str], bool], plain: Callable[[], bool]) -> bool:
    """What an entry is, or what its link leads to; only that needs to be looked up."""
    return followed(entry.path) if entry.is_symlink() else plain()


def of_value(value: object) -> str:
    """The SHA-256 of anything that JSON can hold; the order of keys is of no account."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()


def relative(root: Path, path: Path) -> str:
    """The path from `root` with forward slashes; where records lie outside it is nobody's business."""
    # As text where that will do: a build asks this thousands of times, and comparing paths is ten times as dear.
    text, folder = str(path), f"{root}{os.sep}"
    if text.startswith(folder):
        return text[len(folder) :].replace(os.sep, "/")
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name


def short(sha256: str) -> str:
    """The first characters of a digest, enough to compare by eye."""
    return sha256[:12]


def of_environment(root: Path) -> str:
    """What the lock promises, Python, and what is installed otherwise: an upgrade without a new lock counts, a group does not."""
    lock = root / LOCK
    text = lock.read_text(encoding="utf-8") if lock.is_file() else ""
    return of_value([hashlib.sha256(text.encode()).hexdigest(), sys.version, _beside(text)])


@cache
def _beside(lock: str) -> list[str]:
    # Folder names say name and version; opening every package's metadata would cost a no-change build its speed.
    folders = {Path(entry) for entry in sys.path if Path(entry).is_dir()}
    found = (path.stem.partition("-") for folder in folders for path in folder.glob("*.dist-info"))
    return sorted({_named(name, version) for name, _, version in found} - {_named(*pin) for pin in PIN.findall(lock)})


def _named(package: str, version: str) -> str:
    return f"{re.sub('[-_.]+', '-', package).lower()}=={version}"


def versions(packages: Iterable[str]) -> Mapping[str, str]:
    """Installed versions of the packages that are installed."""
    found = {}
    for package in packages:
        try:
            found[package] = metadata.version(package)
        except metadata.PackageNotFoundError:
            continue
    return found
