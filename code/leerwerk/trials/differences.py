"""The difference that each trial found, all in one direction: positive is good for the pupil."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.special import ndtri

from leerwerk.tables import trials

TAIL = (1 + 0.95) / 2  # below the upper end of a 95% interval
NORMAL = float(ndtri(TAIL))


def differences(*, treated_share: float = 0.5, icc: float = 0.0, leaving_first: bool = False) -> pd.DataFrame:
    """Risk differences of the trials that count, in the table's order; see `compared`.

    Parameters
    ----------
    leaving_first
        Whether leaving or staying is taken instead of finishing, where a trial printed both.
    """
    return compared(_chosen(leaving_first), treated_share=treated_share, icc=icc)


def compared(rows: pd.DataFrame, *, treated_share: float = 0.5, icc: float = 0.0) -> pd.DataFrame:
    """Risk differences with their variances.

    The variance is that of two independent proportions, p(1 - p)/n summed over the arms; where pupils may have been drawn by
    group it is multiplied by the design effect 1 + (m - 1) icc (Donner & Klar 2000, section 1.3).

    Parameters
    ----------
    rows
        One row per trial, with the columns of data/trials/results.csv.
    treated_share
        How a total that was printed without its arms is split: the share (0..1) in the arm with the programme.
    icc
        Intra-cluster correlation (0..1) in trials with a `group_size` whose pupils were not seen to be drawn one by one.

    Returns
    -------
    frame
        The rows; `n_treated` and `n_control` as used; `difference` and the ends of its 95% interval `lower` and `upper`
        (-1..1), `variance`.
    """
    treated, control = rows["treated_rate"] / 100, rows["control_rate"] / 100
    n_treated = rows["n_treated"].fillna(rows["n_total"] * treated_share)
    n_control = rows["n_control"].fillna(rows["n_total"] * (1 - treated_share))
    by_group = rows["group_size"].where(rows["unit"] != "pupil").fillna(1)
    variance = treated * (1 - treated) / n_treated + control * (1 - control) / n_control
    variance *= 1 + (by_group - 1) * icc
    difference = rows["measure"].map(trials.MEASURES) * (treated - control)
    half = NORMAL * np.sqrt(variance)
    return rows.assign(
        n_treated=n_treated,
        n_control=n_control,
        difference=difference,
        variance=variance,
        lower=difference - half,
        upper=difference + half,
    )


def _chosen(leaving_first: bool) -> pd.DataFrame:
    rows = trials.results()
    chosen = rows[rows["pooled"] == "yes"]
    if leaving_first:
        left = rows[
            rows["measure"].isin(["left", "stayed"]) & rows["n_total"].notna() & rows["sample"].isin(chosen["sample"])
        ]
        left = left[left["treated_rate"].notna()].drop_duplicates("sample")
        chosen = pd.concat([chosen[~chosen["sample"].isin(left["sample"])], left]).sort_index()
    return chosen.reset_index(drop=True)


def left_out() -> pd.DataFrame:
    """Studies that do not count, with the reason: one row per result, in the table's order.

    Other outcomes of a trial that does count are not studies of their own.
    """
    rows = trials.results()
    return rows[~rows["sample"].isin(rows.loc[rows["pooled"] == "yes", "sample"])].reset_index(drop=True)
