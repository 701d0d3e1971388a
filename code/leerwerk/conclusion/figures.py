"""Draws the figure of the Besluit."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from ledger import dutch
from ledger.exhibit import Exhibit
from ledger.style.canvas import canvas
from ledger.style.palette import BLUE, INK, MUTED, ORANGE, PALE, PANEL, PAPER, STONE, TEAL

# Shades and hatches both tell the statuses apart.
STATUS_LOOK = {
    "reproduced": (BLUE, ""),
    "calibrated": (PALE, "//"),
    "consistent": (TEAL, ""),
    "inconsistent": (ORANGE, ""),
    "given": (STONE, ""),
    "not recomputable": (PANEL, ""),
}


def summary(exhibit: Exhibit) -> Figure:
    """Stacked bars: claims by status, one bar per chapter, with a legend of the statuses that occur."""
    figure, axes = canvas(exhibit, height=1.9, left=0.8, below=0.95)
    frame = exhibit.frame
    wide = frame.pivot_table(index="level_name", columns="status", values="n").fillna(0)
    wide = wide.loc[list(dict.fromkeys(frame["level_name"])), [status for status in STATUS_LOOK if status in wide]]
    names = dict(zip(frame["status"], frame["status_name"], strict=True))
    start = pd.Series(0.0, index=wide.index)
    for status, counts in wide.items():
        color, hatch = STATUS_LOOK[str(status)]
        edge = MUTED if color == PANEL else PAPER  # the palest is nothing without its outline
        look: dict[str, Any] = {"color": color, "hatch": hatch, "edgecolor": edge}
        axes.barh(range(len(wide)), counts, left=start, label=names[status], **look)
        for position, (n, at) in enumerate(zip(counts, start, strict=True)):
            dark = color in (BLUE, TEAL, ORANGE)
            if n > 1:
                ground = {"facecolor": color, "edgecolor": "none", "pad": 1.5} if hatch else None
                ink = PAPER if dark else INK
                axes.text(at + n / 2, position, dutch.number(n), ha="center", va="center", color=ink, bbox=ground)
        start = start + counts
    axes.set_yticks(range(len(wide)), wide.index)
    axes.invert_yaxis()
    axes.spines["bottom"].set_visible(False)
    axes.xaxis.set_visible(False)
    axes.legend(loc="upper left", bbox_to_anchor=(-0.2, -0.02), ncols=2, frameon=False, fontsize=10)
    return figure
