"""Inleiding: are young people over-represented among the unemployed, and how many leave school early?"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from ledger.quantity import Quantity, direction, ratio
from leerwerk.study import derives, recomputes
from leerwerk.tables import context
from leerwerk.tables.context import public_figure

TEN_YEARS = "ten years to 2018 (mean)"
YOUTH, TOTAL, LEAVERS = "youth_unemployment_rate", "unemployment_rate", "early_leavers_lfs"
ADMIN, YOUNG, DUAL = "early_leavers_admin", "young_unemployed_count", "dual_learning_pupils"
FLANDERS, SCHOOL_YEAR = "Flanders", "2014-2015"
AUTHORS, PLANNING = "odin-webinar", "fpb-i39"


def belgian_rates() -> pd.DataFrame:
    """Youth and total unemployment in Belgium: one row per year that both series cover; shares, and their ratio."""
    youth = _yearly("youth_unemployment_rate", "ctg-youth").rename("youth")
    total = _yearly("unemployment_rate", "ctg-total").rename("total")
    rates = pd.concat([youth, total], axis=1, join="inner").sort_index().reset_index(names="year")
    return rates.assign(ratio=rates["youth"] / rates["total"])


def _yearly(indicator: str, source: str) -> pd.Series:
    rows = context.series(indicator)
    rows = rows[rows["source"] == source]
    return pd.Series(rows["value"].to_numpy() / 100, index=rows["period"].astype(int))


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


@derives(
    "introduction.ratio.first", "verhouding tussen jeugd- en totale werkloosheidsgraad in het eerste jaar, België", 0
)
@derives(
    "introduction.ratio.last",
    "verhouding tussen jeugd- en totale werkloosheidsgraad in het laatste jaar, België",
    -1,
)
def ratio_at_the_end(position: int) -> Quantity:
    """The ratio in the first (0) or last (-1) year that both series cover."""
    return Quantity(float(belgian_rates()["ratio"].iloc[position]), "ratio", evidence="context")


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
    geo: str = FLANDERS
    source: str | None = None
    sex: str = "T"
    decimals: int | None = None

    def figure(self) -> Quantity:
        """The figure as the source gives it."""
        return public_figure(self.indicator, self.geo, self.period, self.source, self.sex)


TAKEN_OVER = (
    TakenOver("youth_rate.fl_2017", "jeugdwerkloosheidsgraad, Vlaanderen, 2017", YOUTH, "2017"),
    TakenOver("total_rate.be_2017", "totale werkloosheidsgraad, België, 2017", TOTAL, "2017", "BE"),
    TakenOver(
        "total_rate.authors", "werkloosheidsgraad volgens de auteurs, 2017", TOTAL, "2017", source=AUTHORS, decimals=0
    ),
    TakenOver("total_rate.fpb", "werkloosheidsgraad, Vlaams Gewest, 2017", TOTAL, "2017", source=PLANNING),
    TakenOver("youth_mean.flanders", "jeugdwerkloosheid over tien jaar, Vlaanderen", YOUTH, TEN_YEARS, decimals=0),
    TakenOver(
        "youth_mean.brussels", "jeugdwerkloosheid over tien jaar, Brussel", YOUTH, TEN_YEARS, "Brussels", decimals=0
    ),
    TakenOver(
        "youth_mean.wallonia", "jeugdwerkloosheid over tien jaar, Wallonië", YOUTH, TEN_YEARS, "Wallonia", decimals=0
    ),
    TakenOver("young_unemployed.2013", "jonge werklozen, juni 2013", YOUNG, "2013-06"),
    TakenOver("young_unemployed.2019", "jonge werklozen, juni 2019", YOUNG, "2019-06"),
    TakenOver("leavers.fl_2000", "vroegtijdige schoolverlaters, Vlaanderen, 2000", LEAVERS, "2000"),
    TakenOver("leavers.fl_2024", "vroegtijdige schoolverlaters, Vlaanderen, 2024", LEAVERS, "2024"),
    TakenOver("leavers.wa_2024", "vroegtijdige schoolverlaters, Wallonië, 2024", LEAVERS, "2024", "Wallonia"),
    TakenOver("leavers.br_2022", "vroegtijdige schoolverlaters, Brussel, 2022", LEAVERS, "2022", "Brussels"),
    TakenOver("leavers.eu_2024", "vroegtijdige schoolverlaters, EU-27, 2024", LEAVERS, "2024", "EU27"),
    TakenOver("leavers.men_2022", "vroegtijdige schoolverlaters, mannen, 2022", LEAVERS, "2022", "BE", sex="M"),
    TakenOver("leavers.women_2022", "vroegtijdige schoolverlaters, vrouwen, 2022", LEAVERS, "2022", "BE", sex="F"),
    TakenOver("without_diploma.count", "schoolverlaters zonder diploma", f"{ADMIN}_count", SCHOOL_YEAR),
    TakenOver("with_diploma.count", "schoolverlaters met diploma", "graduates_admin_count", SCHOOL_YEAR),
    TakenOver("without_diploma.printed", "aandeel zonder diploma, gedrukt", f"{ADMIN}_share", SCHOOL_YEAR, decimals=0),
    TakenOver("without_diploma.before", "aandeel zonder diploma, 2016-2017", f"{ADMIN}_share", "2016-2017"),
    TakenOver("without_diploma.later", "aandeel zonder diploma, 2017-2018", f"{ADMIN}_share", "2017-2018"),
    TakenOver("without_diploma.bso", "zonder diploma uit het bso", f"{ADMIN}_share_bso", SCHOOL_YEAR),
    TakenOver("without_diploma.dbso", "zonder diploma uit het dbso", f"{ADMIN}_share_dbso", SCHOOL_YEAR),
    TakenOver(
        "without_diploma.learning_working",
        "zonder diploma uit leren en werken, 2017-2018",
        f"{ADMIN}_share_learning_working",
        "2017-2018",
        decimals=0,
    ),
    TakenOver(
        "without_diploma.bso_later",
        "zonder diploma uit het bso, 2017-2018",
        f"{ADMIN}_share_bso",
        "2017-2018",
        decimals=0,
    ),
    TakenOver("dual.first", "leerlingen in duaal leren, 2016-2017", DUAL, "2016-2017"),
    TakenOver("dual.last", "leerlingen in duaal leren, 2019-2020", DUAL, "2019-2020"),
)
for _taken in TAKEN_OVER:
    derives(f"introduction.{_taken.name}", _taken.label, decimals=_taken.decimals)(_taken.figure)


@derives(
    "introduction.ratio.authors",
    "verhouding jeugd tot totaal in 2017, met het totaal van de auteurs",
    AUTHORS,
)
@derives(
    "introduction.ratio.fpb",
    "verhouding jeugd tot totaal in 2017, met het totaal van het Planbureau",
    PLANNING,
)
def flemish_ratio(total_from: str) -> Quantity:
    """The authors' Flemish youth rate over a total rate for 2017."""
    return ratio(public_figure(YOUTH, FLANDERS, "2017"), public_figure(TOTAL, FLANDERS, "2017", total_from))


@derives(
    "introduction.without_diploma.share",
    "aandeel zonder diploma, herberekend uit de aantallen, 2014-2015",
    decimals=2,
)
def share_without_diploma() -> Quantity:
    """Leavers without a diploma over all leavers of that school year."""
    without = public_figure(f"{ADMIN}_count", FLANDERS, SCHOOL_YEAR).value
    total = without + public_figure("graduates_admin_count", FLANDERS, SCHOOL_YEAR).value
    return Quantity(without / total, "share", n=int(total), evidence="context")


@derives("introduction.without_diploma.dbso_to_bso", "verhouding dbso tot voltijds bso, aandeel zonder diploma")
def dbso_to_bso() -> Quantity:
    """How many times more often part-time vocational pupils leave without a diploma than full-time ones."""
    shares = [public_figure(f"{ADMIN}_share_{track}", FLANDERS, SCHOOL_YEAR) for track in ("dbso", "bso")]
    return ratio(*shares)
