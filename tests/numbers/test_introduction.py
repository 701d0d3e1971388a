"""The frames behind the Inleiding's figures and the Data page's tables, against series.csv read with the csv module."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from leerwerk.introduction import context_tables, exhibits

ROOT = Path(__file__).parents[2]
with (ROOT / "data" / "context" / "series.csv").open(encoding="utf-8", newline="") as file:
    SERIES = list(csv.DictReader(file))


def values(source: str, key: str, **asked: str) -> dict[str, float]:
    """One source's values by one column, among the rows with these cells."""
    rows = [row for row in SERIES if row["source"] == source and all(row[name] == cell for name, cell in asked.items())]
    return {row[key]: float(row["value"]) for row in rows}


def test_rates_and_their_ratio_are_the_series() -> None:
    youth, total = values("ctg-youth", "period"), values("ctg-total", "period")
    frame = exhibits.youth_rates().frame
    assert [f"{year}" for year in frame["year"]] == sorted(youth.keys() & total.keys())
    for row in frame.itertuples():
        young, everyone = youth[f"{row.year}"], total[f"{row.year}"]
        assert (row.youth, row.total, row.ratio) == pytest.approx((young / 100, everyone / 100, young / everyone))


def test_leavers_by_form_are_the_official_page_of_one_year() -> None:
    known = values("vl-stat-vsv", "indicator", period="2020-2021")
    frame = exhibits.unqualified().frame
    assert list(frame["share"]) == pytest.approx(
        [*sorted((value / 100 for name, value in known.items() if name.count("_") > 3), reverse=True), 0.12]
    )
    assert known["early_leavers_admin_share"] == 12.0


def test_shares_by_region_are_one_source() -> None:
    frame = context_tables.survey_by_region().frame
    for geo in ("Flanders", "Wallonia", "Brussels"):
        known = values("fpb-i25", "period", geo=geo)
        assert {f"{year}": share for year, share in zip(frame["year"], frame[geo], strict=True)} == pytest.approx(
            {year: value / 100 for year, value in known.items()}
        )


def test_every_flemish_count_that_differs_is_shown() -> None:
    counts = defaultdict(set)
    for row in SERIES:
        if row["geo"] == "Flanders":
            counts[row["indicator"], row["period"]].add(float(row["value"]))
    differing = {key for key, found in counts.items() if len(found) > 1}
    assert differing <= {(indicator, period) for *_, indicator, period in context_tables.COUNTED_TWICE}
    assert len(differing) >= 6


def test_around_2014_four_counts_are_shown_each_with_its_source() -> None:
    frame = context_tables.counted_twice().frame.query("year == 'rond 2014-2015'")
    assert set(frame["count"]) == {"9,7%", "11%", "9,3%", "7,8%"}
    assert frame["source"].is_unique
