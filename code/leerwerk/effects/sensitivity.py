"""How strong unmeasured confounding must be to change a conclusion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from leerwerk.effects.average import Effects
from leerwerk.effects.errors import OptionError
from leerwerk.effects.inference import critical_value


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


@dataclass(frozen=True)
class RobustnessValue:
    """Cinelli & Hazlett's summary of a regression coefficient.

    Attributes
    ----------
    partial_r2 : float
        Share of the outcome's residual variance that the treatment explains.
    value : float
        RV_q: the share of residual variance of both treatment and outcome that a confounder must explain to reduce
        the estimate by 100 q percent.
    significant : float
        RV_{q, alpha}: the same, to bring it within the interval's reach of that reduction.
    """

    partial_r2: float
    value: float
    significant: float


@dataclass(frozen=True)
class NegativeControl:
    """An effect that cannot exist: estimate, interval, and the two questions to ask of it.

    Attributes
    ----------
    compatible : bool
        The interval contains zero: no sign of residual confounding.
    equivalent : bool or None
        The interval lies within plus or minus the margin: confounding larger than the margin is excluded. None
        without a margin. Compatible but not equivalent means: the check could not have seen it.
    """

    estimate: float
    lower: float
    upper: float
    compatible: bool
    equivalent: bool | None


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
        If a ratio is not a positive number.
    """
    for ratio in (risk_ratio, *([] if bound is None else [bound])):
        if not (np.isfinite(ratio) and ratio > 0):
            raise OptionError(f"Een risicoverhouding van {ratio} bestaat niet: geef een positief getal.")
    if bound is None:
        return EValue(confounding_needed(risk_ratio), None)
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
    target = "all" if effects.estimand == "ate" else arm
    pair = [(target, arm), (target, effects.reference)]
    if arm == effects.reference or pair[0] not in effects.means.index:
        raise OptionError(f"Er is geen groep {arm!r} om met {effects.reference!r} te vergelijken.")
    means = effects.means["estimate"].loc[pair].to_numpy()
    if not (means > 0).all():
        raise OptionError("Een risicoverhouding vraagt positieve risico's: gebruik het verschil.")
    gradient = np.array([1, -1]) / means
    error = np.sqrt(gradient @ effects.covariance.loc[pair, pair].to_numpy() @ gradient)
    margin = critical_value(effects.level, effects.clusters) * error
    ratio = means[0] / means[1]
    return RiskRatio(float(ratio), float(ratio * np.exp(-margin)), float(ratio * np.exp(margin)))


def robustness_value(
    estimate: float, std_error: float, dof: float, *, q: float = 1.0, alpha: float = 0.05
) -> RobustnessValue:
    """Robustness values (Cinelli & Hazlett 2020, JRSS-B 82:39-67, sections 4.1-4.3).

    Parameters
    ----------
    estimate, std_error : float
        The treatment's coefficient in a linear regression, and its standard error.
    dof : float
        Residual degrees of freedom of that regression, above 1.
    q : float
        Which share of the estimate must disappear; 1 brings it to zero.
    alpha : float
        Significance level for `significant`.

    Raises
    ------
    OptionError
        If the standard error is not positive, or an option is out of range.

    Notes
    -----
    Where the estimate is so strong that the confounder's own degree of freedom matters, `significant` follows the
    last case of Cinelli & Hazlett (2025, Biometrika): (f_q^2 - f*^2) / (1 + f_q^2).
    """
    from scipy.special import stdtrit

    if not (std_error > 0 and dof > 1 and q > 0 and 0 < alpha < 1):
        raise OptionError("De robuustheidswaarde vraagt std_error > 0, dof > 1, q > 0 en alpha tussen 0 en 1.")
    statistic = abs(estimate / std_error)
    strength = q * statistic / np.sqrt(dof)
    critical = abs(stdtrit(dof - 1, alpha / 2)) / np.sqrt(dof - 1)
    beyond = strength * critical > 1
    significant = (strength**2 - critical**2) / (1 + strength**2) if beyond else equal_shares(strength - critical)
    return RobustnessValue(
        partial_r2=float(statistic**2 / (statistic**2 + dof)),
        value=equal_shares(strength),
        significant=float(significant),
    )


def equal_shares(strength: float) -> float:
    """The R2 that, for treatment and outcome alike, gives a bias of this partial Cohen's f; zero when none is left."""
    if strength <= 0:
        return 0.0
    return float((np.sqrt(strength**4 + 4 * strength**2) - strength**2) / 2)


def tipping_point(
    estimate: float, prevalence_differences: Sequence[float], outcome_effects: Sequence[float]
) -> pd.DataFrame:
    """Estimates adjusted for a binary unmeasured confounder, on a grid.

    The bias of a risk difference is the confounder's own risk difference times how much more common it is in the arm
    (VanderWeele & Arah 2011, Epidemiology 22:42-52, simplified: no interaction with the arm).

    Parameters
    ----------
    estimate : float
        Risk difference as estimated.
    prevalence_differences : sequence of float
        Share of pupils with the confounder in the arm minus that in the reference arm, -1 to 1.
    outcome_effects : sequence of float
        Risk difference of the outcome between pupils with and without the confounder, -1 to 1.

    Returns
    -------
    DataFrame
        One row per combination: prevalence_difference, outcome_effect, bias, adjusted, explained (the adjusted
        estimate is zero or has the other sign).

    Raises
    ------
    OptionError
        If a difference is outside -1 to 1.
    """
    prevalence, effect = np.asarray(prevalence_differences, float), np.asarray(outcome_effects, float)
    if max(np.abs(prevalence).max(initial=0), np.abs(effect).max(initial=0)) > 1:
        raise OptionError("Verschillen in aandeel liggen tussen -1 en 1: geef aandelen, geen procenten.")
    columns = [axis.ravel() for axis in np.meshgrid(prevalence, effect, indexing="ij")]
    bias = columns[0] * columns[1]
    adjusted = estimate - bias
    return pd.DataFrame(
        {
            "prevalence_difference": columns[0],
            "outcome_effect": columns[1],
            "bias": bias,
            "adjusted": adjusted,
            "explained": adjusted * np.sign(estimate) <= 0,
        }
    )


def tipping_effect(estimate: float, prevalence_differences: Sequence[float]) -> pd.DataFrame:
    """The line in the grid of `tipping_point` where the adjusted estimate is exactly zero.

    Returns
    -------
    DataFrame
        One row per prevalence difference: prevalence_difference, outcome_effect (the confounder's risk difference
        that is needed; not a number where none between -1 and 1 suffices).
    """
    prevalence = np.asarray(prevalence_differences, float)
    with np.errstate(divide="ignore", invalid="ignore"):
        needed = estimate / prevalence
    return pd.DataFrame(
        {
            "prevalence_difference": prevalence,
            "outcome_effect": np.where(np.abs(needed) <= 1, needed, np.nan),
        }
    )


def tipping_ratio(risk_ratio: float, prevalence_arm: float, prevalence_reference: float) -> float:
    """The risk ratio of a binary confounder that explains a risk ratio away (Schlesselman 1978, Am J Epidemiol 108:3-8).

    Solves (1 + p1 (R - 1)) / (1 + p0 (R - 1)) = risk_ratio for R; not a number where no positive R suffices.

    Raises
    ------
    OptionError
        If a prevalence is not a share or the ratio is not positive.
    """
    if not (risk_ratio > 0 and 0 <= prevalence_arm <= 1 and 0 <= prevalence_reference <= 1):
        raise OptionError("Geef een positieve risicoverhouding en aandelen tussen 0 en 1.")
    reach = prevalence_arm - risk_ratio * prevalence_reference
    needed = 1 + (risk_ratio - 1) / reach if reach else np.nan
    return float(needed) if needed > 0 else float("nan")


def negative_control(effects: Effects, arm: Any, *, margin: float | None = None) -> NegativeControl:
    """Judge an effect on something the programme cannot have changed (Lipsitch, Tchetgen & Cohen 2010).

    Parameters
    ----------
    effects : Effects
        Of `average_effect` with an outcome from before the programme, or that it does not touch.
    arm : label
        Which arm.
    margin : float, optional
        The largest effect that would not matter, in the outcome's unit.
    """
    row = effects.contrast(arm, effects.reference)
    inside = None if margin is None else bool(-margin < row["lower"] and row["upper"] < margin)
    return NegativeControl(
        estimate=float(row["estimate"]),
        lower=float(row["lower"]),
        upper=float(row["upper"]),
        compatible=bool(row["lower"] <= 0 <= row["upper"]),
        equivalent=inside,
    )
