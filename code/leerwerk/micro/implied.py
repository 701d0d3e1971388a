"""What the word "significant" implies: the smallest difference that a plain comparison of two groups could have called so."""

from __future__ import annotations

import pandas as pd

from ledger.quantity import Quantity
from leerwerk.study import claim
from leerwerk.tables.context import public_figure

ALPHA, POWER = 0.05, 0.5  # at the bound itself a difference is called significant half of the time
PUPILS = range(500, 11_001, 500)  # no count of the cohorts is public


def smallest_significant(pupils: float, treated_share: float, control_rate: float) -> float:
    """How much lower a rate must be for a two-sided test at 5% to call it different half of the time.

    The test is that of two independent proportions with a pooled variance, its power that of statsmodels
    (`power_proportions_2indep`; Fleiss, Levin & Paik 2003, chapter 4). Nothing is adjusted for, and pupils are independent: an adjusted
    comparison can find smaller differences significant, or larger ones not.

    Parameters
    ----------
    pupils
        In both groups together.
    treated_share
        The share (0..1) of them with the programme.
    control_rate
        The share (0..1) with the outcome among the others.

    Returns
    -------
    difference
        In shares (0..1), positive.

    Raises
    ------
    ValueError
        If even a rate of zero would not be called different.
    """
    from scipy.optimize import brentq
    from statsmodels.stats.proportion import power_proportions_2indep

    treated = pupils * treated_share
    others_for_each = (1 - treated_share) / treated_share

    def short_of(difference: float) -> float:
        found = power_proportions_2indep(-difference, control_rate, treated, others_for_each, ALPHA)
        return float(found.power) - POWER

    least = control_rate * 1e-6
    if short_of(control_rate - least) < 0:
        raise ValueError(f"{pupils:g} pupils are too few: not even a rate of zero would be significant")
    return float(brentq(short_of, least, control_rate - least, xtol=1e-12))


def ibal_share() -> float:
    """The share (0..1) of pupils in part-time vocational education who took IBAL, as published."""
    return claim("micro.ibal.participation").middle


def early_leaving() -> float:
    """The share (0..1) of leavers from part-time vocational education without a qualification, by the official page."""
    return public_figure("early_leavers_admin_share_dbso", "Flanders", "2020-2021", "vl-stat-vsv").value


def everyone() -> Quantity:
    """All pupils in learning and working, with the span that the source gives."""
    return public_figure("learning_working_pupils", "Flanders", "about 2017")


def of_ibal(pupils: float) -> float:
    """The bound for IBAL and early leaving, in shares (0..1), were so many pupils compared."""
    return smallest_significant(pupils, ibal_share(), early_leaving())


def curve() -> pd.DataFrame:
    """For IBAL and early leaving: one row per number of `pupils`, with the smallest significant `difference` (0..1)."""
    return pd.DataFrame({"pupils": PUPILS, "difference": [of_ibal(pupils) for pupils in PUPILS]})
