"""A CSV file of many rows, piece by piece; only the columns that are asked for are kept."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ledger.tables.layout import SEPARATORS, Layout, places
from ledger.tables.packing import Column
from ledger.tables.reading import DataError, Problem
from ledger.tables.rules import Records

_ROWS = 4_000  # of one piece; more would not fit in the processor's own memory
_LONGEST_LINE = 1 << 20  # characters; what goes on beyond them is no row of a table
_BREAK = re.compile(r"\r\n|\r|\n")
_QUOTES = "Sluit elk aanhalingsteken; een aanhalingsteken in een tekst wordt dubbel geschreven."
WIDTH = "Zet een tekst met een komma tussen aanhalingstekens, schrijf getallen met een punt en vul rijen aan."
_AGAIN = "Haal het bestand terug uit git."


@dataclass(frozen=True)
class Piece:
    """Some rows of a file.

    Parameters
    ----------
    lines
        Where each row stands in the file; the header is line 1.
    cells
        The cells of each column that was asked for, one for each row.
    width
        How many cells a row should have.
    misshapen
        The line of each row that has another number of cells, and that number; they are not among the others.
    """

    lines: NDArray[np.int64]
    cells: Mapping[str, Texts]
    width: int
    misshapen: tuple[tuple[int, int], ...] = ()


class Texts(tuple[str, ...]):
    """Cells as they stand in the file."""

    __slots__ = ()

    def numbers(self, column: Column) -> NDArray[np.int64]:
        """What they mean."""
        return column.take(self)

    def found(self, place: int) -> str:
        """One of them, for a message."""
        return self[place]


def pieces(path: Path, rules: Records, layout: Layout, file: str) -> Iterator[Piece]:
    """The rows of a file in order, some thousands at a time.

    Raises
    ------
    DataError
        If it is no table with the columns of the rules, or no text; while reading, for a later part.
    """
    encoding = _encoding(path, layout, file)
    separator = layout.separator or _separator(path, encoding, rules, layout, file)
    parts = _parts(path, encoding, separator, file)
    header = next(parts)[1][0]
    wanted = places(header, rules, layout, file)
    for lines, rows in parts:
        yield _piece(lines, rows, wanted, len(header))


def _piece(lines: NDArray[np.int64], rows: list[list[str]], wanted: Mapping[str, int], width: int) -> Piece:
    misshapen: tuple[tuple[int, int], ...] = ()
    if set(map(len, rows)) != {width}:
        fits = np.array([len(row) == width for row in rows], dtype=bool)
        misshapen = tuple((int(lines[place]), len(rows[place])) for place in np.flatnonzero(~fits))
        lines, rows = lines[fits], [row for row in rows if len(row) == width]
    columns = [*zip(*rows, strict=True)] or [()] * width
    return Piece(lines, {name: Texts(columns[place]) for name, place in wanted.items()}, width, misshapen)


def _parts(path: Path, encoding: str, separator: str, file: str) -> Iterator[tuple[NDArray[np.int64], list[list[str]]]]:
    """The line on which each row starts and its cells: the header, then some thousands of rows at a time; blank lines are left out."""
    before, size, is_empty, problem = 0, 1, True, None  # the header comes on its own
    with path.open("rb") as raw, io.TextIOWrapper(raw, encoding=encoding, newline="") as text:
        reader = csv.reader(iter(partial(text.readline, _LONGEST_LINE), ""), delimiter=separator, strict=True)
        try:
            while rows := list(islice(reader, size)):
                lines = _starts(rows, before, reader.line_num)
                before = reader.line_num
                if not all(rows):
                    lines, rows = lines[[bool(row) for row in rows]], [row for row in rows if row]
                if rows:
                    yield lines, rows
                    is_empty, size = False, _ROWS
        except csv.Error as error:
            problem = Problem(file, f"leesbare CSV ({error})", _QUOTES, _unreadable(path, encoding, separator))
        except UnicodeDecodeError:
            problem = _undecodable(path, encoding, file)
    if not problem and is_empty:
        problem = Problem(file, "een koprij en minstens een rij", _AGAIN)
    if problem:
        raise DataError([problem])


def _starts(rows: list[list[str]], before: int, after: int) -> NDArray[np.int64]:
    """The line on which each row starts, after so many lines: a cell may hold line breaks."""
    if after - before == len(rows):
        return np.arange(before + 1, after + 1)
    heights = [1 + sum(len(_BREAK.findall(cell)) for cell in row) for row in rows]
    return before + 1 + np.cumsum([0, *heights[:-1]])


def _unreadable(path: Path, encoding: str, separator: str) -> int:
    """The line on which the row starts that is no CSV."""
    line = 1
    with path.open(encoding=encoding, newline="") as text:
        reader = csv.reader(iter(partial(text.readline, _LONGEST_LINE), ""), delimiter=separator, strict=True)
        with suppress(csv.Error):
            for _ in reader:
                line = reader.line_num + 1
    return line


def _separator(path: Path, encoding: str, rules: Records, layout: Layout, file: str) -> str:
    """The one that makes the header hold every column that must be there; a comma if none does."""
    needed = {layout.origin(column).name for column in rules.columns if column not in rules.optional}
    for separator in SEPARATORS:
        with suppress(DataError):
            (header,) = next(_parts(path, encoding, separator, file))[1]
            if needed <= set(header):
                return separator
    return SEPARATORS[0]


def _encoding(path: Path, layout: Layout, file: str) -> str:
    return layout.encoding or "utf-8-sig"


def _undecodable(path: Path, encoding: str, file: str) -> Problem:
    """Where a file is no longer text."""
    decoder, line = codecs.getincrementaldecoder(encoding)(), 1
    with path.open("rb") as raw:
        try:
            while block := raw.read(1 << 20):
                line += decoder.decode(block).count("\n")
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as error:
            line += error.object.count(b"\n", 0, error.start)
    return Problem(file, "tekst in UTF-8", "Bewaar het bestand opnieuw als CSV UTF-8.", line)
