"""Clusters are counted per arm: forty of them say nothing of an arm that lies in one.

Intervals of average effects allow for that; those of risks over time do not.
"""

from __future__ import annotations

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
RISKS = {"outcome": "months ~ 1", "event": "event", "arm": "arm", "months": [6], "cluster": "centre"}


def centres(treated: int, *, count: int = 40, size: int = 25, seed: int = 0) -> pd.DataFrame:
    """One row per pupil; whole centres have the programme, centres differ as much as pupils, and nothing has an effect."""
    rng = np.random.default_rng(seed)
    centre = np.repeat(np.arange(count), size)
    y = rng.normal(size=count)[centre] + rng.normal(size=len(centre))
    return pd.DataFrame({"centre": centre, "arm": centre < treated, "y": y})


def leavers(treated: int, *, count: int = 40, size: int = 10, seed: int = 0) -> pd.DataFrame:
    """Whole centres have the programme, which does nothing; centres differ in how many leave within six months."""
    rng = np.random.default_rng(seed)
    centre = np.repeat(np.arange(count), size)
    hazard = 0.1 * np.exp(0.5 * rng.normal(size=count))[centre]
    months = rng.geometric(-np.expm1(-hazard))
    return pd.DataFrame(
        {"centre": centre, "arm": centre < treated, "months": np.minimum(months, 6), "event": months <= 6}
    )


def held(tables: list[pd.Series]) -> float:
    """How often the interval holds the truth, which is zero."""
    return float(np.mean([row["lower"] < 0 < row["upper"] for row in tables]))


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
    with pytest.warns(FewClustersWarning) as caught:
        result = average_effect(centres(treated), **GIVEN)
    (text,) = result.warnings
    assert [str(item.message) for item in caught] == [text]
    assert text == (
        f"Groep True zit in maar {treated} clusters: het betrouwbaarheidsinterval is daarvoor verbreed, maar steunt op weinig: "
        "een enkele cluster meer of minder kan veel veranderen."
    )


@pytest.mark.parametrize("treated", [2, FEW_IN_ARM - 1])
def test_few_treated_clusters_make_risks_over_time_look_too_certain(treated):
    with pytest.warns(FewClustersWarning):
        result = standardised_risks(leavers(treated), **RISKS)
    (text,) = result.warnings
    assert text == (
        f"Groep True zit in maar {treated} clusters: het betrouwbaarheidsinterval is waarschijnlijk te smal. Lees het als "
        "ondergrens van de onzekerheid."
    )


def test_enough_clusters_in_each_arm_are_not_told():
    assert average_effect(centres(FEW_IN_ARM), **GIVEN).warnings == ()
    assert standardised_risks(leavers(FEW_IN_ARM), **RISKS).warnings == ()


def test_arms_within_clusters_have_all_of_them():
    """Two pupils of every centre have the programme: no arm lies in few centres."""
    frame = centres(0).assign(arm=lambda table: table.index % 25 < 2)
    assert average_effect(frame, **GIVEN).warnings == ()


@pytest.mark.filterwarnings("ignore::leerwerk.effects.errors.FewClustersWarning")
@pytest.mark.parametrize("treated", [3, FEW_IN_ARM])
def test_corrected_intervals_hold_from_three_clusters_on(treated):
    """600 draws: at least 92% hold the truth."""
    frames = (centres(treated, size=5, seed=seed) for seed in range(600))
    assert held([average_effect(frame, **GIVEN).table.iloc[0] for frame in frames]) >= 0.92


@pytest.mark.filterwarnings("ignore::leerwerk.effects.errors.FewClustersWarning")
def test_the_limit_lies_where_an_uncorrected_interval_begins_to_hold():
    """600 draws at the limit: at least 92% hold the truth; with three treated clusters fewer than 87%, with two than 80%."""

    def share(treated: int, draws: int) -> float:
        frames = (leavers(treated, seed=seed) for seed in range(draws))
        return held([standardised_risks(frame, **RISKS).differences.iloc[0] for frame in frames])

    assert share(FEW_IN_ARM, 600) > 0.92
    assert share(3, 300) < 0.87
    assert share(2, 300) < 0.8
