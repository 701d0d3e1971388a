"""Balance before and after weighting."""

import numpy as np
import pandas as pd
import pytest
from tests.unit.effects.effect_data import cohort

from leerwerk.effects import average_effect, balance, errors


def test_by_hand() -> None:
    """Three of four treated are male, one of four others; weights from a saturated model balance them."""
    frame = pd.DataFrame({"arm": [1] * 4 + [0] * 4, "male": [1, 1, 1, 0, 1, 0, 0, 0]})
    row = balance(frame, treatment="arm ~ male").loc[(1, "male")]
    variance = 4 / 3 * 0.75 * 0.25
    expected = [0.75, 0.25, 0.5 / variance**0.5, 0]
    np.testing.assert_allclose(row, expected, atol=1e-9)


@pytest.mark.parametrize("estimand", ["ate", "att"])
def test_weighting_improves_every_term(estimand: str) -> None:
    table = balance(cohort(4000, seed=41, arms=3), treatment="arm ~ male + age * arrears", estimand=estimand)
    assert list(table.index.get_level_values("term")[:4]) == ["male", "age", "arrears", "age:arrears"]
    assert table["after"].abs().max() < 0.02 < table["before"].abs().max()


@pytest.mark.parametrize("estimand", ["ate", "att"])
def test_after_is_the_weighted_effect_on_the_trait_itself(estimand: str) -> None:
    frame = cohort(500, seed=44).assign(trait=lambda table: table["arrears"])
    row = balance(frame, treatment="arm ~ male + arrears", estimand=estimand).loc[("brug", "arrears")]
    effect = average_effect(
        frame,
        outcome="trait ~ 1",
        treatment="arm ~ male + arrears",
        method="ipw",
        estimand=estimand,
        outcome_family="linear",
    ).table.loc["brug", "estimate"]
    spread = (row["mean_arm"] - row["mean_reference"]) / row["before"]
    np.testing.assert_allclose(row["after"] * spread, effect, rtol=1e-8)


def test_bad_input() -> None:
    frame = cohort(300, seed=43)
    with pytest.raises(errors.NoOverlapError):
        balance(frame.assign(male=frame["arm"] == "brug"), treatment="arm ~ male")
    with pytest.raises(errors.OptionError):
        balance(frame, treatment="arm ~ male", estimand="atu")  # type: ignore[arg-type]
