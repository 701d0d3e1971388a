"""The numerical ground of the estimators against statsmodels, SciPy and plain loops over rows and problems."""

from itertools import product
from typing import Any

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import stats
from scipy.optimize import approx_fprime

from leerwerk.effects import glm
from leerwerk.effects.glm import (
    FAMILIES,
    blocks,
    cloglog,
    derivatives,
    expit,
    fit,
    flatten,
    linear,
    logit,
    mean_response,
    mean_slope,
    movement,
    probabilities,
    probit,
    scale,
    softmax,
    solve,
    triangle_index,
    unflatten,
    unpack,
)

ROWS = 40


def design(columns: int, seed: int = 1) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return np.column_stack([np.ones(ROWS), rng.standard_normal((ROWS, columns - 1))])


def binary(seed: int = 2) -> np.ndarray:
    return (np.random.default_rng(seed).random(ROWS) < 0.5).astype(float)


# --- blocks of rows ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "width", "size"),
    [(10, 1, 2**16), (2**16, 1, 2**16), (2**16 + 1, 1, 2**16), (5000, 32, 2048), (500, 2**16, 64), (64, 2000, 64)],
)
def test_blocks_cover_every_row_once_and_stay_small(rows: int, width: int, size: int) -> None:
    """65 536 numbers each, but never fewer than 64 rows."""
    found = list(blocks(rows, width))
    np.testing.assert_array_equal(np.concatenate([np.arange(rows)[part] for part in found]), np.arange(rows))
    assert [part.stop - part.start for part in found[:-1]] == [size] * (len(found) - 1)
    assert found[-1].stop - found[-1].start <= size
    assert all(part.stop <= rows for part in found)


# --- families ------------------------------------------------------------------------------------------------------

PREDICTORS = np.array([-8.0, -2.0, -0.3, 0.0, 0.7, 3.0])


def test_expit_has_its_digits_in_the_lower_tail_and_leaves_its_input() -> None:
    values = np.array([-745.0, -40.0, 0.0, 3.0, 800.0, -800.0])
    before = values.copy()
    found = expit(values)
    np.testing.assert_array_equal(values, before)
    np.testing.assert_allclose(found[1:4], [np.exp(-40) / (1 + np.exp(-40)), 0.5, 1 / (1 + np.exp(-3))], rtol=1e-14)
    assert (found[0], found[4], found[5]) == (pytest.approx(0, abs=1e-300), 1.0, 0.0)


def log_likelihood(link: str, predictor: float, response: float) -> float:
    """Of one row, from SciPy's distributions."""
    if link == "linear":
        return -((response - predictor) ** 2) / 2
    if link == "cloglog":
        hazard = np.exp(predictor)
        return float(np.log(-np.expm1(-hazard))) if response else float(-hazard)
    distribution = {"logit": stats.logistic, "probit": stats.norm}[link]
    return float(distribution.logcdf(predictor) if response else distribution.logsf(predictor))


@pytest.mark.parametrize("link", ["logit", "probit", "linear", "cloglog"])
@pytest.mark.parametrize("response", [0.0, 1.0])
def test_score_and_curvature_are_derivatives_of_the_likelihood(link: Any, response: float) -> None:
    """By differences of the log likelihood, one row at a time."""
    score, curvature = FAMILIES[link](PREDICTORS[:, None, None].copy(), np.full(6, response))
    assert score.shape == (6, 1, 1)
    step = 1e-5

    def likelihood(predictor: float) -> float:
        return log_likelihood(link, predictor, response)

    first = [(likelihood(x + step) - likelihood(x - step)) / (2 * step) for x in PREDICTORS]
    np.testing.assert_allclose(score[:, 0, 0], first, rtol=1e-6, atol=1e-9)
    second = [
        -(FAMILIES[link](np.full((1, 1, 1), x + step), np.full(1, response))[0][0, 0, 0]
          - FAMILIES[link](np.full((1, 1, 1), x - step), np.full(1, response))[0][0, 0, 0]) / (2 * step)
        for x in PREDICTORS
    ]  # fmt: skip
    np.testing.assert_allclose(np.broadcast_to(curvature, score.shape)[:, 0, 0], second, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("family", [logit, probit, linear, cloglog])
def test_families_leave_their_input(family: Any) -> None:
    values = PREDICTORS[:, None, None].copy()
    family(values, np.array([0.0, 1.0] * 3))
    np.testing.assert_array_equal(values[:, 0, 0], PREDICTORS)


@pytest.mark.parametrize("far", [-30.0, 30.0])
def test_far_predictors_keep_finite_and_right_derivatives(far: float) -> None:
    """Where rounding would give zero or no number: Mills' ratio and hazards by their expansions."""
    predictor = np.full((1, 1, 1), far)
    zero, one = np.zeros(1), np.ones(1)
    score = probit(predictor, one if far < 0 else zero)[0][0, 0, 0]
    # Mills' ratio far out: x / (1 - 1 / x^2 + ...).
    assert score == pytest.approx(-far * (1 + 1 / far**2), rel=1e-5)
    rate = np.exp(far)
    assert cloglog(predictor, zero)[0][0, 0, 0] == pytest.approx(-rate, rel=1e-12)
    expected = 1.0 if far < 0 else 0.0
    assert cloglog(predictor, one)[0][0, 0, 0] == pytest.approx(expected, abs=1e-12)


def test_multinomial_against_statsmodels() -> None:
    """Score and information of three equations, at a place that is no maximum."""
    columns, equations = 3, 3
    matrix = design(columns)
    codes = np.random.default_rng(3).integers(0, equations + 1, ROWS)
    place = np.random.default_rng(4).normal(0, 0.5, (columns, equations))
    score, information = derivatives(matrix, codes, np.ones((ROWS, 1)), FAMILIES["logit"], place[:, :, None].copy())
    model = sm.MNLogit(codes, matrix)
    order = place.T.ravel()
    np.testing.assert_allclose(score[0], model.score(order), rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(information[0], -model.hessian(order), rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("link", ["logit", "probit", "linear", "cloglog"])
@pytest.mark.parametrize("sets", [1, 2])
def test_derivatives_row_by_row(link: Any, sets: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two problems with weights of their own, in one block of rows and in many."""
    matrix, response = design(3), binary()
    weights = np.random.default_rng(5).integers(0, 4, (ROWS, 2)).astype(float)
    places = np.random.default_rng(6).normal(0, 0.4, (3, 1, sets))
    expected_score, expected_information = np.zeros((2, 3)), np.zeros((2, 3, 3))
    for problem, row in product(range(2), range(ROWS)):
        own = places[:, 0, problem if sets == 2 else 0]
        first, second = FAMILIES[link](np.full((1, 1, 1), matrix[row] @ own), response[row : row + 1])
        expected_score[problem] += weights[row, problem] * first[0, 0, 0] * matrix[row]
        expected_information[problem] += (
            weights[row, problem] * np.ravel(second)[0] * np.outer(matrix[row], matrix[row])
        )
    for elements in (2**16, 1):
        monkeypatch.setattr(glm, "ELEMENTS_PER_BLOCK", elements)
        score, information = derivatives(matrix, response, weights, FAMILIES[link], places)
        np.testing.assert_allclose(score, expected_score, rtol=1e-10, atol=1e-12)
        np.testing.assert_allclose(information, expected_information, rtol=1e-10, atol=1e-12)


def test_derivatives_in_many_blocks() -> None:
    """More rows than a block holds: 64 rows of 2 000 problems."""
    rng = np.random.default_rng(7)
    matrix, response = np.column_stack([np.ones(150), rng.standard_normal(150)]), rng.random(150)
    weights = rng.integers(0, 3, (150, 2000)).astype(float)
    score, information = derivatives(matrix, response, weights, linear, np.zeros((2, 1, 1)))
    np.testing.assert_allclose(score, (weights * response[:, None]).T @ matrix, rtol=1e-10)
    np.testing.assert_allclose(information, np.einsum("rp,ri,rj->pij", weights, matrix, matrix), rtol=1e-10, atol=1e-10)


def test_scaling_reuses_memory_only_where_it_fits() -> None:
    values, weight = np.ones((3, 2, 2)), np.arange(6.0).reshape(3, 1, 2)
    found = scale(values, weight)
    assert found is values
    np.testing.assert_array_equal(found, np.broadcast_to(weight, (3, 2, 2)))
    narrow = np.full((3, 2, 1), 2.0)
    np.testing.assert_array_equal(scale(narrow, weight), 2 * np.broadcast_to(weight, (3, 2, 2)))
    np.testing.assert_array_equal(narrow, 2.0)


# --- packing -------------------------------------------------------------------------------------------------------


def test_flat_coefficients_run_over_equations_then_columns() -> None:
    values = np.arange(24.0).reshape(2, 3, 4)
    flat = flatten(values)
    for problem, equation, column in product(range(4), range(3), range(2)):
        assert flat[problem, equation * 2 + column] == values[column, equation, problem]
    np.testing.assert_array_equal(unflatten(flat, 2), values)


def test_upper_triangles_become_full_symmetric_matrices() -> None:
    columns, equations, problems = 3, 2, 2
    packed = np.random.default_rng(8).random((6, 3, problems))
    found = unpack(packed, columns, equations)
    places = {size: {pair: at for at, pair in enumerate((i, j) for i in range(size) for j in range(i, size))}
              for size in (columns, equations)}  # fmt: skip
    for problem, first, second, row, column in product(range(2), range(2), range(2), range(3), range(3)):
        pair = places[columns][min(row, column), max(row, column)]
        block = places[equations][min(first, second), max(first, second)]
        assert found[problem, first * 3 + row, second * 3 + column] == packed[pair, block, problem]
    np.testing.assert_array_equal(triangle_index(3), [[0, 1, 2], [1, 3, 4], [2, 4, 5]])


# --- Newton --------------------------------------------------------------------------------------------------------


def test_a_problem_without_information_does_not_spoil_the_others() -> None:
    matrices = np.array([[[2.0, 0.0], [0.0, 4.0]], [[1.0, 1.0], [1.0, 1.0]], [[1.0, 0.0], [0.0, 1.0]]])
    right = np.array([[2.0, 4.0], [1.0, 2.0], [5.0, 6.0]])
    found = solve(matrices, right)
    np.testing.assert_allclose(found[[0, 2]], [[1, 1], [5, 6]], rtol=1e-12)
    assert np.isnan(found[1]).all()
    np.testing.assert_allclose(solve(matrices[:1], right[:1]), [[1, 1]], rtol=1e-12)
    assert solve(matrices[1:2], right[1:2]).shape == (1, 2)


def test_movement_is_the_farthest_any_row_s_predictor_can_move() -> None:
    """Two equations of two columns that reach 1 and 3."""
    steps = np.array([[1.0, -2.0, 0.5, 0.5], [0.0, 0.0, -4.0, 1.0], [0.0, 0.1, 0.0, 0.0]])
    np.testing.assert_allclose(movement(steps, np.array([1.0, 3.0])), [7.0, 7.0, 0.3], rtol=1e-12)


@pytest.mark.parametrize(
    ("link", "family"),
    [
        ("logit", sm.families.Binomial()),
        ("probit", sm.families.Binomial(sm.families.links.Probit())),
        ("cloglog", sm.families.Binomial(sm.families.links.CLogLog())),
        ("linear", sm.families.Gaussian()),
    ],
)
def test_weighted_fits_are_those_of_glm_on_repeated_rows(link: Any, family: Any) -> None:
    matrix, response = design(3), binary()
    weights = np.random.default_rng(9).integers(1, 4, (ROWS, 3)).astype(float)
    found = fit(matrix, response, weights, link, np.zeros((3, 1, 1)))
    assert found.converged.all() and found.converged.shape == (3,)
    assert found.coefficients.shape == (3, 1, 3) and found.information.shape == (3, 3, 3)
    for problem in range(3):
        again = np.repeat(np.arange(ROWS), weights[:, problem].astype(int))
        theirs = sm.GLM(response[again], matrix[again], family).fit(tol=1e-13, maxiter=100)
        # statsmodels stops at the deviance, which is flat to half the digits of the coefficients.
        np.testing.assert_allclose(found.coefficients[:, 0, problem], theirs.params, rtol=1e-7, atol=1e-8)
        observed = -theirs.model.hessian(theirs.params, observed=True, scale=1.0)
        np.testing.assert_allclose(found.information[problem], observed, rtol=1e-5)


def test_multinomial_fit_is_that_of_statsmodels() -> None:
    matrix = design(2)
    codes = np.random.default_rng(10).integers(0, 3, ROWS)
    found = fit(matrix, codes, np.ones((ROWS, 1)), "logit", np.zeros((2, 2, 1)))
    theirs = sm.MNLogit(codes, matrix).fit(disp=0, tol=1e-12)
    np.testing.assert_allclose(found.coefficients[:, :, 0], theirs.params, rtol=1e-7)


def test_a_separated_problem_never_converges_and_its_neighbours_do() -> None:
    """The same response, weighted so that one problem sees no exception to its rule and one sees nothing at all."""
    matrix = np.column_stack([np.ones(8), [0.0, 0, 0, 0, 1, 1, 1, 1]])
    response = np.array([0.0, 0, 0, 1, 0, 1, 1, 1])
    weights = np.ones((8, 4))
    weights[[3, 4], 1] = 0
    weights[4:, 2] = 0
    weights[:, 3] = 0
    found = fit(matrix, response, weights, "logit", np.zeros((2, 1, 1)))
    np.testing.assert_array_equal(found.converged, [True, False, False, False])
    # One of four against three of four.
    np.testing.assert_allclose(found.coefficients[:, 0, 0], [-np.log(3), 2 * np.log(3)], rtol=1e-9)


def test_what_has_converged_stays_where_it_is() -> None:
    """Alone or beside a problem that needs all thirty steps: the same bits."""
    matrix, response = design(3), binary()
    slow = matrix[:, 1] > 0
    weights = np.ones((ROWS, 2))
    weights[slow != (response == 1), 1] = 0
    alone = fit(matrix, response, weights[:, :1], "logit", np.zeros((3, 1, 1)))
    beside = fit(matrix, response, weights, "logit", np.zeros((3, 1, 1)))
    np.testing.assert_array_equal(beside.converged, [True, False])
    np.testing.assert_allclose(beside.coefficients[:, :, :1], alone.coefficients, rtol=1e-12)


def test_every_problem_starts_where_it_was_told() -> None:
    """A linear model needs one step from anywhere, and its second step is too small to count."""
    matrix, response = design(2), design(2, seed=12)[:, 1]
    start = np.random.default_rng(13).normal(0, 100, (2, 1, 2))
    found = fit(matrix, response, np.ones((ROWS, 2)), "linear", start)
    expected = np.linalg.lstsq(matrix, response, rcond=None)[0]
    np.testing.assert_allclose(found.coefficients[:, 0], np.column_stack([expected] * 2), rtol=1e-9)
    assert found.converged.all()


def test_steps_are_cut_to_ten_units_of_the_predictor() -> None:
    """From far away the first step would be astronomical; thirty cut ones lead home from 250 units away."""
    matrix, response = np.ones((4, 1)), np.array([0.0, 0.0, 0.0, 1.0])
    near = fit(matrix, response, np.ones((4, 1)), "logit", np.full((1, 1, 1), 30.0))
    assert near.converged.all()
    np.testing.assert_allclose(near.coefficients, -np.log(3), rtol=1e-9)
    linear_fit = fit(matrix, response * 1e6, np.ones((4, 1)), "linear", np.zeros((1, 1, 1)))
    np.testing.assert_allclose(linear_fit.coefficients, 250_000, rtol=1e-12)


# --- means and probabilities ---------------------------------------------------------------------------------------


def test_mean_and_slope_of_an_outcome() -> None:
    mean = mean_response(PREDICTORS, "logit")
    np.testing.assert_allclose(mean, stats.logistic.cdf(PREDICTORS), rtol=1e-12)
    np.testing.assert_allclose(mean_slope(mean, "logit"), stats.logistic.pdf(PREDICTORS), rtol=1e-9)
    assert mean_response(PREDICTORS, "linear") is PREDICTORS
    np.testing.assert_array_equal(mean_slope(PREDICTORS, "linear"), np.ones(6))


def test_softmax_by_definition() -> None:
    predictors = np.random.default_rng(14).normal(0, 3, (5, 3, 2))
    raised = np.exp(np.concatenate([np.zeros((5, 1, 2)), predictors], axis=1))
    np.testing.assert_allclose(softmax(predictors), raised / raised.sum(axis=1, keepdims=True), rtol=1e-12)
    np.testing.assert_allclose(probabilities(predictors, "logit"), softmax(predictors), rtol=0)


@pytest.mark.parametrize(("link", "distribution"), [("logit", stats.logistic), ("probit", stats.norm)])
def test_two_probabilities_are_both_tails(link: Any, distribution: Any) -> None:
    """Several problems at once, and the probability of the reference first."""
    predictors = np.array([[-37.0, 0.4], [2.0, -1.0], [30.0, 0.0]])[:, None, :]
    before = predictors.copy()
    found = probabilities(predictors, link)
    assert found.shape == (3, 2, 2)
    np.testing.assert_allclose(found[:, 0], distribution.sf(predictors[:, 0]), rtol=1e-10)
    np.testing.assert_allclose(found[:, 1], distribution.cdf(predictors[:, 0]), rtol=1e-10)
    np.testing.assert_array_equal(predictors, before)


def test_the_gradient_of_the_multinomial_is_that_of_its_own_probabilities() -> None:
    """Log probability of each row's own category, differentiated by SciPy."""
    predictor = np.array([0.3, -1.2])
    for category in range(3):
        numeric = approx_fprime(
            predictor, lambda at, own=category: float(np.log(softmax(at[None, :, None])[0, own, 0])), 1e-7
        )
        score = FAMILIES["logit"](predictor[None, :, None].copy(), np.array([category]))[0][0, :, 0]
        np.testing.assert_allclose(score, numeric, rtol=1e-5, atol=1e-6)
