"""The bootstrap against doing it by hand: rows really repeated, tables really counted, quantiles really sorted."""

import inspect
import math
import warnings
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from tests.unit.effects.effect_data import cohort

from leerwerk import effects
from leerwerk.effects import average_effect, bootstrap, errors, glm
from leerwerk.effects.bootstrap import (
    Bootstrap,
    Start,
    Starts,
    batch_size,
    bootstrap_effect,
    checked_starts,
    collapse,
    combine,
    draw,
    linearise,
    replicate_means,
    tell_failed,
    used_columns,
)
from leerwerk.effects.glm import derivatives, fit
from leerwerk.effects.potential_outcomes import Sample, Specification
from leerwerk.effects.sample import arrange

FORMULAS = {"outcome": "vsv ~ male + arrears", "treatment": "arm ~ male + age"}
# Both solve the same equations to the last digits, on rows in another order.
ROUNDING = 1e-9


def scattered(rows: int, seed: int) -> pd.DataFrame:
    """Three arms in six centres, the last arm in two of them only: many draws leave it out."""
    frame = cohort(rows, seed, arms=3, centres=6)
    return frame[(frame["arm"] != "ibal") | frame["centre"].isin([0, 1])].reset_index(drop=True)


def repeated(frame: pd.DataFrame, counts: np.ndarray, cluster: str) -> pd.DataFrame:
    """The frame with the rows of each cluster as often as it was drawn."""
    order = pd.factorize(frame[cluster])[0]
    return frame.loc[frame.index.repeat(counts[order])].reset_index(drop=True)


def naive(frame: pd.DataFrame, counts: np.ndarray, cluster: str, **options: Any) -> np.ndarray:
    """The means of one replicate by `average_effect`; not a number where it refuses."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", errors.EffectsWarning)
        try:
            return average_effect(repeated(frame, counts, cluster), **options).means["estimate"].to_numpy()
        except effects.EffectsError:
            return np.array([np.nan])


def assert_replicates(result: Bootstrap, frame: pd.DataFrame, cluster: str, **options: Any) -> None:
    """Every replicate is the mean of repeated rows, or both have none."""
    assert len(result.counts) == len(result.replicates)
    for counts, found in zip(result.counts, result.replicates.to_numpy(), strict=True):
        np.testing.assert_allclose(
            found, np.broadcast_to(naive(frame, counts, cluster, **options), found.shape), atol=ROUNDING
        )


# --- draws ---------------------------------------------------------------------------------------------------------


def test_draws_are_numpy_s_own_for_the_seed() -> None:
    """A published interval names its seed: nothing else may decide what is drawn."""
    expected = np.random.default_rng(7).multinomial(6, [1 / 6] * 6, size=5)
    found = draw(6, 5, seed=7)
    np.testing.assert_array_equal(found, expected)
    assert found.dtype == np.intp


def test_each_draw_takes_as_many_clusters_as_there_are_and_each_as_likely() -> None:
    counts = draw(8, 20_000, seed=3)
    assert set(counts.sum(axis=1)) == {8}
    # A count has mean 1 and variance 7/8; four standard errors, for eight clusters.
    assert np.abs(counts.mean(axis=0) - 1).max() < 4 * math.sqrt(7 / 8 / 20_000)
    assert np.abs(counts.var(axis=0) - 7 / 8).max() < 0.05


def test_what_is_drawn_when_nothing_is_said() -> None:
    """A thousand replicates, seed 0, 95 percent, AIPW for everyone: what the documentation promises."""
    frame = cohort(60, seed=71, centres=6)
    options = FORMULAS | {"method": "difference"}
    result = bootstrap_effect(frame, cluster="centre", **options)
    np.testing.assert_array_equal(result.counts, np.random.default_rng(0).multinomial(6, [1 / 6] * 6, size=1000))
    middle = np.nanquantile(result.replicates.diff(axis=1).iloc[:, 1], [0.025, 0.975])
    np.testing.assert_allclose(result.table.loc["brug", ["lower", "upper"]].astype(float), middle, rtol=1e-12)
    defaults = inspect.signature(bootstrap_effect).parameters
    for name in ("method", "estimand", "outcome_family", "treatment_family", "level"):
        assert defaults[name].default == inspect.signature(average_effect).parameters[name].default


# --- replicates ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["difference", "regression", "ipwra"])
def test_a_replicate_without_estimate_is_one_where_the_loop_refuses(method: Any) -> None:
    """Few rows, three arms in six centres: arms disappear, models separate, in turn."""
    frame = scattered(100, seed=72)
    formulas = {"outcome": "vsv ~ male", "treatment": "arm ~ male"}
    with pytest.warns(errors.FailedReplicatesWarning):
        result = bootstrap_effect(frame, cluster="centre", method=method, replicates=10, seed=5, **formulas)
    complete = result.replicates.notna().all(axis=1)
    assert result.failed == (~complete).sum()
    assert 0 < result.failed < 10
    for counts, found in zip(result.counts[complete], result.replicates[complete].to_numpy(), strict=True):
        np.testing.assert_allclose(found, naive(frame, counts, "centre", method=method, **formulas), atol=ROUNDING)
    for counts in result.counts[~complete]:
        assert np.isnan(naive(frame, counts, "centre", method=method, **formulas)).all()


def test_means_that_depend_on_no_failed_model_are_not_kept_either() -> None:
    """Where the outcome separates in one arm, the other arm's mean would be finite: the replicate has no estimate."""
    frame = cohort(300, seed=73, centres=12)
    rare = frame["centre"].isin([0, 1]) | (frame["arm"] == "geen")
    frame = frame.assign(vsv=frame["vsv"] & rare)
    with pytest.warns(errors.FailedReplicatesWarning):
        result = bootstrap_effect(
            frame, outcome="vsv ~ 1", treatment="arm ~ male", cluster="centre", replicates=40, seed=1
        )
    without = result.counts[:, pd.unique(frame["centre"]) <= 1].sum(axis=1) == 0
    assert 0 < without.sum() < 40
    np.testing.assert_array_equal(result.replicates.isna().all(axis=1), without)
    np.testing.assert_array_equal(result.replicates.isna().any(axis=1), without)


@pytest.mark.parametrize("method", ["ipw", "aipw", "ipwra"])
def test_a_replicate_in_which_the_arm_can_be_predicted_has_no_estimate(method: Any) -> None:
    """Only two centres have girls in the programme. Without them every weighted mean would still come out finite."""
    frame = cohort(240, seed=83, centres=8)
    frame = frame[(frame["male"] == 1) | (frame["arm"] == "geen") | frame["centre"].isin([2, 3])]
    frame = frame.reset_index(drop=True)
    formulas = {"outcome": "vsv ~ 1", "treatment": "arm ~ male"}
    with pytest.warns(errors.FailedReplicatesWarning):
        result = bootstrap_effect(frame, cluster="centre", method=method, replicates=25, seed=2, **formulas)
    without = result.counts[:, np.isin(pd.unique(frame["centre"]), [2, 3])].sum(axis=1) == 0
    assert 0 < without.sum() < 25
    np.testing.assert_array_equal(result.replicates.isna().all(axis=1), without)
    np.testing.assert_array_equal(result.replicates.isna().any(axis=1), without)
    for counts in result.counts[without]:
        assert np.isnan(naive(frame, counts, "centre", method=method, **formulas)).all()


def test_without_clusters_rows_are_drawn() -> None:
    frame = cohort(150, seed=74).assign(row=np.arange(150))
    spec = Specification("aipw", "ate", "logit", "logit")
    arranged = arrange(frame, FORMULAS["outcome"], FORMULAS["treatment"], spec, None)
    rows = collapse(arranged, frame[["vsv", "arm", "male", "age", "arrears"]]).rows
    assert rows.shape[1] == 150
    np.testing.assert_array_equal(rows.sum(axis=0), 1)


def test_every_batch_is_drawn_and_the_last_one_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = cohort(200, seed=75, arms=3, centres=20)
    options: dict[str, Any] = FORMULAS | {"method": "ipwra", "estimand": "att", "cluster": "centre"}
    whole = bootstrap_effect(frame, replicates=33, seed=2, **options)
    sizes = []
    original = bootstrap.replicate_means

    def noted(cells: Any, spec: Any, counts: Any, starts: Any) -> Any:
        sizes.append(len(counts))
        return original(cells, spec, counts, starts)

    monkeypatch.setattr(bootstrap, "replicate_means", noted)
    monkeypatch.setattr(bootstrap, "ELEMENTS_PER_BATCH", 1)
    batches = bootstrap_effect(frame, replicates=33, seed=2, **options)
    # Sixteen at a time, one that is left over, and the sample itself.
    assert sorted(sizes) == [1, 1, 16, 16]
    np.testing.assert_allclose(batches.replicates, whole.replicates, rtol=ROUNDING)
    assert_replicates(
        replace(batches, counts=batches.counts[15:17], replicates=batches.replicates[15:17]),
        frame,
        **(options | {"cluster": "centre"}),
    )


@pytest.mark.parametrize(
    ("rows", "arms", "expected"),
    [
        (10, 2, 256),
        (2**13, 2, 256),
        (2**14, 4, 64),
        (30_000, 3, 46),
        (2**17, 2, 16),
        (2**20, 4, 16),
    ],
)
def test_a_batch_fills_32_megabytes_and_holds_16_to_256_replicates(rows: int, arms: int, expected: int) -> None:
    """Rows times arms times eight bytes each: 30 000 x 3 go 46.6 times into 2**22 numbers."""
    nothing = np.empty((rows, 0))
    sample = Sample(np.zeros(rows), nothing, nothing, np.zeros(rows, dtype=np.intp), np.arange(arms + 1))
    assert batch_size(sample) == expected
    assert isinstance(batch_size(sample), int)


def test_the_number_of_jobs_reaches_joblib() -> None:
    """Which refuses none."""
    with pytest.raises(ValueError, match="n_jobs == 0"):
        bootstrap_effect(cohort(200, seed=75), cluster="centre", replicates=2, n_jobs=0, **FORMULAS)


# --- what a replicate is made of -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("difference", ["arm", "vsv"]),
        ("regression", ["arm", "arrears", "male", "vsv"]),
        ("ipw", ["age", "arm", "male", "vsv"]),
        ("aipw", ["age", "arm", "arrears", "male", "vsv"]),
        ("ipwra", ["age", "arm", "arrears", "male", "vsv"]),
    ],
)
def test_rows_must_agree_on_what_the_method_uses(method: Any, expected: list[str]) -> None:
    frame = cohort(50, seed=76)
    found = used_columns(
        frame, FORMULAS["outcome"], FORMULAS["treatment"], Specification(method, "ate", "logit", "logit")
    )
    pd.testing.assert_frame_equal(found, frame[expected])


def test_cells_count_every_pupil_of_every_cluster() -> None:
    """Against a table of who has which outcome, arm and covariates, in a frame that is sorted by nothing."""
    frame = cohort(400, seed=77, arms=3, centres=7).assign(score=lambda table: table["age"] % 3 / 7)
    spec = Specification("aipw", "ate", "logit", "logit")
    arranged = arrange(frame, "vsv ~ male + score", "arm ~ arrears", spec, "centre")
    cells = collapse(arranged, frame[["arm", "arrears", "male", "score", "vsv"]])
    names = ["arm", "vsv", "male", "score", "arrears"]
    expected = pd.crosstab([frame[name] for name in names], pd.factorize(frame["centre"])[0])
    assert cells.rows.shape == expected.shape
    assert (np.diff(cells.sample.codes) >= 0).all()
    sizes = expected.groupby(level="arm", observed=True).size().to_numpy()
    np.testing.assert_array_equal(cells.sample.bounds, [0, *sizes.cumsum()])
    np.testing.assert_array_equal(np.bincount(cells.sample.codes), sizes)
    # Back from a cell's own numbers to its rows: each sorted row belongs to one cell.
    original = np.column_stack(
        [arranged.sample.codes, arranged.sample.outcome, arranged.sample.covariates, arranged.sample.drivers]
    )
    mine = np.column_stack([cells.sample.codes, cells.sample.outcome, cells.sample.covariates, cells.sample.drivers])
    assert arranged.clusters is not None
    for numbers, row in zip(mine, cells.rows.toarray(), strict=True):
        own = np.isclose(original, numbers, rtol=0, atol=1e-9).all(axis=1)
        np.testing.assert_array_equal(row, np.bincount(arranged.clusters[arranged.order][own], minlength=7))


@pytest.mark.parametrize("largest", [1, 3, 10**9])
def test_combined_codes_are_ranks_of_the_combinations(largest: int) -> None:
    """Four keys of a thousand million each would need 120 bits side by side."""
    rng = np.random.default_rng(78)
    values = rng.integers(0, largest, 4, endpoint=True)
    keys = [rng.choice([0, *values], 200) for _ in range(4)]
    rows = list(zip(*(key.tolist() for key in keys), strict=True))
    ranks = {row: place for place, row in enumerate(sorted(set(rows)))}
    np.testing.assert_array_equal(combine(keys), [ranks[row] for row in rows])


# --- where replicates start ----------------------------------------------------------------------------------------


def test_a_start_is_newton_s_step_on_each_cluster_as_often_as_drawn() -> None:
    """Scores and information of the rows by statsmodels, summed by a loop."""
    rng = np.random.default_rng(79)
    design = np.column_stack([np.ones(90), rng.standard_normal((90, 2))])
    outcome = (rng.random(90) < 0.4).astype(float)
    cluster = np.arange(90) % 5
    fitted = fit(design, outcome, np.ones((90, 1)), "logit", np.zeros((3, 1, 1)))
    moved = replace(fitted, coefficients=fitted.coefficients + 0.1)
    start = linearise(design, outcome, np.eye(5)[cluster], "logit", moved)
    place, counts = moved.coefficients[:, 0, 0], np.array([[1, 1, 1, 1, 1], [0, 2, 1, 0, 2], [5, 0, 0, 0, 0]])
    model = sm.Logit(outcome, design)
    expected = []
    for drawn in counts:
        again = np.repeat(np.arange(90), drawn[cluster])
        own = sm.Logit(outcome[again], design[again])
        expected.append(place - np.linalg.solve(own.hessian(place), own.score(place)))
    found = start.coefficients(counts)
    assert found.shape == (3, 1, 3)
    np.testing.assert_allclose(found[:, 0].T, expected, rtol=1e-9)
    assert start.score is not None
    np.testing.assert_allclose(
        start.score, [model.score_obs(place)[cluster == which].sum(axis=0) for which in range(5)], rtol=1e-9
    )


def test_a_replicate_without_information_starts_from_the_sample() -> None:
    design = np.column_stack([np.ones(6), [0.0, 1.0, 0.0, 1.0, 0.0, 0.0]])
    outcome = np.array([0.0, 1.0, 1.0, 0.0, 0.0, 1.0])
    fitted = fit(design, outcome, np.ones((6, 1)), "logit", np.zeros((2, 1, 1)))
    start = linearise(design, outcome, np.eye(3)[[0, 0, 1, 1, 2, 2]], "logit", fitted)
    # The third cluster has no variation in its trait: drawn alone it says nothing about it.
    found = start.coefficients(np.array([[0, 0, 3], [1, 1, 1]]))
    np.testing.assert_allclose(found[:, 0], np.tile(fitted.coefficients[:, 0], 2), atol=1e-9)
    alone = replace(start, score=None, information=None)
    assert alone.coefficients(np.array([[0, 0, 3]])) is fitted.coefficients


@pytest.mark.parametrize(
    ("method", "treatment", "outcomes"),
    [
        ("difference", None, {}),
        ("regression", None, {(None, 0): True, (None, 1): True}),
        ("ipw", True, {}),
        ("aipw", True, {(None, 0): True, (None, 1): True}),
        # Its outcome models are weighted by a treatment model that each replicate has for itself.
        ("ipwra", True, {(None, 0): False, (None, 1): False}),
    ],
)
@pytest.mark.parametrize(
    ("replicates", "links"), [(9, ("logit", "logit")), (10, ("logit", "logit")), (11, ("linear", "probit"))]
)
def test_a_head_start_is_taken_where_it_is_cheaper(
    method: Any, treatment: bool | None, outcomes: dict[Any, bool], replicates: int, links: tuple[Any, Any]
) -> None:
    """Each cluster's share of the scores is worth its pass over the rows unless there are more clusters."""
    frame = cohort(300, seed=80, centres=10)
    spec = Specification(method, "ate", *links)
    arranged = arrange(frame, FORMULAS["outcome"], FORMULAS["treatment"], spec, "centre")
    cells = collapse(arranged, used_columns(frame, FORMULAS["outcome"], FORMULAS["treatment"], spec))
    starts = checked_starts(arranged, cells, spec, replicates)
    enough = replicates >= 10
    assert (starts.treatment is None) == (treatment is None)
    if starts.treatment is not None:
        assert (starts.treatment.score is not None) == enough
    assert {pair: start.score is not None for pair, start in starts.outcomes.items()} == {
        pair: known and enough for pair, known in outcomes.items()
    }
    for start in [starts.treatment, *starts.outcomes.values()]:
        if start is not None and start.score is not None:
            # At the sample's own coefficients the clusters' scores cancel, and their information is the sample's.
            np.testing.assert_allclose(start.score.sum(axis=0), 0, atol=1e-6)
            assert start.information is not None
            np.testing.assert_allclose(start.information.sum(axis=0), start.fitted.information[0], rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("method", ["ipw", "regression"])
def test_a_head_start_saves_passes_over_the_rows(method: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The treatment model with one method, the outcome models with the other: fewer passes than from nowhere."""
    frame = cohort(400, seed=84, centres=20)
    spec = Specification(method, "ate", "logit", "logit")
    arranged = arrange(frame, FORMULAS["outcome"], FORMULAS["treatment"], spec, "centre")
    cells = collapse(arranged, used_columns(frame, FORMULAS["outcome"], FORMULAS["treatment"], spec))
    starts, counts = checked_starts(arranged, cells, spec, 100), draw(20, 30, seed=4)
    passes = []
    monkeypatch.setattr(glm, "derivatives", lambda *parts: passes.append(1) or derivatives(*parts))

    def spent(begin: Starts) -> tuple[int, np.ndarray]:
        passes.clear()
        means = replicate_means(cells, spec, counts, begin)
        return len(passes), means

    def nowhere(start: Start) -> Start:
        return Start(replace(start.fitted, coefficients=0 * start.fitted.coefficients))

    first, means = spent(starts)
    treatment = None if starts.treatment is None else nowhere(starts.treatment)
    second, expected = spent(Starts(treatment, {pair: nowhere(start) for pair, start in starts.outcomes.items()}))
    assert first < second
    np.testing.assert_allclose(means, expected, rtol=ROUNDING)


# --- what is told of them ------------------------------------------------------------------------------------------


@pytest.mark.filterwarnings("ignore::leerwerk.effects.errors.FewRowsWarning")
@pytest.mark.parametrize("estimand", ["ate", "att"])
@pytest.mark.parametrize(("method", "level"), [("difference", 0.95), ("ipw", 0.8)])
def test_the_table_follows_from_the_replicates(estimand: Any, method: Any, level: float) -> None:
    """Standard deviation and quantiles by sorting, over the replicates that have the contrast."""
    frame = scattered(150, seed=81)
    options: dict[str, Any] = {"outcome": "vsv ~ 1", "treatment": "arm ~ male", "method": method, "estimand": estimand}
    with pytest.warns(errors.FailedReplicatesWarning):
        result = bootstrap_effect(frame, cluster="centre", replicates=50, seed=3, level=level, **options)
    assert list(result.table.columns) == ["estimate", "std_error", "lower", "upper", "n"]
    assert list(result.table.index) == ["brug", "ibal"] and result.table.index.name == "arm"
    whole = average_effect(frame, **options)
    pd.testing.assert_index_equal(result.replicates.columns, whole.means.index)
    for arm, row in result.table.iterrows():
        target = "all" if estimand == "ate" else arm
        spread = result.replicates[(target, arm)] - result.replicates[(target, "geen")]
        ordered = sorted(value for value in spread if not math.isnan(value))
        mean = sum(ordered) / len(ordered)
        error = math.sqrt(sum((value - mean) ** 2 for value in ordered) / (len(ordered) - 1))
        bounds = [quantile(ordered, (1 - level) / 2), quantile(ordered, (1 + level) / 2)]
        expected = [whole.table.loc[arm, "estimate"], error, *bounds, (frame["arm"] == arm).sum()]
        np.testing.assert_allclose(row.to_numpy(float), expected, rtol=ROUNDING)
    assert result.failed == result.replicates.isna().any(axis=1).sum() > 0


def quantile(ordered: list[float], share: float) -> float:
    """Between the two values around the place, in proportion."""
    place = share * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def test_two_replicates_are_enough_and_one_is_not() -> None:
    frame = cohort(200, seed=75)
    result = bootstrap_effect(frame, cluster="centre", replicates=2, seed=9, **FORMULAS)
    assert result.replicates.shape == (2, 2)
    centres = frame["centre"].nunique()
    expected = np.random.default_rng(9).multinomial(centres, [1 / centres] * centres, size=2)
    np.testing.assert_array_equal(result.counts, expected)
    text = "replicates=1 is te weinig: neem er minstens 2, liefst 1000."
    with pytest.raises(errors.OptionError) as caught:
        bootstrap_effect(frame, cluster="centre", replicates=1, **FORMULAS)
    assert str(caught.value) == text


@pytest.mark.frames
def test_failed_replicates_are_told_in_full_at_the_caller_s_line() -> None:
    frame = scattered(150, seed=81)
    with pytest.warns(errors.FailedReplicatesWarning) as caught:
        result = bootstrap_effect(
            frame, outcome="vsv ~ 1", treatment="arm ~ 1", method="difference", cluster="centre", replicates=50, seed=3
        )
    assert (
        [str(item.message) for item in caught]
        == list(result.warnings)
        == [
            f"{result.failed} van de 50 bootstrapsteekproeven leverden geen schatting op en tellen niet mee: een groep of "
            "kenmerk is te zeldzaam. Vereenvoudig de formules."
        ]
    )
    assert caught[0].filename == __file__


def test_nothing_failed_is_told_by_nothing() -> None:
    result = bootstrap_effect(cohort(400, seed=82), cluster="centre", replicates=10, **FORMULAS)
    assert (result.failed, result.warnings) == (0, ())
    assert tell_failed(0, 10) == ()


def test_one_failed_replicate_is_told_too() -> None:
    with pytest.warns(errors.FailedReplicatesWarning, match="^1 van de 10 bootstrapsteekproeven"):
        assert len(tell_failed(1, 10)) == 1


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"level": 95}, errors.OptionError),
        ({"method": "matching"}, errors.OptionError),
        ({"estimand": "atu"}, errors.OptionError),
        ({"outcome_family": "probit"}, errors.OptionError),
        ({"treatment_family": "linear"}, errors.OptionError),
        ({"cluster": "school"}, errors.MissingColumnError),
        ({"outcome": "left ~ 1"}, errors.SeparationError),
        ({"treatment": "arm ~ joined"}, errors.NoOverlapError),
    ],
    ids=str,
)
def test_what_the_sample_itself_refuses(options: dict[str, Any], error: type[Exception]) -> None:
    frame = cohort(200, seed=75).assign(
        left=lambda table: table["vsv"] & (table["arm"] == "brug"), joined=lambda table: table["arm"] == "brug"
    )
    with pytest.raises(error):
        bootstrap_effect(frame, **({"cluster": "centre", "replicates": 4} | FORMULAS | options))
