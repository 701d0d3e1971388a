"""How fast and lean the estimators are against statsmodels and DoubleML, in one run, on one processor thread.

Prints, fails on nothing: the tests guard the numbers, this shows the speed. Each part runs in a process of
its own, so that peak memory is its own, and with one thread, so that ratios compare work and not cores.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

PUPILS, CENTRES, REPLICATES, NAIVE = 20_000, 50, 1_000, 30
MILLION = 1_000_000
COVARIATES = 20
NAMES = [f"x{number}" for number in range(COVARIATES)]
TERMS = " + ".join(NAMES)
FOLLOWED, MONTHS = 100_000, 120
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


def wide(rows: int, seed: int) -> pd.DataFrame:
    """Units with twenty continuous covariates, two arms and a 0/1 outcome."""
    rng = np.random.default_rng(seed)
    # The covariates stay one block of memory, so that a frame is never twice there while it is made.
    frame = pd.DataFrame(rng.standard_normal((rows, COVARIATES)), columns=NAMES, copy=False)
    for column, level in (("arm", 0.0), ("y", -0.3)):
        pull = level + frame[NAMES].to_numpy() @ rng.normal(0, 0.15, COVARIATES)
        pull -= 0.4 * frame["arm"] if column == "y" else 0.0
        frame[column] = (rng.random(rows) < 1 / (1 + np.exp(-pull))).astype(int)
    return frame


def ours(frame: pd.DataFrame, method: Any = "aipw", family: Any = "logit") -> tuple[float, float]:
    """Estimate and standard error of an average effect, all covariates in both models."""
    from leerwerk.effects import average_effect

    found = average_effect(
        frame, outcome=f"y ~ {TERMS}", treatment=f"arm ~ {TERMS}", method=method, outcome_family=family
    )
    return float(found.params.iloc[0]), float(found.bse.iloc[0])


def alternated(rounds: int, works: Mapping[str, Callable[[], Any]]) -> dict[str, float]:
    """Median seconds of each work, by rounds of all of them; a first round warms up."""
    seconds = [[timed(work)[1] for work in works.values()] for _ in range(rounds + 1)][1:]
    return dict(zip(works, np.median(seconds, axis=0).tolist(), strict=True))


def bench_treatment_effect() -> None:
    """statsmodels' AIPW (linear outcome, no clusters) with the models that it needs, and ours, on the same rows."""
    import statsmodels.api as sm
    from statsmodels.treatment.treatment_effects import TreatmentEffect

    frame = wide(PUPILS, seed=3)
    design = sm.add_constant(frame[NAMES])

    def theirs(errors: bool = True) -> tuple[float, float]:
        chosen = sm.Logit(frame["arm"], design).fit(disp=0)
        model = TreatmentEffect(sm.OLS(frame["y"], design), frame["arm"], results_select=chosen)
        if not errors:
            return float(model.aipw(return_results=False)[0]), np.nan
        found = model.aipw()
        return float(np.ravel(found.effect)[0]), float(np.ravel(found.results_gmm.bse)[0])

    mine = partial(ours, frame, family="linear")
    gaps = np.abs(np.subtract(mine(), theirs()))
    taken = alternated(3, {"ours": mine, "theirs": theirs, "bare": partial(theirs, errors=False)})
    print(f"AIPW, linear outcome, {COVARIATES} covariates, {PUPILS} rows: {taken['ours']:.3f} s with standard errors")
    print(
        f"  statsmodels with its own, models included: {taken['theirs'] / taken['ours']:.0f} times as long (wanted: 60)"
    )
    print(f"  without standard errors, which ours has: {taken['bare'] / taken['ours']:.1f} times as long")
    print(f"  estimates differ by {gaps[0]:.1e}, standard errors by {gaps[1]:.1e}")


def double_ml(frame: pd.DataFrame, folds: int) -> Any:
    """DoubleML's model with unpenalised logits, not yet fitted; with one fold it fits them once, on all rows."""
    from doubleml import DoubleMLData, DoubleMLIRM
    from sklearn.linear_model import LogisticRegression

    learner, everyone = LogisticRegression(C=np.inf), np.arange(len(frame))
    data = DoubleMLData(frame, "y", "arm")
    model = DoubleMLIRM(data, learner, learner, n_folds=folds, draw_sample_splitting=folds > 1)
    return model if folds > 1 else model.set_sample_splitting((everyone, everyone))


def bench_doubleml() -> None:
    """AIPW on a million rows, from the frame on, against the mere fit of DoubleML's models, cross-fitted by default."""
    if not has_doubleml():
        return
    frame = wide(MILLION, seed=4)
    models = {f"{folds} folds": double_ml(frame, folds) for folds in (5, 2)} | {"no folds": double_ml(frame, 1)}
    taken = alternated(5, {"ours": partial(ours, frame)} | {name: model.fit for name, model in models.items()})
    print(
        f"AIPW, 0/1 outcome, {COVARIATES} covariates, {MILLION} rows: {taken['ours']:.2f} s; our time over DoubleML's"
    )
    print("  " + ", ".join(f"{name}: {taken['ours'] / taken[name]:.2f}" for name in models), "(wanted: at most 1.5)")
    gaps = np.abs(np.subtract(ours(frame), (models["no folds"].coef[0], models["no folds"].se[0])))
    print(f"  without cross-fitting estimates differ by {gaps[0]:.1e}, standard errors by {gaps[1]:.1e}")


def has_doubleml() -> bool:
    """Whether DoubleML is there; what installs it is said if not."""
    if find_spec("doubleml"):
        return True
    print("DoubleML is not installed, and not compared: make .venv/peers installs it")
    return False


def bench_logit() -> None:
    """IPW with its standard errors against the logit alone, on ready arrays."""
    import statsmodels.api as sm

    frame = wide(MILLION, seed=5)
    design, arm = sm.add_constant(frame[NAMES]).to_numpy(), frame["arm"].to_numpy()
    taken = alternated(7, {"ours": partial(ours, frame, "ipw"), "theirs": lambda: sm.Logit(arm, design).fit(disp=0)})
    print(f"IPW, {COVARIATES} covariates, {MILLION} rows: {taken['ours']:.2f} s")
    print(
        f"  our time over that of statsmodels' bare logit: {taken['ours'] / taken['theirs']:.2f} (wanted: at most 1.3)"
    )


def added_memory(work: Callable[[], Any]) -> float:
    """Megabytes that some work adds at most to what is resident before."""
    before = resident_memory()
    work()
    return peak_memory() - before


def bench_memory(name: str, work: Callable[[pd.DataFrame], Any]) -> None:
    """Peak memory of AIPW on a million rows."""
    if name == "DoubleML" and not has_doubleml():
        return
    frame = wide(MILLION, seed=4)
    work(frame[:1000])
    held = frame.memory_usage(deep=True).sum() / 2**20
    added = added_memory(partial(work, frame))
    print(f"Memory that AIPW adds to a frame of {held:.0f} MB: {name} {added:.0f} MB")


def bench_months(*breaks: int) -> None:
    """Peak memory of standardised risks over ten years of months."""
    from leerwerk.effects import standardised_risks

    frame, rng = cohort(FOLLOWED, seed=6), np.random.default_rng(7)
    chance = 0.01 + 0.005 * frame["arrears"] - 0.003 * frame["brug"]
    leaving, end = rng.geometric(chance), rng.integers(60, MONTHS + 1, FOLLOWED)
    frame["months"], frame["left"] = np.minimum(leaving, end), (leaving <= end).astype(int)
    options: dict[str, Any] = {"event": "left", "arm": "brug", "breaks": breaks, "months": range(1, MONTHS + 1)}
    options["outcome"] = f"months ~ {TRAITS['one continuous trait']}"
    standardised_risks(frame[:1000], **options)
    held = frame.memory_usage(deep=True).sum() / 2**20
    added = added_memory(partial(standardised_risks, frame, **options))
    print(f"Standardised risks, {FOLLOWED} rows, 2 arms, {MONTHS} months, breaks {breaks}")
    print(f"  adds {added:.1f} MB, {added / held:.2f} times the frame's (wanted: at most 2)")


def resident_memory() -> float:
    """Megabytes that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def peak_memory() -> float:
    """Megabytes that this process has held at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


PARTS: dict[str, Callable[[], None]] = {
    "bootstrap": bench_bootstrap,
    "million": bench_million,
    "statsmodels": bench_treatment_effect,
    "doubleml": bench_doubleml,
    "logit": bench_logit,
    "memory": partial(bench_memory, "ours", ours),
    "their memory": partial(bench_memory, "DoubleML", lambda frame: double_ml(frame, 1).fit()),
    "one hazard": bench_months,
    "three hazards": partial(bench_months, 24, 60),
}

if __name__ == "__main__":
    if len(sys.argv) > 1:
        PARTS[sys.argv[1]]()
    else:
        threads = dict.fromkeys(["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"], "1")
        for part in PARTS:
            subprocess.run([sys.executable, Path(__file__), part], check=True, env=os.environ | threads)
