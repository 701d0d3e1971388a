"""What one process of a build worked out, for the others: where LEDGER_MEMORY names a folder, which lasts as long as that build.

Nothing else than the build's own processes writes there.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

VARIABLE = "LEDGER_MEMORY"
T = TypeVar("T")


def shared(key: str, work: Callable[[], T]) -> T:
    """What `work` gives, from whoever did it first under this key; the others wait for it.

    Raises
    ------
    Exception
        What `work` raises; the next to ask then does the work again.
    """
    place = _place(key)
    if place is None:
        return work()
    with _locked(place, fcntl.LOCK_EX):
        if place.exists():
            found: T = pickle.loads(place.read_bytes())
            return found
        found = work()
        # Renaming is all or nothing: a process that was killed meanwhile leaves nothing to believe.
        unfinished = place.with_suffix(f".{os.getpid()}")
        unfinished.write_bytes(pickle.dumps(found))
        unfinished.replace(place)
        return found


def is_busy(key: str) -> bool:
    """Whether another process is working on it just now, so that something else may well come first."""
    place = _place(key)
    if place is None or not place.with_suffix(".lock").exists() or place.exists():
        return False
    with _locked(place, fcntl.LOCK_EX | fcntl.LOCK_NB) as mine:
        return not mine


def _place(key: str) -> Path | None:
    folder = os.environ.get(VARIABLE)
    return Path(folder, hashlib.sha256(key.encode()).hexdigest()) if folder else None


@contextmanager
def _locked(place: Path, how: int) -> Iterator[bool]:
    """Hold the lock of a place; False where another process has it and waiting was not asked for."""
    with place.with_suffix(".lock").open("w") as lock:
        try:
            fcntl.flock(lock, how)
        except BlockingIOError:
            yield False
        else:
            yield True
