"""A number with everything a reader needs to weigh it, and no idea of how it will be printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Unit = Literal["share", "points", "ratio", "count", "hours", "euro", "persons", "year", "direction"]
Evidence = Literal["published", "context", "restricted", "synthetic"]

LOWER, SAME, HIGHER = -1.0, 0.0, 1.0


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number.

    Parameters
    ----------
    value
        In `unit`: a share is 0..1, `points` is a difference of shares (-1..1), a direction is -1, 0 or 1.
    unit
        See `Unit`.
    lower, upper
        Interval in the same unit, both or neither.
    n
        The number of observations behind it, where known.
    evidence
        `published` (arithmetic on published figures), `context` (public series), `restricted` (real pupil
        records) or `synthetic` (records made to resemble them: never evidence).

    Raises
    ------
    ValueError
        For an unknown unit or kind of evidence, or half an interval.
    """

    value: float
    unit: Unit
    lower: float | None = None
    upper: float | None = None
    n: int | None = None
    evidence: Evidence = "published"

    def __post_init__(self) -> None:
        if self.unit not in get_args(Unit):
            raise ValueError(f"unknown unit {self.unit!r}")
        if self.evidence not in get_args(Evidence):
            raise ValueError(f"unknown kind of evidence {self.evidence!r}")
        if (self.lower is None) != (self.upper is None):
            raise ValueError("an interval has both ends or neither")


def direction(difference: float, evidence: Evidence, *, same_within: float = 0.0) -> Quantity:
    """The sign of a difference; differences up to `same_within` count as none."""
    sign = SAME if abs(difference) <= same_within else HIGHER if difference > 0 else LOWER
    return Quantity(sign, "direction", evidence=evidence)


def ratio(numerator: Quantity, denominator: Quantity) -> Quantity:
    """How many times the second the first is."""
    return Quantity(numerator.value / denominator.value, "ratio", evidence=numerator.evidence)
