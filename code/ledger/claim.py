"""What was published, what answers it, and what may then be said of it."""

from __future__ import annotations

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
