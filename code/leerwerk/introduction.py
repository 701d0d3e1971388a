"""Inleiding: are young people over-represented among the unemployed, and how many leave school early?"""

from __future__ import annotations

import pandas as pd

from leerwerk import sources
from leerwerk.claims import derives, recomputes
from leerwerk.context import public_figure, ratio
from leerwerk.quantity import Quantity, direction

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
    rows = sources.series(indicator)
    rows = rows[rows["source"] == source]
    return pd.Series(rows["value"].to_numpy() / 100, index=rows["period"].astype(int))


@recomputes("introduction.unemployment.youth")
def youth_over_total() -> Quantity:
    """Higher only if the youth rate exceeds the total rate in every year."""
    rates = belgian_rates()
    return direction((rates["youth"] - rates["total"]).min(), "context")


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
    "introduction.ratio.last",
    "verhouding tussen jeugd- en totale werkloosheidsgraad in het laatste jaar, België",
)
def last_ratio() -> Quantity:
    """The ratio in the last year that both series cover."""
    return Quantity(float(belgian_rates()["ratio"].iloc[-1]), "ratio", evidence="context")


@derives("introduction.ratio.first_year", "eerste jaar waarin beide reeksen lopen", 0)
@derives("introduction.ratio.last_year", "laatste jaar waarin beide reeksen lopen", -1)
def covered_year(position: int) -> Quantity:
    """First or last year that both series cover."""
    return Quantity(float(belgian_rates()["year"].iloc[position]), "year", evidence="context")


# id (after "introduction."), what it is, indicator, area, period, source, sex, decimals
TAKEN_OVER: tuple[tuple[str, str, str, str, str, str | None, str, int | None], ...] = (
    ("youth_rate.be_2017", "jeugdwerkloosheidsgraad, België, 2017", YOUTH, "BE", "2017", None, "T", None),
    (
        "youth_rate.fl_2017",
        "jeugdwerkloosheidsgraad, Vlaanderen, 2017",
        YOUTH,
        FLANDERS,
        "2017",
        None,
        "T",
        None,
    ),
    ("total_rate.be_2017", "totale werkloosheidsgraad, België, 2017", TOTAL, "BE", "2017", None, "T", None),
    (
        "total_rate.authors",
        "werkloosheidsgraad volgens de auteurs, 2017",
        TOTAL,
        FLANDERS,
        "2017",
        AUTHORS,
        "T",
        0,
    ),
    (
        "total_rate.fpb",
        "werkloosheidsgraad, Vlaams Gewest, 2017",
        TOTAL,
        FLANDERS,
        "2017",
        PLANNING,
        "T",
        None,
    ),
    (
        "youth_mean.flanders",
        "jeugdwerkloosheid over tien jaar, Vlaanderen",
        YOUTH,
        FLANDERS,
        TEN_YEARS,
        None,
        "T",
        0,
    ),
    (
        "youth_mean.brussels",
        "jeugdwerkloosheid over tien jaar, Brussel",
        YOUTH,
        "Brussels",
        TEN_YEARS,
        None,
        "T",
        0,
    ),
    (
        "youth_mean.wallonia",
        "jeugdwerkloosheid over tien jaar, Wallonië",
        YOUTH,
        "Wallonia",
        TEN_YEARS,
        None,
        "T",
        0,
    ),
    ("young_unemployed.2013", "jonge werklozen, juni 2013", YOUNG, FLANDERS, "2013-06", None, "T", None),
    ("young_unemployed.2019", "jonge werklozen, juni 2019", YOUNG, FLANDERS, "2019-06", None, "T", None),
    (
        "leavers.fl_2000",
        "vroegtijdige schoolverlaters, Vlaanderen, 2000",
        LEAVERS,
        FLANDERS,
        "2000",
        None,
        "T",
        None,
    ),
    (
        "leavers.fl_2024",
        "vroegtijdige schoolverlaters, Vlaanderen, 2024",
        LEAVERS,
        FLANDERS,
        "2024",
        None,
        "T",
        None,
    ),
    (
        "leavers.wa_2024",
        "vroegtijdige schoolverlaters, Wallonië, 2024",
        LEAVERS,
        "Wallonia",
        "2024",
        None,
        "T",
        None,
    ),
    (
        "leavers.br_2022",
        "vroegtijdige schoolverlaters, Brussel, 2022",
        LEAVERS,
        "Brussels",
        "2022",
        None,
        "T",
        None,
    ),
    (
        "leavers.eu_2024",
        "vroegtijdige schoolverlaters, EU-27, 2024",
        LEAVERS,
        "EU27",
        "2024",
        None,
        "T",
        None,
    ),
    (
        "leavers.men_2022",
        "vroegtijdige schoolverlaters, mannen, 2022",
        LEAVERS,
        "BE",
        "2022",
        None,
        "M",
        None,
    ),
    (
        "leavers.women_2022",
        "vroegtijdige schoolverlaters, vrouwen, 2022",
        LEAVERS,
        "BE",
        "2022",
        None,
        "F",
        None,
    ),
    (
        "without_diploma.count",
        "schoolverlaters zonder diploma",
        f"{ADMIN}_count",
        FLANDERS,
        SCHOOL_YEAR,
        None,
        "T",
        None,
    ),
    (
        "with_diploma.count",
        "schoolverlaters met diploma",
        "graduates_admin_count",
        FLANDERS,
        SCHOOL_YEAR,
        None,
        "T",
        None,
    ),
    (
        "without_diploma.printed",
        "aandeel zonder diploma, gedrukt",
        f"{ADMIN}_share",
        FLANDERS,
        SCHOOL_YEAR,
        None,
        "T",
        0,
    ),
    (
        "without_diploma.later",
        "aandeel zonder diploma, 2017-2018",
        f"{ADMIN}_share",
        FLANDERS,
        "2017-2018",
        None,
        "T",
        None,
    ),
    (
        "without_diploma.bso",
        "zonder diploma uit het bso",
        f"{ADMIN}_share_bso",
        FLANDERS,
        SCHOOL_YEAR,
        None,
        "T",
        None,
    ),
    (
        "without_diploma.dbso",
        "zonder diploma uit het dbso",
        f"{ADMIN}_share_dbso",
        FLANDERS,
        SCHOOL_YEAR,
        None,
        "T",
        None,
    ),
    ("dual.first", "leerlingen in duaal leren, 2016-2017", DUAL, FLANDERS, "2016-2017", None, "T", None),
    ("dual.last", "leerlingen in duaal leren, 2019-2020", DUAL, FLANDERS, "2019-2020", None, "T", None),
)


def printed_in_source(indicator: str, geo: str, period: str, source: str | None = None, sex: str = "T") -> Quantity:
    """A figure taken over from a public source."""
    return public_figure(indicator, geo, period, source, sex)


for _name, _label, *_key, _decimals in TAKEN_OVER:
    derives(f"introduction.{_name}", _label, *_key, decimals=_decimals)(printed_in_source)


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
