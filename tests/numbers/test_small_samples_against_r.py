"""Few clusters: variances and degrees of freedom against R's clubSandwich, linear and logit, clusters within and across arms.

`referee/small_samples.R` made the table.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from leerwerk.effects import Effects, average_effect, discrete_effect
from leerwerk.effects.average import estimate
from leerwerk.effects.errors import EffectsWarning
from leerwerk.effects.potential_outcomes import Specification
from leerwerk.effects.sample import arrange
from leerwerk.effects.small_sample import clustered_spread

HERE = Path(__file__).parent
# Linear: both sides are exact but for rounding to the table's ten digits. Logit: the condition that makes a variance unbiased under
# the working model has more than one solution; ours takes the root of standardised residuals, clubSandwich another.
CLOSE = {"linear": 1e-9, "logit": 2e-3}
TABLE = pd.read_csv(HERE / "referee" / "small_samples.csv")
CASES = list(TABLE.groupby(["family", "terms", "cluster"], sort=False))
CONTRASTS = np.array([[1.0, 0.0], [0.0, 1.0], [-1.0, 1.0]])


def schools() -> pd.DataFrame:
    frame = pd.read_csv(HERE / "fixtures" / "schools.csv")
    frame["seven"] = (frame.index + 1) // 7
    return frame[frame["stype"] != "H"].reset_index(drop=True)


@pytest.mark.parametrize(("case", "rows"), CASES, ids=["-".join(case) for case, _ in CASES])
def test_the_residuals_of_each_arms_model(case: tuple[str, str, str], rows: pd.DataFrame) -> None:
    family, terms, cluster = case
    outcome = "api00" if family == "linear" else "awarded"
    spec = Specification("regression", "ate", family, "logit")  # type: ignore[arg-type]
    arranged = arrange(schools(), f"{outcome} {terms}", "stype ~ 1", spec, cluster)
    assert arranged.clusters is not None
    found = estimate(arranged, spec).residuals
    clusters, alone, parts = arranged.clusters[arranged.order], np.zeros((len(arranged.order), 2)), []
    for arm, part in enumerate(found):
        own = arranged.sample.rows(arm)
        alone[own, arm] = part.reach * part.error
        parts.append((part, clusters[own]))
    spread = clustered_spread(arranged.restored(alone), arranged.clusters, parts)
    np.testing.assert_allclose(np.sqrt(spread.variance(CONTRASTS)), rows["error"], rtol=CLOSE[family])
    np.testing.assert_allclose(spread.degrees(CONTRASTS), rows["df"], rtol=CLOSE[family])


@pytest.mark.parametrize("estimator", [average_effect, discrete_effect])
@pytest.mark.parametrize(("case", "rows"), CASES, ids=["-".join(case) for case, _ in CASES])
def test_what_an_effect_reports(
    case: tuple[str, str, str], rows: pd.DataFrame, estimator: Callable[..., Effects]
) -> None:
    """Degrees of freedom always; errors where nothing but residuals varies: those of raw means."""
    family, terms, cluster = case
    raw = terms == "~1"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", EffectsWarning)
        found = estimator(
            schools(),
            outcome=f"{'api00' if family == 'linear' else 'awarded'} {terms}",
            treatment="stype ~ 1",
            method="difference" if raw else "regression",
            outcome_family=family,
            cluster=cluster,
        )
    shown = pd.concat([found.means, found.table])
    np.testing.assert_allclose(shown["df"], rows["df"], rtol=CLOSE[family])
    if raw:
        np.testing.assert_allclose(shown["std_error"], rows["error"], rtol=CLOSE[family])
    else:
        assert (shown["std_error"].to_numpy()[:2] > 0.5 * rows["error"].to_numpy()[:2]).all()
