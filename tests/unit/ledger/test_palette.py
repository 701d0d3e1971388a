"""Colours: enough contrast on light and on dark paper, the same on pages and in figures, and nothing outside them."""

import re
from pathlib import Path

import pytest

from ledger.style import palette

STATIC = Path(__file__).parents[3] / "_static"
CSS, PRINT = ((STATIC / name).read_text(encoding="utf-8") for name in ("book.css", "print.css"))
PAPERS = {"light": lambda color: color, "dark": palette.DARK.__getitem__}
TOKENS = {
    "ink": palette.INK,
    "muted": palette.MUTED,
    "line": palette.GRID,
    "paper": palette.PAPER,
    "panel": palette.PANEL,
    "blue": palette.BLUE,
    "orange": palette.ORANGE,
    "teal": palette.TEAL,
}
WRITTEN = [
    *((color, palette.PAPER) for color in (palette.INK, palette.MUTED, palette.BLUE, palette.ORANGE, palette.TEAL)),
    *((palette.PAPER, color) for color in (palette.BLUE, palette.ORANGE, palette.TEAL, palette.SHADES[-1])),
    *((palette.INK, color) for color in (palette.PALE, palette.STONE, palette.PANEL, *palette.SHADES[:-1])),
]
DRAWN = (palette.INK, palette.MUTED, palette.BLUE, palette.ORANGE, palette.TEAL, palette.PALE, palette.STONE)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours: https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(color: str) -> float:
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_contrast_as_the_guidelines_give_it():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)  # the known grey that just fails


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize(("ink", "ground"), WRITTEN)
def test_text_can_be_read(paper, ink, ground):
    on = PAPERS[paper]
    assert contrast(on(ink), on(ground)) >= 4.5


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("color", DRAWN)
def test_shapes_can_be_seen(paper, color):
    on = PAPERS[paper]
    assert contrast(on(color), on(palette.PAPER)) >= 3


def test_pages_and_figures_share_their_colours():
    light, dark = re.findall(r"color-scheme: (?:light|dark);\n((?: +--.*\n)+)", CSS)[:2]
    for name, color in TOKENS.items():
        assert f"--{name}: {color};" in light
        assert f"--{name}: {palette.DARK[color]};" in dark


def test_paper_has_the_light_colours_whatever_the_screen_had():
    light, printed = (re.search(r"color-scheme: light;[^}]*", css) for css in (CSS, PRINT))
    assert light and printed
    colors = [re.findall(r"--(\w+): (#\w+);", found[0]) for found in (light, printed)]
    assert set(TOKENS) <= set(dict(colors[0]))
    assert colors[0] == colors[1]


def test_no_two_colours_become_one_in_the_dark():
    assert len(set(palette.DARK.values())) == len(palette.DARK)


def test_paint_changes_and_nothing_else():
    drawn = f'<use href="#{palette.BLUE[1:]}" style="fill: {palette.BLUE}; stroke: {palette.INK}"/><a fill="{palette.PAPER}"/>'
    assert palette.on_dark(drawn) == ('<use href="#0b4f8a" style="fill: #8fc1f0; stroke: #e4e9ee"/><a fill="#14191f"/>')


def test_a_colour_from_elsewhere_is_refused():
    with pytest.raises(ValueError, match="#123456 staat niet"):
        palette.on_dark('<path style="fill: #123456"/>')
