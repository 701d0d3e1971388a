"""The frames behind Micro's figures: values against `by_hand`, and which rows they have, in which order."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
import pytest
from tests.numbers import by_hand
from tests.numbers.by_hand import ARMS, TRAITS, Found

from leerwerk import study
from leerwerk.effects.errors import EffectsWarning
from leerwerk.micro.pupils import numbers as pupil_results
from leerwerk.tables import folder

# Both sides solve the same equations to their last digits; by hand the derivatives are numerical, good for about 1e-9.
# No mistake in a formula is as small as a millionth.
SAME = 1e-6
PROGRAMMES = ("brug", "ibal", "both")
VALUES = ["estimate", "lower", "upper"]


@pytest.fixture(autouse=True)
def _synthetic(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(folder.MICRODATA, raising=False)


@pytest.fixture(scope="module")
def pupils() -> pd.DataFrame:
    return by_hand.records("learners")


@pytest.fixture(scope="module")
def means(pupils: pd.DataFrame) -> dict[tuple[str, str], list[Found]]:
    """Mean outcomes per arm, by outcome and method."""
    arm = codes(pupils)
    return {
        (outcome, method): by_hand.raw_means(pupils, arm, outcome)
        if method == "difference"
        else by_hand.adjusted_means(pupils, arm, outcome, TRAITS)
        for outcome in ("vsv", "nec")
        for method in ("difference", "aipw")
    }


def codes(pupils: pd.DataFrame) -> np.ndarray:
    return pupils["programme"].map({name: code for code, name in enumerate(ARMS)}).to_numpy()


def effect(means: list[Found], programme: str) -> tuple[float, float, float]:
    """Value and interval of a programme against none."""
    found = means[ARMS.index(programme)] - means[0]
    return found.value, *found.interval


def size(pupils: pd.DataFrame, programme: str) -> int:
    return int((pupils["programme"] == programme).sum())


def test_balance_is_that_of_brug_pupils_against_those_in_no_programme(pupils: pd.DataFrame) -> None:
    two = pupils[pupils["programme"].isin(["none", "brug"])]
    inside = (two["programme"] == "brug").to_numpy()
    traits = pd.DataFrame(
        {
            "male": two["sex"] == "m",
            "age": two["age"],
            "mother_low": two["mother"] == "low",
            "other_language": two["language"] == "other",
            "arrears": two["arrears"],
            "absence_before": two["absence_before"],
        }
    ).astype(float)
    columns = np.column_stack([np.ones(len(two)), traits])
    chance = by_hand.expit(by_hand.logit(inside.astype(float), columns, np.ones(len(two), bool)).predictors[:, 0])
    spread = np.sqrt((traits[inside].var() + traits[~inside].var()) / 2)
    after = np.average(traits[inside], axis=0, weights=1 / chance[inside]) - np.average(
        traits[~inside], axis=0, weights=1 / (1 - chance[~inside])
    )
    found = pupil_results.selection_balance()
    assert list(found) == ["term", "before", "after"]
    assert list(found["term"]) == list(traits)
    np.testing.assert_allclose(found["before"], (traits[inside].mean() - traits[~inside].mean()) / spread, rtol=SAME)
    np.testing.assert_allclose(found["after"], after / spread, rtol=SAME, atol=1e-9)  # some are nearly nothing


def test_raw_and_adjusted_effects_of_three_programmes_on_two_outcomes(pupils: pd.DataFrame, means: dict) -> None:
    found = pupil_results.raw_and_adjusted()
    assert list(found[["outcome", "method", "programme"]].itertuples(index=False, name=None)) == [
        (outcome, method, name)
        for outcome in ("vsv", "nec")
        for method in ("difference", "aipw")
        for name in ("brug", "ibal", "both")
    ]
    expected = [effect(means[row.outcome, row.method], row.programme) for row in found.itertuples()]
    np.testing.assert_allclose(found[VALUES], expected, rtol=SAME)
    assert list(found["n"]) == [size(pupils, name) for name in PROGRAMMES] * 4


def test_an_effect_is_that_of_the_outcome_and_method_that_is_asked_for(pupils: pd.DataFrame, means: dict) -> None:
    for outcome, method in means:
        found = pupil_results.by_programme(outcome, method)
        assert list(found) == list(PROGRAMMES)
        for name, estimate in found.items():
            values = (estimate.value, estimate.lower, estimate.upper)
            np.testing.assert_allclose(values, effect(means[outcome, method], name), rtol=SAME)
            assert estimate.n == size(pupils, name)


def test_leaving_over_time_in_four_arms_at_six_months(pupils: pd.DataFrame) -> None:
    found = pupil_results.leaving_over_time()
    months = [6, 12, 18, 24, 30, 36]
    assert list(zip(found["programme"], found["month"], strict=True)) == [(a, month) for a in ARMS for month in months]
    rows = found.set_index(["programme", "month"])
    for arm in ARMS:
        for month, expected in zip(months, by_hand.shares_out(pupils, arm, TRAITS, (6, 12, 24), months), strict=True):
            row, hazard = rows.loc[arm, month], -np.log1p(-expected.value)
            # Symmetric for log(-log(1 - risk)), whose derivative to the risk is 1 / ((1 - risk) hazard).
            factor = np.exp(expected.margin / ((1 - expected.value) * hazard))
            ends = [-np.expm1(-hazard / factor), -np.expm1(-hazard * factor)]
            np.testing.assert_allclose([row["risk"], row["lower"], row["upper"]], [expected.value, *ends], rtol=SAME)


def test_views_on_bias_are_raw_adjusted_adjusted_for_motivation_and_the_truth(
    pupils: pd.DataFrame, means: dict
) -> None:
    truth = by_hand.records("learner_truth")
    known = pupils.assign(motivation=truth["motivation"] / 1000)
    informed = by_hand.adjusted_means(known, codes(pupils), "vsv", [*TRAITS, "motivation"])
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", EffectsWarning)  # overlap is weak once motivation is known
        found = pupil_results.motivation_bias()
    views = ("difference", "aipw", "with_motivation", "truth")
    assert list(zip(found["view"], found["programme"], strict=True)) == [
        (v, name) for v in views for name in PROGRAMMES
    ]
    for row in found.itertuples():
        if row.view == "truth":
            expected = 3 * [(truth[f"vsv_{row.programme}"] - truth["vsv_none"]).mean()]
            assert row.n == len(truth) == 10_000
        else:
            expected = effect(informed if row.view == "with_motivation" else means["vsv", row.view], row.programme)
            assert row.n == size(pupils, row.programme)
        np.testing.assert_allclose([row.estimate, row.lower, row.upper], expected, rtol=SAME)


# --- The numbers of the prose that come from these frames ---


@pytest.fixture(scope="module")
def numbers() -> dict:
    return {number.id: number for number in study.numbers("micro") if number.claim is None}


@pytest.mark.parametrize("programme", PROGRAMMES)
@pytest.mark.parametrize(("view", "method"), [("raw", "difference"), ("adjusted", "aipw")])
def test_a_difference_in_the_prose_is_that_of_its_programme(
    view: str, method: str, programme: str, pupils: pd.DataFrame, means: dict, numbers: dict
) -> None:
    found = numbers[f"micro.pupils.{view}.{programme}_vsv"].quantity
    np.testing.assert_allclose(
        (found.value, found.lower, found.upper), effect(means["vsv", method], programme), rtol=SAME
    )
    assert (found.unit, found.n, found.evidence) == ("points", size(pupils, programme), "synthetic")


def test_the_number_of_pupils_is_that_of_their_file(numbers: dict) -> None:
    for name, table in (("learners", "learners"), ("abo", "abo_learners")):
        found = numbers[f"micro.pupils.{name}"]
        assert found.quantity.value == len(by_hand.records(table))
        assert (found.quantity.unit, found.quantity.evidence) == ("persons", "synthetic")
        assert found.inputs == (f"data/synthetic/{table}.csv",)


def test_prospects_are_what_the_traits_predict_without_brug(pupils: pd.DataFrame, numbers: dict) -> None:
    expected = by_hand.prospects(pupils)
    found = numbers["micro.pupils.prospects"].quantity
    np.testing.assert_allclose((found.value, found.lower, found.upper), (expected.value, *expected.interval), rtol=SAME)
    assert (found.unit, found.n, found.evidence) == ("points", 9325, "synthetic")  # 10 000 less the 675 in IBAL


@pytest.mark.parametrize("programme", ["brug", "ibal"])
def test_e_values_are_those_of_the_ratio_and_of_its_nearest_bound(programme: str, means: dict, numbers: dict) -> None:
    """VanderWeele & Ding (2017): RR + sqrt(RR (RR - 1)) of the inverse, as programmes lower the risk of leaving."""
    risks = means["vsv", "aipw"]
    ratio = risks[ARMS.index(programme)].log() - risks[0].log()
    assert ratio.value < ratio.interval[1] < 0
    nearest, value = (
        inverse + np.sqrt(inverse * (inverse - 1)) for inverse in np.exp([-ratio.interval[1], -ratio.value])
    )
    found = numbers[f"micro.pupils.e_value.{programme}"].quantity
    np.testing.assert_allclose((found.value, found.lower, found.upper), (value, nearest, value), rtol=SAME)
    assert (found.unit, found.evidence) == ("ratio", "synthetic")


def test_the_negative_control_is_absence_before_the_programme_adjusted_for_all_else(
    pupils: pd.DataFrame, numbers: dict
) -> None:
    found = numbers["micro.pupils.negative_control"].quantity
    without = pupils[~pupils["programme"].isin(["ibal", "both"])].reset_index(drop=True)
    others = [trait for trait in TRAITS if trait != "absence_before"]
    arms = (without["programme"] == "brug").astype(int).to_numpy()
    control, treated = by_hand.adjusted_means(without, arms, "absence_before", others)
    expected = treated - control
    np.testing.assert_allclose((found.value, found.lower, found.upper), (expected.value, *expected.interval), rtol=SAME)
    assert (found.unit, found.n, found.evidence) == ("points", size(pupils, "brug"), "synthetic")
