"""How a file can hand out a column: every dtype of NumPy, pandas and Arrow, made of Python values.

What a column plainly holds is worked out in Python alone: `keep` says what a dtype leaves of a number.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from math import inf, nan
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa


@dataclass(frozen=True)
class Number:
    """Numbers of some dtype: from Python's, in which range, and what a value becomes there."""

    make: Callable[[list[Any]], Any]
    low: int = -(2**62)
    high: int = 2**62
    whole: bool = False
    keep: Callable[[Any], float] = float
    spoilers: tuple[Any, ...] = ()  # what may stand for a value that is missing or infinite


@dataclass(frozen=True)
class Labels:
    """Labels of some dtype: the values in their own order, and a column from values and the order of a category."""

    pool: tuple[Any, ...]
    make: Callable[[list[Any], list[Any]], Any]
    ordered: bool = False  # whether the column itself says which comes first
    spoilers: tuple[Any, ...] = ()


def packed(code: str) -> Callable[[float], float]:
    """What a float of fewer bits keeps of a number."""
    return lambda value: struct.unpack(code, struct.pack(code, value))[0]


def objects(values: Iterable[Any]) -> np.ndarray:
    """An array of objects, one for each value, whatever they are."""
    values = list(values)
    found = np.empty(len(values), dtype=object)
    found[:] = values
    return found


def arrow(kind: pa.DataType) -> Callable[[list[Any]], Any]:
    """Values as Arrow holds them; NaN stays NaN."""
    return lambda values: pd.array(pa.array(values, type=kind, from_pandas=False), dtype=pd.ArrowDtype(kind))


def arrow_floats(kind: pa.DataType) -> Callable[[list[Any]], Any]:
    """Floats as Arrow holds them: it takes halves from NumPy only, and no integer that a float has no room for."""
    scalar = np.float16 if kind == pa.float16() else float
    return lambda values: arrow(kind)([value if value is None else scalar(value) for value in values])


def decimals(values: list[Any]) -> list[Any]:
    """Decimals that say what Python prints; what is none already."""
    return [value if value is None or isinstance(value, Decimal) else Decimal(repr(value)) for value in values]


def integers() -> dict[str, Number]:
    """Integers of every size, of NumPy, pandas and Arrow."""
    found = {}
    for bits in (8, 16, 32, 64):
        for sign, low, high in (("int", -(2 ** (bits - 1)), 2 ** (bits - 1) - 1), ("uint", 0, 2**bits - 1)):
            name = f"{sign}{bits}"
            nullable = name.replace("int", "Int").replace("u", "U")
            found |= {
                name: Number(lambda v, d=name: np.array(v, dtype=d), low, high, True),
                nullable: Number(lambda v, d=nullable: pd.array(v, dtype=d), low, high, True, spoilers=(None,)),
                f"{name}[pyarrow]": Number(arrow(getattr(pa, name)()), low, high, True, spoilers=(None,)),
            }
    return found


def floats() -> dict[str, Number]:
    """Floats of every size, of NumPy, pandas and Arrow."""
    found = {"longdouble": Number(lambda v: np.array(v, dtype=np.longdouble), spoilers=(nan, inf))}
    for bits, code, most in ((16, "e", 60_000), (32, "f", 2**62), (64, "d", 2**62)):
        low, keep, lost = -most, packed(code), (nan, inf, -inf)
        found[f"float{bits}"] = Number(lambda v, d=f"float{bits}": np.array(v, dtype=d), low, most, False, keep, lost)
        kind = {16: pa.float16(), 32: pa.float32(), 64: pa.float64()}[bits]
        found[f"{kind}[pyarrow]"] = Number(arrow_floats(kind), low, most, False, keep, (None, *lost))
        if bits > 16:
            found[f"Float{bits}"] = Number(
                lambda v, d=f"Float{bits}": pd.array(v, dtype=d), low, most, False, keep, (None, *lost)
            )
    return found


INTEGERS, FLOATS = integers(), floats()
NUMBER_OBJECTS: dict[str, Number] = {
    "objects": Number(objects, spoilers=(None, nan, pd.NA, inf, -inf, 10**400)),
    "integers as objects": Number(objects, whole=True, spoilers=(None, nan, inf, -(10**400))),
    "scalars of NumPy": Number(lambda v: objects(x if x is None else np.float64(x) for x in v), spoilers=(None, inf)),
    "decimals": Number(lambda v: objects(decimals(v)), spoilers=(None, Decimal("NaN"), Decimal("Infinity"))),
    "fractions": Number(lambda v: objects(x if x is None else Fraction(x) for x in v), spoilers=(None, 10**400)),
    "decimal128": Number(lambda v: arrow(pa.decimal128(38, 10))(decimals(v)), spoilers=(None,)),
}
SPARSE: dict[str, Number] = {
    "sparse integers": Number(lambda v: pd.arrays.SparseArray(np.array(v, dtype="int64"), fill_value=0), whole=True),
    "sparse": Number(lambda v: pd.arrays.SparseArray(np.array(v, dtype=float), fill_value=0.0), spoilers=(nan, inf)),
}
NUMBERS = INTEGERS | FLOATS | NUMBER_OBJECTS | SPARSE

YES_NO: dict[str, Labels] = {
    name: Labels((False, True), make, spoilers=spoilers)
    for name, make, spoilers in (
        ("bool", lambda v, _: np.array(v, dtype=bool), ()),
        ("boolean", lambda v, _: pd.array(v, dtype="boolean"), (None,)),
        ("bool[pyarrow]", lambda v, _: arrow(pa.bool_())(v), (None,)),
        ("yes or no as objects", lambda v, _: objects(v), (None, nan)),
        ("sparse yes or no", lambda v, _: pd.arrays.SparseArray(np.array(v), fill_value=False), ()),
    )
}


def category(values: list[Any], order: list[Any], kind: Any = object, ordered: bool = False) -> pd.Categorical:
    """A category whose labels are backed by some dtype."""
    codes = [order.index(value) if value in order else -1 for value in values]
    return pd.Categorical.from_codes(codes, pd.Index(order, dtype=kind), ordered=ordered)


def dictionary(values: list[Any], order: list[Any]) -> Any:
    """What pandas reads from a category in a Parquet file if it is asked for Arrow's own types."""
    codes = pa.array([order.index(value) if value in order else None for value in values], type=pa.int8())
    found = pa.DictionaryArray.from_arrays(codes, pa.array(order))
    return pd.array(found, dtype=pd.ArrowDtype(found.type))


def moments(values: list[Any]) -> Any:
    """Days as Arrow's timestamps."""
    kind = pa.timestamp("ns")
    return pd.array(pa.array(values, type=pa.date32()).cast(kind), dtype=pd.ArrowDtype(kind))


def texts(pool: tuple[str, ...]) -> dict[str, Labels]:
    """Text as every package has it."""
    lost: tuple[Any, ...] = (None,)
    return {
        "objects": Labels(pool, lambda v, _: objects(v), spoilers=(None, nan, pd.NA)),
        "objects of NumPy": Labels(
            pool, lambda v, _: objects(x if x is None else np.str_(x) for x in v), spoilers=lost
        ),
        "str": Labels(pool, lambda v, _: pd.array(v, dtype="str"), spoilers=lost),
        "string[python]": Labels(pool, lambda v, _: pd.array(v, dtype="string[python]"), spoilers=lost),
        "string of pandas": Labels(pool, lambda v, _: pd.array(v, dtype="string[pyarrow]"), spoilers=lost),
        "string[pyarrow]": Labels(pool, lambda v, _: arrow(pa.string())(v), spoilers=lost),
        "large_string[pyarrow]": Labels(pool, lambda v, _: arrow(pa.large_string())(v), spoilers=lost),
        "sparse": Labels(pool, lambda v, _: pd.arrays.SparseArray(objects(v), fill_value=pool[0])),
    }


def categories(pool: tuple[Any, ...], *dtypes: Any) -> dict[str, Labels]:
    """Categories with labels of each dtype, the first time also as ordered ones."""
    found = {
        f"category of {dtype}": Labels(pool, lambda v, o, d=dtype: category(v, o, d), True, (None,)) for dtype in dtypes
    }
    return found | {"ordered category": Labels(pool, lambda v, o: category(v, o, ordered=True), True, (None,))}


def named(what: str, kinds: dict[str, Labels]) -> dict[str, Labels]:
    """Kinds by what is in them, too."""
    return {f"{what} in {name}": kind for name, kind in kinds.items()}


# Twelve of each, in sorted order.
WORDS = ("", "1", "1.0", "10", "2", "None", "True", "a", "a b", "b", "nan", "ë")
DIGITS = ("0", "01", "1", "10", "100", "11", "2", "20", "21", "3", "4", "5")
WHOLE, PARTS = tuple(range(9, 21)), tuple(place / 4 for place in range(12))
ALL_KINDS = (1, "1.0", 2.5, "b", "True", 7, "3", *range(20, 25))
DAYS = tuple(date(2018, 9, 1) + timedelta(30 * place) for place in range(12))
BYTES = tuple(bytes([place]) for place in range(12))

TEXTS = named("words", texts(WORDS)) | named("digits", texts(DIGITS))
CATEGORIES = {
    **named("words", categories(WORDS, "object", "str", "string", pd.ArrowDtype(pa.string()))),
    **named("digits", categories(DIGITS, "object", "str", pd.ArrowDtype(pa.large_string()))),
    **named("whole numbers", categories(WHOLE, "int64", "Int8", pd.ArrowDtype(pa.int16()))),
    **named("numbers", categories(PARTS, "float64", "Float32", pd.ArrowDtype(pa.float64()))),
    **named("all kinds", categories(ALL_KINDS, "object")),
    **named("days", categories(DAYS, "object")),
    **named("intervals", categories(tuple(pd.interval_range(0, 12)), None)),
}
DICTIONARIES = {
    what: Labels(pool, dictionary, True, (None,))
    for what, pool in (("dictionary of words", WORDS), ("of digits", DIGITS), ("of numbers", WHOLE), ("of days", DAYS))
}
# Good as arms and as clusters, but nothing that a formula can use.
MOMENTS: dict[str, Labels] = {
    "dates as objects": Labels(DAYS, lambda v, _: objects(v), spoilers=(None,)),
    "datetime64": Labels(DAYS, lambda v, _: pd.array(pd.to_datetime(pd.Series(v))), spoilers=(None, pd.NaT)),
    "datetime with a zone": Labels(DAYS, lambda v, _: pd.array(pd.to_datetime(pd.Series(v)).dt.tz_localize("UTC"))),
    "date32": Labels(DAYS, lambda v, _: arrow(pa.date32())(v), spoilers=(None,)),
    "timestamp": Labels(DAYS, lambda v, _: moments(v), spoilers=(None,)),
    "bytes": Labels(BYTES, lambda v, _: objects(v), spoilers=(None,)),
    "binary[pyarrow]": Labels(BYTES, lambda v, _: arrow(pa.binary())(v), spoilers=(None,)),
}
# What has no values that can be told apart, what has none in order, and what no formula can use.
UNFIT: dict[str, Callable[[list[int]], Any]] = {
    "lists": lambda codes: objects([code] for code in codes),
    "lists of Arrow": lambda codes: arrow(pa.list_(pa.int64()))([[code] for code in codes]),
    "sets": lambda codes: objects({code} for code in codes),
}
UNFIT_AS_ARMS = UNFIT | {"numbers and text": lambda codes: objects("1" if code else 1 for code in codes)}
UNFIT_IN_FORMULAS: dict[str, Callable[[list[int]], Any]] = {
    **UNFIT_AS_ARMS,
    "complex": lambda codes: np.array(codes) * 1j,
    "yes and two": lambda codes: objects(True if code else 2 for code in codes),
    "period": lambda codes: pd.PeriodIndex([str(2018 + code) for code in codes], freq="Y").array,
    "timedelta": lambda codes: pd.to_timedelta(codes, unit="D").array,
    "time of Arrow": lambda codes: arrow(pa.duration("s"))(codes),
    **{
        name: lambda codes, kind=kind: kind.make([kind.pool[code] for code in codes], list(kind.pool))
        for name, kind in MOMENTS.items()
    },
}
