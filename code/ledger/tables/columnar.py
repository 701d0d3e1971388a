"""A Parquet file, piece by piece: only the columns that are asked for are read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from ledger.tables.layout import Layout, places
from ledger.tables.piece import Cells, Distinct, Piece, Whole
from ledger.tables.reading import DataError, Problem
from ledger.tables.rules import Records

_ROWS = 1 << 16  # of one piece
_AGAIN = "Schrijf het bestand opnieuw weg als Parquet."
_KINDS = "Zet ze om naar een gewone kolom met getallen, tekst of datums zonder tijdzone."


def pieces(path: Path, rules: Records, layout: Layout, file: str) -> Iterator[Piece]:
    """The rows of a file in order, some ten thousands at a time; lines count from 2, as below a header.

    Raises
    ------
    DataError
        If it is no table with the columns of the rules, or pyarrow is not installed; while reading, for a later part.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ModuleNotFoundError:
        pa = None
    if pa is None:
        raise DataError([Problem(file, "pyarrow, dat Parquet leest, is er", "Installeer het: make .venv/records.")])
    problem = None
    try:
        with pq.ParquetFile(path, memory_map=True) as table:
            wanted = places(table.schema_arrow.names, rules, layout, file)
            start = 2
            for batch in table.iter_batches(_ROWS, columns=[layout.origin(name).name for name in wanted]):
                cells = {name: _cells(batch.column(layout.origin(name).name), name, file) for name in wanted}
                yield Piece(np.arange(start, start + len(batch)), cells, len(wanted))
                start += len(batch)
    # Arrow's own errors are of several kinds; what they say may quote a cell.
    except (pa.ArrowException, OSError, ValueError, TypeError, KeyError, OverflowError, MemoryError):
        problem = Problem(file, "leesbare Parquet", _AGAIN)
    if problem:
        raise DataError([problem])


def _cells(array: Any, name: str, file: str) -> Cells:
    import pyarrow as pa

    kind = array.type
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
        array = array.cast(kind)
    if pa.types.is_integer(kind) and not pa.types.is_uint64(kind):
        empty = array.is_null().to_numpy(zero_copy_only=False)
        return Whole(array.cast(pa.int64()).fill_null(0).to_numpy(zero_copy_only=False), empty)
    if pa.types.is_null(kind):
        return Distinct([""], np.zeros(len(array), np.intp))
    if not _is_known(kind):
        raise DataError([Problem(file, "een kolom met getallen, tekst, ja of nee, of datums", _KINDS, column=name)])
    # Halves have no dictionary.
    encoded = (array.cast(pa.float32()) if pa.types.is_float16(kind) else array).dictionary_encode()
    different = encoded.dictionary
    texts = different.cast(pa.string()) if pa.types.is_temporal(kind) else different
    # What is missing stands behind the others.
    return Distinct([*map(_text, texts.to_pylist()), ""], encoded.indices.fill_null(len(different)).to_numpy())


def _is_known(kind: Any) -> bool:
    import pyarrow as pa

    if pa.types.is_timestamp(kind):
        return kind.tz is None
    known = (pa.types.is_integer, pa.types.is_floating, pa.types.is_boolean, pa.types.is_decimal, pa.types.is_date)
    return any(is_kind(kind) for is_kind in (*known, pa.types.is_string, pa.types.is_large_string))


def _text(value: Any) -> str:
    """A cell as a text file would have it: whole numbers without a point, yes and no as 1 and 0."""
    if isinstance(value, str):
        return value
    if value is None or value != value:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    return str(int(value)) if abs(value) < 1e15 and value == int(value) else str(value)
