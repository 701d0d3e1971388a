"""A figure or table before it is drawn: the frame, and every word that goes with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from leerwerk import dutch, sources

PRESENTATION = "HIVA-KU Leuven, presentatie"


@dataclass(frozen=True)
class Exhibit:
    """What a figure or table shows.

    Parameters
    ----------
    name
        Lower case with hyphens: file name and anchor.
    title
        The finding in one sentence; numbers and directions in it are computed, never typed.
    alt
        What there is to see, for who cannot see it; it goes beyond the title.
    caption
        What is plotted, in which unit and for whom.
    frame
        The data, tidy; downloadable.
    columns
        Dutch names of the columns, in the order of the download.
    origin
        The words of the source line.
    synthetic
        Whether pupil records that are not real lie behind it.
    notes
        What the estimators warned of, in Dutch; shown with the caption.
    """

    name: str
    title: str
    alt: str
    caption: str
    frame: pd.DataFrame
    columns: Mapping[str, str]
    origin: str = PRESENTATION
    synthetic: bool = field(default=False)
    notes: tuple[str, ...] = ()

    def table(self) -> pd.DataFrame:
        """The data under their Dutch names."""
        return self.frame[list(self.columns)].rename(columns=dict(self.columns))


def origin_of(*keys: str) -> str:
    """The source line for public sources, by their key in data/context/sources.csv."""
    labels = sources.public_sources().set_index("source")["label"]
    return dutch.enumerate_words(list(dict.fromkeys(labels[key] for key in keys)))
