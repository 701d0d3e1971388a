"""Few rows are told where no clusters are counted: a normal interval leans on many."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest

from leerwerk.effects import average_effect
from leerwerk.effects.diagnostics import FEW_ROWS
from leerwerk.effects.errors import EffectsWarning, FewRowsWarning

GIVEN = {"outcome": "y ~ 1", "treatment": "arm ~ 1", "method": "difference", "outcome_family": "linear"}


def groups(each: int, seed: int = 0) -> pd.DataFrame:
    """Two groups of one size between which there is no difference."""
    return pd.DataFrame({"arm": np.arange(2 * each) < each, "y": np.random.default_rng(seed).normal(size=2 * each)})


def test_each_small_group_is_named():
    with pytest.warns(FewRowsWarning) as caught:
        average_effect(groups(FEW_ROWS - 1), **GIVEN)
    said = [f"Groep {label} telt maar {FEW_ROWS - 1} rijen" for label in (False, True)]
    assert [str(item.message).partition(":")[0] for item in caught] == said


def test_enough_rows_are_not_told():
    assert average_effect(groups(FEW_ROWS), **GIVEN).warnings == ()


def test_with_clusters_these_are_counted_instead():
    frame = groups(FEW_ROWS - 1).assign(centre=lambda table: table.index // 2)
    with pytest.warns(EffectsWarning, match="clusters") as caught:
        average_effect(frame, cluster="centre", **GIVEN)
    assert not [item for item in caught if issubclass(item.category, FewRowsWarning)]


def test_the_limit_lies_where_the_interval_begins_to_hold():
    """1 000 draws: at the limit at least 92% hold the truth, with five rows in each group fewer than 91%."""

    def held(each: int) -> float:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FewRowsWarning)
            rows = [average_effect(groups(each, seed), **GIVEN).table.iloc[0] for seed in range(1_000)]
        return float(np.mean([row["lower"] < 0 < row["upper"] for row in rows]))

    assert held(FEW_ROWS) > 0.92
    assert held(5) < 0.91
