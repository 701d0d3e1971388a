"""Draws the figures of Micro that come from print: one function per figure, from an exhibit's frame; computes nothing."""

from __future__ import annotations

from matplotlib.figure import Figure

from ledger import dutch
from ledger.exhibit import Exhibit
from ledger.style.canvas import bars, canvas, intervals, percent_axis
from ledger.style.palette import BLUE, INK, MUTED, ORANGE, PALE, PANEL


def hours(exhibit: Exhibit) -> Figure:
    """Hours used within hours provided, both as shares of the hours provided."""
    figure, axes = canvas(exhibit, height=1.2, left=0.65, below=0)
    frame = exhibit.frame
    axes.barh(range(len(frame)), [1] * len(frame), facecolor=PANEL, edgecolor=MUTED, linewidth=0.8, height=0.68)
    texts = [f"{dutch.number(row.mean)} van {dutch.number(row.provided)} uur" for row in frame.itertuples(name="Hours")]
    bars(axes, frame["programme"], frame["share"], texts, [BLUE, BLUE])
    axes.set_xlim(0, 1.02)
    return figure


def study_design(exhibit: Exhibit) -> Figure:
    """A time line: one bar per phase, its name above it."""
    figure, axes = canvas(exhibit, height=2.4, left=0.3, right=0.3)
    frame = exhibit.frame
    colors = [PALE] + [BLUE] * (len(frame) - 1)
    axes.barh(range(len(frame)), frame["end"] - frame["start"], left=frame["start"], color=colors, height=0.36)
    first, last = int(frame["start"].min()), int(frame["end"].max()) + 1
    for position, row in enumerate(frame.itertuples()):
        late = row.start > (first + last) / 2
        x, align = (row.end, "right") if late else (row.start, "left")
        axes.annotate(row.phase, (x, position - 0.24), ha=align, va="bottom", fontsize=10.5)
    axes.set_ylim(len(frame) - 0.6, -0.85)
    axes.set_yticks([])
    axes.set_xticks(range(first, last + 1), [str(year) for year in range(first, last + 1)])
    axes.grid(axis="x")
    axes.set_axisbelow(True)
    return figure


def absence(exhibit: Exhibit) -> Figure:
    """Intervals of two groups in two scenarios."""
    figure, axes = canvas(exhibit, height=2.6, left=1.4)
    frame = exhibit.frame
    labels = [f"{row.group}\n(n = {dutch.number(row.n)})" for row in frame.itertuples()]
    colors = [BLUE if group == "met bonus" else ORANGE for group in frame["group"]]
    scenarios = list(dict.fromkeys(frame["scenario"]))
    headed = [position + 0.9 * scenarios.index(name) for position, name in enumerate(frame["scenario"])]
    intervals(axes, labels, frame[["share", "lower", "upper"]], colors, headed)
    axes.set_ylim(headed[-1] + 0.6, -1.3)
    for scenario in scenarios:
        top = headed[list(frame["scenario"]).index(scenario)]
        axes.text(-0.41, top - 0.75, scenario, transform=axes.get_yaxis_transform(), va="center", fontweight="bold")
    axes.set_xlim(0)
    percent_axis(axes, "x")
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
