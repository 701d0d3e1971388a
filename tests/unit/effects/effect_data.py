"""A cohort for the tests of the estimators, with effects that are known by construction."""

import numpy as np
import pandas as pd

ARMS = ["geen", "brug", "ibal", "beide"]


def cohort(rows: int, seed: int, arms: int = 2, centres: int = 25) -> pd.DataFrame:
    """Pupils whose chances of a programme and of leaving depend on sex, age, arrears and the centre."""
    rng = np.random.default_rng(seed)
    male, age = rng.integers(0, 2, rows), rng.integers(15, 20, rows)
    arrears, centre = rng.poisson(0.7, rows), rng.integers(0, centres, rows)
    pull = 0.4 * male - 0.3 * arrears + 0.2 * (age - 17)
    weights = np.exp(np.outer(pull, np.arange(arms)) / max(1, arms - 1))
    cumulative = (weights / weights.sum(axis=1, keepdims=True)).cumsum(axis=1)
    arm = (rng.random(rows)[:, None] > cumulative).sum(axis=1)
    shock = 0.3 * rng.standard_normal(centres)[centre]
    leave = expit(-0.5 + 0.4 * male + 0.5 * arrears - 0.3 * arm + shock)
    return pd.DataFrame(
        {
            "male": male,
            "age": age,
            "arrears": arrears,
            "centre": centre,
            "arm": pd.Categorical.from_codes(arm, ARMS[:arms]),
            "hours": 20 + 3 * male - 2 * arrears + 2 * arm + rng.standard_normal(rows),
            "vsv": rng.random(rows) < leave,
        }
    )


def expit(x: np.ndarray) -> np.ndarray:
    return 1 / (1 + np.exp(-x))
