"""Draws the figures of Macro: one function per figure, from an exhibit's frame; computes nothing."""

from __future__ import annotations

import textwrap

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from ledger import dutch
from ledger.exhibit import Exhibit
from ledger.style.canvas import bars, canvas, intervals, percent_axis
from ledger.style.palette import BLUE, INK, MUTED, ORANGE, PALE, PANEL, PAPER, SHADES


def samples(exhibit: Exhibit) -> Figure:
    """One bar per sample, questionnaires and talks in their own colour."""
    figure, axes = canvas(exhibit, height=2.4, left=1.85, below=0)
    frame = exhibit.frame
    colors = [BLUE if method == "vragenlijst" else ORANGE for method in frame["method"]]
    texts = [f"{dutch.number(row.n)} ({row.method})" for row in frame.itertuples()]
    bars(axes, frame["sample"], frame["n"], texts, colors)
    axes.set_xlim(0, frame["n"].max() * 2)
    return figure


def contract_types(exhibit: Exhibit) -> Figure:
    """One bar per contract type."""
    figure, axes = canvas(exhibit, height=1.5, left=0.75, below=0)
    frame = exhibit.frame
    bars(axes, frame["type"], frame["share"], frame["printed"], [BLUE] + [PALE] * (len(frame) - 1))
    return figure


def sample_fit(exhibit: Exhibit) -> Figure:
    """A grid of percentages by groups: a filled dot fits, a cross does not; the slide's own groups are framed."""
    figure, axes = canvas(exhibit, height=2.5, left=1.65, right=0.1, below=0.82)
    frame = exhibit.frame
    figures, groups = list(dict.fromkeys(frame["figure"])), list(dict.fromkeys(frame["group"]))
    for row in frame.itertuples():
        x, y = figures.index(row.figure), groups.index(row.group)
        if row.named:
            axes.add_patch(Rectangle((x - 0.38, y - 0.4), 0.76, 0.8, facecolor=PANEL, edgecolor=MUTED))
        color, text = (BLUE, "past") if row.fits else (ORANGE, "past niet")
        axes.text(x, y, text, color=color, ha="center", va="center", fontweight="bold" if row.fits else "normal")
    sizes = frame.drop_duplicates("group").set_index("group")["n"]
    axes.set_xticks(range(len(figures)), [f"{name}\n{_short(frame, name)}" for name in figures], color=INK)
    axes.set_yticks(
        range(len(groups)), [f"{textwrap.fill(name, 24)}\n(n = {dutch.number(sizes[name])})" for name in groups]
    )
    axes.tick_params(labelsize=10)
    axes.set(xlim=(-0.5, len(figures) - 0.5), ylim=(len(groups) - 0.5, -0.5))
    axes.spines["bottom"].set_visible(False)
    return figure


def _short(frame: pd.DataFrame, figure: str) -> str:
    return textwrap.fill(frame.loc[frame["figure"] == figure, "label"].iloc[0].lower(), 13)


def share_intervals(exhibit: Exhibit) -> Figure:
    """Shares with their intervals, denominators in the labels."""
    figure, axes = canvas(exhibit, height=2.1, left=1.95, right=0.35)
    frame = exhibit.frame
    labels = [f"{row.label}\n(n = {dutch.number(row.n)})" for row in frame.itertuples()]
    intervals(axes, labels, frame[["share", "lower", "upper"]], [BLUE] * len(frame))
    axes.tick_params(axis="y", labelsize=10)
    axes.set_xlim(exhibit.frame["lower"].min() - 0.06, exhibit.frame["upper"].max() + 0.06)
    percent_axis(axes, "x")
    return figure


def overview(exhibit: Exhibit) -> Figure:
    """A heat map of statements by topic and actor, bottlenecks and all printed in each cell."""
    figure, axes = canvas(exhibit, height=3.2, left=1.75, right=0.1, below=0.9)
    frame = exhibit.frame
    shape = {"index": "topic_name", "columns": "actor_name"}
    rows, columns = list(dict.fromkeys(frame["topic_name"])), list(dict.fromkeys(frame["actor_name"]))
    text = [f"{row.bottlenecks} / {row.n}" if row.n else "" for row in frame.itertuples()]
    counts = frame.pivot(values="n", **shape).loc[rows, columns]
    texts = frame.assign(text=text).pivot(values="text", **shape).loc[rows, columns]
    for y, row in enumerate(rows):
        for x, column in enumerate(columns):
            color = _shade(counts.loc[row, column])
            axes.add_patch(Rectangle((x - 0.48, y - 0.47), 0.96, 0.94, facecolor=color, linewidth=0))
            ink = PAPER if color == SHADES[-1] else INK
            axes.text(x, y, texts.loc[row, column], color=ink, ha="center", va="center")
    axes.set_yticks(range(len(rows)), [textwrap.fill(name, 22) for name in rows], fontsize=10)
    axes.set_xticks(range(len(columns)), columns, fontsize=10, rotation=30, ha="right", color=INK)
    axes.set(xlim=(-0.5, len(columns) - 0.5), ylim=(len(rows) - 0.5, -0.5))
    axes.spines["bottom"].set_visible(False)
    return figure


def _shade(count: int) -> str:
    """The fill of a cell: none, one or two, three or four, five or more statements."""
    return PANEL if count == 0 else SHADES[min((count - 1) // 2, len(SHADES) - 1)]
