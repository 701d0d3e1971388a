"""A number of the book with everything that a page says of it."""

from __future__ import annotations

from dataclasses import dataclass

from ledger import dutch
from ledger.claim import Answer, Check, Claim, Status, Unsettled, Withheld
from ledger.quantity import Quantity, Unit


@dataclass(frozen=True, slots=True)
class Source:
    """The function behind a number, and where it stands in its module: the line of its first decorator."""

    module: str
    function: str
    line: int

    def __str__(self) -> str:
        return f"{self.module}:{self.function}"

    @property
    def path(self) -> str:
        """Its file, from the project's root."""
        return f"code/{self.module.replace('.', '/')}.py"


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A number of the book with its origin; `claim` and `status` only where it answers a published claim.

    Parameters
    ----------
    text
        The recomputed number as it is printed, unit included; empty where none was recomputed.
    inputs
        The files that it was computed from.
    rehearsal
        What synthetic records gave for a claim: no answer to it, and no evidence.
    reason
        The code of why it was not recomputed.
    explanation
        Why it was not, or what there is to say of the answer, in Dutch.
    place
        Where the claim was published, as HTML.
    """

    id: str
    label: str
    answer: Answer | None
    text: str
    source: Source | None
    inputs: tuple[str, ...]
    claim: Claim | None = None
    status: Status | None = None
    rehearsal: Quantity | None = None
    reason: str = ""
    explanation: str = ""
    decimals: int | None = None
    place: str = ""

    @property
    def chapter(self) -> str:
        """The chapter that it belongs to: the first part of its id."""
        return self.id.partition(".")[0]

    @property
    def quantity(self) -> Quantity | None:
        """The recomputed number, if there is one."""
        return self.answer if isinstance(self.answer, Quantity) else None

    @property
    def microdata(self) -> str:
        """Which pupil records it was computed from: `none`, `restricted`, or for one of the book's own `synthetic`."""
        if isinstance(self.answer, Withheld | Unsettled):
            return "restricted"
        evidence = self.quantity.evidence if self.quantity else "published"
        return evidence if evidence in ("synthetic", "restricted") else "none"

    @property
    def unit(self) -> Unit | None:
        """That of the claim, else of the number."""
        if self.claim is not None:
            return self.claim.unit
        return self.quantity.unit if self.quantity is not None else None

    @property
    def check(self) -> str:
        """The check that answers the claim, by the name that it shares with other claims; empty for any other answer."""
        return self.answer.name if isinstance(self.answer, Check) else ""

    @property
    def shown(self) -> str:
        """The number as the prose prints it, with its unit: recomputed where it was reproduced, otherwise as published.

        Also what restricted records reproduce is printed as published: they may be of others than the sentence is about.
        """
        if self.claim is None or (self.text and self.status == "reproduced" and self.microdata != "restricted"):
            return self.text
        if self.claim.published.replace(" ", "").isdecimal():
            return dutch.amount(self.claim.middle, self.claim.unit)
        return self.claim.published

    @property
    def interval(self) -> str:
        """The interval as it is printed; empty where the number has none."""
        return dutch.interval(self.quantity, self.decimals) if self.quantity else ""

    @property
    def word(self) -> str:
        """A count up to twenty as a word; empty for everything else."""
        return dutch.count_word(self.shown) if self.unit in ("count", "persons") else ""
