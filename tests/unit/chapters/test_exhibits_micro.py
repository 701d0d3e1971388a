"""Frames behind Micro's figures that come from the slides alone: typed from the slides, intervals by statsmodels."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from leerwerk.micro import exhibits

HARD, THIN = "\N{NO-BREAK SPACE}", "\N{NARROW NO-BREAK SPACE}"
# Both sides evaluate the same closed formula; they differ in rounding only.
SAME = 1e-9


def test_the_programmes_are_told_as_on_the_slide() -> None:
    assert exhibits.programmes().frame.to_numpy().tolist() == [
        [
            *("Doelgroep", "jongeren van 15 tot 18 jaar in leren en werken"),
            *("jongeren die in het NEC werken", "leerlingen BuSO OV3"),
        ],
        ["Uren", f"800{HARD}uur", f"25{HARD}uur", f"400{HARD}uur opleiding en 700{HARD}uur werkervaring"],
        ["Geld voor de leerling", "geen vermeld", "geen vermeld", f"motivatiebonus van 500{HARD}euro"],
        [
            *("Doel", "attitudes en vaardigheden voor de arbeidsmarkt"),
            *("bijkomende begeleiding tijdens werk in het NEC", "instroom in een vrijwillig jaar"),
        ],
        ["Ook bedoeld", "voorkomen van vroegtijdig schoolverlaten", "duurzaam werk in het NEC", "niet vermeld"],
    ]
    assert list(exhibits.programmes().table()) == ["kenmerk", "BRUG", "IBAL", "ABO"]


def test_hours_provided_and_used_are_those_of_the_slides() -> None:
    """Cabus (2020): 250 of 800 hours is 31.25%, 10 of 25 is 40%."""
    found = exhibits.hours()
    assert found.frame.to_numpy().tolist() == [["BRUG", 800, 250, 0.3125], ["IBAL", 25, 10, 0.4]]
    assert found.title == "Een traject duurt gemiddeld 31% (BRUG) of 40% (IBAL) van de voorziene tijd"
    assert found.alt == (
        "BRUG: van de 800 voorziene uren zijn er gemiddeld 250 gebruikt."
        " IBAL: van de 25 voorziene uren zijn er gemiddeld 10 gebruikt."
    )
    assert list(found.table()) == [
        "programma",
        "voorzien (uur)",
        "gemiddeld gebruikt (uur)",
        "deel van het voorziene (%)",
    ]
    assert list(found.printed().iloc[0]) == ["BRUG", "800", "250", "31"]


def test_phases_are_drawn_in_their_years() -> None:
    """Summer, autumn and winter lie by approximation within the year that the slide gives."""
    found = exhibits.study_design()
    assert found.frame[["phase", "years", "start", "end"]].to_numpy().tolist() == [
        ["Gevolgde cohorten", "2014 tot 2018", 2014.67, 2018.67],
        ["Literatuurstudie", "2018", 2018.5, 2018.7],
        ["Interviews", "2018", 2018.72, 2018.95],
        ["Longitudinaal onderzoek", "2019", 2019.0, 2020.0],
        ["Focusgroepen en samenvatting", "2020", 2020.0, 2020.22],
    ]
    assert found.title == "Het onderzoek liep van 2018 tot 2020 en kijkt terug tot 2014"
    assert found.alt == (
        "Tijdlijn met vijf balken: gevolgde cohorten (2014 tot 2018), literatuurstudie (2018), interviews (2018),"
        " longitudinaal onderzoek (2019) en focusgroepen en samenvatting (2020)."
    )


# 1 of 73 is 1.370%, 3 of 32 is 9.375%; 29 of 2110 is 1.374%, 57 of 608 is 9.375%, and 2110 of 2718 is 77.63%.
GROUPS = [("met bonus", 73, 1), ("controlegroep", 32, 3), ("met bonus", 2110, 29), ("controlegroep", 608, 57)]


def test_absence_in_the_smallest_groups_has_wilson_intervals() -> None:
    found = exhibits.absence()
    frame = found.frame
    assert list(frame[["group", "n", "k"]].itertuples(index=False, name=None)) == GROUPS
    assert (
        list(frame["scenario"])
        == ["kleinste groepen, elk apart bekeken"] * 2 + ["kleinste groepen, drie percentages samen"] * 2
    )
    assert list(frame["share"]) == [k / n for _, n, k in GROUPS]
    expected = [proportion_confint(k, n, method="wilson") for _, n, k in GROUPS]
    np.testing.assert_allclose(frame[["lower", "upper"]], expected, rtol=SAME)
    assert found.title == "Met bonus is 1,37% problematisch afwezig, in de controlegroep 9,38%"
    assert found.alt == (
        "Vier intervallen: met bonus (n = 73) 0,2% tot 7,4%, controlegroep (n = 32) 3,2% tot 24,2%,"
        f" met bonus (n = 2{THIN}110) 1,0% tot 2,0% en controlegroep (n = 608) 7,3% tot 12,0%."
    )
    assert list(found.printed().iloc[0])[2:] == ["73", "1", "1,37", "0,2", "7,4"]


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
    assert found.title == "Bij 73 en 32 leerlingen sluit het interval nul niet uit, bij 146 en 64 leerlingen wel"
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
        (exhibits.programmes, "HIVA-KU Leuven, 2020"),
        (exhibits.hours, "HIVA-KU Leuven, 2020"),
        (exhibits.study_design, "HIVA-KU Leuven, 2020"),
        (exhibits.absence, "HIVA-KU Leuven, 2020; eigen berekening"),
        (exhibits.effect_by_size, "HIVA-KU Leuven, 2020; eigen berekening"),
    ],
)
def test_what_the_slides_give_is_not_called_synthetic(make, origin: str) -> None:
    found = make()
    assert (found.origin, found.synthetic, found.notes) == (origin, False, ())
    assert "ynthetisch" not in found.title + found.alt + found.caption
