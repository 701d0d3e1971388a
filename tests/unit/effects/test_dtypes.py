"""What a file hands out, in every formula and method: the answer of plain double precision, or an error with a name.

The expected answer never comes from the same formula: its columns are worked out with numpy, in double precision, before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from scipy.interpolate import BSpline

from leerwerk.effects import EffectsError, average_effect, standardised_risks
from leerwerk.effects.errors import (
    ArmsError,
    CategoryError,
    CollinearCovariatesError,
    ColumnError,
    FormulaError,
    MissingValuesError,
)

N = 600
METHODS = ("difference", "regression", "ipw", "aipw", "ipwra")
SAME = {"rtol": 1e-9, "atol": 1e-12}  # the same sums in another order, and designs that span the same columns
Columns = Callable[[pd.DataFrame], Mapping[str, Any]]


def people() -> pd.DataFrame:
    """One row per person: ages that overflow when squared as a byte, a count, a form of education."""
    rng = np.random.default_rng(31)
    age, count = rng.integers(16, 100, N), rng.integers(1, 9, N)
    form = rng.choice(["1", "2", "3"], N)
    chance = 1 / (1 + np.exp(1.2 - age / 60 - 0.3 * (form == "2")))
    arm = rng.random(N) < 1 / (1 + np.exp(0.5 - age / 90 + 0.2 * (form == "3")))
    left = rng.random(N) < np.where(arm, chance - 0.15, chance)
    return pd.DataFrame({"age": age, "count": count, "form": form, "arm": arm, "left": left.astype(float)})


def dictionary(column: pd.Series, labels: list[str]) -> Any:
    """A category as pandas reads it from a Parquet file with Arrow's own types."""
    kind = pa.dictionary(pa.int8(), pa.string())
    codes = pa.array([labels.index(value) for value in column], type=pa.int8())
    return pd.array(pa.DictionaryArray.from_arrays(codes, pa.array(labels)), dtype=pd.ArrowDtype(kind))


# dtype by name: how the numbers and the text come out of a file
NUMBERS: dict[str, Callable[[pd.Series], Any]] = {
    **{name: (lambda column, name=name: column.astype(name)) for name in ("int8", "int16", "int32", "int64", "uint8")},
    **{
        name: (lambda column, name=name: column.astype(name))
        for name in ("Int8", "UInt16", "Int64", "float16", "float32", "Float64")
    },
    **{
        name: (lambda column, name=name: column.astype(name))
        for name in ("int8[pyarrow]", "uint8[pyarrow]", "int64[pyarrow]", "halffloat[pyarrow]", "double[pyarrow]")
    },
    "decimal128": lambda column: column.astype(pd.ArrowDtype(pa.decimal128(30, 2))),
    "objects": lambda column: column.astype(object),
    "decimals": lambda column: column.map(lambda value: Decimal(int(value))),
    "sparse": lambda column: pd.array(column.to_numpy(), dtype=pd.SparseDtype("int64", 0)),
}
TEXTS: dict[str, Callable[[pd.Series], Any]] = {
    "object": lambda column: column.astype(object),
    "string": lambda column: column.astype("string"),
    "converted": lambda column: column.convert_dtypes(),
    **{
        name: (lambda column, name=name: column.astype(name))
        for name in ("str", "string[python]", "string[pyarrow]", "large_string[pyarrow]")
    },
    "Arrow": lambda column: column.astype(pd.ArrowDtype(pa.string())),
    "dictionary": lambda column: dictionary(column, ["1", "2", "3"]),
    "sparse": lambda column: pd.arrays.SparseArray(column.to_numpy(object), fill_value="1"),
    "category": lambda column: column.astype("category"),
    "category of string": lambda column: column.astype("string").astype("category"),
}


def knots(values: np.ndarray, inner: int) -> np.ndarray:
    """A cubic basis without its first column, knots at quantiles: any other of the same knots spans the same."""
    ends = np.quantile(values, np.linspace(0, 1, inner + 2))
    full = np.r_[[ends[0]] * 4, ends[1:-1], [ends[-1]] * 4]
    return np.asarray(BSpline.design_matrix(np.clip(values, ends[0], np.nextafter(ends[-1], 0)), full, 3).todense())[
        :, 1:
    ]


def spread(matrix: np.ndarray) -> dict[str, np.ndarray]:
    return {f"z{place}": column for place, column in enumerate(matrix.T)}


def dummies(values: pd.Series) -> dict[str, np.ndarray]:
    return {f"d{place}": (values == label).to_numpy(float) for place, label in enumerate(sorted(values.unique())[1:])}


FORMULAS: dict[str, Columns] = {
    "age": lambda f: {"z": f["age"] * 1.0},
    "I(age**2)": lambda f: {"z": f["age"] * 1.0 * f["age"]},
    "age * count": lambda f: {"z": f["age"] * 1.0, "y": f["count"] * 1.0, "x": f["age"] * 1.0 * f["count"]},
    "I(age - 90)": lambda f: {"z": f["age"] - 90.0},
    "I(-age)": lambda f: {"z": -1.0 * f["age"]},
    "log(count)": lambda f: {"z": np.log(f["count"].astype(float))},
    "np.sqrt(age)": lambda f: {"z": np.sqrt(f["age"].astype(float))},
    "I(age * age * count)": lambda f: {"z": 1.0 * f["age"] * f["age"] * f["count"]},
    "I(age > 50)": lambda f: {"z": (f["age"] > 50).astype(float)},
    "poly(age, 2)": lambda f: {"z": f["age"] * 1.0, "y": f["age"] * 1.0 * f["age"]},
    "scale(age)": lambda f: {"z": (f["age"] - f["age"].mean()) / f["age"].std()},
    "center(age) + count": lambda f: {"z": f["age"] - f["age"].mean(), "y": f["count"] * 1.0},
    "bs(age, df=4)": lambda f: spread(knots(f["age"].to_numpy(float), 1)),
    "C(count > 4)": lambda f: {"z": (f["count"] > 4).astype(float)},
    "form": lambda f: dummies(f["form"]),
    "form + age": lambda f: dummies(f["form"]) | {"z": f["age"] * 1.0},
}


def answer(frame: pd.DataFrame, terms: str, method: Any) -> np.ndarray:
    """Estimates and errors of the means, and the effect."""
    found = average_effect(frame, outcome=f"left ~ {terms}", treatment=f"arm ~ {terms}", method=method)
    return np.concatenate([found.means[["estimate", "std_error"]].to_numpy().ravel(), found.table.to_numpy().ravel()])


@pytest.fixture(scope="module")
def expected() -> dict[tuple[str, str], np.ndarray]:
    """By formula and method, from columns in double precision."""
    frame = people()
    found = {}
    for formula, columns in FORMULAS.items():
        ready = frame[["arm", "left"]].assign(
            **{name: np.asarray(column, float) for name, column in columns(frame).items()}
        )
        for method in METHODS:
            found[formula, method] = answer(ready, " + ".join(columns(frame)), method)
    return found


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("kind", NUMBERS)
def test_numbers_of_every_dtype(kind: str, formula: str, expected) -> None:
    frame = people()
    typed = frame.assign(**{name: NUMBERS[kind](frame[name]) for name in ("age", "count")})
    for method in METHODS:
        np.testing.assert_allclose(answer(typed, formula, method), expected[formula, method], err_msg=method, **SAME)


@pytest.mark.parametrize("formula", ["form", "form + age"])
@pytest.mark.parametrize("kind", TEXTS)
def test_text_of_digits_is_text_of_every_dtype(kind: str, formula: str, expected) -> None:
    frame = people()
    typed = frame.assign(form=TEXTS[kind](frame["form"]))
    for method in METHODS:
        np.testing.assert_allclose(answer(typed, formula, method), expected[formula, method], err_msg=method, **SAME)


@pytest.mark.parametrize("kind", [*NUMBERS, "bool", "boolean", "bool[pyarrow]"])
def test_outcomes_and_arms_of_every_dtype(kind: str, expected) -> None:
    frame = people()
    cast = NUMBERS.get(kind, lambda column: column.astype(kind))
    typed = frame.assign(left=cast(frame["left"].astype(int)), arm=cast(frame["arm"].astype(int)))
    for method in METHODS:
        np.testing.assert_allclose(answer(typed, "age", method), expected["age", method], err_msg=method, **SAME)


@pytest.mark.parametrize("formula", ["bs(age, df=4)", "cr(age, df=3)", "poly(age, 2)", "scale(age)", "center(age)"])
def test_a_missing_value_is_named_also_where_a_transform_hides_its_column(formula: str) -> None:
    frame = people().astype({"age": float})
    frame.loc[3, "age"] = np.nan
    with pytest.raises(MissingValuesError, match="'age' heeft 1 "):
        answer(frame, formula, "aipw")


def test_a_natural_spline_says_what_it_needs_beside_an_intercept_and_then_fits() -> None:
    with pytest.raises(CollinearCovariatesError, match="constraints='center'"):
        answer(people(), "cr(age, df=3)", "aipw")
    centred = answer(people(), "cr(age, df=3, constraints='center')", "aipw")
    typed = people().astype({"age": "int8"})
    np.testing.assert_allclose(answer(typed, "cr(age, df=3, constraints='center')", "aipw"), centred, **SAME)


def test_a_column_with_the_name_of_a_transform_may_stand_by_itself_and_is_refused_inside_it() -> None:
    frame = people()
    renamed = frame.rename(columns={"age": "scale"})
    np.testing.assert_allclose(answer(renamed, "scale", "aipw"), answer(frame, "age", "aipw"), **SAME)
    np.testing.assert_allclose(answer(renamed, "I(scale**2)", "aipw"), answer(frame, "I(age**2)", "aipw"), **SAME)
    with pytest.raises(FormulaError, match="niet te berekenen"):
        answer(renamed, "scale(scale)", "aipw")


def test_names_in_backticks_inside_a_function() -> None:
    frame = people()
    renamed = frame.rename(columns={"age": "leeftijd in jaren", "count": "aantal (n)"})
    np.testing.assert_allclose(
        answer(renamed, "I(`leeftijd in jaren` * `aantal (n)`) + log(`aantal (n)`)", "aipw"),
        answer(frame, "I(age * count) + log(count)", "aipw"),
        **SAME,
    )


@pytest.mark.parametrize("kind", NUMBERS)
def test_a_power_written_with_a_roof_is_refused_whatever_the_dtype(kind: str) -> None:
    frame = people()
    with pytest.raises(FormulaError, match=r"schrijf \*\*"):
        answer(frame.assign(age=NUMBERS[kind](frame["age"])), "I(age^2)", "regression")


@pytest.mark.parametrize(
    "column",
    [
        pd.Series(pd.date_range("2018-09-01", periods=N)),
        pd.Series(pd.to_timedelta(np.arange(N), unit="D")),
        pd.Series(pd.period_range("2018-09", periods=N, freq="M")),
        pd.Series(np.arange(N) * 1j),
        pd.Series([[1]] * N),
        pd.Series([1, "a"] * (N // 2), dtype=object),
        pd.Series([True, 2] * (N // 2), dtype=object),
        pd.Series(pd.date_range("2018-09-01", periods=N)).astype("timestamp[ns][pyarrow]"),
        pd.Series(pd.date_range("2018-09-01", periods=N)).astype("date32[pyarrow]"),
        pd.Series([b"a", b"b"] * (N // 2), dtype=pd.ArrowDtype(pa.binary())),
    ],
    ids=["date", "time", "period", "complex", "lists", "mixed", "yes and two", "timestamp", "date32", "binary"],
)
def test_what_is_no_number_and_no_text_is_refused_by_name(column: pd.Series) -> None:
    with pytest.raises(ColumnError, match="'age'"):
        answer(people().assign(age=column), "age", "regression")


def test_the_baseline_of_the_first_period_is_never_dropped() -> None:
    frame = people().assign(months=lambda table: table["count"], event=lambda table: table["left"])
    given = {"event": "event", "arm": "arm", "months": [3]}
    with pytest.raises(FormulaError, match="eerste periode"):
        standardised_risks(frame, outcome="months ~ age - 1", **given)
    with pytest.raises(EffectsError, match="bijvoorbeeld"):
        standardised_risks(frame, outcome="months ~ age", level=95, **given)
    small = frame.astype({"age": "uint8", "months": "int8", "event": "Int8"})
    plain = standardised_risks(frame.astype({"age": float}), outcome="months ~ I(age**2)", **given).table
    np.testing.assert_allclose(standardised_risks(small, outcome="months ~ I(age**2)", **given).table, plain, **SAME)


def test_a_dictionary_of_arrow_is_a_category_whose_first_label_is_the_reference() -> None:
    frame = people()
    labels = frame["arm"].map({False: "a", True: "b"})
    turned = average_effect(
        frame.assign(arm=dictionary(labels, ["b", "a"])), outcome="left ~ age", treatment="arm ~ age"
    )
    straight = average_effect(
        frame.assign(arm=dictionary(labels, ["a", "b"])), outcome="left ~ age", treatment="arm ~ age"
    )
    assert turned.reference == "b" and straight.reference == "a"
    np.testing.assert_allclose(turned.table["estimate"], -straight.table["estimate"], rtol=1e-9)
    spare = r"\.astype\('category'\)\.cat\.remove_unused_categories"
    with pytest.raises(CategoryError, match=spare):
        answer(frame.assign(form=dictionary(frame["form"], ["1", "2", "3", "4"])), "form", "aipw")
    with pytest.raises(ArmsError, match=spare):
        answer(frame.assign(arm=dictionary(labels, ["a", "b", "c"])), "age", "aipw")


@pytest.mark.parametrize(
    "value", [np.inf, -np.inf, Decimal("Infinity"), 10**400], ids=["inf", "-inf", "decimal", "large"]
)
@pytest.mark.parametrize("column", ["age", "left"])
def test_an_infinite_value_is_named_also_among_objects(column: str, value: Any) -> None:
    values = people()[column].astype(int).astype(object)
    values[7] = value
    given = {"outcome": "left ~ age", "treatment": "arm ~ 1", "method": "regression", "outcome_family": "linear"}
    with pytest.raises(MissingValuesError, match=f"'{column}' heeft 1 "):
        average_effect(people().assign(**{column: values}), **given)


@pytest.mark.parametrize(
    "values",
    [
        [1, "1"],
        [[1], [2]],
        [{1}, {2}],
        [(1, 2), (1, 3)],
        pd.Series([[1], [2]], dtype=pd.ArrowDtype(pa.list_(pa.int64()))),
    ],
    ids=["mixed", "lists", "sets", "pairs", "lists of Arrow"],
)
def test_arms_without_an_order_have_no_reference(values: Any) -> None:
    arm = pd.Series(values).repeat(N // 2).reset_index(drop=True)
    with pytest.raises(ColumnError, match="'arm'"):
        answer(people().assign(arm=arm), "age", "regression")


def test_clusters_need_values_that_can_be_told_apart_and_their_column_any_name() -> None:
    frame = people().assign(school=np.arange(N) // 20)
    given = {"outcome": "left ~ age", "treatment": "arm ~ age"}
    plain = average_effect(frame, cluster="school", **given)
    kinds: list[Any] = [
        "Int8",
        "string",
        "category",
        "float16",
        "uint8[pyarrow]",
        "halffloat[pyarrow]",
        "string[pyarrow]",
    ]
    for kind in kinds:
        found = average_effect(frame.astype({"school": kind}), cluster="school", **given)
        np.testing.assert_allclose(found.table, plain.table, err_msg=kind, **SAME)
    words, spare = frame["school"].map(str), ["none", *map(str, frame["school"].unique())]
    found = average_effect(frame.assign(school=dictionary(words, spare)), cluster="school", **given)
    assert found.clusters == plain.clusters
    np.testing.assert_allclose(found.table, plain.table, **SAME)
    nameless = average_effect(frame.rename(columns={"school": ""}), cluster="", **given)
    np.testing.assert_allclose(nameless.table, plain.table, **SAME)
    with pytest.raises(ColumnError, match="'school'"):
        average_effect(frame.assign(school=frame["school"].map(lambda number: [number])), cluster="school", **given)


@pytest.mark.parametrize(
    ("name", "terms"),
    [
        ("1", "`1`"),  # which formulaic takes for the constant
        ("1", "age - `1`"),
        ("", "age + ``"),
        ("", "I(`` * 2)"),
        ("log(age)", "`log(age)` + log(age)"),
        ("log(age)", "age:`log(age)` + log(age)"),
        ("class", "I(`class` * 2)"),
        ("True", "C(`True` > 3)"),
        ("None", "I(`None` * 2)"),
    ],
)
def test_a_name_that_reads_as_something_else_is_refused(name: str, terms: str) -> None:
    with pytest.raises(FormulaError):
        answer(people().assign(**{name: np.arange(N) % 7}), terms, "regression")


@pytest.mark.parametrize("name", ["2018", "log(age)", "class", "a:b", "_q0"])
def test_a_name_that_reads_as_nothing_else_may_be_any(name: str) -> None:
    frame, quoted = people(), f"`{name}` + I(`aantal (n)` * 2)"
    renamed = frame.rename(columns={"age": name, "count": "aantal (n)"})
    np.testing.assert_allclose(answer(renamed, quoted, "aipw"), answer(frame, "age + count", "aipw"), **SAME)


def test_a_stand_in_for_a_quoted_name_is_never_a_column() -> None:
    renamed = people().rename(columns={"age": "_q0", "count": "aantal (n)"})
    expected = answer(people(), "I(age * count)", "aipw")
    np.testing.assert_allclose(answer(renamed, "I(_q0 * `aantal (n)`)", "aipw"), expected, **SAME)


@pytest.mark.parametrize(
    "terms", ["a**(0)", "I(age +)", "C(form, 2)", "C(form, age)", "age (]", "I(age / 'a')", "I(1 / 0)", "I(age @ form)"]
)
def test_a_formula_that_is_no_code_is_refused_by_name(terms: str) -> None:
    with pytest.raises(FormulaError, match=r"niet (leesbaar|te berekenen)"):
        answer(people(), terms, "regression")


def test_labels_that_read_the_same_are_refused_by_name() -> None:
    """1 and '1' would be one column."""
    both = pd.Categorical.from_codes(np.arange(N) % 3, [1, "1", "b"])
    with pytest.raises(CategoryError, match=r"'form'.* hetzelfde luiden"):
        answer(people().assign(form=both), "form", "regression")


@pytest.mark.parametrize("terms", ["(age:{0})", "I(age * 1j)"])
def test_what_is_no_number_is_refused_by_name(terms: str) -> None:
    """Of braces around a number formulaic makes a column of objects."""
    with pytest.raises(MissingValuesError, match="geen getal"):
        answer(people(), terms, "regression")


def test_an_exponential_beyond_double_precision_is_refused_by_name() -> None:
    with pytest.raises(MissingValuesError, match="geen getal"):
        answer(people().assign(age=lambda table: table["age"] * 100), "exp(age)", "regression")
