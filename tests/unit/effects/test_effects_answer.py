"""What an answer holds: every table, label and size, from counts and means that pandas takes by itself."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from tests.unit.effects.effect_data import cohort

from leerwerk.effects import average_effect
from leerwerk.effects import errors as problems

FRAME = cohort(500, seed=110, arms=3).set_index(np.arange(1000, 1500))
RAW: dict[str, Any] = {"outcome": "vsv ~ 1", "treatment": "arm ~ male", "method": "difference"}


def share(arm: str) -> float:
    return float(FRAME.loc[FRAME["arm"] == arm, "vsv"].mean())


def variance(arm: str) -> float:
    """Of a raw share, with n in the denominator."""
    return share(arm) * (1 - share(arm)) / int((FRAME["arm"] == arm).sum())


@pytest.mark.parametrize("estimand", ["ate", "att"])
@pytest.mark.parametrize("level", [0.9, 0.95])
def test_raw_shares_and_their_differences(estimand: Any, level: float) -> None:
    result = average_effect(FRAME, estimand=estimand, level=level, **RAW)
    reach = stats.norm.ppf((1 + level) / 2)
    assert list(result.table.columns) == ["estimate", "std_error", "lower", "upper", "p_value", "n"]
    assert list(result.table.index) == ["brug", "ibal"] and result.table.index.name == "arm"
    for arm, row in result.table.iterrows():
        estimate, error = share(arm) - share("geen"), np.sqrt(variance(arm) + variance("geen"))
        expected = [estimate, error, estimate - reach * error, estimate + reach * error]
        np.testing.assert_allclose(row[:4].to_numpy(float), expected, rtol=1e-10)
        assert row["p_value"] == pytest.approx(2 * stats.norm.sf(abs(estimate / error)), rel=1e-9)
        assert row["n"] == (FRAME["arm"] == arm).sum()
    targets = ["all"] if estimand == "ate" else ["brug", "ibal"]
    pairs = [(target, arm) for target in targets for arm in ("geen", "brug", "ibal")]
    assert list(result.means.index) == pairs and result.means.index.names == ["target", "arm"]
    assert list(result.means.columns) == ["estimate", "std_error", "lower", "upper", "n"]
    for (target, arm), row in result.means.iterrows():
        error = np.sqrt(variance(arm))
        expected = [share(arm), error, share(arm) - reach * error, share(arm) + reach * error]
        np.testing.assert_allclose(row[:4].to_numpy(float), expected, rtol=1e-10)
        assert row["n"] == (500 if target == "all" else (FRAME["arm"] == target).sum())
    for table in (result.covariance, result.influence.T):
        pd.testing.assert_index_equal(table.index, result.means.index)
    pd.testing.assert_index_equal(result.covariance.columns, result.means.index)
    np.testing.assert_allclose(np.diag(result.covariance), result.means["std_error"] ** 2, rtol=1e-12)


def test_influence_and_propensity_stand_beside_the_frame_s_own_rows() -> None:
    result = average_effect(FRAME, **(RAW | {"method": "ipw"}))
    pd.testing.assert_index_equal(result.influence.index, FRAME.index)
    assert result.propensity is not None
    pd.testing.assert_index_equal(result.propensity.index, FRAME.index)
    assert list(result.propensity.columns) == ["geen", "brug", "ibal"] and result.propensity.columns.name == "arm"
    expected = FRAME.groupby("male")["arm"].value_counts(normalize=True).unstack()
    np.testing.assert_allclose(
        result.propensity, expected.loc[FRAME["male"], ["geen", "brug", "ibal"]].to_numpy(), rtol=1e-7
    )
    raw = average_effect(FRAME, **RAW)
    assert raw.propensity is None and raw.weights is None
    expected_influence = (
        (FRAME["vsv"] - share("brug")) * (FRAME["arm"] == "brug") * 500 / (FRAME["arm"] == "brug").sum()
    )
    np.testing.assert_allclose(raw.influence[("all", "brug")], expected_influence, atol=1e-10)


def test_what_was_estimated_on_how_many() -> None:
    result = average_effect(FRAME, cluster="centre", level=0.8, estimand="att", **RAW)
    assert (result.reference, result.method, result.estimand, result.level) == ("geen", "difference", "att", 0.8)
    assert (result.n, result.clusters, result.warnings) == (500, FRAME["centre"].nunique(), ())
    sizes = FRAME["arm"].value_counts().loc[["geen", "brug", "ibal"]]
    assert result.arm_sizes.to_dict() == sizes.to_dict()
    assert (result.arm_sizes.name, result.arm_sizes.index.name) == ("n", "arm")
    assert average_effect(FRAME, **RAW).clusters is None


@pytest.mark.parametrize("cluster", [None, "centre"])
@pytest.mark.parametrize("estimand", ["ate", "att"])
def test_any_two_arms_can_be_compared(cluster: str | None, estimand: Any) -> None:
    result = average_effect(FRAME, cluster=cluster, estimand=estimand, **RAW)
    found = result.contrast("ibal", "brug")
    assert list(found.index) == ["estimate", "std_error", "lower", "upper", "p_value", "n"]
    assert found["estimate"] == pytest.approx(share("ibal") - share("brug"), rel=1e-10)
    assert found["n"] == (FRAME["arm"] == "ibal").sum()
    centres = FRAME["centre"].nunique()
    own = {
        arm: (FRAME["vsv"] - share(arm)) * (FRAME["arm"] == arm) / (FRAME["arm"] == arm).sum()
        for arm in ("ibal", "brug")
    }
    errors = own["ibal"] - own["brug"]
    if cluster:
        errors = errors.groupby(FRAME["centre"]).sum()
    factor = centres / (centres - 1) if cluster else 1
    error = np.sqrt(factor * (errors**2).sum())
    reach = stats.t.ppf(0.975, centres - 1) if cluster else stats.norm.ppf(0.975)
    assert found["std_error"] == pytest.approx(error, rel=1e-9)
    assert found["upper"] == pytest.approx(found["estimate"] + reach * error, rel=1e-9)


def test_with_the_att_the_reference_has_no_effect_of_its_own() -> None:
    result = average_effect(FRAME, estimand="att", **RAW)
    with pytest.raises(problems.OptionError):
        result.contrast("geen", "brug")
    assert average_effect(FRAME, **RAW).contrast("geen", "brug")["estimate"] == pytest.approx(
        share("geen") - share("brug")
    )


def test_what_is_estimated_when_nothing_is_said() -> None:
    """AIPW for everyone, logits, no clusters, 95 percent: what the documentation promises."""
    formulas: dict[str, Any] = {"outcome": "vsv ~ male", "treatment": "arm ~ male"}
    named = average_effect(
        FRAME,
        method="aipw",
        estimand="ate",
        outcome_family="logit",
        treatment_family="logit",
        cluster=None,
        level=0.95,
        **formulas,
    )
    pd.testing.assert_frame_equal(average_effect(FRAME, **formulas).table, named.table)
