"""The paired scripts: code/X.py is generated from chapters/X.md, one way."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import jupytext
from jupytext.config import load_jupytext_configuration_file

from bookbuild.project import settings


def twin_text(chapter: Path) -> str:
    """The script that belongs to a chapter (py:percent), under the rules of the project's jupytext.toml."""
    settings = load_jupytext_configuration_file(str(chapter.parents[1] / "jupytext.toml"))
    notebook = jupytext.read(chapter, config=settings)
    return jupytext.writes(notebook, fmt="py:percent", config=settings)


def twin_paths(root: Path) -> list[tuple[Path, Path]]:
    """Chapter and script of every executing chapter of the presentation."""
    study = import_module(settings.of(root).study)
    return [(root / "chapters" / f"{name}.md", root / "code" / f"{name}.py") for name in study.CHAPTERS]


def write(root: Path) -> int:
    """Write every script anew that is not its chapter's."""
    for chapter, script in twin_paths(root):
        if _differs(chapter, script):
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
