"""Draws the figures of the Inleiding: one function per figure, from an exhibit's frame; computes nothing."""

from __future__ import annotations

import seaborn as sns
from matplotlib.figure import Figure

from ledger import dutch
from ledger.exhibit import Exhibit
from ledger.style.canvas import bars, canvas, direct_labels, percent_axis
from ledger.style.palette import BLUE, INK, MUTED, ORANGE, PAPER


def youth_rates(exhibit: Exhibit) -> Figure:
    """Two lines, youth and total unemployment, with their ratio written between their ends."""
    figure, axes = canvas(exhibit, height=2.3, right=0.95)
    frame = exhibit.frame
    ends: dict[str, tuple[float, str]] = {}
    for column, label, color, style in (("youth", "jongeren", ORANGE, "-"), ("total", "iedereen", BLUE, "--")):
        sns.lineplot(frame, x="year", y=column, color=color, linestyle=style, ax=axes)
        ends[label] = (frame[column].iloc[-1], color)
    direct_labels(axes, frame["year"].max(), ends)
    for end, side, shift in ((frame.iloc[0], "left", 5), (frame.iloc[-1], "right", -5)):
        axes.vlines(end["year"], end["total"], end["youth"], color=MUTED, linewidth=1, linestyle=":")
        axes.annotate(
            f"{dutch.number(end['ratio'], 1)} keer",
            (end["year"], (end["total"] + end["youth"]) / 2),
            xytext=(shift, 0),
            textcoords="offset points",
            ha=side,
            va="center",
            color=INK,
        )
    axes.set(xlabel="", ylabel="")
    axes.grid(axis="y")
    axes.set_axisbelow(True)
    axes.set_ylim(0)
    percent_axis(axes)
    return figure


def unqualified(exhibit: Exhibit) -> Figure:
    """One bar per form of education, part-time vocational picked out; all pupils as a line."""
    figure, axes = canvas(exhibit, height=1.9, left=1.35, below=0.24)
    forms, together = exhibit.frame.iloc[:-1], exhibit.frame.iloc[-1]
    colors = [ORANGE if track.startswith("Deeltijds") else BLUE for track in forms["track"]]
    bars(axes, forms["track"], forms["share"], [dutch.percent(share) for share in forms["share"]], colors)
    for text in axes.texts:  # the line runs behind short bars' values
        text.set_bbox({"facecolor": PAPER, "edgecolor": "none", "pad": 1.5})
    axes.axvline(together["share"], color=INK, linewidth=1.2, linestyle=":", zorder=0)
    axes.annotate(
        f"{together['track'].lower()}: {dutch.percent(together['share'])}",
        (together["share"], 0),
        xycoords=("data", "axes fraction"),
        xytext=(0, -3),
        textcoords="offset points",
        ha="center",
        va="top",
    )
    return figure
