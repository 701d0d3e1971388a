"""Who is told that a file is read: whoever records in this process, and whoever guards it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

READ = "ledger.read"  # the audit event of a read: also where a memory answers and no file is opened
_names: ContextVar[set[str] | None] = ContextVar("names", default=None)


@contextmanager
def recording() -> Iterator[set[str]]:
    """Collect the names (`data/...`) of all files read inside the block; an outer block gets them too."""
    names: set[str] = set()
    token = _names.set(names)
    try:
        yield names
    finally:
        _names.reset(token)
        _record(names)


def note(name: str, path: str) -> None:
    """Say that a file is read: by its name to who records, by its path to who guards."""
    sys.audit(READ, path)
    _record({name})


def _record(names: set[str]) -> None:
    if (collected := _names.get()) is not None:
        collected |= names
