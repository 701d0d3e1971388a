"""Who is told that a file is read: whoever records in this process, and whoever guards it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from typing import Generic, TypeVar

READ = "ledger.read"  # the audit event of a read: also where a memory answers and no file is opened
T = TypeVar("T")


class Collected(Generic[T]):
    """What is told inside a block, for who collects it there; an outer block gets it too."""

    def __init__(self, name: str) -> None:
        self._found: ContextVar[set[T] | None] = ContextVar(name, default=None)

    @contextmanager
    def collecting(self) -> Iterator[set[T]]:
        """Collect inside the block."""
        found: set[T] = set()
        token = self._found.set(found)
        try:
            yield found
        finally:
            self._found.reset(token)
            self.tell(found)

    def tell(self, found: Iterable[T]) -> None:
        """Tell who collects; if nobody does, what is found is not even looked for."""
        if (collected := self._found.get()) is not None:
            collected.update(found)


_names = Collected[str]("names")


def recording() -> AbstractContextManager[set[str]]:
    """Collect the names (`data/...`) of all files read inside the block; an outer block gets them too."""
    return _names.collecting()


def note(name: str, path: str) -> None:
    """Say that a file is read: by its name to who records, by its path to who guards."""
    sys.audit(READ, path)
    _names.tell({name})
