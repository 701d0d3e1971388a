"""The image that goes with a link to the book: its title, and a square for every claim in the row of its status."""

from __future__ import annotations

import io
from collections.abc import Mapping

from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from bookbuild.citation.work import Work
from bookbuild.project.address import CARD_SIZE
from ledger.claim import STATUS_LABELS, Status
from ledger.style import canvas, palette

WIDTH, HEIGHT = CARD_SIZE
DPI = 100
FAMILY = canvas.STYLE["font.family"]  # its fonts come with house
COLORS: dict[Status, str] = {
    "reproduced": palette.BLUE,
    "consistent": palette.TEAL,
    "given": palette.PALE,
    "calibrated": palette.ORANGE,
    "inconsistent": palette.INK,
    "not recomputable": palette.MUTED,
}
LABELS: dict[Status, str] = {**STATUS_LABELS, "calibrated": f"{STATUS_LABELS['calibrated']} (synthetisch)"}
LEFT, LABELS_END, TOP, STEP = 70, 420, 330, 46  # pixels, from the left and from the top
SQUARE, GAP, ROOM = 26, 5, 690


def draw(work: Work, line: str, counts: Mapping[Status, int]) -> bytes:
    """The card as PNG of WIDTH by HEIGHT pixels, the same bytes for the same claims.

    Parameters
    ----------
    line
        What the squares are.
    counts
        Claims by status; a status without claims gets no row.
    """
    figure = Figure(figsize=(WIDTH / DPI, HEIGHT / DPI), dpi=DPI, facecolor=palette.PAPER)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(HEIGHT, 0)
    axes.axis("off")
    axes.add_patch(Rectangle((0, 0), WIDTH, 14, color=palette.BLUE))
    title, _, subtitle = work.title.partition(": ")
    _words(axes, LEFT, 92, title, 54, weight="bold")
    _words(axes, LEFT, 182, subtitle[:1].upper() + subtitle[1:], 30, color=palette.MUTED)
    _words(axes, LEFT, 268, line, 24)
    shown = [(status, counts[status]) for status in COLORS if counts.get(status)]
    step = min(SQUARE + GAP, ROOM / max(count for _, count in shown))
    for row, (status, count) in enumerate(shown):
        _words(axes, LABELS_END, TOP + row * STEP, f"{LABELS[status]}  {count}", 20, align="right")
        _squares(axes, TOP + row * STEP, count, step, COLORS[status])
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", metadata={"Software": None})
    return buffer.getvalue()


def _squares(axes: Axes, middle: float, count: int, step: float, color: str) -> None:
    side = step - GAP
    for place in range(count):
        corner = (LABELS_END + GAP * 4 + place * step, middle - side / 2)
        axes.add_patch(Rectangle(corner, side, side, facecolor=color, edgecolor=palette.MUTED, linewidth=0.8))


def _words(
    axes: Axes,
    x: float,
    y: float,
    text: str,
    pixels: float,
    *,
    color: str = palette.INK,
    weight: str = "normal",
    align: str = "left",
) -> None:
    font = font_manager.FontProperties(family=FAMILY, size=pixels * 72 / DPI, weight=weight)
    axes.text(x, y, text, fontproperties=font, color=color, va="center", ha=align)
