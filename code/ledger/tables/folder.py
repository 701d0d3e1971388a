"""A folder of tables, read and validated, that notes what was read."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pandas as pd

from ledger import dutch, recording, sharing
from ledger.tables import records
from ledger.tables.layout import AS_OURS, Layout
from ledger.tables.reading import DataError, Problem, lines, require_file, typed_table
from ledger.tables.rules import Records, Table


class Folder:
    """The files below one folder, by their path in it; readers see them under the folder's own name.

    Parameters
    ----------
    path
        The folder.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def shown(self, name: str) -> str:
        """What a file is called in messages and origins: its path from the project's root."""
        return f"{self.path.name}/{name}"

    def where(self, shown: str) -> Path:
        """The file behind what it is called."""
        return self.path.parent / shown

    def is_open(self, shown: str) -> bool:
        """Whether anyone may have the file; of another one neither name nor fingerprint is published."""
        return True

    def state(self) -> Hashable:
        """What else than its content decides what is read here; a memory holds as long as it stays the same."""
        return self.path

    def note(self, *shown: str) -> None:
        """Say that files are read, to who is recording and to whoever guards this process."""
        for name in shown:
            recording.note(name, str(self.where(name)))

    def table(self, name: str, rules: Table) -> pd.DataFrame:
        """A validated table; row grain and columns are in the folder's datapackage.json.

        Raises
        ------
        DataError
            If the file is missing, unreadable or breaks a rule.
        """
        shown = self.shown(name)
        self.note(shown)
        path = self.where(shown)
        if isinstance(rules, Records):
            # Its own name says of what kind it is, wherever it leads.
            return _read_records(path.absolute(), rules, shown, self.layout(shown, rules), self.is_open(shown)).copy(
                deep=False
            )
        return _read(path.resolve(), rules, shown).copy(deep=False)

    def layout(self, shown: str, rules: Records) -> Layout:
        """How the file of a table of records is laid out."""
        return AS_OURS

    def text(self, name: str) -> str:
        """The text of a file.

        Raises
        ------
        DataError
            If it is missing or not UTF-8.
        """
        shown = self.shown(name)
        self.note(shown)
        return _decode(self.where(shown), shown)

    def problems(self, tables: Mapping[str, Table]) -> list[Problem]:
        """Every problem in these tables (rules by path), and between them once each is sound; empty when all is well."""
        found: list[Problem] = []
        read: dict[str, pd.DataFrame] = {}
        for name, rules in tables.items():
            try:
                read[name] = self.table(name, rules)
            except DataError as error:
                found += error.problems
        return found or [problem for name in tables for problem in self._dangling(name, tables, read)]

    def _dangling(self, name: str, tables: Mapping[str, Table], read: Mapping[str, pd.DataFrame]) -> Iterator[Problem]:
        """References of one table to what is not there."""
        shown, refers = self.shown(name), tables[name].refers
        starts = lines(self.text(name), shown) if refers else []
        for reference in refers:
            known = set(_cells(read[reference.table][reference.other]))
            demand = f"een waarde uit kolom {reference.other} van {self.shown(reference.table)}"
            for row, cell in zip(starts, _cells(read[name][reference.column]), strict=True):
                for lost in reference.names(cell):
                    if lost not in known:
                        remedy = dutch.looks_like(lost, known) + reference.remedy
                        yield Problem(shown, demand, remedy, row, reference.column, lost)

    def fingerprint(self, shown: str) -> str:
        """The SHA-256 of a file, by what it is called."""
        with self.where(shown).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()


def _cells(column: pd.Series) -> list[str]:
    """The cells as text; whole numbers as they are written, missing ones empty."""
    if pd.api.types.is_numeric_dtype(column):
        return ["" if pd.isna(cell) else f"{cell:.15g}" for cell in column]
    return column.astype(str).tolist()


@cache
def _read(path: Path, rules: Table, shown: str) -> pd.DataFrame:
    content = _decode(path, shown)
    # One build has one set of rules for a table.
    key = f"{shown} {hashlib.sha256(content.encode()).hexdigest()}"
    return sharing.shared(key, lambda: typed_table(content, rules, shown))


@cache
def _read_records(path: Path, rules: Records, shown: str, layout: Layout, is_open: bool) -> pd.DataFrame:
    try:
        return records.read(path, rules, shown, layout)
    except DataError as error:
        problems = error.problems
    except OSError:
        problems = [Problem(shown, "het bestand is te lezen", "Kijk na of u het mag lezen.")]
    # Raised here, it does not carry what was found in a closed file along.
    raise DataError(problems if is_open else [problem.sealed() for problem in problems])


def _decode(path: Path, shown: str) -> str:
    require_file(path, shown)
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        remedy = "Bewaar het bestand opnieuw als CSV UTF-8."
        raise DataError([Problem(shown, "tekst in UTF-8", remedy, row)]) from None
