"""Years of public series that the book passes over: each is shown, or its row says why it is not."""

from __future__ import annotations

import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from ledger import dutch
from ledger.exhibit import Exhibit
from ledger.tables.reading import DataError, Problem, lines
from leerwerk import study
from leerwerk.tables import context
from leerwerk.tables.context import KEY, NotOneRowError, Row
from leerwerk.tables.folder import DATA

CHAPTERS = Path(__file__).parents[2] / "chapters"
NOT_SHOWN = "not shown: "
FILE = "data/context/series.csv"
_YEAR = re.compile(r"(?:19|20)\d\d")
_ENDS = re.compile(r"(?<=[.!?:]) (?=[A-Z*])")  # of a sentence
DEMAND = "een jaar dat het boek toont, of in note de reden waarom niet"
Shown = dict[Row, list[str]]


def problems() -> list[Problem]:
    """One problem per row that is newer than what the book shows of its series, and per row that is wrongly said not to be shown."""
    rows, shown = context.series(), shown_rows()
    last = _last_shown(shown)
    found = []
    starts = lines(DATA.text("context/series.csv"), FILE)
    for line, row in zip(starts, rows.to_dict("records"), strict=True):
        key = Row(*(row[name] for name in KEY))
        excused = row["note"].startswith(NOT_SHOWN)
        if key in shown and excused:
            remedy = f"Het boek toont dit jaar ({dutch.enumerate_words(shown[key])}): haal {NOT_SHOWN.strip()!r} weg."
            found.append(Problem(FILE, DEMAND, remedy, line, "note", row["note"]))
        newest = last.get(key.series)
        if newest and not excused and key not in shown and _year(key) > _year(newest):
            found.append(Problem(FILE, DEMAND, _remedy(key, newest, shown[newest]), line, "period", key.period))
    return found


def shown_rows() -> Shown:
    """What shows a row of the series: numbers by their id, figures and tables by their function.

    Raises
    ------
    DataError
        If one of them asks for a row that is not there.
    """
    shown: Shown = {}
    for name, work in (*_numbers(), *_exhibits()):
        with context.showing() as rows:
            _work(name, work)
        for row in sorted(rows):
            shown.setdefault(row, []).append(name)
    return shown


def _work(name: str, work: Callable[[], Any]) -> None:
    try:
        work()
    except NotOneRowError as problem:
        remedy = f"{name} vraagt die rij: herstel haar sleutel, of neem haar weer op."
        raise DataError(
            [Problem(FILE, "één rij voor elk cijfer dat het boek toont", remedy, found=str(problem))]
        ) from None


def _numbers() -> Iterator[tuple[str, Callable[[], Any]]]:
    """What works numbers out, but from pupil records: that takes seconds, and no series."""
    for name, work in study.LEDGER.functions().items():
        named = work.func if isinstance(work, partial) else work
        if ".pupils." not in named.__module__:
            yield name, work


def _exhibits() -> Iterator[tuple[str, Callable[[], Any]]]:
    """The figures and tables of every chapter, in modules that know the series."""
    for chapter in study.CHAPTERS:
        room = import_module(f"leerwerk.{chapter}")
        for each in pkgutil.iter_modules(room.__path__, f"{room.__name__}."):
            module = import_module(each.name)
            if not any(
                getattr(found, "__module__", found) in (context, context.__name__) for found in vars(module).values()
            ):
                continue
            for name, work in inspect.getmembers(module, inspect.isfunction):
                signature = inspect.signature(work)
                if (
                    work.__module__ == each.name
                    and signature.return_annotation == Exhibit.__name__
                    and not signature.parameters
                ):
                    yield f"{each.name}.{name}", work


def _last_shown(shown: Shown) -> dict[tuple[str, ...], Row]:
    last: dict[tuple[str, ...], Row] = {}
    for row in shown:
        if _year(row) and _year(row) >= _year(last.get(row.series, row)):
            last[row.series] = row
    return last


def _year(row: Row) -> str:
    """The year in which a period begins; of a period that names none, nothing."""
    found = _YEAR.search(row.period)
    return found[0] if found else ""


def _remedy(row: Row, newest: Row, names: list[str]) -> str:
    places = dict.fromkeys(place for name in names for place in _sentences(name))
    return (
        f"Van {row.indicator} ({row.geo}, {row.source}) toont het boek als laatste {newest.period}, in {dutch.enumerate_words(names)}."
        + "".join(f"\n            {place}" for place in places)
        + "\n            Neem het nieuwe jaar daar op; staat er een andere reeks naast, vul dan ook daar dat jaar in."
        + f"\n            Of schrijf in note: {NOT_SHOWN.strip()} en waarom, in het Engels."
    )


def _sentences(name: str) -> Iterator[str]:
    """Where a number is glued, with its sentence."""
    for path in sorted(CHAPTERS.glob("*.md")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for sentence in _ENDS.split(line):
                if re.search(rf"`{re.escape(name)}(?:\.\w+)?`", sentence):
                    yield f"{Path('chapters', path.name)}, regel {number}: {sentence}"
