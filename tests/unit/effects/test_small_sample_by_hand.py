"""Corrections for leverage and their degrees of freedom against whole matrices, for every method and as SciPy's t-test has them."""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats
from tests.unit.effects.effect_data import cohort
from tests.unit.effects.matrices import (
    Floats,
    Model,
    corrected,
    inflated,
    inverse_root,
    quadratic,
    raw_clustered,
    raw_separate,
)

from leerwerk.effects import Effects, average_effect
from leerwerk.effects.inference import Spread
from leerwerk.effects.potential_outcomes import Residuals
from leerwerk.effects.small_sample import clustered_spread, inflate, root, separate_spread, undone

# Few clusters, because every matrix is written out.
pytestmark = [
    pytest.mark.filterwarnings("ignore::leerwerk.effects.errors.FewClustersWarning"),
    pytest.mark.filterwarnings("ignore::leerwerk.effects.errors.FewRowsWarning"),
]

CLUSTERS = np.array([0, 1, 1, 2, 0, 3, 3, 4, 2, 4, 1, 4, 0, 3, 2, 2])


def residuals(kind: str, columns: int) -> tuple[Residuals, Model, Floats]:
    """Sixteen rows of one arm in five clusters, with what the code is told of them and the same in whole matrices."""
    rng = np.random.default_rng([7, columns])
    rows = len(CLUSTERS)
    design = np.column_stack([np.ones(rows), rng.normal(size=(rows, columns - 1)) + 0.4 * CLUSTERS[:, None]])
    weights = rng.uniform(0.3, 3.0, rows) if "weights" in kind else np.ones(rows)
    variance = rng.uniform(0.05, 0.25, rows) if "logit" in kind else np.ones(rows)
    if kind == "alone":
        # The last column is there for one cluster only, which therefore decides its coefficient.
        design[:, -1] = np.where(CLUSTERS == 3, 1.0, 0.0)
    reach, error = rng.normal(1.0, 1.0, rows), rng.normal(size=rows)
    information = design.T @ np.diag(weights * variance) @ design
    return Residuals(error, reach, design, weights, variance, information), Model(design, weights, variance), error


KINDS = [*product(["plain", "logit", "weights", "logit and weights"], [1, 2, 4]), ("alone", 2), ("alone", 3)]


@pytest.mark.parametrize(("kind", "columns"), KINDS)
def test_residuals_count_for_what_the_inverse_root_of_their_cluster_s_block_makes_of_them(
    kind: str, columns: int
) -> None:
    part, model, _ = residuals(kind, columns)
    reach, form = inflate(part, CLUSTERS, 5)
    expected = inflated(model, part.reach, CLUSTERS)
    np.testing.assert_allclose(reach, expected, rtol=1e-9, atol=1e-12)
    matrix = quadratic(model, expected, CLUSTERS)
    assert form.trace == pytest.approx(np.trace(matrix), rel=1e-10)
    assert form.product(form) == pytest.approx(np.trace(matrix @ matrix), rel=1e-10)
    # The variance as a form, in full.
    found = np.diag(form.diagonal) + form.left @ form.kernel @ form.left.T
    np.testing.assert_allclose(found, matrix, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("columns", [1, 3])
def test_with_the_model_s_own_variance_corrected_sums_of_squares_are_unbiased(columns: int) -> None:
    """What defines CR2 (Bell & McCaffrey 2002): on average the variance of a coefficient, a combination X (X'X)^-1 a of errors."""
    _, model, _ = residuals("plain", columns)
    for direction in np.eye(columns):
        reach = model.design @ model.bread @ direction
        part = Residuals(np.zeros(16), reach, model.design, model.weights, model.variance, np.linalg.inv(model.bread))
        assert inflate(part, CLUSTERS, 5)[1].trace == pytest.approx(float(reach @ reach), rel=1e-10)


def test_the_trace_of_the_product_of_two_arms_sums_over_the_clusters_that_they_share() -> None:
    (one, first, _), (other, second, _) = residuals("logit", 2), residuals("weights", 3)
    # The second arm is in other clusters, of which the first arm has three.
    elsewhere = np.where(CLUSTERS < 3, CLUSTERS, CLUSTERS + 2)
    mine, theirs = inflate(one, CLUSTERS, 7), inflate(other, elsewhere, 7)
    left, right = np.zeros((7, 7)), np.zeros((7, 7))
    left[:5, :5] = quadratic(first, inflated(first, one.reach, CLUSTERS), CLUSTERS)
    there = np.unique(elsewhere)
    right[np.ix_(there, there)] = quadratic(second, inflated(second, other.reach, elsewhere), elsewhere)
    assert mine[1].product(theirs[1]) == pytest.approx(np.trace(left @ right), rel=1e-10)
    assert theirs[1].product(mine[1]) == pytest.approx(np.trace(left @ right), rel=1e-10)
    np.testing.assert_array_equal(mine[1].diagonal[5:], 0)


def test_what_is_no_residual_keeps_the_usual_factor() -> None:
    """Influence functions of two means, of which the residuals are a part; sums over clusters written out."""
    parts = [residuals("logit", 2), residuals("weights", 3)]
    rows = len(CLUSTERS)
    rest = np.random.default_rng(9).normal(size=(2 * rows, 2))
    errors, where, totals = rest.copy(), np.concatenate([CLUSTERS, CLUSTERS]), np.zeros((5, 2))
    for column, (part, model, error) in enumerate(parts):
        own = slice(column * rows, (column + 1) * rows)
        errors[own, column] += part.reach * error
        counted = inflated(model, part.reach, CLUSTERS) * error
        totals[:, column] = [
            counted[place == CLUSTERS].sum() + np.sqrt(5 / 4) * rest[where == place, column].sum() for place in range(5)
        ]
    found = clustered_spread(errors, where, [(part, CLUSTERS) for part, _, _ in parts])
    np.testing.assert_allclose(found.covariance, totals.T @ totals / (2 * rows) ** 2, rtol=1e-10)
    forms = [quadratic(model, inflated(model, part.reach, CLUSTERS), CLUSTERS) for part, model, _ in parts]
    np.testing.assert_allclose(found.trace, [np.trace(form) for form in forms], rtol=1e-10)
    expected = [[np.trace(one @ other) for other in forms] for one in forms]
    np.testing.assert_allclose(found.product, expected, rtol=1e-10)
    assert found.large == 4


def test_raw_means_without_clusters_by_hand() -> None:
    """3, 5 and 10 deviate by -3, -1 and 4: variance 13, of the mean 13/3, with two degrees of freedom. 1 and 2: 1/2, 1/4, one."""

    def part(values: list[float]) -> Residuals:
        size = len(values)
        error = np.array(values) - np.mean(values)
        flat = np.ones(size)
        return Residuals(error, flat * 5 / size, flat[:, None], flat, flat, np.array([[float(size)]]))

    found = separate_spread([(0, part([3.0, 5.0, 10.0])), (1, part([1.0, 2.0]))], 5)
    np.testing.assert_allclose(found.covariance, [[13 / 3, 0], [0, 1 / 4]], rtol=1e-12, atol=1e-15)
    contrasts = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, -1.0], [2.0, 1.0]])
    welch = [
        *(2, 1),
        (13 / 3 + 1 / 4) ** 2 / ((13 / 3) ** 2 / 2 + (1 / 4) ** 2),
        (4 * 13 / 3 + 1 / 4) ** 2 / ((4 * 13 / 3) ** 2 / 2 + (1 / 4) ** 2),
    ]
    np.testing.assert_allclose(found.degrees(contrasts), welch, rtol=1e-12)
    np.testing.assert_allclose(found.variance(contrasts), [13 / 3, 1 / 4, 55 / 12, 52 / 3 + 1 / 4], rtol=1e-12)


def test_degrees_of_freedom_are_twice_the_squared_mean_over_the_variance() -> None:
    """Of two parts that share clusters: (a + b)^2 over a a + 2 a b + b b; large ones where nothing is known to vary."""
    product_of = np.array([[2.0, 0.5, 0.0], [0.5, 1.0, 0.0], [0.0, 0.0, 0.0]])
    spread = Spread(np.eye(3), np.array([4.0, 3.0, 0.0]), product_of, 11.0)
    contrasts = np.array([[1.0, -1.0, 0.0], [2.0, 1.0, 5.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    expected = [7**2 / (2 + 2 * 0.5 + 1), 19**2 / (16 * 2 + 2 * 4 * 0.5 + 1), 9 / 1, 11]
    np.testing.assert_allclose(spread.degrees(contrasts), expected, rtol=1e-12)


def test_leverage_undone_at_its_ends() -> None:
    """((1 - h)^-1/2 - 1) / h at 3/4 is (2 - 1) / (3/4), at 8/9 (3 - 1) / (8/9); one half at none; all is left out at one."""
    found = undone(np.array([3 / 4, 8 / 9, 0.0, 1e-12, 1.0, 1 - 1e-12]))
    np.testing.assert_allclose(found, [4 / 3, 9 / 4, 1 / 2, 1 / 2, -1, -1], rtol=1e-10)


def test_a_root_of_the_inverse() -> None:
    matrix = np.array([[4.0, 1.0, 0.5], [1.0, 3.0, -1.0], [0.5, -1.0, 5.0]])
    np.testing.assert_allclose(root(matrix), inverse_root(matrix), rtol=1e-12)
    np.testing.assert_allclose(root(matrix) @ matrix @ root(matrix), np.eye(3), atol=1e-12)


# --- through the estimator -----------------------------------------------------------------------------------------

TRAITS = ["male", "arrears"]


def pupils(layout: str) -> pd.DataFrame:
    """Six centres, large and small; both arms in each of them, or whole centres in one arm."""
    frame = cohort(150, seed=31, centres=6)
    frame["centre"] = np.random.default_rng(32).choice(6, 150, p=[0.35, 0.25, 0.15, 0.1, 0.1, 0.05])
    if layout == "between":
        frame["arm"] = pd.Categorical(np.where(frame["centre"].isin([0, 2, 4]), "brug", "geen"), ["geen", "brug"])
    return frame


@pytest.mark.parametrize("layout", ["within", "between"])
@pytest.mark.parametrize("estimand", ["ate", "att"])
def test_a_raw_difference_with_six_clusters(layout: str, estimand: Any) -> None:
    frame = pupils(layout)
    found = average_effect(
        frame,
        outcome="hours ~ 1",
        treatment="arm ~ 1",
        method="difference",
        outcome_family="linear",
        estimand=estimand,
        cluster="centre",
        level=0.9,
    )
    row = found.table.loc["brug"]
    variance, degrees = raw_clustered(frame["hours"], frame["arm"], frame["centre"], {"brug": 1.0, "geen": -1.0})
    assert row["std_error"] == pytest.approx(np.sqrt(variance), rel=1e-10)
    assert row["df"] == pytest.approx(degrees, rel=1e-9)
    assert row["lower"] == pytest.approx(row["estimate"] - stats.t.ppf(0.95, degrees) * np.sqrt(variance), rel=1e-9)
    assert row["p_value"] == pytest.approx(2 * stats.t.sf(abs(row["estimate"]) / np.sqrt(variance), degrees), rel=1e-8)
    for (_, arm), mean in found.means.iterrows():
        variance, degrees = raw_clustered(frame["hours"], frame["arm"], frame["centre"], {arm: 1.0})
        np.testing.assert_allclose([mean["std_error"] ** 2, mean["df"]], [variance, degrees], rtol=1e-9)


def test_equal_clusters_of_one_arm_each_are_as_many_independent_means() -> None:
    """Then CR2 is Welch's test on the clusters' means: four against three."""
    rng = np.random.default_rng(33)
    centre = np.repeat(np.arange(7), 5)
    frame = pd.DataFrame({"centre": centre, "arm": centre < 3, "y": rng.normal(size=7)[centre] + rng.normal(size=35)})
    found = average_effect(
        frame,
        outcome="y ~ 1",
        treatment="arm ~ 1",
        method="difference",
        outcome_family="linear",
        cluster="centre",
    ).table.loc[True]
    means = frame.groupby("centre")["y"].mean()
    test = stats.ttest_ind(means[:3], means[3:], equal_var=False)
    assert found["std_error"] == pytest.approx(np.sqrt(means[:3].var() / 3 + means[3:].var() / 4), rel=1e-10)
    assert found["estimate"] / found["std_error"] == pytest.approx(test.statistic, rel=1e-10)
    # Bell & McCaffrey's degrees of freedom take every row as variable as any other, Welch's each arm as it is found to be.
    equal = (1 / 3 + 1 / 4) ** 2 / ((1 / 3) ** 2 / 2 + (1 / 4) ** 2 / 3)
    assert found["df"] == pytest.approx(equal, rel=1e-9)


def treated_chance(frame: pd.DataFrame) -> Floats:
    """Of the programme, by statsmodels."""
    traits = sm.add_constant(frame[TRAITS].astype(float))
    model = sm.GLM((frame["arm"] == "brug").astype(float), traits, sm.families.Binomial())
    return np.asarray(model.fit(tol=1e-13, tol_criterion="params").fittedvalues)


def one_mean(frame: pd.DataFrame, method: str, estimand: str, family: str, arm: str) -> dict[str, Floats]:
    """A mean's model and the reach of its residuals, on all rows, for an arm: every formula in its textbook shape."""
    rows, inside = len(frame), (frame["arm"] == arm).to_numpy(float)
    aim = np.ones(rows) if estimand == "ate" else (frame["arm"] == "brug").to_numpy(float)
    outcome = frame["vsv" if family == "logit" else "hours"].to_numpy(float)
    chance = treated_chance(frame) if method in ("ipw", "aipw", "ipwra") else np.full(rows, 0.5)
    tilt = np.ones(rows) if estimand == "ate" else chance
    omega = inside * tilt / (chance if arm == "brug" else 1 - chance)
    if method == "ipw":
        mean = np.average(outcome, weights=omega)
        flat = np.ones(rows)
        return {
            "design": inside[:, None],
            "weights": omega,
            "variance": flat,
            "reach": omega * rows / omega.sum(),
            "error": inside * (outcome - mean),
        }
    traits = np.column_stack([np.ones(rows), frame[TRAITS]]).astype(float)
    weights = omega if method == "ipwra" else inside
    kind = sm.families.Binomial() if family == "logit" else sm.families.Gaussian()
    own = inside == 1
    model = sm.GLM(outcome[own], traits[own], kind, freq_weights=weights[own])
    beta = model.fit(tol=1e-13, tol_criterion="params").params
    predicted = 1 / (1 + np.exp(-traits @ beta)) if family == "logit" else traits @ beta
    slope = predicted * (1 - predicted) if family == "logit" else np.ones(rows)
    gradient = traits.T @ (aim * slope)
    if method == "aipw":
        gradient = gradient - traits.T @ (omega * slope)
    bread = np.linalg.inv(traits.T @ np.diag(weights * slope) @ traits)
    reach = weights * (traits @ bread @ gradient) + (omega if method == "aipw" else 0.0)
    return {
        "design": traits * inside[:, None],
        "weights": weights,
        "variance": slope,
        "reach": reach * rows / aim.sum(),
        "error": inside * (outcome - predicted),
        "predicted": predicted,
        "aim": aim,
    }


def by_matrices(frame: pd.DataFrame, method: str, estimand: str, family: str, found: Effects) -> tuple[float, float]:
    """Variance and degrees of freedom of the effect, in one model for both arms.

    What is no residual is what the residuals leave of the influence function, which other tests take as a derivative.
    """
    treated, others = (one_mean(frame, method, estimand, family, arm) for arm in ("brug", "geen"))
    inside = (frame["arm"] == "brug").to_numpy()
    model = Model(
        np.hstack([treated["design"], others["design"]]),
        *(np.where(inside, treated[name], others[name]) for name in ("weights", "variance")),
    )
    reach = np.where(inside, treated["reach"], -others["reach"])
    error = treated["error"] + others["error"]
    target = "all" if estimand == "ate" else "brug"
    whole = (found.influence[target, "brug"] - found.influence[target, "geen"]).to_numpy()
    rest = whole - reach * error
    if method == "regression":
        effect = treated["predicted"] - others["predicted"]
        centred = treated["aim"] * (effect - np.average(effect, weights=treated["aim"]))
        np.testing.assert_allclose(rest, centred * len(frame) / treated["aim"].sum(), atol=1e-8)
    return corrected(model, reach, error, frame["centre"].to_numpy(), rest)


@pytest.mark.parametrize("layout", ["within", "between"])
@pytest.mark.parametrize("family", ["linear", "logit"])
@pytest.mark.parametrize("estimand", ["ate", "att"])
@pytest.mark.parametrize("method", ["regression", "ipw", "aipw", "ipwra"])
def test_every_method_with_six_clusters(method: Any, estimand: Any, family: Any, layout: str) -> None:
    frame = pupils(layout)
    found = average_effect(
        frame,
        outcome=f"{'vsv' if family == 'logit' else 'hours'} ~ {' + '.join(TRAITS)}",
        treatment=f"arm ~ {' + '.join(TRAITS)}",
        method=method,
        estimand=estimand,
        outcome_family=family,
        cluster="centre",
    )
    variance, degrees = by_matrices(frame, method, estimand, family, found)
    np.testing.assert_allclose(found.table.loc["brug", ["std_error", "df"]], [np.sqrt(variance), degrees], rtol=1e-7)
    assert 1 < degrees < 5


@pytest.mark.parametrize("estimand", ["ate", "att"])
def test_three_arms_without_clusters_have_welch_s_test_for_each_pair(estimand: Any) -> None:
    frame = cohort(90, seed=34, arms=3)
    found = average_effect(
        frame,
        outcome="hours ~ 1",
        treatment="arm ~ 1",
        method="difference",
        outcome_family="linear",
        estimand=estimand,
    )
    values = {arm: frame.loc[frame["arm"] == arm, "hours"] for arm in ("geen", "brug", "ibal")}
    for arm, against in (("brug", "geen"), ("ibal", "geen"), ("ibal", "brug")):
        test = stats.ttest_ind(values[arm], values[against], equal_var=False)
        interval = test.confidence_interval(0.95)
        row = found.contrast(arm, against)
        variance, degrees = raw_separate(frame["hours"], frame["arm"], {arm: 1.0, against: -1.0})
        assert degrees == pytest.approx(test.df, rel=1e-12)
        expected = [np.sqrt(variance), interval.low, interval.high, test.pvalue, test.df]
        np.testing.assert_allclose(
            row[["std_error", "lower", "upper", "p_value", "df"]].astype(float), expected, rtol=1e-8
        )
