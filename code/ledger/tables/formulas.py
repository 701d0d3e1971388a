"""Cells that a spreadsheet would compute: a table is opened there, and what begins as a formula runs as one.

Source: https://owasp.org/www-community/attacks/CSV_Injection
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any

from ledger.tables.reading import Problem

SIGNS = ("=", "+", "-", "@", "\t", "\r")
MOST = 100  # problems of one table: who sees three of them knows enough
_NUMBER = r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?"
# A number, an interval, a number with its words (`-7 pp`), a point that begins with a sign (`+ time for mentors`).
_PLAIN = re.compile(
    rf"{_NUMBER}(?:\.\.{_NUMBER})?|(?!.*\w\()[+-]\d[\d.,]* [^=|!@]*|[+-] \w+(?: [^=|!@(]*)+",
)
REMEDY = "Begin de cel met een woord; een getal schrijf je zonder meer, zoals -0.5."


def is_formula(cell: str) -> bool:
    """Whether a spreadsheet would compute a cell: numbers are themselves, and words after a number are no formula."""
    return cell.startswith(SIGNS) and not _PLAIN.fullmatch(cell)


def as_text(cell: Any) -> Any:
    """A cell as it may be downloaded: a quote before a formula makes it text; numbers and whatever else stay as they are."""
    return f"'{cell}" if isinstance(cell, str) and is_formula(cell) else cell


def problems(content: str, shown: str) -> list[Problem]:
    """One problem per cell of a CSV file that a spreadsheet would compute.

    Parameters
    ----------
    content
        The text of the file, readable as CSV.
    shown
        Its name as authors know it.
    """
    return list(islice(_found(content, shown), MOST))


def _found(content: str, shown: str) -> Iterator[Problem]:
    reader = csv.reader(io.StringIO(content, newline=""))
    header, start = next(reader, []), reader.line_num + 1
    for cells in reader:
        for name, cell in zip(header, cells, strict=False):
            if cell.startswith(SIGNS) and is_formula(cell):
                yield Problem(
                    shown, "een tekst of een getal, geen formule voor een rekenblad", REMEDY, start, name, cell
                )
        start = reader.line_num + 1
