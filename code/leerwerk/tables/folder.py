"""Where the data lie: the project's folder, and for real pupil records another one."""

from __future__ import annotations

import hashlib
import os
from functools import cache
from pathlib import Path

import pandas as pd

from ledger.quantity import Evidence
from ledger.tables.folder import record
from ledger.tables.reading import DataError, Problem, typed_table
from leerwerk.study import TABLES
from leerwerk.tables.pupils import ABO_LEARNERS, LEARNERS

DATA = Path(__file__).parents[2] / "data"
SIMULATION = "simulation/results.csv"
# The folder with real pupil records, in tables of the same name; without it the synthetic ones are read.
MICRODATA = "LEERWERK_MICRODATA"
PUPIL_RECORDS = (LEARNERS, ABO_LEARNERS)


def fingerprint(path: str) -> str:
    """The SHA-256 of a file, by its path from the project's root (`data/...`)."""
    name = path.removeprefix(f"{MICRODATA}/")
    where = DATA.parent / path if name == path else _location(f"synthetic/{name}")
    return hashlib.sha256(where.read_bytes()).hexdigest()


def table(name: str) -> pd.DataFrame:
    """A validated table, by its path under data/; row grain and columns are in data/datapackage.json.

    Raises
    ------
    DataError
        If the file is missing, unreadable or breaks a rule.
    """
    record(_shown(name))
    return _read(_location(name).resolve(), name).copy(deep=False)


def microdata_evidence() -> Evidence:
    """What a number computed from pupil records is: `restricted` with real ones, else `synthetic`."""
    return "restricted" if os.environ.get(MICRODATA) else "synthetic"


def _is_real(name: str) -> bool:
    return name in PUPIL_RECORDS and microdata_evidence() == "restricted"


def _location(name: str) -> Path:
    return Path(os.environ[MICRODATA]) / Path(name).name if _is_real(name) else DATA / name


def _shown(name: str) -> str:
    # Where real records lie is nobody's business: readers see the name of the variable, not the folder.
    return f"{MICRODATA}/{Path(name).name}" if _is_real(name) else f"data/{name}"


@cache
def _read(path: Path, name: str) -> pd.DataFrame:
    return typed_table(_decode(path, name), TABLES[name], _shown(name))


def _decode(path: Path, name: str) -> str:
    if not path.is_file():
        raise DataError([Problem(_shown(name), "het bestand bestaat", "Zet het bestand terug of herstel zijn naam.")])
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        remedy = "Bewaar het bestand opnieuw als CSV UTF-8."
        raise DataError([Problem(_shown(name), "tekst in UTF-8", remedy, row)]) from None
