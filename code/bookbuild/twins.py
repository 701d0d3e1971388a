"""The paired scripts: code/X.py is generated from chapters/X.md, one way."""

from __future__ import annotations

from pathlib import Path

import jupytext

from leerwerk.schemas import LEVELS


def twin_text(chapter: Path) -> str:
    """The script that belongs to a chapter (py:percent), without the version of the tool that wrote it."""
    notebook = jupytext.read(chapter)
    notebook.metadata.get("jupytext", {}).get("text_representation", {}).pop("jupytext_version", None)
    return jupytext.writes(notebook, fmt="py:percent")


def twin_paths(root: Path) -> list[tuple[Path, Path]]:
    """Chapter and script of every executing chapter of the presentation."""
    return [(root / "chapters" / f"{level}.md", root / "code" / f"{level}.py") for level in LEVELS]


def write(root: Path) -> int:
    """Write every script anew."""
    for chapter, script in twin_paths(root):
        script.write_text(twin_text(chapter), encoding="utf-8")
    return 0


def check(root: Path) -> int:
    """1 if a script differs from its chapter, else 0; says which."""
    stale = [script for chapter, script in twin_paths(root) if _differs(chapter, script)]
    for script in stale:
        print(f"{script.relative_to(root)} hoort niet bij zijn hoofdstuk: draai make twins")
    return 1 if stale else 0


def _differs(chapter: Path, script: Path) -> bool:
    return not script.is_file() or script.read_text(encoding="utf-8") != twin_text(chapter)
