"""Draws the figure of the Monte Carlo."""

from __future__ import annotations

import textwrap

from matplotlib.figure import Figure

from ledger.exhibit import Exhibit
from ledger.style.canvas import canvas, points_axis
from ledger.style.palette import BLUE, INK, MUTED, ORANGE, PALE, TEAL


def bias(exhibit: Exhibit) -> Figure:
    """Bias of every estimator, grouped by scenario."""
    figure, axes = canvas(exhibit, height=3.9, left=1.45, below=1.1)
    frame = exhibit.frame
    scenarios, estimators = list(dict.fromkeys(frame["scenario_name"])), list(dict.fromkeys(frame["estimator_name"]))
    looks = zip((ORANGE, MUTED, PALE, BLUE, TEAL), "oX^sD", strict=True)
    for place, (name, (color, marker)) in enumerate(zip(estimators, looks, strict=True)):
        rows = frame[frame["estimator_name"] == name]
        heights = [scenarios.index(row) + (place - 2) * 0.15 for row in rows["scenario_name"]]
        axes.hlines(heights, rows["lower"] * 100, rows["upper"] * 100, color=color, linewidth=2)
        axes.scatter(rows["bias"] * 100, heights, color=color, marker=marker, s=30, zorder=3, label=name)
    axes.axvline(0, color=INK, linewidth=1)
    axes.set_yticks(range(len(scenarios)), [textwrap.fill(name, 16) for name in scenarios])
    axes.set_ylim(len(scenarios) - 0.5, -0.5)
    points_axis(axes)
    axes.set_xlabel("vertekening in procentpunt")
    axes.legend(loc="upper left", bbox_to_anchor=(-0.35, -0.12), ncols=3, frameon=False, fontsize=10)
    return figure
