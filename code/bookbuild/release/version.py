"""Which version may follow, and when the repository is ready for one."""

from __future__ import annotations

import os
import re
from pathlib import Path

from bookbuild.project import git, settings

BRANCH = "main"
SEMANTIC = re.compile(r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)")
Version = tuple[int, ...]


class ReleaseError(Exception):
    """A version, or an archive of one, cannot be made, with what its maker does about it."""


def parse(text: str) -> Version:
    """`1.10.0` as numbers, which can be compared.

    Raises
    ------
    ReleaseError
        If it is no semantic version of three numbers.
    """
    found = SEMANTIC.fullmatch(text)
    if found is None:
        raise ReleaseError(
            f"'{text}' is geen versie.\n  herstel: geef drie getallen met punten ertussen: make release VERSION=1.1.0"
        )
    return tuple(int(number) for number in found.groups())


def tag(version: str) -> str:
    """`v1.1.0`."""
    return f"v{version}"


def last_tag(root: Path) -> str:
    """The tag of the highest version, empty if there is none."""
    tags = [name for name in git.line(root, "tag", "--list", "v*").split() if SEMANTIC.fullmatch(name[1:])]
    return max(tags, key=lambda name: parse(name[1:]), default="")


def refuse(root: Path, version: str) -> None:
    """Look whether this version may be made here and now.

    Raises
    ------
    ReleaseError
        If it may not: another version stands higher, something is not committed, or the book would not follow from its archive.
    """
    wanted, last = parse(version), last_tag(root)
    if last and wanted <= parse(last[1:]):
        raise ReleaseError(
            f"{version} is niet hoger dan de laatste versie, {last[1:]}.\n"
            "  herstel: kies een hogere versie; een tag die al bestaat, blijft wat ze is."
        )
    branch = git.line(root, "rev-parse", "--abbrev-ref", "HEAD")
    if branch != BRANCH:
        raise ReleaseError(f"U staat op {branch}, en een versie komt van {BRANCH}.\n  herstel: git switch {BRANCH}")
    if changed := git.line(root, "status", "--porcelain", "--untracked-files=all"):
        raise ReleaseError(
            f"Niet alles is vastgelegd:\n{changed}\n  herstel: leg vast wat erbij hoort (git commit) en ruim de rest op."
        )
    variable = settings.of(root).records.variable
    if settings.restricted_folder(root) is not None:
        raise ReleaseError(
            f"{variable} is gezet ({os.environ[variable]}), en een versie moet uit haar archief alleen na te bouwen zijn.\n"
            f"  herstel: unset {variable}"
        )
