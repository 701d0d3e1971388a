"""What git knows of the files that a page rests on."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from sphinx.application import Sphinx

from bookbuild.project import digest

CLOCK = "SOURCE_DATE_EPOCH"  # the variable that says what time it is, in seconds since 1970


@dataclass
class History:
    """The last commit of any file, read from one `git log` as far as needed; empty outside a repository or without git."""

    root: Path
    _order: dict[str, tuple[int, str]] = field(default_factory=dict)
    _days: dict[str, str] = field(default_factory=dict)
    _changed: frozenset[str] = frozenset()
    _read: bool = False

    def last(self, paths: Iterable[str]) -> str:
        """The commit in which one of the paths (from the root) last changed.

        Returns
        -------
        str
            Its hash, with `+` if one of them has changed since or was never committed; empty if git knows nothing.
        """
        names = set(paths)
        self._load()
        found = [self._order[name] for name in names if name in self._order]
        if not found:
            return ""
        return max(found, key=lambda place: -place[0])[1] + ("+" if names & self._changed else "")

    def day(self, commit: str) -> str:
        """The day (ISO) of a commit that `last` gave, as its committer's calendar had it; empty for no commit."""
        return self._days.get(commit.rstrip("+"), "")

    def _load(self) -> None:
        if self._read or not (self.root / ".git").exists():
            return
        self._read = True
        log = self._git("log", "--format=%x01%H %cs", "--name-only", "--no-renames", "-z", "-m", "--first-parent")
        for position, entry in enumerate(log.split("\x01")[1:]):
            heading, *names = entry.replace("\n", "\0").split("\0")
            commit, day = heading.split(" ")
            self._days[commit] = day
            for name in names:
                if name:
                    self._order.setdefault(name, (position, commit))
        status = self._git("status", "--porcelain", "-z", "--untracked-files=all", "--no-renames")
        self._changed = frozenset(entry[3:] for entry in status.split("\0") if entry)

    def _git(self, *arguments: str) -> str:
        # Without optional locks: reading must not compete with a git command that the author runs meanwhile.
        return _git(self.root, "--no-optional-locks", "-c", "core.quotepath=off", *arguments)


def commit_time(root: Path) -> str:
    """Seconds since 1970 of the last commit, 0 outside a repository: the only clock that a build may look at."""
    return _git(root, "log", "-1", "--format=%ct").strip() or "0"


def _git(root: Path, *arguments: str) -> str:
    """What git prints; nothing where it knows nothing, or is not installed."""
    if shutil.which("git") is None:
        return ""
    result = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=False)
    return result.stdout if result.returncode == 0 else ""


def edition(app: Sphinx, source: Path, rests_on: Iterable[str]) -> dict[str, str]:
    """The commit in which a page or anything that it rests on last changed (`History.last`), and its day (ISO)."""
    if not hasattr(app, "bookbuild_history"):
        app.bookbuild_history = History(Path(app.srcdir).resolve())  # type: ignore[attr-defined]
    history: History = app.bookbuild_history  # type: ignore[attr-defined]
    name = digest.relative(Path(app.srcdir).resolve(), source.resolve())
    commit = history.last([name, *rests_on])
    return {"commit": commit, "day": history.day(commit)}
