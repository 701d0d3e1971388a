"""How time and memory grow with the number of pupils when records are read, from CSV and from Parquet.

Prints, fails on nothing. Each file is read in a process of its own, so that peak memory is its own; what the packages
hold before is left out. `python benchmarks/bench_reading.py 10000 100000` takes other sizes.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from ledger.tables import records
from leerwerk.tables.folder import DATA
from leerwerk.tables.pupils import LEARNERS, TABLES

SIZES = (10_000, 100_000, 1_000_000, 10_000_000)
MEGABYTE = 2**20


def blocks(rows: int) -> Iterator[pd.DataFrame]:
    """The synthetic pupils over and over, each with a number of its own, and a column that nobody reads."""
    pupils = pd.read_csv(DATA.path / LEARNERS)
    for start in range(0, rows, len(pupils)):
        block = pupils.head(rows - start)
        yield block.assign(id=block["id"] + start, name="Voornaam Familienaam")


def write_csv(file: Path, rows: int) -> None:
    """As text."""
    for place, block in enumerate(blocks(rows)):
        block.to_csv(file, mode="a", header=place == 0, index=False)


def write_parquet(file: Path, rows: int) -> None:
    """In one row group for each hundred thousand pupils."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    tables = (pa.Table.from_pandas(block, preserve_index=False) for block in blocks(rows))
    first = next(tables)
    with pq.ParquetWriter(file, first.schema) as writer:
        part = [first]
        for table in tables:
            if len(part) == 10:
                writer.write_table(pa.concat_tables(part))
                part.clear()
            part.append(table)
        writer.write_table(pa.concat_tables(part))


WRITERS: dict[str, Callable[[Path, int], None]] = {"csv": write_csv, "parquet": write_parquet}


def read(file: Path) -> None:
    """Print processor seconds, the bytes of the frame, and what reading added to this process at most."""
    # A first file loads whatever reading needs.
    records.read(DATA.path / LEARNERS, TABLES[LEARNERS], "warm")
    before, start = peak(), time.process_time()
    frame = records.read(file, TABLES[LEARNERS], "bench")
    seconds = time.process_time() - start
    print(len(frame), seconds, frame.memory_usage(index=False).sum() / MEGABYTE, peak() - before)


def peak() -> float:
    """Megabytes that this process has held at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def bench(kind: str, sizes: tuple[int, ...]) -> None:
    """One line for each size; the last column says how time grew against the number of pupils."""
    print(f"Reading pupils from {kind}, in processor time")
    first = 0.0
    for rows in sizes:
        with TemporaryDirectory() as folder:
            file = Path(folder) / f"learners.{kind}"
            WRITERS[kind](file, rows)
            size = file.stat().st_size / MEGABYTE
            told = subprocess.run([sys.executable, __file__, str(file)], check=True, capture_output=True, text=True)
        found, seconds, frame, added = map(float, told.stdout.split())
        first = first or seconds / found
        print(
            f"  {rows:>10,} pupils, file {size:6.1f} MB: {seconds:6.2f} s, {1e6 * seconds / found:5.2f} us each"
            f" ({seconds / found / first:.2f} times the first), frame {frame:6.1f} MB, adds at most {added:6.1f} MB"
        )


if __name__ == "__main__":
    if len(sys.argv) == 2 and not sys.argv[1].isdigit():
        read(Path(sys.argv[1]))
    else:
        for each in WRITERS:
            bench(each, tuple(map(int, sys.argv[1:])) or SIZES)
