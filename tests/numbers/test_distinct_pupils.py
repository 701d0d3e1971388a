"""Every effect of pupil records is that of the pupils one by one, however compactly a file hands them out."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from leerwerk.effects import Effects, average_effect, discrete_effect
from leerwerk.micro.pupils import programmes
from leerwerk.micro.pupils.answers import ANSWERS
from leerwerk.tables.pupils import shipped

# The same sums in another order: shares keep twelve digits, corrected errors nine (tests/unit/effects/test_discrete.py).
ESTIMATES, ERRORS = 1e-12, 1e-9
# Those that rest on models; the others are shares and means.
MODELLED = (
    *("micro.brug.selection", "micro.brug.selection_success", "micro.ibal.vsv", "micro.ibal.nec"),
    *("micro.brug_ibal.priorities", "micro.abo.nec", "micro.bonus.nec"),
)


def compact(frame: pd.DataFrame) -> pd.DataFrame:
    """Whole numbers in as few bytes as they need, the outcome as a float, text as categories."""
    whole = {name: np.int16 for name in frame if frame[name].dtype.kind == "i"} | {"age": np.int8, "nec": np.float32}
    text = {name: "category" for name in frame if frame[name].dtype.kind not in "if"}
    return frame.astype(whole | text)


@pytest.mark.parametrize("claim", MODELLED)
def test_an_answer_rests_on_the_effects_of_pupils_one_by_one(claim: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def compared(frame: pd.DataFrame, **options: Any) -> Effects:
        asked.append(options["outcome"])
        found, rows = discrete_effect(frame, **options), average_effect(frame, **options)
        for table, expected in ((found.table, rows.table), (found.means, rows.means)):
            np.testing.assert_allclose(table["estimate"], expected["estimate"], rtol=0, atol=ESTIMATES)
            np.testing.assert_allclose(table[["std_error", "df"]], expected[["std_error", "df"]], rtol=ERRORS)
            assert list(table["n"]) == list(expected["n"])
        assert found.warnings == rows.warnings
        return found

    monkeypatch.setattr(programmes, "discrete_effect", compared)
    name, function = ANSWERS[claim]
    function(shipped(name)).exactly("synthetic")
    assert asked


@pytest.mark.parametrize("claim", ANSWERS)
def test_compact_columns_give_the_same_answer(claim: str) -> None:
    name, function = ANSWERS[claim]
    plain, packed = (function(frame).exactly("synthetic") for frame in (shipped(name), compact(shipped(name))))
    for part in ("value", "lower", "upper"):
        one, other = getattr(plain, part), getattr(packed, part)
        assert (one == other) if one is None or isinstance(one, str) else other == pytest.approx(one, rel=ERRORS)
    assert (packed.n, packed.unit, packed.evidence) == (plain.n, plain.unit, plain.evidence)


def test_two_estimates_are_combined_as_if_pupil_by_pupil() -> None:
    """The sums by centre that distinct rows leave give the variance that influence functions of pupils give."""
    pupils = programmes.brug_only(shipped("synthetic/learners.csv"))
    found = programmes.selection_share_of_success(shipped("synthetic/learners.csv"))
    options: dict[str, Any] = {"outcome": f"vsv ~ {programmes.TRAITS}", "cluster": "centre"}
    adjusted = average_effect(pupils, treatment=f"brug ~ {programmes.TRAITS}", **options)
    raw = average_effect(pupils, outcome="vsv ~ 1", treatment="brug ~ 1", method="difference", cluster="centre")
    gap = (adjusted.influence - raw.influence) @ [-1.0, 1.0]
    by_centre = gap.groupby(pupils["centre"]).sum()
    # Cameron & Miller (2015), equation 11: sums over clusters, times G / (G - 1).
    error = np.sqrt((by_centre**2).sum() * 50 / 49) / len(pupils)
    margin = 2.0095752371292397 * error  # the 97.5% quantile of Student's t with 49 degrees of freedom
    assert found.value == pytest.approx(
        adjusted.table["estimate"].iloc[0] - raw.table["estimate"].iloc[0], abs=ESTIMATES
    )
    assert found.upper - found.value == pytest.approx(margin, rel=ERRORS)
    assert found.value - found.lower == pytest.approx(margin, rel=ERRORS)
    assert found.n == len(pupils)
