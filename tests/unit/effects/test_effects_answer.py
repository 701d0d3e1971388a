"""What an answer holds: every table, label and size, from counts and means that pandas takes by itself."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from tests.unit.effects.effect_data import cohort
from tests.unit.effects.matrices import raw_clustered, raw_separate

from leerwerk.effects import average_effect
from leerwerk.effects import errors as problems
from leerwerk.effects.inference import covariance

FRAME = cohort(500, seed=110, arms=3).set_index(np.arange(1000, 1500))
RAW: dict[str, Any] = {"outcome": "vsv ~ 1", "treatment": "arm ~ male", "method": "difference"}


def share(arm: str) -> float:
    return float(FRAME.loc[FRAME["arm"] == arm, "vsv"].mean())


def size(arm: str) -> int:
    return int((FRAME["arm"] == arm).sum())


def variance(arm: str) -> float:
    """Of a raw share, without bias: with n - 1 in the denominator."""
    return share(arm) * (1 - share(arm)) / (size(arm) - 1)


@pytest.mark.parametrize("estimand", ["ate", "att"])
@pytest.mark.parametrize("level", [0.9, 0.95])
def test_raw_shares_and_their_differences(estimand: Any, level: float) -> None:
    result = average_effect(FRAME, estimand=estimand, level=level, **RAW)
    assert list(result.table.columns) == ["estimate", "std_error", "lower", "upper", "p_value", "df", "n"]
    assert list(result.table.index) == ["brug", "ibal"] and result.table.index.name == "arm"
    for arm, row in result.table.iterrows():
        own, others = (FRAME.loc[FRAME["arm"] == label, "vsv"].astype(float) for label in (arm, "geen"))
        test = stats.ttest_ind(own, others, equal_var=False)
        interval = test.confidence_interval(level)
        estimate, error = share(arm) - share("geen"), np.sqrt(variance(arm) + variance("geen"))
        expected = [estimate, error, interval.low, interval.high]
        np.testing.assert_allclose(row[:4].to_numpy(float), expected, rtol=1e-10)
        np.testing.assert_allclose([row["p_value"], row["df"]], [test.pvalue, test.df], rtol=1e-9)
        assert row["n"] == size(arm)
    targets = ["all"] if estimand == "ate" else ["brug", "ibal"]
    pairs = [(target, arm) for target in targets for arm in ("geen", "brug", "ibal")]
    assert list(result.means.index) == pairs and result.means.index.names == ["target", "arm"]
    assert list(result.means.columns) == ["estimate", "std_error", "lower", "upper", "df", "n"]
    for (target, arm), row in result.means.iterrows():
        error = np.sqrt(variance(arm))
        expected = [share(arm), error, *stats.t.interval(level, size(arm) - 1, share(arm), error)]
        np.testing.assert_allclose(row[:4].to_numpy(float), expected, rtol=1e-10)
        assert row["df"] == pytest.approx(size(arm) - 1, rel=1e-10)
        assert row["n"] == (500 if target == "all" else size(target))
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
    assert list(found.index) == ["estimate", "std_error", "lower", "upper", "p_value", "df", "n"]
    assert found["estimate"] == pytest.approx(share("ibal") - share("brug"), rel=1e-10)
    assert found["n"] == (FRAME["arm"] == "ibal").sum()
    parts = {"ibal": 1.0, "brug": -1.0}
    if cluster:
        squared, degrees = raw_clustered(FRAME["vsv"], FRAME["arm"], FRAME["centre"], parts)
    else:
        squared, degrees = raw_separate(FRAME["vsv"], FRAME["arm"], parts)
    error, reach = np.sqrt(squared), stats.t.ppf(0.975, degrees)
    assert found["std_error"] == pytest.approx(error, rel=1e-9)
    assert found["df"] == pytest.approx(degrees, rel=1e-9)
    assert found["upper"] == pytest.approx(found["estimate"] + reach * error, rel=1e-9)


@pytest.mark.parametrize("estimand", ["ate", "att"])
def test_influence_summed_over_centres_has_the_variance_before_corrections(estimand: Any) -> None:
    """What a user who combines estimates on the same rows gets: sums by centre, squared, times G / (G - 1)."""
    result = average_effect(FRAME, cluster="centre", estimand=estimand, **RAW)
    found = covariance(result.influence.to_numpy(), pd.factorize(FRAME["centre"])[0])
    centres = FRAME["centre"].nunique()
    own = {arm: (FRAME["vsv"] - share(arm)) * (FRAME["arm"] == arm) / size(arm) for arm in ("geen", "brug", "ibal")}
    sums = {arm: errors.groupby(FRAME["centre"]).sum() for arm, errors in own.items()}
    arms = [arm for _, arm in result.means.index]
    expected = [[centres / (centres - 1) * (sums[one] * sums[other]).sum() for other in arms] for one in arms]
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-15)


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
