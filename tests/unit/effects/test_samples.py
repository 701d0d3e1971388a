"""What an estimator gets to see: the rows in order of arm, and of the columns only those that its method uses."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from leerwerk.effects import average_effect, errors
from leerwerk.effects.potential_outcomes import Specification
from leerwerk.effects.sample import arrange, check_options, outcome_models, treatment_model

# Few rows, because every number is worked out by hand.
pytestmark = pytest.mark.filterwarnings("ignore::leerwerk.effects.errors.FewRowsWarning")

FRAME = pd.DataFrame(
    {
        "arm": pd.Categorical(list("babacbcaab"), ["a", "b", "c"]),
        "y": [0, 1, 1, 0, 1, 0, 0, 1, 0, 1],
        "x": [3.0, 1, 4, 1, 5, 9, 2, 6, 5, 3],
        "z": [2.0, 7, 1, 8, 2, 8, 1, 8, 2, 9],
        "school": list("pqpqrrqppr"),
    }
)
# Thirty rows of which every arm has its own mixture.
LARGE = pd.concat([FRAME] * 3, ignore_index=True).assign(arm=list("aababbabbaabbbaababbaabababbab"))
# By hand: the rows of a, of b, of c, each in the frame's order.
ORDER = [1, 3, 7, 8, 0, 2, 5, 9, 4, 6]
ORDER_OF_ARMS = [0] * 4 + [1] * 4 + [2] * 2


def specification(method: Any, outcome_link: Any = "linear", treatment_link: Any = "logit") -> Specification:
    return Specification(method, "ate", outcome_link, treatment_link)


def test_rows_are_sorted_by_arm_and_keep_their_order_within() -> None:
    arms = ["baba"[place % 4] for place in range(10)]
    frame = FRAME.assign(arm=arms)
    arranged = arrange(frame, "x ~ 1", "arm ~ 1", specification("difference"), "school")
    expected = [place for arm in "ab" for place in range(10) if arms[place] == arm]
    np.testing.assert_array_equal(arranged.order, expected)
    np.testing.assert_array_equal(arranged.sample.outcome, frame["x"].to_numpy()[expected])
    np.testing.assert_array_equal(arranged.sample.codes, [0] * 5 + [1] * 5)
    np.testing.assert_array_equal(arranged.sample.bounds, [0, 5, 10])
    np.testing.assert_array_equal(arranged.clusters, [0, 1, 0, 1, 2, 2, 1, 0, 0, 2])
    assert arranged.arms.labels == ("a", "b")
    assert arrange(frame, "x ~ 1", "arm ~ 1", specification("difference"), None).clusters is None


@pytest.mark.parametrize(
    ("method", "covariates", "drivers"),
    [("difference", 0, 0), ("regression", 2, 0), ("ipw", 0, 3), ("aipw", 2, 3), ("ipwra", 2, 3)],
)
def test_only_the_designs_of_the_method_are_built(method: Any, covariates: int, drivers: int) -> None:
    sample = arrange(LARGE, "y ~ x", "arm ~ x + z", specification(method), None).sample
    assert sample.covariates.shape == (30, covariates)
    assert sample.drivers.shape == (30, drivers)


@pytest.mark.parametrize(
    ("method", "missing"),
    [("difference", ["x", "z"]), ("regression", ["z"]), ("ipw", ["x"]), ("aipw", []), ("ipwra", [])],
)
def test_columns_that_the_method_does_not_use_may_be_absent(method: Any, missing: list[str]) -> None:
    options: dict[str, Any] = {"outcome": "y ~ x", "treatment": "arm ~ z", "method": method, "outcome_family": "linear"}
    whole = average_effect(LARGE, **options).table
    pd.testing.assert_frame_equal(average_effect(LARGE.drop(columns=missing), **options).table, whole)
    for needed in {"x", "z", "y", "arm"} - set(missing):
        with pytest.raises(errors.MissingColumnError, match=f"'{needed}'"):
            average_effect(LARGE.drop(columns=needed), **options)


def test_a_treatment_is_no_covariate_of_its_outcome_even_where_no_model_is_fitted() -> None:
    with pytest.raises(errors.FormulaError, match="per groep"):
        arrange(FRAME, "y ~ arm", "arm ~ x", specification("ipw"), None)


def test_the_same_terms_share_their_columns_and_others_do_not() -> None:
    same = arrange(LARGE, "y ~ x + z", "arm ~  x +  z ", specification("aipw"), None).sample
    assert same.drivers is same.covariates
    other = arrange(LARGE, "y ~ x", "arm ~ z", specification("aipw"), None).sample
    assert np.abs(other.drivers - other.covariates).max() > 0.1
    named = LARGE.rename(columns={"x": "a b", "z": "a\nb"})
    spaced = arrange(named, "y ~ `a b`", "arm ~ `a\nb`", specification("aipw"), None).sample  # two columns
    np.testing.assert_array_equal(spaced.drivers, other.drivers)
    # The outcome's columns are not there to be shared when the method does not build them.
    alone = arrange(LARGE, "y ~ x", "arm ~ x", specification("ipw"), None).sample
    assert (alone.covariates.shape[1], alone.drivers.shape[1]) == (0, 2)


def test_three_arms_sorted_by_hand() -> None:
    arranged = arrange(FRAME, "x ~ 1", "arm ~ 1", specification("difference"), None)
    np.testing.assert_array_equal(arranged.order, ORDER)
    np.testing.assert_array_equal(arranged.sample.codes, ORDER_OF_ARMS)
    np.testing.assert_array_equal(arranged.sample.bounds, [0, 4, 8, 10])
    np.testing.assert_array_equal(arranged.sample.outcome, FRAME["x"].to_numpy()[ORDER])


def test_a_trait_must_vary_in_every_arm_on_the_arm_s_own_rows() -> None:
    """Constant in the second arm only, and in the last only."""
    for arm in ("b", "c"):
        frame = pd.concat([FRAME] * 3, ignore_index=True)
        frame["x"] = frame["x"].where(frame["arm"] != arm, 1.0) + 0.0
        with pytest.raises(errors.ConstantCovariateError, match=f"'x' .* in groep '{arm}'"):
            arrange(frame, "y ~ x", "arm ~ 1", specification("regression"), None)


@pytest.mark.parametrize("link", ["logit", "linear"])
def test_only_a_logit_outcome_must_be_0_or_1(link: Any) -> None:
    frame = FRAME.assign(y=FRAME["x"])
    if link == "linear":
        arrange(frame, "y ~ 1", "arm ~ 1", specification("difference", link), None)
        return
    with pytest.raises(errors.OutcomeError):
        arrange(frame, "y ~ 1", "arm ~ 1", specification("difference", link), None)


def test_a_probit_has_two_arms_whatever_the_method() -> None:
    two = FRAME.assign(arm=list("ab") * 5)
    arrange(two, "y ~ 1", "arm ~ x", specification("ipw", treatment_link="probit"), None)
    with pytest.raises(errors.ProbitArmsError):
        arrange(FRAME, "y ~ 1", "arm ~ x", specification("ipw", treatment_link="probit"), None)


@pytest.mark.parametrize("level", [1e-9, 0.5, 1 - 1e-9])
def test_a_level_between_0_and_1(level: float) -> None:
    check_options(specification("aipw"), level)


@pytest.mark.parametrize("level", [-0.1, 0, 1, 1.5, 95])
def test_no_other_level(level: float) -> None:
    with pytest.raises(errors.OptionError, match="tussen 0 en 1"):
        check_options(specification("aipw"), level)


def test_models_that_a_method_does_not_need_are_not_fitted() -> None:
    ones = np.ones((10, 1))
    arranged = arrange(FRAME, "y ~ 1", "arm ~ 1", specification("difference"), None)
    assert treatment_model(arranged, specification("difference"), ones) == (None, None)
    assert treatment_model(arranged, specification("regression"), ones) == (None, None)
    assert outcome_models(arranged, specification("difference"), ones, None) == {}
    assert outcome_models(arranged, specification("ipw"), ones, None) == {}


def test_separation_is_said_of_the_arm_where_it_happens() -> None:
    """Of three arms, the last: everyone there has the same outcome."""
    frame = FRAME.assign(y=FRAME["y"].where(FRAME["arm"] != "c", 1))
    spec = specification("regression", "logit")
    arranged = arrange(frame, "y ~ 1", "arm ~ 1", spec, None)
    with pytest.raises(errors.SeparationError, match="In groep 'c' voorspellen"):
        outcome_models(arranged, spec, np.ones((10, 1)), None)
