"""Clusters are counted per arm: forty of them say nothing of an arm that lies in one."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest

from leerwerk.effects import average_effect, standardised_risks
from leerwerk.effects.diagnostics import FEW_IN_ARM
from leerwerk.effects.errors import ClusterError, FewClustersWarning

GIVEN = {
    "outcome": "y ~ 1",
    "treatment": "arm ~ 1",
    "method": "difference",
    "outcome_family": "linear",
    "cluster": "centre",
}


def centres(treated: int, *, count: int = 40, size: int = 25, seed: int = 0) -> pd.DataFrame:
    """One row per pupil; whole centres have the programme, centres differ as much as pupils, and nothing has an effect."""
    rng = np.random.default_rng(seed)
    centre = np.repeat(np.arange(count), size)
    y = rng.normal(size=count)[centre] + rng.normal(size=len(centre))
    return pd.DataFrame({"centre": centre, "arm": centre < treated, "y": y})


def test_one_treated_cluster_is_refused_by_name():
    with pytest.raises(ClusterError, match="Groep True zit helemaal in één cluster van 'centre'"):
        average_effect(centres(1), **GIVEN)
    with pytest.raises(ClusterError, match="Groep False"):
        average_effect(centres(39), **GIVEN)


def test_one_cluster_is_refused_for_risks_over_time_too():
    frame = centres(1).assign(months=lambda table: 1 + table.index % 6, event=lambda table: table.index % 2)
    with pytest.raises(ClusterError, match="Groep True"):
        standardised_risks(frame, outcome="months ~ 1", event="event", arm="arm", cluster="centre")


@pytest.mark.parametrize("treated", [2, 5, FEW_IN_ARM - 1])
def test_few_treated_clusters_are_told(treated):
    with pytest.warns(FewClustersWarning, match=f"Groep True zit in maar {treated} clusters"):
        result = average_effect(centres(treated), **GIVEN)
    assert len(result.warnings) == 1


def test_enough_clusters_in_each_arm_are_not_told():
    assert average_effect(centres(FEW_IN_ARM), **GIVEN).warnings == ()


def test_arms_within_clusters_have_all_of_them():
    """Two pupils of every centre have the programme: no arm lies in few centres."""
    frame = centres(0).assign(arm=lambda table: table.index % 25 < 2)
    assert average_effect(frame, **GIVEN).warnings == ()


def test_the_limit_lies_where_the_interval_begins_to_hold():
    """1 000 draws at the limit: at least 93% hold the truth; with two treated clusters fewer than 80%."""

    def held(treated: int, draws: int) -> float:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", FewClustersWarning)
            tables = [
                average_effect(centres(treated, size=5, seed=seed), **GIVEN).table.iloc[0] for seed in range(draws)
            ]
        return float(np.mean([row["lower"] < 0 < row["upper"] for row in tables]))

    assert held(FEW_IN_ARM, 1_000) > 0.92
    assert held(2, 300) < 0.8
