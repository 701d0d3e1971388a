"""Every file that the book may rest on, and whether each is in one piece."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from bookbuild.project import digest, inside, settings

MOST = 8  # messages: they fit on one screen
_CONFLICT = re.compile(rb"^(?:<{7}|>{7}) ", re.M)


class SourceError(Exception):
    """The project's folder holds what no book may rest on."""


class ConflictError(SourceError):
    """A file holds two versions at once."""


def all_of(root: Path) -> Iterator[Path]:
    """The files, in the order of the folders at the root."""
    for entry in sorted(path for path in root.iterdir() if path.name not in settings.IGNORED):
        found = [entry] if entry.is_file() else digest.below(entry)
        yield from (path for path in found if "/__pycache__/" not in path.as_posix())


def tell_of_notebooks(root: Path) -> None:
    """Say of each notebook that lies beside the chapters that it is none."""
    for path in sorted((root / "chapters").glob("*.ipynb")):
        page = path.stem
        print(
            f"chapters/{path.name} telt niet mee: het hoofdstuk is chapters/{page}.md, dat make notebook NAME={page} opent."
        )


def digests(root: Path) -> dict[str, str]:
    """SHA-256 of each file, by its path from the root."""
    return digest.of_files(root, all_of(root))


def refuse_conflicts(root: Path, changed: Iterable[Path] | None = None) -> None:
    """Look for the marks that git leaves where two versions collide.

    Parameters
    ----------
    changed
        The files to look at; all without.

    Raises
    ------
    ConflictError
        If a file has them, with its line.
    """
    for path in all_of(root) if changed is None else changed:
        content = path.read_bytes()
        if found := _CONFLICT.search(content):
            line = content.count(b"\n", 0, found.start()) + 1
            raise ConflictError(
                f"{digest.relative(root, path)}, regel {line}: hier staan twee versies, met de merktekens van git"
                " (<<<<<<<, =======, >>>>>>>).\n  herstel: kies wat blijft of voeg beide samen, en verwijder de merktekens."
            )


def refuse_links(root: Path) -> None:
    """Look for symbolic links that lead out of the project, into what builds make, or to themselves.

    Raises
    ------
    SourceError
        If there are any, each with its name.
    """
    if found := list(inside.wrong_links(root)):
        raise SourceError("\n".join(found[:MOST]))
