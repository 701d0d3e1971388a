"""`make book`: build beside the published book and put it in place only when it is whole."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import sys
from collections.abc import Collection, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bookbuild import machine
from bookbuild.execution import whole
from bookbuild.paper import link
from bookbuild.project import address, digest, history, lock, settings, sources, state, texts
from bookbuild.project.files import ask_for_room, mirror, read_json, told, write_whole
from bookbuild.room import step

RENAME_EXCHANGE, AT_FDCWD = 2, -100
NOTES = (state.MARK, ".buildinfo")  # of this machine: Sphinx's own holds where its theme is installed
NOTHING: Mapping[str, bytes] = MappingProxyType({})


class UnfinishedError(Exception):
    """The book would not be whole."""


def build(root: Path, pdf: bool = False) -> int:
    """Build the book of `root` into `_build/html`; the book that stands there stays until a whole one replaces it.

    Parameters
    ----------
    pdf
        Also make the PDF, and link it from the cover. Without, a PDF of these same pages stays, any other goes.

    Returns
    -------
    int
        0 if the book was built without a single warning, or stood there already; else 1.
    """
    try:
        address.here()
    except address.AddressError as problem:
        print(problem, file=sys.stderr)
        return 1
    _start_again_reproducibly(root, pdf)
    if pdf and not machine.ensure_pango():
        return 1
    sources.tell_of_notebooks(root)
    try:
        ask_for_room(root / "_build")
        lock.hold(root / "_build" / "book.lock", print)
        with step.results(root):
            if _renew(root, pdf):
                return 0
        print("Het boek is niet gebouwd. Het vorige boek staat er nog.", file=sys.stderr)
        return 1
    except (sources.SourceError, step.RoomError) as problem:
        print(problem, file=sys.stderr)
        return 1
    except (OSError, UnfinishedError) as problem:
        why = told(problem) if isinstance(problem, OSError) else problem
        print(f"Het boek is niet gebouwd: {why}. Het vorige boek staat er nog.", file=sys.stderr)
        return 1


def _renew(root: Path, pdf: bool) -> bool:
    """Whether a whole book stands in `_build/html`, built anew unless nothing changed."""
    work, published = root / "_build" / "work" / "_build", root / "_build" / "html"
    repair(published)
    sources.refuse_links(root)
    note = root / "_build" / "published.json"
    last, files = read_json(note) or {}, sources.digests(root)
    found = everything(root, files)
    known = {"sources": found, "pages": listing(published)}.items() <= last.items()
    if known and (not pdf or (published / settings.of(root).paper).is_file()):
        print(f"Er is niets veranderd: het boek in {published / 'index.html'} is nog goed.")
        return True
    changed = _changed(root, files, last)
    sources.refuse_conflicts(root, changed)
    texts.refuse(root, changed)
    standing = state.standing(root, work / ".doctrees", work / "html")
    if not standing:
        shutil.rmtree(work, ignore_errors=True)  # or pages that no longer exist would be published
    if not _sphinx(root, work / "html", pdf, standing):
        return False
    beside = _paper(root, work / "html") if pdf else NOTHING
    put_in_place(work / "html", published, beside, state.read(work / ".doctrees").get("unused", ()))
    write_whole(note, to_remember(found, published, files))
    print(f"Het boek staat in {published / 'index.html'}")
    return True


def _paper(root: Path, pages: Path) -> dict[str, bytes]:
    """The PDF by its name."""
    from bookbuild.paper import document  # the typesetter costs a second, which builds without a PDF do not owe

    try:
        return {settings.of(root).paper: document.write(root, pages)}
    except document.PaperError as problem:
        raise UnfinishedError(problem) from None


def everything(root: Path, files: Mapping[str, str]) -> str:
    """Digest of every file that the book may rest on, of the packages, of the commit and of the book's address.

    Parameters
    ----------
    files
        SHA-256 by path from the root.
    """
    found = history.History(root)
    return digest.of_value(
        [files, found.last(files), settings.surroundings(root), settings.engine(), address.here().base]
    )


def listing(folder: Path) -> str:
    """Digest of names, sizes and times: enough to see that nobody touched the published book."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return digest.of_value([[str(path), path.stat().st_size, path.stat().st_mtime_ns] for path in paths])


def to_remember(found: str, published: Path, files: Mapping[str, str]) -> str:
    """What to remember of the book that was put in place."""
    looked = {"files": dict(files), "rules": digest.of_value(settings.engine())}
    return json.dumps({"sources": found, "pages": listing(published), **looked})


def _changed(root: Path, files: Mapping[str, str], last: Mapping[str, Any]) -> list[Path]:
    """The files that are not as the last finished book had them: in those others nothing is wrong, by the rules of then."""
    same = last.get("files", {}) if last.get("rules") == digest.of_value(settings.engine()) else {}
    return [root / name for name, sha256 in files.items() if same.get(name) != sha256]


def put_in_place(
    fresh: Path, published: Path, beside: Mapping[str, bytes] = NOTHING, without: Collection[str] = ()
) -> None:
    """Make a copy of `fresh`, with more files `beside` its own and `without` some, the published folder.

    It is one step where the system can exchange two names. The copy is made of the book that was published before: most of
    its files are still the same.
    """
    copy = published.parent / "work" / "next"
    files = (path for path in fresh.rglob("*") if path.is_file() and path.name not in NOTES)
    mirror(fresh, copy, {path.relative_to(fresh).as_posix() for path in files}.difference(without))
    for name, content in beside.items():
        (copy / name).write_bytes(content)
    if not published.exists():
        copy.rename(published)
    elif not exchange(copy, published):
        old = published.with_name("html.old")
        published.rename(old)
        copy.rename(published)
        old.rename(copy)


def exchange(one: Path, other: Path) -> bool:
    """Swap two names in one step, so that no moment is without a book; False where the system cannot."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return rename(AT_FDCWD, os.fsencode(one), AT_FDCWD, os.fsencode(other), RENAME_EXCHANGE) == 0


def repair(published: Path) -> None:
    """Undo what a killed build may have left: the old book under its other name."""
    old = published.with_name("html.old")
    if old.exists() and not published.exists():
        old.rename(published)
    shutil.rmtree(old, ignore_errors=True)


def _sphinx(root: Path, out: Path, pdf: bool, standing: str) -> bool:
    return whole.make(root, out, {state.STANDING: standing} | ({link.OPTION: settings.of(root).paper} if pdf else {}))


def _start_again_reproducibly(root: Path, pdf: bool) -> None:
    # The seed of hashes is fixed when Python starts; whoever calls this without make gets the same book.
    wanted = {
        "PYTHONHASHSEED": "0",
        "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH") or history.commit_time(root),
    }
    if wanted != {name: os.environ.get(name) for name in wanted}:
        command = [sys.executable, "-m", "bookbuild", "build", *(["--pdf"] if pdf else [])]
        os.execve(sys.executable, command, os.environ | wanted)
