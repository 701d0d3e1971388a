"""Draws the figures of Micro that come from print: one function per figure, from an exhibit's frame; computes nothing."""

from __future__ import annotations

import textwrap
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ledger import dutch
from ledger.exhibit import Exhibit
from ledger.style.canvas import bars, beside, canvas, intervals, points_axis
from ledger.style.palette import BLUE, INK, MUTED, ORANGE, PANEL, STONE, TEAL

LOOKS = {
    "alleen BRUG": (BLUE, BLUE),
    "BRUG en IBAL": (TEAL, TEAL),
    "BRUG, misschien ook IBAL": (PANEL, TEAL),
    "alleen IBAL": (ORANGE, ORANGE),
    "geen van beide": (PANEL, STONE),
}
SHAPES = {"alleen BRUG": "s", "BRUG en IBAL": "D", "BRUG, misschien ook IBAL": "D", "alleen IBAL": "^"}
ACROSS = 20


def participation(exhibit: Exhibit) -> Figure:
    """A hundred small shapes in rows of twenty, those who took part first; colour and shape both tell the kinds apart."""
    figure, axes = canvas(exhibit, height=2.5, left=0.15, right=0.15, below=0)
    kinds = [row.kind for row in exhibit.frame.itertuples() for _ in range(row.n)]
    for kind, (face, edge) in LOOKS.items():
        places = [divmod(number, ACROSS) for number, found in enumerate(kinds) if found == kind]
        axes.scatter(
            [column for _, column in places],
            [row for row, _ in places],
            s=62,
            marker=SHAPES.get(kind, "o"),
            facecolors=face,
            edgecolors=edge,
            linewidths=1.3,
        )
    for at, row in enumerate(exhibit.frame.itertuples()):
        y = 5.6 + at * 0.95
        face, edge = LOOKS[row.kind]
        axes.scatter([0], [y], s=62, marker=SHAPES.get(row.kind, "o"), facecolors=face, edgecolors=edge, linewidths=1.3)
        axes.text(0.8, y, f"{row.n} {row.kind}", va="center", fontsize=11)
    axes.set(xlim=(-0.6, ACROSS - 0.4), ylim=(10, -0.6), xticks=[], yticks=[])
    axes.spines["bottom"].set_visible(False)
    return figure


def hours(exhibit: Exhibit) -> Figure:
    """Mean hours within the hours that stand with the programme, both as shares of the latter."""
    figure, axes = canvas(exhibit, height=1.2, left=0.65, below=0)
    frame = exhibit.frame
    axes.barh(range(len(frame)), [1] * len(frame), facecolor=PANEL, edgecolor=MUTED, linewidth=0.8, height=0.68)
    texts = [f"{dutch.number(row.mean)} van {dutch.number(row.stated)} uur" for row in frame.itertuples(name="Hours")]
    bars(axes, frame["programme"], frame["share"], texts, [BLUE, BLUE])
    axes.set_xlim(0, 1.02)
    return figure


def effect_by_size(exhibit: Exhibit) -> Figure:
    """Intervals of the difference by group sizes, with zero marked."""
    figure, axes = canvas(exhibit, height=2.6, left=1.2, below=0.5)
    frame = exhibit.frame
    labels = [f"{dutch.number(row.n_with)} met,\n{dutch.number(row.n_without)} zonder" for row in frame.itertuples()]
    colors = [ORANGE if upper >= 0 else BLUE for upper in frame["upper"]]
    intervals(axes, labels, frame[["difference", "lower", "upper"]] * 100, colors)
    axes.axvline(0, color=INK, linewidth=1)
    axes.set_xlabel("verschil in procentpunt")
    axes.xaxis.set_major_formatter(lambda value, _: dutch.number(value))
    return figure


def sizes(exhibit: Exhibit) -> Figure:
    """Findings under where they are from: a dot with its interval, or in words that no size is known."""
    frame = exhibit.frame
    groups = list(dict.fromkeys(frame["where"]))
    labels = [textwrap.fill(what, 25) for what in frame["what"]]
    unknown = frame["difference"].isna()
    lowest, highest = frame[["difference", "lower"]].min(axis=None), frame[["difference", "upper"]].max(axis=None)
    # Words stand right of zero, unless too little of the figure does.
    start = 0 if highest > -1.2 * lowest else lowest
    notes = [_wrapped(note) if missing else "" for note, missing in zip(frame["note"], unknown, strict=True)]
    lines = pd.Series([1 + max(label.count("\n"), note.count("\n")) for label, note in zip(labels, notes, strict=True)])
    room = 0.5 + 0.85 * lines
    places = room.cumsum() - room / 2 + 1.5 * (frame["where"].map(groups.index) + 1)
    figure, axes = canvas(exhibit, height=0.19 * (places.max() + 1), left=2, right=0.35, below=0.45)
    for at, label, note, row in zip(places, labels, notes, frame.itertuples(), strict=True):
        color = BLUE if row.where == groups[0] else ORANGE
        if pd.isna(row.difference):
            _at(axes, 100 * start, at, note, color=MUTED)
        elif row.Index == frame.index[-1]:
            axes.hlines(at, 100 * row.lower, 100 * row.upper, colors=color, linewidth=6, alpha=0.45)
        else:
            axes.hlines(at, 100 * row.lower, 100 * row.upper, colors=color)
            face = "none" if pd.isna(row.upper) else color  # a difference that nobody gave an interval
            axes.scatter(100 * row.difference, at, facecolors=face, edgecolors=color, s=42, zorder=3)
            end = row.difference if pd.isna(row.upper) else row.upper
            _at(axes, 100 * end, at, dutch.number(100 * row.difference), color=color, fontweight="bold")
        beside(axes, at, label, gap=6, fontsize=10)
    first = places - room / 2
    for place, group in zip(first.groupby(frame["where"], sort=False).min(), groups, strict=True):
        beside(axes, place - 0.4, group, gap=6, fontsize=10, fontweight="bold")
    axes.axvline(0, color=INK, linewidth=1)
    axes.set(yticks=[], ylim=(places.max() + 1, 0))
    points_axis(axes)
    axes.set_xlabel("gunstig verschil in procentpunt")
    return figure


def _wrapped(note: str) -> str:
    """Its parts, each on lines that stay inside the figure."""
    return ",\n".join(textwrap.fill(part, 26) for part in note.split("; "))


def _at(axes: Axes, x: float, y: float, text: str, **look: Any) -> None:
    axes.annotate(text, (x, y), (6, 0), textcoords="offset points", va="center", fontsize=10, **look)


def smallest_difference(exhibit: Exhibit) -> Figure:
    """The bound by the number of pupils."""
    figure, axes = canvas(exhibit, height=2.4, left=0.55, below=0.45)
    frame = exhibit.frame
    axes.plot(frame["pupils"], frame["difference"] * 100, color=BLUE)
    axes.fill_between(frame["pupils"], frame["difference"] * 100, color=PANEL)
    axes.annotate("te klein om significant te zijn", (0.36, 0.1), xycoords="axes fraction", color=MUTED)
    axes.annotate("groot genoeg", (0.36, 0.62), xycoords="axes fraction", color=MUTED)
    axes.set(xlim=(0, frame["pupils"].max()), ylim=(0, None))
    axes.set_xlabel("leerlingen in de vergelijking")
    axes.set_ylabel("procentpunt")
    axes.xaxis.set_major_formatter(lambda value, _: dutch.number(value))
    axes.yaxis.set_major_formatter(lambda value, _: dutch.number(value))
    axes.grid(axis="y")
    return figure
