"""In which commit each file last changed: from git, or from the record that an archive carries in its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from bookbuild.project import digest, git, sources
from bookbuild.project.files import read_json
from bookbuild.project.settings import RECORD

CLOCK = "SOURCE_DATE_EPOCH"  # the variable that says what time it is, in seconds since 1970


@dataclass
class History:
    """The last commit of any file, read once, as far as needed; empty without git and record."""

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
            Its hash, with `+` if one of them has changed since or was never committed; empty if nothing is known of them.
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
        if self._read:
            return
        self._read = True
        if git.is_root(self.root):
            commits, self._changed = list(_logged(self.root)), _uncommitted(self.root)
        else:
            record = _recorded(self.root)
            commits, self._changed = record["commits"], _edited(self.root, record)
        for position, (commit, day, names) in enumerate(commits):
            self._days[commit] = day
            for name in names:
                self._order.setdefault(name, (position, commit))


def commit_time(root: Path) -> str:
    """Seconds since 1970 of the last commit, 0 if nobody knows: the only clock that a build may look at."""
    if git.is_root(root):
        return _said(root, "log", "-1", "--format=%ct").strip() or "0"
    return str(_recorded(root)["time"])


def record(root: Path, version: str, files: Path) -> dict[str, Any]:
    """What an archive says in place of its history.

    Parameters
    ----------
    root
        The repository.
    version
        The commit whose history it is.
    files
        The folder with the files of that commit.

    Returns
    -------
    dict
        `time` of the commit in seconds since 1970, and `commits`, newest first: hash, day, and the SHA-256 of each file that last
        changed in it, by path.
    """
    left = digest.of_files(files, digest.below(files))
    commits = []
    for commit, day, names in _logged(root, version):
        if last := {name: left.pop(name) for name in sorted(names) if name in left}:
            commits.append([commit, day, last])
    return {"time": git.line(root, "log", "-1", "--format=%ct", version), "commits": commits}


def _recorded(root: Path) -> dict[str, Any]:
    return read_json(root / RECORD) or {"time": "0", "commits": []}


def _edited(root: Path, record: dict[str, Any]) -> frozenset[str]:
    """What is not as the record has it: another content, a file that is new, one that is gone."""
    known = {name: sha256 for _, _, files in record["commits"] for name, sha256 in files.items()}
    if not known:
        return frozenset()
    found = sources.digests(root)
    return frozenset(name for name, _ in known.items() ^ found.items())


def _logged(root: Path, version: str = "HEAD") -> Iterator[tuple[str, str, list[str]]]:
    """Hash, day and files of each commit, newest first."""
    form = ("--format=%x01%H %cs", "--name-only", "--no-renames", "-z", "-m", "--first-parent")
    for entry in _said(root, "log", *form, version).split("\x01")[1:]:
        heading, *names = entry.replace("\n", "\0").split("\0")
        commit, day = heading.split(" ")
        yield commit, day, [name for name in names if name]


def _uncommitted(root: Path) -> frozenset[str]:
    status = _said(root, "status", "--porcelain", "-z", "--untracked-files=all", "--no-renames")
    return frozenset(entry[3:] for entry in status.split("\0") if entry)


def _said(root: Path, *arguments: str) -> str:
    """What git prints; nothing where it knows nothing, or is not installed."""
    # Without optional locks: reading must not compete with a git command that the author runs meanwhile.
    try:
        return git.ask(root, "--no-optional-locks", "-c", "core.quotepath=off", *arguments).decode()
    except git.GitError:
        return ""


def edition(app: Sphinx, source: Path, rests_on: Iterable[str]) -> dict[str, str]:
    """The commit in which a page or anything that it rests on last changed (`History.last`), and its day (ISO)."""
    if not hasattr(app, "bookbuild_history"):
        app.bookbuild_history = History(Path(app.srcdir).resolve())  # type: ignore[attr-defined]
    history: History = app.bookbuild_history  # type: ignore[attr-defined]
    name = digest.relative(Path(app.srcdir).resolve(), source.resolve())
    commit = history.last([name, *rests_on])
    return {"commit": commit, "day": history.day(commit)}
