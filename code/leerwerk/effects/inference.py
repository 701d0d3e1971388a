"""From influence functions to standard errors and intervals."""

from __future__ import annotations

import numpy as np

from leerwerk.effects.glm import Floats, Integers


def cluster_sums(rows: Floats, clusters: Integers) -> Floats:
    """Sums of (rows, columns) over clusters."""
    return np.stack([np.bincount(clusters, weights=column) for column in rows.T], axis=1)


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


def critical_value(level: float, clusters: int | None) -> float:
    """The quantile for an interval: normal, or Student's t with one degree of freedom less than clusters."""
    from scipy.special import ndtri, stdtrit

    tail = (1 + level) / 2
    return float(ndtri(tail) if clusters is None else stdtrit(clusters - 1, tail))


def p_values(ratio: Floats, clusters: int | None) -> Floats:
    """Two-sided p-values of estimates divided by their standard errors."""
    from scipy.special import ndtr, stdtr

    lower = -np.abs(ratio)
    return np.asarray(2 * (ndtr(lower) if clusters is None else stdtr(clusters - 1, lower)))


def interval_columns(estimate: Floats, variance: Floats, level: float, clusters: int | None) -> dict[str, Floats]:
    """Columns estimate, std_error, lower, upper and p_value."""
    error = np.sqrt(variance)
    margin = critical_value(level, clusters) * error
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = estimate / error
    return {
        "estimate": estimate,
        "std_error": error,
        "lower": estimate - margin,
        "upper": estimate + margin,
        "p_value": p_values(ratio, clusters),
    }
