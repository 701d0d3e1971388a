"""Effects by subgroup are those of the subgroup alone; their test of equality by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from tests.unit.effects.effect_data import cohort

from leerwerk.effects import average_effect, effects_by, errors

GIVEN = {"outcome": "vsv ~ age + arrears", "treatment": "arm ~ age + arrears", "method": "aipw"}


@pytest.fixture(scope="module")
def pupils() -> pd.DataFrame:
    frame = cohort(900, seed=3, arms=3)
    return frame.assign(school=pd.Categorical.from_codes(np.arange(900) % 3, ["c", "a", "b"]))


@pytest.mark.parametrize("cluster", [None, "centre"])
def test_each_row_is_the_effect_in_that_group(pupils, cluster):
    found = effects_by(pupils, by="school", cluster=cluster, **GIVEN)
    assert list(found.parts) == ["c", "a", "b"]
    for school in found.parts:
        alone = average_effect(pupils[pupils["school"] == school], cluster=cluster, **GIVEN)
        pd.testing.assert_frame_equal(found.table.loc[school], alone.table)
    assert found.table.index.names == ["group", "arm"]


def test_without_clusters_groups_are_independent(pupils):
    found = effects_by(pupils, by="school", **GIVEN)
    for arm in ("brug", "ibal"):
        rows = found.table.xs(arm, level="arm")
        # Cochran's Q: the weighted squared distances from the weighted mean.
        weight = 1 / rows["std_error"] ** 2
        q = float((weight * (rows["estimate"] - np.average(rows["estimate"], weights=weight)) ** 2).sum())
        assert found.equal.loc[arm, "statistic"] * 2 == pytest.approx(q, rel=1e-9)
        assert found.equal.loc[arm, "p_value"] == pytest.approx(stats.chi2.sf(q, 2), rel=1e-9)


def test_with_clusters_across_groups_their_estimates_move_together(pupils):
    found = effects_by(pupils, by="male", cluster="centre", **GIVEN)
    errors_, rows = [], found.table.xs("brug", level="arm")
    for sex, part in found.parts.items():
        own = (pupils["male"] == sex).to_numpy()
        influence = part.influence["all", "brug"] - part.influence["all", "geen"]
        errors_.append(pd.Series(influence.to_numpy(), pupils["centre"][own]).groupby(level=0).sum() / own.sum())
    both = pd.concat(errors_, axis=1).fillna(0.0)
    plain = np.sqrt((both**2).sum())
    correlation = float((both[0] * both[1]).sum() / (plain[0] * plain[1]))
    assert abs(correlation) > 0.02
    first, second = rows["std_error"]
    variance = first**2 + second**2 - 2 * correlation * first * second
    gap = rows["estimate"].iloc[1] - rows["estimate"].iloc[0]
    equal = found.equal.loc["brug"]
    assert equal["statistic"] == pytest.approx(gap**2 / variance, rel=1e-9)
    assert (equal["df_num"], equal["df_denom"]) == (1, rows["df"].min())
    assert equal["p_value"] == pytest.approx(stats.f.sf(gap**2 / variance, 1, rows["df"].min()), rel=1e-9)


def test_equal_effects_are_rejected_as_often_as_promised():
    """400 draws of two groups with one effect: 5% rejected, within three binomial errors."""
    rejected = 0
    for seed in range(400):
        rng = np.random.default_rng(seed)
        frame = pd.DataFrame({"arm": np.arange(80) % 2, "part": np.arange(80) // 40, "y": rng.normal(size=80)})
        found = effects_by(
            frame, by="part", outcome="y ~ 1", treatment="arm ~ 1", method="difference", outcome_family="linear"
        )
        rejected += found.equal["p_value"].item() < 0.05
    assert abs(rejected / 400 - 0.05) < 3 * (0.05 * 0.95 / 400) ** 0.5


def test_groups_with_other_arms_are_refused(pupils):
    frame = pupils.assign(arm=pupils["arm"].astype(str))
    frame = frame[~((frame["school"] == "a") & (frame["arm"] == "ibal"))]
    with pytest.raises(errors.OptionError, match="'school' hebben niet dezelfde behandelingen"):
        effects_by(frame, by="school", **GIVEN)


def test_a_missing_group_is_refused(pupils):
    with pytest.raises(errors.MissingValuesError, match="'school'"):
        effects_by(pupils.assign(school=pupils["school"].where(pupils.index > 3)), by="school", **GIVEN)
