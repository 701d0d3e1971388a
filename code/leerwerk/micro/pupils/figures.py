"""Draws the figures of Micro that come from pupil records: one function per figure."""

from __future__ import annotations

import textwrap

import pandas as pd
from matplotlib.figure import Figure

from ledger import dutch
from ledger.exhibit import Exhibit
from ledger.style.canvas import canvas, direct_labels, percent_axis, points_axis
from ledger.style.palette import BLUE, INK, MUTED, ORANGE, PALE, TEAL

PROGRAMME_COLORS = {"geen programma": MUTED, "BRUG": BLUE, "IBAL": ORANGE, "BRUG en IBAL": TEAL}
# Views differ in shade and in marker, so that they stay apart without colour.
VIEW_LOOK = {
    "ruw": (ORANGE, "o"),
    "gecorrigeerd": (BLUE, "s"),
    "ook voor motivatie": (TEAL, "^"),
    "werkelijk effect": (INK, "D"),
}
SMALL_DIFFERENCE = 0.1  # the customary bound for balance (Austin 2009)


def selection_balance(exhibit: Exhibit) -> Figure:
    """Two dots per trait, before and after weighting, joined by a line."""
    figure, axes = canvas(exhibit, height=2.7, left=1.6, below=0.95)
    frame = exhibit.frame
    positions = list(range(len(frame)))
    axes.hlines(positions, frame["before"], frame["after"], color=PALE, linewidth=2.5)
    axes.scatter(frame["before"], positions, color=ORANGE, marker="o", s=42, zorder=3, label="voor weging")
    axes.scatter(frame["after"], positions, color=BLUE, marker="s", s=38, zorder=3, label="na weging")
    axes.axvline(0, color=INK, linewidth=1)
    for bound in (-SMALL_DIFFERENCE, SMALL_DIFFERENCE):
        axes.axvline(bound, color=MUTED, linewidth=0.9, linestyle=":")
    axes.set_yticks(positions, [textwrap.fill(trait, 20) for trait in frame["trait"]])
    axes.set_ylim(len(frame) - 0.5, -0.5)
    axes.xaxis.set_major_formatter(lambda value, _: dutch.number(value, 1))
    axes.set_xlabel("verschil in standaardafwijkingen")
    axes.legend(loc="upper left", bbox_to_anchor=(-0.3, -0.17), ncols=2, frameon=False, fontsize=10)
    return figure


def raw_and_adjusted(exhibit: Exhibit) -> Figure:
    """A forest of effects: per outcome and programme the raw and the adjusted one."""
    frame = exhibit.frame
    short = {"vsv": "Schoolverlaten", "nec": "Werk in het NEC"}
    groups = [f"{short[row.outcome]}:\n{row.programme_name}" for row in frame.itertuples()]
    return _forest(exhibit, frame.assign(group=groups), height=3.6)


def motivation_bias(exhibit: Exhibit) -> Figure:
    """A forest per programme: what each view makes of the effect."""
    frame = exhibit.frame
    return _forest(exhibit, frame.assign(group=frame["programme_name"]), height=2.8, left=1.25)


def _forest(exhibit: Exhibit, frame: pd.DataFrame, *, height: float, left: float = 1.6) -> Figure:
    figure, axes = canvas(exhibit, height=height, left=left, below=1.08)
    groups, views = list(dict.fromkeys(frame["group"])), list(dict.fromkeys(frame["view_name"]))
    step = 0.7 / len(views)
    for place, view in enumerate(views):
        rows = frame[frame["view_name"] == view]
        heights = [groups.index(group) + (place - (len(views) - 1) / 2) * step for group in rows["group"]]
        color, marker = VIEW_LOOK[view]
        axes.hlines(heights, rows["lower"] * 100, rows["upper"] * 100, color=color, linewidth=2)
        axes.scatter(rows["estimate"] * 100, heights, color=color, marker=marker, s=34, zorder=3, label=view)
    axes.axvline(0, color=INK, linewidth=1)
    axes.set_yticks(range(len(groups)), groups)
    axes.tick_params(axis="y", labelsize=10)
    axes.set_ylim(len(groups) - 0.5, -0.5)
    points_axis(axes)
    axes.legend(loc="upper left", bbox_to_anchor=(-0.3, -0.45 / height), ncols=2, frameon=False, fontsize=10)
    return figure


def leaving_over_time(exhibit: Exhibit) -> Figure:
    """One rising line per programme with its interval as a band."""
    figure, axes = canvas(exhibit, height=2.6, right=1.45, below=0.5)
    ends: dict[str, tuple[float, str]] = {}
    for name, rows in exhibit.frame.groupby("programme_name", sort=False):
        color = PROGRAMME_COLORS[str(name)]
        axes.fill_between(rows["month"], rows["lower"], rows["upper"], color=color, alpha=0.15, linewidth=0)
        axes.plot(rows["month"], rows["risk"], color=color, marker="o", markersize=4)
        ends[str(name)] = (rows["risk"].iloc[-1], color)
    axes.set_ylim(0)
    axes.set_xlabel("maanden")
    axes.set_xticks(sorted(exhibit.frame["month"].unique()))
    axes.grid(axis="y")
    percent_axis(axes)
    direct_labels(axes, exhibit.frame["month"].max(), ends)
    return figure
