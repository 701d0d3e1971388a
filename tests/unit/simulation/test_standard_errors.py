"""Words around the table of standard errors in Methoden: they follow the frame, and say what the records are."""

from __future__ import annotations

import shutil
import warnings

import pandas as pd
import pytest

from leerwerk.effects.errors import FailedReplicatesWarning, FewClustersWarning, FewRowsWarning
from leerwerk.simulation import exhibits, numbers
from leerwerk.tables import folder

THIN = "\N{NARROW NO-BREAK SPACE}"


@pytest.fixture(autouse=True)
def _synthetic(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(folder.MICRODATA, raising=False)


def frame(*drawn: float) -> pd.DataFrame:
    """Effects of a tenth and errors of a hundredth by formula, for two programmes."""
    return pd.DataFrame(
        {
            "programme": ["brug", "both"],
            "estimate": [-0.1, 0.1],
            "std_error": 0.01,
            "lower": [-0.12, 0.08],
            "upper": [-0.08, 0.12],
            "drawn_std_error": drawn,
            "drawn_lower": [-0.125, 0.07],
            "drawn_upper": [-0.0851, 0.1],
        }
    )


@pytest.mark.parametrize(
    ("drawn", "gap"),
    [
        ((0.011, 0.01), "10,0%"),
        ((0.0102, 0.008), "25,0%"),  # a hundredth is a quarter more than eight thousandths
        ((0.01, 0.01), "0,0%"),
    ],
)
def test_the_title_tells_the_largest_ratio_either_way(
    monkeypatch: pytest.MonkeyPatch, drawn: tuple[float, ...], gap: str
) -> None:
    monkeypatch.setattr(numbers, "standard_errors", lambda: frame(*drawn))
    assert exhibits.standard_errors().title == (
        f"Synthetisch: de standaardfouten van formule en bootstrap verschillen hoogstens {gap}"
    )


def test_both_ways_stand_beside_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(numbers, "standard_errors", lambda: frame(0.0123, 0.01))
    found = exhibits.standard_errors()
    assert list(found.printed()) == [
        *("programma", "verschil (procentpunt)"),
        *("standaardfout, formule (procentpunt)", "standaardfout, bootstrap (procentpunt)"),
        *("95%-interval, formule (procentpunt)", "95%-interval, bootstrap (procentpunt)"),
    ]
    assert found.printed().to_numpy().tolist() == [
        ["BRUG", "−10,00", "1,00", "1,23", "−12,0 tot −8,0", "−12,5 tot −8,5"],
        ["BRUG en IBAL", "10,00", "1,00", "1,00", "8,0 tot 12,0", "7,0 tot 10,0"],
    ]
    assert f"een bootstrap van 1{THIN}000 steekproeven" in found.caption
    assert "minder kenmerken dan die in Micro" in found.caption


def test_samples_without_an_estimate_are_told_as_the_book_prints_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    def told() -> pd.DataFrame:
        warnings.warn(FailedReplicatesWarning("failed_replicates", failed=12, replicates=1000), stacklevel=1)
        return frame(0.01, 0.01)

    monkeypatch.setattr(numbers, "standard_errors", told)
    assert exhibits.standard_errors().notes == (
        f"12 van de 1{THIN}000 bootstrapsteekproeven leverden geen schatting op en tellen niet mee: een groep of kenmerk is te"
        " zeldzaam. Vereenvoudig de formules.",
    )


@pytest.mark.filterwarnings("ignore::leerwerk.effects.errors.FailedReplicatesWarning")
def test_real_records_do_not_come_in_under_the_synthetic_label(desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = numbers.standard_errors()
    real = desk.root / "records"
    shutil.copytree(desk.path("synthetic"), real)
    table = pd.read_csv(real / "learners.csv")
    table[:-1].to_csv(real / "learners.csv", index=False, lineterminator="\n")
    monkeypatch.setenv(folder.MICRODATA, str(real))
    pd.testing.assert_frame_equal(numbers.standard_errors(), before)
    found = exhibits.standard_errors()
    assert (found.synthetic, found.origin) == (True, "synthetische gegevens, gemaakt voor dit boek")


def test_what_the_estimators_say_of_rows_and_clusters_is_told_of_pupils_and_centres(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def told() -> pd.DataFrame:
        warnings.warn(FewRowsWarning("few_rows", arm="both", rows=1200, consequence=""), stacklevel=1)
        warnings.warn(FewClustersWarning("few_clusters_in_group", arm="none", count=3, consequence=""), stacklevel=1)
        return frame(0.01, 0.01)

    monkeypatch.setattr(numbers, "standard_errors", told)
    assert [note.rstrip() for note in exhibits.standard_errors().notes] == [
        f"De groep 'BRUG en IBAL' telt maar 1{THIN}200 leerlingen:",
        "De groep 'geen programma' zit in maar 3 centra:",
    ]
