"""The only module that opens files under data/: reads, validates, and returns typed frames."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from leerwerk.schemas import TABLES, Table

DATA = Path(__file__).parents[2] / "data"


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
    """Collect the paths (`data/...`) of all tables read inside the block."""
    paths: set[str] = set()
    token = _recorded.set(paths)
    try:
        yield paths
    finally:
        _recorded.reset(token)


def fingerprint(path: str) -> str:
    """The SHA-256 of a file, by its path from the project's root (`data/...`)."""
    return hashlib.sha256((DATA.parent / path).read_bytes()).hexdigest()


def table(name: str) -> pd.DataFrame:
    """A validated table, by its path under data/; row grain and columns are in data/datapackage.json.

    Raises
    ------
    DataError
        If the file is missing, unreadable or breaks a rule.
    """
    paths = _recorded.get()
    if paths is not None:
        paths.add(f"data/{name}")
    return _read(DATA / name, name).copy(deep=False)


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


def check_all() -> list[Problem]:
    """Every problem in every table; empty when all is well."""
    problems: list[Problem] = []
    for name in TABLES:
        try:
            table(name)
        except DataError as error:
            problems += error.problems
    return problems


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
        raise DataError([Problem(f"data/{name}", "het bestand bestaat", "Zet het bestand terug of herstel zijn naam.")])
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        remedy = "Bewaar het bestand opnieuw als CSV UTF-8."
        raise DataError([Problem(f"data/{name}", "tekst in UTF-8", remedy, row)]) from None


def _parse(content: str, name: str) -> pd.DataFrame:
    if not content.strip():
        raise DataError([Problem(f"data/{name}", "een koprij en minstens een rij", "Haal het bestand terug uit git.")])
    (_, header), *records = _records(content, name)
    _check_columns(header, name)
    _check_widths(records, len(header), name)
    # Index + 2 is the line in the file, blank lines and line breaks inside cells included.
    lines = [line - 2 for line, _ in records]
    raw = pd.DataFrame([cells for _, cells in records], index=lines, columns=header, dtype=str)
    if raw.empty:
        raise DataError([Problem(f"data/{name}", "minstens een rij", "Haal het bestand terug uit git.")])
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
        raise DataError([Problem(f"data/{name}", f"leesbare CSV ({error})", remedy, line)]) from None
    return records


def _check_widths(records: list[tuple[int, list[str]]], width: int, name: str) -> None:
    remedy = "Zet een tekst met een komma tussen aanhalingstekens, schrijf getallen met een punt en vul rijen aan."
    problems = [
        Problem(f"data/{name}", f"{width} kolommen op elke rij", remedy, line, found=f"{len(cells)} kolommen")
        for line, cells in records
        if len(cells) != width
    ]
    if problems:
        raise DataError(problems)


def _check_columns(header: list[str], name: str) -> None:
    expected = list(TABLES[name].columns)
    problems = [
        Problem(f"data/{name}", "de kolom bestaat", f"Voeg ze toe; de koprij is {','.join(expected)}.", 1, column)
        for column in expected
        if column not in header
    ]
    problems += [
        Problem(f"data/{name}", "een bekende kolom", f"Haal ze weg; de koprij is {','.join(expected)}.", 1, column)
        for column in header
        if column not in expected
    ]
    problems += [
        Problem(f"data/{name}", "elke kolom komt een keer voor", "Haal de dubbele kolom weg.", 1, column)
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
            problems.append(Problem(f"data/{name}", case.check, rules.remedy(case.check), row + 2, case.column, found))
    # A cell that breaks its own rule would break the row's as well: one mistake, one message.
    sound = raw.drop(index=[problem.row - 2 for problem in problems if problem.row])
    for rule in rules.across if len(sound) else ():
        problems += [
            Problem(f"data/{name}", rule.demand, rule.remedy, row + 2, rule.column, raw.loc[row, rule.column])
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
            f"data/{name}",
            "elke sleutel komt een keer voor",
            remedy,
            row + 2,
            "+".join(keys),
            str(raw.loc[row, keys[0]]),
        )
        for row in raw.index[raw.duplicated(keys)]
    ]
