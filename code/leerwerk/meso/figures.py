"""Draws the figures of Meso: an experiment, and schemes of boxes at fixed places with arrows from the data."""

from __future__ import annotations

import textwrap

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from ledger import dutch
from ledger.exhibit import Exhibit
from ledger.style.canvas import bars, canvas
from ledger.style.palette import BLUE, INK, PALE, PANEL, PAPER, TEAL


def coaching_experiment(exhibit: Exhibit) -> Figure:
    """Two bars: dropout without and with coaching."""
    figure, axes = canvas(exhibit, height=0.95, left=1.4, below=0)
    frame = exhibit.frame
    bars(axes, frame["arm"], frame["share"], [dutch.percent(share, 0) for share in frame["share"]], [PALE, TEAL])
    return figure


TRIANGLE = {"leerling": (0.5, 0.92), "opleidingsverstrekker of organisator": (0.16, 0.1), "leerwerkplek": (0.84, 0.1)}


def who_supports_whom(exhibit: Exhibit) -> Figure:
    """Three parties with arrows for support."""
    figure, axes = canvas(exhibit, height=2.7, left=0.1, right=0.1, below=0)
    boxes = _boxes(axes, TRIANGLE, 22)
    pairs = set(zip(exhibit.frame["source"], exhibit.frame["target"], strict=True))
    for row in exhibit.frame.itertuples():
        # Two parties that support each other get two arrows, each bent to its own side.
        bend = 0.16 if (row.target, row.source) in pairs else 0
        _arrow(axes, boxes[row.source], boxes[row.target], bend)
        (x1, y1), (x2, y2) = TRIANGLE[row.source], TRIANGLE[row.target]
        shift = bend * 0.85 / ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5
        _note(axes, (x1 + x2) / 2 + shift * (y2 - y1), (y1 + y2) / 2 - shift * (x2 - x1), row.label)
    return figure


# Places on the page, from top to bottom; the arrows themselves come from the data.
PATH = {
    "mandaat van brugfiguur": (0.14, 0.96),
    "begeleiders als spilfiguur": (0.14, 0.66),
    "mentor op de werkvloer": (0.5, 0.96),
    "leren op de werkplek": (0.5, 0.66),
    "vaardigheden en welzijn": (0.5, 0.36),
    "succeservaringen en continuïteit in de begeleiding": (0.84, 0.93),
    "zelfvertrouwen, motivatie, identificatie, betrokkenheid": (0.84, 0.45),
    "optimale leerresultaten": (0.84, 0.05),
}


def conditions(exhibit: Exhibit) -> Figure:
    """A path from conditions to results, top to bottom."""
    figure, axes = canvas(exhibit, height=3.6, left=0.1, right=0.1, below=0)
    boxes = _boxes(axes, PATH, 16)
    for row in exhibit.frame.itertuples():
        _arrow(axes, boxes[row.source], boxes[row.target], 0)
    return figure


def _boxes(axes: Axes, places: dict[str, tuple[float, float]], width: int) -> dict[str, Text]:
    axes.set(xlim=(0, 1), ylim=(-0.05, 1.05), xticks=[], yticks=[])
    for spine in axes.spines.values():
        spine.set_visible(False)
    look = {"boxstyle": "round,pad=0.45", "facecolor": PANEL, "edgecolor": BLUE}
    # Below the arrows, which stop at the boxes: whatever is drawn first has its size when the others need it.
    return {
        name: axes.text(x, y, textwrap.fill(name, width), ha="center", va="center", fontsize=10.5, bbox=look, zorder=2)
        for name, (x, y) in places.items()
    }


def _arrow(axes: Axes, start: Text, end: Text, bend: float) -> None:
    style = {"arrowstyle": "-|>", "color": BLUE, "linewidth": 1.6, "shrinkA": 3, "shrinkB": 3, "mutation_scale": 14}
    ends = {"patchA": start.get_bbox_patch(), "patchB": end.get_bbox_patch()}
    shape = {"connectionstyle": f"arc3,rad={bend}"}
    axes.annotate("", end.get_position(), xytext=start.get_position(), arrowprops=style | ends | shape)


def _note(axes: Axes, x: float, y: float, text: str) -> None:
    box = {"boxstyle": "round,pad=0.15", "facecolor": PAPER, "edgecolor": "none"}
    axes.text(x, y, textwrap.fill(text, 16), ha="center", va="center", fontsize=9.8, color=INK, bbox=box, zorder=4)
