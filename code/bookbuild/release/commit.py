"""A commit on top of HEAD that no branch knows of yet: what fails after it leaves the repository as it was."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from bookbuild.citation import work as citation
from bookbuild.project import git
from bookbuild.release.version import ReleaseError


def prepare(root: Path, files: Mapping[str, str], message: str) -> str:
    """Make the commit, and give its hash; neither the working tree nor the index changes.

    Parameters
    ----------
    files
        The text of what the commit changes, by path.

    Raises
    ------
    GitError
        If git refuses, for one because it does not know who commits.
    """
    with git.own_index(root) as index:
        for name, text in files.items():
            blob = git.line(root, "hash-object", "-w", "--stdin", text=text)
            git.ask(root, "update-index", "--add", "--cacheinfo", f"100644,{blob},{name}", environment=index)
        tree = git.line(root, "write-tree", environment=index)
    return git.line(root, "commit-tree", tree, "-p", "HEAD", "-m", message)


def take(root: Path, commit: str, tag: str, message: str) -> None:
    """Let the branch go on to the commit, and tag it: both or neither.

    Raises
    ------
    ReleaseError
        If the branch has gone on, or a file of the commit was edited, meanwhile.
    """
    git.ask(root, "tag", "--annotate", "--message", message, tag, commit)
    try:
        git.ask(root, "merge", "--quiet", "--ff-only", commit)
    except git.GitError as problem:
        git.ask(root, "tag", "--delete", tag)
        raise ReleaseError(
            f"Terwijl het boek gebouwd werd, is er iets veranderd: {problem}\n  herstel: begin opnieuw."
        ) from None


def cited(root: Path, version: str, day: date) -> str:
    """The text of CITATION.cff with this version and day.

    Raises
    ------
    ReleaseError
        If one of both does not stand there on a line of its own.
    """
    text = (root / citation.SOURCE).read_text(encoding="utf-8")
    for field, value in {"version": version, "date-released": f'"{day.isoformat()}"'}.items():
        text, count = re.subn(rf"^{field}:.*$", f"{field}: {value}", text, flags=re.MULTILINE)
        if count != 1:
            raise ReleaseError(
                f"{citation.SOURCE}: `{field}` staat er {count} keer als veld.\n  herstel: schrijf het één keer, op een eigen regel."
            )
    return text
