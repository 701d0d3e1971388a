"""An influence function is what an estimate gains from a little more weight on a row: seen by giving it that weight."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from leerwerk.effects import average_effect
from leerwerk.effects.inference import covariance

METHODS = ("difference", "regression", "ipw", "aipw", "ipwra")
# Central differences of a smooth function: an error of the order of the step squared, here of 1e-8, and of rounding over the step.
STEP, CLOSE = 1e-4, 1e-6
ROWS = 240
CHECKED = (0, 57, 113, 200, 239)


def register(arms: int = 2, seed: int = 4) -> pd.DataFrame:
    """Rows with a 0/1 outcome that is missing for some, weights, and clusters."""
    rng = np.random.default_rng(seed)
    x, z = rng.normal(size=ROWS), rng.integers(0, 2, ROWS)
    arm = rng.integers(0, arms, ROWS) if arms > 2 else (rng.random(ROWS) < 1 / (1 + np.exp(-0.5 * x))).astype(int)
    y = (rng.random(ROWS) < 1 / (1 + np.exp(0.4 - 0.6 * x - 0.3 * arm))).astype(float)
    seen = rng.random(ROWS) < 1 / (1 + np.exp(-1.5 - 0.5 * x + 0.4 * arm))
    frame = pd.DataFrame(
        {"y": y, "arm": arm, "x": x, "z": z, "w": rng.uniform(0.5, 2, ROWS), "centre": np.arange(ROWS) // 8}
    )
    return frame.assign(part=frame["y"].where(seen))


def nudged(frame: pd.DataFrame, row: int, options: dict[str, Any]) -> np.ndarray:
    """How fast each mean moves with the weight of one row."""
    found = []
    for step in (STEP, -STEP):
        weights = frame["w"].to_numpy().copy()
        weights[row] += step
        found.append(average_effect(frame.assign(w=weights), weights="w", **options).means["estimate"].to_numpy())
    return (found[0] - found[1]) / (2 * STEP)


def check(frame: pd.DataFrame, options: dict[str, Any]) -> None:
    influence = average_effect(frame, weights="w", **options).influence.to_numpy()
    np.testing.assert_allclose(influence.mean(axis=0), 0, atol=1e-10)
    # A row's influence is that of its whole weight, as a share of the total.
    for row in CHECKED:
        expected = nudged(frame, row, options) * frame["w"].iloc[row] * len(frame)
        np.testing.assert_allclose(influence[row], expected, atol=CLOSE * np.abs(influence).max())


@pytest.mark.parametrize("family", ["logit", "linear"])
@pytest.mark.parametrize("estimand", ["ate", "att", "atc"])
@pytest.mark.parametrize("method", METHODS)
def test_every_method_and_target(method: str, estimand: str, family: str) -> None:
    check(
        register(),
        {
            "outcome": "y ~ x + z",
            "treatment": "arm ~ x",
            "method": method,
            "estimand": estimand,
            "outcome_family": family,
        },
    )


@pytest.mark.parametrize("link", ["logit", "probit"])
@pytest.mark.parametrize("method", METHODS)
def test_outcomes_that_are_missing(method: str, link: str) -> None:
    options = {"outcome": "part ~ x + z", "treatment": "arm ~ x", "method": method, "treatment_family": link}
    check(register(), options | {"missing": "~ x + arm"})


@pytest.mark.parametrize("missing", [None, "~ x * arm"])
@pytest.mark.parametrize("estimand", ["ate", "att", "atc"])
@pytest.mark.parametrize("family", ["logit", "linear"])
def test_one_model_for_all_arms(family: str, estimand: str, missing: str | None) -> None:
    options = {
        "treatment": "arm ~ 1",
        "method": "regression",
        "outcome_family": family,
        "estimand": estimand,
        "common": True,
    }
    check(
        register(), options | {"outcome": ("y" if missing is None else "part") + " ~ arm * x + z", "missing": missing}
    )


@pytest.mark.parametrize(("arms", "link"), [(2, "logit"), (2, "probit"), (3, "logit")])
def test_overlap_weights(arms: int, link: str) -> None:
    options = {
        "outcome": "y ~ 1",
        "treatment": "arm ~ x + z",
        "method": "ipw",
        "estimand": "ato",
        "treatment_family": link,
    }
    check(register(arms), options)


@pytest.mark.parametrize("estimand", ["ate", "att", "atc"])
@pytest.mark.parametrize("method", METHODS)
def test_whole_weights_are_repeated_rows(method: str, estimand: str) -> None:
    frame = register().assign(w=lambda table: 1 + table.index % 3)
    options: dict[str, Any] = {"outcome": "y ~ x", "treatment": "arm ~ x", "method": method, "estimand": estimand}
    once = average_effect(frame, weights="w", **options)
    copies = frame.index.repeat(frame["w"])
    repeated = average_effect(frame.loc[copies].reset_index(drop=True), **options)
    np.testing.assert_allclose(once.means["estimate"], repeated.means["estimate"], rtol=1e-9)
    sums = np.stack([np.bincount(copies, column) for column in repeated.influence.to_numpy().T], axis=1)
    np.testing.assert_allclose(once.influence.to_numpy() / len(frame), sums / len(copies), rtol=1e-6, atol=1e-12)
    # Which is also the covariance of the repeated rows if the copies of a row are one cluster.
    clustered = covariance(repeated.influence.to_numpy(), copies.to_numpy()) * (len(frame) - 1) / len(frame)
    np.testing.assert_allclose(covariance(once.influence.to_numpy(), None), clustered, rtol=1e-6, atol=1e-12)


@pytest.mark.parametrize("unit", [1e-6, 1e9])
def test_the_unit_of_weights_says_nothing(unit: float) -> None:
    options: dict[str, Any] = {"outcome": "y ~ x", "treatment": "arm ~ x", "weights": "w", "cluster": "centre"}
    frame = register()
    plain, other = average_effect(frame, **options), average_effect(frame.assign(w=frame["w"] * unit), **options)
    np.testing.assert_allclose(plain.table, other.table, rtol=1e-9)


@pytest.mark.parametrize("method", METHODS)
def test_what_the_untreated_would_gain_is_minus_what_the_treated_of_the_mirror_did(method: str) -> None:
    options: dict[str, Any] = {"outcome": "y ~ x", "treatment": "arm ~ x", "method": method, "cluster": "centre"}
    frame = register()
    untreated = average_effect(frame, estimand="atc", **options)
    mirror = average_effect(frame.assign(arm=1 - frame["arm"]), estimand="att", **options)
    np.testing.assert_allclose(untreated.params, -mirror.params, rtol=1e-9)
    np.testing.assert_allclose(untreated.table[["std_error", "df"]], mirror.table[["std_error", "df"]], rtol=1e-7)
