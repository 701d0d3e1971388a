"""The table: what changes, and which pages execute. No other page does, and every page shows what it should."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from smallbook import Book, small_book

NOBODY: set[str] = set()
EVERYBODY = {"a", "b", "c"}
LONG_AGO = 1_000_000_000


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """A book that was built once; every row of the table leaves it as it found it."""
    book = small_book(tmp_path_factory.mktemp("klein"))
    assert book.build().succeeded().executed == EVERYBODY
    return book


def edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    """A change of one file."""

    def change(root: Path) -> None:
        path = root / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return change


def same_size_same_time(root: Path) -> None:
    """An edit that neither size nor time gives away."""
    path = root / "code" / "proj" / "deep.py"
    before = path.stat()
    path.write_text(path.read_text(encoding="utf-8").replace("return 1", "return 3"), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def new_match(root: Path) -> None:
    """A file that a glob did not match before."""
    (root / "data" / "b-2.csv").write_text("5\n", encoding="utf-8")


def rename(root: Path) -> None:
    """An input under another name that the glob matches too."""
    (root / "data" / "b-1.csv").rename(root / "data" / "b-9.csv")


def touch(root: Path) -> None:
    """Every file gets a new time."""
    for path in root.rglob("*"):
        if "_build" not in path.parts and path.is_file():
            path.touch()


ROWS = {
    "one byte of a CSV": (edit("data/a.csv", "2", "3"), {"a"}, ("a", "a is 4")),
    "a module two imports away": (edit("code/proj/deep.py", "return 1", "return 2"), {"a"}, ("a", "a is 6")),
    "the same, size and time alike": (same_size_same_time, {"a"}, ("a", "a is 9")),
    "a module imported under a computed name": (
        edit("code/proj/chosen_x.py", "gekozen", "anders"),
        {"c"},
        ("c", "c is anders"),
    ),
    "the lock": (edit("requirements.txt", "==1", "==2"), EVERYBODY, ("a", "a is 3")),
    "a file newly matching a glob": (new_match, {"b"}, ("b", "b-2.csv=5")),
    "a renamed input": (rename, {"b"}, ("b", "b-9.csv=4")),
    "touch": (touch, NOBODY, ("a", "a is 3")),
    "a prose edit": (edit("chapters/a.md", "Tekst van a", "Andere zin"), NOBODY, ("a", "Andere zin")),
    "a prose edit without code": (edit("chapters/plain.md", "Geen code", "Niets"), NOBODY, ("plain", "Niets")),
    "a figure style edit": (edit("code/proj/style.py", "blue", "teal"), {"b"}, ("b", "b is teal")),
    "a code cell": (edit("chapters/b.md", "b is", "b wordt"), {"b"}, ("b", "b wordt blue")),
    "an unused input": (edit("chapters/c.md", "inputs: []", "inputs: ['data/a.csv']"), {"c"}, ("c", "c is gekozen")),
    "the configuration": (edit("_config.yml", "title: Klein", "title: Groot"), NOBODY, ("a", "Groot")),
}


@pytest.mark.parametrize(("change", "expected", "shown"), ROWS.values(), ids=list(ROWS))
def test_exactly_these_pages_execute(
    built: Book, tmp_path: Path, change: Callable[[Path], None], expected: set[str], shown: tuple[str, str]
) -> None:
    before = built.published()
    kept = tmp_path / "kept"
    shutil.copytree(built.root, kept, ignore=shutil.ignore_patterns("_build"))
    change(built.root)
    assert built.build().succeeded().executed == expected
    page, text = shown
    assert text in built.page(page)
    revert(built.root, kept)
    assert built.build().succeeded().executed == NOBODY
    assert built.published() == before


def revert(root: Path, kept: Path) -> None:
    """Go back to the content before, with times older than anything that was built since."""
    for entry in [entry for entry in root.iterdir() if entry.name != "_build"]:
        shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    shutil.copytree(kept, root, dirs_exist_ok=True)
    for path in root.rglob("*"):
        if "_build" not in path.parts and path.is_file():
            os.utime(path, (LONG_AGO, LONG_AGO))


def test_an_untouched_book_is_not_built_again(built: Book) -> None:
    result = built.build().succeeded()
    assert "niets veranderd" in result.output
    assert "Sphinx" not in result.output


def test_a_published_page_that_someone_damaged_is_put_back(built: Book) -> None:
    before = built.published()
    (built.root / "_build" / "html" / "chapters" / "a.html").write_text("kapot", encoding="utf-8")
    assert built.build().succeeded().executed == NOBODY
    assert built.published() == before


def test_a_page_that_left_the_book_leaves_the_published_folder(built: Book) -> None:
    built.contents("plain", "a", "b")
    built.build().succeeded()
    assert "chapters/c.html" not in built.published()
    built.contents("plain", "a", "b", "c")
    assert built.build().succeeded().executed == NOBODY
