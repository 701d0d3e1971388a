"""What the tests share: the project's root, the built book, and small copies of it to break."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Generator
from pathlib import Path
from tempfile import NamedTemporaryFile

import pytest
from warm import Build
from workers import once

from ledger.tables import claims
from leerwerk.tables.folder import DATA

ROOT = Path(__file__).parents[1]
TARGETS = set(re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
# As on the book's pages; test_languages.py asks for English.
os.environ["BOOK_LANGUAGE"] = "nl"
COPIED = ("CITATION.cff", "_config.yml", "_static", "_templates", "references.bib", "jupytext.toml", "data", "code")


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's root."""
    return ROOT


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """A test that skips itself fails: a run that is green has seen everything."""
    report = yield
    if report.skipped:
        report.outcome, report.longrepr = "failed", f"No test may be skipped: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def golden() -> dict[str, dict[str, str]]:
    """Every number of the book by its id, as tests/numbers/golden.csv has it."""
    with (ROOT / "tests" / "numbers" / "golden.csv").open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="session")
def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this run only, the same for each of its workers."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def book(shared_folder: Path) -> Path:
    """The HTML of the whole book, built once per run from a copy of the project with `make book`'s own command.

    `BOOK_BUILT` names one that is there already.
    """
    if built := os.environ.get("BOOK_BUILT"):
        return Path(built)
    return once(shared_folder / "book", build_whole) / "_build" / "html"


def build_whole(copy: Path) -> None:
    """Build the whole book in a copy of the project."""
    copy.mkdir()
    for name in (*COPIED, "_toc.yml", "index.md", "chapters"):
        _copy(ROOT / name, copy / name)
    command = [sys.executable, "-m", "bookbuild", "build"]
    environment = os.environ | {"PYTHONPATH": str(copy / "code"), "BOOK_URL": ""}
    result = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]


@pytest.fixture
def mini_book(tmp_path: Path) -> Callable[[str], Path]:
    """Makes a book of one chapter from its Markdown body, with everything else as in the real one."""
    return lambda body: write_mini_book(tmp_path, body)


def write_mini_book(folder: Path, body: str, **others: str) -> Path:
    """A book with everything as in the real one but its chapters: `mini`, and others by their name."""
    for name in COPIED:
        _copy(ROOT / name, folder / name)
    header = (ROOT / "chapters" / "meso.md").read_text(encoding="utf-8").split("---\n")[1]
    (folder / "chapters").mkdir()
    for name, text in {"mini": body, **others}.items():
        chapter = f"---\n{header}---\n\n# {name.capitalize()}\n\n{text}\n"
        (folder / "chapters" / f"{name}.md").write_text(chapter, encoding="utf-8")
    files = "".join(f"  - file: chapters/{name}\n" for name in others)
    contents = "format: jb-book\nroot: chapters/mini\n" + (f"chapters:\n{files}" if files else "")
    (folder / "_toc.yml").write_text(contents, encoding="utf-8")
    return folder


def run_build(project: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """`make book` (with `--pdf`: `make pdf`) in a copy of the project, with the copy's own code and data."""
    own = {"PYTHONPATH": str(project / "code"), "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "0", "BOOK_URL": ""}
    environment = os.environ | own
    with NamedTemporaryFile("r", encoding="utf-8") as errors:
        build = Build(project, environment, *options, errors=Path(errors.name))
        output = build.communicate()
        return subprocess.CompletedProcess(options, build.returncode, output, errors.read())


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(source, target)


class Desk:
    """A copy of the tables under data/. Edit before anything reads: tables are cached by their path."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def path(self, table: str) -> Path:
        return self.root / "data" / table

    def edit(self, table: str, key: str, **cells: str) -> None:
        """Change cells of the only row whose first cell is `key`."""
        with self.path(table).open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        (row,) = (row for row in rows[1:] if row[0] == key)
        for column, cell in cells.items():
            row[rows[0].index(column)] = cell
        with self.path(table).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)

    def publish(self, claim_id: str, figure: str) -> None:
        """Print another figure, in the statement too, with the bounds that `make ranges` gives it."""
        with self.path("published/claims.csv").open(encoding="utf-8", newline="") as file:
            (row,) = (row for row in csv.DictReader(file) if row["id"] == claim_id)
        said = f"{row['statement']} Of toch: {figure}."
        self.edit("published/claims.csv", claim_id, published=figure, statement=said)
        claims.fill(self.path("published/claims.csv"))

    def replace(self, table: str, old: str, new: str) -> None:
        """Change the first occurrence of a text that must be there."""
        text = self.path(table).read_text(encoding="utf-8")
        assert old in text
        self.path(table).write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A copy of the small tables that a test may break, beside the large ones, read instead of the real folder."""
    for folder in ("published", "context", "trials"):
        shutil.copytree(DATA.path / folder, tmp_path / "data" / folder)
    for folder in ("synthetic", "simulation"):
        (tmp_path / "data" / folder).symlink_to(DATA.path / folder)
    monkeypatch.setattr(DATA, "path", tmp_path / "data")
    return Desk(tmp_path)
