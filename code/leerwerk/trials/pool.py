"""What the trials found together: a random-effects mean, how far trials lie apart, and what another one may find."""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from leerwerk.study import remember
from leerwerk.tables.trials import KINDS
from leerwerk.trials.differences import NORMAL, TAIL, differences

ICCS = (0.05, 0.10)  # assumptions: how alike the pupils of one group are
SPLITS = (1 / 3, 2 / 3)  # other shares of a total that may have had the programme


@dataclass(frozen=True, slots=True)
class Pool:
    """A pooled difference; everything but `trials` in shares (-1..1).

    Parameters
    ----------
    mean, lower, upper
        The mean over trials with its 95% interval.
    predicted_lower, predicted_upper
        The 95% interval for the true difference of another such trial.
    tau
        The standard deviation of the true differences between trials.
    trials
        How many.
    """

    mean: float
    lower: float
    upper: float
    predicted_lower: float
    predicted_upper: float
    tau: float
    trials: int


def pool(frame: pd.DataFrame) -> Pool:
    """Random-effects mean of differences.

    The variance between trials is that of Paule & Mandel (1982, doi:10.6028/jres.087.022), the interval that of Hartung & Knapp
    (2001, doi:10.1002/sim.1009), by statsmodels' `combine_effects`; the prediction interval is mean ± t sqrt(tau² + se²) (Higgins,
    Thompson & Spiegelhalter 2009, doi:10.1111/j.1467-985X.2008.00552.x, formula 12), but with the k - 1 degrees
    of freedom of the interval rather than k - 2, as in R's metafor.

    Parameters
    ----------
    frame
        One row per trial: `difference` and `variance`.

    Raises
    ------
    ValueError
        For fewer than three trials.
    """
    if len(frame) < 3:
        raise ValueError("a variance between trials needs three of them")
    between = _between(frame["difference"].to_numpy(), frame["variance"].to_numpy())
    found = _combined(frame["difference"], frame["variance"] + between)
    mean, error = float(found.mean_effect_fe), float(found.sd_eff_w_fe_hksj)
    half = float(stdtrit(found.df, TAIL))
    sure, wide = half * error, half * float(np.hypot(np.sqrt(between), error))
    return Pool(mean, mean - sure, mean + sure, mean - wide, mean + wide, float(np.sqrt(between)), len(frame))


def _between(difference: np.ndarray, variance: np.ndarray) -> float:
    """The variance between trials that leaves as many weighted squares as there are degrees of freedom; 0 if none does.

    statsmodels solves the same equation, but where its last step ends a rounding error beyond the root it says 0.
    """

    from scipy.optimize import brentq

    def excess(between: float) -> float:
        weights = 1 / (variance + between)
        mean = weights @ difference / weights.sum()
        return float(weights @ (difference - mean) ** 2 - (len(difference) - 1))

    # About any other mean the squares are more, so the plain variance is never too small.
    return 0.0 if excess(0) <= 0 else float(brentq(excess, 0, difference.var(ddof=1), xtol=1e-16))


def fixed(frame: pd.DataFrame) -> tuple[float, float, float]:
    """The mean weighted by precision alone, as if all trials sought one difference, with the ends of its 95% interval."""
    found = _combined(frame["difference"], frame["variance"])
    half = NORMAL * found.sd_eff_w_fe
    return float(found.mean_effect_fe), float(found.mean_effect_fe - half), float(found.mean_effect_fe + half)


def _combined(difference: pd.Series, variance: pd.Series):  # type: ignore[no-untyped-def]  # statsmodels has no types
    from statsmodels.stats.meta_analysis import combine_effects

    # Its moment estimate of a variance between trials may be negative, and it takes the root: the iterated one is not.
    return combine_effects(difference.to_numpy(), variance.to_numpy(), method_re="iterated")


def _of(kind: str) -> pd.DataFrame:
    frame = differences()
    return frame[frame["kind"] == kind] if kind else frame


@remember
def pooled(kind: str = "") -> Pool:
    """The pool of all trials that count, or of those of one kind."""
    return pool(_of(kind))


@remember
def leave_one_out(kind: str = "") -> pd.DataFrame:
    """The pool without each trial in turn: one row per trial left out, with its `id` and `label` and the fields of a `Pool`."""
    frame = _of(kind)
    return pd.DataFrame(
        [{"id": row.id, "label": row.label, **asdict(pool(frame.drop(index=row.Index)))} for row in frame.itertuples()]
    )


def without_most_telling(kind: str = "") -> pd.Series:
    """The row of `leave_one_out` whose mean lies furthest from that of all."""
    rows = leave_one_out(kind)
    return rows.loc[(rows["mean"] - pooled(kind).mean).abs().idxmax()]


@remember
def variants() -> pd.DataFrame:
    """The pool under other choices, and by kind: one row each, with its name `choice`, `icc` where it has one, and the fields of a
    `Pool` (the fixed effect has no prediction)."""
    frame = differences()
    fewer, more = (differences(treated_share=share) for share in SPLITS)
    return pd.DataFrame(
        [
            {"choice": "all", **asdict(pooled())},
            {
                "choice": "fixed",
                **dict(zip(("mean", "lower", "upper"), fixed(frame), strict=True)),
                "trials": len(frame),
            },
            {"choice": "fewer treated", **asdict(pool(fewer))},
            {"choice": "more treated", **asdict(pool(more))},
            *({"choice": "icc", "icc": icc, **asdict(pool(differences(icc=icc)))} for icc in ICCS),
            {"choice": "leaving first", **asdict(pool(differences(leaving_first=True)))},
            *({"choice": kind, **asdict(pooled(kind))} for kind in KINDS if (frame["kind"] == kind).any()),
        ]
    )
