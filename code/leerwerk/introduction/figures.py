"""Draws the figures of the Inleiding: one function per figure, from an exhibit's frame; computes nothing."""

from __future__ import annotations

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ledger import dutch
from ledger.exhibit import Exhibit
from ledger.style.canvas import bars, canvas, direct_labels, percent_axis
from ledger.style.palette import BLUE, MUTED, ORANGE, PALE, TEAL


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
    bars(axes, frame["region"], frame["share"], [dutch.percent(share, 0) for share in frame["share"]], colors)
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
    bars(axes, frame["track"], frame["share"], [dutch.percent(share) for share in frame["share"]], [ORANGE, BLUE, PALE])
    return figure
