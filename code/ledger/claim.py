"""What was published, what answers it, and what may then be said of it."""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from ledger.quantity import Quantity, Unit

Status = Literal["reproduced", "consistent", "differs", "unsettled", "withheld", "taken over", "given"]
STATUS_LABELS: dict[Status, str] = {
    "reproduced": "nagerekend",
    "consistent": "past",
    "differs": "wijkt af",
    "unsettled": "niet uit te maken",
    "withheld": "afgeschermd",
    "taken over": "overgenomen",
    "given": "gegeven",
}


# For a page in English, those that stand beside a number.
IN_ENGLISH: dict[Status, str] = {"differs": "differs", "unsettled": "undecided", "withheld": "withheld"}


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
    """One published statement; the fields are the columns of data/published/claims.csv.

    `reason` is the code of why it is not recomputed, `explanation` says it to readers; `base` quotes from the source of what
    the figure is a part, or whom it compares.
    """

    id: str
    level: str
    slide: str
    statement: str
    published: str
    lower: float
    upper: float
    unit: Unit
    basis: str
    reason: str = ""
    explanation: str = ""
    base: str = ""

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

    Only for a check that some printed figure would fail. `name` is shared by the claims that one check covers: they count as
    one finding. `finding` explains the outcome to readers, in Dutch.
    """

    passed: bool
    finding: str
    name: str


@dataclass(frozen=True, slots=True)
class Withheld:
    """An answer that disclosure control does not let out; `finding` says so to readers, in Dutch."""

    finding: str


@dataclass(frozen=True, slots=True)
class Unsettled:
    """An answer that the records at hand do not give; `finding` says why to readers, in Dutch."""

    finding: str


Answer = Quantity | Check | Withheld | Unsettled


def status_of(claim: Claim, answer: Answer | None) -> Status:
    """What may be said of a claim, given the answer to it.

    Synthetic records give no status: a match says that the pipeline works, not that the finding holds.
    """
    if claim.basis == "design":
        return "given"
    if isinstance(answer, Withheld):
        return "withheld"
    if isinstance(answer, Unsettled):
        return "unsettled"
    if isinstance(answer, Check):
        return "consistent" if answer.passed else "differs"
    if answer is None or answer.evidence == "synthetic":
        return "taken over"
    return verdict(claim, answer)


def verdict(claim: Claim, answer: Quantity) -> Literal["reproduced", "differs", "unsettled"]:
    """Whether all values that an answer leaves are printed like the claim, or none, or some.

    A direction leaves the signs in its interval, a value that was rounded for disclosure its rounding range, another itself.
    """
    ends = answer.rounded or (answer.value, answer.value)
    if answer.unit == "direction" and answer.lower is not None and answer.upper is not None:
        ends = answer.lower, answer.upper
    if all(claim.allows(end) for end in ends):
        return "reproduced"
    beyond = ends[0] >= claim.upper and not claim.allows(ends[0])
    return "differs" if beyond or ends[1] < claim.lower else "unsettled"
