"""From columns and formulas to arrays: against the columns themselves, and linear algebra by other routes."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from leerwerk.effects import errors, glm
from leerwerk.effects.design import (
    Arms,
    check_rank,
    infinite,
    parse,
    read_arms,
    read_clusters,
    read_design,
    read_outcome,
    require,
    triangle,
)

# --- formulas ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("formula", "response", "terms", "columns"),
    [
        ("vsv ~ male + age", "vsv", " male + age", ("age", "male")),
        ("vsv~1", "vsv", "1", ()),
        ("  vsv  ~ age * C(male)", "vsv", " age * C(male)", ("age", "male")),
        ("`vroeg weg` ~ `geslacht m/v`", "vroeg weg", " `geslacht m/v`", ("geslacht m/v",)),
        ("y ~ zeta + alpha + zeta:alpha", "y", " zeta + alpha + zeta:alpha", ("alpha", "zeta")),
    ],
)
def test_a_formula_is_its_outcome_its_terms_and_the_columns_they_need(
    formula: str, response: str, terms: str, columns: tuple[str, ...]
) -> None:
    found = parse(formula)
    assert (found.response, found.terms, found.columns) == (response, terms, columns)


@pytest.mark.parametrize("formula", ["", "~", "vsv", "~ male", "` ` ~", "vsv ~  ", "vsv ~ male ~ age"])
def test_half_a_formula_is_refused(formula: str) -> None:
    with pytest.raises(errors.FormulaError, match="onvolledig"):
        parse(formula)


# --- columns -------------------------------------------------------------------------------------------------------


def test_infinite_values_are_counted_in_numbers_with_a_comma_only() -> None:
    assert infinite(pd.Series([1.0, np.inf, -np.inf, np.nan])) == 2
    assert infinite(pd.Series([1, 2])) == 0
    assert infinite(pd.Series(["inf", "x"])) == 0
    assert infinite(pd.Series([np.inf], dtype="float32")) == 1


def test_only_the_columns_that_are_asked_for_must_be_whole() -> None:
    frame = pd.DataFrame({"a": [1.0, np.inf], "b": [np.nan, 1.0], "c": [1, 2], "d": ["x", None]})
    require(frame, ["c"])
    require(frame, [])
    for column in ("a", "b", "d"):
        with pytest.raises(errors.MissingValuesError, match=f"'{column}' heeft 1 "):
            require(frame, ["c", column])


@pytest.mark.parametrize(
    ("values", "labels", "codes"),
    [
        ([True, False, True, False], (False, True), [1, 0, 1, 0]),
        (["b", "a", "c", "a", "c", "b"], ("a", "b", "c"), [1, 0, 2, 0, 2, 1]),
        ([3, 1, 1, 3], (1, 3), [1, 0, 0, 1]),
        (pd.Categorical(["b", "a", "b", "a"], ["b", "a"]), ("b", "a"), [0, 1, 0, 1]),
    ],
)
def test_arms_by_category_or_sorted(values: Any, labels: tuple[Any, ...], codes: list[int]) -> None:
    found = read_arms(pd.Series(values))
    assert found.labels == labels
    np.testing.assert_array_equal(found.codes, codes)
    assert found.codes.dtype == np.intp


@pytest.mark.parametrize("values", [["a"], pd.Categorical(["a", "a"], ["b", "a"])])
def test_one_group_is_said_before_an_empty_one(values: Any) -> None:
    with pytest.raises(errors.ArmsError, match="maar één groep"):
        read_arms(pd.Series(values))


@pytest.mark.parametrize(
    ("values", "label"), [(["a", "b", "a"], "'b'"), ([1, 1, 0, 2, 2], "0"), ([True, False], "False")]
)
def test_a_group_of_one_row_is_refused_by_name(values: Any, label: str) -> None:
    """Its variance is nothing over nothing. The first of two such groups is named."""
    with pytest.raises(errors.ArmsError, match=f"^Groep {label} heeft maar één rij:"):
        read_arms(pd.Series(values))


@pytest.mark.parametrize(
    "column",
    [
        pd.Series([True, False]),
        pd.Series([1, 0]),
        pd.Series([1.0, 0.0]),
        pd.Series([True, False], dtype="boolean"),
        pd.Series([1, 0], dtype="Int64"),
    ],
    ids=lambda column: str(column.dtype),
)
@pytest.mark.parametrize("binary", [True, False])
def test_outcomes_become_numbers(column: pd.Series, binary: bool) -> None:
    found = read_outcome(column, binary)
    np.testing.assert_array_equal(found, [1.0, 0.0])
    assert found.dtype == np.float64


def test_only_a_logit_needs_zeros_and_ones() -> None:
    np.testing.assert_array_equal(read_outcome(pd.Series([2.5, -1.0]), False), [2.5, -1.0])
    for values in ([0.0, 1.0, 0.5], [1, 2], [-1, 0]):
        with pytest.raises(errors.OutcomeError, match="andere waarden"):
            read_outcome(pd.Series(values), True)


def test_clusters_are_numbered_as_they_appear() -> None:
    found = read_clusters(pd.Series(["z", "a", "z", "m"]), Arms((0, 1), np.array([0, 0, 1, 1])))
    np.testing.assert_array_equal(found, [0, 1, 0, 2])
    assert found.dtype == np.intp


# --- designs -------------------------------------------------------------------------------------------------------


def traits(rows: int) -> pd.DataFrame:
    rng = np.random.default_rng(101)
    return pd.DataFrame(
        {"year": rng.integers(2010, 2020, rows), "kind": rng.choice(list("xyz"), rows), "score": rng.normal(5, 2, rows)}
    )


@pytest.mark.parametrize("rows", [12, 150])
def test_rotated_columns_are_uncorrelated_and_lead_back(rows: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one block of rows, and in three."""
    monkeypatch.setattr(glm, "ELEMENTS_PER_BLOCK", 1)
    frame = traits(rows)
    order = np.random.default_rng(102).permutation(rows)
    found = read_design(frame, parse("y ~ kind + score"), order)
    assert found.names == ("Intercept", "kind[T.y]", "kind[T.z]", "score")
    np.testing.assert_allclose(found.matrix.T @ found.matrix / rows, np.eye(4), atol=1e-12)
    sorted_frame = frame.iloc[order]
    original = np.column_stack(
        [np.ones(rows), sorted_frame["kind"] == "y", sorted_frame["kind"] == "z", sorted_frame["score"]]
    )
    np.testing.assert_allclose(found.matrix @ found.upper, original, atol=1e-10)
    np.testing.assert_array_equal(np.tril(found.upper, -1), 0)


def test_terms_see_only_the_frame_and_know_no_name_of_ours() -> None:
    with pytest.raises(errors.MissingColumnError, match="'order'"):
        formula = parse("y ~ order")
        require(traits(10), list(formula.columns))


@pytest.mark.parametrize(("rows", "columns"), [(3, 3), (64, 3), (65, 3), (200, 5), (2, 4), (0, 2)])
def test_a_triangle_has_the_cross_products_of_the_whole(
    rows: int, columns: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(glm, "ELEMENTS_PER_BLOCK", 1)
    matrix = np.random.default_rng(103).normal(2, 3, (rows, columns))
    found = triangle(matrix)
    assert found.shape == (columns, columns)
    np.testing.assert_array_equal(np.tril(found, -1), 0)
    np.testing.assert_allclose(found.T @ found, matrix.T @ matrix, rtol=1e-10, atol=1e-9)


@pytest.mark.parametrize(("noise", "refused"), [(1e-6, False), (1e-8, False), (1e-11, True), (0.0, True)])
def test_collinear_is_a_billionth_of_the_column_s_length(noise: float, refused: bool) -> None:
    rng = np.random.default_rng(104)
    first = rng.normal(0, 1, 200)
    matrix = np.column_stack([np.ones(200), first, 2 * first + noise * rng.normal(0, 1, 200)])
    if not refused:
        check_rank(triangle(matrix), ("Intercept", "one", "two"))
        return
    with pytest.raises(errors.CollinearCovariatesError, match="'two' volgt volledig uit one:"):
        check_rank(triangle(matrix), ("Intercept", "one", "two"))


def test_polynomials_of_a_calendar_year_are_not_collinear() -> None:
    read_design(traits(200), parse("y ~ year + I(year**2)"), np.arange(200))


@pytest.mark.parametrize(
    ("matrix", "names", "error", "text"),
    [
        ([[0, 1], [0, 2], [0, 5]], ("a", "b"), errors.ConstantCovariateError, "'a'"),
        ([[1, 3], [1, 3], [1, 3]], ("Intercept", "b"), errors.ConstantCovariateError, "'b'"),
        ([[1, 0], [1, 0], [1, 0]], ("Intercept", "b"), errors.ConstantCovariateError, "'b'"),
        # Without a constant a column of ones is a trait like another, and its double follows from it.
        ([[1, 2], [1, 2], [1, 2]], ("a", "b"), errors.CollinearCovariatesError, "'b' volgt volledig uit a:"),
        (
            [[1, 1, 3, 5], [1, 2, 1, 5], [1, 4, 2, 10], [1, 0, 7, 7]],
            ("Intercept", "b", "c", "d"),
            errors.CollinearCovariatesError,
            "'d' volgt volledig uit b, c:",
        ),
        # More columns than rows.
        ([[1, 1, 3], [1, 2, 1]], ("Intercept", "b", "c"), errors.CollinearCovariatesError, "'c'"),
    ],
)
def test_the_first_column_that_says_nothing_new_is_named(
    matrix: list[list[float]], names: tuple[str, ...], error: type[Exception], text: str
) -> None:
    with pytest.raises(error, match=text):
        check_rank(triangle(np.array(matrix, dtype=float)), names)


def test_an_arm_is_checked_on_its_own_rows() -> None:
    frame = pd.DataFrame({"a": [0, 1, 0, 1, 1, 1, 1], "b": [1.0, 2, 4, 3, 5, 2, 2]})
    design = read_design(frame, parse("y ~ a + b"), np.arange(7))
    design.check_arm(slice(0, 4), "geen")
    with pytest.raises(errors.ConstantCovariateError, match="'a' heeft overal dezelfde waarde in groep 'brug'"):
        design.check_arm(slice(3, 7), "brug")


def test_a_label_that_an_arm_lacks_is_named_whatever_rounding_leaves_of_it() -> None:
    """Of nineteen labels an arm has all but one: its column is zero there, but not to the last digit once it has been rotated."""
    rng = np.random.default_rng(6)
    for lacking in range(1, 19):
        labels = np.concatenate([np.arange(19), rng.integers(0, 19, 34), np.arange(18), rng.integers(0, 18, 25)])
        labels[53:] += labels[53:] >= lacking
        design = read_design(pd.DataFrame({"b": labels}), parse("y ~ C(b)"), np.arange(96))
        with pytest.raises(
            errors.ConstantCovariateError, match=rf"{lacking}\.0\]' heeft overal dezelfde waarde in groep 'brug'"
        ):
            design.check_arm(slice(53, 96), "brug")
