"""The only owner of Dutch: how numbers are printed for readers, and how printed figures are read back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from babel.dates import format_date
from babel.numbers import format_decimal

from leerwerk.quantity import HIGHER, LOWER, SAME, Quantity, Unit

LOCALE = "nl_BE"
THIN_SPACE = "\N{NARROW NO-BREAK SPACE}"
HARD_SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
DIRECTIONS = {"lager": LOWER, "geen verschil": SAME, "hoger": HIGHER}
COUNT_WORDS = (
    *("nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien"),
    *("elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien", "twintig"),
)
DECIMALS: dict[Unit, int] = {"share": 1, "points": 1, "ratio": 1}
SUFFIXES: dict[Unit, str] = {
    "share": "%",
    "points": f"{HARD_SPACE}procentpunt",
    "hours": f"{HARD_SPACE}uur",
    "euro": f"{HARD_SPACE}euro",
}


def number(value: float, decimals: int = 0, *, grouped: bool = True) -> str:
    """`1234.5` as `1 234,5`: decimal comma, thin space between thousands, a real minus sign."""
    pattern = ("#,##0" if grouped else "0") + ("." + "0" * decimals if decimals else "")
    text = format_decimal(value, format=pattern, locale=LOCALE)
    if not text.strip("-0,"):
        text = text.removeprefix("-")  # what rounds to zero has no sign
    return text.replace(".", THIN_SPACE).replace("-", MINUS)


def text(quantity: Quantity, decimals: int | None = None) -> str:
    """The quantity's value as a reader sees it, unit included.

    Parameters
    ----------
    decimals
        Decimals to print, of percent for a share; by default one for shares, points and ratios, none otherwise.
    """
    return amount(quantity.value, quantity.unit, decimals)


def amount(value: float, unit: Unit, decimals: int | None = None) -> str:
    """A bare value in a unit as a reader sees it: `0.075` and `share` give `7,5%`."""
    if unit == "direction":
        return next(word for word, sign in DIRECTIONS.items() if sign == value)
    scale = 100 if unit in ("share", "points") else 1
    digits = DECIMALS.get(unit, 0) if decimals is None else decimals
    return number(value * scale, digits, grouped=unit != "year") + SUFFIXES.get(unit, "")


def interval(quantity: Quantity, decimals: int | None = None) -> str:
    """`12,3% tot 15,6%`, or nothing where the quantity has no interval."""
    if quantity.lower is None or quantity.upper is None:
        return ""
    ends = [amount(end, quantity.unit, decimals) for end in (quantity.lower, quantity.upper)]
    shared = SUFFIXES.get(quantity.unit, "")
    if shared and shared != "%":
        ends[0] = ends[0].removesuffix(shared)
    return f"{ends[0]} tot {ends[1]}"


def count_word(text: str) -> str:
    """`3` as `drie`, for counts up to twenty in running text; nothing for any other text."""
    return COUNT_WORDS[int(text)] if text.isdecimal() and int(text) < len(COUNT_WORDS) else ""


def enumerate_words(words: Sequence[str], conjunction: str = "en") -> str:
    """`a, b en c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"


def long_date(day: date) -> str:
    """`10 juni 2016`."""
    return format_date(day, "d MMMM y", locale=LOCALE)


# What a printed figure allows. The rule for each wording is stated for readers in data/published/README.md.

_FIGURE = re.compile(r"^(?P<wording>bijna |ongeveer )?(?P<figure>\d[\d ]*(?:,\d+)?)(?P<percent>%)?(?: (?:uur|euro))?$")
_SPAN = re.compile(r"^(?P<low>\d+) à (?P<high>\d+)%$")
_ONE_IN = re.compile(r"^1 op (?P<base>[1-9]\d*)$")
_DATE = re.compile(r"^\d{1,2} [a-z]+ (?P<year>\d{4})$")


def allowed_range(published: str, *, rounded: bool) -> tuple[float, float]:
    """The range of true values that a printed figure allows, upper end excluded unless both ends are equal.

    Parameters
    ----------
    published
        The figure as printed: `87,51%`, `bijna 60%`, `50 à 60%`, `1 op 5`, `34 701`, `13 mei 2016`, `lager`.
    rounded
        Whether a whole number is an estimate that was rounded (250 hours on average) or exact (800 hours).

    Returns
    -------
    lower, upper
        Shares are 0..1; dates give their year; directions -1, 0 or 1.

    Raises
    ------
    ValueError
        If the wording is not one of these, or a percentage exceeds 100; "bijna" and "ongeveer" go with a percentage.
    """
    if published in DIRECTIONS:
        return DIRECTIONS[published], DIRECTIONS[published]
    if match := _SPAN.match(published):
        low, high = int(match["low"]), int(match["high"])
        if not low < high <= 100:
            raise ValueError(f"'{published}' loopt niet op tot hoogstens 100%")
        return _share(low, 0), _share(high, 0)
    if match := _ONE_IN.match(published):
        return _around(100 / int(match["base"]), 5)
    if match := _DATE.match(published):
        return float(match["year"]), float(match["year"])
    if match := _FIGURE.match(published):
        return _figure_range(match["figure"], match["wording"], bool(match["percent"]), rounded)
    raise ValueError(f"'{published}' is geen cijfer dat het boek kan lezen")


def _figure_range(figure: str, wording: str | None, percent: bool, rounded: bool) -> tuple[float, float]:
    value = float(figure.replace(" ", "").replace(",", "."))
    if not percent:
        if wording:
            raise ValueError(f"'{wording}{figure}' heeft geen regel: alleen percentages mogen bijna of ongeveer zijn")
        return (value - 0.5, value + 0.5) if rounded else (value, value)
    if value > 100:
        raise ValueError(f"'{figure}%' is meer dan 100%")
    step = 5 if value % 5 == 0 else 1
    if wording == "bijna ":
        return _share(value, -step / 2), _share(value, 0)
    if wording == "ongeveer ":
        return _around(value, step)
    decimals = len(figure.partition(",")[2])
    return _around(value, 10**-decimals)


def _around(percent: float, step: float) -> tuple[float, float]:
    return _share(percent, -step / 2), _share(percent, step / 2)


def _share(percent: float, shift: float) -> float:
    # Ten decimals remove binary noise (0.875150000001) without touching any figure that can be printed.
    return round((percent + shift) / 100, 10)
