"""Killed, hung, out of disk, two at once: the published folder is whole after each, and the next build succeeds."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

import pytest
from smallbook import Book, book_of, small_book

KINDS = ("fork", "plain")
# Raises as a full disk does, at the n-th file that the build opens for writing.
FULL_DISK = """
import os, sys
left = int(os.environ.get("FULL_AFTER", 0))
def hook(event, args):
    global left
    if event == "open" and left and "_build" in str(args[0]) and isinstance(args[2], int) and args[2] & os.O_WRONLY:
        left -= 1
        if not left:
            left = 1
            raise OSError(28, "No space left on device", str(args[0]))
if left:
    sys.addaudithook(hook)
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """A book that was built once, and could be built again with another number in it."""
    book = small_book(tmp_path_factory.mktemp("klein"))
    book.write("code/sitecustomize.py", FULL_DISK)
    book.build().succeeded()
    return book


@pytest.fixture(scope="module")
def versions(built: Book) -> dict[str, dict[str, str]]:
    """The published files of both versions of the book, by the content of its one changing input."""
    found = {}
    for content in ("2\n", "1\n"):
        built.write("data/a.csv", content)
        built.build().succeeded()
        found[content] = built.published()
    assert found["1\n"] != found["2\n"]
    return found


def test_a_killed_build_leaves_a_whole_book(built: Book, versions: dict[str, dict[str, str]]) -> None:
    moments = random.Random(4)
    seen = set()
    for content in ("2\n", "1\n") * 5:
        forget_executions(built)
        built.write("data/a.csv", content)
        process = built.start()
        time.sleep(moments.uniform(0.1, 4.0))
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        published = built.published()
        assert published in versions.values()
        seen.add(published == versions[content])
    built.build().succeeded()
    assert built.published() == versions[content]
    assert False in seen, "no kill came before the end of a build"


def forget_executions(book: Book) -> None:
    """Let the next build execute again, so that a kill can hit every phase."""
    for path in (book.root / "_build" / ".jupyter_cache" / "learned").glob("*.json"):
        path.unlink()


@pytest.mark.parametrize("after", [1, 4, 9, 20, 40, 60])
def test_a_full_disk_leaves_a_whole_book(built: Book, versions: dict[str, dict[str, str]], after: int) -> None:
    built.write("data/a.csv", "1\n")
    built.build().succeeded()
    built.write("data/a.csv", "2\n")
    forget_executions(built)
    result = built.build(FULL_AFTER=str(after))
    assert result.status == 1
    assert "No space left on device" in result.output
    assert built.published() == versions["1\n"]
    built.build().succeeded()
    assert built.published() == versions["2\n"]


def test_two_builds_at_once_do_not_disturb_each_other(built: Book, versions: dict[str, dict[str, str]]) -> None:
    built.write("data/a.csv", "1\n")
    built.build().succeeded()
    built.write("data/a.csv", "2\n")
    forget_executions(built)
    both = [built.start(), built.start()]
    outputs = [process.communicate(timeout=120)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert sum("deze wacht tot die klaar is" in output for output in outputs) == 1
    assert sum("chapters/a" in output and "uitgevoerd" in output for output in outputs) == 1
    assert built.published() == versions["2\n"]


FAILURES = {
    "a chapter that raises": (
        "x = 1\nraise ValueError('zo niet')",
        ["cel 1, regel 15 van a.md", "ValueError: zo niet"],
    ),
    "a chapter that hangs": ("import time\ntime.sleep(99)", ["niet klaar na 3 seconden", "time.sleep(99)"]),
    "a kernel that is killed": ("import os\nos.kill(os.getpid(), 9)", ["de kernel is gestopt", "os.kill"]),
    "a kernel that exits": ("import os\nos._exit(0)", ["de kernel is gestopt", "os._exit"]),
    "an interrupt": (
        "import os, signal, time\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(5)",
        ["KeyboardInterrupt"],
    ),
    "a long cell": ("\n".join(f"x{n} = {n}" for n in range(60)) + "\nraise ValueError('ver weg')", ["ver weg", "nog"]),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("cell", "messages"), FAILURES.values(), ids=list(FAILURES))
def test_a_failing_chapter_says_what_and_where_in_one_screen(
    tmp_path: Path, cell: str, messages: list[str], kind: str
) -> None:
    book = book_of(tmp_path, cell, BOOK_KERNELS=kind)
    limit_to_three_seconds(book)
    book.contents("a", "b")
    result = book.build()
    assert result.status == 1
    said = result.output[result.output.rindex("Hoofdstuk faalt") :]
    assert all(message in said for message in ["chapters/a", *messages]), said
    assert len(said.splitlines()) < 40
    assert result.executed == {"a", "b"}  # one that fails does not keep the others from finishing
    assert not running_from(tmp_path)
    book.chapter("a", [], "print('nu wel')")
    assert book.build().succeeded().executed == {"a"}


def limit_to_three_seconds(book: Book) -> None:
    """Give chapters less time, in the configuration where authors would."""
    config = (book.root / "_config.yml").read_text(encoding="utf-8")
    book.write("_config.yml", config.replace("timeout: 60", "timeout: 3"))


@pytest.mark.parametrize("kind", KINDS)
def test_threads_and_programs_that_a_chapter_leaves_are_gone(tmp_path: Path, kind: str) -> None:
    cell = (
        "import subprocess, threading, time\nthreading.Thread(target=time.sleep, args=(99,)).start()\n"
        "p = subprocess.Popen(['sleep', '98.7654'])\nprint('klaar')"
    )
    book = book_of(tmp_path, cell, BOOK_KERNELS=kind)
    book.contents("a")
    book.build().succeeded()
    assert not [line for line in commands() if "98.7654" in line]
    assert not running_from(tmp_path)


def running_from(folder: Path) -> list[str]:
    """Processes that still have their working folder in the book."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if (entry / "cwd").readlink().is_relative_to(folder):
                found.append(entry.name)
        except OSError:
            continue
    return found


def commands() -> list[str]:
    """The command lines of all processes."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            found.append((entry / "cmdline").read_text(encoding="utf-8", errors="replace").replace("\0", " "))
        except OSError:
            continue
    return found


def test_both_kinds_of_kernel_make_the_same_book(tmp_path: Path) -> None:
    cell = "import sys\nprint({'a', 'b', 'c'}, hash('x'), len(sys.path), __name__, sys.argv[0][-9:])\nobject"
    books = []
    for kind in KINDS:
        (tmp_path / kind).mkdir()
        book = book_of(tmp_path / kind, cell, BOOK_KERNELS=kind)
        book.build().succeeded()
        books.append(book.published())
    assert books[0] == books[1]
