"""Standard errors and intervals against sums over pupils, and SciPy's distributions."""

from itertools import product

import numpy as np
import pytest
from scipy import stats

from leerwerk.effects.inference import cluster_sums, covariance, critical_value, interval_columns, p_values

INFLUENCE = np.array([[1.0, -2.0], [3.0, 0.5], [-2.0, 1.0], [0.0, 4.0], [-2.0, -3.5]])
CLUSTERS = np.array([2, 0, 1, 0, 2])


def test_sums_per_cluster_and_column() -> None:
    np.testing.assert_array_equal(cluster_sums(INFLUENCE, CLUSTERS), [[3.0, 4.5], [-2.0, 1.0], [-1.0, -5.5]])


def test_without_clusters_squares_over_n_squared() -> None:
    found = covariance(INFLUENCE, None)
    for one, other in product(range(2), range(2)):
        products = sum(INFLUENCE[row, one] * INFLUENCE[row, other] for row in range(5))
        assert found[one, other] == pytest.approx(products / 25, rel=1e-14)


def test_with_three_clusters_their_sums_times_three_halves() -> None:
    sums = [[3.0, 4.5], [-2.0, 1.0], [-1.0, -5.5]]
    found = covariance(INFLUENCE, CLUSTERS)
    for one, other in product(range(2), range(2)):
        products = sum(row[one] * row[other] for row in sums)
        assert found[one, other] == pytest.approx(products / 25 * 3 / 2, rel=1e-14)


@pytest.mark.parametrize("level", [0.5, 0.9, 0.95])
def test_intervals_reach_as_far_as_scipy_says(level: float) -> None:
    assert critical_value(level, None) == pytest.approx(stats.norm.interval(level)[1], rel=1e-12)
    for clusters in (2, 3, 30):
        assert critical_value(level, clusters) == pytest.approx(stats.t.interval(level, clusters - 1)[1], rel=1e-9)


def test_p_values_count_both_tails() -> None:
    ratio = np.array([-3.0, -0.5, 0.0, 1.96, 8.0])
    np.testing.assert_allclose(p_values(ratio, None), 2 * stats.norm.sf(np.abs(ratio)), rtol=1e-12)
    np.testing.assert_allclose(p_values(ratio, 5), 2 * stats.t.sf(np.abs(ratio), 4), rtol=1e-9)


@pytest.mark.parametrize(("clusters", "distribution"), [(None, stats.norm), (4, stats.t(3))])
def test_columns_of_a_table(clusters: int | None, distribution: stats.rv_continuous) -> None:
    found = interval_columns(np.array([1.0, -0.5]), np.array([4.0, 0.25]), 0.9, clusters)
    reach = distribution.ppf(0.95)
    expected = {
        "estimate": [1.0, -0.5],
        "std_error": [2.0, 0.5],
        "lower": [1 - 2 * reach, -0.5 - 0.5 * reach],
        "upper": [1 + 2 * reach, -0.5 + 0.5 * reach],
        "p_value": [2 * distribution.sf(0.5), 2 * distribution.sf(1.0)],
    }
    assert list(found) == list(expected)
    for name, values in expected.items():
        np.testing.assert_allclose(found[name], values, rtol=1e-9)


def test_an_estimate_without_error_is_certain_and_nothing_over_nothing_is_unknown() -> None:
    found = interval_columns(np.array([1.0, 0.0]), np.array([0.0, 0.0]), 0.95, None)
    assert found["p_value"][0] == 0.0 and np.isnan(found["p_value"][1])
    np.testing.assert_array_equal(found["lower"], [1.0, 0.0])
