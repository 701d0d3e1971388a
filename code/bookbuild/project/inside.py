"""Where the book may read: in its own folder, but not in what builds make there, its packages, its history or its records."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from bookbuild.project import settings

REMEDY = "herstel: Zet wat het boek nodig heeft in het project zelf, in een gewoon bestand, en verwijs daarnaar."


def objection(root: Path, path: Path | str) -> str:
    """Why the book may not read what stands under a path, in words that follow the path; empty if it may.

    Links are followed to where they end. What is not there is nobody's objection.
    """
    real, home = Path(os.path.realpath(path)), Path(os.path.realpath(root))
    if real.is_symlink():
        return "is een koppeling naar zichzelf"
    if not real.is_relative_to(home):
        return "ligt buiten het project"
    if (first := real.relative_to(home).parts[:1]) and first[0] in settings.NEVER:
        return f"ligt in {first[0]}, en dat is geen deel van het boek"
    records = settings.restricted_folder(root)
    if records is not None and real.is_relative_to(records):
        return "hoort bij de gegevens die niet openbaar zijn"
    if real.exists() and not real.is_file() and not real.is_dir():
        return "is geen gewoon bestand"
    return ""


def wrong_links(root: Path) -> Iterator[str]:
    """One message per symbolic link that leads to where the book may not read; one that leads nowhere is an editor's."""
    for place, folders, names in os.walk(root):
        if Path(place) == Path(root):
            folders[:] = [name for name in folders if name not in settings.IGNORED]
        for path in (Path(place, name) for name in sorted([*folders, *names])):
            if path.is_symlink() and (said := objection(root, path)) and (path.exists() or _is_loop(path)):
                yield f"{path.relative_to(root).as_posix()} {said}\n  {REMEDY}"


def _is_loop(path: Path) -> bool:
    return Path(os.path.realpath(path)).is_symlink()
