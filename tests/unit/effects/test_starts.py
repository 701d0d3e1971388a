"""Programmes that begin on the way: person-months written out, statsmodels on them, and a truth that is known by construction."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from scipy import stats

from leerwerk.effects import errors, risks_by_start, standardised_risks
from leerwerk.effects.distinct import distinct
from leerwerk.effects.duration import read_periods
from leerwerk.effects.exposure import NEVER, Stays, read_starts

# Newton's method on both sides, to the last digits of estimates around 1; derivatives by differences keep about eight.
SAME, BY_DIFFERENCES = 1e-8, 1e-6
STARTS = {"brug": "brug_start", "ibal": "ibal_start"}
REGIMES = {"none": {}, "brug": {"brug": 2}, "ibal": {"ibal": 3}, "both": {"brug": 1, "ibal": 4}}
GIVEN: dict[str, Any] = {
    "outcome": "months ~ male + C(age)",
    "event": "left",
    "starts": STARTS,
    "regimes": REGIMES,
    "cluster": "centre",
}
BREAKS, MONTHS, LAST = (3, 7), (2, 5, 10), 10


def hazards(frame: pd.DataFrame) -> np.ndarray:
    """Each pupil's monthly rate of leaving, nothing begun."""
    return np.asarray(0.03 * np.exp(0.5 * frame["male"] + 0.15 * (frame["age"] - 15)))


def pupils(
    rows: int, seed: int, ratio: tuple[float, float] = (1.0, 1.0), last: int = LAST, pace: float = 0.12
) -> pd.DataFrame:
    """Pupils month by month: who is still there may begin, girls rather than boys, and then leaves at another rate from the next month."""
    rng = np.random.default_rng(seed)
    frame = pd.DataFrame(
        {"male": rng.integers(0, 2, rows), "age": rng.integers(15, 19, rows), "centre": rng.integers(0, 30, rows)}
    )
    rate, there = hazards(frame), np.ones(rows, dtype=bool)
    starts, months, left = np.zeros((rows, 2), dtype=int), np.full(rows, last), np.zeros(rows, dtype=int)
    end = rng.integers(last - 3, last + 1, rows)
    for month in range(1, last + 1):
        begun = starts > 0
        leaves = there & (rng.random(rows) < -np.expm1(-rate * np.prod(np.where(begun, ratio, 1.0), axis=1)))
        begins = (
            (there & ~leaves)[:, None]
            & ~begun
            & (rng.random((rows, 2)) < pace * np.exp(-0.8 * frame[["male"]].to_numpy()))
        )
        starts[begins] = month
        stops = there & (leaves | (month == end))
        months[stops], left[stops & leaves] = month, 1
        there &= ~stops
    return frame.assign(months=months, left=left, brug_start=starts[:, 0], ibal_start=starts[:, 1])


def person_months(frame: pd.DataFrame) -> pd.DataFrame:
    """One row per pupil and month at risk, with what had begun in an earlier month."""
    rows = [
        {
            "pupil": pupil,
            "month": month,
            "state": (0 < row.brug_start < month) + 2 * (0 < row.ibal_start < month),
            "period": sum(month > last for last in BREAKS),
            "event": int(row.left and month == row.months),
        }
        for pupil, row in enumerate(frame.itertuples())
        for month in range(1, row.months + 1)
    ]
    return pd.DataFrame(rows)


def test_person_months_are_counted_by_what_had_begun() -> None:
    frame = pupils(200, seed=1)
    traits = distinct(frame, ["male", "age"])
    months = frame["months"].to_numpy()
    starts = read_starts(frame, STARTS, months)
    stays = Stays(traits, months, frame["left"].to_numpy(float), starts, read_periods(BREAKS, LAST))
    expected = np.zeros(stays.shape)
    table = person_months(frame)
    for row in table.itertuples():
        expected[traits.codes[row.pupil], row.state, row.period, row.event] += 1
    np.testing.assert_array_equal(stays.person_months(), expected.ravel())
    assert stays.person_months().sum() == frame["months"].sum()
    np.testing.assert_array_equal(stays.final(), table.groupby("pupil")["state"].last())


class Referee:
    """The same model by statsmodels on person-months, and what follows from it by brute force."""

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame, self.table = frame, person_months(frame)
        self.traits = np.column_stack(
            [np.ones(len(frame)), frame["male"], *(frame["age"] == age for age in (16, 17, 18))]
        )
        design = np.hstack([self.traits[self.table["pupil"]], self.moments(self.table["state"], self.table["period"])])
        family = sm.families.Binomial(link=sm.families.links.CLogLog())
        model = sm.GLM(self.table["event"], design, family=family)
        fitted = model.fit(method="newton", tol=1e-12, maxiter=100)
        self.coefficients = (
            fitted.params.to_numpy() if hasattr(fitted.params, "to_numpy") else np.asarray(fitted.params)
        )
        bread = np.linalg.inv(-model.hessian(self.coefficients, observed=True))
        scores = pd.DataFrame(model.score_obs(self.coefficients)).groupby(self.table["pupil"]).sum().to_numpy()
        self.errors = scores @ bread

    @staticmethod
    def moments(state: Any, period: Any) -> np.ndarray:
        state, period = np.asarray(state), np.asarray(period)
        return np.column_stack([period == 1, period == 2, state == 1, state == 2, state == 3]).astype(float)

    def risk_of_each(self, begins: dict[str, int], month: int, coefficients: np.ndarray) -> np.ndarray:
        """Every pupil's risk under a regime, month after month."""
        months = np.arange(1, month + 1)
        state = sum((months > begins.get(name, LAST)) * 2**place for place, name in enumerate(STARTS))
        moments = self.moments(state, [sum(each > last for last in BREAKS) for each in months])
        staying = np.ones(len(self.frame))
        for row in moments:
            staying *= np.exp(-np.exp(self.traits @ coefficients[:5] + row @ coefficients[5:]))
        return 1 - staying

    def influence(self, begins: dict[str, int], month: int) -> tuple[float, np.ndarray]:
        """A risk, and each pupil's influence on it: its own risk, and through the coefficients, differentiated by differences."""
        each = self.risk_of_each(begins, month, self.coefficients)
        steps = 1e-5 * np.eye(len(self.coefficients))
        gradient = [
            (
                self.risk_of_each(begins, month, self.coefficients + step).mean()
                - self.risk_of_each(begins, month, self.coefficients - step).mean()
            )
            / 2e-5
            for step in steps
        ]
        return float(each.mean()), each - each.mean() + len(each) * self.errors @ gradient

    def clustered(self, influence: np.ndarray) -> float:
        """The standard error of what averages these: sums over centres, times G / (G - 1)."""
        sums = pd.Series(influence).groupby(self.frame["centre"]).sum()
        return float(np.sqrt((sums**2).sum() * len(sums) / (len(sums) - 1)) / len(influence))


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    return pupils(1500, seed=2, ratio=(0.7, 0.9))


@pytest.fixture(scope="module")
def referee(frame: pd.DataFrame) -> Referee:
    return Referee(frame)


@pytest.fixture(scope="module")
def found(frame: pd.DataFrame) -> Any:
    return risks_by_start(frame, **GIVEN, breaks=BREAKS, months=MONTHS)


def test_risks_are_those_of_statsmodels_on_person_months(found: Any, referee: Referee) -> None:
    assert list(found.table.index) == [(name, month) for name in REGIMES for month in MONTHS]
    critical = stats.t.ppf(0.975, 29)
    for (name, month), row in found.table.iterrows():
        risk, influence = referee.influence(REGIMES[name], month)
        error = referee.clustered(influence)
        assert row["risk"] == pytest.approx(risk, rel=SAME)
        assert row["std_error"] == pytest.approx(error, rel=BY_DIFFERENCES)
        # Symmetric for log(-log(1 - risk)), whose derivative to the risk is 1 / ((1 - risk) hazard).
        hazard = -np.log1p(-risk)
        factor = np.exp(critical * error / ((1 - risk) * hazard))
        ends = [-np.expm1(-hazard / factor), -np.expm1(-hazard * factor)]
        np.testing.assert_allclose(row[["lower", "upper"]].astype(float), ends, rtol=BY_DIFFERENCES)


def test_differences_are_against_the_first_regime(found: Any, referee: Referee) -> None:
    critical = stats.t.ppf(0.975, 29)
    for (name, month), row in found.differences.iterrows():
        risk, influence = referee.influence(REGIMES[name], month)
        none, without = referee.influence({}, month)
        error = referee.clustered(influence - without)
        assert row["estimate"] == pytest.approx(risk - none, rel=1e-6)
        assert row["std_error"] == pytest.approx(error, rel=BY_DIFFERENCES)
        assert row["upper"] - row["estimate"] == pytest.approx(critical * error, rel=BY_DIFFERENCES)


def test_hazard_ratios_are_those_of_statsmodels(found: Any, referee: Referee) -> None:
    table = referee.table
    assert list(found.ratios.index) == ["brug", "ibal", "brug + ibal"]
    for place, (_, row) in enumerate(found.ratios.iterrows()):
        log = referee.coefficients[7 + place]
        error = referee.clustered(len(referee.frame) * referee.errors[:, 7 + place])
        assert row["hazard_ratio"] == pytest.approx(np.exp(log), rel=SAME)
        ends = np.exp(log + stats.t.ppf([0.025, 0.975], 29) * error)
        np.testing.assert_allclose(row[["lower", "upper"]].astype(float), ends, rtol=BY_DIFFERENCES)
        assert row["p_value"] == pytest.approx(2 * stats.t.sf(abs(log / error), 29), rel=1e-5)
        own = table[table["state"] == place + 1]
        assert (row["person_months"], row["events"]) == (len(own), own["event"].sum())
    assert (found.n, found.clusters) == (1500, 30)


def naive(frame: pd.DataFrame) -> pd.DataFrame:
    """As if who ever began had been exposed from entry on."""
    arms = frame.assign(ever=(frame["brug_start"] > 0).astype(int))
    options = {"outcome": GIVEN["outcome"], "event": "left", "arm": "ever", "cluster": "centre", "breaks": (12, 24)}
    return standardised_risks(arms, **options, months=[36]).differences


def test_a_harmless_programme_is_found_harmless_which_it_is_not_if_it_counts_from_entry_on() -> None:
    frame = pupils(20_000, seed=3, last=36, pace=0.05)
    options = GIVEN | {"starts": {"brug": "brug_start"}, "regimes": {"none": {}, "brug": {"brug": 3}}}
    found = risks_by_start(frame, **options, breaks=(12, 24), months=[36])
    row = found.differences.loc[("brug", 36)]
    assert abs(row["estimate"]) < 3 * row["std_error"] < 0.04
    wrong = naive(frame).loc[(1, 36)]
    assert wrong["estimate"] < -0.2
    assert wrong["upper"] < -0.2


def test_a_known_effect_is_found() -> None:
    frame = pupils(20_000, seed=4, ratio=(0.6, 1.0), last=36, pace=0.05)
    options = GIVEN | {"starts": {"brug": "brug_start"}, "regimes": {"none": {}, "brug": {"brug": 3}}}
    found = risks_by_start(frame, **options, breaks=(12, 24), months=[6, 36])
    for month in (6, 36):
        # Three months at each pupil's own rate, the others at 0.6 times that; against all at its own.
        begun = -np.expm1(-hazards(frame) * (3 + 0.6 * (month - 3))).mean()
        expected = begun - -np.expm1(-hazards(frame) * month).mean()
        row = found.differences.loc[("brug", month)]
        assert row["estimate"] == pytest.approx(expected, abs=3 * row["std_error"])
        assert row["upper"] < 0
    ratio = found.ratios.loc["brug"]
    assert ratio["lower"] < 0.6 < ratio["upper"]


def test_who_leaves_in_the_month_of_a_start_was_not_yet_exposed() -> None:
    """Otherwise beginners would have had part of that month behind them."""
    frame = pd.DataFrame({"months": [4, 4, 4], "start": [4, 3, 0], "left": [1, 1, 1]})
    stays = Stays(
        distinct(frame, ["left"]),
        frame["months"].to_numpy(),
        frame["left"].to_numpy(float),
        read_starts(frame, {"brug": "start"}, frame["months"].to_numpy()),
        np.zeros(4, dtype=int),
    )
    # States: nothing begun, begun; months survived, events.
    assert stays.person_months().reshape(2, 2).tolist() == [[9, 2], [0, 1]]


@pytest.mark.parametrize(
    "change",
    [
        lambda column: column.astype("int8"),
        lambda column: column.where(column > 0),
        lambda column: column.where(column > 0).astype("Int16"),
        lambda column: column.where(column > 0).astype("int8[pyarrow]"),
        lambda column: column.astype(object).where(column > 0, None),
    ],
    ids=["bytes", "floats", "nullable", "Arrow", "objects"],
)
def test_never_is_zero_or_missing_in_any_type(change: Any, frame: pd.DataFrame, found: Any) -> None:
    other = frame.assign(brug_start=change(frame["brug_start"]), ibal_start=change(frame["ibal_start"]))
    again = risks_by_start(other, **GIVEN, breaks=BREAKS, months=MONTHS)
    pd.testing.assert_frame_equal(again.table, found.table)
    pd.testing.assert_frame_equal(again.ratios, found.ratios)


def test_by_default_every_month_is_reported(frame: pd.DataFrame, found: Any) -> None:
    every = risks_by_start(frame, **GIVEN, breaks=BREAKS)
    assert every.table.index.get_level_values("month").tolist() == list(range(1, 11)) * 4
    pd.testing.assert_frame_equal(every.table.loc[found.table.index], found.table)


def test_without_traits_one_period_and_one_programme_the_ratio_is_that_of_two_rates(frame: pd.DataFrame) -> None:
    """Then all months of a state are alike: the hazard is -log(1 - events / person-months)."""
    table = person_months(frame)
    begun = table["state"] % 2 == 1
    rates = [-np.log1p(-table.loc[own, "event"].mean()) for own in (begun, ~begun)]
    options = GIVEN | {
        "outcome": "months ~ 1",
        "starts": {"brug": "brug_start"},
        "regimes": {"none": {}, "brug": {"brug": 1}},
    }
    found = risks_by_start(frame, **options, months=[1, 4])
    assert found.ratios.loc["brug", "hazard_ratio"] == pytest.approx(rates[0] / rates[1], rel=SAME)
    risks = -np.expm1([-rates[1], -4 * rates[1], -rates[1], -rates[1] - 3 * rates[0]])
    np.testing.assert_allclose(found.table["risk"], risks, rtol=SAME)


def test_few_clusters_are_told(frame: pd.DataFrame) -> None:
    with pytest.warns(errors.FewClustersWarning, match="Maar 7 clusters") as caught:
        found = risks_by_start(frame.assign(centre=frame["centre"] % 7), **GIVEN)
    assert caught[0].filename == __file__
    assert found.warnings == (str(caught[0].message),)


def without_events(frame: pd.DataFrame, where: pd.Series) -> pd.DataFrame:
    return frame.assign(left=frame["left"].where(~where, 0))


BAD: dict[str, tuple[Any, dict[str, Any], type[Exception], str]] = {
    "a start after leaving": (
        lambda f: f.assign(brug_start=f["months"] + (f.index < 3)),
        {},
        errors.OutcomeError,
        "Kolom 'brug_start' heeft 3 beginmaanden na de laatste waargenomen maand: wie vertrokken is, begint niets meer.",
    ),
    "a start in words": (
        lambda f: f.assign(ibal_start="mei"),
        {},
        errors.OutcomeError,
        "Kolom 'ibal_start' heeft beginmaanden die geen hele maand zijn: tel vanaf maand 1; leeg of 0 is nooit.",
    ),
    "half a month": (
        lambda f: f.assign(ibal_start=0.5),
        {},
        errors.OutcomeError,
        "Kolom 'ibal_start' heeft beginmaanden die geen hele maand zijn: tel vanaf maand 1; leeg of 0 is nooit.",
    ),
    "a start before entry": (lambda f: f.assign(ibal_start=-1), {}, errors.OutcomeError, "Kolom 'ibal_start' heeft"),
    "a start without end": (
        lambda f: f.assign(brug_start=f["brug_start"].astype(float).where(f.index > 0, np.inf)),
        {},
        errors.OutcomeError,
        "Kolom 'brug_start' heeft beginmaanden die geen hele maand zijn",
    ),
    "no column of starts": (
        lambda f: f.drop(columns="ibal_start"),
        {},
        errors.MissingColumnError,
        "Kolom 'ibal_start' ontbreekt",
    ),
    "a programme without starts": (
        lambda f: f,
        {"regimes": {"none": {}, "abo": {"abo": 2}}},
        errors.OptionError,
        "Regime 'abo' begint 'abo', waarvan geen kolom zegt wanneer: kies uit brug, ibal.",
    ),
    "a programme that nobody began": (
        lambda f: f.assign(ibal_start=0),
        {},
        errors.OptionError,
        "Regime 'ibal' begint 'ibal', en niemand deed dat: laat het weg.",
    ),
    "a month in which nobody begins any more": (
        lambda f: f,
        {"regimes": {"none": {}, "late": {"brug": 11}}},
        errors.OptionError,
        "Regime 'late' begint 'brug' in maand 11, en toen begon niemand: kies van 1 tot ",
    ),
    "programmes that nobody had together": (
        lambda f: f.assign(ibal_start=f["ibal_start"].where(f["brug_start"] == 0, 0)),
        {},
        errors.OptionError,
        "Regime 'both' heeft brug + ibal samen, en niemand had dat: laat het weg.",
    ),
    "nobody leaves": (
        lambda f: f.assign(left=0),
        {},
        errors.SeparationError,
        "In kolom 'left' is niets gebeurd: er valt niets te vergelijken.",
    ),
    "nobody leaves in a period": (
        lambda f: without_events(f, f["months"] > 7),
        {"breaks": (3, 7)},
        errors.SeparationError,
        "In periode 3 vertrekt niemand: kies ruimere 'breaks'.",
    ),
    "nobody leaves after a start": (
        lambda f: without_events(f, f["ibal_start"] > 0),
        {},
        errors.SeparationError,
        "Zodra ibal begonnen is, vertrekt niemand: wat dat met het vertrek doet, is niet te schatten. Laat het weg.",
    ),
    "a trait that predicts leaving": (
        lambda f: f.assign(left=f["left"] & (f["male"] == 1)),
        {},
        errors.SeparationError,
        "De kenmerken voorspellen het vertrek perfect: laat een kenmerk weg.",
    ),
    "a month that nobody was followed in": (
        lambda f: f,
        {"months": [11]},
        errors.OptionError,
        "Kies maanden van 1 tot 10",
    ),
    "no baseline": (lambda f: f, {"outcome": "months ~ male - 1"}, errors.FormulaError, "De termen 'male - 1' laten"),
    "a spline": (
        lambda f: f,
        {"outcome": "months ~ bs(age)"},
        errors.FormulaError,
        "De term 'bs(age)' is geen kenmerk",
    ),
    "half months observed": (
        lambda f: f.assign(months=f["months"] - 0.5),
        {},
        errors.OutcomeError,
        "Kolom 'months' telt geen hele maanden",
    ),
    "one cluster": (lambda f: f.assign(centre=1), {}, errors.ClusterError, "Kolom 'centre' telt maar één cluster"),
    "a level beyond one": (lambda f: f, {"level": 95}, errors.OptionError, "level=95"),
    "a missing trait": (
        lambda f: f.assign(male=f["male"].astype(float).where(f.index > 0)),
        {},
        errors.MissingValuesError,
        "Kolom 'male' heeft 1 ontbrekende",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_estimated_is_refused_by_name(case: str, frame: pd.DataFrame) -> None:
    change, options, error, text = BAD[case]
    with pytest.raises(error) as caught:
        risks_by_start(change(frame), **(GIVEN | options))
    assert str(caught.value).startswith(text)


def test_a_start_that_never_comes_is_later_than_any_month() -> None:
    starts = read_starts(pd.DataFrame({"a": [0, 2], "b": [np.nan, np.nan]}), {"x": "a", "y": "b"}, np.array([3, 3]))
    assert starts.tolist() == [[NEVER, NEVER], [2, NEVER]]
