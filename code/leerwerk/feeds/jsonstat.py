"""Reads one dataset of JSON-stat 2.0 as Eurostat's dissemination API sends it: cells under their codes, in whatever order.

The format: https://json-stat.org/full/; what Eurostat makes of it, its flags and its error bodies: "API Statistics" and "Data query"
in the user guides of Eurostat's data browser. Small and our own, as what it refuses is part of where a figure comes from.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from math import prod
from typing import Any, NoReturn

from leerwerk.feeds.errors import FeedError

# Eurostat's flags by their letter; a cell may carry several.
FLAGS = {
    "b": "break in series",
    "c": "confidential",
    "d": "definition differs",
    "e": "estimated",
    "f": "forecast",
    "n": "not significant",
    "p": "provisional",
    "r": "revised",
    "s": "Eurostat estimate",
    "u": "low reliability",
    "z": "not applicable",
}


@dataclass(frozen=True)
class Cell:
    """One number with its code in every dimension, as printed by Eurostat, and its flags."""

    codes: Mapping[str, str]
    value: str
    flags: str


@dataclass(frozen=True)
class Dataset:
    """The codes of each dimension, and every cell that has a number."""

    codes: Mapping[str, tuple[str, ...]]
    cells: tuple[Cell, ...]


def read(body: bytes) -> Dataset:
    """The dataset in a response.

    Raises
    ------
    FeedError
        If it is anything else: cut off, an error or a postponement in JSON, of another version, or at odds with itself.
    """
    document = _document(body)
    if said := told(document):
        raise FeedError(f"Eurostat gaf geen cijfers maar een bericht: {said}")
    if (document.get("class"), document.get("version")) != ("dataset", "2.0"):
        _refuse("geen tabel volgens JSON-stat 2.0")
    codes = _codes(document)
    values = _at_positions(document.get("value"), prod(map(len, codes.values())), "value")
    flags = _at_positions(document.get("status", {}), prod(map(len, codes.values())), "status")
    return Dataset(codes, tuple(_cells(codes, values, flags)))


def told(document: Mapping[str, Any]) -> str:
    """What an error or a postponement says, in Eurostat's own words; nothing for a dataset."""
    found = document.get("error") or document.get("warning") or []
    entries = found if isinstance(found, list) else [found]
    return "; ".join(f"{entry.get('status', '?')}, ‘{entry.get('label', '')}’" for entry in entries)


def _document(body: bytes) -> dict[str, Any]:
    try:
        document = json.loads(body, parse_float=Decimal, parse_int=Decimal, parse_constant=_refuse)
    except ValueError:
        raise FeedError("het antwoord is afgebroken, of is geen JSON") from None
    if not isinstance(document, dict):
        _refuse("geen voorwerp in JSON")
    return document


def _codes(document: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    names, sizes, dimensions = document.get("id"), document.get("size"), document.get("dimension")
    if not (isinstance(names, list) and isinstance(sizes, list) and isinstance(dimensions, dict)):
        _refuse("id, size of dimension ontbreekt")
    if len(set(names)) != len(names) or len(names) != len(sizes) or set(names) != set(dimensions):
        _refuse("id, size en dimension noemen niet dezelfde dimensies")
    codes = {name: _categories(name, dimensions[name]) for name in names}
    if [len(found) for found in codes.values()] != sizes:
        _refuse("size is niet het aantal codes van elke dimensie")
    return codes


def _categories(name: str, dimension: Any) -> tuple[str, ...]:
    """The codes in the order of their positions: `index` is a mapping or a list, and may be left out of a single category."""
    category = dimension.get("category", {}) if isinstance(dimension, dict) else {}
    index = category.get("index", list(category.get("label", {})))
    ordered = sorted(index, key=index.__getitem__) if isinstance(index, dict) else index
    if isinstance(index, dict) and sorted(index.values()) != list(range(len(index))):
        _refuse(f"de codes van {name} zijn niet doorlopend genummerd")
    if not ordered or len(set(ordered)) != len(ordered):
        _refuse(f"dimensie {name} heeft geen codes, of een code twee keer")
    return tuple(ordered)


def _at_positions(found: Any, size: int, what: str) -> dict[int, Any]:
    """What stands where: a mapping by position, or a list of every position; null is nothing."""
    if isinstance(found, list) and len(found) == size:
        found = dict(enumerate(found))
    if not isinstance(found, dict) or not all(re.fullmatch(r"[0-9]+", str(key)) and int(key) < size for key in found):
        _refuse(f"{what} past niet bij het aantal cellen")
    return {int(key): each for key, each in found.items() if each is not None}


def _cells(codes: Mapping[str, tuple[str, ...]], values: Mapping[int, Any], flags: Mapping[int, Any]) -> Iterator[Cell]:
    for position, place in enumerate(product(*codes.values())):
        if position not in values:
            continue
        value, said = values[position], str(flags.get(position, ""))
        if not isinstance(value, Decimal):
            _refuse(f"een waarde is geen getal: {str(value)[:40]!r}")
        if unknown := set(said) - set(FLAGS):
            _refuse(f"onbekende vlag {min(unknown)!r}")
        yield Cell(dict(zip(codes, place, strict=True)), f"{value:f}", said)


def _refuse(why: str) -> NoReturn:
    raise FeedError(f"het antwoord is niet te lezen: {why}")
