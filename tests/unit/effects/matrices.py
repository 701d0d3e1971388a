"""Corrections for small samples written out: whole blocks of matrices and a loop over clusters, nothing taken from the code.

Bell & McCaffrey (2002) and Pustejovsky & Tipton (2018), with one model for the rows of all arms: columns of one arm are zero for rows
of the others. What the code does arm by arm, with small matrices, has to add up to this.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from scipy import linalg

Floats = np.ndarray[Any, np.dtype[np.float64]]
Integers = np.ndarray[Any, np.dtype[np.int64]]
Clusters = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Model:
    """Columns (rows, columns), weights (rows,) and the errors' working variance (rows,), which is the mean's slope too."""

    design: Floats
    weights: Floats
    variance: Floats

    @cached_property
    def bread(self) -> Floats:
        """(X' W S X)^-1."""
        return np.asarray(linalg.inv(self.design.T @ (self.design * (self.weights * self.variance)[:, None])))

    def hat(self, rows: Integers) -> Floats:
        """The block of rows of H = (W S)^1/2 X (X' W S X)^-1 X' (W S)^1/2."""
        scaled = np.sqrt(self.weights * self.variance)[rows, None] * self.design[rows]
        return np.asarray(scaled @ self.bread @ scaled.T)

    def made(self, columns: Floats) -> Floats:
        """Columns times what makes residuals of errors, I - S X (X' W S X)^-1 X' W."""
        along = self.bread @ self.design.T @ (columns * self.variance[:, None])
        return np.asarray(columns - self.weights[:, None] * (self.design @ along))


def inverse_root(block: Floats) -> Floats:
    """A symmetric matrix to the power -1/2, a generalised inverse where it is singular."""
    values, vectors = linalg.eigh(block)
    powers = np.array([value**-0.5 if value > 1e-9 else 0.0 for value in values])
    return np.asarray(vectors @ np.diag(powers) @ vectors.T)


def inflated(model: Model, reach: Floats, clusters: Clusters) -> Floats:
    """What each residual counts for after each cluster's have been multiplied by A_g = (I - H_gg)^-1/2, in scaled units."""
    found, scale = np.empty(len(reach)), np.sqrt(model.weights / model.variance)
    for cluster in np.unique(clusters):
        own = np.flatnonzero(clusters == cluster)
        left = np.eye(len(own)) - model.hat(own)
        found[own] = scale[own] * (inverse_root(left) @ (reach[own] / scale[own]))
    return found


def quadratic(model: Model, reach: Floats, clusters: Clusters) -> Floats:
    """P' (I - H) V (I - H)' P, with a column of P for each cluster: covariances of the clusters' sums, if V is as the model says."""
    p = np.stack([np.where(clusters == cluster, reach, 0.0) for cluster in np.unique(clusters)], axis=1)
    made = model.made(p)
    return np.asarray(made.T @ (made * model.variance[:, None]))


def corrected(
    model: Model, reach: Floats, error: Floats, clusters: Clusters, rest: Floats | float = 0.0
) -> tuple[float, float]:
    """Variance and degrees of freedom of an average of (reach x error + rest) over rows."""
    count, rows = len(np.unique(clusters)), len(error)
    counted = inflated(model, reach, clusters)
    each = counted * error + np.sqrt(count / (count - 1)) * rest
    totals = [each[clusters == cluster].sum() for cluster in np.unique(clusters)]
    form = quadratic(model, counted, clusters)
    return float(np.square(totals).sum()) / rows**2, float(np.trace(form) ** 2 / np.trace(form @ form))


def raw_clustered(
    outcome: pd.Series, arm: pd.Series, clusters: pd.Series, parts: dict[Any, float]
) -> tuple[float, float]:
    """Variance and degrees of freedom of a sum of raw means, each multiplied by its arm's part."""
    values, codes = outcome.to_numpy(float), clusters.to_numpy()
    inside = np.stack([(arm == label).to_numpy(float) for label in parts], axis=1)
    means = (inside.T @ values) / inside.sum(axis=0)
    ours = inside.any(axis=1)
    reach = inside @ (np.array(list(parts.values())) / inside.sum(axis=0)) * len(values)
    everyone = np.ones(int(ours.sum()))
    model = Model(inside[ours], everyone, everyone)
    variance, degrees = corrected(model, reach[ours], (values - inside @ means)[ours], codes[ours])
    return variance * len(everyone) ** 2 / len(values) ** 2, degrees


def raw_separate(outcome: pd.Series, arm: pd.Series, parts: dict[Any, float]) -> tuple[float, float]:
    """The same without clusters: textbook variances of means, and Welch's (1947) degrees of freedom."""
    added = [
        part**2 * outcome[arm == label].astype(float).var(ddof=1) / (arm == label).sum()
        for label, part in parts.items()
    ]
    sizes = [(arm == label).sum() for label in parts]
    spread = sum(value**2 / (size - 1) for value, size in zip(added, sizes, strict=True))
    return float(sum(added)), float(sum(added) ** 2 / spread)
