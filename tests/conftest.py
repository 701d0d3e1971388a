"""A copy of data/ that a test may break; the package reads it instead of the real one."""

import csv
import shutil
from pathlib import Path

import pytest

from bookbuild import ranges
from leerwerk import sources


class Desk:
    """The copied tables. Edit before anything reads: tables are cached by their path."""

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
        ranges.fill(self.root)

    def replace(self, table: str, old: str, new: str) -> None:
        """Change the first occurrence of a text that must be there."""
        text = self.path(table).read_text(encoding="utf-8")
        assert old in text
        self.path(table).write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    for folder in ("published", "context"):
        shutil.copytree(sources.DATA / folder, tmp_path / "data" / folder)
    monkeypatch.setattr(sources, "DATA", tmp_path / "data")
    return Desk(tmp_path)
