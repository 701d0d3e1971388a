"""Runs inside a chapter's kernel: refuses to open what the chapter did not list, and reports what it saw.

Python's audit events show what Python code opens, in threads and after os.fork too, and the arguments of programs that
it starts. What C or C++ code opens by itself (pyarrow's own readers, HDF5) and what a started program does after its
start are not among them: of those, only a path given as an argument is seen, and what a shell's `>` writes. What such
code does to a file that the chapter lists is found afterwards, by its digest (`bookbuild.execution.chapter`).

This module is imported before anything else of the project, and imports nothing that a chapter could change.
"""

# It looks at every file that a chapter opens, and strings are several times faster than Path objects.
# ruff: noqa: PTH100, PTH109, PTH110, PTH112, PTH113, PTH117, PTH118, PTH119, PTH207, PTH208

from __future__ import annotations

import glob
import json
import os
import re
import shlex
import sys
import sysconfig
from collections.abc import Callable, Iterator
from importlib.abc import Loader
from importlib.machinery import FileFinder, SourceFileLoader
from itertools import pairwise
from pathlib import Path
from types import CodeType
from typing import Any, TypedDict
from urllib.parse import unquote, urlsplit

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
# Where an event carries a path, and where the folder (a file descriptor) that it is relative to.
CHANGES = {
    "os.chmod": ((0, 2),),
    "os.chown": ((0, 3),),
    "os.link": ((0, 2), (1, 3)),
    "os.mkdir": ((0, 2),),
    "os.remove": ((0, 1),),
    "os.removexattr": ((0, None),),
    "os.rename": ((0, 2), (1, 3)),
    "os.rmdir": ((0, 1),),
    "os.setxattr": ((0, None),),
    "os.symlink": ((1, 2),),
    "os.truncate": ((0, None),),
    "os.utime": ((0, 3),),
}
# These change the name itself, not what a link of that name leads to.
OF_NAMES = {"os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink"}
DESCRIPTORS = "/proc/self/fd"
IN_COMMANDS = re.compile(r"""[\s;&|<>()`'"=,]+""")  # what may stand around a path in a shell's or a program's words
REDIRECTIONS = {">", ">>", ">|", "&>", "&>>"}
PATTERN = re.compile(r"[*?[]")


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
        self._allowed, self._readable = frozenset(rules["allowed"]), tuple(rules["allowed_folders"])
        self._free = tuple(_of_python(self._root))
        self._report = rules["report"]
        self._seen: set[tuple[str, str]] = set()
        self._handlers: dict[str, Callable[[tuple], None]] = {
            "open": self._open,
            "import": lambda args: self._read(args[1]),  # a compiled module: Python does not open those itself
            "ctypes.dlopen": lambda args: self._read(args[0]),
            "ledger.read": lambda args: self._read(args[0]),  # answered from a memory, where no file is opened
            "sqlite3.connect": lambda args: self._connect(os.fsdecode(args[0])),
            "subprocess.Popen": lambda args: self._start([args[0], *args[1]], args[2]),
            "os.system": lambda args: self._start(["sh", "-c", args[0]]),
            "os.exec": lambda args: self._start([args[0], *args[1]]),
            "os.posix_spawn": lambda args: self._start([args[0], *args[1]]),
        }

    def __call__(self, event: str, args: tuple) -> None:
        """Handle one audit event."""
        handler = self._handlers.get(event)
        if handler is not None:
            handler(args)
        elif event in CHANGES:
            for path, folder in CHANGES[event]:
                self._change(args[path], -1 if folder is None else args[folder], event not in OF_NAMES)

    def _open(self, args: tuple) -> None:
        path, mode, flags = (*args, None, 0)[:3]
        writes = bool(mode and set(mode) & set("wax+")) or bool(isinstance(flags, int) and flags & WRITING)
        act = self._write if writes else self._read
        act(path)
        if mode is None and not os.path.isabs(path):
            for folder in _open_folders():  # os.open may mean any of them: its event does not tell
                act(os.path.join(folder, os.fsdecode(path)))

    def _read(self, path: Any) -> None:
        name = self._inside(path)
        if name is None:
            return
        real = os.path.realpath(name)
        # What is not there is not read. (It may also be a name relative to a folder that the event does not tell.)
        if real in self._allowed or _is_below_any(real, self._readable) or not os.path.isfile(real):
            return
        if real.endswith(".py") and is_below(real, self._code):
            self._tell("module", name)
        else:
            self._refuse("read", name, f"{self._chapter} opent {self._name(name)}, maar noemt het niet onder inputs")

    def _write(self, path: Any, follows: bool = True) -> None:
        name = self._inside(path, follows)
        if name is not None:
            self._refuse("write", name, f"{self._chapter} schrijft {self._name(name)}: een hoofdstuk schrijft niets")

    def _change(self, path: Any, folder: int, follows: bool) -> None:
        if _is_descriptor(path):
            path = f"{DESCRIPTORS}/{path}"
        elif folder >= 0:
            path = os.path.join(f"{DESCRIPTORS}/{folder}", os.fsdecode(path))
        self._write(path, follows)

    def _connect(self, database: str) -> None:
        """SQLite opens by itself, and makes what is not there; `file:` begins an address that says how."""
        parts = urlsplit(database if database.startswith("file:") else "")
        path = unquote(parts.path) if parts.scheme else database
        if path in ("", ":memory:") or "mode=memory" in parts.query:
            return
        self._read(path)
        if not os.path.exists(path) and not re.search(r"mode=(ro|rw)\b", parts.query):
            self._write(path)

    def _start(self, words: list[Any], folder: Any = None) -> None:
        """A program is started: what its arguments name is read. A whole command may hide in one (`sh -c`)."""
        start = os.fsdecode(folder) if folder else os.getcwd()
        texts = [os.fsdecode(word) for word in words]
        for text in texts:
            for part in _parts(text):
                is_pattern = part != text and PATTERN.search(part)
                pattern, path = os.path.join(glob.escape(start), part), os.path.join(start, part)
                for found in glob.glob(pattern) if is_pattern else [path]:
                    if os.path.isfile(found):
                        self._read(found)
        for target in _redirected(texts):
            self._write(os.path.join(start, target))

    def _inside(self, path: Any, follows: bool = True) -> str | None:
        """The path below the root if the project must answer for it, else None.

        It may lead out of the project by a link, or into it: where it ends counts as much as the way there.
        """
        if path is None or _is_descriptor(path):
            return None
        text = os.fsdecode(path)
        real = os.path.realpath(text)
        if follows and _is_below_any(real, self._free):
            return None
        if follows and is_below(real, self._root):
            return real
        folder, name = os.path.split(text)
        ways = (os.path.abspath(text), os.path.join(os.path.realpath(folder), name))
        return next((way for way in ways if is_below(way, self._root) and not _is_below_any(way, self._free)), None)

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


def _of_python(root: str) -> Iterator[str]:
    """What belongs to Python itself, which may well lie below the root: .venv does. Not a prefix that holds the root."""
    for prefix in (sys.prefix, sys.base_prefix):
        yield from (way for way in (prefix, os.path.realpath(prefix)) if not is_below(root, way))
    yield from (
        os.path.realpath(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib", "purelib", "platlib", "scripts")
    )


def _is_below_any(path: str, folders: tuple[str, ...]) -> bool:
    return any(is_below(path, folder) for folder in folders)


def _is_descriptor(path: Any) -> bool:
    return hasattr(path, "__index__")


def _open_folders() -> list[str]:
    names = os.listdir(DESCRIPTORS) if os.path.isdir(DESCRIPTORS) else []
    return [folder for name in names if os.path.isdir(folder := f"{DESCRIPTORS}/{name}")]


def _parts(text: str) -> set[str]:
    """What may be a path in an argument: all of it, its words, and what stands between quotes, brackets and signs."""
    return {text, *_words(text), *IN_COMMANDS.split(text)} - {""}


def _words(text: str) -> list[str]:
    """The words of a command, and the signs between them."""
    lexer = shlex.shlex(text, posix=True, punctuation_chars=True)
    lexer.whitespace_split, lexer.commenters = True, ""
    try:
        return list(lexer)
    except ValueError:
        return []


def _redirected(words: list[str]) -> Iterator[str]:
    """The files that a shell writes: what stands after `>` in the words that it takes for commands, those after `-c`."""
    if os.path.basename(words[0]).endswith("sh"):
        for option, command in pairwise(words):
            if re.fullmatch(r"-\w*c", option):
                yield from (word for sign, word in pairwise(_words(command)) if sign in REDIRECTIONS)
