"""How numbers are printed for Dutch readers, and what a printed figure allows."""

from datetime import date

import pytest

from ledger import dutch, wording
from ledger.quantity import Quantity, Released

THIN, HARD = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("value", "decimals", "expected"),
    [
        (999, 0, "999"),
        (1234.5, 1, f"1{THIN}234,5"),
        (34701, 0, f"34{THIN}701"),
        (1e6, 0, f"1{THIN}000{THIN}000"),
        (-8.01, 2, "−8,01"),
        (0.5, 2, "0,50"),
        (-0.04, 1, "0,0"),
        (-0.4, 0, "0"),
        (-0.05001, 1, "−0,1"),
    ],
)
def test_number(value, decimals, expected):
    assert dutch.number(value, decimals) == expected


@pytest.mark.parametrize(
    ("value", "unit", "decimals", "expected"),
    [
        (0.075, "share", None, "7,5%"),
        (0.8751, "share", 2, "87,51%"),
        (0.27, "share", 0, "27%"),
        (-0.0801, "points", 2, f"−8,01{HARD}procentpunt"),
        (2.44, "ratio", None, "2,4"),
        (250, "hours", None, f"250{HARD}uur"),
        (500, "euro", None, f"500{HARD}euro"),
        (1031, "persons", None, f"1{THIN}031"),
        (1031, "count", None, f"1{THIN}031"),
        (2016, "year", None, "2016"),
        (-1, "direction", None, "lager"),
        (0, "direction", None, "geen verschil"),
        (1, "direction", None, "hoger"),
    ],
)
def test_text_carries_the_unit(value, unit, decimals, expected):
    assert dutch.text(Quantity(value, unit), decimals) == expected


def test_what_lies_between_two_directions_has_no_word():
    with pytest.raises(StopIteration):
        dutch.amount(0.5, "direction")


@pytest.mark.parametrize(
    ("unit", "ends", "expected"),
    [
        ("share", (0.123, 0.156), "12,3% tot 15,6%"),
        ("points", (-0.106, -0.058), f"−10,6 tot −5,8{HARD}procentpunt"),
        ("hours", (249.0, 251.0), f"249 tot 251{HARD}uur"),
        ("ratio", (0.1, 1.4), "0,1 tot 1,4"),
        ("share", (None, None), ""),
    ],
)
def test_interval_names_the_unit_once(unit, ends, expected):
    assert dutch.interval(Quantity(0, unit, *ends)) == expected


def test_bare_shares_and_differences():
    assert (dutch.percent(0.0754), dutch.percent(0.0754, 0)) == ("7,5%", "8%")
    assert (dutch.points(-0.1026), dutch.points(0.1026, 2)) == (
        f"{dutch.MINUS}10,3{dutch.HARD_SPACE}procentpunt",
        f"10,26{dutch.HARD_SPACE}procentpunt",
    )
    assert dutch.span(0.25, 0.5, "share") == "25,0% tot 50,0%"


def test_interval_passes_decimals_on():
    assert dutch.interval(Quantity(0.5, "share", 0.1234, 0.9876), 2) == "12,34% tot 98,76%"


@pytest.mark.parametrize(("words", "expected"), [([], ""), (["a"], "a"), (["a", "b"], "a en b"), ("abc", "a, b en c")])
def test_enumeration(words, expected):
    assert dutch.enumerate_words(words) == expected


@pytest.mark.parametrize(
    ("ends", "decimals"),
    [
        ((0.244, 0.226, 0.263), 1),  # 24,4%, from 22,6% to 26,3%
        ((0.0137, 0.01, 0.02), 2),  # 1,37%: its ends have as many
        ((0.0951, 0.08, 0.112), 1),  # 9,51%, but up to 11,2%
        ((0.0137, 0.0, 0.02), 2),  # nothing has no digits
        ((1.0, 0.98, 1.0), 0),  # 100%
        ((0.0, None, None), 0),
    ],
)
def test_a_released_share_has_no_decimals_that_its_three_digits_do_not_tell(ends, decimals):
    value, lower, upper = ends
    assert dutch.released_decimals(Released(value, "share", lower, upper, None, "restricted")) == decimals


def test_enumeration_with_another_conjunction():
    assert dutch.enumerate_words(["a", "b", "c"], "of") == "a, b of c"


def test_a_figure_in_english():
    assert dutch.in_english("1\N{NARROW NO-BREAK SPACE}234,5%") == "1,234.5%"


def test_long_date():
    assert dutch.long_date(date(2016, 6, 10)) == "10 juni 2016"


# Half a step either side; a step is the last digit, or five points where a wording goes with a multiple of five.
@pytest.mark.parametrize(
    ("figure", "lower", "upper"),
    [
        ("87,51%", 0.87505, 0.87515),
        ("77,6%", 0.7755, 0.7765),
        ("27%", 0.265, 0.275),
        ("60%", 0.595, 0.605),
        ("100%", 0.995, 1.005),
        ("bijna 7%", 0.065, 0.07),
        ("bijna 60%", 0.575, 0.60),
        ("ongeveer 65%", 0.625, 0.675),
        ("ongeveer 7%", 0.065, 0.075),
        ("50 à 60%", 0.5, 0.6),
        ("90 à 100%", 0.9, 1.0),
        ("1 op 5", 0.175, 0.225),
        ("1 op 10", 0.075, 0.125),
        ("34 701", 34701, 34701),
        ("800 uur", 800, 800),
        ("500 euro", 500, 500),
        ("2016", 2016, 2016),
        ("13 mei 2016", 2016, 2016),
        ("lager", -1, -1),
        ("geen verschil", 0, 0),
        ("hoger", 1, 1),
    ],
)
def test_range_that_a_figure_allows(figure, lower, upper):
    assert wording.allowed_range(figure, rounded=False) == (lower, upper)


@pytest.mark.parametrize(("figure", "lower", "upper"), [("250", 249.5, 250.5), ("10 uur", 9.5, 10.5)])
def test_whole_number_that_was_rounded(figure, lower, upper):
    assert wording.allowed_range(figure, rounded=True) == (lower, upper)


@pytest.mark.parametrize(
    "figure",
    [
        *("", "veel", "87.51%", "87,51 %", "-5%", "5,%", ",5%"),
        *("101%", "100,01%", "bijna 101%"),
        *("60 à 50%", "50 à 50%", "50 à 101%", "50 à 60"),
        *("1 op 0", "2 op 5", "1 op 5,5"),
        *("bijna 250", "ongeveer 250 uur", "bijna bijna 7%", "mei 2016"),
    ],
)
def test_figure_without_a_rule_is_refused(figure):
    with pytest.raises(ValueError, match=r"geen cijfer|meer dan 100%|loopt niet op|heeft geen regel"):
        wording.allowed_range(figure, rounded=False)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("0", "nul"),
        ("1", "één"),
        ("3", "drie"),
        ("12", "twaalf"),
        ("20", "twintig"),
        ("21", ""),
        ("1\u202f031", ""),
        ("lager", ""),
    ],
)
def test_small_counts_have_a_word_and_nothing_else_has(text: str, word: str) -> None:
    assert dutch.count_word(text) == word
