"""Draws the figures of Meso: boxes at fixed places with the words of the exhibit, and trials with their intervals."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ledger import dutch
from ledger.exhibit import Exhibit
from ledger.style.canvas import beside, canvas, points_axis
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


def trials_elsewhere(exhibit: Exhibit) -> Figure:
    """Trials under the name of their kind, each a dot with its interval; below, the mean and what another one may find."""
    frame = exhibit.frame
    kinds = list(dict.fromkeys(frame["kind_name"]))
    # Each kind has a line for its name, and half a line of air above it.
    places = frame.index + 1.5 * frame["kind_name"].map(kinds.index) + 1
    figure, axes = canvas(exhibit, height=0.205 * (places.max() + 1), left=2.5, right=0.45, below=0.45)
    *_, mean, another = frame.index
    for at, row in zip(places, frame.itertuples(), strict=True):
        color = ORANGE if row.Index >= mean else BLUE
        if row.Index == another:
            axes.hlines(at, 100 * row.lower, 100 * row.upper, colors=color, linewidth=6, alpha=0.45)
        else:
            marker, size = ("D", 48) if row.Index == mean else ("o", 26)
            axes.hlines(at, 100 * row.lower, 100 * row.upper, colors=color)
            axes.scatter(100 * row.difference, at, color=color, s=size, marker=marker, zorder=3)
            beside(axes, at, dutch.number(100 * row.difference), gap=6, right=True)
        beside(axes, at, row.name, gap=4, fontsize=10)
    for place, kind in zip(places.groupby(frame["kind_name"], sort=False).min(), kinds, strict=True):
        beside(axes, place - 1, kind.capitalize(), gap=4, fontweight="bold", fontsize=10.5)
    axes.axvline(0, color=INK, linewidth=1)
    axes.set(yticks=[], ylim=(places.max() + 0.7, -0.6))
    points_axis(axes)
    axes.set_xlabel("gunstig verschil in procentpunt")
    return figure
