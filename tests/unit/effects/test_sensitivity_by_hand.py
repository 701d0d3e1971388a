"""Ratios and their intervals from counts, and what a confounder would have to be."""

from typing import Any

import numpy as np
import pytest
from scipy import stats
from tests.unit.effects.effect_data import cohort

from leerwerk.effects import average_effect, e_value, risk_ratio
from leerwerk.effects.sensitivity import RiskRatio, confounding_needed

FRAME = cohort(900, seed=140, arms=3)


@pytest.mark.parametrize("estimand", ["ate", "att"])
@pytest.mark.parametrize("cluster", [None, "centre"])
@pytest.mark.parametrize("level", [0.8, 0.95])
def test_a_ratio_of_raw_risks(estimand: Any, cluster: str | None, level: float) -> None:
    """On the log scale a pupil weighs (y - p) / (n p): squared and summed, over centres if asked."""
    result = average_effect(
        FRAME,
        outcome="vsv ~ 1",
        treatment="arm ~ 1",
        method="difference",
        estimand=estimand,
        cluster=cluster,
        level=level,
    )
    centres = FRAME["centre"].nunique()
    for arm in ("brug", "ibal"):
        risks, errors = [], []
        for label in (arm, "geen"):
            inside = FRAME["arm"] == label
            risks.append(FRAME.loc[inside, "vsv"].mean())
            errors.append((FRAME["vsv"] - risks[-1]) * inside / (inside.sum() * risks[-1]))
        change = errors[0] - errors[1]
        if cluster:
            change = change.groupby(FRAME["centre"]).sum()
        factor = centres / (centres - 1) if cluster else 1.0
        tail = (1 + level) / 2
        reach = stats.t.ppf(tail, centres - 1) if cluster else stats.norm.ppf(tail)
        margin = reach * np.sqrt(factor * (change**2).sum())
        found = risk_ratio(result, arm)
        ratio = risks[0] / risks[1]
        expected = (ratio, ratio * np.exp(-margin), ratio * np.exp(margin))
        np.testing.assert_allclose((found.estimate, found.lower, found.upper), expected, rtol=1e-9)


@pytest.mark.parametrize(("estimate", "nearest"), [(1.5, 1.2), (1.0, 1.8), (0.5, 1.8)])
def test_the_nearest_bound_lies_on_the_side_of_one(estimate: float, nearest: float) -> None:
    assert RiskRatio(estimate, 1.2, 1.8).nearest_bound == nearest


@pytest.mark.parametrize(("ratio", "expected"), [(1.0, 1.0), (4 / 3, 2.0), (3 / 4, 2.0), (9 / 5, 3.0), (5 / 9, 3.0)])
def test_a_confounder_that_just_suffices(ratio: float, expected: float) -> None:
    """Two risk ratios of R each can bias by R^2 / (2 R - 1): 4/3 for 2, 9/5 for 3."""
    assert confounding_needed(ratio) == pytest.approx(expected, rel=1e-12)
    assert e_value(ratio).estimate == pytest.approx(expected, rel=1e-12)
    assert isinstance(e_value(ratio).estimate, float)


def test_a_bound_has_its_own_value_on_its_own_side() -> None:
    found = e_value(9 / 5, 4 / 3)
    assert (found.estimate, found.bound) == (pytest.approx(3.0), pytest.approx(2.0))
    assert e_value(5 / 9, 3 / 4).bound == pytest.approx(2.0)
    assert e_value(9 / 5, 3 / 4).bound == 1.0
