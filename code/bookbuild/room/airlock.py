"""The process of the results step: `python -m bookbuild.room.airlock <module> <room>`.

It reads what it likes and writes in the room only; no socket, no other program. What goes wrong is told by its type and line:
a message may quote a record.
"""

# It looks at every file that the step opens, and strings are several times faster than Path objects.
# ruff: noqa: PTH118

from __future__ import annotations

import os
import resource
import sys
import traceback
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Any

from bookbuild.kernel.guard import CHANGES, WRITING, is_below
from bookbuild.kernel.ipython import die_with_parent
from bookbuild.room import landlock

PROBLEM = "problem.txt"  # what may be told outside: no cell, no header
CLOSED = "closed"  # the part of the room that nothing but the step may read
STARTS = {
    "os.exec",
    "os.fork",
    "os.forkpty",
    "os.posix_spawn",
    "os.spawn",
    "os.system",
    "pty.spawn",
    "subprocess.Popen",
}


class AirlockError(PermissionError):
    """The step tries to let something out of the room."""


def main(arguments: list[str]) -> None:
    """Shut this process in, then run the main() of a module with the room as its argument."""
    module, room = arguments[0], os.path.realpath(arguments[1])
    die_with_parent()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a dump of memory is a copy of the records
    sys.excepthook = _Told(Path(room, CLOSED))
    sys.addaudithook(Hook(room))
    landlock.write_only_below(Path(room), Path(os.devnull))
    import_module(module).main([room])


class Hook:
    """The audit hook: refuses what would leave the room."""

    def __init__(self, room: str) -> None:
        self._room = room

    def __call__(self, event: str, args: tuple[Any, ...]) -> None:
        """Handle one audit event."""
        if event == "open":
            path, mode, flags = (*args, None, 0)[:3]
            if (mode and set(mode) & set("wax+")) or (isinstance(flags, int) and flags & WRITING):
                self._change(path)
        elif event in CHANGES:
            for path, folder in CHANGES[event]:
                self._change(args[path], -1 if folder is None else args[folder])
        elif event == "sqlite3.connect":
            self._change(args[0])
        elif event.startswith("socket.") and event != "socket.gethostname":
            raise AirlockError("de resultatenstap opent geen verbinding")
        elif event in STARTS:
            raise AirlockError("de resultatenstap start geen programma")

    def _change(self, path: Any, folder: int = -1) -> None:
        if hasattr(path, "__index__"):
            path = f"/proc/self/fd/{int(path)}"
        name = os.fsdecode(path)
        if isinstance(folder, int) and folder >= 0:
            name = os.path.join(f"/proc/self/fd/{folder}", name)
        real = os.path.realpath(name)
        if real != os.devnull and not is_below(real, self._room):
            raise AirlockError("de resultatenstap schrijft alleen in zijn eigen map")


class _Told:
    """Says what went wrong: to the log and to the build the same, without a word of the records."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, kind: type[BaseException], problem: BaseException, trace: TracebackType | None) -> None:
        from ledger.tables.reading import DataError  # pandas: a build that only looks for this module does not owe it

        if isinstance(problem, AirlockError | DataError):
            told = str(problem)
        else:
            frames = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(trace)[-3:]]
            # A class that the step makes may be called anything.
            known = next(each for each in kind.__mro__ if each.__module__ == "builtins")
            told = f"{known.__name__} ({', '.join(frames)})"
        (self._folder / PROBLEM).write_text(f"{told}\n", encoding="utf-8")
        print(problem.with_rows() if isinstance(problem, DataError) else told, file=sys.stderr)


if __name__ == "__main__":
    main(sys.argv[1:])
