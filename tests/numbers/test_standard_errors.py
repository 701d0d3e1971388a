"""The table of Methoden with standard errors in two ways: the formula by `by_hand`, the bootstrap by drawing pupils again."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from tests.numbers import by_hand
from tests.numbers.by_hand import ARMS, Found

from leerwerk.simulation import numbers
from leerwerk.tables import folder

# Both sides solve the same equations to their last digits; see test_pupil_frames.
SAME = 1e-6
TRAITS = ("sex", "mother", "language", "arrears", "absence_before")
DRAWS = (
    5  # each is a whole estimation by hand; the mean, the spread and the quantiles of five tell rows and columns apart
)


@pytest.fixture(autouse=True)
def _synthetic(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(folder.MICRODATA, raising=False)


def effects(pupils: pd.DataFrame) -> list[Found]:
    """Every programme against none."""
    arm = pupils["programme"].map({name: code for code, name in enumerate(ARMS)}).to_numpy()
    none, *others = by_hand.adjusted_means(pupils, arm, "vsv", TRAITS)
    return [other - none for other in others]


def test_both_errors_of_every_programme(monkeypatch: pytest.MonkeyPatch) -> None:
    """Centres in the order of the file, drawn with the seed that the book uses."""
    monkeypatch.setattr(numbers, "REPLICATES", DRAWS)
    found = numbers.standard_errors()
    assert list(found) == [
        *("programme", "estimate", "std_error", "lower", "upper"),
        *("drawn_std_error", "drawn_lower", "drawn_upper"),
    ]
    assert list(found["programme"]) == ["brug", "ibal", "both"]

    pupils = by_hand.records("learners")
    formula = [(one.value, one.error, *one.interval) for one in effects(pupils)]
    np.testing.assert_allclose(found[["estimate", "std_error", "lower", "upper"]], formula, rtol=SAME)

    code, centres = pd.factorize(pupils["centre"])
    size = len(centres)
    counts = np.random.default_rng(1).multinomial(size, [1 / size] * size, size=DRAWS)
    drawn = [[one.value for one in effects(pupils.loc[pupils.index.repeat(row[code])])] for row in counts]
    expected = np.array([np.std(drawn, axis=0, ddof=1), *np.quantile(drawn, [0.025, 0.975], axis=0)]).T
    np.testing.assert_allclose(found[["drawn_std_error", "drawn_lower", "drawn_upper"]], expected, rtol=SAME)
