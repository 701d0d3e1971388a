"""Small-cell rules: what may leave the room where real pupil records lie.

Rules of thumb for research output (Brandt et al. 2010, Guidelines for the checking of output based on microdata
research, ESSnet SDC, section 3): at least ten pupils in every cell. Synthetic records are nobody's, so nothing is
withheld from them.
"""

from __future__ import annotations

from collections.abc import Iterable

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
