"""What a page is told of its commits: the last one of any of its files, and whether one has changed since."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from bookbuild.project.git import unpack
from bookbuild.project.history import History, commit_time, record

NAMES = ("one.txt", "é/met een spatie.txt", "two.txt")


def git(root: Path, *arguments: str, day: int = 1) -> str:
    """Run git with a fixed author, on a day of January 2024."""
    when = f"2024-01-{day:02}T12:00:00+0100"
    own = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when, "GIT_CONFIG_GLOBAL": os.devnull}
    command = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *arguments]
    return subprocess.run(command, cwd=root, env=os.environ | own, capture_output=True, text=True, check=True).stdout


def commit(root: Path, day: int, **texts: str) -> str:
    """Write files and commit them; gives the hash."""
    for name, text in texts.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    git(root, "add", "--all", day=day)
    git(root, "commit", "--quiet", "--message", "m", day=day)
    return git(root, "rev-parse", "HEAD").strip()


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with an empty history."""
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    return tmp_path


def test_the_newest_commit_of_any_of_the_files(root: Path) -> None:
    first = commit(root, 1, **dict.fromkeys(NAMES, "1"))
    second = commit(root, 2, **{"one.txt": "2"})
    third = commit(root, 3, **{"two.txt": "2"})
    found = History(root)
    assert found.last(["é/met een spatie.txt"]) == first
    assert found.last(["one.txt"]) == second
    assert found.last(["one.txt", "é/met een spatie.txt"]) == second
    assert found.last(NAMES) == third
    assert found.last(["geen.txt", "one.txt"]) == second
    assert found.last([]) == ""
    assert [found.day(each) for each in (first, second + "+", "")] == ["2024-01-01", "2024-01-02", ""]


def test_what_changed_since_is_marked_also_when_it_is_new_or_gone(root: Path) -> None:
    first = commit(root, 1, **dict.fromkeys(NAMES, "1"))
    for name in ("one.txt", "new/deep.txt"):
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text("2", encoding="utf-8")
    (root / "é" / "met een spatie.txt").unlink()
    found = History(root)
    assert found.last(["one.txt"]) == first + "+"
    assert found.last(["é/met een spatie.txt"]) == first + "+"
    assert found.last(["two.txt"]) == first
    assert found.last(["two.txt", "new/deep.txt"]) == first + "+"
    assert found.last(["new/deep.txt"]) == ""


def test_a_renamed_file_begins_anew(root: Path) -> None:
    commit(root, 1, **{"old.txt": "de tekst"})
    git(root, "mv", "old.txt", "new.txt")
    assert History(root).last(["old.txt"]).endswith("+")
    second = commit(root, 2)
    assert History(root).last(["new.txt"]) == second


def test_a_merge_is_the_commit_in_which_its_files_came(root: Path) -> None:
    commit(root, 1, **{"one.txt": "1"})
    git(root, "checkout", "--quiet", "-b", "side")
    commit(root, 2, **{"two.txt": "1"})
    git(root, "checkout", "--quiet", "main")
    commit(root, 3, **{"one.txt": "2"})
    git(root, "merge", "--quiet", "--no-ff", "-m", "m", "side", day=4)
    assert History(root).last(["two.txt"]) == git(root, "rev-parse", "HEAD").strip()


def test_a_folder_of_another_repository_has_no_history_of_its_own(root: Path) -> None:
    commit(root, 1, **{"sub/one.txt": "1"})
    assert History(root / "sub").last(["one.txt", "sub/one.txt"]) == ""


def test_git_is_asked_once(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = commit(root, 1, **{"one.txt": "1"})
    found = History(root)
    assert found.last(["one.txt"]) == first
    monkeypatch.setenv("PATH", "")
    assert found.last(["one.txt"]) == first


def test_the_time_of_the_last_commit(root: Path) -> None:
    assert commit_time(root) == "0"
    commit(root, 1, **{"one.txt": "1"})
    commit(root, 2, **{"one.txt": "2"})
    assert commit_time(root) == "1704193200"  # date -d 2024-01-02T12:00:00+0100 +%s


@pytest.fixture
def unpacked(root: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """The files of a version, with its record, below a folder of another repository; and the commits of the version."""
    first = commit(root, 1, **dict.fromkeys(NAMES, "1"))
    second = commit(root, 2, **{"one.txt": "2"})
    commit(root, 3, **{"later.txt": "1", "one.txt": "3"})
    other = tmp_path_factory.mktemp("other")
    git(other, "init", "--quiet")
    commit(other, 9, **{"one.txt": "9"})
    tree = other / "archive"
    unpack(root, second, tree)
    (tree / "history.json").write_text(json.dumps(record(root, second, tree)), encoding="utf-8")
    return tree, first, second


def test_an_archive_has_the_history_of_its_version(unpacked: tuple[Path, str, str]) -> None:
    tree, first, second = unpacked
    kept = json.loads((tree / "history.json").read_text(encoding="utf-8"))["commits"]
    assert [(name, day, set(files)) for name, day, files in kept] == [
        (second, "2024-01-02", {"one.txt"}),
        (first, "2024-01-01", {"é/met een spatie.txt", "two.txt"}),
    ]
    found = History(tree)
    assert found.last(["one.txt"]) == found.last(NAMES) == second
    assert found.last(["two.txt", "é/met een spatie.txt", "geen.txt"]) == first
    assert [found.day(each) for each in (first, second)] == ["2024-01-01", "2024-01-02"]
    assert commit_time(tree) == "1704193200"


def test_an_archive_that_was_edited_says_so(unpacked: tuple[Path, str, str]) -> None:
    tree, first, second = unpacked
    (tree / "one.txt").write_text("3", encoding="utf-8")
    (tree / "two.txt").unlink()
    (tree / "new.txt").write_text("1", encoding="utf-8")
    found = History(tree)
    assert found.last(["one.txt"]) == second + "+"
    assert found.last(["two.txt"]) == first + "+"
    assert found.last(["é/met een spatie.txt"]) == first
    assert found.last(["é/met een spatie.txt", "new.txt"]) == first + "+"


def test_what_a_release_puts_beside_its_sources_is_no_edit(unpacked: tuple[Path, str, str]) -> None:
    tree, _, second = unpacked
    (tree / "ro-crate-metadata.json").write_text("{}", encoding="utf-8")
    (tree / "book").mkdir()
    (tree / "book" / "one.txt").write_text("4", encoding="utf-8")
    assert History(tree).last([*NAMES, "ro-crate-metadata.json", "book/one.txt"]) == second


def test_a_repository_has_its_own_history_whatever_a_record_says(unpacked: tuple[Path, str, str]) -> None:
    tree, *_ = unpacked
    git(tree, "init", "--quiet")
    head = commit(tree, 5, **{"one.txt": "5"})
    assert History(tree).last(NAMES) == head
    assert commit_time(tree) == "1704452400"  # date -d 2024-01-05T12:00:00+0100 +%s


def test_a_torn_record_is_none(unpacked: tuple[Path, str, str]) -> None:
    tree, *_ = unpacked
    (tree / "history.json").write_text('{"time": "17', encoding="utf-8")
    assert (History(tree).last(NAMES), commit_time(tree)) == ("", "0")


def test_a_folder_of_another_repository_does_not_take_its_clock(root: Path) -> None:
    commit(root, 1, **{"sub/one.txt": "1"})
    assert commit_time(root / "sub") == "0"
