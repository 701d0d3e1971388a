"""From the text of a CSV file to a typed frame, or to the problems that keep it from being one."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
import pandera.pandas as pa

from ledger import dutch
from ledger.tables.rules import Table


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a data file, and how to mend it."""

    file: str
    demand: str
    remedy: str
    row: int | None = None  # line in the file; the header is line 1
    column: str | None = None
    found: str | None = None
    more: int = 0  # rows after this one in which the same is wrong, told by their number only
    closed: bool = False  # whether the file is nobody's business: no row and no cell of it is told

    def __str__(self) -> str:
        if self.closed:
            return self._told(_rows(_count(self)))
        found = "" if self.found is None else f"\n  gevonden: {self.found[:80]!r}"
        return self._told(f"regel {self.row}" if self.row is not None else "", found)

    def _told(self, rows: str, found: str = "") -> str:
        place = [self.file, *([rows] if rows else []), *([f"kolom {self.column}"] if self.column is not None else [])]
        return f"{', '.join(place)}{found}\n  vereist:  {self.demand}\n  herstel:  {self.remedy}"

    def sealed(self) -> Problem:
        """The same of a closed file, which holds no cell of it."""
        return replace(self, found=None, closed=True)


def _count(problem: Problem) -> int:
    """Rows in which it is wrong; none for what is wrong in the header, or in the file as a whole."""
    return 0 if problem.row in (None, 1) else 1 + problem.more


def _rows(count: int) -> str:
    return "" if not count else f"{dutch.number(count)} {'rij' if count == 1 else 'rijen'}"


class DataError(Exception):
    """A data file breaks its rules. The message fits on one screen: the first problems in full, then how many more.

    Of closed files it counts the rows that break each rule.
    """

    SHOWN = 3

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__(problems)

    def __str__(self) -> str:
        told = self._by_rule()
        shown = [str(problem) for problem in told[: self.SHOWN]]
        uncounted = sum(problem.more for problem in told if not problem.closed)
        if more := max(len(told) - self.SHOWN, 0) + uncounted:
            shown.append(f"(en nog {dutch.number(more)} {'rijen' if uncounted else 'andere'})")
        return "\n".join(shown)

    def every_rule(self) -> str:
        """All of them, however long: of closed files one for each rule."""
        return "\n".join(map(str, self._by_rule()))

    def with_rows(self) -> str:
        """The same and the rows, never a cell: for the log of the room in which closed files lie, and for nobody else."""
        return "\n".join(
            str(replace(problem, found=None, closed=False))
            + (f"\n  (en nog {_rows(problem.more)})" if problem.more else "")
            for problem in self.problems
        )

    def _by_rule(self) -> list[Problem]:
        """The problems; those of closed files together for each rule."""
        rules: dict[object, Problem] = {}
        for place, problem in enumerate(self.problems):
            key = (problem.file, problem.column, problem.demand) if problem.closed else place
            first = rules.get(key)
            rules[key] = problem if first is None else replace(first, more=first.more + max(_count(problem), 1))
        return list(rules.values())


def require_file(path: Path, file: str) -> None:
    """Refuse a file that is not there.

    Parameters
    ----------
    file
        Its name as authors know it.

    Raises
    ------
    DataError
        If it is missing.
    """
    if not path.is_file():
        raise DataError([Problem(file, "het bestand bestaat", "Zet het bestand terug of herstel zijn naam.")])


def typed_table(content: str, rules: Table, file: str) -> pd.DataFrame:
    """The rows of a CSV file, its numeric columns as numbers.

    Parameters
    ----------
    content
        The text of the file.
    file
        Its name as authors know it, for messages.

    Raises
    ------
    DataError
        If it is no table, or breaks a rule.
    """
    raw = _parse(content, rules, file)
    problems = _broken_rules(raw, rules, file) + _repeated_keys(raw, rules, file)
    if problems:
        raise DataError(sorted(problems, key=lambda problem: problem.row or 0))
    typed = raw.assign(**{column: pd.to_numeric(raw[column]) for column in rules.numeric})
    return typed.reset_index(drop=True)


def _parse(content: str, rules: Table, file: str) -> pd.DataFrame:
    if not content.strip():
        raise DataError([Problem(file, "een koprij en minstens een rij", "Haal het bestand terug uit git.")])
    (_, header), *records = _records(content, file)
    _refuse_semicolons(header, rules, file)
    _check_columns(header, rules, file)
    _check_widths(records, len(header), file)
    # Index + 2 is the line in the file, blank lines and line breaks inside cells included.
    lines = [line - 2 for line, _ in records]
    raw = pd.DataFrame([cells for _, cells in records], index=lines, columns=header, dtype=str)
    if raw.empty:
        raise DataError([Problem(file, "minstens een rij", "Haal het bestand terug uit git.")])
    return raw


def lines(content: str, file: str) -> list[int]:
    """The line on which each row of a table starts, the header's left out."""
    return [line for line, _ in _records(content, file)[1:]]


def _refuse_semicolons(header: list[str], rules: Table, file: str) -> None:
    """A Belgian Excel separates by semicolons, and writes decimal commas with them."""
    if len(header) == 1 < len(rules.columns) and ";" in header[0]:
        remedy = (
            "Bewaar met komma's: in Excel als 'CSV UTF-8 (door komma's gescheiden)', met een punt als decimaalteken."
        )
        raise DataError([Problem(file, "komma's tussen de kolommen, geen puntkomma's", remedy, 1, found=header[0])])


def _records(content: str, file: str) -> list[tuple[int, list[str]]]:
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
        raise DataError([Problem(file, f"leesbare CSV ({error})", remedy, line)]) from None
    return records


def _check_widths(records: list[tuple[int, list[str]]], width: int, file: str) -> None:
    remedy = "Zet een tekst met een komma tussen aanhalingstekens, schrijf getallen met een punt en vul rijen aan."
    problems = [
        Problem(file, f"{width} kolommen op elke rij", remedy, line, found=f"{len(cells)} kolommen")
        for line, cells in records
        if len(cells) != width
    ]
    if problems:
        raise DataError(problems)


def _check_columns(header: list[str], rules: Table, file: str) -> None:
    expected = list(rules.columns)
    problems = [
        Problem(file, "de kolom bestaat", f"Voeg ze toe; de koprij is {','.join(expected)}.", 1, column)
        for column in expected
        if column not in header
    ]
    problems += [
        Problem(file, "een bekende kolom", f"Haal ze weg; de koprij is {','.join(expected)}.", 1, column)
        for column in header
        if column not in expected
    ]
    problems += [
        Problem(file, "elke kolom komt een keer voor", "Haal de dubbele kolom weg.", 1, column)
        for column in dict.fromkeys(header)
        if header.count(column) > 1
    ]
    if problems:
        raise DataError(problems)


def _broken_rules(raw: pd.DataFrame, rules: Table, file: str) -> list[Problem]:
    problems = []
    try:
        rules.schema().validate(raw, lazy=True)
    except pa.errors.SchemaErrors as errors:
        for case in errors.failure_cases.itertuples():
            row = int(case.index)
            found = raw.loc[row, case.column]
            problems.append(Problem(file, case.check, rules.remedy(case.check), row + 2, case.column, found))
    # A cell that breaks its own rule would break the row's as well: one mistake, one message.
    sound = raw.drop(index=[problem.row - 2 for problem in problems if problem.row])
    for rule in rules.across if len(sound) else ():
        problems += [
            Problem(file, rule.demand, rule.remedy, row + 2, rule.column, raw.loc[row, rule.column])
            for row in sound.index[~rule.holds(sound)]
        ]
    return problems


def _repeated_keys(raw: pd.DataFrame, rules: Table, file: str) -> list[Problem]:
    if not rules.key:
        return []
    keys = list(rules.key)
    remedy = "Verwijder de dubbele rij of geef ze een eigen sleutel."
    return [
        Problem(
            file,
            "elke sleutel komt een keer voor",
            remedy,
            row + 2,
            "+".join(keys),
            str(raw.loc[row, keys[0]]),
        )
        for row in raw.index[raw.duplicated(keys)]
    ]
