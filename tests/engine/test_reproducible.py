"""Two clean builds agree in every byte, and a clock that a chapter reads does not go unnoticed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from smallbook import Book, commit, small_book

from bookbuild.project.history import History, commit_time
from bookbuild.project.settings import Records
from bookbuild.site import provenance


def verify(book: Book) -> subprocess.CompletedProcess[str]:
    """`make verify`."""
    command = [sys.executable, "-m", "bookbuild", "verify"]
    return subprocess.run(command, cwd=book.root, env=book.env(), capture_output=True, text=True, check=False)


@pytest.fixture
def committed(tmp_path: Path) -> Book:
    """A small book with a history."""
    book = small_book(tmp_path)
    book.write(".gitignore", "_build/\n__pycache__/\n")
    book.contents("plain", "a", "b")
    commit(tmp_path)
    return book


def test_two_clean_builds_are_the_same(committed: Book) -> None:
    result = verify(committed)
    assert result.returncode == 0, result.stdout + result.stderr
    assert "tot op de byte gelijk" in result.stdout


def test_planted_clocks_are_found_and_their_pages_named(committed: Book) -> None:
    # Not committed: authors verify before they commit.
    committed.chapter("a", [], "import time\nprint(time.time_ns())")
    committed.chapter("c", [], "import datetime\nprint(datetime.date.today())")
    committed.contents("plain", "a", "b", "c")
    result = verify(committed)
    assert result.returncode == 1
    assert "chapters/a.html verschilt" in result.stdout
    assert "chapters/c.html verschilt" in result.stdout
    assert "chapters/b.html" not in result.stdout


def test_a_page_says_what_it_was_computed_from_and_whether_that_changed_since(committed: Book) -> None:
    committed.build().succeeded()
    page, folder = committed.page("a"), committed.root / "_build" / "html"
    fold = page[page.index('<details class="provenance">') : page.index("</details>")]
    head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=committed.root, capture_output=True, text=True, check=True)
    assert "Berekend uit" in fold
    assert f"<code>{head.stdout[:12]}</code>" in fold
    assert "gewijzigd" not in fold
    for name in ("data/a.csv", "code/proj/near.py", "code/proj/deep.py"):
        assert f'href="../{name}"' in fold
        assert (folder / name).read_bytes() == (committed.root / name).read_bytes()
    assert "code/proj/style.py" not in fold
    assert "<details" not in committed.page("plain")
    assert "Berekend" not in (folder / "searchindex.js").read_text(encoding="utf-8")
    committed.write("data/a.csv", "5\n")
    committed.build().succeeded()
    assert "daarna nog gewijzigd" in committed.page("a")
    assert "daarna nog gewijzigd" not in committed.page("b")
    commit(committed.root, "b")
    assert committed.build().succeeded().executed == set()
    assert "daarna nog gewijzigd" not in committed.page("a")


def test_the_last_commit_is_that_of_the_files_asked_for(tmp_path: Path) -> None:
    book = Book(tmp_path)
    book.write("one.txt", "1")
    commit(tmp_path)
    book.write("two.txt", "2")
    commit(tmp_path, "b")
    log = subprocess.run(["git", "log", "--format=%H"], cwd=tmp_path, capture_output=True, text=True, check=True)
    newest, oldest = log.stdout.split()
    assert History(tmp_path).last(["one.txt"]) == oldest
    assert History(tmp_path).last(["one.txt", "two.txt"]) == newest
    assert History(tmp_path).last(["three.txt"]) == ""
    book.write("one.txt", "3")
    assert History(tmp_path).last(["one.txt"]) == oldest + "+"


def test_without_git_there_is_no_history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Book(tmp_path).write("one.txt", "1")
    commit(tmp_path)
    assert commit_time(tmp_path) != "0"
    monkeypatch.setenv("PATH", "")
    found = History(tmp_path)
    assert found.last(["one.txt"]) == ""
    assert found.day("") == ""
    assert commit_time(tmp_path) == "0"


@pytest.mark.parametrize(
    ("is_real", "inputs", "expected"),
    [
        (False, ["data/published/a.csv"], "geen"),
        (True, ["data/published/a.csv", "data/synthetically.csv"], "geen"),
        (False, ["data/synthetic/a.csv"], "synthetische"),
        (True, ["data/synthetic/a.csv"], "synthetische; van echte hoogstens wat vrijgegeven is"),
    ],
)
def test_the_kind_of_records_is_told(is_real: bool, inputs: list[str], expected: str) -> None:
    assert provenance.records(Records(folder="data/synthetic"), inputs, is_real=is_real) == expected
