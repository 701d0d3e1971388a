"""Results that are worked out once must say everything each time they are asked for."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from leerwerk.effects.errors import WeakOverlapWarning
from leerwerk.micro.pupils import numbers
from leerwerk.tables.folder import MICRODATA


def test_an_estimate_that_was_asked_before_repeats_its_warning(
    root: Path, desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the pupils with two years of arrears one is left in both programmes: it would stand for all the others."""
    monkeypatch.delenv(MICRODATA, raising=False)
    learners = pd.read_csv(root / "data" / "synthetic" / "learners.csv")
    alike = learners.index[(learners["programme"] == "both") & (learners["arrears"] == 2)][1:]
    learners.loc[alike, ["programme", "brug_hours", "ibal_hours"]] = ["none", 0, 0]
    folder = desk.path("synthetic")
    folder.unlink()
    folder.mkdir()
    learners.to_csv(folder / "learners.csv", index=False, lineterminator="\n")
    for _ in range(2):
        with pytest.warns(WeakOverlapWarning, match="Zwakke overlap: .* groep 'both'"):
            numbers.by_programme("vsv", "aipw")
