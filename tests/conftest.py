"""What the tests share: the project's root, the built book, and small copies of it to break."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ledger.tables import claims
from leerwerk.tables.folder import DATA

ROOT = Path(__file__).parents[1]
COPIED = ("CITATION.cff", "_config.yml", "_static", "_templates", "references.bib", "jupytext.toml", "data", "code")


@pytest.fixture(scope="session")
def root() -> Path:
    """The project's root."""
    return ROOT


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The HTML of the whole book, built from a copy of the project with `make book`'s own command."""
    copy = tmp_path_factory.mktemp("book")
    for name in (*COPIED, "_toc.yml", "index.md", "chapters"):
        _copy(ROOT / name, copy / name)
    result = run_build(copy)
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]
    return copy / "_build" / "html"


@pytest.fixture
def mini_book(tmp_path: Path) -> Callable[[str], Path]:
    """Makes a book of one chapter from its Markdown body, with everything else as in the real one."""

    def make(body: str) -> Path:
        for name in COPIED:
            _copy(ROOT / name, tmp_path / name)
        header = (ROOT / "chapters" / "meso.md").read_text(encoding="utf-8").split("---\n")[1]
        (tmp_path / "chapters").mkdir()
        (tmp_path / "chapters" / "mini.md").write_text(f"---\n{header}---\n\n# Mini\n\n{body}\n", encoding="utf-8")
        (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: chapters/mini\n", encoding="utf-8")
        return tmp_path

    return make


def run_build(project: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """`make book` (with `--pdf`: `make pdf`) in a copy of the project, with the copy's own code and data."""
    environment = os.environ | {"PYTHONPATH": str(project / "code"), "BOOK_URL": ""}
    command = [sys.executable, "-m", "bookbuild", "build", *options]
    return subprocess.run(command, cwd=project, env=environment, capture_output=True, text=True, check=False)


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
        """Print another figure, with the bounds that `make ranges` gives it."""
        self.edit("published/claims.csv", claim_id, published=figure)
        claims.fill(self.path("published/claims.csv"))

    def replace(self, table: str, old: str, new: str) -> None:
        """Change the first occurrence of a text that must be there."""
        text = self.path(table).read_text(encoding="utf-8")
        assert old in text
        self.path(table).write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A copy of the small tables that a test may break, beside the large ones, read instead of the real folder."""
    for folder in ("published", "context"):
        shutil.copytree(DATA.path / folder, tmp_path / "data" / folder)
    for folder in ("synthetic", "simulation"):
        (tmp_path / "data" / folder).symlink_to(DATA.path / folder)
    monkeypatch.setattr(DATA, "path", tmp_path / "data")
    return Desk(tmp_path)
