"""Sensitivity: published examples, and what the definitions promise."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from tests.unit.effect_data import cohort

from leerwerk.effects import average_effect, e_value, risk_ratio
from leerwerk.effects.errors import OptionError
from leerwerk.effects.sensitivity import (
    negative_control,
    robustness_value,
    tipping_effect,
    tipping_point,
    tipping_ratio,
)

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


def test_robustness_value_of_the_published_example() -> None:
    """Cinelli & Hazlett (2020, table 1): estimate 0.097, error 0.023, 783 degrees of freedom."""
    found = robustness_value(0.09731582, 0.02325654, 783)
    assert [round(100 * share, 1) for share in (found.partial_r2, found.value, found.significant)] == [
        2.2,
        13.9,
        7.6,
    ]


def test_robustness_value_solves_its_own_definition() -> None:
    """Explaining RV of both biases the estimate by sqrt(RV^2 / (1 - RV)) times errors times sqrt(dof)."""
    found = robustness_value(3.0, 1.0, 100, q=0.5)
    assert np.sqrt(found.value**2 / (1 - found.value)) * np.sqrt(100) == pytest.approx(0.5 * 3.0)
    assert robustness_value(-3.0, 1.0, 100).value == robustness_value(3.0, 1.0, 100).value
    assert robustness_value(1.0, 1.0, 100).significant == 0.0
    assert robustness_value(0.0, 1.0, 100).value == 0.0


def test_robustness_value_is_continuous_where_its_cases_meet() -> None:
    """The last case starts at f x f* = 1; a jump there would be a wrong formula."""
    from scipy.special import stdtrit

    critical = abs(stdtrit(9, 0.025)) / 3
    edge = np.sqrt(10) / critical
    below, above = (robustness_value(edge + shift, 1.0, 10).significant for shift in (-1e-7, 1e-7))
    assert below == pytest.approx(above, abs=1e-6)


def test_robustness_value_of_an_overwhelming_estimate() -> None:
    """t = 15 with 20 degrees of freedom: f = 15 / sqrt(20), f* = 2.093024 / sqrt(19), and f x f* > 1."""
    strength, critical = 15 / 20**0.5, 2.0930240544082634 / 19**0.5
    expected = (strength**2 - critical**2) / (1 + strength**2)
    assert robustness_value(15.0, 1.0, 20).significant == pytest.approx(expected)


@pytest.mark.parametrize("options", [{"std_error": 0.0}, {"dof": 1}, {"q": 0}, {"alpha": 1}])
def test_robustness_value_refuses(options: dict[str, Any]) -> None:
    with pytest.raises(OptionError):
        robustness_value(**({"estimate": 1.0, "std_error": 1.0, "dof": 10} | options))


def test_tipping_point_by_hand() -> None:
    grid = tipping_point(-0.10, [0.2, 0.5], [-0.3, -0.2]).set_index(["prevalence_difference", "outcome_effect"])
    assert grid.loc[(0.2, -0.3), "adjusted"] == pytest.approx(-0.10 + 0.06)
    assert list(grid["explained"]) == [False, False, True, True]
    line = tipping_effect(-0.10, [0.0, 0.05, 0.2])["outcome_effect"]
    assert np.isnan(line[0]) and np.isnan(line[1])
    assert line[2] == pytest.approx(-0.5)


def test_a_confounder_on_the_tipping_line_explains_the_difference_exactly() -> None:
    """Leave out a trait with known prevalences and known effect: subtracting its bias gives the true null."""
    rows = []
    for arm, with_trait in ((0, 20), (1, 60)):
        for trait, size in ((1, with_trait), (0, 100 - with_trait)):
            leavers = size * (5 if trait else 2) // 10
            rows += [{"arm": arm, "vsv": pupil < leavers} for pupil in range(size)]
    raw = average_effect(pd.DataFrame(rows), outcome="vsv ~ 1", treatment="arm ~ 1", method="difference")
    estimate = raw.table.loc[1, "estimate"]
    assert tipping_effect(estimate, [0.4])["outcome_effect"][0] == pytest.approx(0.3)
    assert tipping_point(estimate, [0.4], [0.3])["adjusted"][0] == pytest.approx(0, abs=1e-12)
    ratio = risk_ratio(raw, 1).estimate
    assert tipping_ratio(ratio, 0.6, 0.2) == pytest.approx(0.5 / 0.2)
    assert np.isnan(tipping_ratio(4.0, 0.3, 0.2))


def test_shares_must_be_shares() -> None:
    with pytest.raises(OptionError, match="geen procenten"):
        tipping_point(-0.1, [20], [0.1])
    with pytest.raises(OptionError):
        tipping_ratio(2.0, 60, 20)


def test_risk_ratio_of_raw_risks_has_the_textbook_interval() -> None:
    """log RR has variance (1 - p1) / (n1 p1) + (1 - p0) / (n0 p0)."""
    frame = pd.DataFrame({"arm": [0] * 50 + [1] * 40, "vsv": [1] * 20 + [0] * 30 + [1] * 10 + [0] * 30})
    found = risk_ratio(average_effect(frame, outcome="vsv ~ 1", treatment="arm ~ 1", method="difference"), 1)
    error = (0.75 / 10 + 0.6 / 20) ** 0.5
    assert found.estimate == pytest.approx(0.25 / 0.4)
    assert found.upper == pytest.approx(0.625 * np.exp(1.959963984540054 * error))
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


def test_negative_control() -> None:
    """A trait from before the programme: raw it differs, adjusted for itself it cannot."""
    frame = cohort(3000, seed=31)
    raw = average_effect(frame, outcome="male ~ 1", treatment="arm ~ 1", method="difference")
    adjusted = average_effect(frame, outcome="male ~ age", treatment="arm ~ male + age + arrears")
    assert not negative_control(raw, "brug").compatible
    found = negative_control(adjusted, "brug", margin=0.05)
    assert found.compatible and found.equivalent
    assert negative_control(adjusted, "brug", margin=1e-6).equivalent is False
    assert negative_control(adjusted, "brug").equivalent is None
