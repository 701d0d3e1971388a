"""Draws, computes nothing: one function per figure, from an exhibit's frame to a matplotlib figure."""

from __future__ import annotations

import textwrap
from typing import Any

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from leerwerk import dutch
from leerwerk.exhibits import Exhibit
from leerwerk.house import bars, canvas, direct_labels, intervals, percent_axis
from leerwerk.palette import BLUE, INK, MUTED, ORANGE, PALE, PANEL, PAPER, SHADES, STONE, TEAL


def _percent(share: float, decimals: int = 1) -> str:
    return dutch.amount(share, "share", decimals)


def youth_rates(exhibit: Exhibit) -> Figure:
    """Two lines: youth and total unemployment."""
    figure, axes = canvas(exhibit, height=2.3, right=0.95)
    frame = exhibit.frame
    ends: dict[str, tuple[float, str]] = {}
    for column, label, color, style in (("youth", "jongeren", ORANGE, "-"), ("total", "iedereen", BLUE, "--")):
        sns.lineplot(frame, x="year", y=column, color=color, linestyle=style, ax=axes)
        ends[label] = (frame[column].iloc[-1], color)
    direct_labels(axes, frame["year"].max(), ends)
    _year_axis(axes)
    axes.set_ylim(0)
    percent_axis(axes)
    return figure


def youth_ratio(exhibit: Exhibit) -> Figure:
    """One line with its lowest and highest point named."""
    figure, axes = canvas(exhibit, height=2.0)
    frame = exhibit.frame
    sns.lineplot(frame, x="year", y="ratio", color=BLUE, ax=axes)
    for method, shift in (("idxmin", -12), ("idxmax", 9)):
        row = frame.loc[getattr(frame["ratio"], method)()]
        text = f"{dutch.number(row['ratio'], 1)} in {row['year']:.0f}"
        axes.scatter([row["year"]], [row["ratio"]], color=BLUE, zorder=3)
        axes.annotate(text, (row["year"], row["ratio"]), xytext=(0, shift), textcoords="offset points", ha="center")
    axes.axhline(1, color=MUTED, linewidth=1, linestyle=":")
    axes.annotate(
        "gelijk aan iedereen", (frame["year"].min(), 1), xytext=(0, 4), textcoords="offset points", color=MUTED
    )
    _year_axis(axes)
    axes.set_ylim(0, frame["ratio"].max() * 1.2)
    return figure


def _year_axis(axes: Axes) -> None:
    axes.set(xlabel="", ylabel="")
    axes.grid(axis="y")
    axes.set_axisbelow(True)


def regional_rates(exhibit: Exhibit) -> Figure:
    """One bar per region; Belgium, the reference, is pale."""
    figure, axes = canvas(exhibit, height=1.5, left=1.05, below=0)
    frame = exhibit.frame
    colors = [PALE if region == "België" else BLUE for region in frame["region"]]
    bars(axes, frame["region"], frame["share"], [_percent(share, 0) for share in frame["share"]], colors)
    return figure


def leavers_by_region(exhibit: Exhibit) -> Figure:
    """One line per region, breaks dotted."""
    return _leavers(exhibit, "region", right=1.0)


def leavers_by_sex(exhibit: Exhibit) -> Figure:
    """One line per sex, breaks dotted."""
    return _leavers(exhibit, "sex", right=0.9)


def _leavers(exhibit: Exhibit, by: str, right: float) -> Figure:
    figure, axes = canvas(exhibit, height=2.3, right=right)
    frame = exhibit.frame
    ends: dict[str, tuple[float, str]] = {}
    for (name, rows), color, marker in zip(frame.groupby(by), (ORANGE, BLUE, TEAL), "os^", strict=False):
        sns.lineplot(rows, x="year", y="share", color=color, marker=marker, markeredgewidth=0, ax=axes)
        ends[str(name)] = (rows["share"].iloc[-1], color)
    direct_labels(axes, frame["year"].max(), ends)
    for year in _break_years(frame):
        axes.axvline(year - 0.5, color=MUTED, linewidth=0.9, linestyle=":", zorder=0)
    _year_axis(axes)
    axes.set_ylim(0)
    percent_axis(axes)
    return figure


def _break_years(frame: pd.DataFrame) -> list[int]:
    years = {int(year) for breaks in frame["breaks"].unique() for year in breaks.split(", ")}
    return sorted(year for year in years if frame["year"].min() < year <= frame["year"].max())


def leavers_by_track(exhibit: Exhibit) -> Figure:
    """One bar per track, part-time vocational picked out."""
    figure, axes = canvas(exhibit, height=1.25, left=1.35, below=0)
    frame = exhibit.frame
    bars(axes, frame["track"], frame["share"], [_percent(share) for share in frame["share"]], [ORANGE, BLUE, PALE])
    return figure


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
        axes.annotate(row.phase, (x, position - 0.24), ha=align, va="bottom", fontsize=9.5)
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


def coaching_experiment(exhibit: Exhibit) -> Figure:
    """Two bars: dropout without and with coaching."""
    figure, axes = canvas(exhibit, height=0.95, left=1.4, below=0)
    frame = exhibit.frame
    bars(axes, frame["arm"], frame["share"], [_percent(share, 0) for share in frame["share"]], [PALE, TEAL])
    return figure


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
    figure, axes = canvas(exhibit, height=2.5, left=1.65, right=0.1, below=0.62)
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
    axes.tick_params(labelsize=8.8)
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
    axes.tick_params(axis="y", labelsize=8.8)
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
    axes.set_yticks(range(len(rows)), [textwrap.fill(name, 22) for name in rows], fontsize=8.8)
    axes.set_xticks(range(len(columns)), columns, fontsize=8.8, rotation=30, ha="right", color=INK)
    axes.set(xlim=(-0.5, len(columns) - 0.5), ylim=(len(rows) - 0.5, -0.5))
    axes.spines["bottom"].set_visible(False)
    return figure


def _shade(count: int) -> str:
    """The fill of a cell: none, one or two, three or four, five or more statements."""
    return PANEL if count == 0 else SHADES[min((count - 1) // 2, len(SHADES) - 1)]


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
    axes.legend(loc="upper left", bbox_to_anchor=(-0.2, -0.02), ncols=2, frameon=False, fontsize=9)
    return figure
