"""The kinds of evidence behind a number, and the two marks by which the prose tells some of them.

Kernels and Sphinx both need them; nothing here imports either, nor the analysis.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from ledger.claim import Status

SYNTHETIC = '<span class="synthetic">synthetisch</span>'  # the label that everything from made-up records carries

Kind = Literal["tested", "own", "published", "worded", "synthetic"]


@dataclass(frozen=True, slots=True)
class Mark:
    """What a kind of evidence is called and means, and the shape that may say so in the prose.

    Parameters
    ----------
    path
        SVG path data in a square of ten; empty for a kind without a mark.
    filled
        Whether the shape is filled rather than drawn.
    """

    label: str
    meaning: str
    path: str = ""
    filled: bool = False


KINDS: dict[Kind, Mark] = {
    "tested": Mark(
        "nagerekend of past",
        "Wij rekenden het na, met dezelfde uitkomst. Of het past bij andere gepubliceerde cijfers, in een toets die had kunnen"
        " mislukken.",
        "M1 5.5 4 8.5 9 1.5",
    ),
    "own": Mark(
        "onze berekening",
        "Staat niet in het onderzoek: wij berekenden het, uit gepubliceerde cijfers of openbare bronnen.",
        "M2.5 2.5h5v5h-5z",
        filled=True,
    ),
    "published": Mark("zoals gepubliceerd", "Overgenomen zoals het gepubliceerd is."),
    "worded": Mark("niet bevestigd", "Zo gepubliceerd; wat narekenen opleverde, staat er in woorden bij."),
    "synthetic": Mark("uit synthetische gegevens", "Toont hoe een berekening werkt en is geen bevinding."),
}
MARKS = {kind: mark for kind, mark in KINDS.items() if mark.path}


def kind_of(status: Status | None, microdata: str) -> Kind:
    """The kind of evidence behind a number as the prose prints it.

    Parameters
    ----------
    status
        A claim's status; None for one of the book's own numbers.
    microdata
        Which pupil records one of the book's own numbers was computed from: `none`, `synthetic` or `restricted`.
    """
    if status is None:
        return "synthetic" if microdata == "synthetic" else "own"
    if status in ("reproduced", "consistent"):
        return "tested"
    return "published" if status in ("taken over", "given") else "worded"


def mark_html(kind: Kind) -> str:
    """The shape, silent for screen readers: they hear its label as the number's description; nothing for other kinds."""
    if kind not in MARKS:
        return ""
    fill = "currentColor" if MARKS[kind].filled else "none"
    return (
        f'<svg class="mark" viewBox="0 0 10 10" fill="{fill}" stroke="currentColor" stroke-width="1.7" aria-hidden="true">'
        f'<path d="{MARKS[kind].path}"/></svg>'
    )
