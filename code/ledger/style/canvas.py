"""The house style of the figures: one canvas, the few shapes that the figures share, and the files they become."""

from __future__ import annotations

import io
import re
import textwrap
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager
from matplotlib.text import Text
from matplotlib.ticker import FuncFormatter, MaxNLocator

from ledger import dutch
from ledger.exhibit import Exhibit
from ledger.style.palette import GRID, INK, MUTED, ORANGE, PAPER

WIDTH = 4.8  # inches: at phone width the text shrinks to about four fifths and stays readable
MARGIN, TITLE_LINE, SOURCE_LINE = 0.08, 0.215, 0.15
LEADING = 0.82  # of the font's own height, which is made for running text: labels of two lines stay together

STYLE: dict[Any, Any] = {
    "font.family": ["Source Sans 3 ExtraLight", "DejaVu Sans"],  # as its files call the family, whatever their weight
    "font.size": 11,
    "axes.labelsize": 10.5,
    "axes.labelcolor": MUTED,
    "axes.edgecolor": GRID,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "xtick.color": MUTED,
    "ytick.color": INK,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "text.color": INK,
    "grid.color": GRID,
    "grid.linewidth": 0.8,
    "lines.linewidth": 2.2,
    "axes.facecolor": "none",
    "hatch.color": PAPER,
    "svg.fonttype": "path",
}
for font in sorted(Path(__file__).with_name("fonts").glob("*.ttf")):
    fontManager.addfont(font)
mpl.rcParams.update(STYLE)
NO_METADATA = dict.fromkeys(("Date", "Creator", "Format", "Type"))
_FINE = re.compile(r"scale\([^)]*\)|-?\d+\.\d{3,}")


def canvas(
    exhibit: Exhibit, *, height: float, left: float = 0.45, right: float = 0.2, below: float = 0.35
) -> tuple[Figure, Axes]:
    """A figure with title and source line in place, and axes of `height` inches for the rest.

    Parameters
    ----------
    left, right, below
        Inches kept free around the axes for their labels.
    """
    title = textwrap.wrap(exhibit.title, 50)
    source = textwrap.wrap(f"Bron: {exhibit.origin}", 78)
    top, bottom = MARGIN * 3 + TITLE_LINE * len(title), MARGIN * 2 + SOURCE_LINE * len(source)
    total = top + height + below + bottom
    figure = Figure(figsize=(WIDTH, total))
    FigureCanvasSVG(figure)
    axes = figure.add_axes((left / WIDTH, (bottom + below) / total, (WIDTH - left - right) / WIDTH, height / total))
    x = MARGIN / WIDTH
    figure.text(x, 1 - MARGIN / total, "\n".join(title), va="top", fontsize=13, fontweight="bold")
    figure.text(x, MARGIN / total, "\n".join(source), va="bottom", fontsize=9, color=MUTED)
    if exhibit.synthetic:
        _stamp(axes)
    return figure, axes


def _stamp(axes: Axes) -> None:
    axes.text(
        *(0.5, 0.5, "SYNTHETISCH"),
        transform=axes.transAxes,
        ha="center",
        va="center",
        rotation=18,
        fontsize=26,
        fontweight="bold",
        color=ORANGE,
        alpha=0.2,
        zorder=1.5,  # above bands and bars, below lines
    )


def to_svg(figure: Figure, name: str) -> str:
    """The figure as SVG on the page's own paper, the same text for the same figure.

    No date, ids that depend on its name only, and no coordinates finer than a hundredth of a point.
    """
    _set_lines_close(figure)
    buffer = io.StringIO()
    with mpl.rc_context({"svg.hashsalt": name}):
        figure.savefig(buffer, format="svg", facecolor="none", metadata=NO_METADATA)
    return _FINE.sub(_coarse, buffer.getvalue())


def _set_lines_close(figure: Figure) -> None:
    for text in figure.findobj(Text):
        text.set_linespacing(LEADING)


def _coarse(found: re.Match[str]) -> str:
    # How far letters are scaled is left as it is: it multiplies coordinates in the thousands.
    return found[0] if found[0].startswith("scale") else f"{float(found[0]):.2f}".rstrip("0").rstrip(".")


def to_png(figure: Figure) -> bytes:
    """The figure as an image of some 960 pixels wide on light paper, the same bytes for the same figure."""
    _set_lines_close(figure)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=200, facecolor=PAPER, metadata={"Software": None})
    return buffer.getvalue()


def percent_axis(axes: Axes, which: str = "y", decimals: int = 0) -> None:
    """Print an axis of shares as percentages, in Dutch."""
    axis = axes.yaxis if which == "y" else axes.xaxis
    axis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
    axis.set_major_formatter(FuncFormatter(lambda value, _: dutch.amount(value, "share", decimals)))


def direct_labels(axes: Axes, x: float, ends: Mapping[str, tuple[float, str]]) -> None:
    """Series' names at their ends instead of a legend: name to height and colour; close ones are moved apart."""
    gap = 0.085 * axes.get_ylim()[1]
    floor = -float("inf")
    for name, (y, color) in sorted(ends.items(), key=lambda item: item[1][0]):
        floor = max(y, floor + gap)
        axes.annotate(
            *(name, (x, floor)),
            xytext=(6, 0),
            textcoords="offset points",
            va="center",
            color=color,
            fontweight="bold",
            annotation_clip=False,
        )


def bars(
    axes: Axes, labels: Sequence[str], values: Sequence[float], texts: Sequence[str], colors: Sequence[str]
) -> None:
    """Horizontal bars from zero, first on top, each with its value printed beside it."""
    positions = range(len(labels))
    axes.barh(positions, values, color=colors, height=0.68)
    axes.set_yticks(positions, [textwrap.fill(label, 22) for label in labels])
    axes.invert_yaxis()
    axes.set_xlim(0, max(values) * 1.22)
    axes.xaxis.set_visible(False)
    axes.spines["bottom"].set_visible(False)
    for position, value, text in zip(positions, values, texts, strict=True):
        axes.annotate(
            text, (value, position), xytext=(4, 0), textcoords="offset points", va="center", fontweight="bold"
        )


def intervals(
    axes: Axes,
    labels: Sequence[str],
    ranges: pd.DataFrame,
    colors: Sequence[str],
    positions: Sequence[float] | None = None,
) -> None:
    """Estimates as dots with their intervals as lines, first on top.

    Parameters
    ----------
    ranges
        One row per line, in the axis's unit: estimate, lower and upper end, by place.
    positions
        How far down each line stands; one apart if not given.
    """
    positions = range(len(labels)) if positions is None else positions
    estimates, lowers, uppers = (ranges.iloc[:, place] for place in range(3))
    axes.hlines(positions, lowers, uppers, colors=colors, linewidth=2.5)
    axes.scatter(estimates, positions, c=colors, s=42, zorder=3)
    axes.set_yticks(positions, labels)
    axes.set_ylim(positions[-1] + 0.6, -0.6)
    axes.grid(axis="x")
    axes.set_axisbelow(True)


def beside(axes: Axes, y: float, text: str, *, gap: float, right: bool = False, **look: Any) -> None:
    """Text at a height, `gap` points to the left of the axes, or to the right of them."""
    axes.annotate(
        *(text, (int(right), y), (gap if right else -gap, 0)),
        xycoords=("axes fraction", "data"),
        textcoords="offset points",
        ha="left" if right else "right",
        va="center",
        annotation_clip=False,
        **look,
    )


def points_axis(axes: Axes) -> None:
    """A horizontal axis of differences in percentage points."""
    axes.set_xlabel("verschil in procentpunt")
    axes.xaxis.set_major_formatter(lambda value, _: dutch.number(value))
    axes.grid(axis="x")
    axes.set_axisbelow(True)
