"""What the reader must know about an estimate: weights that lean on few rows, clusters that carry little."""

from __future__ import annotations

import warnings
from typing import Any

import numpy as np
import pandas as pd

from leerwerk.effects.design import Arms, clusters_by_arm
from leerwerk.effects.errors import (
    ClusterPerRowWarning,
    ConstantOutcomeWarning,
    EffectsWarning,
    FewClustersWarning,
    FewRowsWarning,
    WeakOverlapWarning,
)
from leerwerk.effects.glm import Floats, Integers
from leerwerk.effects.messages import Text
from leerwerk.effects.potential_outcomes import Pair, Specification, pairs, relative_weights, tilt
from leerwerk.effects.sample import Arranged

# Cameron & Miller (2015, section VI) put "few" clusters anywhere below 20 to 50.
FEW_CLUSTERS = 20
# Of 40 clusters, uncorrected intervals begin to hold the truth as often as they say with 12 in one arm (tests/unit/effects/
# test_few_clusters.py); corrected ones do so from 3 on (data/simulation/coverage.csv), but rest on that few.
FEW_IN_ARM = 12
# Without clusters and corrections, intervals begin to hold with this many rows in each arm (the same file).
FEW_ROWS = 20
# Those of raw differences hold from 5 rows on if outcomes are about normal; a 0/1 outcome is not where one value is rare.
FEW_RAW, FEW_OF_A_KIND = 10, 3
# How many times its arm's average weight a row may stand for before the reader is told.
HEAVY = 20.0


def weight_summary(
    arranged: Arranged, spec: Specification, probability: Floats, labels: pd.MultiIndex, counts: Floats | None = None
) -> pd.DataFrame:
    """Per mean: smallest probability in the target, largest relative weight anybody there stands for, effective n.

    `counts` (rows sorted by arm,): how many rows each stands for, where its weight says no more than that.
    """
    rows = [weight_row(arranged, probability, pair, counts) for pair in pairs(arranged.sample.arms, spec.estimand)]
    return pd.DataFrame(rows, index=labels, columns=["minimum_probability", "largest_weight", "effective_n"])


def weight_row(
    arranged: Arranged, probability: Floats, pair: Pair, counts: Floats | None = None
) -> tuple[float, float, float]:
    """The weight that a row of the target would get in the arm, relative to the average weight there.

    Taken over the target, not over the arm: who has no counterpart in the arm gets no weight there.
    """
    target, arm = pair
    aim = probability[arranged.sample.rows(target), :, 0]
    relative = relative_weights(arranged.sample, probability, pair)[:, 0]
    own = relative * arranged.sample.counted(arranged.weights, arranged.sample.rows(arm))[:, 0]
    times = np.ones_like(own) if counts is None else counts[arranged.sample.rows(arm)]
    # A probit can put somebody beyond every digit.
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        needed = tilt(aim[:, :, None], target)[:, 0] / aim[:, arm]
    return (
        float(aim[:, arm].min()),
        float(needed.max() / np.average(relative, weights=times)),
        float(own.sum() ** 2 / (own**2 / times).sum()),
    )


def overlap_warnings(weights: pd.DataFrame | None) -> list[EffectsWarning]:
    """One warning per arm where somebody weighs far more than average."""
    if weights is None:
        return []
    worst = weights["largest_weight"].groupby(level="arm", sort=False).max()
    return [
        WeakOverlapWarning("weak_overlap", arm=arm, weight=often(weight))
        for arm, weight in worst.items()
        if weight > HEAVY
    ]


def often(weight: float) -> str | Text:
    """How many times, in words where no digits can say it."""
    return f"{weight:.0f}" if np.isfinite(weight) else Text("infinitely_many")


def outcome_warnings(arranged: Arranged, *, corrected: bool) -> list[EffectsWarning]:
    """Arms whose outcomes say too little: they do not vary, or there are few of them and no clusters to count instead."""
    sample, found = arranged.sample, list[EffectsWarning]()
    for arm, label in enumerate(arranged.arms.labels):
        outcomes = sample.outcome[sample.rows(arm)]
        if sample.stands_for is not None:
            outcomes = outcomes[sample.stands_for[sample.rows(arm)] > 0]
        if np.ptp(outcomes) == 0:
            found.append(ConstantOutcomeWarning("constant_outcome", arm=label))
        elif arranged.clusters is None:
            found += few_rows(outcomes, label, corrected)
    return found


def few_rows(outcomes: Floats, label: Any, corrected: bool) -> list[EffectsWarning]:
    """At most one warning for the rows of an arm, without clusters; `corrected` intervals are those of raw differences."""
    if not corrected:
        few = len(outcomes) < FEW_ROWS
        return (
            [FewRowsWarning("few_rows", arm=label, rows=len(outcomes), consequence=Text("too_narrow"))] if few else []
        )
    values, counts = np.unique(outcomes, return_counts=True)
    if set(values) == {0.0, 1.0} and counts.min() < FEW_OF_A_KIND:
        rare = {"value": values[counts.argmin()], "count": counts.min(), "consequence": Text("too_narrow")}
        return [FewRowsWarning("few_of_a_kind", arm=label, **rare)]
    if len(outcomes) < FEW_RAW:
        return [FewRowsWarning("few_rows", arm=label, rows=len(outcomes), consequence=Text("if_normal"))]
    return []


def cluster_warnings(arms: Arms, clusters: Integers | None, *, corrected: bool) -> list[EffectsWarning]:
    """Clusters that are rows, or few, in all or in some arm; `corrected` intervals allow for that."""
    if clusters is None:
        return []
    count = int(clusters.max()) + 1
    if count == len(clusters):
        return [ClusterPerRowWarning("cluster_per_row")]
    consequence = Text("leans" if corrected else "too_narrow")
    if count < FEW_CLUSTERS:
        return [FewClustersWarning("few_clusters", count=count, consequence=consequence)]
    return [
        FewClustersWarning("few_clusters_in_group", arm=label, count=found, consequence=consequence)
        for label, found in zip(arms.labels, clusters_by_arm(arms, clusters), strict=True)
        if found < FEW_IN_ARM
    ]


def announce(found: list[EffectsWarning], stacklevel: int) -> tuple[str, ...]:
    """Raise the warnings at the caller's line and return their texts for the page."""
    for warning in found:
        warnings.warn(warning, stacklevel=stacklevel)
    return tuple(str(warning) for warning in found)
