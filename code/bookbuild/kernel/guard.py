"""Runs inside a chapter's kernel: refuses to open what the chapter did not list, and reports what it saw.

Python's audit events show what Python code opens, in threads and after os.fork too, and the arguments of programs that
it starts. What C or C++ code opens by itself (pyarrow's own readers, HDF5) and what a started program does after its
start are not among them: of those, only a path given as an argument is seen.

This module is imported before anything else of the project, and imports nothing that a chapter could change.
"""

# It looks at every file that a chapter opens, and strings are several times faster than Path objects.
# ruff: noqa: PTH109, PTH113, PTH118

from __future__ import annotations

import json
import os
import shlex
import sys
from collections.abc import Callable
from importlib.abc import Loader
from importlib.machinery import FileFinder, SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import Any, TypedDict

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
# Where an event carries a path, and where the folder (a file descriptor) that it is relative to.
CHANGES = {
    "os.chmod": ((0, 2),),
    "os.link": ((0, 2), (1, 3)),
    "os.mkdir": ((0, 2),),
    "os.remove": ((0, 1),),
    "os.rename": ((0, 2), (1, 3)),
    "os.rmdir": ((0, 1),),
    "os.symlink": ((1, 2),),
    "os.truncate": ((0, None),),
    "os.utime": ((0, 3),),
}


class Rules(TypedDict):
    """What one chapter may do; every path is absolute and free of symbolic links."""

    chapter: str
    root: str
    code: str
    allowed: list[str]
    allowed_folders: list[str]
    report: str


class UndeclaredInputError(PermissionError):
    """A chapter opens a file of the project that it does not list, or writes one."""


class FreshLoader(SourceFileLoader):
    """Compiles a project's module from its source, every time.

    Bytecode counts as fresh when time and size agree; an edit that keeps both (git-restore-mtime, rsync) would run old
    code under a new digest.
    """

    def get_code(self, fullname: str) -> CodeType:
        """The code object of the module, compiled now."""
        path = self.get_filename(fullname)
        return self.source_to_code(self.get_data(path), path)


def compile_afresh(code: str) -> None:
    """Let every module below the folder `code` come from its source from now on."""

    def finder(folder: str) -> FileFinder:
        if not is_below(os.path.realpath(folder), code):
            raise ImportError
        details: tuple[type[Loader], list[str]] = (FreshLoader, [".py"])
        return FileFinder(folder, details)

    sys.path_hooks.insert(0, finder)
    sys.path_importer_cache.clear()


def is_below(path: str, folder: str) -> bool:
    """Whether a path is the folder or lies in it."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def install(rules: Rules) -> None:
    """Start guarding this process; it cannot be undone."""
    compile_afresh(rules["code"])
    guard = Guard(rules)
    sys.addaudithook(guard)


class Guard:
    """The audit hook. A violation is reported first and raised after, so that a chapter cannot swallow it."""

    def __init__(self, rules: Rules) -> None:
        self._chapter, self._root, self._code = rules["chapter"], rules["root"], rules["code"]
        self._allowed = frozenset(rules["allowed"])
        # What belongs to Python itself may well lie below the root: .venv does.
        self._free = (
            *{os.path.realpath(prefix) for prefix in (sys.prefix, sys.base_prefix)},
            *rules["allowed_folders"],
        )
        self._report = rules["report"]
        self._seen: set[tuple[str, str]] = set()
        self._handlers: dict[str, Callable[[tuple], None]] = {
            "open": self._open,
            "sqlite3.connect": lambda args: self._read(args[0]),
            "ledger.read": lambda args: self._read(args[0]),  # answered from a memory, where no file is opened
            "subprocess.Popen": lambda args: self._start(args[1], args[2]),
            "os.system": lambda args: self._start(args[0]),
            "os.exec": lambda args: self._start(args[1]),
            "os.posix_spawn": lambda args: self._start(args[1]),
        }

    def __call__(self, event: str, args: tuple) -> None:
        """Handle one audit event."""
        handler = self._handlers.get(event)
        if handler is not None:
            handler(args)
        elif event in CHANGES:
            for path, folder in CHANGES[event]:
                self._write(args[path], -1 if folder is None else args[folder])

    def _open(self, args: tuple) -> None:
        path, mode, flags = (*args, None, 0)[:3]
        writes = bool(mode and set(mode) & set("wax+")) or bool(isinstance(flags, int) and flags & WRITING)
        (self._write if writes else self._read)(path)

    def _read(self, path: Any) -> None:
        real = self._inside(path)
        # What is not there is not read. (It may also be a name relative to a folder that the event does not tell.)
        if real is None or real in self._allowed or not os.path.isfile(real):
            return
        if real.endswith(".py") and is_below(real, self._code):
            self._tell("module", real)
        else:
            self._refuse("read", real, f"{self._chapter} opent {self._name(real)}, maar noemt het niet onder inputs")

    def _write(self, path: Any, folder: int = -1) -> None:
        real = self._inside(path if folder < 0 else os.path.join(f"/proc/self/fd/{folder}", os.fsdecode(path)))
        if real is not None:
            self._refuse("write", real, f"{self._chapter} schrijft {self._name(real)}: een hoofdstuk schrijft niets")

    def _start(self, words: Any, folder: Any = None) -> None:
        """A program is started: what its arguments name is read. A whole command may hide in one (`sh -c`)."""
        words = [words] if isinstance(words, str | bytes) else words
        start = os.fsdecode(folder) if folder else os.getcwd()
        for word in words:
            for part in [os.fsdecode(word), *_split(word)]:
                path = os.path.join(start, part.lstrip("<>"))
                if os.path.isfile(path):
                    self._read(path)

    def _inside(self, path: Any) -> str | None:
        """The real path if the project must answer for it, else None."""
        if isinstance(path, int) or path is None:
            return None
        real = os.path.realpath(os.fsdecode(path))
        if not is_below(real, self._root) or any(is_below(real, folder) for folder in self._free):
            return None
        return real

    def _refuse(self, kind: str, real: str, message: str) -> None:
        self._tell(kind, real)
        raise UndeclaredInputError(message)

    def _tell(self, kind: str, real: str) -> None:
        if (kind, real) not in self._seen:
            self._seen.add((kind, real))
            # Opened every time: a child about to become another program may have closed what it inherited.
            report = os.open(self._report, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
            os.write(report, (json.dumps([kind, self._name(real)]) + "\n").encode())
            os.close(report)

    def _name(self, real: str) -> str:
        return Path(real).relative_to(self._root).as_posix()


def _split(command: Any) -> list[str]:
    text = os.fsdecode(command)
    try:
        return shlex.split(text)
    except ValueError:
        return text.split()
