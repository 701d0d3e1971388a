"""What a printed figure allows. The rule for each wording is stated for readers in the README.md beside claims.csv."""

from __future__ import annotations

import re

from ledger.dutch import DIRECTIONS

# Not \d, which takes the digits of every script.
_FIGURE = re.compile(
    r"^(?P<wording>bijna |ongeveer )?(?P<figure>[0-9][0-9 ]*(?:,[0-9]+)?)(?P<percent>%)?(?: (?:uur|euro))?$"
)
_SPAN = re.compile(r"^(?P<low>[0-9]+) à (?P<high>[0-9]+)%$")
_ONE_IN = re.compile(r"^1 op (?P<base>[1-9][0-9]*)$")
_DATE = re.compile(r"^[0-9]{1,2} [a-z]+ (?P<year>[0-9]{4})$")


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
