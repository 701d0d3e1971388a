"""Where the parts of a drawing stand: the places that readers rely on, in inches, points and units of the data."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.axes import Axes

from ledger.exhibit import Exhibit
from ledger.style.canvas import (
    MARGIN,
    SOURCE_LINE,
    TITLE_LINE,
    WIDTH,
    bars,
    canvas,
    direct_labels,
    intervals,
    percent_axis,
    points_axis,
)

TWO_LINES = "Een titel die zo lang is dat hij niet op een regel past en dus op twee komt"
EXHIBIT = Exhibit("naam", TWO_LINES, "", "Kop.", pd.DataFrame({"a": [1]}), {"a": "a"}, origin="bron")


@pytest.fixture
def axes() -> Axes:
    """Axes of two inches high on a page of their own."""
    _, axes = canvas(EXHIBIT, height=2, left=1, right=0.5, below=0.25)
    return axes


def test_the_page_has_room_for_title_axes_and_source(axes: Axes) -> None:
    figure = axes.figure
    height = MARGIN * 3 + 2 * TITLE_LINE + 2 + 0.25 + MARGIN * 2 + SOURCE_LINE
    assert tuple(figure.get_size_inches()) == pytest.approx((WIDTH, height))
    box = axes.get_position()
    assert (box.x0 * WIDTH, box.width * WIDTH) == pytest.approx((1, WIDTH - 1.5))
    assert (box.y0 * height, box.height * height) == pytest.approx((MARGIN * 2 + SOURCE_LINE + 0.25, 2))
    title, source = figure.texts
    assert (title.get_fontsize(), title.get_fontweight(), title.get_va()) == (13, "bold", "top")
    assert title.get_text().count("\n") == 1
    assert (source.get_text(), source.get_fontsize(), source.get_va()) == ("Bron: bron", 9, "bottom")
    assert ((1 - title.get_position()[1]) * height, source.get_position()[1] * height) == pytest.approx(
        (MARGIN, MARGIN)
    )


def test_bars_start_at_zero_first_on_top_with_their_texts_beside_them(axes: Axes) -> None:
    bars(axes, ["een", "twee"], [0.5, 0.25], ["50%", "25%"], ["#0b4f8a", "#0b4f8a"])
    assert axes.get_xlim() == pytest.approx((0, 0.61))
    assert [patch.get_width() for patch in axes.patches] == [0.5, 0.25]
    assert [patch.get_height() for patch in axes.patches] == pytest.approx([0.68, 0.68])
    assert axes.get_ylim()[0] > axes.get_ylim()[1]
    assert [(text.get_text(), text.xy) for text in axes.texts] == [("50%", (0.5, 0)), ("25%", (0.25, 1))]


def test_intervals_are_lines_with_a_dot(axes: Axes) -> None:
    ranges = pd.DataFrame({"estimate": [1.0, 2.0], "lower": [0.0, 1.0], "upper": [2.0, 4.0]})
    intervals(axes, ["een", "twee"], ranges, ["#0b4f8a", "#0b4f8a"])
    lines, dots = axes.collections
    assert [segment.tolist() for segment in lines.get_segments()] == [[[0, 0], [2, 0]], [[1, 1], [4, 1]]]
    assert dots.get_offsets().tolist() == [[1, 0], [2, 1]]
    assert dots.get_sizes().tolist() == [42]
    assert axes.get_ylim() == pytest.approx((1.6, -0.6))


def test_close_labels_are_moved_apart_and_keep_their_order(axes: Axes) -> None:
    axes.set_ylim(0, 1)
    direct_labels(axes, 5, {"hoog": (0.52, "#0b4f8a"), "laag": (0.5, "#a34708"), "ver": (0.9, "#17706a")})
    places = {text.get_text(): text.xy for text in axes.texts}
    assert places == {
        "laag": (5, 0.5),
        "hoog": (5, pytest.approx(0.585)),
        "ver": (5, 0.9),
    }
    assert {text.get_va() for text in axes.texts} == {"center"}


def test_axes_print_dutch_percentages_and_points(axes: Axes) -> None:
    axes.set_ylim(0, 0.5)
    percent_axis(axes)
    assert [axes.yaxis.get_major_formatter()(value) for value in (0.05, 0.5)] == ["5%", "50%"]
    assert list(axes.yaxis.get_major_locator().tick_values(0, 0.5)) == pytest.approx([0, 0.1, 0.2, 0.3, 0.4, 0.5])
    axes.set_xlim(-10, 10)
    points_axis(axes)
    assert axes.get_xlabel() == "verschil in procentpunt"
    assert axes.xaxis.get_major_formatter()(-5.0) == "−5"
