"""Standardisation over one outcome model that all arms share, the arm being one of its traits."""

from __future__ import annotations

import numpy as np
import pandas as pd

from leerwerk.effects.design import parse, read_designs
from leerwerk.effects.glm import Floats, fit, mean_response, mean_slope
from leerwerk.effects.messages import Text
from leerwerk.effects.potential_outcomes import Specification, pairs
from leerwerk.effects.sample import Arranged, check_fit


def common_means(
    frame: pd.DataFrame, outcome: str, treatment: str, arranged: Arranged, spec: Specification
) -> tuple[Floats, Floats]:
    """Means (means,) and their influence functions (rows sorted by arm, means).

    The average over the target of what the model predicts with each row put in each arm (Hernan & Robins, What If, chapter 13); the
    influence functions stack the model's equations and the averages (Stefanski & Boos 2002).
    """
    sample, weights, link = arranged.sample, arranged.weights, spec.outcome_link
    design, elsewhere = read_designs(frame, parse(outcome), parse(treatment).response, arranged.arms, arranged.order)
    counted = sample.counted(weights, slice(None))
    fitted = fit(design.matrix, sample.outcome, counted, link, np.zeros((design.matrix.shape[1], 1, 1)))
    check_fit(fitted, spec, Text("the_one_model"))
    coefficients = fitted.coefficients[:, 0, 0]
    error = counted[:, 0] * (sample.outcome - mean_response(design.matrix @ coefficients, link))
    wanted = pairs(sample.arms, spec.estimand)
    means, values = np.empty(len(wanted)), np.zeros((len(error), len(wanted)))
    for column, (target, arm) in enumerate(wanted):
        aim = sample.rows(target)
        own = weights[aim, 0]
        predicted = mean_response(elsewhere[arm][aim] @ coefficients, link)
        means[column] = own @ predicted / own.sum()
        values[aim, column] = own * (predicted - means[column])
        gradient = elsewhere[arm][aim].T @ (own * mean_slope(predicted, link))
        residual = error * (design.matrix @ np.linalg.solve(fitted.information[0], gradient))
        values[:, column] += residual if arranged.response is None else residual + arranged.response.share(residual)
        values[:, column] *= len(error) / own.sum()
    return means, values
