"""From a frame and two formulas to the arrays that the estimators work on, refusing what they could not survive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from leerwerk.effects.errors import (
    ArmsError,
    ClusterError,
    CollinearCovariatesError,
    ConstantCovariateError,
    FormulaError,
    MissingColumnError,
    MissingValuesError,
    OutcomeError,
)
from leerwerk.effects.glm import Floats, Integers, blocks

# Relative length of what earlier covariates leave of a column: polynomials of a calendar year stay above it,
# rounding stays below.
COLLINEAR = 1e-9


@dataclass(frozen=True)
class Formula:
    """A formula's left-hand column, its right-hand side, and the columns that the right-hand side needs."""

    response: str
    terms: str
    columns: tuple[str, ...]


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
        check_rank(triangle(self.matrix[rows]) @ self.upper, self.names, arm)


def parse(formula: str) -> Formula:
    """Split `y ~ a + b`. Formulaic reads the right-hand side: it is maintained, and imported on first use only."""
    from formulaic import Formula as Terms
    from formulaic.errors import FormulaicError

    response, tilde, terms = formula.partition("~")
    response = response.strip().strip("`")
    if not tilde or not response or not terms.strip() or "~" in terms:
        raise FormulaError(f"Formule {formula!r} is onvolledig: schrijf ze als 'uitkomst ~ kenmerk + kenmerk'.")
    try:
        columns = tuple(sorted(map(str, Terms(terms).required_variables)))
    except FormulaicError as error:
        raise FormulaError(f"De formule {formula!r} is niet leesbaar: controleer haakjes en plustekens.") from error
    if response in columns:
        raise FormulaError(f"In {formula!r} staat {response!r} aan beide kanten: haal het rechts weg.")
    return Formula(response, terms, columns)


def require(frame: pd.DataFrame, columns: list[str]) -> None:
    """Refuse absent columns, and missing or infinite values in those that are there."""
    if not len(frame):
        raise MissingValuesError("De tabel heeft geen rijen: controleer de selectie.")
    for column in columns:
        if column not in frame.columns:
            known = ", ".join(map(str, frame.columns))
            raise MissingColumnError(f"Kolom {column!r} ontbreekt: pas de formule aan. Wel aanwezig: {known}.")
        missing = int(frame[column].isna().sum() + infinite(frame[column]))
        if missing:
            raise MissingValuesError(
                f"Kolom {column!r} heeft {missing} ontbrekende of oneindige waarden: vul ze aan of laat die rijen "
                "uitdrukkelijk weg."
            )


def infinite(column: pd.Series) -> int:
    """How many values are infinite."""
    return int(np.isinf(column.to_numpy()).sum()) if column.dtype.kind == "f" else 0


def read_arms(column: pd.Series) -> Arms:
    """The arms, first category first; without categories in sorted order, so that False and 0 are the reference."""
    categories = column.astype("category")
    codes, labels = (
        categories.cat.codes.to_numpy(np.intp).astype(np.intp),
        tuple(categories.cat.categories.tolist()),
    )
    counts = np.bincount(codes, minlength=len(labels))
    if (counts > 0).sum() < 2:
        raise ArmsError(f"Behandeling {column.name!r} heeft maar één groep: er valt niets te vergelijken.")
    if not counts.all():
        empty = ", ".join(repr(label) for label, count in zip(labels, counts, strict=True) if not count)
        raise ArmsError(
            f"Behandeling {column.name!r} heeft groepen zonder rijen ({empty}): verwijder die categorieën met "
            ".cat.remove_unused_categories()."
        )
    return Arms(labels, codes)


def read_outcome(column: pd.Series, binary: bool) -> Floats:
    """The outcome as numbers, 0/1 if a logit will explain it."""
    if not (pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column)):
        raise OutcomeError(f"Uitkomst {column.name!r} is geen getal: codeer ze als 0/1 of als getal.")
    values = column.to_numpy(np.float64)
    if binary and not np.isin(values, (0.0, 1.0)).all():
        raise OutcomeError(
            f"Uitkomst {column.name!r} heeft andere waarden dan 0 en 1: kies outcome_family='linear' of hercodeer."
        )
    return values


def read_clusters(column: pd.Series) -> Integers:
    """Each row's cluster as a code."""
    codes, labels = pd.factorize(column)
    if len(labels) < 2:
        raise ClusterError(f"Kolom {column.name!r} telt maar één cluster: daar volgt geen standaardfout uit.")
    return np.asarray(codes, dtype=np.intp)


def read_design(frame: pd.DataFrame, formula: Formula, order: Integers) -> Design:
    """The formula's columns, rows in the given order, rotated."""
    from formulaic import model_matrix
    from formulaic.errors import FormulaicError

    try:
        # What cannot be computed on some rows is refused below, by name.
        with np.errstate(divide="ignore", invalid="ignore"):
            raw: Any = model_matrix(
                formula.terms, frame[list(formula.columns)], output="numpy", na_action="ignore", context={}
            )
    except (FormulaicError, TypeError, ValueError, NameError) as error:
        reason = " ".join(str(error).split())
        raise FormulaError(f"De termen {formula.terms.strip()!r} zijn niet te berekenen: {reason}") from error
    names = tuple(map(str, raw.model_spec.column_names))
    matrix = np.take(np.asarray(raw, dtype=np.float64), order, axis=0)
    if not np.isfinite(matrix).all():
        raise MissingValuesError(f"De termen {formula.terms.strip()!r} leveren waarden op die geen getal zijn.")
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


def check_rank(upper: Floats, names: tuple[str, ...], arm: Any = None) -> None:
    """Refuse the first column that earlier ones explain, naming them."""
    where = "" if arm is None else f" in groep {arm!r}"
    length = np.linalg.norm(upper, axis=0)
    for column, name in enumerate(names):
        if abs(upper[column, column]) > COLLINEAR * length[column]:
            continue
        recipe = np.linalg.solve(upper[:column, :column], upper[:column, column])
        share = np.abs(recipe) * length[:column]
        partners = [other for other, size in zip(names, share, strict=False) if size > 1e-6 * share.max(initial=0.0)]
        if partners in ([], ["Intercept"]):
            raise ConstantCovariateError(f"Kenmerk {name!r} heeft overal dezelfde waarde{where}: haal het weg.")
        raise CollinearCovariatesError(
            f"Kenmerk {name!r} volgt{where} volledig uit {', '.join(partners)}: haal een van die kenmerken weg."
        )
