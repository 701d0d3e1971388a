"""Restricted records: one step reads them and writes in its room only; nothing else of a build reaches them."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from smallbook import Book, small_book

from bookbuild.room import landlock

CANARY = "kanarie-7319"
# The step of a small book: it counts, and keeps what it counted.
RESULTS = """
import json, os
from pathlib import Path

def main(arguments):
    records = Path(os.environ["LEERWERK_MICRODATA"], "learners.csv").read_text().splitlines()
    print("gelezen", records)
    Path(arguments[0], "released.json").write_text(json.dumps({"total": len(records)}))
"""
READS_RELEASED = "import json, os\nprint('vrijgegeven', json.load(open(os.environ['LEERWERK_RELEASED']))['total'])"


@pytest.fixture
def temporary() -> Iterator[Path]:
    """A folder for temporary files with a short name: a kernel's sockets lie there, and theirs have a hundred characters."""
    with tempfile.TemporaryDirectory(prefix="k-", dir="/tmp") as name:
        yield Path(name)


@pytest.fixture
def book(tmp_path: Path, temporary: Path) -> Book:
    """A small book whose chapter a says what was released; its records lie beside it."""
    (tmp_path / "echt").mkdir()
    (tmp_path / "echt" / "learners.csv").write_text(f"{CANARY}\n2\n", encoding="utf-8")
    records = {"LEERWERK_MICRODATA": str(tmp_path / "echt"), "TMPDIR": str(temporary)}
    book = small_book(tmp_path / "boek", records)
    book.write("code/proj/results.py", RESULTS)
    book.chapter("a", [], READS_RELEASED)
    book.contents("a", "b")
    return book


def holding(folder: Path, text: str) -> list[str]:
    """The files below a folder that hold a text in any byte."""
    found = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return sorted(path.relative_to(folder).as_posix() for path in found if text.encode() in path.read_bytes())


# --- The step ---


def test_pages_know_what_was_released_and_run_again_when_that_changes(book: Book) -> None:
    assert book.build().succeeded().executed == {"a", "b"}
    assert "vrijgegeven 2" in book.page("a")
    records = book.root.parent / "echt" / "learners.csv"
    records.write_text(f"{CANARY}\n{CANARY}\n", encoding="utf-8")
    again = book.build().succeeded()
    assert "De resultatenstap leest de leerlingengegevens" in again.output
    assert again.executed == set(), "other records of which the same was released"
    records.write_text(f"{CANARY}\n2\n3\n", encoding="utf-8")
    assert book.build().succeeded().executed == {"a", "b"}
    assert "vrijgegeven 3" in book.page("a")
    unchanged = book.build().succeeded()
    assert "wat vrijgegeven is, geldt nog" in unchanged.output
    book.write("code/proj/results.py", RESULTS + "# anders\n")
    assert "De resultatenstap leest" in book.build().succeeded().output
    (book.root / "_build" / "room" / "released.json").write_text('{"total": 99}', encoding="utf-8")
    assert "De resultatenstap leest" in book.build().succeeded().output, "an edited file is made anew"
    assert "vrijgegeven 3" in book.page("a")
    assert holding(book.root / "_build", CANARY) == ["room/closed/log.txt"]
    assert holding(Path(book.environment["TMPDIR"]), CANARY) == []


def test_the_room_is_for_its_owner_only(book: Book) -> None:
    book.build().succeeded()
    room = book.root / "_build" / "room"
    assert [oct(path.stat().st_mode)[-3:] for path in (room, room / "closed")] == ["700", "700"]


@pytest.mark.parametrize("place", ["weg", "boek/data", "."])
def test_records_that_are_not_there_or_in_the_project_are_refused(book: Book, place: str) -> None:
    folder = (book.root.parent / place).resolve()
    result = book.build(LEERWERK_MICRODATA=str(folder))
    assert result.status == 1
    assert "LEERWERK_MICRODATA noemt een map" in result.output
    assert "herstel: " in result.output
    assert str(folder) not in result.output.replace(str(book.root), "")


@pytest.mark.parametrize("command", ["serve", "diff", "check", "verify"])
def test_only_a_build_has_the_records(book: Book, command: str) -> None:
    found = subprocess.run(
        [sys.executable, "-m", "bookbuild", command],
        cwd=book.root,
        env=book.env(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 1
    assert found.stderr.startswith("LEERWERK_MICRODATA is gezet: alleen make book rekent met leerlingengegevens")


# What a step may try, the message that stops it, and what it would have done.
LEAKS = {
    "a file in the project": ("open('data/uit.csv', 'w').write(found)", "schrijft alleen in zijn eigen map"),
    "a file of the system": ("open('/tmp/uit-7319', 'w').write(found)", "schrijft alleen in zijn eigen map"),
    "os.open": ("import os\nos.write(os.open('data/uit', os.O_CREAT | os.O_WRONLY), found.encode())", "eigen map"),
    "a name": ("import os\nos.mkdir(f'data/{found}')", "schrijft alleen in zijn eigen map"),
    "a link": ("import os\nos.symlink(path, 'data/link')", "schrijft alleen in zijn eigen map"),
    "a rename": ("import os\nos.rename(path, 'data/uit.csv')", "schrijft alleen in zijn eigen map"),
    "to_csv": ("import pandas as pd\npd.Series([found]).to_csv('data/uit.csv')", "schrijft alleen in zijn eigen map"),
    "SQLite": ("import sqlite3\nsqlite3.connect('data/uit.db')", "schrijft alleen in zijn eigen map"),
    "a socket": ("import socket\nsocket.create_connection(('127.0.0.1', 9))", "opent geen verbinding"),
    "a name server": ("import socket\nsocket.getaddrinfo(found, 80)", "opent geen verbinding"),
    "a program": ("import subprocess\nsubprocess.run(['echo', found])", "start geen programma"),
    "a shell": ("import os\nos.system('echo ' + found)", "start geen programma"),
    "a fork": ("import os\nos.fork()", "start geen programma"),
    "an exception": ("raise ValueError(found)", "ValueError ("),
    "an exit": ("raise SystemExit(found)", "afgebroken"),
    "a key": ("{}[found]", "KeyError ("),
    "an exception of pandas": ("import pandas as pd\npd.to_numeric(pd.Series([found]))", "ValueError ("),
    "a chained exception": (
        "try:\n    int(found)\nexcept ValueError as e:\n    raise RuntimeError('x') from e",
        "RuntimeError (",
    ),
    "a name of a class": ("raise type(found, (Exception,), {})()", "Exception ("),
}


@pytest.mark.parametrize("leak", LEAKS)
def test_what_the_step_tries_to_let_out_is_stopped_with_a_message(book: Book, leak: str) -> None:
    cell, message = LEAKS[leak]
    lines = [
        "import os",
        "path = os.path.join(os.environ['LEERWERK_MICRODATA'], 'learners.csv')",
        "found = open(path).read().split()[0]",
    ]
    body = "\n".join(f"    {line}" for line in [*lines, *cell.splitlines()])
    book.write("code/proj/results.py", f"def main(arguments):\n{body}\n")
    before = sorted(path for path in book.root.rglob("*") if "_build" not in path.parts)
    result = book.build()
    assert result.status == 1
    assert message in result.output
    assert CANARY not in result.output
    assert [name for name in holding(book.root, CANARY) if not name.startswith("_build/room/closed/log")] == []
    assert sorted(path for path in book.root.rglob("*") if "_build" not in path.parts) == before
    assert holding(Path(book.environment["TMPDIR"]), CANARY) == []
    assert not Path("/tmp/uit-7319").exists()


@pytest.mark.parametrize(
    "said",
    [
        "print(found)",
        "import sys; sys.stderr.write(found)",
        "import logging; logging.error(found)",
        "import warnings; warnings.warn(found)",
    ],
)
def test_what_the_step_says_stays_in_the_room(book: Book, said: str) -> None:
    book.write("code/proj/results.py", RESULTS + f"    found = records[0]\n    {said}\n")
    result = book.build().succeeded()
    assert CANARY not in result.output
    assert holding(book.root, CANARY) == ["_build/room/closed/log.txt"]


# --- After the step ---

NEEDS_LANDLOCK = pytest.mark.skipif(not landlock.version(), reason="this kernel has no Landlock")
# An author who knows the place: each reads the records from a cell.
READERS = {
    "open": "print(open({path!r}).read())",
    "pandas": "import pandas as pd\nprint(pd.read_csv({path!r}))",
    "program": "import subprocess\nprint(subprocess.run(['cat', {path!r}], capture_output=True, text=True, check=True).stdout)",
    "shell": "!cat {path} || exit 1\nassert _exit_code == 0",
    "c": (
        "import ctypes\nlibc = ctypes.CDLL(None)\nhandle = libc.open({path!r}.encode(), 0)\nassert handle >= 0, 'dicht'\n"
        "text = ctypes.create_string_buffer(99)\nlibc.read(handle, text, 99)\nprint(text.value)"
    ),
    "link": (
        "import os, tempfile\nlink = os.path.join(tempfile.mkdtemp(), 'x')\nos.symlink({path!r}, link)\nprint(open(link).read())"
    ),
    "copy": "import shutil, tempfile\nprint(open(shutil.copy({path!r}, tempfile.mkdtemp())).read())",
    "fork": (
        "import os\npid = os.fork()\nif not pid:\n    try:\n        print(open({path!r}).read())\n        os._exit(0)\n    finally:\n"
        "        os._exit(1)\nassert os.waitpid(pid, 0)[1] == 0"
    ),
    "listing": "import os\nprint(os.listdir(os.path.dirname({path!r})))",
    "variable": "import os\nprint(os.environ['LEERWERK_MICRODATA'])",
    "log": "print(open('../_build/room/closed/log.txt').read())",
}


@NEEDS_LANDLOCK
def test_no_cell_reads_the_records_however_well_it_knows_their_place(book: Book) -> None:
    path = str(book.root.parent / "echt" / "learners.csv")
    for name, cell in READERS.items():
        book.chapter(name, [], cell.replace("{path!r}", repr(path)).replace("{path}", path))
    book.contents("b", *READERS)
    result = book.build()
    assert result.status == 1
    assert {name for name, failure in result.failures.items() if failure} == set(READERS)
    assert CANARY not in result.output
    assert holding(book.root, CANARY) == ["_build/room/closed/log.txt"]
    assert holding(Path(book.environment["TMPDIR"]), CANARY) == []


@NEEDS_LANDLOCK
def test_what_is_shut_is_shut_and_what_stands_beside_it_is_not(tmp_path: Path) -> None:
    """In a process of its own: it cannot be undone."""
    for name in ("dicht/in", "open"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "x").write_text("x", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "dicht")
    script = (
        "import sys\nfrom pathlib import Path\nfrom bookbuild.room import landlock\n"
        "root = Path(sys.argv[1])\nassert landlock.shut(root / 'dicht')\nprint((root / 'open' / 'x').read_text())\n"
        "for way in ('dicht/in/x', 'link/in/x', 'open/../dicht/in/x'):\n"
        "    try:\n        (root / way).read_text()\n    except PermissionError:\n        print('dicht')\n"
    )
    found = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["x", "dicht", "dicht", "dicht"]


@NEEDS_LANDLOCK
def test_below_the_hooks_the_system_refuses_too(tmp_path: Path) -> None:
    """C code, which Python's audit events do not show: no file outside the room, no TCP."""
    (tmp_path / "room").mkdir()
    script = (
        "import ctypes, os, sys\nfrom pathlib import Path\nfrom bookbuild.room import landlock\n"
        "root = sys.argv[1]\nassert landlock.write_only_below(Path(root, 'room'))\nlibc = ctypes.CDLL(None, use_errno=True)\n"
        "for name in ('room/in', 'uit'):\n"
        "    print(libc.open(os.path.join(root, name).encode(), os.O_CREAT | os.O_WRONLY, 0o600) >= 0)\n"
        "handle = libc.socket(2, 1, 0)\naddress = (2).to_bytes(2, 'little') + (9).to_bytes(2, 'big') + bytes([127, 0, 0, 1]) + bytes(8)\n"
        "libc.connect(handle, address, 16)\nprint(os.strerror(ctypes.get_errno()))\n"
    )
    found = subprocess.run([sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True)
    refused = os.strerror(13) if landlock.version() >= landlock.NETWORK else os.strerror(111)
    assert found.stdout.splitlines() == ["True", "False", refused]
