"""Draws the figure of Meso: boxes at fixed places, with the words of the exhibit."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ledger.exhibit import Exhibit
from ledger.style.canvas import canvas
from ledger.style.palette import BLUE, INK, MUTED, ORANGE, PANEL, PAPER

SIZE = 13  # points: fourteen pixels on a phone
YOUNG = (0.5, 0.73)
# Where the partners stand, in the order of the data.
AROUND = ((0.25, 0.95), (0.83, 0.95), (0.5, 0.47))


def who_guides(exhibit: Exhibit) -> Figure:
    """The young person in the middle, the partners around, and below the other conditions and the aims."""
    figure, axes = canvas(exhibit, height=4.2, left=0.1, right=0.1, below=0)
    axes.set(xlim=(0, 1), ylim=(0, 1.02), xticks=[], yticks=[])
    axes.spines["bottom"].set_visible(False)
    frame = exhibit.frame
    conditions, aims = frame[frame["part"] == "condition"], frame[frame["part"] == "aim"]
    own = conditions[conditions["partner"] != ""].set_index("partner")["text"]
    for (x, y), name in zip(AROUND, frame.loc[frame["part"] == "partner", "text"], strict=True):
        axes.plot([x, YOUNG[0]], [y, YOUNG[1]], color=MUTED, linewidth=1.4, zorder=1)
        _box(axes, x, y, name + (f"\nmet een {own[name]}" if name in own else ""), BLUE, PANEL)
    _box(axes, *YOUNG, "jongere", ORANGE, PAPER, bold=True)
    shared = list(conditions.loc[conditions["partner"] == "", "text"])
    _band(axes, 0.2, "Andere randvoorwaarden", shared)
    _band(axes, 0.01, "Bouwen aan", list(aims["text"]))
    return figure


def _box(axes: Axes, x: float, y: float, text: str, edge: str, face: str, *, bold: bool = False) -> None:
    look = {"boxstyle": "round,pad=0.45", "facecolor": face, "edgecolor": edge, "linewidth": 1.6}
    weight = "bold" if bold else "normal"
    axes.text(x, y, text, ha="center", va="center", fontsize=SIZE, fontweight=weight, color=INK, bbox=look, zorder=2)


def _band(axes: Axes, y: float, head: str, words: Sequence[str]) -> None:
    axes.text(0.5, y + 0.1, head, ha="center", va="bottom", fontsize=SIZE, fontweight="bold", color=INK)
    lines = textwrap.fill(", ".join(words), 52)
    axes.text(0.5, y + 0.085, lines, ha="center", va="top", fontsize=SIZE, color=INK)
