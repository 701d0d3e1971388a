"""Draws the figure of Macro from an exhibit's frame; computes nothing."""

from __future__ import annotations

import textwrap

from matplotlib.figure import Figure

from ledger.exhibit import Exhibit
from ledger.style.canvas import canvas
from ledger.style.palette import BLUE, GRID, MUTED

SIZE = 12.8  # points: fourteen pixels on a phone


def shares(exhibit: Exhibit) -> Figure:
    """A dot per share on a line from none to all, what it is and whose in words above it."""
    frame = exhibit.frame
    figure, axes = canvas(exhibit, height=0.78 * len(frame), left=0.12, right=0.12, below=0.05)
    axes.set(xlim=(0, 1), ylim=(len(frame) - 0.02, -0.02), xticks=[], yticks=[])
    axes.spines["bottom"].set_visible(False)
    for place, row in enumerate(frame.itertuples()):
        axes.text(0, place + 0.22, row.what, va="center", fontsize=SIZE, fontweight="bold")
        axes.text(1, place + 0.22, row.printed, va="center", ha="right", fontsize=SIZE, fontweight="bold")
        axes.text(0, place + 0.47, textwrap.fill(row.who, 60), va="center", fontsize=SIZE, color=MUTED)
        axes.hlines(place + 0.76, 0, 1, colors=GRID, linewidth=2.5)
        axes.scatter([row.share], [place + 0.76], c=[BLUE], s=70, zorder=3, clip_on=False)
    return figure
