"""A number with everything a reader needs to weigh it, and no idea of how it will be printed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Unit = Literal["share", "points", "ratio", "count", "hours", "euro", "persons", "year", "direction"]
Evidence = Literal["published", "context", "restricted", "synthetic", "unreleased"]

LOWER, SAME, HIGHER = -1.0, 0.0, 1.0
# A released number has no more significant digits: the finer a share, the fewer counts can have given it.
DIGITS = 3


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
        Interval in the same unit, both or neither; of a direction the signs that the interval of the difference holds.
    n
        The number of observations behind it, where known.
    evidence
        `published` (arithmetic on published figures), `context` (public series), `restricted` (restricted records; such a
        number is `Released`), `synthetic` (records made to resemble them: never evidence) or `unreleased` (not yet seen by
        disclosure control: no page or ledger takes it).
    rounded
        The lowest and highest true value that disclosure control leaves, where it rounded.

    Raises
    ------
    ValueError
        For an unknown unit or kind of evidence, half an interval, or a number from restricted records that was not released.
    """

    value: float
    unit: Unit
    lower: float | None = None
    upper: float | None = None
    n: int | None = None
    evidence: Evidence = "published"
    rounded: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        if self.unit not in get_args(Unit):
            raise ValueError(f"unknown unit {self.unit!r}")
        if self.evidence not in get_args(Evidence):
            raise ValueError(f"unknown kind of evidence {self.evidence!r}")
        if (self.lower is None) != (self.upper is None):
            raise ValueError("an interval has both ends or neither")
        if self.evidence == "restricted" and not isinstance(self, Released):
            raise ValueError("a number from restricted records is Released, by disclosure control")


@dataclass(frozen=True, slots=True)
class Released(Quantity):
    """A number that disclosure control let out of restricted records; only it makes them.

    Raises
    ------
    ValueError
        If it has more than three significant digits or tells how many pupils are behind it.
    """

    def __post_init__(self) -> None:
        Quantity.__post_init__(self)  # super() knows the class from before it had slots
        if self.evidence != "restricted" or self.n is not None:
            raise ValueError("a released number is restricted and says no number of pupils")
        if any(each != significant(each) for each in (self.value, self.lower, self.upper) if each is not None):
            raise ValueError(f"a released number has at most {DIGITS} significant digits")


def significant(value: float) -> float:
    """A number rounded to `DIGITS` significant digits."""
    return float(f"{value:.{DIGITS}g}")


def direction(lower: float, upper: float, evidence: Evidence, n: int | None = None) -> Quantity:
    """The sign of a difference whose interval is `lower`..`upper`: undecided where that holds zero."""
    if lower <= 0 <= upper:
        return Quantity(SAME, "direction", LOWER, HIGHER, n, evidence)
    return _decided(HIGHER if lower > 0 else LOWER, evidence, n)


def equivalence(lower: float, upper: float, margin: float, evidence: Evidence, n: int | None = None) -> Quantity:
    """Whether a difference whose interval is `lower`..`upper` is none: smaller than a margin, to either side.

    An interval of level 1 - 2a within the margin is two one-sided tests of level a (Schuirmann 1987). Undecided where it lies
    neither within the margin nor beyond it.
    """
    if -margin < lower and upper < margin:
        return _decided(SAME, evidence, n)
    if lower >= margin or upper <= -margin:
        return _decided(HIGHER if lower > 0 else LOWER, evidence, n)
    return Quantity(SAME, "direction", LOWER, HIGHER, n, evidence)


def _decided(sign: float, evidence: Evidence, n: int | None) -> Quantity:
    return Quantity(sign, "direction", sign, sign, n, evidence)


def ratio(numerator: Quantity, denominator: Quantity) -> Quantity:
    """How many times the second the first is."""
    return Quantity(numerator.value / denominator.value, "ratio", evidence=numerator.evidence)
