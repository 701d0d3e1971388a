"""What the synthetic records rest on: data/synthetic/assumptions.yml, with published figures looked up, not typed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import log
from typing import Any

import yaml

from ledger.claim import Claim
from ledger.tables.reading import DataError, Problem
from leerwerk.study import claim
from leerwerk.tables import context
from leerwerk.tables.context import public_figure
from leerwerk.tables.folder import DATA

FILE = "synthetic/assumptions.yml"
ORIGINS = {
    "published": ("claim", "claims"),
    "public source": ("series", "log_odds_ratio"),
    "assumption": ("value",),
}
Value = float | dict[str, float] | tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Assumption:
    """One entry: its value (a number, named coefficients, or published claims), and where it comes from.

    `basis` is `published`, `public source` or `assumption`; `source` is a key of data/context/sources.csv.
    """

    name: str
    basis: str
    value: Value
    source: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Assumptions:
    """All entries, by dotted name (`learners.brug_share`)."""

    entries: Mapping[str, Assumption]

    def number(self, name: str) -> float:
        """A single figure; of a published range its middle."""
        value = self.entries[name].value
        if isinstance(value, tuple):
            return value[0].middle
        if isinstance(value, dict):
            raise TypeError(f"{name} is a group of coefficients")
        return value

    def count(self, name: str) -> int:
        """A single whole number."""
        return int(self.number(name))

    def group(self, name: str) -> dict[str, float]:
        """Named coefficients or shares."""
        value = self.entries[name].value
        if not isinstance(value, dict):
            raise TypeError(f"{name} is not a group of coefficients")
        return value

    def within(self, part: str) -> Assumptions:
        """The entries of one part of the file, without its name in front."""
        inside = {name: entry for name, entry in self.entries.items() if name.startswith(f"{part}.")}
        return Assumptions({name.removeprefix(f"{part}."): entry for name, entry in inside.items()})

    def claims(self, name: str) -> tuple[Claim, ...]:
        """The published claims behind an entry."""
        value = self.entries[name].value
        if not isinstance(value, tuple):
            raise TypeError(f"{name} does not come from a published claim")
        return value


def assumptions() -> Assumptions:
    """Read the file and look every published and public figure up.

    Raises
    ------
    DataError
        If the file is missing or not YAML, or an entry does not say where it comes from, or names a claim, series or source that does not exist.
    """
    entries = dict(_entries(_read(), ""))
    return Assumptions({name: _resolved(name, entry) for name, entry in entries.items()})


def _read() -> dict[str, Any]:
    try:
        return dict(yaml.safe_load(DATA.text(FILE)))
    except (yaml.YAMLError, TypeError, ValueError) as error:
        row = error.problem_mark.line + 1 if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark else None
        remedy = "Kijk inspringing, dubbelpunten en accolades na."
        raise DataError([Problem(DATA.shown(FILE), "leesbare YAML", remedy, row)]) from None


def _entries(node: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, content in node.items():
        path = f"{prefix}{name}"
        if not isinstance(content, Mapping):
            raise _problem(path, "een veronderstelling met basis", "Schrijf basis: met claim, series of value eronder.")
        if "basis" in content:
            yield path, content
        else:
            yield from _entries(content, f"{path}.")


def _resolved(name: str, entry: Mapping[str, Any]) -> Assumption:
    basis = entry["basis"]
    if basis not in ORIGINS:
        raise _problem(name, f"basis is een van {', '.join(ORIGINS)}", "Kies er een van.")
    given = [key for key in entry if any(key in keys for keys in ORIGINS.values())]
    if len(given) != 1 or given[0] not in ORIGINS[basis]:
        raise _problem(name, f"bij basis {basis!r} hoort een van {', '.join(ORIGINS[basis])}", "Typ geen cijfer over.")
    if basis == "assumption" and not entry.get("why"):
        raise _problem(name, "een eigen veronderstelling zegt waarom", "Vul why: in.")
    try:
        value = _looked_up(given[0], entry[given[0]], entry.get("source"))
    except LookupError as error:
        raise _problem(name, f"de verwijzing bestaat ({error})", "Kijk de sleutel na in data/context.") from None
    return Assumption(name, basis, value, entry.get("source", ""), entry.get("why", ""))


def _looked_up(key: str, content: Any, source: str | None) -> Value:
    if key == "claim":
        return (claim(content),)
    if key == "claims":
        return tuple(claim(claim_id) for claim_id in content)
    if key == "series":
        return _public(content, source)
    if key == "log_odds_ratio":
        return _log_odds(_public(content["of"], source)) - _log_odds(_public(content["against"], source))
    if isinstance(content, Mapping):
        return {str(name): float(number) for name, number in content.items()}
    return float(content)


def _public(where: Mapping[str, str], source: str | None) -> float:
    if source not in set(context.public_sources()["source"]):
        raise LookupError(f"bron {source!r}")
    return public_figure(where["indicator"], where["geo"], where["period"], source).value


def _log_odds(share: float) -> float:
    return log(share / (1 - share))


def _problem(name: str, demand: str, remedy: str) -> DataError:
    return DataError([Problem(DATA.shown(FILE), demand, remedy, column=name)])
