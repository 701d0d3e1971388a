"""A CSV file of many rows, piece by piece; only the columns that are asked for are kept."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ledger.tables.layout import SEPARATORS, Layout, places
from ledger.tables.piece import Piece, Texts
from ledger.tables.reading import DataError, Problem
from ledger.tables.rules import Records

_ROWS = 4_000  # of one piece; more would not fit in the processor's own memory
_LONGEST_LINE = 1 << 20  # characters; what goes on beyond them is no row of a table
_BREAK = re.compile(r"\r\n|\r|\n")
_QUOTES = "Sluit elk aanhalingsteken; een aanhalingsteken in een tekst wordt dubbel geschreven."
WIDTH = "Zet een tekst met een komma tussen aanhalingstekens, schrijf getallen met een punt en vul rijen aan."
_AGAIN = "Haal het bestand terug uit git."


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


_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
ENCODINGS = {"utf-8": "utf-8-sig", "windows-1252": "cp1252", "utf-16": "utf-16"}
_UNKNOWN = "Bewaar het bestand als CSV UTF-8, of zet in codebook.yml bij de tabel: encoding: windows-1252."


def _encoding(path: Path, layout: Layout, file: str) -> str:
    """That of the mark at the beginning; else what the codebook says, or UTF-8, which no other text is by accident."""
    with path.open("rb") as raw:
        start = raw.read(1 << 12)
    marked = next((encoding for mark, encoding in _MARKS if start.startswith(mark)), None)
    told = ENCODINGS.get(layout.encoding or "")
    if marked and told not in (None, marked):
        remedy = "Pas encoding in codebook.yml aan, of laat het daar weg."
        raise DataError(
            [Problem(file, f"de codering die het bestand zelf noemt ({marked.removesuffix('-sig')})", remedy)]
        )
    if not marked and (told == "utf-16" or b"\0" in start):
        raise DataError([Problem(file, "tekst, en bij UTF-16 met een BOM", _UNKNOWN)])
    return marked or told or "utf-8-sig"


def _undecodable(path: Path, encoding: str, file: str) -> Problem:
    """Where a file is no longer text in its encoding."""
    decoder, line = codecs.getincrementaldecoder(encoding)(), 1
    with path.open("rb") as raw:
        try:
            while block := raw.read(1 << 20):
                line += decoder.decode(block).count("\n")
            decoder.decode(b"", final=True)
        except UnicodeDecodeError as error:
            line += error.object.count(b"\n", 0, error.start)
    name = {"utf-8-sig": "UTF-8", "cp1252": "Windows-1252"}.get(encoding, "UTF-16")
    return Problem(file, f"tekst in {name}", _UNKNOWN, line)
