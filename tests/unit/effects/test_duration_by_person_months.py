"""Hazards and risks against a table of person-months: every pupil once for every month, as textbooks write it."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats
from tests.unit.effects.effect_data import cohort

from leerwerk.effects import errors, standardised_risks
from leerwerk.effects.design import Arms, parse
from leerwerk.effects.duration import (
    loglog_interval,
    month_index,
    read_months,
    read_spells,
    read_times,
    risk_table,
)
from leerwerk.effects.hazard import Spells, person_periods


def spells(rows: int, seed: int, arms: int = 2) -> pd.DataFrame:
    """Pupils followed for at most ten months."""
    frame = cohort(rows, seed, arms)
    rng = np.random.default_rng([seed, 2])
    leaving = rng.geometric(0.08 + 0.03 * frame["male"] + 0.02 * frame["arrears"].clip(upper=3))
    end = rng.integers(4, 11, rows)
    return frame.assign(months=np.minimum(leaving, end), left=leaving <= end)


def person_months(frame: pd.DataFrame) -> pd.DataFrame:
    """One row per pupil and month at risk; the event in the last one, if at all."""
    rows = [
        {"pupil": pupil, "month": month, "event": int(row.left and month == row.months)}
        for pupil, row in enumerate(frame.itertuples())
        for month in range(1, row.months + 1)
    ]
    return pd.DataFrame(rows)


def period(month: int, breaks: tuple[int, ...]) -> int:
    """How many breaks lie before it."""
    return sum(month > last for last in breaks)


@pytest.mark.parametrize("breaks", [(), (3,), (2, 3, 7)])
def test_person_months_of_a_period_are_counted_together_and_events_apart(breaks: tuple[int, ...]) -> None:
    frame = spells(40, seed=120)
    read = read_spells(frame, parse("months ~ 1"), "left", breaks)
    np.testing.assert_array_equal(
        read.periods, [period(month, breaks) for month in range(1, int(frame["months"].max()) + 1)]
    )
    np.testing.assert_array_equal(read.months, frame["months"])
    np.testing.assert_array_equal(read.event, frame["left"])
    pupil, periods, survived, event = person_periods(read.months, read.event, read.periods)
    table = person_months(frame)
    table["period"] = [period(month, breaks) for month in table["month"]]
    without = table[table["event"] == 0].groupby(["pupil", "period"]).size()
    found = pd.DataFrame({"pupil": pupil, "period": periods, "survived": survived, "event": event})
    stayed = found[found["event"] == 0].set_index(["pupil", "period"])["survived"]
    assert stayed.sort_index().to_dict() == without.to_dict()
    left = table[table["event"] == 1]
    mine = found[found["event"] == 1]
    assert sorted(zip(mine["pupil"], mine["period"], strict=True)) == sorted(
        zip(left["pupil"], left["period"], strict=True)
    )


@pytest.mark.parametrize("breaks", [(), (3, 6)])
def test_risks_are_those_of_glm_on_person_months(breaks: tuple[int, ...]) -> None:
    """Complementary log-log by statsmodels in each arm; then everyone's product of chances to stay."""
    frame = spells(400, seed=121)
    wanted = [1, 4, 8]
    found = standardised_risks(
        frame, outcome="months ~ male + arrears", event="left", arm="arm", breaks=breaks, months=wanted
    )
    for arm in ("geen", "brug"):
        own = frame[frame["arm"] == arm].reset_index(drop=True)
        table = person_months(own)

        def columns(traits: pd.DataFrame, months: Any) -> np.ndarray:
            steps = [[float(period(month, breaks) == step) for month in months] for step in range(1, len(breaks) + 1)]
            return np.column_stack([np.ones(len(traits)), traits[["male", "arrears"]], *steps])

        link = sm.families.Binomial(sm.families.links.CLogLog())
        model = sm.GLM(table["event"], columns(own.loc[table["pupil"]], table["month"]), link).fit(tol=1e-12)
        stay = np.ones(len(frame))
        for month in range(1, 9):
            stay *= 1 - model.predict(columns(frame, [month] * len(frame)))
            if month in wanted:
                # statsmodels stops at the deviance, which is flat to half the digits.
                assert found.table.loc[(arm, month), "risk"] == pytest.approx(1 - stay.mean(), rel=1e-6)
    differences = found.table["risk"].loc["brug"] - found.table["risk"].loc["geen"]
    np.testing.assert_allclose(found.differences.loc["brug", "estimate"], differences, rtol=1e-12)


@pytest.mark.parametrize("cluster", [None, "centre"])
def test_influence_carries_every_error(cluster: str | None) -> None:
    """Three arms, two months: six risks, four differences, from sums over pupils or centres."""
    frame = spells(500, seed=122, arms=3)
    found = standardised_risks(
        frame, outcome="months ~ male", event="left", arm="arm", months=[2, 5], cluster=cluster, level=0.9
    )
    labels = [(arm, month) for arm in ("geen", "brug", "ibal") for month in (2, 5)]
    assert list(found.table.index) == labels and found.table.index.names == ["arm", "month"]
    assert list(found.differences.index) == labels[2:] and found.differences.index.names == ["arm", "month"]
    influence = pd.DataFrame(found.influence, columns=pd.MultiIndex.from_tuples(labels))
    np.testing.assert_allclose(influence.mean(), 0, atol=1e-9)
    groups = np.arange(500) if cluster is None else frame["centre"].to_numpy()
    centres = len(set(groups))
    factor = 1 if cluster is None else centres / (centres - 1)
    reach = stats.norm.ppf(0.95) if cluster is None else stats.t.ppf(0.95, centres - 1)

    def error(values: pd.Series) -> float:
        return float(np.sqrt(factor * (values.groupby(groups).sum() ** 2).sum()) / 500)

    for label in labels:
        risk, spread, lower, upper = found.table.loc[label, ["risk", "std_error", "lower", "upper"]]
        assert spread == pytest.approx(error(influence[label]), rel=1e-9)
        # Symmetric for log(-log(1 - risk)), whose derivative is 1 / ((1 - risk) * -log(1 - risk)).
        middle, width = np.log(-np.log(1 - risk)), reach * spread / ((1 - risk) * -np.log(1 - risk))
        assert lower == pytest.approx(1 - np.exp(-np.exp(middle - width)), rel=1e-9)
        assert upper == pytest.approx(1 - np.exp(-np.exp(middle + width)), rel=1e-9)
    for arm, month in labels[2:]:
        row = found.differences.loc[(arm, month)]
        spread = error(influence[(arm, month)] - influence[("geen", month)])
        assert row["std_error"] == pytest.approx(spread, rel=1e-9)
        assert row["estimate"] == pytest.approx(
            found.table.loc[(arm, month), "risk"] - found.table.loc[("geen", month), "risk"]
        )
        assert row["lower"] == pytest.approx(row["estimate"] - reach * spread, rel=1e-9)


def test_influence_is_what_one_pupil_more_does() -> None:
    """Leave each of some pupils out: the risks move by their influence, to first order in one of 400."""
    frame = spells(400, seed=123)
    options: dict[str, Any] = {
        "outcome": "months ~ male + arrears",
        "event": "left",
        "arm": "arm",
        "breaks": [3],
        "months": [2, 6],
    }
    whole = standardised_risks(frame, **options)
    moved = []
    for pupil in range(0, 400, 80):
        rest = standardised_risks(frame.drop(index=pupil), **options).table["risk"]
        moved.append((whole.table["risk"] - rest).to_numpy() * 399)
    np.testing.assert_allclose(moved, whole.influence[::80], atol=0.02)
    assert np.abs(whole.influence[::80]).max() > 0.5


def test_months_when_nothing_is_said() -> None:
    """Every month up to the last in which both arms were still followed."""
    frame = spells(300, seed=124)
    longest = frame.assign(months=frame["months"].where(frame["arm"] == "brug", frame["months"].clip(upper=6)))
    found = standardised_risks(longest, outcome="months ~ 1", event="left", arm="arm")
    assert list(found.table.index) == [(arm, month) for arm in ("geen", "brug") for month in range(1, 7)]
    named = standardised_risks(
        longest, outcome="months ~ 1", event="left", arm="arm", breaks=(), months=range(1, 7), cluster=None, level=0.95
    )
    pd.testing.assert_frame_equal(found.table, named.table)
    assert found.warnings == ()


@pytest.mark.frames
def test_an_arm_in_which_nobody_leaves_has_a_curve_of_which_the_certainty_is_unknown() -> None:
    frame = spells(300, seed=127, arms=3).assign(left=lambda table: table["left"] & (table["arm"] != "brug"))
    options: dict[str, Any] = {
        "outcome": "months ~ male",
        "event": "left",
        "arm": "arm",
        "breaks": [3],
        "months": [2, 4],
    }
    with pytest.warns(errors.ConstantOutcomeWarning) as caught:
        found = standardised_risks(frame, **options)
    text = (
        "In groep 'brug' vertrekt niemand: de onzekerheid over die groep is onbekend en telt niet mee in het interval."
    )
    assert found.warnings == (text,) == tuple(str(item.message) for item in caught)
    assert caught[0].filename == __file__
    nobody = found.table.loc["brug"]
    np.testing.assert_array_equal(nobody[["risk", "std_error"]], 0.0)
    assert nobody[["lower", "upper"]].isna().all(axis=None)
    # What is uncertain of the difference with an arm without events is what is uncertain of the reference.
    reference = found.table.loc["geen"]
    np.testing.assert_allclose(found.differences.loc["brug", "estimate"], -reference["risk"], rtol=1e-12)
    np.testing.assert_allclose(found.differences.loc["brug", "std_error"], reference["std_error"], rtol=1e-12)
    np.testing.assert_array_equal(found.influence[:, 2:4], 0.0)


@pytest.mark.frames
def test_a_pupil_per_cluster_is_told() -> None:
    frame = spells(100, seed=125).assign(pupil=range(100))
    with pytest.warns(errors.ClusterPerRowWarning) as caught:
        result = standardised_risks(frame, outcome="months ~ 1", event="left", arm="arm", cluster="pupil")
    assert result.warnings == (str(caught[0].message),)
    assert caught[0].filename == __file__


@pytest.mark.parametrize("column", ["months", "left", "arm", "male", "centre"])
def test_every_column_that_is_used_must_be_there(column: str) -> None:
    with pytest.raises(errors.MissingColumnError, match=f"'{column}' ontbreekt"):
        standardised_risks(
            spells(50, seed=126).drop(columns=column),
            outcome="months ~ male",
            event="left",
            arm="arm",
            cluster="centre",
        )


# --- pieces --------------------------------------------------------------------------------------------------------


def test_an_interval_on_the_scale_of_log_minus_log() -> None:
    lower, upper = loglog_interval(np.array([0.3, 0.9]), np.array([0.05, 0.02]), 1.5)
    for place, (share, error) in enumerate([(0.3, 0.05), (0.9, 0.02)]):
        middle, width = np.log(-np.log(share)), 1.5 * error / (share * -np.log(share))
        assert lower[place] == pytest.approx(np.exp(-np.exp(middle + width)), rel=1e-12)
        assert upper[place] == pytest.approx(np.exp(-np.exp(middle - width)), rel=1e-12)


def test_a_table_of_risks_turns_survival_around() -> None:
    arms = Arms(("geen", "brug"), np.array([0, 1]))
    spread = np.diag([0.04, 0.01]) ** 2
    table = risk_table(np.array([0.2, 0.7]), spread, arms, np.array([3]), 1.0)
    assert list(table.columns) == ["risk", "std_error", "lower", "upper"]
    for (arm, month), risk, error in (((("geen"), 3), 0.2, 0.04), (("brug", 3), 0.7, 0.01)):
        middle, width = np.log(-np.log(1 - risk)), error / ((1 - risk) * -np.log(1 - risk))
        expected = [risk, error, *(1 - np.exp(-np.exp(middle + sign * width)) for sign in (-1, 1))]
        np.testing.assert_allclose(table.loc[(arm, month)], expected, rtol=1e-12)


def test_labels_run_over_arms_then_months() -> None:
    found = month_index(["a", "b"], np.array([2, 9]))
    assert list(found) == [("a", 2), ("a", 9), ("b", 2), ("b", 9)] and found.names == ["arm", "month"]


@pytest.mark.parametrize(
    ("months", "expected"),
    [(None, [1, 2, 3, 4]), ([1], [1]), ([4], [4]), ([2, 4, 3], [2, 4, 3]), (range(1, 3), [1, 2])],
)
def test_months_that_every_arm_reached(months: Any, expected: list[int]) -> None:
    """The second arm was followed for seven months, the first for four."""
    read = Spells(np.ones((4, 1)), np.array([4, 2, 7, 5]), np.ones(4), np.zeros(7, dtype=np.intp))
    arms = Arms(("geen", "brug"), np.array([0, 0, 1, 1]))
    np.testing.assert_array_equal(read_months(months, read, arms), expected)
    for wrong in ([0], [5], [1, 5], []):
        with pytest.raises(errors.OptionError, match="van 1 tot 4"):
            read_months(wrong, read, arms)


@pytest.mark.parametrize("times", [[1, 0], [2, -1], [0.0, 1.0]])
def test_times_are_positive(times: list[float]) -> None:
    with pytest.raises(errors.OutcomeError, match="niet positief"):
        read_times(pd.Series(times, name="months"))
    np.testing.assert_array_equal(read_times(pd.Series([0.5, 2])), [0.5, 2.0])
