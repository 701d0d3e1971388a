"""Runs the Monte Carlo: `python -m leerwerk.simulation.run`, on this machine or, with BACKEND=dask, on a Dask cluster.

Finished chunks of replicates are kept under _build/simulation/ until the code or the assumptions change: interrupted
with Ctrl-C, the next run goes on where this one stopped. The numbers do not depend on where or in which order they run.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from joblib import Parallel, delayed, parallel_config

from leerwerk.cohort.assumptions import assumptions
from leerwerk.simulation import coverage, experiment
from leerwerk.simulation.experiment import Superpopulation
from leerwerk.tables import simulation
from leerwerk.tables.folder import DATA

REPLICATES = 2000
CHUNK = 20
BUILD = DATA.path.parent / "_build" / "simulation"
RESULTS, COVERAGE = DATA.path / simulation.RESULTS, DATA.path / simulation.COVERAGE
BACKENDS = ("local", "dask")
# Enough for any reader and far more than is certain; the last digits of floating point would differ between machines.
DIGITS = 6


@dataclass(frozen=True, slots=True)
class Plan:
    """How many replicates, in chunks of how many, from which seed, and where finished chunks are kept."""

    replicates: int
    seed: int
    folder: Path
    chunk: int = CHUNK

    def chunks(self) -> list[range]:
        """The replicates' numbers, chunk by chunk."""
        starts = range(0, self.replicates, self.chunk)
        return [range(start, min(start + self.chunk, self.replicates)) for start in starts]

    def file(self, numbers: range) -> Path:
        """Where a chunk is kept."""
        return self.folder / f"{self.seed}-{numbers.start}-{numbers.stop}.csv"


def run_chunk(population: Superpopulation, seed: int, numbers: range) -> tuple[range, pd.DataFrame]:
    """The estimates of some replicates; what a worker does."""
    return numbers, pd.concat([experiment.replicate(population, seed, number) for number in numbers])


def run(plan: Plan, backend: str = "local", report: Callable[[str], None] = print) -> pd.DataFrame:
    """All replicates' estimates, in order; chunks that exist are read, the others computed and kept.

    Parameters
    ----------
    backend
        `local` (all processors) or `dask`: the cluster at DASK_SCHEDULER_ADDRESS, without it one on this machine.
    report
        Receives a line of progress after every chunk.

    Raises
    ------
    ValueError
        For an unknown backend.
    """
    plan.folder.mkdir(parents=True, exist_ok=True)
    missing = [numbers for numbers in plan.chunks() if not plan.file(numbers).is_file()]
    done = len(plan.chunks()) - len(missing)
    if missing:
        started = time.monotonic()
        with workers(backend) as parallel:
            for count, (numbers, found) in enumerate(_results(parallel, plan, missing), 1):
                _keep(found, plan.file(numbers))
                report(_progress(done + count, len(plan.chunks()), (time.monotonic() - started) / count))
    return pd.concat([_read(plan.file(numbers)) for numbers in plan.chunks()], ignore_index=True)


@contextmanager
def workers(backend: str) -> Iterator[Parallel]:
    """Joblib on this machine's processors or on a Dask cluster, one thread of linear algebra each."""
    if backend not in BACKENDS:
        raise ValueError(f"BACKEND={backend} bestaat niet: kies {' of '.join(BACKENDS)}")
    if backend == "local":
        with parallel_config("loky", inner_max_num_threads=1):
            yield Parallel(n_jobs=-1, return_as="generator_unordered")
        return
    from distributed import Client

    address = os.environ.get("DASK_SCHEDULER_ADDRESS")
    with Client(address) if address else Client(threads_per_worker=1, dashboard_address=None), parallel_config("dask"):
        yield Parallel(return_as="generator_unordered")


def results(found: pd.DataFrame) -> pd.DataFrame:
    """The table as committed: measures with their Monte Carlo errors, and the digest of what made them."""
    population = experiment.superpopulation()
    table = experiment.performance(found, population.truth)
    made_by = experiment.code_digest()
    columns = list(simulation.TABLES[simulation.RESULTS].columns)
    return table.assign(pupils=population.pupils, centres=population.centres, digest=made_by)[columns]


def as_csv(table: pd.DataFrame) -> bytes:
    """The table's bytes, fractions in six decimals."""
    return table.to_csv(index=False, lineterminator="\n", float_format=f"%.{DIGITS}f").encode()


def main(arguments: Sequence[str] | None = None) -> None:
    """Run, and write data/simulation/coverage.csv and results.csv."""
    parser = argparse.ArgumentParser(description="Monte Carlo van de schatters")
    parser.add_argument("--replicates", type=int, default=REPLICATES)
    parser.add_argument("--backend", default=os.environ.get("BACKEND", "local"), choices=BACKENDS)
    chosen = parser.parse_args(arguments)
    plan = Plan(chosen.replicates, assumptions().count("simulation.seed"), BUILD / experiment.code_digest())
    try:
        COVERAGE.write_bytes(as_csv(coverage.run(chosen.replicates, _tell)))
        found = run(plan, chosen.backend, _tell)
    except KeyboardInterrupt:
        sys.exit("\nOnderbroken: wat klaar is, blijft bewaard; dezelfde opdracht gaat verder.")
    RESULTS.write_bytes(as_csv(results(found)))
    print(f"\n{RESULTS.parent.relative_to(DATA.path.parent)}: {chosen.replicates} herhalingen", file=sys.stderr)


def _tell(line: str) -> None:
    print(line, end="\r", file=sys.stderr, flush=True)


def _results(parallel: Parallel, plan: Plan, missing: Sequence[range]) -> Iterator[tuple[range, pd.DataFrame]]:
    population = experiment.superpopulation()
    yield from parallel(delayed(run_chunk)(population, plan.seed, numbers) for numbers in missing)


def _keep(found: pd.DataFrame, file: Path) -> None:
    # Renaming is all or nothing: a chunk that exists is complete.
    unfinished = file.with_suffix(".unfinished")
    found.to_csv(unfinished, index=False, na_rep="nan")
    unfinished.replace(file)


def _read(file: Path) -> pd.DataFrame:
    # Through strings: NumPy reads back exactly what Python printed, pandas' own parser not in every version.
    table = pd.read_csv(file, dtype=str, keep_default_na=False)
    types = dict.fromkeys(("estimate", "std_error", "lower", "upper"), "float64") | {"replicate": "int64"}
    return table.astype(types)


def _progress(done: int, total: int, seconds_each: float) -> str:
    minutes = seconds_each * (total - done) / 60
    return f"{done} van {total} delen klaar, nog ongeveer {minutes:.0f} min  "


if __name__ == "__main__":
    main()
