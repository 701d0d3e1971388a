"""How strong unmeasured confounding must be to change a conclusion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from leerwerk.effects.errors import OptionError
from leerwerk.effects.inference import critical_value
from leerwerk.effects.result import Effects


@dataclass(frozen=True)
class EValue:
    """E-values of an estimate and of the interval's bound nearest to no effect (None if no bound was given)."""

    estimate: float
    bound: float | None


@dataclass(frozen=True)
class RiskRatio:
    """Ratio of two potential-outcome risks, with an interval that is symmetric on the log scale."""

    estimate: float
    lower: float
    upper: float

    @property
    def nearest_bound(self) -> float:
        """The bound nearest to no effect: what an E-value asks for."""
        return self.lower if self.estimate > 1 else self.upper


def e_value(risk_ratio: float, bound: float | None = None) -> EValue:
    """E-value (VanderWeele & Ding 2017, Annals of Internal Medicine 167:268-274).

    The smallest risk ratio that an unmeasured confounder must have with both treatment and outcome to explain the
    estimate away: RR + sqrt(RR (RR - 1)), after inverting ratios below one.

    Parameters
    ----------
    risk_ratio : float
        Estimated risk ratio, positive.
    bound : float, optional
        The interval's bound nearest to 1. On the other side of 1 its E-value is 1.

    Raises
    ------
    OptionError
        If a ratio is not a positive number, or the bound lies further from 1 than the estimate.
    """
    for ratio in (risk_ratio, *([] if bound is None else [bound])):
        if not (np.isfinite(ratio) and ratio > 0):
            raise OptionError("ratio", ratio=ratio)
    if bound is None:
        return EValue(confounding_needed(risk_ratio), None)
    if (risk_ratio > 1 and bound > risk_ratio) or (risk_ratio < 1 and bound < risk_ratio):
        raise OptionError("bound", bound=bound, ratio=risk_ratio)
    crosses = (risk_ratio - 1) * (bound - 1) <= 0
    return EValue(confounding_needed(risk_ratio), 1.0 if crosses else confounding_needed(bound))


def confounding_needed(ratio: float) -> float:
    """RR + sqrt(RR (RR - 1)) for a ratio above one, or for its inverse."""
    above = max(ratio, 1 / ratio)
    return float(above + np.sqrt(above * (above - 1)))


def risk_ratio(effects: Effects, arm: Any) -> RiskRatio:
    """Ratio of an arm's risk to the reference arm's, by the delta method on the log.

    Raises
    ------
    OptionError
        If there is no such arm, or a risk is not positive.
    """
    pair = [(effects.target(arm), arm), (effects.target(arm), effects.reference)]
    if arm == effects.reference or pair[0] not in effects.means.index:
        raise OptionError("no_group", arm=arm, reference=effects.reference)
    places = effects.means.index.get_indexer(pd.MultiIndex.from_tuples(pair))
    means = effects.means["estimate"].to_numpy()[places]
    if not (means > 0).all():
        raise OptionError("no_risk")
    gradient = np.zeros((1, len(effects.means)))
    gradient[0, places] = np.array([1, -1]) / means
    error = np.sqrt(effects.spread.variance(gradient)[0])
    margin = critical_value(effects.level, effects.spread.degrees(gradient)[0]) * error
    ratio = means[0] / means[1]
    return RiskRatio(float(ratio), float(ratio * np.exp(-margin)), float(ratio * np.exp(margin)))
