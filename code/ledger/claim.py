"""What was published, what answers it, and what may then be said of it."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from ledger.quantity import Quantity, Unit

Status = Literal["reproduced", "calibrated", "consistent", "inconsistent", "given", "not recomputable"]
STATUS_LABELS: dict[Status, str] = {
    "reproduced": "gereproduceerd",
    "calibrated": "gekalibreerd",
    "consistent": "consistent",
    "inconsistent": "niet consistent",
    "given": "gegeven",
    "not recomputable": "niet te herberekenen",
}


class ClaimError(Exception):
    """The ledger and the code disagree about which claims exist."""


@dataclass(frozen=True, slots=True)
class Range:
    """The true values that printed figures allow, and the one in the middle of each figure's own range.

    Sums, differences, products and quotients take every combination of ends into account; their `middle` is that of the
    middles. The figures must be different ones: what occurs twice in a formula goes through `increasing`.
    """

    lower: float
    middle: float
    upper: float

    def __add__(self, other: Range) -> Range:
        return self._with(other, operator.add)

    def __sub__(self, other: Range) -> Range:
        return self._with(other, operator.sub)

    def __mul__(self, other: Range) -> Range:
        return self._with(other, operator.mul)

    def __truediv__(self, other: Range | float) -> Range:
        divisor = other if isinstance(other, Range) else Range(other, other, other)
        if divisor.lower <= 0 <= divisor.upper:
            raise ZeroDivisionError("a range that holds zero divides into everything")
        return self._with(divisor, operator.truediv)

    def increasing(self, function: Callable[[float], float]) -> Range:
        """A function that rises over the whole range."""
        return Range(function(self.lower), function(self.middle), function(self.upper))

    def quantity(self, unit: Unit) -> Quantity:
        """The middle in a unit, with the range as its interval: rounding only, not chance."""
        return Quantity(self.middle, unit, self.lower, self.upper)

    def _with(self, other: Range, operation: Callable[[float, float], float]) -> Range:
        ends = [operation(one, two) for one in (self.lower, self.upper) for two in (other.lower, other.upper)]
        return Range(min(ends), operation(self.middle, other.middle), max(ends))


@dataclass(frozen=True, slots=True)
class Claim:
    """One published statement; the fields are the columns of data/published/claims.csv."""

    id: str
    level: str
    slide: str
    statement: str
    published: str
    lower: float
    upper: float
    unit: Unit
    basis: str
    reason: str

    def allows(self, value: float) -> bool:
        """Whether a true value would be printed like this: from `lower` up to, not including, `upper`."""
        return self.lower == self.upper == value or self.lower <= value < self.upper

    @property
    def middle(self) -> float:
        """The middle of the range that the printed figure allows."""
        return (self.lower + self.upper) / 2

    @property
    def range(self) -> Range:
        """What the printed figure allows, to reckon with."""
        return Range(self.lower, self.middle, self.upper)

    @property
    def value(self) -> int:
        """The figure itself, where it is exact.

        Raises
        ------
        ClaimError
            If the printed figure was rounded, so that it stands for a range.
        """
        if self.lower != self.upper:
            raise ClaimError(f"{self.id}: '{self.published}' is afgerond en dus geen exacte waarde")
        return int(self.lower)


@dataclass(frozen=True, slots=True)
class Check:
    """An answer for a claim that cannot be recomputed: does it agree with what else was published?

    `could_fail` is False where no printed figure could have failed the check: passing then says nothing.
    `finding` explains the outcome to readers, in Dutch.
    """

    passed: bool
    finding: str
    could_fail: bool = True


Answer = Quantity | Check


def status_of(claim: Claim, answer: Answer | None) -> Status:
    """What may be said of a claim, given the answer to it.

    Synthetic records never yield `reproduced`: a match says that the pipeline works, not that the finding holds.
    """
    if answer is None:
        return "given" if claim.basis == "design" else "not recomputable"
    if isinstance(answer, Check):
        if not answer.could_fail:
            return "not recomputable"
        return "consistent" if answer.passed else "inconsistent"
    if not claim.allows(answer.value):
        return "inconsistent"
    return "calibrated" if answer.evidence == "synthetic" else "reproduced"
