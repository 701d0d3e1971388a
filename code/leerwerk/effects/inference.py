"""From influence functions to standard errors, degrees of freedom and intervals."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from leerwerk.effects.glm import Floats, Integers


@dataclass(frozen=True)
class Spread:
    """How estimates vary: their covariance, and how many independent residuals it rests on.

    Attributes
    ----------
    covariance : array (estimates, estimates)
    trace : array (estimates,)
        What the residuals of its own arm are expected to add to each variance, if they vary as the working model says; in any
        unit. Zero: large-sample degrees of freedom.
    product : array (estimates, estimates)
        Half the covariance of those parts under the same model, in the same unit squared.
    large : float
        Degrees of freedom in large samples: clusters less one, or infinitely many, which is the normal distribution.
    """

    covariance: Floats
    trace: Floats
    product: Floats
    large: float

    def variance(self, contrasts: Floats) -> Floats:
        """Variances of combinations (combinations, estimates) of the estimates."""
        return np.asarray(np.einsum("ij,jk,ik->i", contrasts, self.covariance, contrasts))

    def degrees(self, contrasts: Floats) -> Floats:
        """Degrees of freedom of those variances: twice the squared mean over the variance (Satterthwaite 1946).

        With clusters Bell & McCaffrey's (2002), without them Welch's (1947). Means of different arms rest on different rows, so
        that what they add is independent.
        """
        squared = contrasts**2
        expected = squared @ self.trace
        spread = np.einsum("ij,jk,ik->i", squared, self.product, squared)
        return np.divide(expected**2, spread, out=np.full_like(expected, self.large), where=spread > 0)


def cluster_sums(rows: Floats, clusters: Integers, count: int = 0) -> Floats:
    """Sums of (rows, columns) over clusters, of which there are at least `count`."""
    return np.stack([np.bincount(clusters, column, count) for column in rows.T], axis=1)


def covariance(influence: Floats, clusters: Integers | None) -> Floats:
    """Covariance of estimates from their influence functions (rows, estimates), each averaging to the error.

    Without clusters the plain sandwich (HC0). With G clusters the sums over clusters, times G / (G - 1): the
    convention of Cameron & Miller (2015, equation 11) without the factor for the number of parameters, which has no
    meaning for stacked equations; R's `vcovCL(cadjust = TRUE, type = "HC0")`.
    """
    factor = 1.0
    totals = influence
    if clusters is not None:
        totals = cluster_sums(influence, clusters)
        factor = len(totals) / (len(totals) - 1)
    return np.asarray(totals.T @ totals) * (factor / len(influence) ** 2)


def cluster_degrees(clusters: Integers | None) -> float:
    """Clusters less one; without clusters infinitely many, which is the normal distribution."""
    return np.inf if clusters is None else float(clusters.max())


def plain_spread(influence: Floats, clusters: Integers | None) -> Spread:
    """Without correction for small samples."""
    none = np.zeros(influence.shape[1])
    return Spread(covariance(influence, clusters), none, np.diag(none), cluster_degrees(clusters))


def critical_value(level: float, degrees: Floats | float) -> Floats:
    """The quantile for an interval: Student's t, or normal where the degrees of freedom are infinite."""
    from scipy.special import ndtri, stdtrit

    tail = (1 + level) / 2
    return np.where(np.isinf(degrees), ndtri(tail), stdtrit(degrees, tail))


def below(ratio: Floats, degrees: Floats | float) -> Floats:
    """The chance of a smaller ratio of estimate to standard error if the truth is zero."""
    from scipy.special import ndtr, stdtr

    return np.where(np.isinf(degrees), ndtr(ratio), stdtr(degrees, ratio))


def p_values(ratio: Floats, degrees: Floats | float) -> Floats:
    """Two-sided p-values of estimates divided by their standard errors."""
    return np.asarray(2 * below(-np.abs(ratio), degrees))


def interval_columns(estimate: Floats, variance: Floats, level: float, degrees: Floats | float) -> dict[str, Floats]:
    """Columns estimate, std_error, lower, upper and p_value."""
    error = np.sqrt(variance)
    margin = critical_value(level, degrees) * error
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = estimate / error
    return {
        "estimate": estimate,
        "std_error": error,
        "lower": estimate - margin,
        "upper": estimate + margin,
        "p_value": p_values(ratio, degrees),
    }
