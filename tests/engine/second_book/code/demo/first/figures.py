"""Draws the figure of the chapter."""

from __future__ import annotations

from matplotlib.figure import Figure

from ledger import dutch
from ledger.exhibit import Exhibit
from ledger.style.canvas import bars, canvas
from ledger.style.palette import TEAL


def survival(exhibit: Exhibit) -> Figure:
    """One bar per street."""
    figure, axes = canvas(exhibit, height=1.2, left=1.4, below=0)
    frame = exhibit.frame
    texts = [dutch.percent(share, 0) for share in frame["share"]]
    bars(axes, frame["street"], frame["share"], texts, [TEAL] * len(frame))
    return figure
