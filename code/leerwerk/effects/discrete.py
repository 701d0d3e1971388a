"""Average effects where all traits are discrete: distinct rows with counts in place of rows, so that millions fit.

The estimating equations of `average` sum over rows. Rows that are the same add the same, so that each distinct row of treatment,
outcome and covariates enters once, weighted by how many rows it stands for; clusters enter by their counts of distinct rows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from leerwerk.effects.average import (
    Estimated,
    OutcomeFamily,
    TreatmentFamily,
    arm_index,
    effect_table,
    estimate,
    mean_labels,
    mean_table,
)
from leerwerk.effects.design import Arms, parse, read_arms, read_clusters, read_outcome, require
from leerwerk.effects.diagnostics import announce, cluster_warnings, outcome_warnings, overlap_warnings, weight_summary
from leerwerk.effects.distinct import check_terms, distinct, first_places, members
from leerwerk.effects.errors import ProbitArmsError
from leerwerk.effects.glm import Floats
from leerwerk.effects.grouped import grouped_spread
from leerwerk.effects.inference import Spread
from leerwerk.effects.potential_outcomes import (
    MODELS_OUTCOME,
    MODELS_TREATMENT,
    Estimand,
    Method,
    Residuals,
    Sample,
    Specification,
    pairs,
)
from leerwerk.effects.result import Effects
from leerwerk.effects.sample import Arranged, check_formulas, check_options, outcome_design, treatment_design

if TYPE_CHECKING:
    from scipy.sparse import csr_array


@dataclass(frozen=True)
class Collapsed:
    """Distinct rows as a sample, and what ties them to the rows that they stand for.

    Attributes
    ----------
    arranged : Arranged
        The distinct rows sorted by arm, weighted by their counts; its clusters are those of the frame's rows.
    arms : Arms
        Of the frame's rows.
    members : sparse array (clusters, distinct rows sorted by arm)
        How many of each cluster's rows are each distinct row.
    labels : Index
        The clusters.
    """

    arranged: Arranged
    arms: Arms
    members: csr_array
    labels: pd.Index

    @property
    def counts(self) -> Floats:
        """How many rows each distinct row, sorted by arm, stands for."""
        return np.asarray(self.arranged.weights[:, 0])

    @property
    def rows(self) -> int:
        """How many rows the frame has."""
        return len(self.arms.codes)


def discrete_effect(
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
) -> Effects:
    """What `average_effect` gives with clusters, in memory and time that follow from the number of distinct rows.

    Parameters
    ----------
    frame : DataFrame
        One row per unit. Distinct traits may be many: without repetition this is `average_effect`, no faster.
    outcome, treatment : str
        Formulas as there, of columns and `C(column)` with any operators between them.
    cluster, method, estimand, outcome_family, treatment_family, level
        As there.

    Returns
    -------
    Effects
        But for two attributes the same: `influence` has a row per cluster (index: its label), the sum over its rows, of which
        estimates on the same rows can be combined; `propensity` is None.

    Raises
    ------
    EffectsError
        As `average_effect` does; `FormulaError` also for a term that is computed from a column, such as `bs(age)`.
    """
    spec = Specification(method, estimand, outcome_family, treatment_family)
    check_options(spec, level)
    collapsed = collapse(frame, outcome, treatment, spec, cluster)
    return assemble(collapsed, spec, estimate(collapsed.arranged, spec), level)


def collapse(frame: pd.DataFrame, outcome: str, treatment: str, spec: Specification, cluster: str) -> Collapsed:
    """Validate the frame as `sample.arrange` does, and sort its distinct rows by arm."""
    explained, assigned = parse(outcome), parse(treatment)
    check_formulas(explained, assigned, spec)
    needed = [explained.response]
    for formula, used in ((explained, MODELS_OUTCOME), (assigned, MODELS_TREATMENT)):
        if spec.method in used:
            check_terms(formula)
            needed += formula.columns
    require(frame, [assigned.response, *needed], cluster)
    every = read_arms(frame[assigned.response])
    if spec.treatment_link == "probit" and len(every.labels) > 2:
        raise ProbitArmsError("probit_arms", name=assigned.response, count=len(every.labels))
    found = distinct(frame, needed, every.codes)
    arms = Arms(every.labels, every.codes[first_places(found.codes)])
    order = np.argsort(arms.codes, kind="stable")
    covariates = outcome_design(found.rows, explained, arms, order, spec)
    shared = covariates.shape[1] > 0 and explained.words == assigned.words
    codes = arms.codes[order]
    sample = Sample(
        outcome=read_outcome(found.rows[explained.response], spec.outcome_link == "logit")[order],
        covariates=covariates,
        drivers=covariates if shared else treatment_design(found.rows, assigned, order, spec),
        codes=codes,
        bounds=np.searchsorted(codes, np.arange(len(arms.labels) + 1)),
    )
    clusters = read_clusters(frame[cluster], every)
    weights = found.counts[order, None]
    return Collapsed(
        arranged=Arranged(sample, arms, order, clusters, weights, found.rows.index),
        arms=every,
        members=members(found, clusters)[:, order],
        labels=_index(frame[cluster].iloc[first_places(clusters)]),
    )


def _index(column: pd.Series) -> pd.Index:
    return pd.Index(
        column.astype(np.float32) if column.dtype == np.float16 else column
    )  # pandas has no index of float16


def spread_of(collapsed: Collapsed, spec: Specification, found: Estimated, totals: Floats) -> Spread:
    """The means' covariance with its degrees of freedom."""
    sample, parts = collapsed.arranged.sample, []
    for (_, arm), part in zip(pairs(sample.arms, spec.estimand), found.residuals, strict=True):
        rows = sample.rows(arm)
        counts = collapsed.counts[rows]
        # Distinct rows were weighted by their counts; each row of the frame has the count's share.
        share = per_row(collapsed) / counts
        single: Residuals = replace(part, reach=part.reach * share, fitted=part.fitted / counts)
        parts.append((single, collapsed.members[:, rows]))
    return grouped_spread(totals, collapsed.rows, parts)


def per_row(collapsed: Collapsed) -> float:
    """Influence functions average to an estimate's error over distinct rows; times this they do so over the frame's rows."""
    return collapsed.rows / len(collapsed.counts)


def assemble(collapsed: Collapsed, spec: Specification, found: Estimated, level: float) -> Effects:
    """Means and influence functions as tables, with everything that must be said about them; see `average.assemble`."""
    arranged, counts = collapsed.arranged, collapsed.counts
    single = found.errors * (per_row(collapsed) / counts)[:, None]
    totals = np.asarray(collapsed.members @ single)
    spread = spread_of(collapsed, spec, found, totals)
    labels = mean_labels(arranged, spec)
    weights = None if found.probability is None else weight_summary(arranged, spec, found.probability, labels, counts)
    sizes = np.bincount(collapsed.arms.codes)
    aims = [target for target, _ in pairs(len(sizes), spec.estimand)]
    return Effects(
        table=effect_table(arranged, spec, found.means, spread, level).assign(n=sizes[1:]),
        means=mean_table(arranged, spec, found.means, spread, level).assign(
            n=[sizes.sum() if aim is None or aim < 0 else sizes[aim] for aim in aims]
        ),
        covariance=pd.DataFrame(spread.covariance, index=labels, columns=labels),
        spread=spread,
        influence=pd.DataFrame(totals, index=collapsed.labels, columns=labels, copy=False),
        propensity=None,
        weights=weights,
        arm_sizes=pd.Series(sizes, index=arm_index(arranged.arms.labels), name="n"),
        reference=arranged.arms.labels[0],
        method=spec.method,
        estimand=spec.estimand,
        level=level,
        n=collapsed.rows,
        clusters=len(totals),
        warnings=announce(
            outcome_warnings(arranged, corrected=True)
            + cluster_warnings(collapsed.arms, arranged.clusters, corrected=True)
            + overlap_warnings(weights),
            stacklevel=4,
        ),
    )
