"""Variances that hold in small samples: few rows, or few clusters in an arm.

Residuals are smaller than the errors that they stand for, most of all where a cluster weighs heavily in its arm. Here each cluster's
residuals are inflated by what its leverage took away (Bell & McCaffrey 2002; Pustejovsky & Tipton 2018: CR2; MacKinnon & White 1985
without clusters: HC2), and the degrees of freedom say how many independent residuals the variance rests on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from leerwerk.effects.glm import Floats, Integers
from leerwerk.effects.inference import Spread, cluster_degrees, cluster_sums
from leerwerk.effects.potential_outcomes import Residuals

# A cluster alone determines a coefficient when this little of its own residuals is left in that direction; rounding leaves less.
DETERMINED = 1e-9


@dataclass(frozen=True)
class Form:
    """A variance as a quadratic form in independent residuals: diag(`diagonal`) + `left` @ `kernel` @ `left`.T, a row per cluster."""

    diagonal: Floats
    left: Floats
    kernel: Floats

    @property
    def weighed(self) -> Floats:
        """left @ kernel."""
        return np.asarray(self.left @ self.kernel)

    @property
    def trace(self) -> float:
        """Its expectation."""
        return float(self.diagonal.sum() + (self.weighed * self.left).sum())

    def product(self, other: Form) -> float:
        """The trace of the product of two forms: half their covariance."""
        mine = other.diagonal @ (self.weighed * self.left).sum(axis=1)
        theirs = self.diagonal @ (other.weighed * other.left).sum(axis=1)
        both = ((self.left.T @ other.weighed) * (self.weighed.T @ other.left)).sum()
        return float(self.diagonal @ other.diagonal + mine + theirs + both)


def clustered_spread(errors: Floats, clusters: Integers, parts: Sequence[tuple[Residuals, Integers]]) -> Spread:
    """Of means whose influence functions are `errors` (rows, means); for each its residuals and their clusters."""
    count, rows = int(clusters.max()) + 1, len(errors)
    # What is averaged over rows or comes from the treatment model keeps the usual factor.
    usual = np.sqrt(count / (count - 1))
    totals = cluster_sums(errors, clusters) * usual
    forms = []
    for column, (part, where) in enumerate(parts):
        reach, form = inflate(part, where, count)
        totals[:, column] += np.bincount(where, (reach - usual * part.reach) * part.error, count)
        forms.append(form)
    return Spread(
        covariance=totals.T @ totals / rows**2,
        trace=np.array([form.trace for form in forms]),
        product=np.array([[one.product(other) for other in forms] for one in forms]),
        large=cluster_degrees(clusters),
    )


def separate_spread(parts: Sequence[tuple[int, Residuals]], rows: int) -> Spread:
    """Of raw means, each of one arm's rows, without clusters: HC2, and with it Welch's degrees of freedom."""
    variances, degrees = [], []
    for _, part in parts:
        reach, form = inflate(part, np.arange(len(part.error)), len(part.error))
        variances.append(((reach * part.error) ** 2).sum() / rows**2)
        degrees.append(form.trace**2 / form.product(form))
    arms, found = np.array([arm for arm, _ in parts]), np.array(variances)
    # Means of one arm are the same whatever their target. The working model takes each arm as variable as it was found to be.
    together = (arms[:, None] == arms) * found
    return Spread(together, found, together**2 / np.array(degrees), np.inf)


def inflate(part: Residuals, clusters: Integers, count: int) -> tuple[Floats, Form]:
    """What each residual counts for once its cluster's leverage is undone, and the variance as a form.

    With X the design scaled to its working variance and H = X M X', a cluster's residuals are multiplied by the inverse root of its
    block of I - H. That block differs from the identity in as many directions as X has columns, so that all is done with square
    matrices of that size; a direction that the cluster determines alone has no residual and is left out, as a pseudo-inverse does.
    """
    scaled = part.design @ root(part.information)
    shares = cross_products(scaled, part.fitted * part.slope, clusters, count)
    leverage, directions = np.linalg.eigh(shares) if scaled.shape[1] > 1 else (shares[:, 0], np.ones_like(shares))
    along = cluster_sums(scaled * (part.slope * part.reach)[:, None], clusters, count)
    turned = np.einsum("gij,gi->gj", directions, along)
    added = np.einsum("gij,gj->gi", directions, undone(leverage) * turned)
    reach = part.reach + part.fitted * (scaled * added[clusters]).sum(axis=1)
    return reach, quadratic_form(part, scaled, reach, clusters, count)


def quadratic_form(part: Residuals, scaled: Floats, reach: Floats, clusters: Integers, count: int) -> Form:
    """The sum over clusters of (sum of reach x residual) squared, for errors that vary as the model's slope says, weights or not."""
    weighed = scaled * (part.slope * reach)[:, None]
    identity = np.eye(scaled.shape[1])
    varied = (scaled * (part.fitted**2 * part.slope)[:, None]).T @ scaled
    return Form(
        diagonal=cluster_sums((reach**2 * part.slope)[:, None], clusters, count)[:, 0],
        left=np.hstack(
            [cluster_sums(weighed, clusters, count), cluster_sums(weighed * part.fitted[:, None], clusters, count)]
        ),
        kernel=np.block([[varied, -identity], [-identity, np.zeros_like(identity)]]),
    )


def cross_products(scaled: Floats, weights: Floats, clusters: Integers, count: int) -> Floats:
    """Each cluster's X' diag(w) X (clusters, columns, columns)."""
    if scaled.shape[1] == 1:
        return cluster_sums(scaled**2 * weights[:, None], clusters, count)[:, :, None]
    order = np.argsort(clusters, kind="stable")
    bounds = np.searchsorted(clusters[order], np.arange(count + 1))
    rows = scaled[order]
    weighed = rows * weights[order, None]
    return np.stack([rows[first:last].T @ weighed[first:last] for first, last in pairwise(bounds)])


def undone(leverage: Floats) -> Floats:
    """((1 - h)^(-1/2) - 1) / h: one half at no leverage, and -1, which leaves nothing, where there is nothing but leverage."""
    alone = leverage > 1.0 - DETERMINED
    added = np.where(alone, -1.0, np.expm1(-0.5 * np.log1p(-np.where(alone, 0.0, leverage))))
    return np.divide(added, leverage, out=np.full_like(leverage, 0.5), where=leverage > DETERMINED)


def root(information: Floats) -> Floats:
    """The symmetric root of the inverse."""
    values, vectors = np.linalg.eigh(information)
    return np.asarray((vectors / np.sqrt(values)) @ vectors.T)
