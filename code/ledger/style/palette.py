"""The palette of the figures, on light and on dark paper. The pages have the same in _static/book.css.

Distinguishable with every common colour blindness and in greyscale; shape or text always says the same as colour. Text
stands out from its ground by 4.5 to 1, shapes that mean something by 3 to 1 (WCAG 2.2, 1.4.3 and 1.4.11).
"""

from __future__ import annotations

import re

INK, MUTED, GRID, PAPER, PANEL = "#1f2933", "#52606d", "#d9dee4", "#ffffff", "#f4f6f8"
BLUE, ORANGE, TEAL = "#0b4f8a", "#a34708", "#17706a"
PALE, STONE = "#7895b8", "#8995a2"  # light enough to print INK on
SHADES = ("#c9d7e6", "#94b0cc", BLUE)  # few to many; INK on the first two, PAPER on the last

DARK = {
    INK: "#e4e9ee",
    MUTED: "#b5bfca",
    GRID: "#3a444f",
    PAPER: "#14191f",
    PANEL: "#1d242c",
    BLUE: "#8fc1f0",
    ORANGE: "#f0a868",
    TEAL: "#6fd0c8",
    PALE: "#4e6781",
    STONE: "#606871",
    SHADES[0]: "#26384a",
    SHADES[1]: "#3f6285",
}
_PAINT = re.compile(r'((?:fill|stroke)(?:: |="))(#[0-9a-f]{6})')


def on_dark(svg: str) -> str:
    """The same drawing in the colours for dark paper.

    Raises
    ------
    ValueError
        If it is painted in a colour that is not in the palette.
    """

    def darken(found: re.Match[str]) -> str:
        if found[2] not in DARK:
            raise ValueError(f"{found[2]} staat niet in ledger.style.palette: op donker papier is er geen kleur voor")
        return found[1] + DARK[found[2]]

    return _PAINT.sub(darken, svg)
