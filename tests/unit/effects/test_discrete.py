"""Distinct rows with counts give what rows give: `discrete_effect` against `average_effect`, which has referees of its own."""

from __future__ import annotations

import tracemalloc
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from tests.unit.effects.effect_data import cohort
from tests.unit.effects.test_dtypes import NUMBERS, TEXTS
from tests.unit.effects.test_effects_bad_input import ERRORS
from tests.unit.effects.test_effects_messages import EFFECTS

from leerwerk.effects import Effects, average_effect, discrete_effect, errors
from leerwerk.effects.distinct import distinct, first_places, members

# The same sums in another order: estimates are shares, with twelve digits. Corrected errors also rest on eigenvalues of each
# cluster's leverage, whose rounding grows where a cluster nearly determines a coefficient: nine digits.
ESTIMATES, ERRORS_OF = 1e-12, 1e-9
CASES = [
    *(("difference", "ate"), ("regression", "ate"), ("ipw", "ate"), ("aipw", "ate"), ("ipwra", "ate")),
    *(("regression", "atc"), ("aipw", "att"), ("ipwra", "att"), ("ipwra", "atc"), ("ipw", "ato")),
]
TERMS = "male * C(age) + arrears"
GIVEN = {"outcome": "vsv ~ male + arrears", "treatment": "arm ~ male + arrears", "cluster": "centre"}
Estimator = Callable[..., Effects]


def told(estimator: Estimator, frame: pd.DataFrame, **options: Any) -> tuple[Effects, list[str]]:
    """The answer, and what was warned of."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        found = estimator(frame, **options)
    return found, [f"{warning.category.__name__}: {warning.message}" for warning in caught]


def both(frame: pd.DataFrame, **options: Any) -> tuple[Effects, Effects]:
    """The answer from rows and that from distinct rows; what they warn of is the same."""
    (rows, said), (cells, again) = told(average_effect, frame, **options), told(discrete_effect, frame, **options)
    assert again == said
    assert cells.warnings == rows.warnings
    return rows, cells


def assert_same(rows: Effects, cells: Effects, frame: pd.DataFrame, cluster: str = "centre") -> None:
    """Every table, contrast and sum of influence functions."""
    for name in ("table", "means"):
        one, other = getattr(rows, name), getattr(cells, name)
        pd.testing.assert_index_equal(other.index, one.index)
        assert list(other) == list(one)
        assert list(other["n"]) == list(one["n"])
        np.testing.assert_allclose(other["estimate"], one["estimate"], rtol=0, atol=ESTIMATES)
        np.testing.assert_allclose(other[["std_error", "df"]], one[["std_error", "df"]], rtol=ERRORS_OF)
        np.testing.assert_allclose(other[["lower", "upper"]], one[["lower", "upper"]], rtol=0, atol=ERRORS_OF)
    np.testing.assert_allclose(cells.covariance, rows.covariance, rtol=ERRORS_OF, atol=1e-15)
    if rows.estimand != "att":
        last, first = rows.arm_sizes.index[-1], rows.arm_sizes.index[1]
        if last != first:
            np.testing.assert_allclose(cells.contrast(last, first), rows.contrast(last, first), rtol=ERRORS_OF)
    if rows.weights is not None:
        np.testing.assert_allclose(cells.weights, rows.weights, rtol=ERRORS_OF)
    # By the cluster's label, whichever order the file has.
    by_cluster = rows.influence.groupby(frame[cluster].to_numpy()).sum()
    np.testing.assert_allclose(cells.influence.loc[by_cluster.index], by_cluster, rtol=ERRORS_OF, atol=1e-9)
    assert cells.spread.large == rows.spread.large
    plain = ("reference", "method", "estimand", "level", "n", "clusters")
    assert [getattr(cells, name) for name in plain] == [getattr(rows, name) for name in plain]
    pd.testing.assert_series_equal(cells.arm_sizes, rows.arm_sizes)


@pytest.mark.parametrize(("method", "estimand"), CASES)
@pytest.mark.parametrize("family", ["logit", "linear"])
@pytest.mark.parametrize("arms", [2, 3])
def test_every_method_and_estimand(method: str, estimand: str, family: str, arms: int) -> None:
    frame = cohort(1500, seed=arms, arms=arms)
    options = {"method": method, "estimand": estimand, "outcome_family": family, "level": 0.9}
    outcome = "arrears ~ male + age" if family == "linear" else f"vsv ~ {TERMS}"
    assert_same(
        *both(frame, outcome=outcome, treatment="arm ~ male + C(age)", cluster="centre", **options), frame=frame
    )


def test_a_probit_and_terms_that_differ() -> None:
    frame = cohort(1500, seed=5)
    options: dict[str, Any] = {"outcome": f"vsv ~ {TERMS}", "treatment": "arm ~ 1", "treatment_family": "probit"}
    assert_same(*both(frame, cluster="centre", **options), frame=frame)
    options["treatment"] = "arm ~ male + arrears"
    assert_same(*both(frame, cluster="centre", **options), frame=frame)


def test_rows_that_do_not_repeat() -> None:
    frame = cohort(600, seed=6)
    frame["score"] = np.random.default_rng(6).standard_normal(600)
    terms = "male + score"
    assert_same(*both(frame, outcome=f"vsv ~ {terms}", treatment=f"arm ~ {terms}", cluster="centre"), frame=frame)


def test_few_clusters_one_of_which_determines_a_coefficient() -> None:
    frame = cohort(900, seed=7, centres=5)
    frame["alone"] = (frame["centre"] == 2).astype(int)
    options = {"outcome": "vsv ~ male + alone", "treatment": "arm ~ male", "method": "regression", "cluster": "centre"}
    rows, cells = both(frame, **options)
    assert_same(rows, cells, frame)
    assert "Maar 5 clusters" in cells.warnings[0]


def test_an_arm_in_few_clusters() -> None:
    frame = cohort(2000, seed=8, centres=40)
    frame["arm"] = (frame["centre"] < 4) & (frame["male"] == 1)
    rows, cells = both(frame, outcome="vsv ~ age", treatment="arm ~ age", cluster="centre")
    assert_same(rows, cells, frame)
    assert "Groep True zit in maar 4 clusters" in cells.warnings[0]


def test_weak_overlap_is_counted_in_rows() -> None:
    """A distinct row that stands for many makes the average weight, which the heaviest is compared with."""
    frame = cohort(3000, seed=9)
    rare = np.random.default_rng(9).random(3000) < 0.1
    frame = frame.assign(
        rare=rare.astype(int), arm=np.where(rare, rare.cumsum() <= 2, frame["arm"] == "brug").astype(int)
    )
    rows, cells = both(frame, outcome="vsv ~ male", treatment="arm ~ male + rare", cluster="centre")
    assert_same(rows, cells, frame)
    assert "Zwakke overlap" in cells.warnings[0]


def test_an_arm_whose_rows_are_all_alike() -> None:
    """One distinct row is not one row."""
    frame = cohort(400, seed=10).assign(vsv=lambda table: table["vsv"] & (table["arm"] == "geen"))
    rows, cells = both(frame, outcome="vsv ~ 1", treatment="arm ~ 1", method="difference", cluster="centre")
    assert_same(rows, cells, frame)
    assert "heeft iedereen dezelfde uitkomst" in cells.warnings[0]


def test_every_row_its_own_cluster() -> None:
    frame = cohort(400, seed=11).assign(centre=range(400))
    rows, cells = both(frame, **GIVEN)
    assert_same(rows, cells, frame)
    assert "Elke rij is een eigen cluster" in cells.warnings[0]


def test_clusters_of_a_type_of_which_pandas_makes_no_index() -> None:
    frame = cohort(400, seed=11)
    frame["centre"] = frame["centre"].astype("category").cat.codes.astype(np.float16)
    assert_same(*both(frame, **GIVEN), frame=frame.astype({"centre": np.float32}))


@pytest.mark.parametrize("name", NUMBERS)
def test_numbers_as_a_file_hands_them_out(name: str) -> None:
    frame = cohort(400, seed=12).drop(columns="hours")
    frame["arrears"] = NUMBERS[name](frame["arrears"])
    assert_same(*both(frame, **GIVEN), frame=frame)


@pytest.mark.parametrize("name", TEXTS)
def test_text_as_a_file_hands_it_out(name: str) -> None:
    frame = cohort(400, seed=13)
    frame["form"] = TEXTS[name](pd.Series(np.array(["1", "2", "3"])[frame["age"] % 3]))
    frame["place"] = TEXTS[name](pd.Series(np.array(["1", "2", "3"])[frame["centre"] % 3]))
    options = {"outcome": "vsv ~ form + male", "treatment": "arm ~ C(form)", "cluster": "place"}
    assert_same(*both(frame, **options), frame=frame, cluster="place")


@pytest.mark.parametrize("cluster", [np.int16, "category", "float32", str, object])
def test_clusters_of_any_type_whose_numbers_have_holes(cluster: Any) -> None:
    frame = cohort(400, seed=14).assign(centre=lambda table: (7 * table["centre"] + 3).astype(cluster))
    assert_same(*both(frame, **GIVEN), frame=frame)


def test_an_index_and_names_that_are_not_simple() -> None:
    frame = cohort(400, seed=15).rename(columns={"male": "a b", "centre": "c (1)"}).set_axis([7] * 400)
    options = {"outcome": "vsv ~ C(`a b`) + age", "treatment": "arm ~ `a b`", "cluster": "c (1)"}
    assert_same(*both(frame, **options), frame=frame, cluster="c (1)")


def test_names_that_differ_in_their_spaces_are_two_columns() -> None:
    frame = cohort(400, seed=15)
    plain, _ = both(frame, outcome="vsv ~ male", treatment="arm ~ arrears", cluster="centre")
    named = frame.rename(columns={"male": "a b", "arrears": "a\nb"})
    for found in both(named, outcome="vsv ~ `a b`", treatment="arm ~ `a\nb`", cluster="centre"):
        np.testing.assert_allclose(found.table["estimate"], plain.table["estimate"], rtol=0, atol=ESTIMATES)


@pytest.mark.parametrize("case", EFFECTS)
def test_what_is_refused_is_refused_in_the_same_words(case: str) -> None:
    change, options, *_ = EFFECTS[case]
    refused_alike(change(cohort(400, seed=1)), GIVEN | options)


@pytest.mark.parametrize("case", ERRORS)
def test_bad_input_is_refused_in_the_same_words(case: str) -> None:
    change, options, *_ = ERRORS[case]
    refused_alike(change(cohort(400, seed=1)), GIVEN | options)


def refused_alike(frame: Any, options: dict[str, Any]) -> None:
    if not {"weights", "missing", "common"}.isdisjoint(options) or options["cluster"] is None:
        pytest.skip("an option that distinct rows do not have")
    with pytest.raises(errors.EffectsError) as rows:
        average_effect(frame, **options)
    with pytest.raises(errors.EffectsError) as cells:
        discrete_effect(frame, **options)
    if cells.value.message != "no_trait":
        assert (type(cells.value), str(cells.value)) == (type(rows.value), str(rows.value))


@pytest.mark.parametrize(
    "term", ["bs(age, df=4)", "center(age)", "I(age - age.mean())", "np.cumsum(age)", "C(age > 16)"]
)
def test_a_term_that_may_look_at_all_rows_is_refused_by_name(term: str) -> None:
    options = GIVEN | {"outcome": f"vsv ~ male + {term}"}
    with pytest.raises(errors.FormulaError) as caught:
        discrete_effect(cohort(400, seed=1), **options)
    text = f"De term {term!r} is geen kenmerk zoals het is: schrijf het kenmerk of C(kenmerk), of maak er eerst een kolom van."
    assert str(caught.value) == text
    # What a method does not use, it does not read.
    discrete_effect(cohort(400, seed=1), **options, method="ipw")


def test_the_warning_points_at_who_asked() -> None:
    with pytest.warns(errors.FewClustersWarning) as caught:
        discrete_effect(cohort(400, seed=1, centres=5), **GIVEN)
    assert caught[0].filename == __file__


def test_distinct_rows_and_their_counts_by_hand() -> None:
    frame = pd.DataFrame({"a": ["x", "y", "x", "x"], "b": [1, 1, 2, 1], "c": [4, 3, 2, 1]}, index=[5, 5, 6, 7])
    found = distinct(frame, ["a", "b", "a"])
    assert found.rows.to_dict("list") == {"a": ["x", "y", "x"], "b": [1, 1, 2]}
    assert found.codes.tolist() == [0, 1, 2, 0]
    assert found.counts.tolist() == [2, 1, 1]
    assert first_places(found.codes).tolist() == [0, 1, 2]
    assert members(found, np.array([1, 0, 1, 1])).toarray().tolist() == [[0, 1, 0], [2, 0, 1]]


def test_distinct_rows_of_arms_are_apart() -> None:
    frame = pd.DataFrame({"a": ["x", "y", "x"]})
    assert distinct(frame, ["a"], np.array([0, 1, 1])).codes.tolist() == [0, 1, 2]
    assert distinct(frame, [], np.array([0, 1, 1])).codes.tolist() == [0, 1, 1]


def test_more_combinations_than_fit_in_64_bits() -> None:
    """Eight columns of 2^10 values: in 64 bits nothing would remain of the first, which stands for 2^70."""
    rng = np.random.default_rng(16)
    frame = pd.DataFrame({name: rng.permutation(1024) for name in "abcdefgh"})
    frame = pd.concat([frame, frame.iloc[:300], frame.assign(a=frame["a"][::-1].to_numpy())], ignore_index=True)
    found = distinct(frame, list(frame))
    assert len(found.rows) == len(frame.drop_duplicates()) == 2048
    pd.testing.assert_frame_equal(found.rows.take(found.codes).reset_index(drop=True), frame)


def test_objects_that_are_equal_to_python_are_not_merged() -> None:
    """1 and True: a column of both is refused, and would be of one kind if they were one value."""
    with pytest.raises(errors.ColumnError, match="'male'"):
        distinct(pd.DataFrame({"male": pd.Series([True, 1], dtype=object)}), ["male"])


def test_memory_does_not_grow_by_a_design_of_every_row() -> None:
    """Per row some codes of eight bytes each, whatever the number of covariates; a design alone would be 25 times that."""
    rng, rows = np.random.default_rng(17), 400_000
    frame = pd.DataFrame(
        {
            "age": pd.Categorical.from_codes(rng.integers(0, 20, rows).astype(np.int8), list(range(20))),
            "male": rng.integers(0, 2, rows).astype(np.int8),
            "arm": rng.integers(0, 2, rows).astype(np.int8),
            "vsv": rng.integers(0, 2, rows).astype(np.int8),
            "centre": rng.integers(0, 50, rows).astype(np.int16),
        }
    )
    options = {"outcome": "vsv ~ age + male", "treatment": "arm ~ age + male", "cluster": "centre"}
    discrete_effect(frame[:5000], **options)
    tracemalloc.start()
    discrete_effect(frame, **options)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak / rows < 100
