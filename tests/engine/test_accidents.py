"""Killed, hung, out of disk, two at once: the published folder is whole after each, and the next build succeeds."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest
from smallbook import Book, Result, book_of, small_book

KINDS = ("fork", "plain")
# Seconds for a chapter that hangs beside others that run: time for its kernel to start, on a busy machine too.
LIMITS = {"fork": 4, "plain": 10}
# Ends the build, or tells it that the disk is full, at a chosen event: `KILL_AT` is an event, a part of its first or
# second argument and how many times it must occur; `FULL_AFTER` the number of files that may be opened for writing.
ACCIDENTS = """
import os, signal, sys
left = int(os.environ.get("FULL_AFTER", 0))
killed_by, part, times = (os.environ.get("KILL_AT") or "::0").split(":")
times = int(times)
def counts(path):
    return "_build" in path and not path.endswith("failures.json")
def hook(event, args):
    global left, times
    if event == "open" and left and counts(str(args[0])) and isinstance(args[2], int) and args[2] & os.O_WRONLY:
        left -= 1
        if not left:
            left = 1
            raise OSError(28, "No space left on device", str(args[0]))
    if event == killed_by and part in " ".join(map(str, args[:2])):
        times -= 1
        if not times:
            os.killpg(0, signal.SIGKILL)
if left or times:
    sys.addaudithook(hook)
"""
# What a build prints while it runs the chapters, and while it writes the pages.
LINES = {
    "executing": ("updating environment", "chapters/a", "reading sources"),
    "writing": ("pickling environment", "copying static files", "dumping search index"),
}
# The steps in which the new book comes in the place of the old one: begun to copy, half copied, copied, exchanged.
STEPS = ("open:work/next:1", "open:work/next:20", "ctypes.dlsym:renameat2:1", "open:.published.json:1")
OTHER = {"1\n": "2\n", "2\n": "1\n"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """A book that was built once, and could be built again with another number in it."""
    book = small_book(tmp_path_factory.mktemp("klein"))
    book.write("code/sitecustomize.py", ACCIDENTS)
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


@pytest.fixture
def new(built: Book, versions: dict[str, dict[str, str]]) -> str:
    """The content of the input that the next build would publish; its chapters execute again."""
    (now,) = (content for content, files in versions.items() if files == built.published())
    forget_executions(built)
    built.write("data/a.csv", OTHER[now])
    return OTHER[now]


def forget_executions(book: Book) -> None:
    """Let the next build execute again, so that an accident can hit every phase."""
    for path in (book.root / "_build" / ".jupyter_cache" / "learned").glob("*.json"):
        path.unlink()


@pytest.mark.parametrize("phase", LINES)
def test_a_build_killed_on_its_way_leaves_the_old_book(
    built: Book, versions: dict[str, dict[str, str]], new: str, phase: str
) -> None:
    for line in LINES[phase]:
        kill_at(built, line)
        assert built.published() == versions[OTHER[new]], line
        if phase == "executing":
            forget_executions(built)
    built.build().succeeded()
    assert built.published() == versions[new]


def kill_at(book: Book, line: str) -> None:
    """Start a build and kill it, with all that it started, as soon as it prints a line."""
    process = book.start(PYTHONUNBUFFERED="1", BOOK_VERBOSE="1")
    found = any(line in printed for printed in process.stdout)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    assert found, f"the build never printed {line!r}"


def test_a_build_killed_while_it_puts_the_new_book_in_place_leaves_a_whole_one(
    built: Book, versions: dict[str, dict[str, str]], new: str
) -> None:
    for step in STEPS:
        assert (step, built.build(KILL_AT=step).status) == (step, -signal.SIGKILL)
        assert built.published() == versions[new if step == STEPS[-1] else OTHER[new]], step
    built.build().succeeded()
    assert built.published() == versions[new]


def test_a_full_disk_leaves_a_whole_book(built: Book, versions: dict[str, dict[str, str]], new: str) -> None:
    # Each goes on from what the one before it left, a little further; the last one succeeds.
    for after in (1, 4, 9, 20, 30, 40):
        result = built.build(FULL_AFTER=str(after))
        assert (after, result.status) == (after, 1)
        assert "No space left on device" in result.output, after
        assert built.published() == versions[OTHER[new]], after
    built.build().succeeded()
    assert built.published() == versions[new]


@pytest.mark.timeout(120, func_only=True)
def test_two_builds_at_once_do_not_disturb_each_other(
    built: Book, versions: dict[str, dict[str, str]], new: str
) -> None:
    both = [built.start(), built.start()]
    outputs = [process.communicate() for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert sum("deze wacht tot die klaar is" in output for output in outputs) == 1
    assert sum("chapters/a" in output and "uitgevoerd" in output for output in outputs) == 1
    assert built.published() == versions[new]


FAILURES = {
    "raises": ("x = 1\nraise ValueError('zo niet')", ["cel 1, regel 15 van raises.md", "ValueError: zo niet"]),
    "hangs": ("import time\ntime.sleep(99)", ["niet klaar na {} seconden", "time.sleep(99)"]),
    "is-killed": ("import os\nos.kill(os.getpid(), 9)", ["de kernel is gestopt", "os.kill"]),
    "exits": ("import os\nos._exit(0)", ["de kernel is gestopt", "os._exit"]),
    "is-interrupted": (
        "import os, signal, time\nos.kill(os.getpid(), signal.SIGINT)\ntime.sleep(5)",
        ["KeyboardInterrupt"],
    ),
    "has-a-long-cell": (
        "\n".join(f"x{n} = {n}" for n in range(60)) + "\nraise ValueError('ver weg')",
        ["ver weg", "nog"],
    ),
}
LEAVES = (
    "import subprocess, threading, time\nthreading.Thread(target=time.sleep, args=(99,)).start()\n"
    "p = subprocess.Popen(['sleep', '98.7654'])\nprint('klaar')"
)


@pytest.fixture(scope="module", params=KINDS)
def failed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Result:
    """A build in which chapters fail, each in its own way, beside two that do not; one of these leaves things running."""
    book = small_book(tmp_path_factory.mktemp("klein"), {"BOOK_KERNELS": request.param})
    for name, (cell, _) in FAILURES.items():
        book.chapter(name, [], cell)
    book.chapter("leaves", [], LEAVES)
    limit(book, "hangs", LIMITS[request.param])
    book.contents("b", "leaves", *FAILURES)
    result = book.build()
    assert not running_from(book.root)
    assert not [line for line in commands() if "98.7654" in line]
    return result


def limit(book: Book, name: str, seconds: int) -> None:
    """Give a chapter less time, in its own front matter."""
    path = book.root / "chapters" / f"{name}.md"
    text = path.read_text(encoding="utf-8").replace("---\n", f"---\nmystnb: {{execution_timeout: {seconds}}}\n", 1)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("name", FAILURES)
def test_a_failing_chapter_says_what_and_where_in_one_screen(failed: Result, name: str) -> None:
    said = failed.failures[name]
    seconds = LIMITS[failed.book.environment["BOOK_KERNELS"]]
    messages = [f"chapters/{name}", *(message.format(seconds) for message in FAILURES[name][1])]
    assert [message for message in messages if message not in said] == [], said
    assert len(said.splitlines()) < 35


def test_one_failure_is_shown_and_the_others_are_named(failed: Result) -> None:
    assert failed.status == 1
    said = failed.output[failed.output.rindex("Hoofdstuk faalt") :]
    shown = [name for name in FAILURES if failed.failures[name] in said]
    assert len(shown) == 1
    assert [name for name in FAILURES if f"chapters/{name}" not in said] == []
    assert len(said.splitlines()) < 40


def test_one_that_fails_does_not_keep_the_others_from_finishing(failed: Result) -> None:
    assert failed.executed == {"b", "leaves", *FAILURES}
    assert [name for name, failure in failed.failures.items() if not failure] == ["b", "leaves"]


def test_the_next_build_runs_what_failed_and_nothing_else(failed: Result) -> None:
    for name in FAILURES:
        failed.book.chapter(name, [], "print('nu wel')")
    assert failed.book.build().succeeded().executed == set(FAILURES)


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


DAEMON = """
import os, time
if not os.fork():
    os.setsid()
    if not os.fork():
        with open({note!r}, "w") as file:
            file.write(str(os.getpid()))
        for _ in range(600):
            time.sleep(0.1)
    os._exit(0)
while not os.path.exists({note!r}) or not open({note!r}).read():
    time.sleep(0.01)
"""


def is_alive(note: Path) -> bool:
    """Whether the process that wrote its number into a file still runs."""
    try:
        os.kill(int(note.read_text(encoding="utf-8")), 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("kind", KINDS)
def test_a_daemon_that_a_cell_left_behind_ends_with_its_build(tmp_path: Path, kind: str) -> None:
    """It is in a session of its own, and the process that started it is gone: no signal to a group reaches it."""
    note = tmp_path / "daemon"
    book = book_of(tmp_path / "boek", DAEMON.format(note=str(note)), BOOK_KERNELS=kind)
    book.build().succeeded()
    assert not is_alive(note)


def test_a_daemon_ends_with_a_build_that_is_killed(tmp_path: Path) -> None:
    note = tmp_path / "daemon"
    book = book_of(tmp_path / "boek", DAEMON.format(note=str(note)), "import time\ntime.sleep(60)")
    process = book.start()
    while not note.is_file() or not note.read_text(encoding="utf-8"):
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    while is_alive(note):  # its end is the nursery's to bring about, which nobody waits for
        time.sleep(0.05)
