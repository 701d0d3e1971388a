"""What rounded shares give away together: an attacker who solves for the cells behind them, and what to hold back from him.

The cells of an attack are the atoms: groups of pupils that no group of any answer divides, those without a pupil too, for that
is what nobody may know. What is published bounds sums of atoms; an atom is protected if those bounds do not prove that it is
small (linear programming, Hundepool et al. 2012, 4.4; the fewest answers to withhold: Fischetti and Salazar 2001, here a
covering problem whose rows are found as they are needed).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from leerwerk.micro.pupils.draft import Draft, Mask

SMALLEST_CELL = 10
# Counts are rounded to a multiple of five first; a true count is at most two away.
BASE = 5
SLACK = BASE // 2
Floats = npt.NDArray[np.float64]
Drafts: TypeAlias = Mapping[str, Draft]


def rounded_count(count: int) -> int:
    """A count to the nearest multiple of `BASE`, which is never halfway."""
    return BASE * ((count + SLACK) // BASE)


@dataclass(frozen=True)
class Atoms:
    """Groups that no mask divides: `holds` (masks, atoms) says which masks each is in, `sizes` (atoms,) how many pupils."""

    masks: Sequence[Mask]
    holds: npt.NDArray[np.bool_]
    sizes: npt.NDArray[np.int64]

    def row(self, mask: Mask) -> npt.NDArray[np.bool_]:
        """Which atoms a mask of theirs holds."""
        return self.holds[next(number for number, each in enumerate(self.masks) if each is mask)]


@dataclass(frozen=True)
class Known:
    """Linear knowledge of an attacker: `lower <= rows @ sizes <= upper`, and whose answer each row comes from."""

    rows: Floats
    lower: Floats
    upper: Floats
    names: Sequence[str]


def suppressed(drafts: Drafts, possible: Drafts, passing: Drafts) -> set[str]:
    """The fewest of the passing answers to withhold, so that those left prove no cell and no difference of populations small.

    Parameters
    ----------
    drafts
        All answers from one table; the cells of those that are withheld already need protection too.
    possible
        The same of a table with every pupil that there could be.
    passing
        Those that may leave by themselves.
    """
    atoms = atoms_of(drafts, possible)
    conflicts = {frozenset(pair) for pair in _close(passing, atoms)}
    while True:
        gone = _cheapest(list(passing), conflicts)
        proof = _proof(atoms, {name: draft for name, draft in passing.items() if name not in gone})
        if proof is None:
            return gone
        conflicts.add(proof)


def atoms_of(drafts: Drafts, possible: Drafts) -> Atoms:
    """The atoms of all populations and cells."""
    masks = list(_masks(drafts))
    # Each mask divides the groups so far; those without pupils lose their number, so that numbers stay small.
    group = np.zeros(len(masks[0]), np.int32)
    for mask in masks:
        group = 2 * group + mask
        group = (np.cumsum(np.bincount(group) > 0, dtype=np.int32) - 1)[group]
    sizes = np.bincount(group)
    one = np.zeros(len(sizes), np.int64)  # a pupil of each atom stands for it
    one[group] = np.arange(len(group))
    occupied = np.array([mask[one] for mask in masks])
    every = np.unique(np.hstack([occupied, np.array(list(_masks(possible)))]), axis=1)
    known = {column.tobytes(): size for column, size in zip(occupied.T, sizes, strict=True)}
    return Atoms(masks, every, np.array([known.get(column.tobytes(), 0) for column in every.T]))


def _masks(drafts: Drafts) -> Iterator[Mask]:
    for draft in drafts.values():
        yield from (draft.population, *draft.cells.values())


def _close(passing: Drafts, atoms: Atoms) -> Iterator[tuple[str, str]]:
    """Pairs of answers whose populations differ by a few pupils: the difference of the answers would be about those."""
    populations = {name: atoms.row(draft.population) for name, draft in passing.items()}
    for one, here in populations.items():
        for other, there in populations.items():
            if 0 < atoms.sizes[here & ~there].sum() < SMALLEST_CELL:
                yield one, other


def _cheapest(names: list[str], conflicts: set[frozenset[str]]) -> set[str]:
    """The smallest set of names that holds one of every conflict; the later name where two do as well."""
    if not conflicts:
        return set()
    from scipy.optimize import LinearConstraint, milp

    rows = np.array([[name in conflict for name in names] for conflict in sorted(conflicts, key=sorted)], float)
    # So little for its place that it never outweighs one answer more.
    cost = 1 + np.arange(len(names))[::-1] / (len(names) + 1) ** 2
    found = milp(cost, constraints=LinearConstraint(rows, 1, np.inf), integrality=np.ones(len(names)), bounds=(0, 1))
    return {name for name, chosen in zip(names, found.x, strict=True) if chosen > 0.5}


def _proof(atoms: Atoms, published: Drafts) -> frozenset[str] | None:
    """Answers that together prove some atom small; None if nothing does."""
    known = knowledge(atoms, published)
    if not known.names:
        return None
    for number in np.flatnonzero(atoms.sizes < SMALLEST_CELL):
        upper, names = largest(known, np.eye(len(atoms.sizes))[number])
        if upper < SMALLEST_CELL:
            return names
    return None


def knowledge(atoms: Atoms, published: Drafts) -> Known:
    """What published answers say of sums of atoms: their cells are not small, and a share gives two rounded counts."""
    found: list[tuple[npt.NDArray[np.bool_], float, float, str]] = []
    for name, draft in published.items():
        cells = [atoms.row(cell) for cell in draft.cells.values()]
        found += [(row, SMALLEST_CELL, np.inf, name) for row in cells]
        if draft.is_share:
            for row in (cells[0], atoms.row(draft.population)):
                count = rounded_count(int(atoms.sizes[row].sum()))
                found.append((row, count - SLACK, count + SLACK, name))
    rows, lower, upper, names = zip(*found, strict=True) if found else ((), (), (), ())
    return Known(np.array(rows, float), np.array(lower, float), np.array(upper, float), names)


def largest(known: Known, weights: Floats) -> tuple[float, frozenset[str]]:
    """The largest weighted sum of whole atoms that an attacker must hold possible, and whose answers keep it there."""
    from scipy.optimize import LinearConstraint, linprog, milp

    finite = np.isfinite(known.upper)
    rows = np.vstack([known.rows[finite], -known.rows])
    bounds = np.concatenate([known.upper[finite], -known.lower])
    names = [name for name, is_bound in zip(known.names, finite, strict=True) if is_bound] + list(known.names)
    found = linprog(-weights, A_ub=rows, b_ub=bounds, bounds=(0, None), method="highs")
    if found.status == 3:  # unbounded: nothing published says a thing about it
        return np.inf, frozenset()
    whole = milp(-weights, constraints=LinearConstraint(rows, ub=bounds), integrality=np.ones(len(weights)))
    tight = np.abs(found.ineqlin.marginals) > 1e-9
    # Where only whole numbers make the proof, no bound alone stands for it: any answer may.
    counts = names if -found.fun >= SMALLEST_CELL > -whole.fun else [names[row] for row in np.flatnonzero(tight)]
    return float(np.round(-whole.fun)), frozenset(counts)
