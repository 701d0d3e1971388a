"""Looks figures up in the public series and turns them into quantities."""

from __future__ import annotations

import pandas as pd

from leerwerk import sources
from leerwerk.quantity import Quantity, Unit

_UNITS: dict[str, tuple[Unit, float]] = {
    "percent": ("share", 100),
    "pupils": ("persons", 1),
    "persons": ("persons", 1),
    "EUR": ("euro", 1),
    "programmes": ("count", 1),
    "providers": ("count", 1),
}


def public_figure(indicator: str, geo: str, period: str, source: str | None = None, sex: str = "T") -> Quantity:
    """One figure from data/context/series.csv; a printed span (10 000 to 11 000) becomes value and interval.

    Raises
    ------
    LookupError
        Unless exactly one row answers.
    """
    rows = sources.series(indicator)
    rows = rows[(rows["geo"] == geo) & (rows["period"] == period) & (rows["sex"] == sex)]
    if source is not None:
        rows = rows[rows["source"] == source]
    if len(rows) != 1:
        raise LookupError(f"{len(rows)} rows for {indicator}, {geo}, {period}, {sex}, {source}")
    row = rows.iloc[0]
    unit, scale = _UNITS[row["unit"]]
    if pd.isna(row["value_to"]):
        return Quantity(row["value"] / scale, unit, evidence="context")
    return Quantity(row["value"] / scale, unit, row["value"] / scale, row["value_to"] / scale, evidence="context")


def ratio(numerator: Quantity, denominator: Quantity) -> Quantity:
    """How many times the second the first is."""
    return Quantity(numerator.value / denominator.value, "ratio", evidence=numerator.evidence)
