"""The only owner of Dutch: how numbers are printed for readers, and how printed figures are read back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from difflib import get_close_matches
from math import floor, log10

from babel.dates import format_date
from babel.numbers import format_decimal

from ledger.quantity import DIGITS, HIGHER, LOWER, SAME, Quantity, Released, Unit

LOCALE = "nl_BE"
THIN_SPACE = "\N{NARROW NO-BREAK SPACE}"
HARD_SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
DIRECTIONS = {"lager": LOWER, "geen verschil": SAME, "hoger": HIGHER}
UNDECIDED = "niet uit te maken"
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
    if quantity.unit == "direction" and quantity.lower != quantity.upper:
        return UNDECIDED
    return amount(quantity.value, quantity.unit, decimals)


def amount(value: float, unit: Unit, decimals: int | None = None) -> str:
    """A bare value in a unit as a reader sees it: `0.075` and `share` give `7,5%`."""
    if unit == "direction":
        return next(word for word, sign in DIRECTIONS.items() if sign == value)
    scale = 100 if unit in ("share", "points") else 1
    digits = DECIMALS.get(unit, 0) if decimals is None else decimals
    return number(value * scale, digits, grouped=unit != "year") + SUFFIXES.get(unit, "")


def released_decimals(share: Released) -> int:
    """Decimals of percent that a released share has in all of its parts: one more would be a zero that nobody counted."""
    parts = [abs(part) for part in (share.value, share.lower, share.upper) if part]
    return min((max(DIGITS - 3 - floor(log10(part)), 0) for part in parts), default=0)


def percent(share: float, decimals: int = 1) -> str:
    """A bare share as a reader sees it: `7,5%`."""
    return amount(share, "share", decimals)


def points(difference: float, decimals: int = 1) -> str:
    """A bare difference of shares as a reader sees it: `7,5 procentpunt`."""
    return amount(difference, "points", decimals)


def interval(quantity: Quantity, decimals: int | None = None) -> str:
    """`12,3% tot 15,6%`, or nothing where the quantity has no interval; that of a direction is in its word."""
    if quantity.lower is None or quantity.upper is None or quantity.unit == "direction":
        return ""
    return span(quantity.lower, quantity.upper, quantity.unit, decimals)


def span(lower: float, upper: float, unit: Unit, decimals: int | None = None) -> str:
    """Two bare ends in a unit as a reader sees them: `12,3% tot 15,6%`."""
    ends = [amount(end, unit, decimals) for end in (lower, upper)]
    shared = SUFFIXES.get(unit, "")
    if shared and shared != "%":
        ends[0] = ends[0].removesuffix(shared)
    return f"{ends[0]} tot {ends[1]}"


def count_word(text: str) -> str:
    """`3` as `drie`, for counts up to twenty in running text; nothing for any other text."""
    return COUNT_WORDS[int(text)] if text.isdecimal() and int(text) < len(COUNT_WORDS) else ""


def looks_like(name: str, known: Iterable[str]) -> str:
    """A sentence with the known name that was perhaps meant, and a space; nothing where none is near."""
    near = get_close_matches(name, known, n=1)
    return f"Het lijkt op {near[0]}. " if near else ""


def enumerate_words(words: Sequence[str], conjunction: str = "en") -> str:
    """`a, b en c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"


def in_english(figure: str) -> str:
    """`1 234,5` as `1,234.5`: a printed figure for a page in English."""
    return figure.replace(",", ".").replace(THIN_SPACE, ",")


def long_date(day: date) -> str:
    """`10 juni 2016`."""
    return format_date(day, "d MMMM y", locale=LOCALE)
