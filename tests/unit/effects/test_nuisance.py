"""The fits behind the estimators, where their own behaviour matters rather than the estimates."""

import numpy as np
import pytest

from leerwerk.effects.glm import Link, fit, logit, probabilities, probit


def design(rows: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    columns = np.column_stack([np.ones(rows), rng.standard_normal((rows, 2))])
    return columns, (rng.random(rows) < 1 / (1 + np.exp(-columns @ [-0.5, 1.0, -1.0]))).astype(float)


@pytest.mark.parametrize("link", ["logit", "probit", "cloglog"])
@pytest.mark.parametrize("far", [-4.0, 4.0])
def test_a_far_start_leads_to_the_same_place(link: Link, far: float) -> None:
    """Newton's own step from a saturated predictor overshoots by orders of magnitude."""
    columns, outcome = design(400, seed=61)
    weights = np.ones((400, 1))
    near = fit(columns, outcome, weights, link, np.zeros((3, 1, 1)))
    distant = fit(columns, outcome, weights, link, np.full((3, 1, 1), far))
    assert near.converged.all() and distant.converged.all()
    np.testing.assert_allclose(distant.coefficients, near.coefficients, rtol=1e-9)


@pytest.mark.parametrize("family", [logit, probit])
def test_curvature_is_the_derivative_of_the_score(family: object) -> None:
    predictor = np.linspace(-6, 6, 25)[:, None, None]
    for response in (np.zeros(25), np.ones(25)):
        above, below = (family(predictor + shift, response)[0] for shift in (1e-5, -1e-5))  # type: ignore[operator]
        slope = (below - above) / 2e-5
        np.testing.assert_allclose(family(predictor, response)[1], slope, rtol=1e-6, atol=1e-9)  # type: ignore[operator]


@pytest.mark.parametrize("equations", [1, 2, 3])
def test_probabilities_keep_their_digits_in_both_tails(equations: int) -> None:
    """Weights divide by them: 1 - p would lose every digit here."""
    predictors = np.zeros((2, equations, 1))
    predictors[:, 0, 0] = [40.0, -40.0]
    found = probabilities(predictors, "logit")[:, :, 0]
    np.testing.assert_allclose(found[0, 0], np.exp(-40.0), rtol=1e-12)
    np.testing.assert_allclose(found[1, 1], np.exp(-40.0) / equations, rtol=1e-12)
    np.testing.assert_allclose(found.sum(axis=1), 1.0)
    assert np.isfinite(probabilities(predictors * 100, "logit")).all()
