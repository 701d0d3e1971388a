"""What the engine knows of a project before Sphinx starts."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from bookbuild.project import digest

# The folder with real pupil records: what lies there counts as an input of every chapter.
MICRODATA = "LEERWERK_MICRODATA"
NEVER = ("_build", ".venv", ".git")


def fonts_folder(code: Path) -> Path:
    """The figures' fonts: every chapter may read them, and all execute anew when they change."""
    return code / "leerwerk" / "fonts"


def restricted_folder() -> Path | None:
    """The folder with real pupil records, if the environment names one."""
    folder = os.environ.get(MICRODATA)
    return Path(folder).resolve() if folder else None


def restricted() -> Mapping[str, str]:
    """SHA-256 of the real pupil records, by name; empty without them."""
    folder = restricted_folder()
    if folder is None or not folder.is_dir():
        return {}
    return digest.of_files(folder, (path for path in folder.rglob("*") if path.is_file()))
