"""Effects on tables small enough to check with pencil and paper.

Sixty pupils without arrears: 20 in the programme, 4 of whom leave early; 40 outside, 16 leave.
Forty pupils with arrears: 30 in the programme, 15 leave; 10 outside, 6 leave.
"""

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from leerwerk.effects import average_effect

# Few rows, because every number is worked out by hand.
pytestmark = pytest.mark.filterwarnings("ignore::leerwerk.effects.errors.FewRowsWarning")

CELLS = [(0, False, 40, 16), (0, True, 20, 4), (1, False, 10, 6), (1, True, 30, 15)]
ADJUSTED = ["regression", "ipw", "aipw", "ipwra"]


@pytest.fixture
def pupils() -> pd.DataFrame:
    rows = [
        {"arrears": arrears, "brug": brug, "vsv": pupil < leavers}
        for arrears, brug, size, leavers in CELLS
        for pupil in range(size)
    ]
    return pd.DataFrame(rows)


def effect(pupils: pd.DataFrame, **options: str) -> pd.Series:
    result = average_effect(pupils, outcome="vsv ~ arrears", treatment="brug ~ arrears", **options)
    return result.table.loc[True]


def test_difference_is_the_raw_difference(pupils: pd.DataFrame) -> None:
    row = effect(pupils, method="difference")
    treated, others = (4 + 15) / 50, (16 + 6) / 50
    # Of a mean of 50 the unbiased variance has 49 in its denominator.
    first, second = treated * (1 - treated) / 49, others * (1 - others) / 49
    np.testing.assert_allclose(
        [row["estimate"], row["std_error"]], [treated - others, (first + second) ** 0.5], rtol=1e-12
    )
    welch = 49 * (first + second) ** 2 / (first**2 + second**2)
    outcomes = [np.repeat([1, 0], [leave, 50 - leave]) for leave in (19, 22)]
    test = stats.ttest_ind(*outcomes, equal_var=False)
    np.testing.assert_allclose([row["df"], row["df"], row["p_value"]], [welch, test.df, test.pvalue], rtol=1e-10)
    interval = test.confidence_interval()
    np.testing.assert_allclose([row["lower"], row["upper"]], [interval.low, interval.high], rtol=1e-10)
    assert row["n"] == 50


@pytest.mark.parametrize("family", ["logit", "linear"])
@pytest.mark.parametrize("method", ADJUSTED)
def test_saturated_models_give_the_stratified_difference(pupils: pd.DataFrame, method: str, family: str) -> None:
    row = effect(pupils, method=method, outcome_family=family)
    without, with_arrears = 4 / 20 - 16 / 40, 15 / 30 - 6 / 10
    ate = 0.6 * without + 0.4 * with_arrears
    variance = (
        0.6**2 * (0.2 * 0.8 / 20 + 0.4 * 0.6 / 40)
        + 0.4**2 * (0.5 * 0.5 / 30 + 0.6 * 0.4 / 10)
        + (0.6 * (without - ate) ** 2 + 0.4 * (with_arrears - ate) ** 2) / 100
    )
    np.testing.assert_allclose([row["estimate"], row["std_error"]], [-0.16, variance**0.5], rtol=1e-10)


@pytest.mark.parametrize("link", ["logit", "probit"])
@pytest.mark.parametrize("method", ADJUSTED)
def test_effect_on_the_treated_weighs_strata_by_the_treated(pupils: pd.DataFrame, method: str, link: str) -> None:
    row = effect(pupils, method=method, estimand="att", treatment_family=link)
    without, with_arrears = 4 / 20 - 16 / 40, 15 / 30 - 6 / 10
    att = 20 / 50 * without + 30 / 50 * with_arrears
    variance = (
        0.4**2 * (0.2 * 0.8 / 20 + 0.4 * 0.6 / 40)
        + 0.6**2 * (0.5 * 0.5 / 30 + 0.6 * 0.4 / 10)
        + (0.4 * (without - att) ** 2 + 0.6 * (with_arrears - att) ** 2) / 50
    )
    np.testing.assert_allclose([row["estimate"], row["std_error"]], [att, variance**0.5], rtol=1e-10)


def test_normalised_weights_by_hand() -> None:
    """Weights 4/3 and 4 within each arm, divided by their sum within that arm."""
    pupils = pd.DataFrame(
        {
            "male": [0, 0, 0, 0, 1, 1, 1, 1],
            "arm": ["a", "a", "a", "b", "a", "b", "b", "b"],
            "hours": [1.0, 2.0, 3.0, 9.0, 4.0, 5.0, 6.0, 7.0],
        }
    )
    result = average_effect(pupils, outcome="hours ~ 1", treatment="arm ~ male", method="ipw", outcome_family="linear")
    first = (1 / 0.75 * (1 + 2 + 3) + 1 / 0.25 * 4) / (3 / 0.75 + 1 / 0.25)
    second = (1 / 0.25 * 9 + 1 / 0.75 * (5 + 6 + 7)) / (1 / 0.25 + 3 / 0.75)
    np.testing.assert_allclose(result.means["estimate"], [first, second], rtol=1e-10)


def test_clusters_by_hand() -> None:
    """Raw difference with three centres, each with a third of either arm.

    What a residual counts for is divided by the root of 1 - 1/3, so that squares count 3/2 times; each arm has the same two
    degrees of freedom, and so has the difference.
    """
    pupils = pd.DataFrame({"arm": [0, 1, 0, 1, 0, 1], "y": [0.0, 2.0, 1.0, 1.0, 2.0, 6.0], "centre": list("aabbcc")})
    with pytest.warns(UserWarning, match="3 clusters"):
        row = average_effect(
            pupils,
            outcome="y ~ 1",
            treatment="arm ~ 1",
            method="difference",
            outcome_family="linear",
            cluster="centre",
        ).table.loc[1]
    # Means 1 and 3; per centre (y1 - 3) / 3 - (y0 - 1) / 3.
    centres = np.array([(2 - 3) - (0 - 1), (1 - 3) - (1 - 1), (6 - 3) - (2 - 1)]) / 3
    error = (3 / 2 * (centres**2).sum()) ** 0.5
    np.testing.assert_allclose([row["estimate"], row["std_error"]], [2.0, error], rtol=1e-12)
    # Student's t with 2 degrees of freedom: 4.302653 at 97.5%.
    np.testing.assert_allclose(row["upper"], 2.0 + 4.302652729911275 * error, rtol=1e-10)
    # Two degrees of freedom have a closed form: P(|T| > t) = 1 - t / sqrt(2 + t^2).
    ratio = 2.0 / error
    np.testing.assert_allclose(row["p_value"], 1 - ratio / (2 + ratio**2) ** 0.5, rtol=1e-10)
