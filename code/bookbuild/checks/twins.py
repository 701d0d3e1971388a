"""The paired scripts: code/X.py is generated from chapters/X.md, one way, and says so; what was edited by hand is not lost."""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterator
from difflib import SequenceMatcher
from hashlib import sha256
from importlib import import_module
from pathlib import Path

import jupytext
from jupytext.config import load_jupytext_configuration_file

from bookbuild.checks import contents, header
from bookbuild.project import digest, settings

# Jupytext keeps a first line that names the encoding, so the script is still the notebook that it was made from.
MARK = (
    "# Gemaakt uit {chapter} door make twins (inhoud {sha256}): wijzig het hoofdstuk, niet dit bestand."
    " -*- coding: utf-8 -*-\n"
)
_MARKED = re.compile(r"# Gemaakt uit \S+ door make twins \(inhoud (\w+)\)")
SHOWN = 6  # differences, and lines of each


def twin_text(chapter: Path) -> str:
    """The script that belongs to a chapter (py:percent), under the rules of the project's jupytext.toml."""
    root = chapter.parents[1]
    rules = load_jupytext_configuration_file(str(root / "jupytext.toml"))
    script = jupytext.writes(jupytext.read(chapter, config=rules), fmt="py:percent", config=rules)
    return MARK.format(chapter=digest.relative(root, chapter), sha256=_short(script)) + script


def twin_paths(root: Path) -> list[tuple[Path, Path]]:
    """Chapter and script of every executing chapter of the presentation."""
    study = import_module(settings.of(root).study)
    found = [(root / "chapters" / f"{name}.md", root / "code" / f"{name}.py") for name in study.CHAPTERS]
    return [(chapter, script) for chapter, script in found if chapter.is_file()]


def write(root: Path, overwrite: bool = False, saved: Collection[Path] = ()) -> int:
    """Write every script anew, and each chapter's front matter in order; 1 if a script was edited by hand and stays, which is
    then shown.

    Parameters
    ----------
    overwrite
        Also what was edited by hand.
    saved
        If it is known what was saved since: only what that touches. Of a file at the root, that is everything.
    """
    kept, among = 0, set(saved)
    every = not among or any(path.parent == root and path.suffix != ".md" for path in among)
    for page in contents.pages(root):
        if not every and page not in among:
            continue
        text = page.read_text(encoding="utf-8")
        if (tidy := header.tidy(text)) != text:  # as JupyterLab leaves it
            page.write_text(tidy, encoding="utf-8")
    for chapter, script in twin_paths(root):
        if not every and script.is_file() and not among & {chapter, script}:
            continue
        text = twin_text(chapter)
        if not overwrite and script.is_file() and (found := list(_edits(root, chapter, script, text))):
            print("\n".join([*found, "  Toch overschrijven: make twins OVERWRITE=1"]), file=sys.stderr)
            kept = 1
        elif not script.is_file() or script.read_text(encoding="utf-8") != text:
            script.write_text(text, encoding="utf-8")
    return kept


def check(root: Path) -> int:
    """1 if a script differs from its chapter, else 0; says which."""
    stale = [(chapter, script) for chapter, script in twin_paths(root) if _differs(chapter, script)]
    for chapter, script in stale:
        edits = list(_edits(root, chapter, script, twin_text(chapter))) if script.is_file() else []
        print("\n".join(edits) or f"{script.relative_to(root)} hoort niet bij zijn hoofdstuk: draai make twins")
    return 1 if stale else 0


def _differs(chapter: Path, script: Path) -> bool:
    return not script.is_file() or script.read_text(encoding="utf-8") != twin_text(chapter)


def _edits(root: Path, chapter: Path, script: Path, text: str) -> Iterator[str]:
    """What was edited by hand in a script, and where to do it in the chapter; nothing if it is as it was generated."""
    there = script.read_text(encoding="utf-8")
    head, _, body = there.partition("\n")
    marked = _MARKED.match(head)
    if text.partition("\n")[2] in (body, there) or (marked and marked[1] == _short(body)):
        return
    yield f"{script.relative_to(root)} is met de hand gewijzigd. Maak de wijziging in {chapter.relative_to(root)}:"
    ours, theirs = text.splitlines(), there.splitlines()
    places = chapter.read_text(encoding="utf-8").splitlines()
    changes = [
        found for found in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes() if found[0] != "equal"
    ]
    for _, old, end, new, last in [found for found in changes if found[2] > 1][:SHOWN]:
        yield f"  regel {_line(ours, old, places)}:"
        yield from (f"    - {line}" for line in ours[old:end][:SHOWN])
        yield from (f"    + {line}" for line in theirs[new:last][:SHOWN])


def _line(script: list[str], index: int, chapter: list[str]) -> int:
    """The line of a chapter from which a line of its script was made, or from which the nearest one above it was."""
    for line in script[index::-1]:
        said = line.removeprefix("# ").strip()
        if said and said in chapter:
            return chapter.index(said) + 1
    return 1


def _short(script: str) -> str:
    return digest.short(sha256(script.encode()).hexdigest())
