"""How fast the estimators are against statsmodels, in one run, on one processor thread.

Prints, fails on nothing: the tests guard the numbers, this shows the speed. Each part runs in a process of
its own, so that peak memory is its own, and with one thread, so that ratios compare work and not cores.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

PUPILS, CENTRES, REPLICATES, NAIVE = 20_000, 50, 1_000, 30
MILLION = 1_000_000
TRAITS = {
    "discrete traits": "male + age + arrears + mother + language",
    "one continuous trait": "male + age + arrears + mother + language + score",
}
Result = TypeVar("Result")


def cohort(rows: int, seed: int) -> pd.DataFrame:
    """Pupils with the traits of a register, two arms and a 0/1 outcome."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {
            "centre": rng.integers(0, CENTRES, rows),
            "male": rng.integers(0, 2, rows),
            "age": rng.integers(15, 20, rows),
            "arrears": rng.integers(0, 4, rows),
            "mother": rng.integers(0, 3, rows),
            "language": rng.integers(0, 2, rows),
            "score": rng.standard_normal(rows),
        }
    )
    pull = 0.3 * frame["male"] - 0.3 * frame["arrears"] + 0.2 * frame["mother"] + 0.2 * frame["score"]
    frame["brug"] = (rng.random(rows) < 1 / (1 + np.exp(-pull))).astype(int)
    leave = -0.4 + 0.4 * frame["arrears"] - 0.3 * frame["mother"] - 0.4 * frame["brug"] - 0.2 * frame["score"]
    frame["vsv"] = (rng.random(rows) < 1 / (1 + np.exp(-leave))).astype(int)
    return frame


def timed(work: Callable[[], Result]) -> tuple[Result, float]:
    """What the work returns, and its seconds."""
    start = time.perf_counter()
    found = work()
    return found, time.perf_counter() - start


def naive_replicate(frame: pd.DataFrame, traits: str, counts: NDArray[np.intp]) -> list[float]:
    """AIPW means of one resampled frame by three statsmodels formula fits."""
    import statsmodels.formula.api as smf

    rows = np.concatenate(
        [np.tile(np.flatnonzero(frame["centre"] == centre), times) for centre, times in enumerate(counts)]
    )
    table = frame.iloc[rows]
    joins = smf.logit(f"brug ~ {traits}", table).fit(disp=0).predict(table)
    means = []
    for arm, chance in ((0, 1 - joins), (1, joins)):
        own = table["brug"] == arm
        predicted = smf.logit(f"vsv ~ {traits}", table[own]).fit(disp=0).predict(table)
        means.append(float((predicted + own / chance * (table["vsv"] - predicted)).mean()))
    return means


def naive_loop(frame: pd.DataFrame, traits: str, draws: NDArray[np.intp]) -> list[list[float]]:
    """One resampled frame after the other."""
    return [naive_replicate(frame, traits, counts) for counts in draws]


def bench_bootstrap() -> None:
    """The cluster bootstrap against the loop that everybody writes; the loop is timed on fewer replicates."""
    from leerwerk.effects.bootstrap import bootstrap_effect

    frame = cohort(PUPILS, seed=1).sort_values("centre", ignore_index=True)
    print(f"Cluster bootstrap of AIPW: {PUPILS} pupils, {CENTRES} centres, {REPLICATES} replicates")
    for name, traits in TRAITS.items():
        options: dict[str, Any] = {
            "outcome": f"vsv ~ {traits}",
            "treatment": f"brug ~ {traits}",
            "cluster": "centre",
        }
        bootstrap_effect(frame, replicates=2, **options)
        found, ours = timed(partial(bootstrap_effect, frame, replicates=REPLICATES, **options))
        naive_replicate(frame, traits, found.counts[0])
        loop, seconds = timed(partial(naive_loop, frame, traits, found.counts[:NAIVE]))
        theirs = seconds / NAIVE * REPLICATES
        gap = np.abs(found.replicates.to_numpy()[:NAIVE] - np.array(loop)).max()
        print(
            f"  {name}: {ours:.2f} s; statsmodels {theirs:.1f} s ({NAIVE} replicates timed, scaled); "
            f"{theirs / ours:.0f} times faster; largest difference {gap:.1e}"
        )


def bench_million() -> None:
    """AIPW with clustered standard errors on a million pupils."""
    from leerwerk.effects import average_effect

    frame = cohort(MILLION, seed=2)
    traits = TRAITS["one continuous trait"]
    before = peak_memory()
    table, seconds = timed(
        lambda: average_effect(frame, outcome=f"vsv ~ {traits}", treatment=f"brug ~ {traits}", cluster="centre").table
    )
    error = table["std_error"].iloc[0]
    held = frame.memory_usage(deep=True).sum() / 2**20
    print(f"AIPW with clustered errors on {MILLION} pupils: {seconds:.2f} s (standard error {error:.5f})")
    print(f"  peak memory {peak_memory():.0f} MB; before the call {before:.0f} MB; the frame {held:.0f} MB")


def bench_statsmodels() -> None:
    """The nearest that statsmodels has (linear outcome, no clusters), and ours on the same rows."""
    import statsmodels.api as sm
    from statsmodels.treatment.treatment_effects import TreatmentEffect

    from leerwerk.effects import average_effect

    frame, traits = cohort(PUPILS, seed=3), TRAITS["one continuous trait"]
    design = sm.add_constant(frame[traits.split(" + ")].astype(float))

    def theirs() -> tuple[float, float]:
        selection = sm.Logit(frame["brug"], design).fit(disp=0)
        model = TreatmentEffect(sm.OLS(frame["vsv"], design), frame["brug"], results_select=selection)
        found = model.aipw()
        return float(np.ravel(found.effect)[0]), float(np.ravel(found.results_gmm.bse)[0])

    def ours() -> tuple[float, float]:
        row = average_effect(
            frame, outcome=f"vsv ~ {traits}", treatment=f"brug ~ {traits}", outcome_family="linear"
        ).table.iloc[0]
        return float(row["estimate"]), float(row["std_error"])

    ours()
    (estimate, error), seconds = timed(ours)
    (other, other_error), other_seconds = timed(theirs)
    print(f"AIPW, linear outcome, {PUPILS} pupils: {seconds:.3f} s; statsmodels {other_seconds:.2f} s")
    print(
        f"  {other_seconds / seconds:.0f} times faster; estimates differ by {abs(estimate - other):.1e}",
        end="",
    )
    print(f", standard errors by {abs(error - other_error):.1e}")


def peak_memory() -> float:
    """Megabytes that this process has held at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


PARTS = {"bootstrap": bench_bootstrap, "million": bench_million, "statsmodels": bench_statsmodels}

if __name__ == "__main__":
    if len(sys.argv) > 1:
        PARTS[sys.argv[1]]()
    else:
        threads = dict.fromkeys(["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"], "1")
        for part in PARTS:
            subprocess.run([sys.executable, Path(__file__), part], check=True, env=os.environ | threads)
