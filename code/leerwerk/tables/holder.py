"""Who holds the real pupil records, and what they cover: `records.yml` beside them, in the holder's own words."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

from ledger.tables import entries
from ledger.tables.entries import Entry
from ledger.tables.reading import DataError, Problem
from leerwerk.tables import microdata

FILE = "records.yml"
_UNFILLED = "___"
TEMPLATE = f"""\
holder: {_UNFILLED}      # wie de gegevens heeft, zoals op de pagina komt te staan
period: {_UNFILLED}      # bijvoorbeeld: september 2014 tot augustus 2018
extracted: {_UNFILLED}   # de dag van de uittreksels, bijvoorbeeld: 2026-11-24
coverage: {_UNFILLED}    # een of meer zinnen: welke leerlingen erin zitten, en welke niet
"""
_LONGEST = {"holder": 120, "period": 80, "extracted": 10, "coverage": 600}
# No page reads them as markup, whatever it is made with.
_MARKUP = set("<>{}[]`*_\\$|^~#")
_FILL_IN = f"Vul {FILE} zo aan:\n" + "\n".join(f"    {line}" for line in TEMPLATE.splitlines())


@dataclass(frozen=True, slots=True)
class About:
    """Plain text, one line each, for a page to show.

    Parameters
    ----------
    holder
        Who holds the records.
    period
        What time they are about.
    extracted
        The day on which they were extracted.
    coverage
        Dutch sentences: who is in them.
    """

    holder: str
    period: str
    extracted: date
    coverage: str


NAMES = tuple(field.name for field in fields(About))


def about() -> About:
    """What the holder of the real records says; only where there are any (`LEERWERK_MICRODATA`).

    Raises
    ------
    DataError
        If `records.yml` is missing, or does not say all of it in plain text.
    """
    return read(Path(os.environ[microdata.VARIABLE]))


def read(folder: Path) -> About:
    """The same of one folder."""
    path, file = folder / FILE, microdata.shown(FILE)
    if not path.is_file():
        raise DataError([Problem(file, "de houder zegt van wie en waarover de gegevens zijn", _FILL_IN)])
    entry = entries.read(path, file)
    if strange := next((part for name, part in entry.parts.items() if name not in NAMES), None):
        raise DataError([Problem(file, f"enkel {', '.join(NAMES)}", "Laat de regel weg.", strange.line)])
    texts = {name: _text(name, entry.parts.get(name), file) for name in NAMES}
    day = _day(texts["extracted"], entry.parts["extracted"], file)
    return About(texts["holder"], texts["period"], day, texts["coverage"])


def _text(name: str, entry: Entry | None, file: str) -> str:
    if entry is None:
        raise DataError([Problem(file, f"{name} is ingevuld", _FILL_IN)])
    text = " ".join((entry.text or "").split())
    if not text or _UNFILLED in text:
        raise DataError([Problem(file, f"{name} is ingevuld", _FILL_IN, entry.line)])
    if len(text) > _LONGEST[name]:
        raise DataError([Problem(file, f"{name}: hoogstens {_LONGEST[name]} tekens", "Maak het korter.", entry.line)])
    if "://" in text or _MARKUP & set(text):
        remedy = f"Laat {' '.join(sorted(_MARKUP))} en adressen weg."
        raise DataError([Problem(file, f"{name}: gewone tekst, zonder opmaak", remedy, entry.line)])
    if name == "coverage" and text[-1] not in ".!?":
        raise DataError([Problem(file, "coverage: een of meer zinnen", "Sluit af met een punt.", entry.line)])
    return text


def _day(text: str, entry: Entry, file: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        remedy = "Schrijf 2026-11-24 voor 24 november 2026."
        raise DataError([Problem(file, "extracted: een datum die bestaat, als jaar-maand-dag", remedy, entry.line)])
    return day
