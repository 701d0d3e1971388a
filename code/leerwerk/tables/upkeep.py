"""The tables that keep data/context alive: which series are fetched, what was changed, and when each source is due again."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pandas as pd

from ledger.tables.rules import DATE, DATE_OR_EMPTY, FILLED, RowRule, Rule, Table, matches, one_of
from leerwerk.tables import context
from leerwerk.tables.folder import DATA

FEEDS, CHANGES = "context/feeds.csv", "context/changes.csv"
REVISION, CORRECTION = "revision", "correction"
# What a source is: asked by `make context`, a page that goes on, or a document that will not change.
FETCHED, LIVING, FINISHED = "fetched", "living", "finished"

_CODE = r"[A-Za-z][A-Za-z0-9_-]*"


def _list_of(item: str, example: str) -> Rule:
    return matches(
        re.compile(f"{item}(;{item})*"),
        f"codes met puntkomma's ertussen, zoals {example}",
        "Neem de codes over van Eurostat, zonder spaties.",
    )


TABLES: dict[str, Table] = {
    FEEDS: Table(
        columns={
            "source": (FILLED,),
            "dataset": (matches(re.compile(r"[a-z][a-z0-9_]*"), "de code van een tabel", "Schrijf edat_lfse_16."),),
            "filters": (_list_of(rf"{_CODE}={_CODE}", "freq=A;unit=PC"),),
            "ages": (_list_of(rf"Y\d\d-\d\d={_CODE}", "Y15-24=youth_unemployment_rate"),),
            "sexes": (_list_of("[TMF]", "T;M;F"),),
            "areas": (_list_of(rf"{_CODE}={_CODE}", "BE2=Flanders"),),
            "since": (matches(re.compile(r"\d{4}"), "een jaar", "Schrijf 2000."),),
            "fetched": (DATE_OR_EMPTY,),
            "sha256": (
                matches(re.compile(r"([0-9a-f]{64})?"), "een SHA-256, of leeg", "Laat make context dit invullen."),
            ),
        },
        key=("source",),
        across=(
            RowRule(
                "sha256",
                lambda table: (table["fetched"] == "") == (table["sha256"] == ""),
                "fetched en sha256 allebei ingevuld, of allebei leeg",
                "Haal het bestand terug uit git: make context vult beide kolommen in.",
            ),
        ),
    ),
    CHANGES: Table(
        columns={
            "date": (DATE,),
            "kind": (one_of(REVISION, CORRECTION),),
            "what": (FILLED,),
            "was": (FILLED,),
            "now": (FILLED,),
            "source": (FILLED,),
            "reason": (FILLED,),
        },
        key=("date", "kind", "what"),
    ),
}


def feeds() -> pd.DataFrame:
    """The series that are fetched: one row per dataset of Eurostat; `fetched` is empty until the first time."""
    return DATA.table(FEEDS, TABLES[FEEDS])


def changes(kind: str) -> pd.DataFrame:
    """Figures that were changed afterwards, the newest first: by their publisher (`REVISION`) or by us (`CORRECTION`)."""
    every = DATA.table(CHANGES, TABLES[CHANGES])
    rows = every[every["kind"] == kind]
    return rows.sort_values("date", ascending=False, kind="stable").reset_index(drop=True)


def calendar() -> pd.DataFrame:
    """When each source of a figure was last looked up, and when it is due again: one row per source.

    Returns
    -------
    frame
        `source`, `label`, `kind` (`FETCHED`, `LIVING` or `FINISHED`), and as dates or None: `looked_up` (none: not on record),
        `due` (from then on it is time) and `refused` (from then on the monthly run fails). A finished document is never due;
        what is fetched was looked up on the day of its snapshot, and is due when a whole year brought nothing new.
    """
    fetched = feeds().set_index("source")["fetched"]
    sources = context.public_sources()
    sources = sources[sources["source"].isin([*context.series()["source"], *fetched.index])]
    rows = []
    for row in sources.itertuples():
        kind = FETCHED if row.source in fetched else FINISHED if pd.isna(row.warn_after) else LIVING
        day = _day(fetched.get(row.source, row.looked_up))
        rows.append((row.source, row.label, kind, day, _after(day, row.warn_after), _after(day, row.error_after)))
    return pd.DataFrame(rows, columns=["source", "label", "kind", "looked_up", "due", "refused"], dtype=object)


def overdue(on: date, limit: str) -> pd.DataFrame:
    """The rows of `calendar` whose `limit` (`due` or `refused`) is on or before a day."""
    rows = calendar()
    return rows[[day is not None and day <= on for day in rows[limit]]]


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None


def _after(day: date | None, term: float) -> date | None:
    return None if day is None or pd.isna(term) else day + timedelta(days=int(term))
