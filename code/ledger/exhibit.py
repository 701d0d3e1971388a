"""A figure or table before it is drawn: the frame, and every word that goes with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pandas as pd

from ledger import dutch
from ledger.quantity import Unit
from ledger.tables.formulas import as_text

SYNTHETIC = "synthetisch"
PERCENT: tuple[Unit, Unit] = ("share", "points")  # stored as 0..1, shown times a hundred


@dataclass(frozen=True, slots=True)
class Column:
    """A column of numbers, as readers see it.

    Parameters
    ----------
    name
        In Dutch, without the unit: the heading adds it.
    unit
        Decides what the heading says; shares and percentage points, 0..1 in the frame, become percent.
    decimals
        Printed in the table on the page; the download has more.
    missing
        Printed where there is no number.
    """

    name: str
    unit: Unit = "count"
    decimals: int = 0
    missing: str = ""

    @property
    def heading(self) -> str:
        """`aandeel (%)`."""
        unit = dutch.SUFFIXES.get(self.unit, "").strip()
        return f"{self.name} ({unit})" if unit else self.name

    def values(self, column: pd.Series) -> pd.Series:
        """The numbers in the unit that the heading names, free of binary noise."""
        return (column * 100).round(6) if self.unit in PERCENT else column

    def printed(self, column: pd.Series) -> list[str]:
        """The numbers as the table on the page has them."""
        grouped = self.unit != "year"
        return [
            self.missing if pd.isna(value) else dutch.number(value, self.decimals, grouped=grouped)
            for value in self.values(column)
        ]


@dataclass(frozen=True, slots=True)
class Words:
    """A column of words, printed as they are."""

    heading: str

    def values(self, column: pd.Series) -> pd.Series:
        """The words."""
        return column

    def printed(self, column: pd.Series) -> list[str]:
        """The words."""
        return [str(word) for word in column]


@dataclass(frozen=True)
class Exhibit:
    """What a figure or table shows.

    Parameters
    ----------
    name
        Lower case with hyphens: the anchor.
    title
        The finding in one sentence; numbers and directions in it are computed, never typed.
    alt
        What there is to see, for who cannot see it, in a breath; it goes beyond the title.
    caption
        What is plotted, in which unit and for whom.
    frame
        The data, tidy; downloadable.
    columns
        Dutch names of the columns, in the order of the download; a `Column` for numbers, a name for words.
    origin
        The words of the source line.
    synthetic
        Whether pupil records that are not real lie behind it.
    notes
        What the estimators warned of, in Dutch; shown with the caption.
    description
        What the drawing says in full, where alternative text and table do not: shown folded below the figure.
    """

    name: str
    title: str
    alt: str
    caption: str
    frame: pd.DataFrame
    columns: Mapping[str, str | Column]
    origin: str
    synthetic: bool = field(default=False)
    notes: tuple[str, ...] = ()
    description: str = ""

    @property
    def file(self) -> str:
        """The name of its files, which says so where the records are not real."""
        return f"{SYNTHETIC}-{self.name}" if self.synthetic else self.name

    def table(self) -> pd.DataFrame:
        """The data under their Dutch names, numbers in the unit that their column names."""
        return pd.DataFrame({column.heading: column.values(self.frame[key]) for key, column in self._columns()})

    def printed(self) -> pd.DataFrame:
        """The same as a reader sees it on the page: text, with the decimals that each column deserves."""
        return pd.DataFrame({column.heading: column.printed(self.frame[key]) for key, column in self._columns()})

    def csv(self) -> str:
        """The table as it is downloaded: six digits say all that there is to say, the first column that records are synthetic."""
        table = self.table()
        if self.synthetic:
            table.insert(0, "gegevens", SYNTHETIC)
        table = table.rename(columns=as_text).map(as_text)
        return table.to_csv(index=False, lineterminator="\n", float_format="%.6g")

    def _columns(self) -> Iterator[tuple[str, Column | Words]]:
        for key, column in self.columns.items():
            yield key, Words(column) if isinstance(column, str) else column


def spans(lower: pd.Series, upper: pd.Series) -> list[str]:
    """Two columns of differences of shares as one of intervals, in percentage points without the word; or that there is none."""
    return [
        "geen" if pd.isna(low) else f"{dutch.number(100 * low, 1)} tot {dutch.number(100 * high, 1)}"
        for low, high in zip(lower, upper, strict=True)
    ]
