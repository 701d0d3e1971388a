"""From a file of many rows to a typed frame of few bytes, or to the problems that keep it from being one, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from ledger.tables import delimited
from ledger.tables.delimited import Piece
from ledger.tables.layout import AS_OURS, Layout
from ledger.tables.packing import BAD, Column
from ledger.tables.reading import DataError, Problem
from ledger.tables.rules import Records
from ledger.tables.tally import Tally

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
    if not path.is_file():
        raise DataError([Problem(file, "het bestand bestaat", "Zet het bestand terug of herstel zijn naam.")])
    reading = _Reading(rules, layout, file)
    reading.take(delimited.pieces(path, rules, layout, file))
    return reading.frame()


class _Reading:
    """The packed columns of the pieces so far, and what is wrong with them."""

    def __init__(self, rules: Records, layout: Layout, file: str) -> None:
        self._rules, self._file = rules, file
        self._columns = {
            name: Column(rule, name in rules.numeric, layout.origin(name)) for name, (rule,) in rules.columns.items()
        }
        self._packed: dict[str, list[NDArray[Any]]] = {}
        self._keys: list[NDArray[np.int32]] = []
        self._lines: list[NDArray[np.int32]] = []
        self._wrong, self._misshapen = Tally(file), Tally(file)

    def take(self, pieces: Iterable[Piece]) -> None:
        """Check and pack every piece."""
        for piece in pieces:
            self._tell_misshapen(piece)
            values = {name: cells.numbers(self._columns[name]) for name, cells in piece.cells.items()}
            self._keys += [values[key].astype(np.int32) for key in self._rules.key]
            self._lines.append(piece.lines.astype(np.int32))
            sound = self._sound(piece, values)
            packed = {name: self._columns[name].packed(column) for name, column in values.items()}
            self._check_rows(piece, packed, sound)
            for name, column in packed.items():
                self._packed.setdefault(name, []).append(column)

    def _sound(self, piece: Piece, values: dict[str, NDArray[np.int64]]) -> NDArray[np.intp]:
        """The places of the rows of which no cell breaks the rule of its column."""
        fits = np.ones(len(piece.lines), dtype=bool)
        for name, column in values.items():
            bad = column == BAD
            fits &= ~bad
            self._tell(name, self._columns[name].rule, piece, np.flatnonzero(bad), name)
        return np.flatnonzero(fits)

    def _check_rows(self, piece: Piece, packed: dict[str, NDArray[Any]], sound: NDArray[np.intp]) -> None:
        """A cell that breaks its own rule would break the row's as well: one mistake, one message."""
        columns = {name: self._columns[name].column(column[sound]) for name, column in packed.items()}
        frame = pd.DataFrame(columns, copy=False)
        for rule in self._rules.across if len(frame) else ():
            if rule.column in frame:
                self._tell(rule.column, rule, piece, sound[~rule.holds(frame).to_numpy(bool)], rule.column)

    def _tell(self, column: str, rule: Any, piece: Piece, places: NDArray[np.intp], cell: str) -> None:
        def found(place: int) -> str:
            return piece.cells[cell].found(int(places[place]))

        self._wrong.add(column, rule.demand, rule.remedy, piece.lines[places], found)

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
        places = np.flatnonzero(pd.Series(keys).duplicated() & (keys != BAD))
        lines = np.concatenate(self._lines)[places]
        self._wrong.add(self._rules.key[0], *_REPEATED, lines, lambda place: str(keys[places[place]]))
