"""What the estimates from pupil records take as the records grow: 10 000 pupils to ten million, in one run, on one thread.

Records are cohorts of the book's own structural model put together, each of 10 000 pupils in 50 centres of its own, up to the 10 000
centres that a table may have, in the compact types that a reader hands out. Every claim is answered and every size estimated. Prints,
fails on nothing. Each number of pupils has a process of its own, so that peak memory is its own; ratios compare processor time.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from typing import Any

import numpy as np
import pandas as pd

SIZES = (10_000, 200_000, 1_000_000, 10_000_000)
COHORT, CENTRES, MOST_CENTRES = 10_000, 50, 10_000
GIGABYTE = 2**20  # ru_maxrss counts kilobytes


def compact(table: pd.DataFrame, part: int) -> pd.DataFrame:
    """One cohort without its numbering, its centres those of its part, in as few bytes as its values need."""
    from leerwerk.tables import pupils

    labels = {"region": pupils.REGIONS, "field": pupils.FIELDS, "programme": pupils.PROGRAMMES}
    labels |= {"sex": ("f", "m"), "mother": ("high", "low", "mid"), "language": ("nl", "other")}
    types: dict[str, Any] = {name: pd.CategoricalDtype(sorted(labels[name])) for name in labels if name in table}
    types |= {name: np.int16 if table[name].max() > 100 else np.int8 for name in table.columns if name not in types}
    centre = (table["centre"] + part * CENTRES - 1) % MOST_CENTRES + 1
    return table.assign(centre=centre).astype(types | {"centre": np.int16}).drop(columns="id")


def records(pupils: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Pupils in learning and working, and of BuSO OV3: one row each, so many of the first."""
    from leerwerk.cohort.abo import draw_abo
    from leerwerk.cohort.assumptions import assumptions
    from leerwerk.cohort.learners import draw_learners

    known, rng = assumptions(), np.random.default_rng(pupils)
    parts = range(pupils // COHORT)
    learning = [compact(draw_learners(known.within("learners"), rng).observed, part) for part in parts]
    special = [compact(draw_abo(known.within("abo"), rng).observed, part) for part in parts]
    return pd.concat(learning, ignore_index=True), pd.concat(special, ignore_index=True)


def estimates(learners: pd.DataFrame, abo: pd.DataFrame) -> None:
    """All that the results step does with pupil records: the answer to every claim, the sizes behind them, and what may leave."""
    from leerwerk.micro.pupils.answers import drafts, possible
    from leerwerk.micro.pupils.disclosure import decide
    from leerwerk.tables.pupils import ABO_LEARNERS, LEARNERS

    for name, frame in ((LEARNERS, learners), (ABO_LEARNERS, abo)):
        decide(drafts(name, frame), drafts(name, possible(name, frame)))


def seconds(work: Callable[[], None]) -> float:
    """Processor time."""
    start = time.process_time()
    work()
    return time.process_time() - start


def measure(pupils: int) -> dict[str, float]:
    """Processor seconds of the estimates, and the most gigabytes that their process held, drawing the records included."""
    warnings.simplefilter("ignore")
    learners, abo = records(pupils)
    # What is imported or compiled once is no part of it.
    estimates(learners[:COHORT], abo[:COHORT])
    taken = seconds(lambda: estimates(learners, abo))
    return {"seconds": taken, "peak": getrusage(RUSAGE_SELF).ru_maxrss / GIGABYTE}


def main() -> None:
    """Each number of pupils in a process of its own, compared with the first."""
    threads = dict.fromkeys(["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"], "1")
    print(
        "Every estimate from pupil records, by how many pupils (wanted: growth at most linear, 200 000 within 5 times"
    )
    print("as long as 10 000, ten million within 8 GB)")
    first = None
    for pupils in SIZES:
        command = [sys.executable, str(Path(__file__)), str(pupils)]
        told = subprocess.run(command, check=True, env=os.environ | threads, capture_output=True, text=True).stdout
        found = json.loads(told)
        first = first or found["seconds"]
        ratio = found["seconds"] / first
        print(
            f"  {pupils:>10}: {ratio:.1f} times as long ({pupils // SIZES[0]} times the pupils), {found['peak']:.2f} GB"
        )


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps(measure(int(sys.argv[1]))))
    else:
        main()
