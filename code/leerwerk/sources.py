"""The only module that opens files under data/: reads, validates, and returns typed frames."""

from __future__ import annotations

import csv
import hashlib
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.pandas as pa
import yaml

from leerwerk import schemas
from leerwerk.quantity import Evidence
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


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a data file, and how to mend it."""

    file: str
    demand: str
    remedy: str
    row: int | None = None  # line in the file; the header is line 1
    column: str | None = None
    found: str | None = None

    def __str__(self) -> str:
        place = [self.file]
        if self.row is not None:
            place.append(f"regel {self.row}")
        if self.column is not None:
            place.append(f"kolom {self.column}")
        found = "" if self.found is None else f"\n  gevonden: {self.found[:80]!r}"
        return f"{', '.join(place)}{found}\n  vereist:  {self.demand}\n  herstel:  {self.remedy}"


class DataError(Exception):
    """A data file breaks its rules. The message fits on one screen: the first problems in full, then how many more."""

    SHOWN = 3

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__(problems)

    def __str__(self) -> str:
        shown = [str(problem) for problem in self.problems[: self.SHOWN]]
        if more := len(self.problems) - self.SHOWN:
            shown += [f"(en nog {more} andere)"] if more > 0 else []
        return "\n".join(shown)


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
    rules = TABLES[name]
    raw = _parse(_decode(path, name), name)
    problems = _broken_rules(raw, rules, name) + _repeated_keys(raw, rules, name)
    if problems:
        raise DataError(sorted(problems, key=lambda problem: problem.row or 0))
    typed = raw.assign(**{column: pd.to_numeric(raw[column]) for column in rules.numeric})
    return typed.reset_index(drop=True)


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


def _parse(content: str, name: str) -> pd.DataFrame:
    if not content.strip():
        raise DataError([Problem(_shown(name), "een koprij en minstens een rij", "Haal het bestand terug uit git.")])
    (_, header), *records = _records(content, name)
    _check_columns(header, name)
    _check_widths(records, len(header), name)
    # Index + 2 is the line in the file, blank lines and line breaks inside cells included.
    lines = [line - 2 for line, _ in records]
    raw = pd.DataFrame([cells for _, cells in records], index=lines, columns=header, dtype=str)
    if raw.empty:
        raise DataError([Problem(_shown(name), "minstens een rij", "Haal het bestand terug uit git.")])
    return raw


def _records(content: str, name: str) -> list[tuple[int, list[str]]]:
    """The line on which each record starts and its cells, header first; blank lines are left out."""
    reader = csv.reader(io.StringIO(content, newline=""), strict=True)
    records, line = [], 1
    try:
        for cells in reader:
            if cells:
                records.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        remedy = "Sluit elk aanhalingsteken; een aanhalingsteken in een tekst wordt dubbel geschreven."
        raise DataError([Problem(_shown(name), f"leesbare CSV ({error})", remedy, line)]) from None
    return records


def _check_widths(records: list[tuple[int, list[str]]], width: int, name: str) -> None:
    remedy = "Zet een tekst met een komma tussen aanhalingstekens, schrijf getallen met een punt en vul rijen aan."
    problems = [
        Problem(_shown(name), f"{width} kolommen op elke rij", remedy, line, found=f"{len(cells)} kolommen")
        for line, cells in records
        if len(cells) != width
    ]
    if problems:
        raise DataError(problems)


def _check_columns(header: list[str], name: str) -> None:
    expected = list(TABLES[name].columns)
    problems = [
        Problem(_shown(name), "de kolom bestaat", f"Voeg ze toe; de koprij is {','.join(expected)}.", 1, column)
        for column in expected
        if column not in header
    ]
    problems += [
        Problem(_shown(name), "een bekende kolom", f"Haal ze weg; de koprij is {','.join(expected)}.", 1, column)
        for column in header
        if column not in expected
    ]
    problems += [
        Problem(_shown(name), "elke kolom komt een keer voor", "Haal de dubbele kolom weg.", 1, column)
        for column in dict.fromkeys(header)
        if header.count(column) > 1
    ]
    if problems:
        raise DataError(problems)


def _broken_rules(raw: pd.DataFrame, rules: Table, name: str) -> list[Problem]:
    problems = []
    try:
        rules.schema().validate(raw, lazy=True)
    except pa.errors.SchemaErrors as errors:
        for case in errors.failure_cases.itertuples():
            row = int(case.index)
            found = raw.loc[row, case.column]
            problems.append(Problem(_shown(name), case.check, rules.remedy(case.check), row + 2, case.column, found))
    # A cell that breaks its own rule would break the row's as well: one mistake, one message.
    sound = raw.drop(index=[problem.row - 2 for problem in problems if problem.row])
    for rule in rules.across if len(sound) else ():
        problems += [
            Problem(_shown(name), rule.demand, rule.remedy, row + 2, rule.column, raw.loc[row, rule.column])
            for row in sound.index[~rule.holds(sound)]
        ]
    return problems


def _repeated_keys(raw: pd.DataFrame, rules: Table, name: str) -> list[Problem]:
    if not rules.key:
        return []
    keys = list(rules.key)
    remedy = "Verwijder de dubbele rij of geef ze een eigen sleutel."
    return [
        Problem(
            _shown(name),
            "elke sleutel komt een keer voor",
            remedy,
            row + 2,
            "+".join(keys),
            str(raw.loc[row, keys[0]]),
        )
        for row in raw.index[raw.duplicated(keys)]
    ]
