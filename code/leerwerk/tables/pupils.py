"""The tables of pupil records, synthetic or real; the rules hold for both."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from ledger.tables.rules import Records, RowRule, Rule, one_of, whole
from leerwerk.tables import calendar
from leerwerk.tables.calendar import END_OF_FOLLOW_UP, ENTRY_YEARS, LONGEST
from leerwerk.tables.folder import DATA

LEARNERS, LEARNER_TRUTH = "synthetic/learners.csv", "synthetic/learner_truth.csv"
ABO_LEARNERS, ABO_TRUTH = "synthetic/abo_learners.csv", "synthetic/abo_truth.csv"
REGIONS = ("ant", "bru", "lim", "ovl", "vbr", "wvl")
FIELDS = ("con", "mec", "ret", "hos", "car")
PROGRAMMES = ("none", "brug", "ibal", "both")
ABO_STATES = ("none", "abo", "bonus")
BRUG_HOURS, IBAL_HOURS = 800, 25
# The month after the entry in which a programme began; records may do without.
STARTS = ("brug_start", "ibal_start")


def code(*allowed: str) -> Rule:
    """Only these codes, which a codebook can tell apart under other names."""
    remedy = "Kies een van deze waarden, of zeg in codebook.yml bij codes welke van onze codes het is."
    return replace(one_of(*allowed), remedy=remedy)


def _in_programme(table: pd.DataFrame, name: str) -> pd.Series:
    return table["programme"].isin([name, "both"])


def _hours_rule(name: str) -> RowRule:
    label = name.upper()
    return RowRule(
        f"{name}_hours",
        lambda table: (table[f"{name}_hours"] > 0) == _in_programme(table, name),
        f"uren {label} boven 0 als en alleen als de leerling {label} volgde",
        "Pas programme of de uren aan.",
    )


def _start_rules(name: str) -> tuple[RowRule, RowRule]:
    column, label = f"{name}_start", name.upper()
    return (
        RowRule(
            column,
            lambda table: table[column].notna() == _in_programme(table, name),
            f"startmaand {label} ingevuld als en alleen als de leerling {label} volgde",
            "Pas programme of de startmaand aan.",
        ),
        RowRule(
            column,
            lambda table: ~(table[column] > table["months"]),
            f"startmaand {label} niet na het vertrek, of na het einde van de opvolging",
            "Tel de startmaand en months allebei vanaf de instap.",
        ),
    )


def _months_fit(table: pd.DataFrame) -> pd.Series:
    end = 12 * (END_OF_FOLLOW_UP - table["cohort"])
    return (table["months"] == end).where(table["vsv"] == 0, table["months"] <= end)


MONTHS_FIT = RowRule(
    "months",
    _months_fit,
    f"maanden tot vertrek, of tot het einde van de opvolging ({END_OF_FOLLOW_UP}) bij wie niet vertrok",
    "Tel vanaf de instap: 12 maanden per jaar tot het einde van de opvolging.",
)
BONUS_IN_ABO = RowRule(
    "bonus",
    lambda table: table["bonus"] <= table["abo"],
    "een bonus enkel in het ABO-jaar",
    "Pas abo of bonus aan.",
)
YES_OR_NO: tuple[Rule, ...] = (code("0", "1"),)
# Ten million: no list of pupils is longer.
ID = (whole(1, 10_000_000),)
PERSON: dict[str, tuple[Rule, ...]] = {
    "centre": (whole(1, 10_000),),
    "region": (code(*REGIONS),),
    "sex": (code("m", "f"),),
    "age": (whole(14, 25),),
    "mother": (code("low", "mid", "high"),),
    "language": (code("nl", "other"),),
}


def _truth_table(potential: dict[str, tuple[Rule, ...]]) -> Records:
    columns: dict[str, tuple[Rule, ...]] = {"id": ID, "motivation": (whole(-9_999, 9_999),)} | potential
    return Records(columns=columns, key=("id",), numeric=tuple(columns))


TABLES: dict[str, Records] = {
    LEARNERS: Records(
        columns={
            "id": ID,
            "cohort": (code(*map(str, ENTRY_YEARS)),),
            **PERSON,
            "arrears": (whole(0, 2),),
            "absence_before": YES_OR_NO,
            "field": (code(*FIELDS),),
            "programme": (code(*PROGRAMMES),),
            "brug_hours": (whole(0, BRUG_HOURS),),
            "ibal_hours": (whole(0, IBAL_HOURS),),
            "vsv": YES_OR_NO,
            "nec": YES_OR_NO,
            "months": (whole(1, LONGEST),),
            **{name: (whole(1, LONGEST, or_empty=True),) for name in STARTS},
        },
        key=("id",),
        numeric=(
            *("id", "cohort", "centre", "age", "arrears", "absence_before"),
            *("brug_hours", "ibal_hours", "vsv", "nec", "months", *STARTS),
        ),
        across=(_hours_rule("brug"), _hours_rule("ibal"), MONTHS_FIT, *_start_rules("brug"), *_start_rules("ibal")),
        optional=STARTS,
        names=("id", "centre"),
        dated={"cohort": calendar.COHORT, "age": calendar.AGE, "months": calendar.MONTHS}
        | dict.fromkeys(STARTS, calendar.MONTH),
    ),
    ABO_LEARNERS: Records(
        columns={
            "id": ID,
            **PERSON,
            "absence_before": YES_OR_NO,
            "abo": YES_OR_NO,
            "bonus": YES_OR_NO,
            "absent": YES_OR_NO,
            "nec": YES_OR_NO,
        },
        key=("id",),
        numeric=("id", "centre", "age", "absence_before", "abo", "bonus", "absent", "nec"),
        across=(BONUS_IN_ABO,),
        names=("id", "centre"),
        dated={"age": calendar.AGE},
    ),
    LEARNER_TRUTH: _truth_table(
        {f"{name}_{arm}": YES_OR_NO for name in ("vsv", "nec") for arm in PROGRAMMES}
        | {f"months_{arm}": (whole(1, LONGEST),) for arm in PROGRAMMES}
    ),
    ABO_TRUTH: _truth_table({f"{name}_{state}": YES_OR_NO for name in ("absent", "nec") for state in ABO_STATES}),
}

_CODED = {name for rules in TABLES.values() for name in rules.columns if name not in rules.numeric}


def learners() -> pd.DataFrame:
    """Pupils in learning and working, one row each: traits, programme, hours, outcomes; codes are categories, whether observed or not.

    Some records have the columns `STARTS` too, missing for who never began.
    """
    return table(LEARNERS)


def abo_learners() -> pd.DataFrame:
    """Pupils of BuSO OV3 who could choose the ABO year, one row each: traits, choice, bonus, outcomes."""
    return table(ABO_LEARNERS)


def observed(frame: pd.DataFrame) -> pd.DataFrame:
    """Pupils without the codes that none of them has: a formula would make columns of zeros of those."""
    coded = [name for name in frame.select_dtypes("category") if name in _CODED]
    return frame.assign(**{name: frame[name].cat.remove_unused_categories() for name in coded})


def table(name: str) -> pd.DataFrame:
    """One of the tables above, by its path under data/."""
    return DATA.table(name, TABLES[name])


def shipped(name: str) -> pd.DataFrame:
    """The same as the book ships it: synthetic, also where real records are given."""
    return DATA.shipped().table(name, TABLES[name])
