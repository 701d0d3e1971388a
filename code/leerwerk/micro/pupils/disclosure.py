"""Disclosure control: the one place where a number leaves restricted records.

Rules of thumb for research output: Brandt et al. (2010), Guidelines for the checking of output based on microdata research,
ESSnet SDC, section 3 (frequencies, linear regression); Hundepool et al. (2012), Statistical disclosure control, sections 4.2
(dominance), 4.4 (secondary suppression) and 5.4 (rounding).
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from ledger.claim import Unsettled, Withheld
from ledger.quantity import DIGITS, Quantity, Released, significant
from leerwerk.effects.errors import EffectsError, EffectsWarning
from leerwerk.micro.pupils import protection
from leerwerk.micro.pupils.draft import Draft, Mask, exact
from leerwerk.micro.pupils.protection import SLACK, SMALLEST_CELL, rounded_count

# Brandt et al. 2010, 3.1: "at least 10 units" in a cell, and 3.5: "at least 10 degrees of freedom" left in a model.
RESIDUAL_DEGREES = 10
# Hundepool et al. 2012, 4.2.2: the (n, k) rule, here n = 2 persons and k = 90% of a total.
LARGEST, DOMINANCE = 2, 0.9
# A share that rounds to nobody or to everybody tells something of each of them (Brandt et al. 2010, 3.1, class disclosure).
EVERYBODY = 0.995
POINTS = 3  # decimals of a difference: a tenth of a point, as it is printed

FEW = "Dit cijfer steunt op te weinig leerlingen, of zou (samen met een ander cijfer) iets over bepaalde leerlingen verraden."
CAUTION = "rust op weinig vergelijkbare leerlingen of centra"
NO_ESTIMATE = "In deze leerlingengegevens is hiervoor geen schatting te maken."


@dataclass(frozen=True, slots=True)
class Decision:
    """What leaves, and for the output checker in the room the rule by which it does or does not.

    Parameters
    ----------
    size
        The effect behind a direction, where there is one.
    rule
        In the room only: it names cells.
    cautious
        Whether the estimators warned of it: it leans on few pupils who are alike, or on few centres.
    """

    answer: Released | Withheld | Unsettled
    size: Released | None
    rule: str
    cautious: bool = False


def decide(drafts: Mapping[str, Draft], possible: Mapping[str, Draft]) -> dict[str, Decision]:
    """What of the answers from one table may leave, by their names.

    An answer with a small cell is withheld, and so are as few others as it takes to keep secret what they have in common.

    Parameters
    ----------
    possible
        The same answers from a table with every pupil that there could be: a cell without pupils is a secret too.
    """
    reasons = {name: _reason(draft) for name, draft in drafts.items()}
    passing = {name: draft for name, draft in drafts.items() if not reasons[name]}
    for name in protection.suppressed(drafts, possible, passing):
        reasons[name] = (
            "samen met andere cijfers verraadt het een kleine cel, of een kleine groep tussen twee populaties"
        )
    return {name: _decided(draft, reasons[name]) for name, draft in drafts.items()}


def _reason(draft: Draft) -> str:
    """Why an answer by itself may not leave, empty if it may."""
    for what, cell in draft.cells.items():
        if exact(cell) < SMALLEST_CELL:
            return f"minder dan {SMALLEST_CELL} leerlingen in cel '{what}'"
    if draft.residual is not None and draft.residual < RESIDUAL_DEGREES:
        return f"minder dan {RESIDUAL_DEGREES} vrijheidsgraden over"
    if draft.amounts is not None and _dominated(draft.amounts, draft.population):
        return f"{LARGEST} leerlingen maken samen {DOMINANCE:.0%} of meer van de som uit"
    return ""


def _dominated(amounts: np.ndarray, population: Mask) -> bool:
    inside = amounts[population]
    largest = np.partition(inside, len(inside) - LARGEST)[-LARGEST:].sum()
    return bool(largest >= DOMINANCE * inside.sum())


def _decided(draft: Draft, reason: str) -> Decision:
    if reason:
        return Decision(Withheld(FEW), None, reason)
    try:
        # What they warn of holds numbers of pupils: only that they did may leave.
        with warnings.catch_warnings(record=True, category=EffectsWarning) as warned:
            warnings.simplefilter("always", EffectsWarning)
            found = draft.compute(_rounded)
            size = draft.size() if draft.size else None
    except EffectsError as problem:
        return Decision(Unsettled(NO_ESTIMATE), None, f"geen schatting: {type(problem).__name__}")
    if draft.is_share and not 1 - EVERYBODY < found.value < EVERYBODY:
        return Decision(Withheld(FEW), None, "niemand of iedereen, na afronding")
    rule = _passed(draft) + "".join(f"; {each}" for each in sorted({type(each.message).__name__ for each in warned}))
    return Decision(_released(found, draft), _released(size) if size else None, rule, bool(warned))


def _passed(draft: Draft) -> str:
    """What an answer had to obey, and does."""
    rules = [f"elke cel telt minstens {SMALLEST_CELL} leerlingen, en alle getallen samen bewijzen geen kleinere"]
    if draft.residual is not None:
        rules.append(f"{draft.residual} vrijheidsgraden over, minstens {RESIDUAL_DEGREES}")
    if draft.amounts is not None:
        rules.append(f"geen {LARGEST} leerlingen maken samen {DOMINANCE:.0%} van de som uit")
    return "; ".join(rules)


def _rounded(group: Mask) -> int:
    return rounded_count(exact(group))


def _released(found: Quantity, draft: Draft | None = None) -> Released:
    """A number with what rounding leaves of it; a direction has nothing to round."""
    digits = found.unit == "points"

    def shown(value: float) -> float:
        return significant(round(value, POINTS) if digits else value)

    lower, upper = (None if end is None else shown(end) for end in (found.lower, found.upper))
    value = shown(found.value)
    left = None if found.unit == "direction" else _left(found, value, draft)
    return Released(value, found.unit, lower, upper, None, "restricted", left)


def _left(found: Quantity, shown: float, draft: Draft | None) -> tuple[float, float]:
    """The lowest and highest true value that a shown one may stand for."""
    if draft is not None and draft.is_share:
        k, n = (_rounded(group) for group in (next(iter(draft.cells.values())), draft.population))
        ends = (k - SLACK) / (n + SLACK) - _half(shown), (k + SLACK) / (n - SLACK) + _half(shown)
        return _to(math.floor, ends[0]), _to(math.ceil, ends[1])
    half = max(_half(shown), 0.5 * 10**-POINTS if found.unit == "points" else 0.0)
    return shown - half, math.nextafter(shown + half, shown)  # as with a printed figure, the upper end is another one's


def _to(rounding: Callable[[float], int], end: float) -> float:
    """An end of a range with one digit more than a number has, away from the middle: the counts behind it are not for reading."""
    unit = 2 * _half(end) / 10
    return rounding(end / unit) * unit


def _half(shown: float) -> float:
    """Half a unit of the last significant digit."""
    return float(0.5 * 10 ** (np.floor(np.log10(abs(shown))) - DIGITS + 1)) if shown else 0.0
