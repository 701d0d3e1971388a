"""Ratios and their intervals from counts, and what a confounder would have to be."""

from typing import Any

import numpy as np
import pytest
from scipy import stats
from tests.unit.effects.effect_data import cohort
from tests.unit.effects.matrices import raw_clustered, raw_separate

from leerwerk.effects import average_effect, e_value, risk_ratio
from leerwerk.effects.sensitivity import RiskRatio, confounding_needed

FRAME = cohort(900, seed=140, arms=3)


@pytest.mark.parametrize("estimand", ["ate", "att"])
@pytest.mark.parametrize("cluster", [None, "centre"])
@pytest.mark.parametrize("level", [0.8, 0.95])
def test_a_ratio_of_raw_risks(estimand: Any, cluster: str | None, level: float) -> None:
    """On the log scale a mean counts for 1 / p of itself, whatever corrects its variance."""
    result = average_effect(
        FRAME,
        outcome="vsv ~ 1",
        treatment="arm ~ 1",
        method="difference",
        estimand=estimand,
        cluster=cluster,
        level=level,
    )
    for arm in ("brug", "ibal"):
        risks = [FRAME.loc[FRAME["arm"] == label, "vsv"].mean() for label in (arm, "geen")]
        parts = {arm: 1 / risks[0], "geen": -1 / risks[1]}
        if cluster:
            variance, degrees = raw_clustered(FRAME["vsv"], FRAME["arm"], FRAME["centre"], parts)
        else:
            variance, degrees = raw_separate(FRAME["vsv"], FRAME["arm"], parts)
        margin = stats.t.ppf((1 + level) / 2, degrees) * np.sqrt(variance)
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
