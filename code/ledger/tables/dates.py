"""Dates in the cells of records: as the whole number yyyymmdd."""

from __future__ import annotations

import re
from datetime import date

_YEAR, _MONTH, _DAY = r"(?P<year>[0-9]{4})", r"(?P<month>[0-9]{1,2})", r"(?P<day>[0-9]{1,2})"
_TWO = r"(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
# What a codebook may call them; a time of day behind a date says nothing here.
PATTERNS = {
    "JJJJ-MM-DD": re.compile(rf"{_YEAR}-{_MONTH}-{_DAY}([ T][0-9:.]+)?"),
    "JJJJ/MM/DD": re.compile(rf"{_YEAR}/{_MONTH}/{_DAY}"),
    "DD/MM/JJJJ": re.compile(rf"{_DAY}/{_MONTH}/{_YEAR}"),
    "DD-MM-JJJJ": re.compile(rf"{_DAY}-{_MONTH}-{_YEAR}"),
    "DD.MM.JJJJ": re.compile(rf"{_DAY}\.{_MONTH}\.{_YEAR}"),
    "JJJJMMDD": re.compile(_YEAR + _TWO),
}


def day_number(cell: str, pattern: str) -> int | None:
    """`01/09/2014` as 20140901; none if the cell is no date that exists."""
    found = PATTERNS[pattern].fullmatch(cell)
    if found is None:
        return None
    year, month, day = (int(found[part]) for part in ("year", "month", "day"))
    try:
        date(year, month, day)
    except ValueError:
        return None
    return 10_000 * year + 100 * month + day
