"""Files that are either whole or not there, and copies that cost nothing where they stand there already."""

from __future__ import annotations

import errno
import json
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

ROOM = 100_000_000  # bytes: a book with its PDF, and the copy of it that is put in place
REFUSED = {
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EROFS), "in {} mag niet geschreven worden"),
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), "er is geen plaats meer op de schijf van {}"),
    **dict.fromkeys((errno.ENOTDIR, errno.EEXIST), "{} is geen map"),
}


def told(problem: OSError) -> str:
    """Why a file could not be written, in a few words, with its path; the system's own words where we know no better."""
    said = REFUSED.get(problem.errno or 0)
    return said.format(problem.filename or "deze map") if said else str(problem)


def ask_for_room(folder: Path) -> None:
    """Write into a folder and take it away again; makes the folder where it is not there.

    Raises
    ------
    OSError
        If that may not be, or hardly anything more can be written there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if shutil.disk_usage(folder).free < ROOM:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))
    write_whole(folder / ".proef", "")
    (folder / ".proef").unlink()


def write_whole(path: Path, text: str) -> None:
    """Write a file that is either whole or not there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def copy_changed(source: Path, target: Path) -> None:
    """Copy a file, unless the same content stands there: to read is several times cheaper than to write."""
    if not _is_same(source, target):
        target.parent.mkdir(parents=True, exist_ok=True)
        target.unlink(missing_ok=True)
        shutil.copyfile(source, target)


def mirror(source: Path, target: Path, names: Iterable[str]) -> None:
    """Make a folder hold some files of another, with the same content, and nothing else; what it holds already stays."""
    kept = {target / name for name in names}
    folders = {folder for path in kept for folder in path.parents}
    for path in sorted(target.rglob("*"), reverse=True):  # what a folder holds goes before it
        is_folder = path.is_dir() and not path.is_symlink()
        if path not in (folders if is_folder else kept):
            path.rmdir() if is_folder else path.unlink()
    for path in sorted(kept):
        copy_changed(source / path.relative_to(target), path)


def _is_same(source: Path, target: Path) -> bool:
    try:
        return source.stat().st_size == target.stat().st_size and source.read_bytes() == target.read_bytes()
    except OSError:
        return False


def read_json(path: Path) -> Any:
    """The content of a JSON file, None if it is missing or torn."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
