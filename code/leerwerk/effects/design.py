"""From a frame and two formulas to the arrays that the estimators work on, refusing what they could not survive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from leerwerk.effects.columns import named_in, plain, plain_column
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
    from formulaic import SimpleFormula
    from formulaic.errors import FormulaicError

    response, tilde, terms = formula.partition("~")
    response = response.strip().strip("`")
    if not tilde or not response or not terms.strip() or "~" in terms:
        raise FormulaError(f"Formule {formula!r} is onvolledig: schrijf ze als 'uitkomst ~ kenmerk + kenmerk'.")
    try:
        parsed = Terms(terms)
    except FormulaicError as error:
        raise FormulaError(f"De formule {formula!r} is niet leesbaar: controleer haakjes en plustekens.") from error
    if not isinstance(parsed, SimpleFormula):
        raise FormulaError(
            f"In {formula!r} scheidt een teken twee delen: verbind kenmerken met +, of met : en * voor samen."
        )
    factors = [factor for term in parsed for factor in term.factors]
    if not factors:
        raise FormulaError(f"In {formula!r} blijft rechts niets over: schrijf '~ 1' voor geen kenmerken.")
    columns = tuple(sorted({name for factor in factors for name in named_in(factor)}))
    if response in columns:
        raise FormulaError(f"In {formula!r} staat {response!r} aan beide kanten: haal het rechts weg.")
    return Formula(response, terms, columns)


def require(frame: pd.DataFrame, columns: list[str], cluster: str | None = None, weights: str | None = None) -> None:
    """Refuse what is no table, absent or double columns, and missing or infinite values in those that are there."""
    named = {"cluster": cluster, "weights": weights}
    for option, name in named.items():
        if not isinstance(name, str | None):
            raise FrameError(f"{option}={name!r} is geen naam: zet de waarden in een kolom en geef haar naam.")
    for column in columns + [name for name in named.values() if name]:
        found = column_of(frame, column)
        missing = int(found.isna().sum() + infinite(found))
        if missing:
            raise MissingValuesError(
                f"Kolom {column!r} heeft {missing} ontbrekende of oneindige waarden: vul ze aan of laat die rijen "
                "uitdrukkelijk weg."
            )


def column_of(frame: pd.DataFrame, name: str) -> pd.Series:
    """The one column of that name in a table with rows."""
    if not isinstance(frame, pd.DataFrame):
        raise FrameError(
            f"Dit is geen DataFrame maar een {type(frame).__name__}: geef een tabel met benoemde kolommen."
        )
    if not len(frame):
        raise MissingValuesError("De tabel heeft geen rijen: controleer de selectie.")
    if name not in frame.columns:
        known = ", ".join(map(str, frame.columns))
        raise MissingColumnError(f"Kolom {name!r} ontbreekt: pas de formule aan. Wel aanwezig: {known}.")
    found = frame[name]
    if isinstance(found, pd.DataFrame):
        raise ColumnError(f"Er zijn twee kolommen met de naam {name!r}: geef er een een andere naam.")
    return found


def infinite(column: pd.Series) -> int:
    """How many values are infinite."""
    if not pd.api.types.is_float_dtype(column.dtype):
        return 0
    return int((~np.isfinite(column.dropna().to_numpy(np.float64))).sum())


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
    if counts.min() < 2:
        raise ArmsError(
            f"Groep {labels[counts.argmin()]!r} heeft maar één rij: hoe zeker haar cijfer is, volgt daar niet uit."
        )
    return Arms(labels, codes)


def read_outcome(column: pd.Series, binary: bool) -> Floats:
    """The outcome as numbers, 0/1 if a logit will explain it."""
    values = plain_column(column)
    if values.dtype.kind not in "fb":
        raise OutcomeError(f"Uitkomst {column.name!r} is geen getal: codeer ze als 0/1 of als getal.")
    values = values.to_numpy(np.float64)
    if binary and not np.isin(values, (0.0, 1.0)).all():
        raise OutcomeError(
            f"Uitkomst {column.name!r} heeft andere waarden dan 0 en 1: kies outcome_family='linear' of hercodeer."
        )
    return values


def filled_outcome(column: pd.Series, binary: bool) -> Floats:
    """The outcome as numbers, zero where it is missing: what that row's outcome adds has weight zero."""
    seen = column.notna().to_numpy()
    values = np.zeros(len(column))
    values[seen] = read_outcome(column[seen], binary)
    if not np.isfinite(values).all():
        raise OutcomeError(f"Uitkomst {column.name!r} heeft oneindige waarden: vul ze aan of maak ze leeg.")
    return values


def read_weights(column: pd.Series) -> Floats:
    """Sampling weights, positive, one on average: their unit says nothing of an average."""
    values = plain_column(column)
    if values.dtype.kind != "f" or not (values > 0).all():
        raise WeightsError(
            f"Kolom {column.name!r} heeft gewichten die geen positief getal zijn: laat rijen zonder gewicht uitdrukkelijk weg."
        )
    return (values / values.mean()).to_numpy(np.float64)


def read_clusters(column: pd.Series, arms: Arms) -> Integers:
    """Each row's cluster as a code; refused where some arm lies in one, which says nothing of how clusters differ."""
    found = cluster_codes(column)
    if not found.any():
        raise ClusterError(f"Kolom {column.name!r} telt maar één cluster: daar volgt geen standaardfout uit.")
    for label, count in zip(arms.labels, clusters_by_arm(arms, found), strict=True):
        if count == 1:
            raise ClusterError(
                f"Groep {label!r} zit helemaal in één cluster van {column.name!r}: een verschil met andere groepen kan ook van die"
                " ene cluster komen, en een standaardfout volgt er niet uit."
            )
    return found


def cluster_codes(column: pd.Series) -> Integers:
    """Each row's cluster as a code, from 0."""
    return np.asarray(pd.factorize(column)[0], dtype=np.intp)


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
    from formulaic.errors import FormulaicError

    try:
        # What cannot be computed on some rows is refused below, by name.
        with np.errstate(divide="ignore", invalid="ignore"):
            raw = model_matrix(spec, data, output="numpy", na_action="ignore", context={})
    except (FormulaicError, TypeError, ValueError, NameError) as error:
        reason = " ".join(str(error).split())
        raise FormulaError(f"De termen {formula.terms.strip()!r} zijn niet te berekenen: {reason}") from error
    if not np.isfinite(raw).all():
        raise MissingValuesError(f"De termen {formula.terms.strip()!r} leveren waarden op die geen getal zijn.")
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
        # The columns of a natural or cyclic spline add up to one, which the intercept is already.
        remedy = (
            "zet er constraints='center' bij" if name.startswith(("cr(", "cc(")) else "haal een van die kenmerken weg"
        )
        raise CollinearCovariatesError(f"Kenmerk {name!r} volgt{where} volledig uit {', '.join(partners)}: {remedy}.")
