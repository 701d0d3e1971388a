"""Person-months by what had begun: each month at risk is counted under the exposure that its beginning had.

A pupil is unexposed until a programme begins, and to have begun is to have stayed that long: who is counted as exposed from entry on,
for what began later, cannot have left in between (immortal time: Suissa 2008, doi:10.1093/aje/kwm324). Months are therefore divided,
and the month in which something begins still counts as before it: who left early in that month never began, so that beginners had part
of it behind them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from leerwerk.effects.columns import plain_column
from leerwerk.effects.distinct import Distinct
from leerwerk.effects.errors import OutcomeError
from leerwerk.effects.glm import Floats, Integers

# A start that never comes.
NEVER = np.iinfo(np.intp).max


@dataclass(frozen=True)
class Stays:
    """Time at risk of a frame's rows.

    Attributes
    ----------
    traits : Distinct
        Their distinct covariates.
    months, event : array (rows,)
        Months observed, and whether the event ended the last one.
    starts : array (rows, programmes)
        Month in which each programme began, `NEVER` if it did not.
    periods : array (months,)
        The period of each month, month 1 first.
    """

    traits: Distinct
    months: Integers
    event: Floats
    starts: Integers
    periods: Integers

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """Distinct covariates, states, periods, and whether the event happened: the cells that person-months fall into."""
        return len(self.traits.rows), 2 ** self.starts.shape[1], int(self.periods.max()) + 1, 2

    def span(self, state: int) -> tuple[Integers, Integers]:
        """The last month before each row is in a state, and the last in which it is (rows,): what it has has begun, all else not.

        Programme k has begun in state s if bit k of s is set.
        """
        begun = np.array([bool(state >> programme & 1) for programme in range(self.starts.shape[1])])
        return self.starts.max(axis=1, where=begun, initial=0), self.starts.min(axis=1, where=~begun, initial=NEVER)

    def final(self) -> Integers:
        """The state of each row in its last month."""
        powers = 2 ** np.arange(self.starts.shape[1])
        return np.asarray((self.starts < self.months[:, None]) @ powers, dtype=np.intp)

    def parts(self) -> Iterator[tuple[Integers, Integers, Floats]]:
        """Rows, their cells and how many person-months they add there; each period of each state at a time, events apart."""
        _, states, periods, _ = self.shape
        ends = np.searchsorted(self.periods, np.arange(periods), side="right")
        through = self.months - (self.event == 1)
        for state in range(states):
            before, last = self.span(state)
            for period, (first, end) in enumerate(zip([0, *ends[:-1]], ends, strict=True)):
                survived = np.minimum(np.minimum(last, through), end) - np.maximum(before, first)
                rows = np.flatnonzero(survived > 0)
                yield rows, self.cells(rows, state, period, 0), survived[rows].astype(np.float64)
            rows = np.flatnonzero((self.event == 1) & (before < self.months) & (self.months <= last))
            yield rows, self.cells(rows, state, self.periods[self.months[rows] - 1], 1), np.ones(len(rows))

    def cells(self, rows: Integers, state: int, period: Integers | int, event: int) -> Integers:
        """The number of the cell that rows add to."""
        _, states, periods, _ = self.shape
        return np.asarray(((self.traits.codes[rows] * states + state) * periods + period) * 2 + event)

    def person_months(self) -> Floats:
        """Person-months in every cell."""
        size = int(np.prod(self.shape))
        found = np.zeros(size)
        for _, cells, months in self.parts():
            found += np.bincount(cells, months, size)
        return found


def read_starts(frame: pd.DataFrame, columns: Mapping[str, str], months: Integers) -> Integers:
    """The month in which each programme (by name: its column) began; missing or 0 for never.

    Raises
    ------
    OutcomeError
        For a start that is no whole month, or one after the last month observed.
    """
    found = np.full((len(frame), len(columns)), NEVER, dtype=np.intp)
    for place, name in enumerate(columns.values()):
        known = np.flatnonzero(frame[name].notna().to_numpy())
        values = plain_column(frame[name].iloc[known])
        numbers = values.to_numpy(np.float64) if values.dtype.kind == "f" else np.full(len(known), -1.0)
        if not ((numbers >= 0) & (numbers == np.floor(numbers)) & np.isfinite(numbers)).all():
            raise OutcomeError("start_months", name=name)
        begun = known[numbers > 0]
        found[begun, place] = numbers[numbers > 0].astype(np.intp)
        late = int((found[begun, place] > months[begun]).sum())
        if late:
            raise OutcomeError("start_after_end", name=name, count=late)
    return found
