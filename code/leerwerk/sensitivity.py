"""How strong must what we did not measure be to explain a result away?"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt


@dataclass(frozen=True, slots=True)
class EValue:
    """E-values on the risk-ratio scale: for the estimate, and for the bound of its interval nearest to 1 (if given)."""

    estimate: float
    bound: float | None = None


def e_value(risk_ratio: float, bound: float | None = None) -> EValue:
    """The weakest association an unmeasured cause must have with both treatment and outcome to explain `risk_ratio`.

    VanderWeele & Ding (2017), doi:10.7326/M16-2607: RR + sqrt(RR (RR - 1)), for RR < 1 of its inverse.

    Parameters
    ----------
    risk_ratio
        Above 0.
    bound
        The end of its interval that is nearest to 1; an interval that includes 1 has an E-value of 1.

    Raises
    ------
    ValueError
        If a ratio is not positive.
    """
    if risk_ratio <= 0 or (bound is not None and bound <= 0):
        raise ValueError("a risk ratio is positive")
    if bound is None:
        return EValue(_single(risk_ratio))
    crosses = (risk_ratio - 1) * (bound - 1) <= 0
    return EValue(_single(risk_ratio), 1.0 if crosses else _single(bound))


def _single(risk_ratio: float) -> float:
    ratio = max(risk_ratio, 1 / risk_ratio)
    return ratio + sqrt(ratio * (ratio - 1))
