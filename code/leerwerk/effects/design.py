"""From a frame and two formulas to the arrays that the estimators work on, refusing what they could not survive."""

from __future__ import annotations

import gc
import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from leerwerk.effects.columns import (
    in_categories,
    infinite,
    is_category,
    named_in,
    plain,
    plain_column,
    removal,
    renamed,
    unfit,
)
from leerwerk.effects.errors import (
    ArmsError,
    ClusterError,
    CollinearCovariatesError,
    ColumnError,
    ConstantCovariateError,
    FormulaError,
    FrameError,
    MissingColumnError,
    MissingValuesError,
    OutcomeError,
    WeightsError,
)
from leerwerk.effects.glm import Floats, Integers, blocks
from leerwerk.effects.messages import Text

# Relative length of what earlier covariates leave of a column: polynomials of a calendar year stay above it,
# rounding stays below.
COLLINEAR = 1e-9
_WORD = re.compile(r"(?:`[^`]*`|\S)+")


@dataclass(frozen=True)
class Formula:
    """A formula's left-hand column, its right-hand side, and the columns that the right-hand side needs."""

    response: str
    terms: str
    columns: tuple[str, ...]

    @property
    def words(self) -> list[str]:
        """The right-hand side without the spaces between its words; those in a quoted name are the name's."""
        return _WORD.findall(self.terms)


@dataclass(frozen=True)
class Arms:
    """The arms of a treatment, the reference first, and each row's code."""

    labels: tuple[Any, ...]
    codes: Integers


@dataclass(frozen=True)
class Design:
    """Columns (rows, columns) rotated to unit mean square and no correlation; `matrix @ upper` are the originals.

    Column j of the rotated matrix is a combination of the original columns up to j. Every estimate here depends on
    the columns' span only; the rotation keeps Newton's method well conditioned.
    """

    matrix: Floats
    upper: Floats
    names: tuple[str, ...]

    def check_arm(self, rows: slice, arm: Any) -> None:
        """Refuse columns that are constant or collinear within one arm."""
        # Of a column that is zero in the arm the rotation leaves rounding: it is measured by the column in all rows.
        whole = np.linalg.norm(self.upper, axis=0) * np.sqrt(rows.stop - rows.start)
        check_rank(triangle(self.matrix[rows]) @ self.upper, self.names, arm, whole)


def parse(formula: str) -> Formula:
    """Split `y ~ a + b`. Formulaic reads the right-hand side: it is maintained, and imported on first use only."""
    from formulaic import Formula as Terms
    from formulaic import SimpleFormula

    response, tilde, terms = formula.partition("~")
    response = response.strip().strip("`")
    if not tilde or not response or not terms.strip() or "~" in terms:
        raise FormulaError("incomplete", formula=formula)
    try:
        parsed = Terms(terms)
        again = Terms(renamed(terms)) if "`" in terms else parsed
    except Exception as error:  # a formula is code, and may fail as any code
        raise FormulaError("unreadable", formula=formula) from error
    if not isinstance(parsed, SimpleFormula):
        raise FormulaError("two_parts", formula=formula)
    if sizes(parsed) != sizes(again):
        raise FormulaError("ambiguous_name", formula=formula)
    factors = [factor for term in parsed for factor in term.factors]
    if not factors:
        raise FormulaError("no_terms", formula=formula)
    columns = tuple(sorted({name for factor in factors for name in named_in(factor)}))
    if response in columns:
        raise FormulaError("both_sides", formula=formula, name=response)
    return Formula(response, terms, columns)


def sizes(parsed: Any) -> tuple[int, int]:
    """How many terms there are, and how many different factors in them: formulaic tells factors apart by their text."""
    return len(parsed), len({factor.expr for term in parsed for factor in term.factors})


def require(frame: pd.DataFrame, columns: list[str], cluster: str | None = None, weights: str | None = None) -> None:
    """Refuse what is no table, absent or double columns, and missing or infinite values in those that are there."""
    named = {"cluster": cluster, "weights": weights}
    for option, name in named.items():
        if not isinstance(name, str | None):
            raise FrameError("no_name", option=option, name=name)
    for column in dict.fromkeys(columns + [name for name in named.values() if name is not None]):
        found = column_of(frame, column)
        missing = int(found.isna().sum() + infinite(found))
        if missing:
            raise MissingValuesError("missing_values", name=column, missing=missing)


def column_of(frame: pd.DataFrame, name: str) -> pd.Series:
    """The one column of that name in a table with rows."""
    if not isinstance(frame, pd.DataFrame):
        raise FrameError("no_table", kind=type(frame).__name__)
    if not len(frame):
        raise MissingValuesError("no_rows")
    if name not in frame.columns:
        raise MissingColumnError("no_column", name=name, known=", ".join(map(str, frame.columns)))
    found = frame[name]
    if isinstance(found, pd.DataFrame):
        raise ColumnError("two_columns", name=name)
    return found


def read_arms(column: pd.Series) -> Arms:
    """The arms, first category first; without categories in sorted order, so that False and 0 are the reference."""
    categories = in_categories(column)
    codes, labels = (
        categories.cat.codes.to_numpy(np.intp).astype(np.intp),
        tuple(categories.cat.categories.tolist()),
    )
    counts = np.bincount(codes, minlength=len(labels))
    if (counts > 0).sum() < 2:
        raise ArmsError("one_group", name=column.name)
    if not counts.all():
        empty = ", ".join(repr(label) for label, count in zip(labels, counts, strict=True) if not count)
        raise ArmsError("empty_groups", name=column.name, empty=empty, removal=removal(column))
    if counts.min() < 2:
        raise ArmsError("one_row", arm=labels[counts.argmin()])
    return Arms(labels, codes)


def read_outcome(column: pd.Series, binary: bool) -> Floats:
    """The outcome as numbers, 0/1 if a logit will explain it."""
    values = plain_column(column)
    if values.dtype.kind not in "fb":
        raise OutcomeError("no_number", name=column.name)
    values = values.to_numpy(np.float64)
    if binary and not np.isin(values, (0.0, 1.0)).all():
        raise OutcomeError("not_binary", name=column.name)
    return values


def filled_outcome(column: pd.Series, binary: bool) -> Floats:
    """The outcome as numbers, zero where it is missing: what that row's outcome adds has weight zero."""
    seen = column.notna().to_numpy()
    values = np.zeros(len(column))
    values[seen] = read_outcome(column[seen], binary)
    if not np.isfinite(values).all():
        raise OutcomeError("infinite_outcome", name=column.name)
    return values


def read_weights(column: pd.Series) -> Floats:
    """Sampling weights, positive, one on average: their unit says nothing of an average."""
    values = plain_column(column)
    if values.dtype.kind != "f" or not (values > 0).all():
        raise WeightsError("weights", name=column.name)
    return (values / values.mean()).to_numpy(np.float64)


def read_clusters(column: pd.Series, arms: Arms) -> Integers:
    """Each row's cluster as a code; refused where some arm lies in one, which says nothing of how clusters differ."""
    found = cluster_codes(column)
    if not found.any():
        raise ClusterError("one_cluster", name=column.name)
    for label, count in zip(arms.labels, clusters_by_arm(arms, found), strict=True):
        if count == 1:
            raise ClusterError("group_in_one_cluster", arm=label, name=column.name)
    return found


def cluster_codes(column: pd.Series) -> Integers:
    """Each row's cluster as a code, from 0."""
    try:
        # Arrow counts the labels of a dictionary that have no rows.
        return np.asarray(pd.factorize(column.astype("category") if is_category(column) else column)[0], dtype=np.intp)
    except (TypeError, NotImplementedError) as error:
        raise unfit(column) from error


def clusters_by_arm(arms: Arms, clusters: Integers) -> Integers:
    """How many clusters have rows of each arm."""
    there = np.zeros((len(arms.labels), int(clusters.max()) + 1), dtype=bool)
    there[arms.codes, clusters] = True
    return there.sum(axis=1)


def read_design(frame: pd.DataFrame, formula: Formula, order: Integers) -> Design:
    """The formula's columns, rows in the given order, rotated."""
    return rotate(read_terms(plain(frame, list(formula.columns)), formula, formula.terms), order)


def read_designs(
    frame: pd.DataFrame, formula: Formula, arm: str, arms: Arms, order: Integers
) -> tuple[Design, list[Floats]]:
    """The same, with beside it what its columns would be if every row were in each arm, the arm being one of the traits."""
    data = plain(frame, list(formula.columns))
    raw = read_terms(data, formula, formula.terms)
    design = rotate(raw, order)
    inverse, elsewhere = np.linalg.inv(design.upper), []
    for code in range(len(arms.labels)):
        first = np.full(len(data), np.flatnonzero(arms.codes == code)[0])
        moved = data.assign(**{arm: data[arm].take(first).set_axis(data.index)})
        elsewhere.append(np.take(np.asarray(read_terms(moved, formula, raw.model_spec)), order, axis=0) @ inverse)
    return design, elsewhere


def read_terms(data: pd.DataFrame, formula: Formula, spec: Any) -> Any:
    """Formulaic's matrix of plain columns, by the formula's terms or as an earlier matrix was made."""
    from formulaic import model_matrix

    try:
        # What cannot be computed on some rows is refused below, by name.
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            raw = model_matrix(spec, data, output="numpy", na_action="ignore", context={})
    except Exception as error:  # as in `parse`
        reason = " ".join(str(error).split())
        raise FormulaError("uncomputable", terms=formula.terms.strip(), reason=reason) from error
    # Formulaic ties the columns into circles, which would keep them until a collection that may be far away.
    gc.collect(1)
    if raw.dtype.kind not in "fiub" or not np.isfinite(raw).all():
        raise MissingValuesError("no_numbers", terms=formula.terms.strip())
    return raw


def rotate(raw: Any, order: Integers) -> Design:
    """Formulaic's matrix with its rows in the given order, rotated; refused where a column follows from others."""
    names = tuple(map(str, raw.model_spec.column_names))
    matrix = np.take(np.asarray(raw, dtype=np.float64), order, axis=0)
    upper = triangle(matrix)
    check_rank(upper, names)
    upper /= np.sqrt(len(matrix))
    inverse = np.linalg.inv(upper)
    for rows in blocks(len(matrix), matrix.shape[1]):
        matrix[rows] = matrix[rows] @ inverse
    return Design(matrix, upper, names)


def triangle(matrix: Floats) -> Floats:
    """The R of a QR decomposition, in blocks: no copy of a large matrix is made."""
    columns = matrix.shape[1]
    upper = np.zeros((0, columns))
    for rows in blocks(len(matrix), columns):
        upper = np.asarray(np.linalg.qr(np.concatenate([upper, matrix[rows]]), mode="r"))
    padding = np.zeros((max(0, columns - len(upper)), columns))
    return np.concatenate([upper, padding])


def check_rank(upper: Floats, names: tuple[str, ...], arm: Any = None, scale: Floats | None = None) -> None:
    """Refuse the first column that is nothing beside its scale, or that earlier ones explain, naming them."""
    where = Text("nowhere") if arm is None else Text("in_group", arm=arm)
    length = np.linalg.norm(upper, axis=0)
    least = COLLINEAR * (length if scale is None else scale)
    for column, name in enumerate(names):
        if abs(upper[column, column]) > least[column]:
            continue
        if length[column] <= least[column]:
            raise ConstantCovariateError("constant", name=name, where=where)
        recipe = np.linalg.solve(upper[:column, :column], upper[:column, column])
        share = np.abs(recipe) * length[:column]
        partners = [other for other, size in zip(names, share, strict=False) if size > 1e-6 * share.max(initial=0.0)]
        if partners in ([], ["Intercept"]):
            raise ConstantCovariateError("constant", name=name, where=where)
        # The columns of a natural or cyclic spline add up to one, which the intercept is already.
        remedy = Text("centre" if name.startswith(("cr(", "cc(")) else "drop_one")
        raise CollinearCovariatesError("collinear", name=name, where=where, partners=", ".join(partners), remedy=remedy)
