"""Cluster bootstrap of average effects: whole clusters drawn with replacement, all stages re-estimated.

A replicate is a column of integer weights. Rows that agree on everything a method uses become one, and a batch of
replicates shares every matrix product.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from leerwerk.effects.average import OutcomeFamily, TreatmentFamily, arm_index, mean_labels
from leerwerk.effects.design import parse
from leerwerk.effects.diagnostics import announce
from leerwerk.effects.errors import FailedReplicatesWarning, OptionError
from leerwerk.effects.glm import FAMILIES, Fit, Floats, Integers, Link, derivatives, solve, unflatten
from leerwerk.effects.potential_outcomes import (
    MODELS_OUTCOME,
    MODELS_TREATMENT,
    Estimand,
    Method,
    Pair,
    Sample,
    Specification,
    arm_probabilities,
    fit_outcomes,
    fit_treatment,
    pairs,
    potential_mean,
    target_of,
)
from leerwerk.effects.sample import Arranged, arrange, check_options, outcome_models, treatment_model

# Floats in the largest array of a batch; 2**22 of them take 32 MB.
ELEMENTS_PER_BATCH = 2**22


@dataclass(frozen=True)
class Bootstrap:
    """Replicates of every potential-outcome mean and what follows from them.

    Attributes
    ----------
    table : DataFrame
        One row per arm against the reference: estimate (of the sample itself), std_error (standard deviation of the
        replicates), lower and upper (percentiles), n (rows in the arm).
    replicates : DataFrame
        One row per replicate, one column per mean (`target`, `arm`); not a number where a replicate failed.
    counts : array (replicates, clusters)
        How often each cluster was drawn, clusters in order of first appearance.
    failed : int
        Replicates without an estimate, left out of the table.
    warnings : tuple of str
        What the reader must know, in the language of `messages`.
    """

    table: pd.DataFrame
    replicates: pd.DataFrame
    counts: Integers
    failed: int
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class Start:
    """A model of the sample itself and, where weights are the counts, each cluster's score and information there."""

    fitted: Fit
    score: Floats | None = None
    information: Floats | None = None

    def coefficients(self, counts: Integers) -> Floats:
        """Where the replicates start: one Newton step from the sample costs no pass over the rows."""
        if self.score is None or self.information is None:
            return self.fitted.coefficients
        drawn = counts.astype(np.float64)
        step = solve(np.tensordot(drawn, self.information, axes=1), drawn @ self.score)
        # A replicate without information keeps the sample's coefficients, and fails by name in the fit.
        step = np.where(np.isfinite(step), step, 0.0)
        return self.fitted.coefficients + unflatten(step, len(self.fitted.coefficients))


@dataclass(frozen=True)
class Starts:
    """The starts of the treatment model and of the outcome models."""

    treatment: Start | None
    outcomes: dict[Pair, Start]


@dataclass(frozen=True)
class Cells:
    """Distinct rows of a sample and, sparse, how many rows of each cluster each stands for (cells, clusters)."""

    sample: Sample
    rows: Any


def bootstrap_effect(
    frame: pd.DataFrame,
    *,
    outcome: str,
    treatment: str,
    cluster: str,
    method: Method = "aipw",
    estimand: Estimand = "ate",
    outcome_family: OutcomeFamily = "logit",
    treatment_family: TreatmentFamily = "logit",
    level: float = 0.95,
    replicates: int = 1000,
    seed: int = 0,
    n_jobs: int | None = None,
) -> Bootstrap:
    """Bootstrap `average_effect` over clusters (Cameron & Miller 2015, section VI.C: the pairs cluster bootstrap).

    Parameters
    ----------
    frame, outcome, treatment, cluster, method, estimand, outcome_family, treatment_family, level
        As for `leerwerk.effects.average_effect`.
    replicates : int
        Number of draws.
    seed : int
        The draws follow from it alone: not from the number of jobs, nor from the backend.
    n_jobs : int, optional
        Passed to joblib; `joblib.parallel_config` chooses the backend. Joblib's processes share out the processor's
        threads; alone, set OMP_NUM_THREADS=1, because the matrices are too small to gain from more.

    Returns
    -------
    Bootstrap

    Raises
    ------
    EffectsError
        As `average_effect` does, for the sample itself.
    """
    from joblib import Parallel, delayed

    spec = Specification(method, estimand, outcome_family, treatment_family)
    check_options(spec, level)
    if replicates < 2:
        raise OptionError("replicates", replicates=replicates)
    arranged = arrange(frame, outcome, treatment, spec, cluster)
    cells = collapse(arranged, used_columns(frame, outcome, treatment, spec))
    counts = draw(cells.rows.shape[1], replicates, seed)
    start = checked_starts(arranged, cells, spec, replicates)
    sizes = batch_size(cells.sample)
    batches = [counts[first : first + sizes] for first in range(0, replicates, sizes)]
    found = Parallel(n_jobs=n_jobs)(delayed(replicate_means)(cells, spec, batch, start) for batch in batches)
    means = replicate_means(cells, spec, np.ones((1, counts.shape[1]), dtype=np.intp), start)[0]
    return summarise(arranged, spec, means, np.concatenate(found), counts, level)


def used_columns(frame: pd.DataFrame, outcome: str, treatment: str, spec: Specification) -> pd.DataFrame:
    """The columns on which rows must agree to be interchangeable for this method."""
    explained, assigned = parse(outcome), parse(treatment)
    names = {explained.response, assigned.response}
    names |= set(explained.columns) if spec.method in MODELS_OUTCOME else set()
    names |= set(assigned.columns) if spec.method in MODELS_TREATMENT else set()
    return frame[sorted(names)]


def collapse(arranged: Arranged, used: pd.DataFrame) -> Cells:
    """One row per distinct combination, with the rows of each cluster that have it."""
    from scipy.sparse import csr_array

    # The arm's code comes first, so that cells stay sorted by arm.
    keys = [arranged.arms.codes, *(pd.factorize(used[column])[0] for column in used)]
    distinct, first, cell = np.unique(combine(keys), return_index=True, return_inverse=True)
    position = np.empty_like(arranged.order)
    position[arranged.order] = np.arange(len(arranged.order))
    rows = position[first]
    sample, codes = arranged.sample, arranged.sample.codes[rows]
    kept = Sample(
        outcome=sample.outcome[rows],
        covariates=sample.covariates[rows],
        drivers=sample.drivers[rows],
        codes=codes,
        bounds=np.searchsorted(codes, np.arange(sample.arms + 1)),
    )
    clusters = arranged.clusters if arranged.clusters is not None else np.arange(len(cell))
    shape = (len(distinct), int(clusters.max()) + 1)
    return Cells(kept, csr_array((np.ones(len(cell)), (cell, clusters)), shape=shape))


def combine(keys: list[Integers]) -> Integers:
    """One integer per row for a combination of codes, the first key most significant; re-coded before it overflows."""
    combined = np.zeros(len(keys[0]), dtype=np.int64)
    for key in keys:
        combined = combined * (int(key.max()) + 1) + key
        combined = np.unique(combined, return_inverse=True)[1]
    return combined


def draw(clusters: int, replicates: int, seed: int) -> Integers:
    """How often each of the clusters is drawn (replicates, clusters)."""
    rng = np.random.default_rng(seed)
    return np.asarray(rng.multinomial(clusters, np.full(clusters, 1 / clusters), size=replicates), dtype=np.intp)


def batch_size(sample: Sample) -> int:
    """Replicates per batch."""
    return int(np.clip(ELEMENTS_PER_BATCH // (len(sample.outcome) * sample.arms), 16, 256))


def checked_starts(arranged: Arranged, cells: Cells, spec: Specification, replicates: int) -> Starts:
    """The sample's own models: they must exist, and replicates start from them."""
    sample = cells.sample
    whole = replace(arranged, sample=sample)
    weights = np.asarray(cells.rows.sum(axis=1), dtype=np.float64).reshape(-1, 1)
    treated, probability = treatment_model(whole, spec, weights)
    outcomes = outcome_models(whole, spec, weights, probability)
    if cells.rows.shape[1] > replicates:
        return Starts(
            None if treated is None else Start(treated),
            {pair: Start(fitted) for pair, fitted in outcomes.items()},
        )
    counted = cells.rows.toarray()
    first = None
    if treated is not None:
        first = linearise(sample.drivers, sample.codes, counted, spec.treatment_link, treated)
    if spec.method == "ipwra":
        return Starts(first, {pair: Start(fitted) for pair, fitted in outcomes.items()})
    starts = {}
    for pair, fitted in outcomes.items():
        rows = sample.rows(pair[1])
        starts[pair] = linearise(
            sample.covariates[rows], sample.outcome[rows], counted[rows], spec.outcome_link, fitted
        )
    return Starts(first, starts)


def linearise(design: Floats, response: Floats | Integers, weights: Floats, link: Link, fitted: Fit) -> Start:
    """Each cluster's score and information at the sample's coefficients."""
    return Start(fitted, *derivatives(design, response, weights, FAMILIES[link], fitted.coefficients))


def replicate_means(cells: Cells, spec: Specification, counts: Integers, starts: Starts) -> Floats:
    """Every mean of every replicate (replicates, means); not a number where a model has no finite coefficients."""
    sample, weights = cells.sample, np.asarray(cells.rows @ counts.T.astype(np.float64))
    probability, outcomes = None, {}
    valid = np.ones(len(counts), dtype=bool)
    # A replicate without rows in an arm divides nothing by nothing; it is counted as failed below.
    with np.errstate(invalid="ignore", divide="ignore", over="ignore"):
        if starts.treatment is not None:
            first = starts.treatment.coefficients(counts)
            treated = fit_treatment(sample, spec.treatment_link, weights, first)
            probability = arm_probabilities(sample, spec.treatment_link, treated)
            valid &= treated.converged
        if starts.outcomes:
            begin = {pair: start.coefficients(counts) for pair, start in starts.outcomes.items()}
            outcomes = fit_outcomes(sample, spec, weights, probability, begin)
            valid &= np.all([fitted.converged for fitted in outcomes.values()], axis=0)
        wanted = pairs(sample.arms, spec.estimand)
        means = np.stack(
            [potential_mean(sample, spec, weights, probability, outcomes.get(pair), pair) for pair in wanted],
            axis=1,
        )
    means[~valid] = np.nan
    return np.asarray(means)


def summarise(
    arranged: Arranged, spec: Specification, means: Floats, drawn: Floats, counts: Integers, level: float
) -> Bootstrap:
    """Table of effects from replicates of means."""
    failed = int(np.isnan(drawn).any(axis=1).sum())
    wanted = pairs(arranged.sample.arms, spec.estimand)
    rows = []
    for arm in range(1, arranged.sample.arms):
        target = target_of(spec.estimand, arm)
        own, other = wanted.index((target, arm)), wanted.index((target, 0))
        spread = drawn[:, own] - drawn[:, other]
        lower, upper = np.nanquantile(spread, [(1 - level) / 2, (1 + level) / 2])
        rows.append((means[own] - means[other], np.nanstd(spread, ddof=1), lower, upper))
    table = pd.DataFrame(
        rows, index=arm_index(arranged.arms.labels[1:]), columns=["estimate", "std_error", "lower", "upper"]
    )
    return Bootstrap(
        table=table.assign(n=np.bincount(arranged.arms.codes)[1:]),
        replicates=pd.DataFrame(drawn, columns=mean_labels(arranged, spec)),
        counts=counts,
        failed=failed,
        warnings=tell_failed(failed, len(drawn)),
    )


def tell_failed(failed: int, replicates: int) -> tuple[str, ...]:
    """A warning when replicates had to be left out: they are not a random part of all replicates."""
    if not failed:
        return ()
    return announce([FailedReplicatesWarning("failed_replicates", failed=failed, replicates=replicates)], stacklevel=5)
