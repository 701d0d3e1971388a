"""Intervals and contrasts of proportions from counts."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, sqrt
from statistics import NormalDist


def normal_quantile(level: float) -> float:
    """The two-sided standard normal quantile: 1.96 for a level of 0.95."""
    if not 0 < level < 1:
        raise ValueError(f"a confidence level lies between 0 and 1, not {level}")
    return NormalDist().inv_cdf(0.5 + level / 2)


def wilson(k: int, n: int, level: float = 0.95) -> tuple[float, float]:
    """Wilson's score interval of a proportion (0..1).

    Wilson (1927), doi:10.1080/01621459.1927.10502953; formula 4 of Brown, Cai & DasGupta (2001),
    doi:10.1214/ss/1009213286.

    Raises
    ------
    ValueError
        Unless 0 <= k <= n and n >= 1.
    """
    _check_count(k, n)
    z = normal_quantile(level)
    p = k / n
    centre = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z / (1 + z**2 / n) * sqrt(p * (1 - p) / n + z**2 / (4 * n**2))
    # At k = 0 and k = n one end is 0 or 1 exactly; rounding in the last bit would put it just outside.
    return (0.0 if k == 0 else centre - half), (1.0 if k == n else centre + half)


@dataclass(frozen=True, slots=True)
class Contrast:
    """A comparison of two proportions with its interval; differences in shares (-1..1), ratios on their own scale."""

    estimate: float
    lower: float
    upper: float


def risk_difference(k1: int, n1: int, k0: int, n0: int, level: float = 0.95) -> Contrast:
    """Difference of proportions, first minus second, with Newcombe's hybrid score interval.

    Method 10 of Newcombe (1998), doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I.

    Raises
    ------
    ValueError
        Unless 0 <= k <= n and n >= 1 in both groups.
    """
    (l1, u1), (l0, u0) = wilson(k1, n1, level), wilson(k0, n0, level)
    p1, p0 = k1 / n1, k0 / n0
    difference = p1 - p0
    lower = difference - sqrt((p1 - l1) ** 2 + (u0 - p0) ** 2)
    upper = difference + sqrt((u1 - p1) ** 2 + (p0 - l0) ** 2)
    return Contrast(difference, lower, upper)


def risk_ratio(k1: int, n1: int, k0: int, n0: int, level: float = 0.95) -> Contrast:
    """Ratio of proportions, first over second, with the log-normal interval of Katz et al. (1978), doi:10.2307/2530610.

    Raises
    ------
    ValueError
        If either count is zero: the ratio or its interval does not exist.
    """
    _check_positive(k1, k0)
    _check_count(k1, n1)
    _check_count(k0, n0)
    std_error = sqrt(1 / k1 - 1 / n1 + 1 / k0 - 1 / n0)
    return _on_log_scale((k1 / n1) / (k0 / n0), std_error, level)


def odds_ratio(k1: int, n1: int, k0: int, n0: int, level: float = 0.95) -> Contrast:
    """Ratio of odds, first over second, with Woolf's (1955) log-normal interval, doi:10.1111/j.1469-1809.1955.tb01348.x.

    Raises
    ------
    ValueError
        If one of the four cells is empty.
    """
    _check_count(k1, n1)
    _check_count(k0, n0)
    cells = (k1, n1 - k1, k0, n0 - k0)
    _check_positive(*cells)
    std_error = sqrt(sum(1 / cell for cell in cells))
    return _on_log_scale((k1 * (n0 - k0)) / ((n1 - k1) * k0), std_error, level)


def _on_log_scale(estimate: float, std_error: float, level: float) -> Contrast:
    z = normal_quantile(level)
    return Contrast(estimate, exp(log(estimate) - z * std_error), exp(log(estimate) + z * std_error))


def _check_count(k: int, n: int) -> None:
    if n < 1 or not 0 <= k <= n:
        raise ValueError(f"a count of {k} out of {n} is impossible")


def _check_positive(*cells: int) -> None:
    if min(cells) < 1:
        raise ValueError(f"a ratio needs at least one in every cell, got {cells}")
