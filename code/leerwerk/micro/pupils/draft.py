"""An answer before disclosure control: which pupils it counts, and how it follows from their numbers.

A mask is a boolean array with one element per pupil of a table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from ledger.proportions import share
from ledger.quantity import Evidence, Quantity, direction

Mask: TypeAlias = npt.NDArray[np.bool_]
Count = Callable[[Mask], int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What one answer rests on.

    Parameters
    ----------
    population
        The pupils whom it is about.
    cells
        Every group whose size the answer could give away, by what it counts: of a share the pupils with and without the trait,
        of an effect those of each arm with and without the outcome.
    compute
        The answer, of evidence `unreleased`, from the sizes of groups as a function counts them: exactly, or rounded. What no
        number of pupils gives, an estimate, takes no notice.
    is_share
        Whether the answer is the size of the first cell over that of the population, so that it tells both.
    size
        The effect behind a direction.
    residual
        Residual degrees of freedom of the models behind an estimate.
    amounts
        What each pupil adds to a sum or mean.
    """

    population: Mask
    cells: Mapping[str, Mask]
    compute: Callable[[Count], Quantity]
    is_share: bool = False
    size: Callable[[], Quantity] | None = None
    residual: int | None = None
    amounts: npt.NDArray[np.floating] | None = field(default=None, repr=False)

    def exactly(self, evidence: Evidence) -> Quantity:
        """The answer from the true sizes, for records that are nobody's."""
        return replace(self.compute(exact), evidence=evidence)


def exact(group: Mask) -> int:
    """The number of pupils in a group."""
    return int(np.count_nonzero(group))


def share_of(trait: str, having: pd.Series, among: pd.Series | None = None) -> Draft:
    """The share of a group, or of all, that has a trait, with Wilson's interval."""
    population = np.ones(len(having), bool) if among is None else among.to_numpy(bool)
    inside = having.to_numpy(bool) & population
    return Draft(
        population=population,
        cells=_two(trait, inside, population),
        compute=lambda count: share(count(inside), count(population), "unreleased"),
        is_share=True,
    )


def majority(trait: str, having: pd.Series, groups: Mapping[str, pd.Series]) -> Draft:
    """The direction that the share with a trait has from a half in every one of some groups, by its 95% interval."""
    has = having.to_numpy(bool)
    masks = {name: group.to_numpy(bool) for name, group in groups.items()}
    everyone = np.logical_or.reduce(list(masks.values()))

    def compute(count: Count) -> Quantity:
        shares = [share(count(group & has), count(group), "unreleased") for group in masks.values()]
        ends = [end - 0.5 for found in shares for end in (found.lower, found.upper) if end is not None]
        return direction(min(ends), max(ends), "unreleased", n=sum(map(count, masks.values())))

    cells: dict[str, Mask] = {}
    for name, group in masks.items():
        cells |= _two(f"{trait} in {name}", group & has, group)
    return Draft(population=everyone, cells=cells, compute=compute)


def outcome_cells(outcome: pd.Series, arms: Mapping[str, Mask]) -> dict[str, Mask]:
    """The cells of an effect on a 0/1 outcome: every arm with it and without it."""
    having = outcome.to_numpy() == 1
    return {
        label: mask
        for arm, group in arms.items()
        for label, mask in _two(f"{outcome.name} bij {arm}", having & group, group).items()
    }


def _two(what: str, inside: Mask, population: Mask) -> dict[str, Mask]:
    return {f"{what}: wel": inside, f"{what}: niet": population & ~inside}
