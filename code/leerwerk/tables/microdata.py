"""The folder with real pupil records: which file holds a table, and how its codebook says that it is laid out."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from ledger.tables.codebook import Codebook
from ledger.tables.layout import Layout
from ledger.tables.reading import DataError, Problem
from ledger.tables.records import PARQUET
from ledger.tables.rules import Records

# The folder with real pupil records, in tables of the same name; without it the synthetic ones are read.
VARIABLE = "LEERWERK_MICRODATA"
CODEBOOK = "codebook.yml"
# What the tables are called there and in the codebook.
TABLES = ("learners", "abo_learners")


def shown(name: str) -> str:
    """What a file there is called: where it lies is nobody's business."""
    return f"{VARIABLE}/{name}"


def file(folder: Path, table: str) -> Path:
    """Where a table lies, whether it is there or not: the file that the codebook names, else Parquet or CSV under its own name.

    Raises
    ------
    DataError
        If both are there, or the codebook is no codebook.
    """
    if own := _codebook(folder).file(table):
        return folder / own
    parquet, text = folder / f"{table}{PARQUET}", folder / f"{table}.csv"
    if parquet.exists() and text.exists():
        remedy = f"Haal een van beide weg, of zet bij {table} in {CODEBOOK} welk: file: {parquet.name}."
        raise DataError([Problem(shown(text.name), f"een van {parquet.name} en {text.name}", remedy)])
    return parquet if parquet.exists() else text


def layout(folder: Path, table: str, rules: Records) -> Layout:
    """How that file is laid out.

    Raises
    ------
    DataError
        If the codebook says what the rules do not know.
    """
    return _codebook(folder).layout(table, rules)


def _codebook(folder: Path) -> Codebook:
    path = folder / CODEBOOK
    state = path.stat() if path.exists() else None
    return _read(path, state and (state.st_mtime_ns, state.st_size))


@cache
def _read(path: Path, state: tuple[int, int] | None) -> Codebook:
    """Once for each state of the file: every table asks."""
    return Codebook(path, TABLES, shown(CODEBOOK))
