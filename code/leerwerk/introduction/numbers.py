"""Inleiding: are young people over-represented among the unemployed, and how many leave school early?"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ledger.quantity import Quantity, direction
from leerwerk.study import derives, recomputes
from leerwerk.tables import context
from leerwerk.tables.context import public_figure

FLANDERS = "Flanders"
# Whose series of Belgian unemployment the figure and its sentences follow; each new year of theirs is in it by itself.
YOUTH_SOURCE, TOTAL_SOURCE = "ctg-youth", "ctg-total"
UNQUALIFIED, DUAL = "early_leavers_admin_share", "dual_learning_pupils"
OFFICIAL, LATER = "vl-stat-vsv", "belga-2024"  # the official page, and who continues its series
TRACKS = ("dbso", "bso", "kso", "tso", "aso")  # forms of education, from most to fewest leavers when last published
LAST = "2020-2021"  # the last school year on the official page


def belgian_rates() -> pd.DataFrame:
    """Youth and total unemployment in Belgium: one row per year that both series cover; shares, and their ratio."""
    youth, total = _of("youth_unemployment_rate", YOUTH_SOURCE), _of("unemployment_rate", TOTAL_SOURCE)
    both = set(youth["period"]) & set(total["period"])
    rates = pd.DataFrame({"youth": _yearly(youth, both), "total": _yearly(total, both)}).reset_index(names="year")
    return rates.assign(ratio=rates["youth"] / rates["total"])


def _of(indicator: str, source: str) -> pd.DataFrame:
    rows = context.series(indicator)
    return rows[(rows["source"] == source) & (rows["geo"] == "BE") & (rows["sex"] == "T")]


def _yearly(rows: pd.DataFrame, periods: set[str]) -> pd.Series:
    rows = context.show(rows[rows["period"].isin(periods)])
    return pd.Series(rows["value"].to_numpy() / 100, index=rows["period"].astype(int)).sort_index()


@recomputes("introduction.unemployment.youth")
def youth_over_total() -> Quantity:
    """Higher only if the youth rate exceeds the total rate in every year; the interval is that of the years."""
    rates = belgian_rates()
    difference = rates["youth"] - rates["total"]
    return direction(float(difference.min()), float(difference.max()), "context")


@derives(
    "introduction.ratio.lowest",
    "kleinste verhouding tussen jeugd- en totale werkloosheidsgraad, België",
    "min",
)
@derives(
    "introduction.ratio.highest",
    "grootste verhouding tussen jeugd- en totale werkloosheidsgraad, België",
    "max",
)
def extreme_ratio(which: str) -> Quantity:
    """The smallest or largest yearly ratio."""
    return Quantity(float(belgian_rates()["ratio"].agg(which)), "ratio", evidence="context")


@derives("introduction.ratio.first_year", "eerste jaar waarin beide reeksen lopen", 0)
@derives("introduction.ratio.last_year", "laatste jaar waarin beide reeksen lopen", -1)
def covered_year(position: int) -> Quantity:
    """First or last year that both series cover."""
    return Quantity(float(belgian_rates()["year"].iloc[position]), "year", evidence="context")


@dataclass(frozen=True)
class TakenOver:
    """A figure that the chapter quotes from a public source; `name` follows "introduction." in its id."""

    name: str
    label: str
    indicator: str
    period: str
    source: str

    def figure(self) -> Quantity:
        """The figure as the source gives it."""
        return public_figure(self.indicator, FLANDERS, self.period, self.source)


TAKEN_OVER = (
    TakenOver("unqualified.2014", "schoolverlaters zonder kwalificatie, 2014-2015", UNQUALIFIED, "2014-2015", OFFICIAL),
    TakenOver("unqualified.2018", "schoolverlaters zonder kwalificatie, 2018-2019", UNQUALIFIED, "2018-2019", OFFICIAL),
    TakenOver("unqualified.2019", "schoolverlaters zonder kwalificatie, 2019-2020", UNQUALIFIED, "2019-2020", OFFICIAL),
    TakenOver("unqualified.2020", "schoolverlaters zonder kwalificatie, 2020-2021", UNQUALIFIED, LAST, OFFICIAL),
    TakenOver("unqualified.dbso", "zonder kwalificatie uit het dbso, 2020-2021", f"{UNQUALIFIED}_dbso", LAST, OFFICIAL),
    TakenOver("unqualified.bso", "zonder kwalificatie uit het bso, 2020-2021", f"{UNQUALIFIED}_bso", LAST, OFFICIAL),
    TakenOver("unqualified.2021", "schoolverlaters zonder kwalificatie, 2021-2022", UNQUALIFIED, "2021-2022", LATER),
    TakenOver(
        "unqualified.dbso_2021",
        "zonder kwalificatie uit het dbso, 2021-2022",
        f"{UNQUALIFIED}_dbso",
        "2021-2022",
        LATER,
    ),
    TakenOver("dual.2019", "leerlingen in duaal leren, 2019-2020", DUAL, "2019-2020", "crevits-dual"),
    TakenOver("dual.2022", "leerlingen in duaal leren, 2022-2023", DUAL, "2022-2023", "vrt-2023"),
    TakenOver("dual.2025", "leerlingen in duaal leren, februari 2025, volgens TV Oost", DUAL, "2025", "tvoost-2025"),
    TakenOver("dual.employers", "leerlingen in duaal leren, volgens Voka", DUAL, "2025", "voka-dual"),
)
for _taken in TAKEN_OVER:
    derives(f"introduction.{_taken.name}", _taken.label)(_taken.figure)


def unqualified_by_track() -> pd.DataFrame:
    """Leavers without a qualification in the last school year of the official page.

    Returns
    -------
    frame
        One row per form of education, most leavers first, and last the row `all`: its `track` and `share` (0..1).
    """
    shares = {track: public_figure(f"{UNQUALIFIED}_{track}", FLANDERS, LAST, OFFICIAL).value for track in TRACKS}
    frame = pd.DataFrame({"track": list(shares), "share": list(shares.values())})
    frame = frame.sort_values("share", ascending=False, kind="stable")
    together = pd.DataFrame({"track": ["all"], "share": [public_figure(UNQUALIFIED, FLANDERS, LAST, OFFICIAL).value]})
    return pd.concat([frame, together], ignore_index=True)
