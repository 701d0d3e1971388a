"""Records that say when programmes began: the same pupils, with months by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from leerwerk.effects import EffectsError, risks_by_start
from leerwerk.micro.pupils import answers, disclosure, start_months
from leerwerk.micro.pupils.programmes import TRAITS, prepared
from leerwerk.tables.pupils import LEARNERS, shipped


@pytest.fixture(scope="module")
def learners() -> pd.DataFrame:
    """The shipped pupils; BRUG begins in a month up to the fifth, IBAL up to the ninth, none after the last month observed."""
    table, rng = shipped(LEARNERS), np.random.default_rng(5)
    drawn = {
        name: np.minimum(rng.integers(1, last, len(table)), table["months"])
        for name, last in (("brug", 6), ("ibal", 10))
    }
    return table.assign(
        **{
            f"{name}_start": np.where(table["programme"].isin([name, "both"]), months, 0).astype(np.int8)
            for name, months in drawn.items()
        }
    )


def rule_of(learners: pd.DataFrame) -> str:
    """By which rule the direction of IBAL's effect on early leaving leaves, or does not."""
    possible = answers.possible(LEARNERS, learners)
    found = disclosure.decide({"x": answers.ibal_lowers_vsv(learners)}, {"x": answers.ibal_lowers_vsv(possible)})
    return found["x"].rule


def test_records_without_months_are_told_apart(learners: pd.DataFrame) -> None:
    assert start_months.known(learners)
    assert not start_months.known(learners.drop(columns="ibal_start"))
    assert not start_months.known(shipped(LEARNERS))


def test_programmes_begin_in_the_month_that_half_had_begun_by(learners: pd.DataFrame) -> None:
    brug, ibal = (sorted(month for month in learners[f"{name}_start"] if month > 0) for name in ("brug", "ibal"))
    usual = {"brug": brug[(len(brug) - 1) // 2], "ibal": ibal[(len(ibal) - 1) // 2]}
    assert usual == {"brug": 3, "ibal": 5}
    assert start_months.regimes(learners) == {"none": {}, "brug": {"brug": 3}, "ibal": {"ibal": 5}, "both": usual}


def test_of_two_months_in_the_middle_the_first_is_usual() -> None:
    frame = pd.DataFrame({"brug_start": [1, 4, 0], "ibal_start": [7, 2, np.nan]})
    assert start_months.regimes(frame)["both"] == {"brug": 1, "ibal": 2}


def test_leaving_is_that_of_the_estimator_with_missing_months_or_zeros(learners: pd.DataFrame) -> None:
    found = start_months.leaving_by_start(learners)
    gaps = learners.assign(**{name: learners[name].where(learners[name] > 0) for name in ("brug_start", "ibal_start")})
    expected = risks_by_start(
        prepared(gaps),
        outcome=f"months ~ {TRAITS}",
        event="vsv",
        starts={"brug": "brug_start", "ibal": "ibal_start"},
        regimes={"none": {}, "brug": {"brug": 3}, "ibal": {"ibal": 5}, "both": {"brug": 3, "ibal": 5}},
        cluster="centre",
        breaks=(6, 12, 24),
        months=(6, 12, 18, 24, 30, 36),
    )
    pd.testing.assert_frame_equal(found.table, expected.table)
    pd.testing.assert_frame_equal(found.differences, expected.differences)
    again = start_months.leaving_by_start(gaps)
    pd.testing.assert_frame_equal(again.table, expected.table)
    assert found.differences.loc["ibal", "estimate"].lt(0).all()


def test_few_who_left_after_a_start_are_nobodys_business(learners: pd.DataFrame) -> None:
    """Of those in both programmes few left once both had begun; how many left at all is no small number."""
    assert "vertrek na" not in rule_of(learners)
    both = (learners["programme"] == "both") & (learners["vsv"] == 1)
    assert both.sum() > 20
    # All but nine begin IBAL in the month in which they leave.
    late = learners["ibal_start"].where(~both | (both.cumsum() <= 9), learners["months"])
    early = late.where(~both | (both.cumsum() > 9), 1).where(learners["months"] > 1, late)
    assert "cel 'vertrek na both'" in rule_of(learners.assign(ibal_start=early))


def test_the_answer_on_early_leaving_goes_by_start_months_where_there_are_any(learners: pd.DataFrame) -> None:
    draft = answers.ibal_lowers_vsv(learners)
    expected = start_months.leaving_by_start(learners).differences.loc[("ibal", 36)]
    assert draft.size is not None
    found = draft.size()
    assert (found.value, found.lower, found.upper) == tuple(expected[["estimate", "lower", "upper"]])
    assert draft.exactly("synthetic").value == -1
    assert answers.ibal_lowers_vsv(shipped(LEARNERS)).size().value != found.value


def test_who_left_is_counted_by_what_had_begun_before(learners: pd.DataFrame) -> None:
    """Counted pupil by pupil."""
    counts = dict.fromkeys(("none", "brug", "ibal", "both"), 0)
    for row in learners[learners["vsv"] == 1].itertuples():
        begun = [name for name, start in (("brug", row.brug_start), ("ibal", row.ibal_start)) if 0 < start < row.months]
        counts["both" if len(begun) == 2 else begun[0] if begun else "none"] += 1
    found = start_months.cells(learners)
    assert {name.removeprefix("vertrek na "): int(mask.sum()) for name, mask in found.items()} == counts


def test_a_programme_that_nobody_began_is_named(learners: pd.DataFrame) -> None:
    with pytest.raises(EffectsError, match="Regime 'ibal' begint 'ibal', en niemand deed dat"):
        start_months.leaving_by_start(learners.assign(ibal_start=0))
