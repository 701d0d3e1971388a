"""Intervals and contrasts of proportions from counts; statsmodels has the formulas."""

from __future__ import annotations

from dataclasses import dataclass

from ledger.quantity import Evidence, Quantity

# What statsmodels calls the interval of each comparison.
METHODS = {"diff": "newcomb", "ratio": "log", "odds-ratio": "logit"}


def share(k: int, n: int, evidence: Evidence = "published") -> Quantity:
    """The proportion with Wilson's 95% interval.

    Raises
    ------
    ValueError
        Unless 0 <= k <= n and n >= 1.
    """
    lower, upper = wilson(k, n)
    return Quantity(k / n, "share", lower, upper, n, evidence)


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
    from statsmodels.stats.proportion import proportion_confint

    lower, upper = proportion_confint(k, n, _alpha(level), "wilson")
    # At k = 0 and k = n one end is 0 or 1 exactly; rounding in the last bit would put it just inside.
    return (0.0 if k == 0 else lower), (1.0 if k == n else upper)


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
    _check_count(k1, n1)
    _check_count(k0, n0)
    found = _contrast("diff", k1 / n1 - k0 / n0, (k1, n1, k0, n0), level)
    # From nobody to everybody, rounding in the last bit would put an end beyond 1.
    return Contrast(found.estimate, max(found.lower, -1.0), min(found.upper, 1.0))


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
    return _contrast("ratio", (k1 / n1) / (k0 / n0), (k1, n1, k0, n0), level)


def odds_ratio(k1: int, n1: int, k0: int, n0: int, level: float = 0.95) -> Contrast:
    """Ratio of odds, first over second, with Woolf's (1955) log-normal interval, doi:10.1111/j.1469-1809.1955.tb01348.x.

    Raises
    ------
    ValueError
        If one of the four cells is empty.
    """
    _check_count(k1, n1)
    _check_count(k0, n0)
    _check_positive(k1, n1 - k1, k0, n0 - k0)
    return _contrast("odds-ratio", (k1 * (n0 - k0)) / ((n1 - k1) * k0), (k1, n1, k0, n0), level)


def _contrast(compare: str, estimate: float, counts: tuple[int, int, int, int], level: float) -> Contrast:
    from statsmodels.stats.proportion import confint_proportions_2indep

    lower, upper = confint_proportions_2indep(*counts, method=METHODS[compare], compare=compare, alpha=_alpha(level))
    return Contrast(estimate, float(lower), float(upper))


def _alpha(level: float) -> float:
    if not 0 < level < 1:
        raise ValueError(f"a confidence level lies between 0 and 1, not {level}")
    return 1 - level


def _check_count(k: int, n: int) -> None:
    if n < 1 or not 0 <= k <= n:
        raise ValueError(f"a count of {k} out of {n} is impossible")


def _check_positive(*cells: int) -> None:
    if min(cells) < 1:
        raise ValueError(f"a ratio needs at least one in every cell, got {cells}")
