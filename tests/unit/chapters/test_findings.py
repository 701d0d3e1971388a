"""Micro's summary of findings: what the slides say without records, the estimators' sizes with them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from tests import records

from leerwerk.micro import findings, scale
from leerwerk.tables.folder import DATA, MICRODATA
from leerwerk.trials.pool import pooled

PROGRAMMES = ["IBAL", "IBAL", "BRUG en IBAL samen", "ABO-jaar", "Motivatiebonus", "Motivatiebonus"]


@pytest.fixture(autouse=True)
def _no_records(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(MICRODATA, raising=False)


def test_without_records_it_says_what_was_found_and_that_no_size_is_told() -> None:
    frame = findings.summary().frame
    assert list(frame["programme"]) == PROGRAMMES
    assert list(frame["found"]) == [
        "significant minder kans",
        "significant meer kans",
        "meer kans",
        "meer kans",
        "geen bijkomend effect",
        "1,37% tegenover 9,38% in de controlegroep",
    ]
    assert list(frame["size"]) == ["niet vermeld"] * 5 + ["8 procentpunt lager"]
    assert findings.summary().title.endswith("; de grootte is niet vermeld")


def test_on_one_scale_only_absence_has_a_size_without_records() -> None:
    """What is good for the pupil is to the right: 1,37% absent against 9,38% is +8,01 points."""
    frame = scale.sizes().frame
    here, there = frame[frame["where"] == "Vlaanderen"], frame[frame["where"] != "Vlaanderen"]
    assert list(here["difference"].isna()) == [True] * 5 + [False]
    assert here["difference"].iloc[-1] == pytest.approx(0.0801)
    assert here["lower"].isna().all()
    assert there[["difference", "lower", "upper"]].notna().all(axis=None)
    mean, another = there.iloc[-2], there.iloc[-1]
    assert another["lower"] < mean["lower"] < mean["upper"] < another["upper"]
    assert another["difference"] == mean["difference"] == pytest.approx(pooled().mean)
    assert "is de grootte niet vermeld" in scale.sizes().title


def test_another_published_direction_changes_the_words(desk) -> None:
    desk.publish("micro.abo.nec", "lager")
    assert findings.summary().frame["found"][3] == "minder kans"


def test_with_records_of_a_known_truth_the_sizes_are_near_it(desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """The records of this test, made so that IBAL alone takes a tenth off early leaving and adds a tenth to work."""
    rng = np.random.default_rng(7)
    folder = desk.root / "records"
    folder.mkdir()
    learners = pd.read_csv(DATA.path / "synthetic" / "learners.csv")
    arm = rng.permutation(np.repeat(["none", "brug", "ibal", "both"], len(learners) // 4))
    learners = learners.iloc[: len(arm)].assign(programme=arm)
    ibal, brug = np.isin(arm, ["ibal", "both"]), np.isin(arm, ["brug", "both"])
    learners["vsv"] = (rng.random(len(arm)) < np.where(ibal, 0.3, 0.4)).astype(int)
    learners["nec"] = (rng.random(len(arm)) < np.where(ibal, 0.5, 0.4)).astype(int)
    learners["brug_hours"], learners["ibal_hours"] = np.where(brug, 100, 0), np.where(ibal, 10, 0)
    learners["months"] = np.where(learners["vsv"] == 1, 12, 12 * (2018 - learners["cohort"]))
    learners.to_csv(folder / "learners.csv", index=False, lineterminator="\n")
    (folder / "abo_learners.csv").write_bytes((DATA.path / "synthetic" / "abo_learners.csv").read_bytes())
    records.give(folder, monkeypatch)
    found = findings.summary()
    sizes = [
        float(size.partition(": ")[2].split("\N{NO-BREAK SPACE}")[0].replace("−", "-").replace(",", "."))
        for size in found.frame["size"][:2]
    ]
    assert sizes == [pytest.approx(-10, abs=3), pytest.approx(10, abs=3)]
    assert all("95%-interval" in size for size in found.frame["size"][:5])
    assert found.title.endswith("; in deze leerlingengegevens voor allebei: meer kans")
    assert found.origin.endswith("; leerlingengegevens van Departement Voorbeeld")
    placed = scale.sizes()
    assert list(placed.frame["difference"][:2] * 100) == [pytest.approx(10, abs=3), pytest.approx(10, abs=3)]
    assert (placed.frame["lower"] <= placed.frame["difference"])[:5].all()
    assert placed.title.startswith("IBAL: in deze gegevens 1")
    assert " minder kans op vroegtijdig schoolverlaten" in placed.title
