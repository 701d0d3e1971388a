"""Sensitivity: published examples, and what the definitions promise."""

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from tests.unit.effects.effect_data import cohort

from leerwerk.effects import average_effect, e_value, risk_ratio
from leerwerk.effects.errors import OptionError

FORMULAS = {"outcome": "vsv ~ male + arrears", "treatment": "arm ~ male + age + arrears"}


def test_e_value_of_the_published_example() -> None:
    """VanderWeele & Ding (2017): risk ratio 3.9 with interval 1.8 to 8.7 gives 7.26 and 3.0."""
    found = e_value(3.9, 1.8)
    assert (round(found.estimate, 2), round(found.bound or 0, 2)) == (7.26, 3.0)


def test_e_value_by_hand() -> None:
    assert e_value(2.0).estimate == pytest.approx(2 + 2**0.5)
    assert e_value(0.5, 0.8).estimate == pytest.approx(2 + 2**0.5)
    assert e_value(0.5, 0.8).bound == pytest.approx(1.25 + (1.25 * 0.25) ** 0.5)
    assert e_value(1.0).estimate == 1.0
    assert e_value(2.0).bound is None


@pytest.mark.parametrize(("ratio", "bound"), [(2.0, 0.9), (0.5, 1.1), (2.0, 1.0)])
def test_e_value_of_an_interval_with_no_effect_in_it_is_one(ratio: float, bound: float) -> None:
    assert e_value(ratio, bound).bound == 1.0


@pytest.mark.parametrize("values", [(0.0,), (-1.0,), (float("nan"),), (2.0, 0.0), (float("inf"),)])
def test_e_value_refuses_what_is_no_ratio(values: tuple[float, ...]) -> None:
    with pytest.raises(OptionError, match="positief"):
        e_value(*values)


def test_risk_ratio_of_raw_risks_has_the_textbook_interval() -> None:
    """log RR has variance (1 - p1) / (n1 p1) + (1 - p0) / (n0 p0), without bias with n - 1 for n; Welch's degrees of freedom."""
    frame = pd.DataFrame({"arm": [0] * 50 + [1] * 40, "vsv": [1] * 20 + [0] * 30 + [1] * 10 + [0] * 30})
    found = risk_ratio(average_effect(frame, outcome="vsv ~ 1", treatment="arm ~ 1", method="difference"), 1)
    first, second = 0.75 / 0.25 / 39, 0.6 / 0.4 / 49
    degrees = (first + second) ** 2 / (first**2 / 39 + second**2 / 49)
    assert found.estimate == pytest.approx(0.25 / 0.4)
    assert found.upper == pytest.approx(0.625 * np.exp(stats.t.ppf(0.975, degrees) * (first + second) ** 0.5))
    assert found.nearest_bound == found.upper
    with pytest.raises(OptionError):
        risk_ratio(average_effect(frame, outcome="vsv ~ 1", treatment="arm ~ 1", method="difference"), 2)


def test_risk_ratio_counts_that_both_risks_come_from_the_same_models() -> None:
    result = average_effect(cohort(800, seed=32), **FORMULAS)
    risks = result.means["estimate"]
    errors = result.influence / risks.to_numpy()
    error = ((errors[("all", "brug")] - errors[("all", "geen")]) ** 2).sum() ** 0.5 / 800
    found = risk_ratio(result, "brug")
    assert np.log(found.upper / found.estimate) == pytest.approx(1.959963984540054 * error)
