"""What the reader must know about an estimate: weights that lean on few rows, clusters that carry little."""

from __future__ import annotations

import warnings

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
from leerwerk.effects.potential_outcomes import Pair, Specification, pairs, relative_weights
from leerwerk.effects.sample import Arranged

# Cameron & Miller (2015, section VI) put "few" clusters anywhere below 20 to 50.
FEW_CLUSTERS = 20
# Of 40 clusters with k in one arm, a 95% interval for the difference held the truth in 25% of 400 draws at k = 1, 71% at 2,
# 90% at 5, 94% at 10 and 95% from 12 on (tests/unit/effects/test_few_clusters.py).
FEW_IN_ARM = 12
# Of two equal groups, a 95% interval for the difference held the truth in 86 to 90% of 600 draws with 5 rows in each, in 90 to 91%
# with 10, and from 20 on in 93 to 95% (tests/unit/effects/test_few_rows.py).
FEW_ROWS = 20
TOO_NARROW = "het betrouwbaarheidsinterval is waarschijnlijk te smal. Lees het als ondergrens van de onzekerheid."
# How many times its arm's average weight a row may stand for before the reader is told.
HEAVY = 20.0


def weight_summary(arranged: Arranged, spec: Specification, probability: Floats, labels: pd.MultiIndex) -> pd.DataFrame:
    """Per mean: smallest probability in the target, largest relative weight anybody there stands for, effective n."""
    rows = [weight_row(arranged, probability, pair) for pair in pairs(arranged.sample.arms, spec.estimand)]
    return pd.DataFrame(rows, index=labels, columns=["minimum_probability", "largest_weight", "effective_n"])


def weight_row(arranged: Arranged, probability: Floats, pair: Pair) -> tuple[float, float, float]:
    """The weight that a row of the target would get in the arm, relative to the average weight there.

    Taken over the target, not over the arm: who has no counterpart in the arm gets no weight there.
    """
    target, arm = pair
    aim = probability[arranged.sample.rows(target), :, 0]
    own = relative_weights(arranged.sample, probability, pair)[:, 0]
    needed = 1.0 / aim[:, arm] if target is None else aim[:, target] / aim[:, arm]
    return (
        float(aim[:, arm].min()),
        float(needed.max() / own.mean()),
        float(own.sum() ** 2 / (own**2).sum()),
    )


def overlap_warnings(weights: pd.DataFrame | None) -> list[EffectsWarning]:
    """One warning per arm where somebody weighs far more than average."""
    if weights is None:
        return []
    worst = weights["largest_weight"].groupby(level="arm", sort=False).max()
    return [
        WeakOverlapWarning(
            f"Zwakke overlap: voor sommige rijen is groep {arm!r} zo onwaarschijnlijk dat ze daar "
            f"{weight:.0f} keer het gemiddelde gewicht zouden krijgen. Bekijk de overlap voor u het cijfer gebruikt."
        )
        for arm, weight in worst.items()
        if weight > HEAVY
    ]


def outcome_warnings(arranged: Arranged) -> list[EffectsWarning]:
    """Arms whose outcomes say too little: they do not vary, or there are few of them and no clusters to count instead."""
    sample, found = arranged.sample, list[EffectsWarning]()
    for arm, label in enumerate(arranged.arms.labels):
        outcomes = sample.outcome[sample.rows(arm)]
        if np.ptp(outcomes) == 0:
            found.append(
                ConstantOutcomeWarning(
                    f"In groep {label!r} heeft iedereen dezelfde uitkomst: de onzekerheid over die groep is onbekend en telt "
                    "niet mee in het interval."
                )
            )
        if arranged.clusters is None and len(outcomes) < FEW_ROWS:
            found.append(FewRowsWarning(f"Groep {label!r} telt maar {len(outcomes)} rijen: {TOO_NARROW}"))
    return found


def cluster_warnings(arms: Arms, clusters: Integers | None) -> list[EffectsWarning]:
    """Clusters that are rows, or too few to lean on, in all or in some arm."""
    if clusters is None:
        return []
    count = int(clusters.max()) + 1
    if count == len(clusters):
        return [
            ClusterPerRowWarning(
                "Elke rij is een eigen cluster: de standaardfout houdt met geen enkele samenhang rekening. "
                "Geef de kolom met de clusters."
            )
        ]
    if count < FEW_CLUSTERS:
        return [FewClustersWarning(f"Maar {count} clusters: {TOO_NARROW}")]
    return [
        FewClustersWarning(f"Groep {label!r} zit in maar {found} clusters: {TOO_NARROW}")
        for label, found in zip(arms.labels, clusters_by_arm(arms, clusters), strict=True)
        if found < FEW_IN_ARM
    ]


def announce(found: list[EffectsWarning], stacklevel: int) -> tuple[str, ...]:
    """Raise the warnings at the caller's line and return their texts for the page."""
    for warning in found:
        warnings.warn(warning, stacklevel=stacklevel)
    return tuple(str(warning) for warning in found)
