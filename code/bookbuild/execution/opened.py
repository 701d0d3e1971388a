"""What the text of a page makes the build open: files of the project, whichever directive names them and however.

Directives open files in many ways (`include`, `literalinclude`, `csv-table`, `raw`, a figure that is measured), and the next
version of a package brings another. So it is Python's own audit events that are looked at, and refused is what was opened for
a directive. What Sphinx copies later (downloads, images) opens nothing as the page is read: its nodes are looked at.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

from docutils import nodes
from docutils.parsers.rst import Directive, DirectiveError
from myst_nb.core import read
from myst_parser.mocking import MockIncludeDirective
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.errors import SphinxError
from sphinx.util import logging

from bookbuild.project import digest, inside, sources

logger = logging.getLogger(__name__)
OURS = "bookbuild"  # as bookbuild.render.complaints has it
SAID = "de pagina vraagt om "
DEEPEST = 10  # files that include each other
EVENTS = ("open", "urllib.Request", "socket.connect")
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
DIRECTIVES = (Directive, MockIncludeDirective)  # MyST includes without docutils
LOAD = read._load_code_from_file.__code__
LOADS = (
    "een cel haalt haar code uit {}\n"
    "  herstel: Zet de code in de cel zelf, of roep een functie aan van een module onder code/."
)


class FolderError(SphinxError):
    """The project's folder holds what no book may rest on."""

    category = "Fout in het project"


class LoadedError(SphinxError):
    """A cell whose code does not stand in its page."""

    category = "Fout in een hoofdstuk"


class RefusedError(DirectiveError):
    """A page asks for what it may not read; docutils and MyST say so with its line."""

    def __init__(self, said: str) -> None:
        super().__init__(3, f"{SAID}{said}\n  {inside.REMEDY}")

    def __str__(self) -> str:
        """The message: DirectiveError keeps it to itself."""
        return self.msg


class _Watch:
    """The audit hook of this process; it cannot be taken away, and has nothing to say while no book is built."""

    root: Path | None = None

    def __call__(self, event: str, args: tuple) -> None:
        if self.root is None or event not in EVENTS or (event == "open" and not _reads(*args)):
            return
        root, frame = self.root, sys._getframe(1)
        self.root = None  # what looking opens is not looked at
        try:
            _look(root, event, args[0], list(_asking(frame)))
        finally:
            self.root = root


WATCH = _Watch()


@cache
def _install() -> None:
    sys.addaudithook(WATCH)


def _reads(path: Any, mode: Any, flags: Any) -> bool:
    return not isinstance(path, int) and path != os.devnull and not (isinstance(flags, int) and flags & WRITING)


def _asking(frame: FrameType | None) -> Iterator[Any]:
    """The directives that are running, the innermost first, or the cell that loads; none if a module is being imported."""
    while frame is not None and "importlib" not in frame.f_code.co_filename:
        if frame.f_code is LOAD:
            yield frame.f_locals
        elif frame.f_code.co_name == "run" and isinstance(asker := frame.f_locals.get("self"), DIRECTIVES):
            yield asker
        frame = frame.f_back


def _look(root: Path, event: str, opened: Any, asking: list[Any]) -> None:
    """Raise if what is opened for a page is not the project's."""
    if not asking:
        return
    if event != "open":
        raise RefusedError("iets van het web, en dat kan morgen anders of weg zijn")
    path = Path(os.path.normpath(os.fsdecode(opened)))
    if isinstance(asking[0], dict):
        page, line = Path(asking[0]["nb_path"]), asking[0]["token"].map[0] + 1
        raise LoadedError(f"\n{digest.relative(root, page)}, regel {line}: {LOADS.format(path.name)}")
    if len(asking) > DEEPEST:
        raise RefusedError(f"{path.name}, dat zichzelf blijft insluiten")
    said = inside.objection(root, path)
    if said and (_names(asking[0], path.name) or not path.is_relative_to(sys.prefix)):
        raise RefusedError(f"{digest.relative(root, path)}, en dat {said}")


def _names(asker: Any, name: str) -> bool:
    """Whether a directive's own words hold the name of a file: else it is a package that reads its own data."""
    return any(name in str(word) for word in (*asker.arguments, *asker.options.values()))


def begin(app: Sphinx) -> None:
    """Look at what is opened from now on.

    Raises
    ------
    FolderError
        If a link in the project leads to where the book may not read.
    """
    root = Path(app.srcdir)
    try:
        sources.refuse_links(root)
    except sources.SourceError as problem:
        raise FolderError(f"\n{problem}") from None
    _install()
    WATCH.root = root


def end(app: Sphinx, error: Exception | None) -> None:
    """Nothing is built any more."""
    WATCH.root = None


def copied(app: Sphinx, doctree: nodes.document) -> None:
    """Warn of each file that a page offers or shows and that is not the project's, and take it out before Sphinx copies it."""
    kinds: tuple[tuple[type[nodes.Element], str], ...] = (
        (addnodes.download_reference, "reftarget"),
        (nodes.image, "uri"),
    )
    for kind, key in kinds:
        for node in list(doctree.findall(kind)):
            name = str(node.get(key, ""))
            if "://" in name or name.startswith("data:"):
                continue
            path = app.env.relfn2path(name, app.env.docname)[1]
            if said := inside.objection(Path(app.srcdir), path):
                at = node if node.line else node.parent
                logger.warning(f"{SAID}{name}, en dat {said}\n  {inside.REMEDY}", location=at, type=OURS)
                node.parent.remove(node)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx: before the first page is read, and before Sphinx notes what to copy."""
    app.connect("builder-inited", begin, priority=100)
    app.connect("doctree-read", copied, priority=410)
    app.connect("build-finished", end, priority=990)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
