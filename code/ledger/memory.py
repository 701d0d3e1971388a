"""What was worked out once, with what it read, loaded and warned of: repeated for whoever asks again.

Within a process always, and between the processes of one build (`ledger.sharing`).
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any

from ledger import sharing
from ledger.recording import recording

if TYPE_CHECKING:
    from ledger.tables.folder import Folder

_loaded: ContextVar[set[str] | None] = ContextVar("loaded", default=None)


@dataclass(frozen=True, slots=True)
class Remembered:
    """An answer, the files that it was read from, the modules loaded by name, and what was said of it on the way."""

    answer: Any
    inputs: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    warnings: tuple[Warning, ...] = ()

    def repeat(self, folder: Folder) -> None:
        """Read, load and warn again, for all who must know what an answer rests on: whoever records, guards or shows it."""
        folder.note(*self.inputs)
        for module in self.modules:
            load(module)
        for warning in self.warnings:
            warnings.warn(warning, stacklevel=4)


def load(module: str) -> None:
    """Import a module under a computed name, on record."""
    import_module(module)
    if (loaded := _loaded.get()) is not None:
        loaded.add(module)


def worked_out(work: Callable[[], Any]) -> Remembered:
    """Run, on record; what is said meanwhile waits until the answer is repeated."""
    modules: set[str] = set()
    token = _loaded.set(modules)
    try:
        with recording() as inputs, warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            answer = work()
    finally:
        _loaded.reset(token)
    said = tuple(each.message for each in caught if isinstance(each.message, Warning))
    return Remembered(answer, tuple(sorted(inputs)), tuple(sorted(modules)), said)


class Memory:
    """Answers by key; a key names what is computed, from which arguments and from where."""

    def __init__(self) -> None:
        self._known: dict[str, Remembered] = {}

    def recall(self, key: str, work: Callable[[], Any]) -> Remembered:
        """The answer under a key, worked out by whoever comes first; the others wait for it."""
        if key not in self._known:
            self._known[key] = sharing.shared(key, partial(worked_out, work))
        return self._known[key]

    def is_busy(self, key: str) -> bool:
        """Whether another process is working on it just now, so that something else may well come first."""
        return key not in self._known and sharing.is_busy(key)
