"""A frame of discrete columns as its distinct rows: what is counted once need not be computed for every row that is the same."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from leerwerk.effects.columns import is_category, plain_column
from leerwerk.effects.design import Formula
from leerwerk.effects.errors import FormulaError
from leerwerk.effects.glm import Floats, Integers

if TYPE_CHECKING:
    from scipy.sparse import csr_array

# Codes of more columns than fit in 64 bits are numbered anew on the way.
MOST_CODES = 2**62
# A trait, or its categories: whatever else a formula computes may look at all rows at once, and those are not here.
TRAIT = re.compile(r"C\((\w+|`[^`]*`)\)")


@dataclass(frozen=True)
class Distinct:
    """Distinct rows of some columns, in order of first appearance.

    Attributes
    ----------
    rows : DataFrame
        Those columns as the frame has them, one row per distinct row.
    codes : array (rows of the frame,)
        Which distinct row each is.
    """

    rows: pd.DataFrame
    codes: Integers

    @property
    def counts(self) -> Floats:
        """How many rows of the frame each distinct row stands for."""
        return np.bincount(self.codes).astype(np.float64)


def distinct(frame: pd.DataFrame, names: Iterable[str], arms: Integers | None = None) -> Distinct:
    """The distinct rows of some columns without missing values, those of different arms apart.

    Columns may be of any type that a formula can use. Categories and numbers are numbered as they are: no value becomes a Python
    object, of which ten million pupils have no room.

    Raises
    ------
    ColumnError
        For a column that no formula can use.
    """
    known = list(dict.fromkeys(names))
    codes = np.zeros(len(frame), dtype=np.intp) if arms is None else arms
    size = int(codes.max()) + 1
    for name in known:
        own = column_codes(frame[name])
        levels = int(own.max()) + 1
        if size * levels > MOST_CODES:
            codes = np.asarray(pd.factorize(codes)[0], dtype=np.intp)
            size = int(codes.max()) + 1
        codes = codes * levels + own
        size *= levels
    codes = np.asarray(pd.factorize(codes)[0], dtype=np.intp)
    first = first_places(codes)
    rows = {name: frame[name].iloc[first].reset_index(drop=True) for name in known}
    return Distinct(pd.DataFrame(rows, index=pd.RangeIndex(len(first))), codes)


def column_codes(column: pd.Series) -> Integers:
    """A number from 0 for each value, the same for values that a formula cannot tell apart only."""
    if is_category(column):
        return np.asarray(column.astype("category").cat.codes, dtype=np.intp)
    number = isinstance(column.dtype, np.dtype) and column.dtype.kind in "biuf"
    # Objects that are equal to Python, as 1 and True are, are not to a formula: what it would see is numbered.
    return np.asarray(pd.factorize(column if number else plain_column(column))[0], dtype=np.intp)


def first_places(codes: Integers) -> Integers:
    """Where each code, from 0, comes first."""
    first = np.empty(int(codes.max()) + 1, dtype=np.intp)
    # What is written last stays.
    first[codes[::-1]] = np.arange(len(codes) - 1, -1, -1)
    return first


def members(found: Distinct, clusters: Integers) -> csr_array:
    """How many of each cluster's rows are each distinct row (clusters, distinct rows): a product with it sums over clusters."""
    from scipy.sparse import csr_array

    shape = int(clusters.max()) + 1, len(found.rows)
    # What stands twice in a place is added up.
    return csr_array((np.ones(len(clusters)), (clusters, found.codes)), shape=shape)


def check_terms(formula: Formula) -> None:
    """Refuse terms that are computed from a column: of distinct rows they would be others."""
    from formulaic import Formula as Terms

    for term in Terms(formula.terms):
        for factor in term.factors:
            if factor.eval_method.value == "python" and not TRAIT.fullmatch(factor.expr):
                raise FormulaError("no_trait", term=factor.expr)
