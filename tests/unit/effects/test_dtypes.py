"""What a file hands out, in every formula and method: the answer of plain double precision, or an error with a name.

The expected answer never comes from the same formula: its columns are worked out with numpy, in double precision, before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.interpolate import BSpline

from leerwerk.effects import EffectsError, average_effect, standardised_risks
from leerwerk.effects.errors import CollinearCovariatesError, ColumnError, FormulaError, MissingValuesError

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


# dtype by name: how the numbers and the text come out of a file
NUMBERS: dict[str, Callable[[pd.Series], Any]] = {
    **{name: (lambda column, name=name: column.astype(name)) for name in ("int8", "int16", "int32", "int64", "uint8")},
    **{
        name: (lambda column, name=name: column.astype(name))
        for name in ("Int8", "UInt16", "Int64", "float32", "Float64")
    },
    "objects": lambda column: column.astype(object),
    "decimals": lambda column: column.map(lambda value: Decimal(int(value))),
    "sparse": lambda column: pd.array(column.to_numpy(), dtype=pd.SparseDtype("int64", 0)),
}
TEXTS: dict[str, Callable[[pd.Series], Any]] = {
    "object": lambda column: column.astype(object),
    "string": lambda column: column.astype("string"),
    "converted": lambda column: column.convert_dtypes(),
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


@pytest.mark.parametrize("kind", [*NUMBERS, "bool", "boolean"])
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
    ],
    ids=["date", "time", "period", "complex", "lists", "mixed", "yes and two"],
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
