"""The tables of data/trials: what studies elsewhere found of programmes for young people, and where it was read."""

from __future__ import annotations

import pandas as pd

from ledger.tables.rules import FILLED, NUMBER_OR_EMPTY, Reference, RowRule, Table, one_of
from leerwerk.tables.folder import DATA

KINDS = {
    "coaching": "coaching en mentoring",
    "bridging": "traject met opleiding of werk",
    "school": "andere school of klas",
    "money": "geld voor school",
    "apprenticeship": "leren op de werkplek",
    "review": "overzichtsstudie",
}
# What a rate counts: `left` is bad for the pupil, so a difference changes its sign; `other` is never pooled.
MEASURES = {"finished": 1, "stayed": 1, "left": -1, "other": 0}
NUMERIC = ("year", "treated_rate", "control_rate", "n_treated", "n_control", "n_total", "group_size")


def _numbers(table: pd.DataFrame) -> pd.DataFrame:
    return table[list(NUMERIC)].apply(pd.to_numeric)


def _rates_within_100(table: pd.DataFrame) -> pd.Series:
    rates = _numbers(table)[["treated_rate", "control_rate"]]
    return (rates.isna() | rates.ge(0) & rates.le(100)).all(axis="columns")


def _arms_as_said(table: pd.DataFrame) -> pd.Series:
    numbers = _numbers(table)
    both = numbers[["n_treated", "n_control"]].notna().all(axis="columns")
    neither = numbers[["n_treated", "n_control"]].isna().all(axis="columns")
    adds_up = (numbers["n_treated"] + numbers["n_control"]).eq(numbers["n_total"])
    total = numbers["n_total"].notna()
    split = table["arms"] == "equal split"
    return (
        (table["arms"] == "printed") & both & adds_up
        | split & neither & total
        | (table["arms"] == "not seen") & neither
    )


def _can_be_pooled(table: pd.DataFrame) -> pd.Series:
    numbers = _numbers(table)
    inside = numbers[["treated_rate", "control_rate"]].gt(0) & numbers[["treated_rate", "control_rate"]].lt(100)
    can = inside.all(axis="columns") & (table["arms"] != "not seen") & (table["measure"] != "other")
    return (table["pooled"] == "no") | can & (table["design"] == "randomised") & (table["seen"] == "yes")


def _one_per_trial(table: pd.DataFrame) -> pd.Series:
    return (table["pooled"] == "no") | ~table["sample"].where(table["pooled"] == "yes").duplicated(keep=False)


def _reason_where_left_out(table: pd.DataFrame) -> pd.Series:
    return (table["pooled"] == "no") == (table["reason"].str.strip() != "")


TABLES: dict[str, Table] = {
    "trials/results.csv": Table(
        columns={
            **dict.fromkeys(("id", "study"), (FILLED,)),
            "year": (NUMBER_OR_EMPTY,),
            **dict.fromkeys(("country", "programme", "label"), (FILLED,)),
            "kind": (one_of(*KINDS),),
            "outcome": (FILLED,),
            "measure": (one_of(*MEASURES),),
            "follow_up": (),
            **dict.fromkeys(("treated_rate", "control_rate", "n_treated", "n_control", "n_total"), (NUMBER_OR_EMPTY,)),
            "arms": (one_of("printed", "equal split", "not seen"),),
            **dict.fromkeys(("effect", "interval"), ()),
            "design": (one_of("randomised", "quasi-experiment", "observational", "review", "not seen"),),
            "unit": (one_of("pupil", "area", "application", "none", "not seen"),),
            "group_size": (NUMBER_OR_EMPTY,),
            "sample": (FILLED,),
            "pooled": (one_of("yes", "no"),),
            "reason": (),
            "source": (FILLED,),
            "seen": (one_of("yes", "partly", "no"),),
            **dict.fromkeys(("seen_where", "quote"), (FILLED,)),
            "note": (),
        },
        key=("id",),
        numeric=NUMERIC,
        across=(
            RowRule("treated_rate", _rates_within_100, "een percentage van 0 tot 100", "Kijk het getal na in de bron."),
            RowRule(
                "arms",
                _arms_as_said,
                "printed met beide groepen, die samen n_total zijn; equal split met n_total alleen; not seen zonder groepen",
                "Vul n_treated en n_control enkel in als de bron ze allebei afdrukt.",
            ),
            RowRule(
                "pooled",
                _can_be_pooled,
                "yes enkel met loting, twee percentages tussen 0 en 100, bekende groepen, een uitkomst over de school en seen yes",
                "Zet no en schrijf in reason waarom.",
            ),
            RowRule("pooled", _one_per_trial, "één rij met yes per proef (sample)", "Kies vooraf één uitkomst."),
            RowRule(
                "reason",
                _reason_where_left_out,
                "ingevuld als pooled no is, anders leeg",
                "Zeg waarom ze niet meetelt.",
            ),
        ),
        refers=(Reference("source", "trials/sources.csv", "source"),),
    ),
    "trials/sources.csv": Table(
        columns=dict.fromkeys(("source", "publisher", "title", "date", "address"), (FILLED,)),
        key=("source",),
        refers=(
            Reference("source", "trials/results.csv", "source", "Verwijder de bron als geen proef ze nog gebruikt."),
        ),
    ),
}


def results() -> pd.DataFrame:
    """What each study found: one row per result; rates in percent, as printed."""
    return _table("trials/results.csv")


def sources() -> pd.DataFrame:
    """Publisher, title, date and address behind each source key."""
    return _table("trials/sources.csv")


def _table(name: str) -> pd.DataFrame:
    return DATA.table(name, TABLES[name])
