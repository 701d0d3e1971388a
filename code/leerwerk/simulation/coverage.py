"""How often 95% intervals hold the truth when rows or clusters are few, beside what uncorrected ones would have done."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Iterator
from dataclasses import astuple, dataclass
from itertools import product

import numpy as np
import pandas as pd
from joblib import Parallel, delayed

from leerwerk.cohort.assumptions import Assumptions
from leerwerk.effects import EffectsError, average_effect
from leerwerk.effects.errors import EffectsWarning
from leerwerk.effects.inference import plain_spread
from leerwerk.effects.result import Effects, intervals
from leerwerk.simulation import experiment
from leerwerk.simulation.fingerprint import digest

LEVEL, SEED = 0.95, 20261128
CLUSTERS, ROWS_EACH = 40, 25
# Chances of a 0/1 outcome for the median row, in the reference and in the treated; standard deviations of a linear one.
CHANCES = {"equal": (0.4, 0.4), "unequal": (0.2, 0.5)}
DEVIATIONS = {"equal": (1.0, 1.0), "unequal": (1.0, 2.0)}
# Of the covariate, on the scale of the predictor, and of the clusters.
SLOPE, BETWEEN = 0.5, 0.5


@dataclass(frozen=True, slots=True)
class Case:
    """Which data, and which estimator.

    Attributes
    ----------
    few : str
        `rows`: two groups of equal size, without clusters; `clusters`: 40 of 25 rows, of which some are treated.
    size : int
        Rows in all, or treated clusters.
    outcome, variance : str
        `linear` or `binary`; `equal` or `unequal` variances in the two groups.
    family, estimator : str
        As in `leerwerk.effects.average_effect`.
    """

    few: str
    size: int
    outcome: str
    variance: str
    family: str
    estimator: str


def cases() -> Iterator[Case]:
    """All of them: raw differences and, with few rows uncorrected, two others; with few clusters every estimator."""
    for outcome, variance in product(("linear", "binary"), ("equal", "unequal")):
        for size in (10, 20, 40)[outcome == "binary" :]:
            yield Case("rows", size, outcome, variance, "linear", "difference")
        own = "linear" if outcome == "linear" else "logit"
        for size, estimator in product((20, 40, 80), ("regression", "aipw")):
            yield Case("rows", size, outcome, variance, own, estimator)
        for size, family in product((2, 3, 5, 10), dict.fromkeys(("linear", own))):
            for estimator in experiment.METHODS:
                if (family, estimator) != ("logit", "difference"):
                    yield Case("clusters", size, outcome, variance, family, estimator)


def draw(case: Case, rng: np.random.Generator) -> pd.DataFrame:
    """One data set: outcome `y`, group `arm`, covariate `x` and `cluster`, which differ in both."""
    if case.few == "rows":
        cluster = np.arange(case.size)
        arm, shared = cluster % 2, np.zeros(case.size)
        x = rng.standard_normal(case.size)
    else:
        cluster = np.repeat(np.arange(CLUSTERS), ROWS_EACH)
        arm, shared = (cluster < case.size).astype(int), BETWEEN * rng.standard_normal(CLUSTERS)[cluster]
        x = np.sqrt(0.25) * rng.standard_normal(CLUSTERS)[cluster] + np.sqrt(0.75) * rng.standard_normal(len(cluster))
    if case.outcome == "linear":
        noise = shared + rng.standard_normal(len(arm))
        y = SLOPE * x + np.array(DEVIATIONS[case.variance])[arm] * noise
    else:
        predictor = logit(np.array(CHANCES[case.variance]))[arm] + SLOPE * x + shared
        y = (rng.random(len(arm)) < 1 / (1 + np.exp(-predictor))).astype(float)
    return pd.DataFrame({"y": y, "arm": arm, "x": x, "cluster": cluster})


def logit(chance: np.ndarray) -> np.ndarray:
    """Log odds."""
    return np.log(chance / (1 - chance))


def truth(case: Case) -> float:
    """The true difference: none of a linear outcome; of a 0/1 outcome that of the average chances, by Gauss-Hermite."""
    if case.outcome == "linear":
        return 0.0
    spread = np.hypot(SLOPE, BETWEEN if case.few == "clusters" else 0.0)
    nodes, weights = np.polynomial.hermite_e.hermegauss(101)
    reference, treated = (
        weights @ (1 / (1 + np.exp(-(centre + spread * nodes)))) / weights.sum()
        for centre in logit(np.array(CHANCES[case.variance]))
    )
    return float(treated - reference)


def estimate(case: Case, rng: np.random.Generator) -> tuple[float, float, float, float]:
    """Lower and upper bound, and those of an uncorrected interval; missing where the estimator refused, by name."""
    frame = draw(case, rng)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", EffectsWarning)
        try:
            found = average_effect(
                frame,
                outcome="y ~ x",
                treatment="arm ~ x",
                method=case.estimator,  # type: ignore[arg-type]  # one of experiment.METHODS
                outcome_family=case.family,  # type: ignore[arg-type]
                cluster="cluster" if case.few == "clusters" else None,
                level=LEVEL,
            )
        except EffectsError:
            return (np.nan,) * 4
    row = found.table.iloc[0]
    return (float(row["lower"]), float(row["upper"]), *uncorrected(found, frame, case))


def uncorrected(found: Effects, frame: pd.DataFrame, case: Case) -> tuple[float, float]:
    """The plain sandwich: normal, or with clusters Student's t with one degree of freedom less than clusters."""
    codes = frame["cluster"].to_numpy() if case.few == "clusters" else None
    spread = plain_spread(found.influence.to_numpy(), codes)
    columns = intervals(found.means["estimate"].to_numpy(), spread, np.array([[-1.0, 1.0]]), LEVEL)
    return float(columns["lower"][0]), float(columns["upper"][0])


def measure(case: Case, number: int, replicates: int) -> dict[str, object]:
    """One row of the table: shares of intervals that hold the truth with their Monte Carlo error, and median widths."""
    seeds = np.random.SeedSequence(SEED, spawn_key=(number,)).spawn(replicates)
    found = np.array([estimate(case, np.random.default_rng(seed)) for seed in seeds])
    kept = found[~np.isnan(found[:, 0])]
    held = (kept[:, ::2] <= truth(case)) & (truth(case) <= kept[:, 1::2])
    coverage, before = held.mean(axis=0)
    width, width_before = np.median(kept[:, 1::2] - kept[:, ::2], axis=0)
    return dict(zip(Case.__slots__, astuple(case), strict=True)) | {
        "replicates": replicates,
        "failed": replicates - len(kept),
        "coverage": coverage,
        "coverage_mc": np.sqrt(coverage * (1 - coverage) / len(kept)),
        "width": width,
        "coverage_before": before,
        "width_before": width_before,
    }


def code_digest() -> str:
    """The fingerprint of everything that the table depends on, the number of replicates aside."""
    return digest((*experiment.MODULES, sys.modules[__name__]), Assumptions({}))


def run(replicates: int, report: Callable[[str], None] = print) -> pd.DataFrame:
    """The whole table, one row per case, on all processors of this machine."""
    planned = list(cases())
    parallel = Parallel(n_jobs=-1, return_as="generator")
    rows = []
    for row in parallel(delayed(measure)(case, number, replicates) for number, case in enumerate(planned)):
        rows.append(row)
        report(f"{len(rows)} van {len(planned)} gevallen klaar  ")
    return pd.DataFrame(rows).assign(digest=code_digest())
