"""The table: what changes, and which pages execute. No other page does, and every page shows what it should."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from smallbook import Book, small_book

NOBODY: set[str] = set()
EVERYBODY = {"a", "b", "c"}


@dataclass(frozen=True)
class Built:
    """A book as it was built, with what its pages and its sources were then."""

    book: Book
    before: dict[str, str]
    kept: Path

    def renewed(self, change: Callable[[Path], None] = lambda root: None) -> set[str]:
        """Undo the last change, make another, build: the chapters that ran."""
        self.book.restore(self.kept)
        change(self.book.root)
        return self.book.build().succeeded().executed

    def altered(self) -> set[str]:
        """The chapters whose published page is no longer what it was."""
        now = self.book.published()
        return {name for name in EVERYBODY | {"plain"} if now[page := f"chapters/{name}.html"] != self.before[page]}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A book that was built once."""
    book = small_book(tmp_path_factory.mktemp("klein"))
    kept = tmp_path_factory.mktemp("kept") / "klein"
    book.keep(kept)
    assert book.build().succeeded().executed == EVERYBODY
    return Built(book, book.published(), kept)


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
    built: Built, change: Callable[[Path], None], expected: set[str], shown: tuple[str, str]
) -> None:
    # The build undoes what the last row changed as well: what is as it was before must not run again.
    assert built.renewed(change) == expected
    page, text = shown
    assert text in built.book.page(page)
    if text != "Groot":  # the book's title, which stands on every page
        assert built.altered() <= expected | {page}


def test_going_back_executes_nothing_and_gives_the_same_book(built: Built) -> None:
    def change_all(root: Path) -> None:
        for row in ("one byte of a CSV", "a figure style edit", "a module imported under a computed name"):
            ROWS[row][0](root)

    built.renewed(change_all)
    assert built.altered() == EVERYBODY
    assert built.renewed() == NOBODY
    assert built.book.published() == built.before


def test_an_untouched_book_is_not_built_again(built: Built) -> None:
    built.renewed()
    result = built.book.build().succeeded()
    assert "niets veranderd" in result.output
    assert "Sphinx" not in result.output


def test_a_published_page_that_someone_damaged_is_put_back(built: Built) -> None:
    built.renewed()
    (built.book.root / "_build" / "html" / "chapters" / "a.html").write_text("kapot", encoding="utf-8")
    assert built.book.build().succeeded().executed == NOBODY
    assert built.book.published() == built.before


def test_a_page_that_left_the_book_leaves_the_published_folder(built: Built) -> None:
    built.renewed(lambda root: built.book.contents("plain", "a", "b"))
    assert "chapters/c.html" not in built.book.published()
    assert built.renewed() == NOBODY


def test_what_somebody_edited_in_the_cache_is_not_published(built: Built) -> None:
    """Neither in the executed notebook, nor in the page that was made of it and that the next build would take over."""
    built.renewed()
    for executed in (built.book.root / "_build/.jupyter_cache/executed").glob("*/base.ipynb"):
        text = executed.read_text(encoding="utf-8")
        executed.write_text(text.replace("a is 3", "a is 9"), encoding="utf-8")
    edit("chapters/a.md", "Tekst van a.", "Andere tekst van a.")(built.book.root)
    result = built.book.build().succeeded()
    assert result.executed == {"a"}
    assert result.output.count("chapters/a: wat bewaard was, is daarna gewijzigd. Het hoofdstuk wordt opnieuw") == 1
    assert "a is 3" in built.book.page("a")
    edit("_build/work/_build/html/chapters/a.html", "a is 3", "a is 9")(built.book.root)
    edit("chapters/b.md", "Tekst van b.", "Andere tekst van b.")(built.book.root)
    assert built.book.build().succeeded().executed == NOBODY
    assert "a is 3" in built.book.page("a")
    assert built.renewed() == NOBODY


def test_a_page_that_sphinx_reads_for_its_time_runs_under_guard_if_its_outputs_are_gone(built: Built) -> None:
    def change(root: Path) -> None:
        edit("chapters/plain.md", "Geen code", "Niets")(root)
        (root / "chapters" / "a.md").touch()
        shutil.rmtree(root / "_build" / ".jupyter_cache" / "executed")

    built.renewed()
    assert built.renewed(change) == {"a"}
    assert "a is 3" in built.book.page("a")
