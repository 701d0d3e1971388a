"""Columns as the formulas may see them: numbers in double precision, text as plain text, whatever a file handed out.

Small integers overflow in `x**2`, text of digits is read as numbers by some packages and numbers stored as objects as text by
others. Nothing of that kind reaches a formula: a column is one of four plain things, or it is refused by name.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from decimal import Decimal
from numbers import Real
from typing import Any

import numpy as np
import pandas as pd

from leerwerk.effects.errors import CategoryError, ColumnError, FormulaError

_QUOTED = re.compile(r"`([^`]+)`")


def plain(frame: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    """Some columns as float64, bool, text or categories; the frame's own index.

    Raises
    ------
    ColumnError
        For a column that is none of these.
    CategoryError
        For a category without rows: it would be a column of zeros.
    """
    columns = {name: plain_column(frame[name]) for name in dict.fromkeys(names)}
    # Numbers in double precision stay where they are: a copy would be as large as the frame.
    return pd.DataFrame(columns, index=frame.index, copy=False)


def plain_column(column: pd.Series) -> pd.Series:
    """One column without missing values; see `plain`."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return _categories(column)
    if pd.api.types.is_bool_dtype(column.dtype):
        return column.astype(bool)
    if pd.api.types.is_complex_dtype(column.dtype):
        raise _unfit(column)
    if pd.api.types.is_numeric_dtype(column.dtype):
        return pd.Series(np.asarray(column, dtype=np.float64), index=column.index, name=column.name, copy=False)
    if pd.api.types.is_string_dtype(column.dtype) and not pd.api.types.is_object_dtype(column.dtype):
        return column.astype(object).map(str)
    if pd.api.types.is_object_dtype(column.dtype):
        return _objects(column)
    raise _unfit(column)


def _objects(column: pd.Series) -> pd.Series:
    """Objects that are all of one kind: text, booleans or numbers."""
    values = column.tolist()
    if all(isinstance(value, str) for value in values):
        return column
    if all(isinstance(value, bool | np.bool_) for value in values):
        return column.astype(bool)
    if all(isinstance(value, Real | Decimal) and not isinstance(value, bool | np.bool_) for value in values):
        return column.map(float).astype(np.float64)
    raise _unfit(column)


def _categories(column: pd.Series) -> pd.Series:
    labels = column.cat.categories
    empty = labels.difference(column.unique(), sort=False)
    if len(empty):
        raise CategoryError("empty_categories", name=column.name, empty=", ".join(map(repr, empty.tolist())))
    # A formula sees plain labels, whatever backs them.
    return column.cat.rename_categories(labels.astype(object).tolist()) if labels.dtype != object else column


def _unfit(column: pd.Series) -> ColumnError:
    return ColumnError("unfit", name=column.name, dtype=column.dtype)


def named_in(factor: Any) -> Iterator[str]:
    """The columns that one factor of a parsed formula needs; formulaic names none for its own transforms.

    Raises
    ------
    FormulaError
        For `^` inside a function, which is exclusive or on whole numbers and no power.
    """
    if factor.eval_method.value == "lookup":
        yield factor.expr
    elif factor.eval_method.value == "python":
        yield from _named_in_python(factor.expr)


def _named_in_python(expression: str) -> Iterator[str]:
    from formulaic.transforms import TRANSFORMS

    quoted = _QUOTED.findall(expression)
    places = iter(range(len(quoted)))
    tree = ast.parse(_QUOTED.sub(lambda _: f"_q{next(places)}", expression), mode="eval")
    # A transform is one where it is called or owns what is; elsewhere its name is that of a column.
    used = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    used |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitXor):
            raise FormulaError("no_power", expression=expression)
        if isinstance(node, ast.Name) and not (id(node) in used and node.id in TRANSFORMS):
            yield quoted[int(node.id[2:])] if re.fullmatch(r"_q\d+", node.id) else node.id
