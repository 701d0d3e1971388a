"""The months in which programmes began: records may do without, and where they are they agree with programme and months."""

from __future__ import annotations

from pathlib import Path

import holder
import numpy as np
import pandas as pd
import pytest

from ledger.tables.reading import DataError
from leerwerk.tables import __main__ as check
from leerwerk.tables import folder, pupils

ROW = {"id": 1, "cohort": 2014, "centre": 1, "region": "ant", "sex": "m", "age": 16, "mother": "low", "language": "nl"}
ROW |= {"arrears": 0, "absence_before": 0, "field": "con", "programme": "both", "brug_hours": 9, "ibal_hours": 9}
ROW |= {"vsv": 1, "nec": 0, "months": 20, "brug_start": 3, "ibal_start": 20}
BRUG, IBAL = {"programme": "brug", "ibal_hours": 0}, {"programme": "ibal", "brug_hours": 0}


@pytest.fixture
def real(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with records of one pupil."""
    holder.write_about(tmp_path)
    monkeypatch.setenv(folder.MICRODATA, str(tmp_path))
    return tmp_path


def learners(real: Path, **cells: object) -> pd.DataFrame:
    pd.DataFrame([ROW | cells]).to_csv(real / "learners.csv", index=False)
    return pupils.learners()


def test_months_are_numbers_and_missing_for_who_never_began(real):
    frame = learners(real, **BRUG, ibal_start="")
    np.testing.assert_array_equal(frame[["brug_start", "ibal_start"]], [[3, np.nan]])


def test_one_of_them_is_enough(real):
    pd.DataFrame([ROW]).drop(columns="ibal_start").to_csv(real / "learners.csv", index=False)
    frame = pupils.learners()
    assert "ibal_start" not in frame
    assert frame["brug_start"].tolist() == [3]


def test_shipped_records_have_none():
    assert not {"brug_start", "ibal_start"} & set(pupils.shipped(pupils.LEARNERS))


@pytest.mark.parametrize(
    ("cells", "column", "demand"),
    [
        ({"brug_start": ""}, "brug_start", "startmaand BRUG ingevuld als en alleen als"),
        ({"ibal_start": ""}, "ibal_start", "startmaand IBAL ingevuld als en alleen als"),
        (BRUG, "ibal_start", "startmaand IBAL ingevuld als en alleen als"),
        (IBAL, "brug_start", "startmaand BRUG ingevuld als en alleen als"),
        ({"brug_start": 21}, "brug_start", "startmaand BRUG niet na het vertrek"),
        ({"ibal_start": 21}, "ibal_start", "startmaand IBAL niet na het vertrek"),
        ({"brug_start": 0}, "brug_start", "een geheel getal van 1 tot 48, of leeg"),
        ({"brug_start": 49}, "brug_start", "een geheel getal van 1 tot 48, of leeg"),
        ({"brug_start": "nee"}, "brug_start", "een geheel getal van 1 tot 48, of leeg"),
    ],
)
def test_a_month_that_does_not_agree_is_refused(real, cells, column, demand):
    with pytest.raises(DataError) as refused:
        learners(real, **cells)
    (problem,) = refused.value.problems
    assert problem.column == column
    assert problem.demand.startswith(demand)


@pytest.mark.parametrize("absent", [[], ["brug_start", "ibal_start"], ["ibal_start"]])
def test_the_check_says_what_their_absence_means(real, capsys, absent):
    rows = pd.read_csv(folder.DATA.path / pupils.ABO_LEARNERS, nrows=9)
    rows.to_csv(real / "abo_learners.csv", index=False)
    pd.DataFrame([ROW]).drop(columns=absent).to_csv(real / "learners.csv", index=False)
    assert check.main(str(real)) == 0
    told = f"zonder {' en '.join(absent)}: een programma telt dan vanaf de instap"
    assert (told in capsys.readouterr().out) == bool(absent)
