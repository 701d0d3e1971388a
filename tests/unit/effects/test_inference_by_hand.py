"""Standard errors and intervals against sums over pupils, and SciPy's distributions."""

from itertools import product

import numpy as np
import pytest
from scipy import stats

from leerwerk.effects.inference import (
    below,
    cluster_degrees,
    cluster_sums,
    covariance,
    critical_value,
    interval_columns,
    p_values,
    plain_spread,
)

INFLUENCE = np.array([[1.0, -2.0], [3.0, 0.5], [-2.0, 1.0], [0.0, 4.0], [-2.0, -3.5]])
CLUSTERS = np.array([2, 0, 1, 0, 2])


def test_sums_per_cluster_and_column() -> None:
    sums = [[3.0, 4.5], [-2.0, 1.0], [-1.0, -5.5]]
    np.testing.assert_array_equal(cluster_sums(INFLUENCE, CLUSTERS), sums)
    # Clusters that have no rows here.
    np.testing.assert_array_equal(cluster_sums(INFLUENCE, CLUSTERS, 5), [*sums, [0, 0], [0, 0]])


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
    assert critical_value(level, np.inf) == pytest.approx(stats.norm.interval(level)[1], rel=1e-12)
    for degrees in (1, 2, 2.5, 29):
        assert critical_value(level, degrees) == pytest.approx(stats.t.interval(level, degrees)[1], rel=1e-9)
    # Each estimate has its own.
    expected = [stats.t.interval(level, 4.2)[1], stats.norm.interval(level)[1]]
    np.testing.assert_allclose(critical_value(level, np.array([4.2, np.inf])), expected, rtol=1e-9)


def test_p_values_count_both_tails() -> None:
    ratio = np.array([-3.0, -0.5, 0.0, 1.96, 8.0])
    np.testing.assert_allclose(p_values(ratio, np.inf), 2 * stats.norm.sf(np.abs(ratio)), rtol=1e-12)
    np.testing.assert_allclose(p_values(ratio, 4.0), 2 * stats.t.sf(np.abs(ratio), 4), rtol=1e-9)
    mixed = p_values(ratio, np.array([4.0, np.inf, 1.0, 7.5, np.inf]))
    tails = [stats.t.sf(3, 4), stats.norm.sf(0.5), 0.5, stats.t.sf(1.96, 7.5), stats.norm.sf(8)]
    np.testing.assert_allclose(mixed, 2 * np.array(tails), rtol=1e-9)


def test_the_chance_of_a_smaller_ratio_is_the_lower_tail() -> None:
    ratio = np.array([-2.0, 0.0, 1.5])
    np.testing.assert_allclose(below(ratio, np.inf), stats.norm.cdf(ratio), rtol=1e-12)
    np.testing.assert_allclose(below(ratio, 3.5), stats.t.cdf(ratio, 3.5), rtol=1e-9)


def test_without_corrections_there_is_a_degree_of_freedom_less_than_clusters_or_no_end_of_them() -> None:
    contrasts = np.array([[1.0, -1.0], [0.0, 1.0]])
    for clusters, degrees in ((None, np.inf), (CLUSTERS, 2.0)):
        assert cluster_degrees(clusters) == degrees
        spread = plain_spread(INFLUENCE, clusters)
        np.testing.assert_array_equal(spread.degrees(contrasts), [degrees, degrees])
    # Differences per pupil 3, 2.5, -3, -4, 1.5, and per cluster -1.5, -3, 4.5; cluster sums of the second 4.5, 1, -5.5.
    plain, clustered = plain_spread(INFLUENCE, None).variance(contrasts), spread.variance(contrasts)
    np.testing.assert_allclose(plain, [42.5 / 25, 33.5 / 25], rtol=1e-12)
    np.testing.assert_allclose(clustered, [31.5 / 25 * 3 / 2, 51.5 / 25 * 3 / 2], rtol=1e-12)


@pytest.mark.parametrize(("degrees", "distribution"), [(np.inf, stats.norm), (3.0, stats.t(3))])
def test_columns_of_a_table(degrees: float, distribution: stats.rv_continuous) -> None:
    found = interval_columns(np.array([1.0, -0.5]), np.array([4.0, 0.25]), 0.9, degrees)
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
    found = interval_columns(np.array([1.0, 0.0]), np.array([0.0, 0.0]), 0.95, np.inf)
    assert found["p_value"][0] == 0.0 and np.isnan(found["p_value"][1])
    np.testing.assert_array_equal(found["lower"], [1.0, 0.0])
