"""One build at a time per folder: the second waits, and says so."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

_held: dict[Path, int] = {}


def hold(path: Path, tell: Callable[[str], None]) -> None:
    """Hold the lock until this process ends, however it ends; holding it twice is holding it once."""
    path = path.resolve()
    if path in _held:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        tell("Er loopt al een bouw van dit boek; deze wacht tot die klaar is.")
        fcntl.flock(handle, fcntl.LOCK_EX)
    _held[path] = handle
