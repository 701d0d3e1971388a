"""What each table under data/ must look like: columns, and the rules that its cells obey, in words an author can act on."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import get_args

import pandas as pd
import pandera.pandas as pa

from leerwerk import dutch
from leerwerk.quantity import Unit

LEVELS = ("introduction", "micro", "meso", "macro", "conclusion")
UNITS = tuple(unit for unit in get_args(Unit) if unit not in ("points", "ratio"))
BASES = ("published", "context", "microdata", "design", "qualitative")
TOPICS = (
    "motives",
    "recognition",
    "contracts",
    "compensation",
    "financing",
    "training_plan",
    "guidance_at_work",
    "guidance_by_provider",
    "ending",
)
ACTORS = ("learner", "workplace", "counsellor", "provider", "government")
KINDS = ("strength", "bottleneck", "condition", "recommendation")
CONTEXT_UNITS = ("percent", "pupils", "persons", "EUR", "programmes", "providers")

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_CLAIM_ID = re.compile(rf"({'|'.join(LEVELS)})(\.[a-z][a-z0-9_]*){{2}}")


@dataclass(frozen=True)
class Rule:
    """A condition on the cells of one column.

    `holds` maps the column (strings, as in the file) to booleans; `demand` and `remedy` are what the author reads.
    """

    holds: Callable[[pd.Series], pd.Series]
    demand: str
    remedy: str


@dataclass(frozen=True)
class RowRule:
    """A condition on several columns at once, reported under `column`; `holds` maps the raw table to booleans."""

    column: str
    holds: Callable[[pd.DataFrame], pd.Series]
    demand: str
    remedy: str


@dataclass(frozen=True)
class Table:
    """The columns of a table in order, with their rules; `numeric` columns become floats (empty is missing)."""

    columns: Mapping[str, tuple[Rule, ...]]
    key: tuple[str, ...] = ()
    numeric: tuple[str, ...] = ()
    across: tuple[RowRule, ...] = ()

    def schema(self) -> pa.DataFrameSchema:
        """The rules as a pandera schema for the raw (string) table."""
        columns = {
            name: pa.Column(str, [pa.Check(rule.holds, error=rule.demand, name=rule.demand) for rule in rules])
            for name, rules in self.columns.items()
        }
        return pa.DataFrameSchema(columns)

    def remedy(self, demand: str) -> str:
        """What to do about a broken demand."""
        return next(rule.remedy for rules in self.columns.values() for rule in rules if rule.demand == demand)


def one_of(*allowed: str) -> Rule:
    """Only these values."""
    return Rule(
        lambda column: column.isin(allowed),
        f"een van {dutch.enumerate_words(allowed, 'of')}",
        "Kies een van deze waarden; een nieuwe waarde hoort eerst in code/leerwerk/schemas.py.",
    )


def matches(pattern: re.Pattern[str], demand: str, remedy: str) -> Rule:
    """The whole cell matches a pattern."""
    return Rule(lambda column: column.map(lambda cell: pattern.fullmatch(cell) is not None), demand, remedy)


FILLED = Rule(lambda column: column.str.strip() != "", "ingevuld", "Vul de cel in.")
CLAIM_ID = matches(
    _CLAIM_ID,
    "een id van de vorm niveau.onderwerp.maat",
    "Schrijf drie delen met punten, kleine letters en onderstrepingstekens: macro.recognition.approved_share.",
)
NUMBER = matches(
    _NUMBER,
    "een getal met een decimale punt",
    "Schrijf 87.51 en niet 87,51: in databestanden staat een punt, zonder spaties of procentteken.",
)
NUMBER_OR_EMPTY = matches(re.compile(rf"({_NUMBER.pattern})?"), NUMBER.demand, NUMBER.remedy)


def _is_figure(cell: str) -> bool:
    try:
        dutch.allowed_range(cell, rounded=False)
    except ValueError:
        return False
    return True


FIGURE = Rule(
    lambda column: column.map(_is_figure),
    "een gepubliceerd cijfer in een bekende schrijfwijze, hoogstens 100%",
    "Schrijf het zoals gedrukt, bijvoorbeeld 87,51%, bijna 60%, 50 à 60%, 1 op 5, 34 701, lager, hoger of geen verschil;"
    " alle schrijfwijzen staan in data/published/README.md.",
)


def _range_fits_figure(table: pd.DataFrame) -> pd.Series:
    def fits(row: pd.Series) -> bool:
        if not _is_figure(row["published"]):
            return True  # reported under its own column
        return (row["lower"], row["upper"]) == allowed_cells(row["published"], row["basis"])

    return table.apply(fits, axis=1)


def allowed_cells(published: str, basis: str) -> tuple[str, str]:
    """`lower` and `upper` as claims.csv must hold them; pupil records give estimates, so their whole numbers are rounded."""
    lower, upper = dutch.allowed_range(published, rounded=basis == "microdata")
    return f"{lower:.10g}", f"{upper:.10g}"


def _percent_within_100(table: pd.DataFrame) -> pd.Series:
    ends = table[["value", "value_to"]].apply(pd.to_numeric)
    return (table["unit"] != "percent") | (ends.isna() | ends.ge(0) & ends.le(100)).all(axis="columns")


def _span_ascends(table: pd.DataFrame) -> pd.Series:
    ends = table[["value", "value_to"]].apply(pd.to_numeric)
    return ends["value_to"].isna() | (ends["value"] < ends["value_to"])


def _level_starts_id(table: pd.DataFrame) -> pd.Series:
    return table["id"].str.partition(".")[0] == table["level"]


CLAIMS = Table(
    columns={
        "id": (CLAIM_ID,),
        "level": (one_of(*LEVELS),),
        "slide": (FILLED,),
        "statement": (FILLED,),
        "published": (FIGURE,),
        "lower": (NUMBER,),
        "upper": (NUMBER,),
        "unit": (one_of(*UNITS),),
        "basis": (one_of(*BASES),),
        "reason": (),
    },
    key=("id",),
    numeric=("lower", "upper"),
    across=(
        RowRule("level", _level_starts_id, "het eerste deel van het id", "Neem in level en id hetzelfde niveau."),
        RowRule(
            "lower",
            _range_fits_figure,
            "lower en upper zijn de grenzen die het gedrukte cijfer toelaat",
            "Laat ze berekenen: make ranges vult beide kolommen in.",
        ),
    ),
)
STATEMENTS = Table(
    columns={
        "slide": (NUMBER,),
        "topic": (one_of(*TOPICS),),
        "actor": (one_of(*ACTORS),),
        "kind": (one_of(*KINDS),),
        "statement": (FILLED,),
    },
    key=("slide", "statement"),
    numeric=("slide",),
)
SLIDES = Table(
    columns={"slide": (NUMBER,), "title": (FILLED,), "level": (one_of(*LEVELS),), "section": (FILLED,)},
    key=("slide",),
    numeric=("slide",),
)
SLIDE_NUMBERS = Table(
    columns={"slide": (NUMBER,), "printed": (FILLED,), "claim": (), "reason": ()},
    numeric=("slide",),
)
GROUPS = Table(
    columns={
        "claim": (CLAIM_ID,),
        "group": (FILLED,),
        "sizes": (FILLED,),
        "named": (one_of("yes", "no"),),
    },
    key=("claim", "group"),
)
LINKS = Table(
    columns={"figure": (one_of("triangle", "path"),), "source": (FILLED,), "target": (FILLED,), "label": ()},
    key=("figure", "source", "target"),
)
SERIES = Table(
    columns={
        "indicator": (FILLED,),
        "geo": (FILLED,),
        "sex": (one_of("T", "M", "F", ""),),
        "age": (),
        "period": (),
        "value": (NUMBER,),
        "value_to": (NUMBER_OR_EMPTY,),
        "unit": (one_of(*CONTEXT_UNITS),),
        "source": (FILLED,),
        "note": (),
    },
    key=("indicator", "geo", "sex", "period", "source"),
    numeric=("value", "value_to"),
    across=(
        RowRule("value", _percent_within_100, "een percentage van 0 tot 100", "Kijk het getal na in de bron."),
        RowRule("value_to", _span_ascends, "value_to is groter dan value", "Zet het kleinste getal in value."),
    ),
)
SOURCES = Table(
    columns={
        "source": (FILLED,),
        "publisher": (FILLED,),
        "title": (FILLED,),
        "address": (FILLED,),
        "label": (FILLED,),
        "licence": (FILLED,),
    },
    key=("source",),
)

TABLES: dict[str, Table] = {
    "published/claims.csv": CLAIMS,
    "published/statements.csv": STATEMENTS,
    "published/slides.csv": SLIDES,
    "published/slide_numbers.csv": SLIDE_NUMBERS,
    "published/groups.csv": GROUPS,
    "published/links.csv": LINKS,
    "context/series.csv": SERIES,
    "context/sources.csv": SOURCES,
}
