"""Standardised differences against weights from statsmodels and sums over pupils."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from tests.unit.effects.effect_data import ARMS, cohort

from leerwerk.effects import balance, errors

# statsmodels' own stopping rule; a wrong weight or variance shows in the second digit.
CLOSE = {"rtol": 1e-5, "atol": 1e-7}


def chances(frame: pd.DataFrame, family: str) -> np.ndarray:
    """Each pupil's probability of each arm."""
    traits = sm.add_constant(frame[["male", "arrears"]].astype(float))
    codes = frame["arm"].cat.codes
    if family == "probit":
        joins = sm.Probit(codes, traits).fit(disp=0, tol=1e-12).predict(traits).to_numpy()
        return np.column_stack([1 - joins, joins])
    return sm.MNLogit(codes, traits).fit(disp=0, tol=1e-12).predict(traits).to_numpy()


@pytest.mark.parametrize("estimand", ["ate", "att"])
@pytest.mark.parametrize(("arms", "family"), [(2, "logit"), (2, "probit"), (3, "logit")])
def test_every_column_by_sums_over_pupils(arms: int, family: Any, estimand: Any) -> None:
    frame = cohort(300, seed=130, arms=arms)
    table = balance(frame, treatment="arm ~ male + arrears", estimand=estimand, treatment_family=family)
    assert list(table.columns) == ["mean_arm", "mean_reference", "before", "after"]
    assert list(table.index) == [(arm, term) for arm in ARMS[1:arms] for term in ("male", "arrears")]
    assert table.index.names == ["arm", "term"]
    probability = chances(frame, family)
    for (arm, term), row in table.iterrows():
        own = ARMS.index(arm)
        sides = []
        for code in (own, 0):
            inside = (frame["arm"] == ARMS[code]).to_numpy()
            values = frame[term].to_numpy(float)[inside]
            aim = probability[inside, own] if estimand == "att" else np.ones(inside.sum())
            weights = aim / probability[inside, code]
            mean = values.sum() / len(values)
            variance = ((values - mean) ** 2).sum() / (len(values) - 1)
            sides.append((mean, (weights * values).sum() / weights.sum(), variance))
        (mean, weighted, variance), (other, other_weighted, other_variance) = sides
        spread = np.sqrt(variance if estimand == "att" else (variance + other_variance) / 2)
        expected = [mean, other, (mean - other) / spread, (weighted - other_weighted) / spread]
        np.testing.assert_allclose(row, expected, **CLOSE)


def test_what_is_compared_when_nothing_is_said() -> None:
    frame = cohort(300, seed=131)
    named = balance(frame, treatment="arm ~ male", estimand="ate", treatment_family="logit")
    pd.testing.assert_frame_equal(balance(frame, treatment="arm ~ male"), named)


def test_rows_in_another_order_and_another_column_called_nothing() -> None:
    frame = cohort(300, seed=132).rename(columns={"hours": "y"})
    shuffled = frame.sample(frac=1, random_state=1)
    expected = balance(frame, treatment="arm ~ male + age")
    pd.testing.assert_frame_equal(balance(shuffled, treatment="arm ~ male + age"), expected, rtol=1e-8)
    pd.testing.assert_frame_equal(balance(shuffled[["arm", "age", "male"]], treatment="arm ~ male + age"), expected)


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"estimand": "atu"}, errors.OptionError),
        ({"treatment_family": "linear"}, errors.OptionError),
        ({"treatment": "arm"}, errors.FormulaError),
        ({"treatment": "arm ~ height"}, errors.MissingColumnError),
        ({"treatment": "arm ~ joined"}, errors.NoOverlapError),
    ],
    ids=str,
)
def test_what_cannot_be_compared(options: dict[str, Any], error: type[Exception]) -> None:
    frame = cohort(300, seed=133).assign(joined=lambda table: table["arm"] == "brug")
    with pytest.raises(error):
        balance(frame, **({"treatment": "arm ~ male"} | options))
