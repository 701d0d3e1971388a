"""Effects of the programmes from pupil records, adjusted for every observed trait.

Augmented inverse probability weighting unless another method is asked for, standard errors clustered by centre; a
direction is undecided where the 95% interval holds zero. Frames are those of `tables.pupils`, `learners()` and
`abo_learners()`. An estimate knows of no disclosure control: `answers` says which cells it rests on.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from ledger.quantity import Evidence, Quantity, direction, equivalence
from leerwerk.effects import Effects, discrete_effect
from leerwerk.effects.inference import interval_columns
from leerwerk.effects.potential_outcomes import Estimand, Method
from leerwerk.tables.pupils import observed

PERSON = "C(sex) + age + C(mother) + C(language) + absence_before + C(region)"
TRAITS = f"{PERSON} + arrears + C(field) + C(cohort)"
CLUSTER = "centre"
LEVEL = 0.95
# No slide says how small "no effect" is; ten points is a usual margin for shares, and wide.
MARGIN = 0.1
ARMS = ["none", "brug", "ibal", "both"]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A difference of shares (-1..1) with its 95% interval, on `n` pupils."""

    value: float
    lower: float
    upper: float
    n: int

    def quantity(self, evidence: Evidence) -> Quantity:
        """The difference in points."""
        return Quantity(self.value, "points", self.lower, self.upper, self.n, evidence)

    def sign(self, evidence: Evidence) -> Quantity:
        """Its direction."""
        return direction(self.lower, self.upper, evidence, self.n)

    def equivalent(self, evidence: Evidence) -> Quantity:
        """Whether it is none, or at least smaller than the margin."""
        return equivalence(self.lower, self.upper, MARGIN, evidence, self.n)

    def opposite(self) -> Estimate:
        """The difference the other way round."""
        return Estimate(-self.value, -self.upper, -self.lower, self.n)


def prepared(learners: pd.DataFrame) -> pd.DataFrame:
    """Learners with what the estimators need: `arm` (no programme first), `brug` and `ibal` (0/1), `goals` (0/1).

    `goals`: both aims of the fund are met, no early leaving and work in the regular economy. Learners who have them stay as
    they are.
    """
    if "goals" in learners:
        return learners
    programme = learners["programme"]
    return learners.assign(
        arm=pd.Categorical(programme, ARMS),
        brug=programme.isin(["brug", "both"]).astype(int),
        ibal=programme.isin(["ibal", "both"]).astype(int),
        goals=(1 - learners["vsv"]) * learners["nec"],
    )


# Effects of learning and working


def programme_effects(
    learners: pd.DataFrame, outcome: str, *, method: Method = "aipw", also: str = ""
) -> dict[str, Estimate]:
    """Effects of every programme against none, by programme; `also` adds terms to both models (` + motivation`)."""
    pupils = prepared(learners)
    found = _effects(pupils, f"{outcome} ~ {TRAITS}{also}", f"arm ~ {TRAITS}{also}", method)
    return {arm: _estimate(found.contrast(arm, "none")) for arm in ARMS if arm != "none"}


def ibal_effect(learners: pd.DataFrame, outcome: str, *, method: Method = "aipw") -> Estimate:
    """Effect of IBAL, whether or not after BRUG, on `vsv` or `nec`; BRUG is adjusted for like a trait."""
    pupils = prepared(learners)
    covariates = f"{TRAITS} + brug"
    return _estimate(_effects(pupils, f"{outcome} ~ {covariates}", f"ibal ~ {covariates}", method).table.iloc[0])


def together_effects(learners: pd.DataFrame) -> dict[str, Estimate]:
    """Effects of both programmes together on reaching both aims of the fund: against no programme and against BRUG alone."""
    found = _effects(prepared(learners), f"goals ~ {TRAITS}", f"arm ~ {TRAITS}", "aipw")
    return {other: _estimate(found.contrast("both", other)) for other in ("none", "brug")}


def selection(learners: pd.DataFrame) -> Estimate:
    """How much better the prospects of BRUG pupils were beforehand: difference in the chance of not leaving early.

    Prospects are what the traits of a pupil predict without BRUG (outcome model among those without): their mean over
    the pupils in BRUG against that over the others.
    """
    pupils = brug_only(learners)
    fitted = _effects(pupils, f"vsv ~ {TRAITS}", "brug ~ 1", "regression", estimand="att")
    raw = _effects(pupils, "vsv ~ 1", "brug ~ 1", "difference")
    # Without BRUG the model predicts on average what happened there.
    prospects = fitted.means["estimate"][1, 0] - raw.means["estimate"]["all", 0]
    influence = fitted.influence[1, 0] - raw.influence["all", 0]
    return combined(float(prospects), influence, len(pupils)).opposite()


def selection_share_of_success(learners: pd.DataFrame) -> Estimate:
    """How much of BRUG's apparent success in keeping pupils at school is selection: adjusted minus raw effect on vsv."""
    pupils = brug_only(learners)
    raw = _effects(pupils, "vsv ~ 1", "brug ~ 1", "difference")
    adjusted = _effects(pupils, f"vsv ~ {TRAITS}", f"brug ~ {TRAITS}", "aipw")
    gap = adjusted.table["estimate"].iloc[0] - raw.table["estimate"].iloc[0]
    influence = _difference(adjusted) - _difference(raw)
    return combined(float(gap), influence, len(pupils))


# Effects in BuSO OV3


def abo_effect(abo: pd.DataFrame, *, method: Method = "aipw") -> Estimate:
    """Effect of the ABO year, with or without bonus, on work in the regular economy."""
    return _estimate(_effects(abo, f"nec ~ {PERSON}", f"abo ~ {PERSON}", method).table.iloc[0])


def bonus_effect(abo: pd.DataFrame, outcome: str, *, method: Method = "aipw") -> Estimate:
    """Effect of the bonus among ABO pupils on `nec` or `absent`."""
    inside = abo[abo["abo"] == 1].reset_index(drop=True)
    return _estimate(_effects(inside, f"{outcome} ~ {PERSON}", f"bonus ~ {PERSON}", method).table.iloc[0])


def brug_only(learners: pd.DataFrame) -> pd.DataFrame:
    """BRUG against no programme: who followed IBAL would mix two programmes."""
    pupils = prepared(learners)
    return pupils[pupils["ibal"] == 0].reset_index(drop=True)


def residual_degrees(frame: pd.DataFrame, arm: str, terms: str = TRAITS) -> int:
    """Pupils of the smallest arm less the columns of their outcome model: what is left to estimate its error with."""
    columns = [frame[term[2:-1]].nunique() - 1 if term.startswith("C(") else 1 for term in terms.split(" + ")]
    return int(frame[arm].value_counts().min()) - 1 - sum(columns)


def _effects(frame: pd.DataFrame, outcome: str, treatment: str, method: Method, estimand: Estimand = "ate") -> Effects:
    return discrete_effect(
        observed(frame),
        outcome=outcome,
        treatment=treatment,
        method=method,
        estimand=estimand,
        cluster=CLUSTER,
        level=LEVEL,
    )


def _estimate(row: pd.Series) -> Estimate:
    return Estimate(float(row["estimate"]), float(row["lower"]), float(row["upper"]), int(row["n"]))


def _difference(found: Effects) -> pd.Series:
    return found.influence["all", 1] - found.influence["all", 0]


def combined(value: float, influence: pd.Series, n: int) -> Estimate:
    """A difference of estimates on the same `n` pupils, from that of their influence functions, summed by centre.

    Without the correction of `small_sample`: two models of one outcome have no common residual to inflate. The convention of
    `leerwerk.effects.inference.covariance`.
    """
    centres = len(influence)
    variance = (influence**2).sum() * centres / (centres - 1) / n**2
    row = interval_columns(np.array([value]), np.array([variance]), LEVEL, centres - 1)
    return Estimate(value, float(row["lower"][0]), float(row["upper"][0]), n)
