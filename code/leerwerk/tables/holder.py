"""Whose pupil records are used: records.yml in their folder."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

import yaml

from ledger.tables.reading import DataError, Problem
from leerwerk.tables.folder import MICRODATA

FILE = "records.yml"
TEMPLATE = (
    "holder: Naam van wie de gegevens beheert\nperiod: schooljaren 2014-2015 tot 2017-2018\nextracted: 2026-09-01\n"
    "coverage: Alle leerlingen van de centra voor leren en werken in Vlaanderen.\n"
)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the records, which period they are of, when they were extracted, and in sentences whom they cover."""

    holder: str
    period: str
    extracted: date
    coverage: str


def holder() -> Holder:
    """What records.yml says, of the folder that the environment names.

    Raises
    ------
    DataError
        If it is missing or lacks something.
    """
    shown = f"{MICRODATA}/{FILE}"
    try:
        found = yaml.safe_load(Path(os.environ[MICRODATA], FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError):
        found = None
    known = {each.name: str if each.name != "extracted" else date for each in fields(Holder)}
    if not isinstance(found, dict) or {name: type(value) for name, value in found.items()} != known:
        raise DataError(
            [Problem(shown, "moet zeggen van wie de leerlingengegevens zijn", f"Schrijf het zo:\n{TEMPLATE}")]
        )
    return Holder(**found)
