"""A chapter that reads what it did not list, or writes at all, ends the build with its name and the file's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from smallbook import HEADER, Result, book_of, small_book

from bookbuild.execution import chapter

READS = {
    "open": "open('../data/a.csv').read()",
    "an exception that is swallowed": "try:\n    open('../data/a.csv')\nexcept BaseException:\n    pass",
    "pathlib": "from pathlib import Path\nPath('../data/a.csv').read_text()",
    "numpy": "import numpy as np\nnp.loadtxt('../data/a.csv')",
    "pandas": "import pandas as pd\npd.read_csv('../data/a.csv')",
    "os.open": "import os\nos.read(os.open('../data/a.csv', os.O_RDONLY), 9)",
    "a thread": "import threading\nt = threading.Thread(target=lambda: open('../data/a.csv'))\nt.start(); t.join()",
    "a forked child": "import os\npid = os.fork()\nif not pid:\n    try:\n        open('../data/a.csv')\n    finally:\n        os._exit(0)\nos.waitpid(pid, 0)",
    "a program": "import subprocess\nsubprocess.run(['cat', '../data/a.csv'], check=True)",
    "a shell": "import subprocess\nsubprocess.run('cat < ../data/a.csv', shell=True, check=True)",
    "a shell escape": "!cat ../data/a.csv",
    "a symbolic link elsewhere": (
        "import os, tempfile\nlink = tempfile.mktemp()\nos.symlink(os.path.abspath('../data/a.csv'), link)\nopen(link).read()"
    ),
    "SQLite": "import sqlite3\nsqlite3.connect('../data/a.csv')",
}
WRITES = {
    "open": ("open('uit.txt', 'w')", "chapters/uit.txt"),
    "os.open": ("import os\nos.open('uit.txt', os.O_CREAT | os.O_WRONLY)", "chapters/uit.txt"),
    "a folder": ("import os\nos.mkdir('../uit')", "uit"),
    "a rename": ("import os\nos.rename('../data/a.csv', '/tmp/weg.csv')", "data/a.csv"),
    "a removal": ("from pathlib import Path\nPath('../data/a.csv').unlink()", "data/a.csv"),
    "an input": ("open('../data/b-1.csv', 'a')", "data/b-1.csv"),
}


def name_of(case: str, kind: str) -> str:
    """The chapter that holds a case."""
    return f"{kind}-{case.lower().replace(' ', '-').replace('.', '-')}"


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """The build of a book whose chapters each do one thing that is not allowed, and which was therefore not built."""
    book = small_book(tmp_path_factory.mktemp("klein"))
    for case, cell in READS.items():
        book.chapter(name_of(case, "reads"), ["data/b*.csv"], cell)
    for case, (cell, _) in WRITES.items():
        book.chapter(name_of(case, "writes"), ["data/*.csv"], cell)
    names = [*(name_of(case, "reads") for case in READS), *(name_of(case, "writes") for case in WRITES)]
    book.contents(*names)
    result = book.build()
    assert result.status == 1, result.output[-4000:]
    assert result.executed == set(names)
    assert all(name in result.output[result.output.rindex("Hoofdstuk faalt") :] for name in names)
    return result


@pytest.mark.parametrize("case", READS)
def test_an_undeclared_read_is_refused(refused: Result, case: str) -> None:
    name = name_of(case, "reads")
    first, *_ = refused.failures[name].splitlines()
    assert first == f"chapters/{name} opent data/a.csv, maar noemt het niet onder inputs"


@pytest.mark.parametrize(("case", "file"), [(case, file) for case, (_, file) in WRITES.items()], ids=list(WRITES))
def test_a_write_below_the_root_is_refused(refused: Result, case: str, file: str) -> None:
    name = name_of(case, "writes")
    first, *_ = refused.failures[name].splitlines()
    assert first == f"chapters/{name} schrijft {file}: een hoofdstuk schrijft niets in het project"


def test_nothing_was_written_or_published(refused: Result) -> None:
    assert (refused.book.root / "data" / "a.csv").read_text(encoding="utf-8") == "1\n2\n"
    assert (refused.book.root / "data" / "b-1.csv").read_text(encoding="utf-8") == "4\n"
    assert not (refused.book.root / "chapters" / "uit.txt").exists()
    assert not (refused.book.root / "uit").exists()
    assert not (refused.book.root / "_build" / "html").exists()


def test_what_is_declared_or_lies_elsewhere_is_free(tmp_path: Path) -> None:
    cell = (
        "import os, shutil, tempfile\nfolder = tempfile.mkdtemp()\nopen(os.path.join(folder, 'x'), 'w').close()\n"
        "shutil.rmtree(folder)\nwith tempfile.TemporaryDirectory() as f:\n    os.mkdir(os.path.join(f, 'y'))\n"
        "print('gelezen', open('../data/a.csv').read().split(), os.listdir('..') != [])"
    )
    book = book_of(tmp_path, cell, inputs=["data/a.csv"])
    book.contents("a")
    book.build().succeeded()
    assert "gelezen" in book.page("a")


@pytest.mark.parametrize(
    ("inputs", "message"),
    [
        (["data/geen.csv"], "chapters/a noemt data/geen.csv onder inputs, maar dat bestand is er niet"),
        (["/etc/passwd"], "inputs staan in het project"),
        (["../buiten.csv"], "inputs staan in het project"),
        ("data/a.csv", "inputs is een lijst van patronen"),
    ],
)
def test_a_wrong_list_of_inputs_is_explained(tmp_path: Path, inputs: object, message: str) -> None:
    text = HEADER.format(inputs=inputs, title="a")
    with pytest.raises(chapter.InputsError, match=re.escape(message)):
        _ = chapter.parse("chapters/a", text, ["1"], tmp_path, tmp_path / "code").files


def test_a_wrong_list_of_inputs_ends_the_build(tmp_path: Path) -> None:
    book = book_of(tmp_path, "1", inputs=["data/geen.csv"])
    result = book.build()
    assert result.status == 1
    assert "chapters/a noemt data/geen.csv onder inputs" in result.output
    assert "Traceback" not in result.output
