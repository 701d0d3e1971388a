"""From a file of many rows to a typed frame of few bytes, or to the problems that keep it from being one, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ledger.tables import columnar, delimited
from ledger.tables.layout import AS_OURS, Layout
from ledger.tables.packing import BAD, EMPTY, Column
from ledger.tables.piece import Piece
from ledger.tables.reading import DataError, Problem, require_file
from ledger.tables.rules import Records
from ledger.tables.tally import Tally

PARQUET = ".parquet"
UNTOLD = EMPTY + 1  # of what follows from another cell that is wrong, and is no mistake of its own
_REPEATED = "elke sleutel komt een keer voor", "Verwijder de dubbele rij of geef ze een eigen sleutel."


def read(path: Path, rules: Records, file: str, layout: Layout = AS_OURS) -> pd.DataFrame:
    """The rows of a file, one each: only the columns of the rules.

    Parameters
    ----------
    file
        Its name as authors know it, for messages.

    Raises
    ------
    DataError
        If it is missing, no table, or breaks a rule.
    """
    require_file(path, file)
    reading = _Reading(rules, layout, file)
    kind = columnar if path.suffix == PARQUET else delimited
    reading.take(kind.pieces(path, rules, layout, file))
    return reading.frame()


class _Reading:
    """The packed columns of the pieces so far, and what is wrong with them."""

    def __init__(self, rules: Records, layout: Layout, file: str) -> None:
        self._rules, self._file = rules, file
        self._columns = {
            name: Column(rule, name in rules.numeric, layout.origin(name), name in rules.key)
            for name, (rule,) in rules.columns.items()
        }
        self._packed: dict[str, list[NDArray[Any]]] = {}
        self._keys: list[NDArray[np.int64]] = []
        self._lines: list[NDArray[np.int32]] = []
        self._wrong, self._misshapen = Tally(file), Tally(file)

    def take(self, pieces: Iterable[Piece]) -> None:
        """Check and pack every piece."""
        for piece in pieces:
            self._tell_misshapen(piece)
            values = {name: cells.numbers(self._columns[name]) for name, cells in piece.cells.items()}
            self._turn_dates(piece, values)
            self._take_keys(values)
            self._lines.append(piece.lines.astype(np.int32))
            sound = self._sound(piece, values)
            packed = {name: self._columns[name].packed(column) for name, column in values.items()}
            self._check_rows(piece, packed, sound)
            for name, column in packed.items():
                self._packed.setdefault(name, []).append(column)

    def _turn_dates(self, piece: Piece, values: dict[str, NDArray[np.int64]]) -> None:
        """Put in the place of dates what they tell; a date that is none is told here, once."""
        for name in (name for name in values if self._columns[name].origin.date):
            column, dated, dates = self._columns[name], self._rules.dated[name], values[name]
            demand = f"een datum die bestaat, als {column.origin.date}"
            self._tell(
                name, demand, "Kijk de datum na, of het patroon in codebook.yml.", piece, np.flatnonzero(dates == BAD)
            )
            unknown = np.any(
                [dates == BAD, *(values[other] <= UNTOLD for other in dated.needs if other in values)], axis=0
            )
            turned = dated.turn(np.where(unknown, EMPTY, dates), values, column.origin.at)
            values[name] = np.where(unknown, UNTOLD, column.within(turned, turned == EMPTY))

    def _take_keys(self, values: dict[str, NDArray[np.int64]]) -> None:
        for name in self._rules.key:
            self._keys.append(values[name])
            if self._columns[name].tells_rows_apart:
                first = sum(map(len, self._keys[:-1])) + 1
                rows = np.arange(first, first + len(values[name]))
                values[name] = np.where(values[name] == BAD, BAD, self._columns[name].within(rows, rows == 0))

    def _sound(self, piece: Piece, values: dict[str, NDArray[np.int64]]) -> NDArray[np.intp]:
        """The places of the rows of which no cell breaks the rule of its column."""
        fits = np.ones(len(piece.lines), dtype=bool)
        for name, column in values.items():
            bad = column == BAD
            fits &= ~bad & (column != UNTOLD)
            rule = self._columns[name].rule
            self._tell(name, rule.demand, rule.remedy, piece, np.flatnonzero(bad))
        return np.flatnonzero(fits)

    def _check_rows(self, piece: Piece, packed: dict[str, NDArray[Any]], sound: NDArray[np.intp]) -> None:
        """A cell that breaks its own rule would break the row's as well: one mistake, one message."""
        columns = {name: self._columns[name].column(column[sound]) for name, column in packed.items()}
        frame = pd.DataFrame(columns, copy=False)
        for rule in self._rules.across if len(frame) else ():
            if rule.column in frame:
                broken = sound[~rule.holds(frame).to_numpy(bool)]
                self._tell(rule.column, rule.demand, rule.remedy, piece, broken)

    def _tell(self, column: str, demand: str, remedy: str, piece: Piece, places: NDArray[np.intp]) -> None:
        def found(place: int) -> str:
            return piece.cells[column].found(int(places[place]))

        self._wrong.add(column, demand, remedy, piece.lines[places], found)

    def _tell_misshapen(self, piece: Piece) -> None:
        if piece.misshapen:
            lines, widths = zip(*piece.misshapen, strict=True)
            demand = f"{piece.width} kolommen op elke rij"
            found = [f"{width} kolommen" for width in widths]
            self._misshapen.add(None, demand, delimited.WIDTH, np.array(lines), found.__getitem__)

    def frame(self) -> pd.DataFrame:
        """All rows, if nothing is wrong."""
        if self._misshapen:
            raise DataError(self._misshapen.problems())
        if not self._lines:
            raise DataError([Problem(self._file, "minstens een rij", "Haal het bestand terug uit git.")])
        self._refuse_repeated_keys()
        if self._wrong:
            raise DataError(self._wrong.problems())
        packed = self._packed
        # One column at a time, so that only one is held twice.
        return pd.DataFrame(
            {name: self._columns[name].column(np.concatenate(packed.pop(name))) for name in list(packed)}, copy=False
        )

    def _refuse_repeated_keys(self) -> None:
        keys = np.concatenate(self._keys)
        self._keys.clear()
        ordered = np.sort(keys)  # leaner than a table of what was seen, which is made only to tell where
        if not (ordered[1:] == ordered[:-1]).any():
            return
        places = np.flatnonzero(pd.Series(keys).duplicated() & (keys != BAD))
        lines = np.concatenate(self._lines)[places]
        self._wrong.add(self._rules.key[0], *_REPEATED, lines, lambda place: str(keys[places[place]]))
