"""Small-cell rules: what may leave the room where real pupil records lie.

Rules of thumb for research output (Brandt et al. 2010, Guidelines for the checking of output based on microdata
research, ESSnet SDC, section 3): at least ten pupils in every cell, and no cell that others give away. Synthetic records
are nobody's, so nothing is withheld from them.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from ledger.quantity import Evidence

SMALLEST_CELL = 10


class DisclosureError(Exception):
    """A result rests on so few pupils that it could tell something about one of them. It is not printed."""


def is_small(count: float) -> bool:
    """Whether a cell is too small to show; an empty one says that nobody is in it, which may be said."""
    return 0 < count < SMALLEST_CELL


def require_cells(evidence: Evidence, **cells: float) -> None:
    """Refuse a result of which some cell is small.

    Parameters
    ----------
    evidence
        Nothing is refused unless it is `restricted`.
    cells
        Every count that the result gives away, by what it counts: of a share the pupils with the trait and those without.

    Raises
    ------
    DisclosureError
        Naming the cell, not its size.
    """
    small = [name for name, count in cells.items() if is_small(count)]
    if evidence == "restricted" and small:
        raise DisclosureError(
            f"Minder dan {SMALLEST_CELL} leerlingen in cel '{small[0]}': dit cijfer mag niet naar buiten."
            " Neem groepen samen, of laat het weg."
        )


def require_share(evidence: Evidence, what: str, having: float, total: float) -> None:
    """Refuse a share that rests on few pupils with the trait, or on few without it; see `require_cells`."""
    require_cells(evidence, **{f"{what}: wel": having, f"{what}: niet": total - having})


def require_outcomes(evidence: Evidence, frame: pd.DataFrame, arms: str, outcomes: Iterable[str]) -> None:
    """Refuse effects of which some arm has few pupils with, or without, a 0/1 outcome."""
    for outcome in outcomes:
        groups = frame.groupby(arms, observed=True)[outcome].agg(["sum", "count"])
        for arm, having, total in groups.itertuples():
            require_share(evidence, f"{outcome} bij {arms} {arm}", having, total)


def suppress(table: pd.DataFrame) -> pd.DataFrame:
    """A table of counts with small cells missing, and others too where totals would give them away.

    A single missing cell in a row or column follows from its total: the smallest other cell there goes too, until no
    row or column has exactly one missing cell. This guards against subtraction, not against linear programming.

    Parameters
    ----------
    table
        Counts, one cell per combination, at least two rows and two columns; totals may be published beside it.

    Raises
    ------
    ValueError
        For a table of one row or column, where the total is the cell.
    """
    if min(table.shape) < 2:
        raise ValueError("a table of one row or column gives its cells away by its totals")
    counts = table.to_numpy(dtype=float)
    hidden = (counts > 0) & (counts < SMALLEST_CELL)
    while (line := _exposed(hidden)) is not None:
        # Empty cells last: that nobody is there often follows from what is published about the programmes.
        order = np.where(hidden[line], np.inf, np.where(counts[line] > 0, counts[line], np.finfo(float).max))
        hidden[line] |= np.arange(len(order)) == order.argmin()
    return table.astype(float).mask(hidden)


def _exposed(hidden: np.ndarray) -> tuple[slice | int, ...] | None:
    """The first row, else column, with exactly one missing cell."""
    rows, columns = (np.flatnonzero(hidden.sum(axis=axis) == 1) for axis in (1, 0))
    if len(rows):
        return (int(rows[0]), slice(None))
    return (slice(None), int(columns[0])) if len(columns) else None
