"""A folder of tables, read and validated, that notes what was read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_recorded: ContextVar[set[str] | None] = ContextVar("recorded", default=None)


@contextmanager
def recording() -> Iterator[set[str]]:
    """Collect the paths (`data/...`) of all tables read inside the block; an outer block gets them too."""
    paths: set[str] = set()
    token = _recorded.set(paths)
    try:
        yield paths
    finally:
        _recorded.reset(token)
        record(*paths)


def record(*names: str) -> None:
    """Note tables as read, for who is recording."""
    paths = _recorded.get()
    if paths is not None:
        paths.update(names)
