"""From dates in pupil records to school years, ages and months: all counted from the September in which a pupil entered.

Dates are whole numbers yyyymmdd, as `ledger.tables.dates` gives them; what cannot be worked out is `packing.BAD`.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from ledger.tables.packing import BAD, EMPTY
from ledger.tables.rules import Dated

# Entry years and the end of follow-up; a test compares them with the published period.
ENTRY_YEARS, END_OF_FOLLOW_UP = (2014, 2015), 2018
LONGEST = 12 * (END_OF_FOLLOW_UP - ENTRY_YEARS[0])
_FIRST_MONTH = 9
Whole = NDArray[np.int64]
Columns = Mapping[str, Whole]


def school_year(dates: Whole, columns: Columns, at: int | None = None) -> Whole:
    """The year in which the school year of each date began."""
    return np.where(dates == EMPTY, BAD, _year(dates) - (_month(dates) < _FIRST_MONTH))


def age(dates: Whole, columns: Columns, at: int | None = None) -> Whole:
    """Full years from each date of birth to 1 September of the entry, or to `at`."""
    day = columns["cohort"] * 10_000 + 100 * _FIRST_MONTH + 1 if at is None else at
    return np.where(dates == EMPTY, BAD, (day - dates) // 10_000)


def month(dates: Whole, columns: Columns, at: int | None = None) -> Whole:
    """In which month each date lies, that September being the first; EMPTY without a date."""
    counted = 12 * (_year(dates) - columns["cohort"]) + _month(dates) - _FIRST_MONTH + 1
    return np.where(dates == EMPTY, EMPTY, counted)


def months(dates: Whole, columns: Columns, at: int | None = None) -> Whole:
    """Months until an early leaver left, and until the end of follow-up for anyone else, whatever date stands there."""
    return np.where(columns["vsv"] == 0, 12 * (END_OF_FOLLOW_UP - columns["cohort"]), month(dates, columns))


COHORT, AGE = Dated(school_year), Dated(age, ("cohort",), at="cohort")
MONTH, MONTHS = Dated(month, ("cohort",)), Dated(months, ("cohort", "vsv"))


def _year(dates: Whole) -> Whole:
    return dates // 10_000


def _month(dates: Whole) -> Whole:
    return dates // 100 % 100
