"""The few kinds of evidence that a reader must tell apart while reading, and the mark of each.

Kernels and Sphinx both need them; nothing here imports either, nor the analysis.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from ledger.claim import Status

SYNTHETIC = '<span class="synthetic">synthetisch</span>'  # the label that everything from made-up records carries

Kind = Literal["tested", "failed", "published", "own", "synthetic"]


@dataclass(frozen=True, slots=True)
class Mark:
    """What a kind of evidence is called, what it means, and the shape that says so in the prose.

    Parameters
    ----------
    path
        SVG path data in a square of ten.
    filled
        Whether the shape is filled rather than drawn.
    """

    label: str
    meaning: str
    path: str
    filled: bool = False


MARKS: dict[Kind, Mark] = {
    "tested": Mark(
        "getoetst en het houdt stand",
        "Herberekend met dezelfde uitkomst, of geslaagd voor een toets die had kunnen mislukken.",
        "M1 5.5 4 8.5 9 1.5",
    ),
    "failed": Mark(
        "getoetst en het past niet",
        "De herberekening of de toets past niet bij wat gepubliceerd is. Wat dat betekent, staat op de kaart.",
        "M1.5 1.5l7 7M8.5 1.5l-7 7",
    ),
    "published": Mark(
        "alleen gepubliceerd",
        "Overgenomen zoals gepubliceerd: een gegeven dat vermeld wordt, of een bevinding die niet of alleen met nagemaakte "
        "gegevens na te rekenen is.",
        "M5 1a4 4 0 1 0 .1 0z",
    ),
    "own": Mark(
        "eigen getal van dit boek",
        "Werd niet gepubliceerd: berekend of overgenomen uit gepubliceerde cijfers, openbare bronnen of echte "
        "leerlingengegevens.",
        "M2.5 2.5h5v5h-5z",
        filled=True,
    ),
    "synthetic": Mark(
        "uit nagemaakte gegevens",
        "Toont hoe een berekening werkt en is geen bevinding; het woord 'synthetisch' staat er altijd bij.",
        "M5 .5 9.5 5 5 9.5.5 5z",
    ),
}


def kind_of(status: Status | None, microdata: str) -> Kind:
    """The kind of evidence behind a number as the prose prints it.

    Parameters
    ----------
    status
        A claim's status; None for one of the book's own numbers.
    microdata
        Which pupil records it was computed from: `none`, `synthetic` or `restricted`.
    """
    if status is None:
        return "synthetic" if microdata == "synthetic" else "own"
    if status == "inconsistent":
        return "failed"  # shown, never hidden, whatever records the test took
    if microdata == "synthetic":
        return "published"  # whatever made-up records gave, the prose prints the published figure
    return "tested" if status in ("reproduced", "consistent") else "published"


def mark_html(kind: Kind) -> str:
    """The shape, silent for screen readers: they hear its label as the number's description."""
    fill = "currentColor" if MARKS[kind].filled else "none"
    return (
        f'<svg class="mark" viewBox="0 0 10 10" fill="{fill}" stroke="currentColor" stroke-width="1.7" aria-hidden="true">'
        f'<path d="{MARKS[kind].path}"/></svg>'
    )
