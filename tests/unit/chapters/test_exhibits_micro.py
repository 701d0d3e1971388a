"""Frames behind Micro's figures that come from the slides alone: typed from the slides, intervals by statsmodels."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.stats.proportion import confint_proportions_2indep

from leerwerk.micro import exhibits, findings

HARD, THIN = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"
# Both sides evaluate the same closed formula; they differ in rounding only.
SAME = 1e-9


def test_a_hundred_pupils_are_those_of_the_slide() -> None:
    """27 and "bijna 7" of a hundred; 62.5 to 67.5% of 6.5 to 7% did both: 4.06 to 4.73 of a hundred."""
    found = exhibits.participation()
    assert found.frame.to_numpy().tolist() == [
        ["alleen BRUG", 22],
        ["BRUG en IBAL", 4],
        ["BRUG, misschien ook IBAL", 1],
        ["alleen IBAL", 2],
        ["geen van beide", 71],
    ]
    assert found.title == "Van elke 100 leerlingen in het dbso volgden er 27 BRUG en bijna 7 IBAL; 4 à 5 deden beide"
    assert "27% BRUG, bijna 7% IBAL" in found.caption


def test_another_share_moves_the_hundred(desk) -> None:
    desk.publish("micro.brug.participation", "31%")
    found = exhibits.participation()
    assert list(found.frame["n"]) == [26, 4, 1, 2, 67]
    assert "er 31 BRUG" in found.title


def test_hours_are_those_of_the_slides() -> None:
    """Cabus (2020): 250 of 800 hours is 31.25%, 10 of 25 is 40%."""
    found = exhibits.hours()
    assert found.frame.to_numpy().tolist() == [["BRUG", 800, 250, 0.3125], ["IBAL", 25, 10, 0.4]]
    assert found.title == "Jongeren volgen gemiddeld 250 van de 800 uur BRUG en 10 van de 25 uur IBAL"
    assert found.alt == "Twee balken. BRUG: gemiddeld 250 van de 800 uur. IBAL: gemiddeld 10 van de 25 uur."
    assert list(found.table()) == ["programma", "vermeld (uur)", "gemiddeld (uur)", "deel (%)"]
    assert list(found.printed().iloc[0]) == ["BRUG", "800", "250", "31"]


# 1 of 73 is 1.370%, 3 of 32 is 9.375%; 29 of 2110 is 1.374%, 57 of 608 is 9.375%, and 2110 of 2718 is 77.63%.
# The smallest groups apart, twice, four and eight times; last the smallest for which all three percentages fit.
SIZES = [(73, 1, 32, 3), (146, 2, 64, 6), (292, 4, 128, 12), (584, 8, 256, 24), (2110, 29, 608, 57)]


def test_the_effect_by_size_has_newcombes_intervals() -> None:
    found = exhibits.effect_by_size()
    frame = found.frame
    assert list(zip(frame["n_with"], frame["n_without"], strict=True)) == [(n, m) for n, _, m, _ in SIZES]
    np.testing.assert_allclose(frame["difference"], [k / n - j / m for n, k, m, j in SIZES], rtol=SAME)
    expected = [
        confint_proportions_2indep(k, n, j, m, compare="diff", method="newcomb", correction=False)
        for n, k, m, j in SIZES
    ]
    np.testing.assert_allclose(frame[["lower", "upper"]], expected, rtol=SAME)
    assert list(frame["upper"] < 0) == [False, True, True, True, True]
    assert found.title == "Bij 73 en 32 leerlingen kan het toeval zijn, bij 146 en 64 leerlingen nauwelijks"
    assert found.alt == (
        "Intervallen van het verschil, van kleine naar grote groepen."
        f" 73 en 32 leerlingen: −22,9 tot 0,6{HARD}procentpunt."
        f" 2{THIN}110 en 608 leerlingen: −10,6 tot −5,8{HARD}procentpunt."
        " Hoe groter de groepen, hoe smaller het interval."
    )
    assert found.description.count("Bij ") == 5
    assert found.description.endswith(
        f"Bij 2{THIN}110 en 608 leerlingen loopt het interval van −10,6 tot −5,8{HARD}procentpunt."
    )
    assert list(found.printed().iloc[4]) == [f"2{THIN}110", "608", "−8,0", "−10,6", "−5,8"]


@pytest.mark.parametrize(
    ("make", "origin"),
    [
        (findings.summary, "HIVA-KU Leuven, 2020"),
        (exhibits.hours, "HIVA-KU Leuven, 2020"),
        (exhibits.participation, "HIVA-KU Leuven, 2020; eigen berekening"),
        (exhibits.effect_by_size, "HIVA-KU Leuven, 2020; eigen berekening"),
    ],
)
def test_what_the_slides_give_is_not_called_synthetic(make, origin: str) -> None:
    found = make()
    assert (found.origin, found.synthetic, found.notes) == (origin, False, ())
    assert "ynthetisch" not in found.title + found.alt + found.caption
