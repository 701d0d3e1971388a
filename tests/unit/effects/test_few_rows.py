"""Few rows are told where no clusters are counted: a normal interval leans on many, Welch's on outcomes that are about normal."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from leerwerk.effects import average_effect
from leerwerk.effects.diagnostics import FEW_OF_A_KIND, FEW_RAW, FEW_ROWS
from leerwerk.effects.errors import EffectsWarning, FewRowsWarning

RAW: dict[str, Any] = {"outcome": "y ~ 1", "treatment": "arm ~ 1", "method": "difference", "outcome_family": "linear"}
MODEL: dict[str, Any] = RAW | {"outcome": "y ~ trait", "method": "regression"}


def groups(each: int, seed: int = 0) -> pd.DataFrame:
    """Two groups of one size between which there is no difference."""
    rng = np.random.default_rng(seed)
    return pd.DataFrame(
        {"arm": np.arange(2 * each) < each, "y": rng.normal(size=2 * each), "trait": rng.normal(size=2 * each)}
    )


def counts(treated: int, others: int, each: int) -> pd.DataFrame:
    """Two groups of one size with so many ones among zeros."""
    ones = [np.arange(each) < count for count in (others, treated)]
    return pd.DataFrame({"arm": np.arange(2 * each) >= each, "y": np.concatenate(ones).astype(int)})


def test_each_small_group_is_named():
    with pytest.warns(FewRowsWarning) as caught:
        result = average_effect(groups(FEW_ROWS - 1), **MODEL)
    narrow = "het betrouwbaarheidsinterval is waarschijnlijk te smal. Lees het als ondergrens van de onzekerheid."
    said = tuple(f"Groep {label} telt maar {FEW_ROWS - 1} rijen: {narrow}" for label in (False, True))
    assert tuple(str(item.message) for item in caught) == result.warnings == said


def test_enough_rows_are_not_told():
    assert average_effect(groups(FEW_ROWS), **MODEL).warnings == ()


def test_of_a_raw_difference_of_small_groups_is_said_what_it_supposes():
    with pytest.warns(FewRowsWarning) as caught:
        result = average_effect(groups(FEW_RAW - 1), **RAW)
    normal = "het betrouwbaarheidsinterval klopt alleen als de uitkomst ongeveer normaal verdeeld is."
    said = tuple(f"Groep {label} telt maar {FEW_RAW - 1} rijen: {normal}" for label in (False, True))
    assert tuple(str(item.message) for item in caught) == result.warnings == said
    assert average_effect(groups(FEW_RAW), **RAW).warnings == ()


@pytest.mark.parametrize(("ones", "value", "count"), [(2, 1, 2), (28, 0, 2), (1, 1, 1)])
def test_a_value_that_is_rare_in_a_group_is_named(ones: int, value: int, count: int):
    with pytest.warns(FewRowsWarning) as caught:
        result = average_effect(counts(ones, 15, 30), **RAW)
    narrow = "het betrouwbaarheidsinterval is waarschijnlijk te smal. Lees het als ondergrens van de onzekerheid."
    said = (f"In groep True komt {value} maar {count} keer voor: {narrow}",)
    assert tuple(str(item.message) for item in caught) == result.warnings == said


def test_a_value_that_is_there_often_enough_is_not_told():
    assert average_effect(counts(FEW_OF_A_KIND, 30 - FEW_OF_A_KIND, 30), **RAW).warnings == ()


@pytest.mark.parametrize("given", [RAW, MODEL], ids=["raw", "model"])
def test_with_clusters_these_are_counted_instead(given: dict[str, Any]):
    frame = groups(FEW_RAW - 1).assign(centre=lambda table: table.index // 2)
    with pytest.warns(EffectsWarning, match="clusters") as caught:
        average_effect(frame, cluster="centre", **given)
    assert not [item for item in caught if issubclass(item.category, FewRowsWarning)]


@pytest.mark.filterwarnings("ignore::leerwerk.effects.errors.FewRowsWarning")
def test_the_limit_lies_where_the_interval_begins_to_hold():
    """1 000 draws: at the limit at least 92% hold the truth, with five rows in each group fewer than 91%; Welch's does there."""

    def held(each: int, given: dict[str, Any]) -> float:
        rows = [average_effect(groups(each, seed), **given).table.iloc[0] for seed in range(1_000)]
        return float(np.mean([row["lower"] < 0 < row["upper"] for row in rows]))

    assert held(FEW_ROWS, MODEL) > 0.92
    assert held(5, MODEL) < 0.91
    assert held(5, RAW) >= 0.92
