"""The image that goes with a link to the book: its title and one line. No results: nobody can follow them from there."""

from __future__ import annotations

import io

from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from bookbuild.citation.work import Work
from bookbuild.project.address import CARD_SIZE
from ledger.style import canvas, palette

WIDTH, HEIGHT = CARD_SIZE
DPI = 100
FAMILY = canvas.STYLE["font.family"]  # its fonts come with house
LEFT = 70  # pixels


def draw(work: Work, line: str) -> bytes:
    """The card as PNG of WIDTH by HEIGHT pixels, the same bytes for the same words.

    Parameters
    ----------
    line
        What stands below the title.
    """
    figure = Figure(figsize=(WIDTH / DPI, HEIGHT / DPI), dpi=DPI, facecolor=palette.PAPER)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(HEIGHT, 0)
    axes.axis("off")
    axes.add_patch(Rectangle((0, 0), WIDTH, 14, color=palette.BLUE))
    title, _, subtitle = work.title.partition(": ")
    _words(axes, LEFT, 220, title, 54, weight="bold")
    _words(axes, LEFT, 310, subtitle[:1].upper() + subtitle[1:], 30, color=palette.MUTED)
    _words(axes, LEFT, 420, line, 24)
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", metadata={"Software": None})
    return buffer.getvalue()


def _words(
    axes: Axes,
    x: float,
    y: float,
    text: str,
    pixels: float,
    *,
    color: str = palette.INK,
    weight: str = "normal",
) -> None:
    font = font_manager.FontProperties(family=FAMILY, size=pixels * 72 / DPI, weight=weight)
    axes.text(x, y, text, fontproperties=font, color=color, va="center")
