"""Columns as the formulas may see them: numbers in double precision, text as plain text, whatever a file handed out.

Small integers overflow in `x**2`, text of digits is read as numbers by some packages and numbers stored as objects as text by
others. Nothing of that kind reaches a formula: a column is one of four plain things, or it is refused by name.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from decimal import Decimal
from math import inf, isinf
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd

from leerwerk.effects.errors import CategoryError, ColumnError, FormulaError

_QUOTED = re.compile(r"`([^`]*)`")


def plain(frame: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Some columns as float64, bool, text or categories; the frame's own index.

    Raises
    ------
    ColumnError
        For a column that is none of these.
    CategoryError
        For a category without rows, which would be a column of zeros, and for two that read the same, which would be one.
    """
    columns = {name: plain_column(frame[name]) for name in dict.fromkeys(names)}
    # Numbers in double precision stay where they are: a copy would be as large as the frame.
    return pd.DataFrame(columns, index=frame.index, copy=False)


def plain_column(column: pd.Series) -> pd.Series:
    """One column without missing values; see `plain`."""
    if is_category(column):
        return _categories(column)
    if pd.api.types.is_bool_dtype(column.dtype):
        return column.astype(bool)
    if pd.api.types.is_complex_dtype(column.dtype):
        raise unfit(column)
    if pd.api.types.is_numeric_dtype(column.dtype):
        return pd.Series(np.asarray(column, dtype=np.float64), index=column.index, name=column.name, copy=False)
    if pd.api.types.is_string_dtype(column.dtype) or pd.api.types.is_object_dtype(column.dtype):
        return _objects(column)
    raise unfit(column)


def is_category(column: pd.Series) -> bool:
    """Whether a column is a category, of pandas or of Arrow, which calls it a dictionary."""
    return column.dtype.type is pd.CategoricalDtype.type


def in_categories(column: pd.Series) -> pd.Series:
    """One column without missing values as categories: its own, or its values in sorted order.

    Raises
    ------
    ColumnError
        If its values have no order: the reference would be whichever happens to stand first.
    """
    # Pandas has no index of floats of 16 or 128 bits, and Arrow sorts no halves.
    plainly = plain_column(column) if pd.api.types.is_float_dtype(column.dtype) else column
    try:
        found = plainly.astype("category")
    except (TypeError, ValueError, NotImplementedError) as error:
        raise unfit(column) from error
    labels = found.cat.categories
    ordered = is_category(column) or labels.is_monotonic_increasing
    # An index of pairs would be one of two levels.
    if not ordered or any(isinstance(label, tuple) for label in labels):
        raise unfit(column)
    return found


def infinite(column: pd.Series) -> int:
    """How many values are infinite, or too large for double precision."""
    if pd.api.types.is_float_dtype(column.dtype):
        return int((~np.isfinite(column.dropna().to_numpy(np.float64))).sum())
    if not pd.api.types.is_object_dtype(column.dtype):
        return 0
    numbers = tuple(kind for kind in set(map(type, column)) if issubclass(kind, Real | Decimal))
    return sum(isinf(_number(value)) for value in column if isinstance(value, numbers))


def _number(value: Any) -> float:
    try:
        return float(value)
    except OverflowError:
        return inf


def _objects(column: pd.Series) -> pd.Series:
    """Objects that are all of one kind: text, booleans or numbers."""
    values, yes_no = column.tolist(), {bool, np.bool_}
    kinds = set(map(type, values))
    dtype: type
    if kinds <= yes_no:
        dtype = bool
    elif all(issubclass(kind, str) for kind in kinds):
        dtype = object
    elif all(issubclass(kind, Real | Decimal) for kind in kinds) and not kinds & yes_no:
        dtype = np.float64
    else:
        raise unfit(column)
    return pd.Series(values, index=column.index, name=column.name, dtype=dtype)


def _categories(column: pd.Series) -> pd.Series:
    categories = column.astype("category")
    labels = categories.cat.categories
    empty = labels.difference(categories.unique(), sort=False)
    if len(empty):
        shown = ", ".join(map(repr, empty.tolist()))
        raise CategoryError("empty_categories", name=column.name, empty=shown, removal=removal(column))
    if len(set(map(str, labels))) < len(labels):
        raise CategoryError("same_text", name=column.name)
    # A formula sees plain labels, whatever backs them.
    return categories.cat.rename_categories(labels.astype(object).tolist()) if labels.dtype != object else categories


def removal(column: pd.Series) -> str:
    """What removes the categories of a column that have no rows."""
    own = isinstance(column.dtype, pd.CategoricalDtype)
    return ("" if own else ".astype('category')") + ".cat.remove_unused_categories()"


def unfit(column: pd.Series) -> ColumnError:
    """What is said of a column of the wrong kind."""
    return ColumnError("unfit", name=column.name, dtype=column.dtype)


def named_in(factor: Any) -> Iterator[str]:
    """The columns that one factor of a parsed formula needs; formulaic names none for its own transforms.

    Raises
    ------
    FormulaError
        For `^` inside a function, which is exclusive or on whole numbers and no power, and for a column that has the name of a constant,
        which formulaic reads there even in backticks.
    """
    if factor.eval_method.value == "lookup":
        yield factor.expr
    elif factor.eval_method.value == "python":
        yield from _named_in_python(factor.expr)


def _named_in_python(expression: str) -> Iterator[str]:
    from formulaic.transforms import TRANSFORMS

    stand_in = "_q"
    while stand_in in expression:
        stand_in += "_"
    quoted = {f"{stand_in}{place}": name for place, name in enumerate(_QUOTED.findall(expression))}
    if not {"True", "False", "None"}.isdisjoint(quoted.values()):
        raise FormulaError("ambiguous_name", formula=expression)
    places = iter(quoted)
    tree = ast.parse(_QUOTED.sub(lambda _: next(places), expression), mode="eval")
    # A transform is one where it is called or owns what is; elsewhere its name is that of a column.
    used = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    used |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitXor):
            raise FormulaError("no_power", expression=expression)
        if isinstance(node, ast.Name) and not (id(node) in used and node.id in TRANSFORMS):
            yield quoted.get(node.id, node.id)


def renamed(terms: str) -> str:
    """Terms in which each quoted name is one that reads as nothing else: `?0`, `?1`."""
    names = {name: f"`?{place}`" for place, name in enumerate(dict.fromkeys(_QUOTED.findall(terms)))}
    return _QUOTED.sub(lambda match: names[match[1]], terms)
