"""The only module that opens files under data/: reads, validates, and returns typed frames."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from leerwerk import schemas
from leerwerk.quantity import Evidence
from leerwerk.reading import DataError, Problem, typed_table
from leerwerk.schemas import Table
from leerwerk.schemas_pupils import PUPIL_TABLES

TABLES: dict[str, Table] = schemas.TABLES | PUPIL_TABLES
DATA = Path(__file__).parents[2] / "data"
LEARNERS, LEARNER_TRUTH = "synthetic/learners.csv", "synthetic/learner_truth.csv"
ABO_LEARNERS, ABO_TRUTH = "synthetic/abo_learners.csv", "synthetic/abo_truth.csv"
ASSUMPTIONS = "synthetic/assumptions.yml"
SIMULATION = "simulation/results.csv"
# The folder with real pupil records, in tables of the same name; without it the synthetic ones are read.
MICRODATA = "LEERWERK_MICRODATA"
PUPIL_RECORDS = (LEARNERS, ABO_LEARNERS)


_recorded: ContextVar[set[str] | None] = ContextVar("recorded", default=None)


@contextmanager
def recording() -> Iterator[set[str]]:
    """Collect the paths (`data/...`) of all tables read inside the block; an outer block gets them too."""
    paths: set[str] = set()
    token = _recorded.set(paths)
    try:
        yield paths
    finally:
        _recorded.reset(token)
        record(*paths)


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


def claims() -> pd.DataFrame:
    """The published claims, one row each."""
    return table("published/claims.csv")


def statements() -> pd.DataFrame:
    """The coded bullets of the meso and macro slides, one row each."""
    return table("published/statements.csv")


def slides() -> pd.DataFrame:
    """The presentation's slides in order, one row each, with the section of the book that treats it."""
    return table("published/slides.csv")


def slide_numbers() -> pd.DataFrame:
    """Every number printed on a slide, one row each, with its claim or the reason why it has none."""
    return table("published/slide_numbers.csv")


def groups() -> pd.DataFrame:
    """Group sizes that the presentation offers for a percentage: one row per claim and group."""
    return table("published/groups.csv")


def links(figure: str) -> pd.DataFrame:
    """Arrows of a drawn scheme: one row per arrow."""
    every = table("published/links.csv")
    return every[every["figure"] == figure].reset_index(drop=True)


def series(indicator: str | None = None) -> pd.DataFrame:
    """Public series, one row per indicator, area, sex, period and source; values in the row's unit."""
    every = table("context/series.csv")
    return every if indicator is None else every[every["indicator"] == indicator].reset_index(drop=True)


def public_sources() -> pd.DataFrame:
    """Publisher, title and address behind each source key."""
    return table("context/sources.csv")


def microdata_evidence() -> Evidence:
    """What a number computed from pupil records is: `restricted` with real ones, else `synthetic`."""
    return "restricted" if os.environ.get(MICRODATA) else "synthetic"


def learners() -> pd.DataFrame:
    """Pupils in learning and working, one row each: traits, programme, hours, outcomes."""
    return table(LEARNERS)


def abo_learners() -> pd.DataFrame:
    """Pupils of BuSO OV3 who could choose the ABO year, one row each: traits, choice, bonus, outcomes."""
    return table(ABO_LEARNERS)


def learner_truth() -> pd.DataFrame:
    """What no register knows of the synthetic learners: motivation (thousandths) and outcomes under each programme.

    Raises
    ------
    DataError
        With real records, of which there is no truth to know.
    """
    return _truth(LEARNER_TRUTH)


def abo_truth() -> pd.DataFrame:
    """What no register knows of the synthetic pupils of BuSO OV3; see `learner_truth`."""
    return _truth(ABO_TRUTH)


def simulation_results() -> pd.DataFrame:
    """The Monte Carlo: one row per scenario and estimator; effects are differences of shares (-1..1)."""
    return table(SIMULATION)


def assumptions() -> dict[str, Any]:
    """What the synthetic records rest on, as in the file; `leerwerk.assumptions` looks the references up.

    Raises
    ------
    DataError
        If the file is missing or not YAML.
    """
    record(_shown(ASSUMPTIONS))
    try:
        return dict(yaml.safe_load(_decode(DATA / ASSUMPTIONS, ASSUMPTIONS)))
    except (yaml.YAMLError, TypeError, ValueError) as error:
        row = error.problem_mark.line + 1 if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark else None
        remedy = "Kijk inspringing, dubbelpunten en accolades na."
        raise DataError([Problem(_shown(ASSUMPTIONS), "leesbare YAML", remedy, row)]) from None


def check_all() -> list[Problem]:
    """Every problem in every table; empty when all is well."""
    problems: list[Problem] = []
    for name in TABLES:
        try:
            table(name)
        except DataError as error:
            problems += error.problems
    return problems


def _truth(name: str) -> pd.DataFrame:
    if microdata_evidence() == "restricted":
        remedy = f"Haal {MICRODATA} uit de omgeving om met synthetische gegevens te werken."
        raise DataError([Problem(_shown(name), "synthetische gegevens: van echte is de waarheid onbekend", remedy)])
    return table(name)


def record(*names: str) -> None:
    """Note tables as read, for who is recording."""
    paths = _recorded.get()
    if paths is not None:
        paths.update(names)


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
