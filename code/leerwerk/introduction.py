"""Inleiding: are young people over-represented among the unemployed, and how many leave school early?"""

from __future__ import annotations

import pandas as pd

from leerwerk import dutch, sources
from leerwerk.claims import derives, recomputes
from leerwerk.context import public_figure, ratio
from leerwerk.exhibit import Exhibit, origin_of
from leerwerk.quantity import Quantity, direction

REGIONS = {
    "BE": "België",
    "Flanders": "Vlaanderen",
    "Wallonia": "Wallonië",
    "Brussels": "Brussel",
    "EU27": "EU-27",
}
SEXES = {"M": "mannen", "F": "vrouwen", "T": "samen"}
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


def youth_rates() -> Exhibit:
    """Youth against total unemployment in Belgium, by year."""
    rates = belgian_rates()
    last = rates.iloc[-1]
    return Exhibit(
        name="jeugdwerkloosheid",
        title=(
            f"In {last['year']:.0f} was {_percent(last['youth'])} van de jongeren werkloos,"
            f" tegenover {_percent(last['total'])} van iedereen"
        ),
        alt=(
            f"Twee lijnen van {rates['year'].min()} tot {rates['year'].max()}. De jeugdwerkloosheid schommelt tussen"
            f" {_percent(rates['youth'].min())} en {_percent(rates['youth'].max())}; de totale werkloosheid loopt daar"
            f" ver onder, tussen {_percent(rates['total'].min())} en {_percent(rates['total'].max())}."
        ),
        caption="Werkloosheidsgraad in België, in procent van de beroepsbevolking; jongeren zijn 15 tot 24 jaar.",
        frame=rates,
        columns={"year": "jaar", "youth": "jongeren", "total": "totaal", "ratio": "verhouding"},
        origin=origin_of("ctg-youth"),
    )


def youth_ratio() -> Exhibit:
    """The ratio of youth to total unemployment, by year."""
    rates = belgian_rates()
    low, high = rates["ratio"].min(), rates["ratio"].max()
    return Exhibit(
        name="verhouding-jeugd-totaal",
        title=f"Jongeren zijn {dutch.number(low, 1)} tot {dutch.number(high, 1)} keer zo vaak werkloos als iedereen samen",
        alt=(
            f"Eén lijn die nooit onder {dutch.number(low, 1)} zakt. De laagste waarde valt in"
            f" {_year_of(rates, 'idxmin')}, de hoogste in {_year_of(rates, 'idxmax')}."
        ),
        caption="Werkloosheidsgraad van 15- tot 24-jarigen gedeeld door de totale werkloosheidsgraad, België.",
        frame=rates[["year", "ratio"]],
        columns={"year": "jaar", "ratio": "verhouding"},
        origin=f"{origin_of('ctg-youth')}; eigen berekening",
    )


def _year_of(rates: pd.DataFrame, method: str) -> int:
    return int(rates.loc[getattr(rates["ratio"], method)(), "year"])


def regional_rates() -> Exhibit:
    """Ten-year mean youth unemployment by region, highest first."""
    rows = sources.series(YOUTH)
    rows = rows[rows["period"] == TEN_YEARS].sort_values("value", ascending=False)
    frame = pd.DataFrame({"region": rows["geo"].map(REGIONS), "share": rows["value"] / 100}).reset_index(drop=True)
    first, last = frame.iloc[0], frame.iloc[-1]
    return Exhibit(
        name="jeugdwerkloosheid-regio",
        title=f"{first['region']} telt {dutch.number(first['share'] / last['share'], 1)} keer zo veel jeugdwerkloosheid als {last['region']}",
        alt="Vier balken: "
        + dutch.enumerate_words([f"{region} {_percent(share, 0)}" for region, share in frame.to_numpy()])
        + ".",
        caption="Werkloosheidsgraad van 15- tot 24-jarigen, gemiddelde over tien jaar tot en met 2018.",
        frame=frame,
        columns={"region": "gebied", "share": "jeugdwerkloosheid"},
        origin=origin_of("knack-2019"),
    )


def leavers_by_region() -> Exhibit:
    """Early leavers by region: one row per region and year, with the years in which the series breaks."""
    rows = sources.series(LEAVERS)
    rows = rows[(rows["sex"] == "T") & rows["geo"].isin(["Flanders", "Wallonia", "Brussels"])]
    frame = pd.DataFrame(
        {
            "region": rows["geo"].map(REGIONS),
            "year": rows["period"].astype(int),
            "share": rows["value"] / 100,
            "breaks": rows["note"].map(_breaks),
        }
    ).sort_values(["region", "year"], ignore_index=True)
    ends = frame.groupby("region")["share"].agg(["first", "last"])
    return Exhibit(
        name="schoolverlaters-regio",
        title=(
            f"In {dutch.enumerate_words(list(ends.index[ends['last'] < ends['first']]))} verlaten minder jongeren"
            f" de school zonder diploma dan in {frame['year'].min()}"
        ),
        alt="Drie lijnen. "
        + " ".join(f"{region} gaat van {_percent(a)} naar {_percent(b)}." for region, a, b in ends.itertuples())
        + " Verticale stippellijnen tonen jaren waarin de reeks breekt.",
        caption=(
            "Aandeel 18- tot 24-jarigen zonder diploma secundair onderwijs die geen opleiding volgen. Stippellijn:"
            " breuk in de reeks; cijfers ervoor en erna zijn niet zonder meer te vergelijken."
        ),
        frame=frame,
        columns={"region": "gewest", "year": "jaar", "share": "aandeel", "breaks": "breuken in de reeks"},
        origin=origin_of("fpb-i25", "statbel-esl"),
    )


def _breaks(note: str) -> str:
    return note.removeprefix("breaks in series: ")


def leavers_by_sex() -> Exhibit:
    """Early leavers in Belgium by sex: one row per sex and year."""
    rows = sources.series(LEAVERS)
    rows = rows[(rows["geo"] == "BE") & rows["sex"].isin(["M", "F"])]
    frame = pd.DataFrame(
        {
            "sex": rows["sex"].map(SEXES),
            "year": rows["period"].astype(int),
            "share": rows["value"] / 100,
            "breaks": rows["note"].map(_breaks),
        }
    ).sort_values(["sex", "year"], ignore_index=True)
    last = frame[frame["year"] == frame["year"].max()].set_index("sex")["share"]
    more = last.idxmax()
    return Exhibit(
        name="schoolverlaters-geslacht",
        title=f"{str(more).capitalize()} verlaten de school vaker zonder diploma: {_percent(last.max())} tegenover {_percent(last.min())}",
        alt=f"Twee lijnen van {frame['year'].min()} tot {frame['year'].max()}; die van de {more} eindigt hoger.",
        caption="Aandeel vroegtijdige schoolverlaters onder 18- tot 24-jarigen in België. Stippellijn: breuk in de reeks.",
        frame=frame,
        columns={"sex": "geslacht", "year": "jaar", "share": "aandeel", "breaks": "breuken in de reeks"},
        origin=origin_of("statbel-esl"),
    )


def leavers_by_track() -> Exhibit:
    """Share of pupils who left without a diploma in 2014-2015: all, full-time and part-time vocational."""
    labels = {
        f"{ADMIN}_share_dbso": "Deeltijds (dbso)",
        f"{ADMIN}_share_bso": "Voltijds (bso)",
        f"{ADMIN}_share": "Alle richtingen",
    }
    shares = {label: public_figure(name, FLANDERS, SCHOOL_YEAR).value for name, label in labels.items()}
    frame = pd.DataFrame({"track": list(shares), "share": list(shares.values())})
    times = dutch.text(dbso_to_bso())
    return Exhibit(
        name="zonder-diploma-richting",
        title=f"Uit het dbso vertrekt {_percent(frame['share'].iloc[0])} zonder diploma, {times} keer zo veel als uit het bso",
        alt="Drie balken: " + dutch.enumerate_words([f"{t} {_percent(s)}" for t, s in frame.to_numpy()]) + ".",
        caption="Aandeel leerlingen dat in 2014-2015 de school verliet zonder diploma, Vlaanderen.",
        frame=frame,
        columns={"track": "richting", "share": "zonder diploma"},
        origin=origin_of("knack-2017"),
    )


def _percent(share: float, decimals: int = 1) -> str:
    return dutch.amount(share, "share", decimals)
