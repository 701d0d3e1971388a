"""What every open page must know: which book stands there, and what keeps a newer one from being built."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from dataclasses import asdict, dataclass
from pathlib import Path

from bookbuild.project import digest

ENGINE = "code/bookbuild/"  # what it calls is at fault, or what calls it
COLOURS = re.compile(r"\x1b\[[0-9;]*m|\x1b\(B")
# Where an author must look, as the project's files are named by Sphinx, by a chapter that fails and by Python.
WARNED = re.compile(r"^(?P<file>\S+?\.\w+), regel (?P<line>\d+)", re.MULTILINE)
CELL = re.compile(r"^(?P<file>[\w/-]+), cel \d+, regel (?P<line>\d+) van \S+(?P<ending>\.\w+):$", re.MULTILINE)
FRAME = re.compile(r'^ *File "?(?P<file>(?!/)[^"\n:]+?\.py)"?(?::|, line )(?P<line>\d+)', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong: the file and line to look at first, as far as the message tells, and the whole message."""

    place: str
    text: str


def problem(said: str, root: Path = Path()) -> Problem:
    """The problem that a build spoke of."""
    text = COLOURS.sub("", said).replace(f"{root.resolve()}/", "").strip()
    frames = [found for found in FRAME.finditer(text) if not found["file"].startswith(ENGINE)]
    found = WARNED.search(text) or (frames[-1] if frames else CELL.search(text))
    if found is None:
        return Problem("", text)
    ending = found.groupdict().get("ending", "")
    return Problem(f"{found['file']}{ending}, regel {found['line']}", text)


class News:
    """Tells whoever listens, from where things stand when they begin to.

    Parameters
    ----------
    note
        The file that a build writes when it has put a book in place.
    """

    def __init__(self, note: Path) -> None:
        self._note = note
        self._problem: Problem | None = None
        self._changed = asyncio.Event()
        self._is_over = False

    @property
    def version(self) -> str:
        """Names the book that stands there; another one has another name."""
        return digest.short(digest.of_file(self._note)) if self._note.is_file() else ""

    def tell(self, problem: Problem | None) -> None:
        """How the last build ended."""
        self._problem = problem
        self._wake()

    def end(self) -> None:
        """Let everyone go."""
        self._is_over = True
        self._wake()

    async def events(self) -> AsyncIterator[str]:
        """Server-sent events: how things stand, now and whenever that changes."""
        yield "retry: 300\n\n"
        while not self._is_over:
            changed = self._changed
            now = {"version": self.version, "problem": self._problem and asdict(self._problem)}
            yield f"data: {json.dumps(now)}\n\n"
            await changed.wait()

    def _wake(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()
