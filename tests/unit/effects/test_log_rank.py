"""The log-rank test against SciPy and, for three arms, against its own definition."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from leerwerk.effects import errors, log_rank


def stays(arms: int, seed: int = 2) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    arm = rng.integers(0, arms, 300)
    months = rng.geometric(0.08 + 0.03 * arm)
    return pd.DataFrame({"arm": arm, "months": np.minimum(months, 18), "event": months <= 18})


def test_two_arms_as_scipy():
    frame = stays(2)
    sides = [
        stats.CensoredData(own.loc[own["event"], "months"], right=own.loc[~own["event"], "months"])
        for _, own in frame.groupby("arm")
    ]
    found = log_rank(frame, months="months", event="event", arm="arm")
    expected = stats.logrank(*sides)
    assert found["statistic"] == pytest.approx(expected.statistic**2, rel=1e-9)
    assert found["p_value"] == pytest.approx(expected.pvalue, rel=1e-9)
    assert found["df"] == 1


def test_three_arms_by_hand():
    """Observed less expected events by arm, and their hypergeometric covariance summed over months."""
    frame = stays(3)
    gap, spread = np.zeros(3), np.zeros((3, 3))
    for month in sorted(frame.loc[frame["event"], "months"].unique()):
        at_risk = frame[frame["months"] >= month]
        share = at_risk["arm"].value_counts(normalize=True).sort_index().to_numpy()
        events = at_risk[(at_risk["months"] == month) & at_risk["event"]]
        count, risk = len(events), len(at_risk)
        gap += np.bincount(events["arm"], minlength=3) - count * share
        spread += count * (risk - count) / max(risk - 1, 1) * (np.diag(share) - np.outer(share, share))
    statistic = gap[1:] @ np.linalg.solve(spread[1:, 1:], gap[1:])
    found = log_rank(frame, months="months", event="event", arm="arm")
    assert found["statistic"] == pytest.approx(statistic, rel=1e-9)
    assert found["p_value"] == pytest.approx(stats.chi2.sf(statistic, 2), rel=1e-9)
    assert found["df"] == 2


def test_nothing_happened_is_refused():
    with pytest.raises(errors.SeparationError, match="niets gebeurd"):
        log_rank(stays(2).assign(event=0), months="months", event="event", arm="arm")
