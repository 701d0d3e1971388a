"""The files that a drawing becomes: the same every time, on the right paper, and stamped where it must be."""

import dataclasses
import io
import re

import numpy as np
import pandas as pd
import pytest
from matplotlib.text import Text
from PIL import Image

from ledger.exhibit import Exhibit
from ledger.style import palette
from ledger.style.canvas import WIDTH, canvas, to_png, to_svg
from leerwerk.conclusion import exhibits
from leerwerk.conclusion.figures import summary
from leerwerk.macro import exhibits as macro
from leerwerk.macro.figures import shares
from leerwerk.meso import exhibits as meso
from leerwerk.meso.figures import who_guides

PLAIN = Exhibit("naam", "Titel", "", "Kop.", pd.DataFrame({"a": [1]}), {"a": "a"}, origin="bron")


def pixels(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


@pytest.mark.parametrize(("make", "draw"), [(macro.shares, shares), (meso.who_guides, who_guides)])
def test_the_same_figure_gives_the_same_files(make, draw):
    exhibit = make()
    one, other = draw(exhibit), draw(exhibit)
    assert to_svg(one, exhibit.name) == to_svg(other, exhibit.name)
    assert to_png(one) == to_png(other)


def test_the_drawing_lies_on_the_page_and_the_image_on_light_paper():
    figure, _ = canvas(PLAIN, height=1)
    assert palette.PAPER not in to_svg(figure, "naam")
    corner = pixels(to_png(figure))[0, 0]
    assert tuple(corner) == (255, 255, 255)


def test_files_tell_no_day_and_no_program():
    figure, _ = canvas(PLAIN, height=1)
    assert "<metadata>" not in to_svg(figure, "naam")
    assert Image.open(io.BytesIO(to_png(figure))).info.keys() == {"dpi"}


def test_coordinates_are_coarse_but_letters_keep_their_scale():
    exhibit = exhibits.summary()
    svg = to_svg(summary(exhibit), exhibit.name)
    assert "scale(0.015625)" in svg
    assert re.findall(r"\d\.\d{3,}", re.sub(r"scale\([^)]*\)", "", svg)) == []


def test_the_stamp_shows_in_both_files():
    tint = np.round(0.8 * 255 + 0.2 * np.array([int(palette.ORANGE[at : at + 2], 16) for at in (1, 3, 5)]))
    found = {}
    for synthetic in (False, True):
        figure, _ = canvas(dataclasses.replace(PLAIN, synthetic=synthetic), height=2)
        stamped = (np.abs(pixels(to_png(figure)) - tint).max(axis=2) <= 1).sum()
        found[synthetic] = ("<!-- SYNTHETISCH -->" in to_svg(figure, "naam"), stamped > 5000)
    assert found == {False: (False, False), True: (True, True)}


def test_words_in_a_drawing_stay_readable_on_a_phone():
    pixels = 385 / (WIDTH * 72)  # on a screen of 390; letters are measured in points
    for make, draw in ((macro.shares, shares), (meso.who_guides, who_guides)):
        figure = draw(make())
        inside = [text for axes in figure.axes for text in axes.findobj(Text) if text.get_text()]
        assert len(inside) > 5
        assert min(text.get_fontsize() for text in inside) * pixels >= 14
        page = figure.get_window_extent()
        assert [text.get_text() for text in inside if text.get_window_extent().x1 > page.x1] == []
