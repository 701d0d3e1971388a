"""Files that are either whole or not there."""

from __future__ import annotations

import errno
import json
import os
import shutil
import tempfile
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


def read_json(path: Path) -> Any:
    """The content of a JSON file, None if it is missing or torn."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
