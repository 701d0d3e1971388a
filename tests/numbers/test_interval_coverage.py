"""How often intervals hold the truth when rows or clusters are few: the committed table, and that today's code made it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ledger import dutch
from leerwerk.effects import average_effect
from leerwerk.simulation import coverage, exhibits
from leerwerk.simulation.coverage import Case
from leerwerk.tables import simulation

# What an interval of 95% must reach when rows or clusters are few; a share of two thousand draws errs by half a point. Weighting
# alone, which nothing is promised of, falls just short of it in one case: ten treated clusters, unequal variances.
ENOUGH, WEIGHTED = 0.93, 0.92
CASE = list(Case.__slots__)


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return simulation.interval_coverage()


def test_the_table_was_made_by_this_code(table: pd.DataFrame) -> None:
    assert set(table["digest"]) == {coverage.code_digest()}, (
        "data/simulation/coverage.csv is van andere code: python -m leerwerk.simulation.run"
    )


def test_every_case_was_drawn_often_enough(table: pd.DataFrame) -> None:
    found = {Case(*row) for row in table[CASE].itertuples(index=False)}
    assert found == set(coverage.cases())
    assert (table["replicates"] >= 2000).all()


def test_raw_differences_of_few_rows_hold(table: pd.DataFrame) -> None:
    rows = table[(table["few"] == "rows") & (table["estimator"] == "difference")]
    assert set(rows.loc[rows["outcome"] == "linear", "size"]) == {10, 20, 40}
    assert set(rows.loc[rows["outcome"] == "binary", "size"]) == {20, 40}
    assert (rows["coverage"] >= ENOUGH).all()
    assert (rows["failed"] == 0).all()


@pytest.mark.parametrize("estimator", ["difference", "regression", "ipw", "aipw", "ipwra"])
def test_few_treated_clusters_hold(table: pd.DataFrame, estimator: str) -> None:
    rows = table[(table["few"] == "clusters") & (table["size"] >= 3) & (table["estimator"] == estimator)]
    assert set(rows["size"]) == {3, 5, 10}
    assert {*rows["outcome"]} == {"linear", "binary"}
    assert {*rows["variance"]} == {"equal", "unequal"}
    assert (rows["coverage"] >= (WEIGHTED if estimator == "ipw" else ENOUGH)).all()
    # What the estimator refuses, it refuses by name, and rarely.
    assert (rows["failed"] <= rows["replicates"] / 20).all()


def test_uncorrected_intervals_did_not(table: pd.DataFrame) -> None:
    """The fewer there are, the less they held: what the corrections are for."""
    three = table[(table["few"] == "clusters") & (table["size"] == 3)]
    assert (three["coverage_before"] < 0.86).all()
    assert (three["width_before"] < three["width"]).all()
    smallest = table[(table["few"] == "rows") & (table["size"] == 10)]
    assert (smallest["coverage_before"] < 0.91).all()


@pytest.mark.parametrize("case", [case for case in coverage.cases() if case.outcome == "binary"][::17], ids=str)
def test_the_truth_is_that_of_a_very_large_draw(case: Case) -> None:
    """Both groups' average chances over a million draws of what moves them."""
    rng = np.random.default_rng(5)
    moved = coverage.SLOPE * rng.standard_normal(1_000_000)
    if case.few == "clusters":
        moved += coverage.BETWEEN * rng.standard_normal(1_000_000)
    reference, treated = (
        (1 / (1 + (1 - chance) / chance * np.exp(-moved))).mean() for chance in coverage.CHANCES[case.variance]
    )
    assert coverage.truth(case) == pytest.approx(treated - reference, abs=5e-4)


def test_one_draw_is_estimated_as_the_case_says() -> None:
    case = Case("clusters", 5, "linear", "equal", "linear", "difference")
    found = coverage.estimate(case, np.random.default_rng(3))
    frame = coverage.draw(case, np.random.default_rng(3))
    assert frame.groupby("cluster")["arm"].first().sum() == 5
    with pytest.warns(UserWarning, match="5 clusters"):
        again = average_effect(
            frame,
            outcome="y ~ 1",
            treatment="arm ~ 1",
            method="difference",
            outcome_family="linear",
            cluster="cluster",
        )
    assert found[:2] == (again.table["lower"].item(), again.table["upper"].item())
    # The plain sandwich by hand: sums over clusters of what each row adds to the difference, times 40 / 39.
    deviation = frame["y"] - frame.groupby("arm")["y"].transform("mean")
    added = deviation / frame.groupby("arm")["y"].transform("size") * np.where(frame["arm"] == 1, 1, -1)
    error = np.sqrt((added.groupby(frame["cluster"]).sum() ** 2).sum() * 40 / 39)
    assert (found[3] - found[2]) / 2 == pytest.approx(2.0226909 * error, rel=1e-6)  # t of 39 degrees of freedom


def test_the_page_s_table_has_the_lowest_of_each_size_and_its_title_the_lowest_of_three_five_and_ten_clusters(
    root: Path,
) -> None:
    """From the file itself, in the words of the page."""
    raw = pd.read_csv(root / "data" / "simulation" / "coverage.csv")
    found = exhibits.small_samples()
    printed = found.printed().set_index("waarvan er weinig zijn")
    many = raw[(raw["few"] == "clusters") & (raw["size"] > 2)]
    lowest = many.loc[many["estimator"].isin(["difference", "regression", "aipw"]), "coverage"].min()
    said = f"{100 * lowest:.1f}%".replace(".", ",")
    assert found.title == (
        f"Synthetisch: met drie, vijf of tien behandelde centra bevatten deze intervallen het ware effect in minstens {said} van de"
        " trekkingen"
    )
    weighted, twice = (many.loc[many["estimator"] == name, "coverage"].min() for name in ("ipw", "ipwra"))
    two = raw[
        (raw["few"] == "clusters") & (raw["size"] == 2) & raw["estimator"].isin(["difference", "regression", "aipw"])
    ]
    for text in (
        f"haalt IPW minstens {dutch.percent(weighted)} en IPW-RA minstens {dutch.percent(twice)}",
        f"tot {(two['width'] / two['width_before']).max():.1f} keer zo breed",
        f"weigerde: hoogstens {100 * (raw['failed'] / raw['replicates']).max():.1f}%",
    ):
        assert text.replace(".", ",") in found.caption
    for label, few, size, column, estimator, share in (
        ("10 rijen in twee groepen", "rows", 10, "Ruw verschil (%)", "difference", "coverage"),
        ("2 behandelde centra van de veertig", "clusters", 2, "AIPW, zonder (%)", "aipw", "coverage_before"),
        ("5 behandelde centra van de veertig", "clusters", 5, "Regressie (%)", "regression", "coverage"),
    ):
        cell = raw.loc[(raw["few"] == few) & (raw["size"] == size) & (raw["estimator"] == estimator), share]
        assert printed.loc[label, column] == f"{100 * cell.min():.1f}".replace(".", ",")
    assert printed.loc["80 rijen in twee groepen", "Ruw verschil (%)"] == "niet nagegaan"
