"""One series that is fetched: what to ask, and which rows of series.csv the answer is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from leerwerk.feeds import jsonstat
from leerwerk.feeds.errors import FeedError
from leerwerk.feeds.jsonstat import FLAGS, Cell, Dataset
from leerwerk.tables import context

Row = dict[str, str]
KEY = tuple(name for name in context.KEY if name != "source")  # of a row within its source


@dataclass(frozen=True)
class Feed:
    """A row of feeds.csv.

    Parameters
    ----------
    filters
        The one code that is asked of every other dimension.
    ages, areas
        Eurostat's code to the indicator, and to the area's name, of series.csv.
    """

    source: str
    dataset: str
    filters: Mapping[str, str]
    ages: Mapping[str, str]
    sexes: tuple[str, ...]
    areas: Mapping[str, str]
    since: str
    fetched: str
    sha256: str

    @classmethod
    def of(cls, row: Row) -> Feed:
        """From the cells of its row."""
        pairs = {name: dict(pair.split("=") for pair in row[name].split(";")) for name in ("filters", "ages", "areas")}
        return cls(**(row | pairs | {"sexes": tuple(row["sexes"].split(";"))}))  # type: ignore[arg-type]

    @property
    def asked(self) -> dict[str, tuple[str, ...]]:
        """The codes of every dimension but time."""
        single = {name: (code,) for name, code in self.filters.items()}
        return single | {"age": tuple(self.ages), "sex": self.sexes, "geo": tuple(self.areas)}

    def query(self) -> str:
        """What follows the address of the API."""
        pairs = [(name, code) for name, codes in self.asked.items() for code in codes]
        return (
            f"{self.dataset}?{urlencode([('format', 'JSON'), ('lang', 'EN'), *pairs, ('sinceTimePeriod', self.since)])}"
        )

    def snapshot(self) -> str:
        """The file of the answer that is in use."""
        return f"{self.dataset}-{self.fetched}.json"

    def rows(self, body: bytes) -> list[Row]:
        """The rows of series.csv that an answer gives, by indicator, area, sex and year.

        Raises
        ------
        FeedError
            If it cannot be read, or has not exactly the codes that were asked for.
        """
        found = jsonstat.read(body)
        self._check(found)
        breaks: dict[tuple[str, ...], list[str]] = {}
        for cell in sorted(found.cells, key=lambda cell: cell.codes["time"]):
            if "b" in cell.flags:
                breaks.setdefault(_line(cell), []).append(cell.codes["time"])
        rows = [self._row(cell, breaks.get(_line(cell), [])) for cell in found.cells]
        return sorted(rows, key=lambda row: [row[name] for name in KEY])

    def _check(self, found: Dataset) -> None:
        if set(found.codes) != {*self.asked, "time"}:
            raise FeedError(f"andere dimensies dan gevraagd: {', '.join(found.codes)}")
        for name, codes in self.asked.items():
            if lacking := [code for code in codes if code not in found.codes[name]]:
                raise FeedError(f"ontbreekt in {name}: {', '.join(lacking)}")
            if extra := [code for code in found.codes[name] if code not in codes]:
                raise FeedError(f"niet gevraagd, toch gekregen in {name}: {', '.join(extra)}")
        if odd := [time for time in found.codes["time"] if not re.fullmatch(r"[0-9]{4}", time)]:
            raise FeedError(f"geen jaar: {', '.join(odd)}")
        filled = {_line(cell) for cell in found.cells}
        for line in ((age, sex, geo) for age in self.ages for sex in self.sexes for geo in self.areas):
            if line not in filled:
                raise FeedError(f"geen enkele waarde voor {', '.join(line)}")

    def _row(self, cell: Cell, breaks: list[str]) -> Row:
        age = cell.codes["age"]
        notes = [f"breaks in series: {', '.join(breaks)}"] if breaks else []
        notes += [FLAGS[flag] for flag in cell.flags if flag != "b"]
        return {
            "indicator": self.ages[age],
            "geo": self.areas[cell.codes["geo"]],
            "sex": cell.codes["sex"],
            "age": age.removeprefix("Y"),
            "period": cell.codes["time"],
            "value": cell.value,
            "value_to": "",
            "unit": "percent",
            "source": self.source,
            "seen": "own page",
            "certainty": "low" if "u" in cell.flags else "high",
            "note": "; ".join(notes),
        }


def _line(cell: Cell) -> tuple[str, ...]:
    return cell.codes["age"], cell.codes["sex"], cell.codes["geo"]
