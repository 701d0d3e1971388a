"""Draws the findings by status."""

from __future__ import annotations

from matplotlib.figure import Figure

from ledger import dutch
from ledger.exhibit import Exhibit
from ledger.style.canvas import canvas
from ledger.style.palette import BLUE, INK, MUTED, ORANGE, PALE, PANEL, PAPER, STONE, TEAL

LOOK = {
    "reproduced": BLUE,
    "consistent": TEAL,
    "differs": ORANGE,
    "unsettled": STONE,
    "withheld": PALE,
    "taken over": PANEL,
}


def summary(exhibit: Exhibit) -> Figure:
    """One stacked bar of findings by status, with a legend of the statuses that occur and their counts."""
    figure, axes = canvas(exhibit, height=0.6, left=0.1, below=0.65)
    start = 0
    for row in exhibit.frame.itertuples():
        color = LOOK[str(row.status)]
        edge = MUTED if color == PANEL else PAPER  # the palest is nothing without its outline
        axes.barh(0, row.n, left=start, color=color, edgecolor=edge, label=f"{row.status_name}: {dutch.number(row.n)}")
        start += row.n
    axes.set_axis_off()
    axes.legend(loc="upper left", bbox_to_anchor=(0, -0.05), ncols=3, frameon=False, fontsize=10, labelcolor=INK)
    return figure
