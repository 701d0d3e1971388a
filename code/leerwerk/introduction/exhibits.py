"""Figures of the Inleiding: public series on unemployment and early leaving."""

from __future__ import annotations

import pandas as pd

from ledger import dutch
from ledger.exhibit import Column, Exhibit
from leerwerk.introduction.numbers import (
    ADMIN,
    FLANDERS,
    LEAVERS,
    SCHOOL_YEAR,
    TEN_YEARS,
    YOUTH,
    belgian_rates,
    dbso_to_bso,
)
from leerwerk.tables import context
from leerwerk.tables.context import origin_of, public_figure

REGIONS = {
    "BE": "België",
    "Flanders": "Vlaanderen",
    "Wallonia": "Wallonië",
    "Brussels": "Brussel",
    "EU27": "EU-27",
}

SEXES = {"M": "mannen", "F": "vrouwen", "T": "samen"}
YEAR = Column("jaar", "year")
RATIO = Column("verhouding jongeren tot iedereen", "ratio", 1)
LEAVING = Column("schoolverlaters", "share", 1)


def youth_rates() -> Exhibit:
    """Youth against total unemployment in Belgium, by year."""
    rates = belgian_rates()
    last = rates.iloc[-1]
    return Exhibit(
        name="jeugdwerkloosheid",
        title=(
            f"In {last['year']:.0f} was {dutch.percent(last['youth'])} van de jongeren op de arbeidsmarkt werkloos,"
            f" tegenover {dutch.percent(last['total'])} van de hele beroepsbevolking"
        ),
        alt=(
            f"Twee lijnen van {rates['year'].min()} tot {rates['year'].max()}. De jeugdwerkloosheid schommelt tussen"
            f" {dutch.percent(rates['youth'].min())} en {dutch.percent(rates['youth'].max())}; de totale werkloosheid loopt daar"
            f" ver onder, tussen {dutch.percent(rates['total'].min())} en {dutch.percent(rates['total'].max())}."
        ),
        caption="Werkloosheidsgraad in België, in procent van de beroepsbevolking; jongeren zijn 15 tot 24 jaar.",
        frame=rates,
        columns={
            "year": YEAR,
            "youth": Column("jongeren", "share", 1),
            "total": Column("iedereen", "share", 1),
            "ratio": RATIO,
        },
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
            f"Eén lijn tussen {dutch.number(low, 1)} en {dutch.number(high, 1)}. De laagste waarde valt in"
            f" {_year_of(rates, 'idxmin')}, de hoogste in {_year_of(rates, 'idxmax')}."
        ),
        caption="Werkloosheidsgraad van 15- tot 24-jarigen gedeeld door de totale werkloosheidsgraad, België.",
        frame=rates[["year", "ratio"]],
        columns={"year": YEAR, "ratio": RATIO},
        origin=f"{origin_of('ctg-youth')}; eigen berekening",
    )


def _year_of(rates: pd.DataFrame, method: str) -> int:
    return int(rates.loc[getattr(rates["ratio"], method)(), "year"])


def regional_rates() -> Exhibit:
    """Ten-year mean youth unemployment by region, highest first."""
    rows = context.series(YOUTH)
    rows = rows[rows["period"] == TEN_YEARS].sort_values("value", ascending=False)
    frame = pd.DataFrame({"region": rows["geo"].map(REGIONS), "share": rows["value"] / 100}).reset_index(drop=True)
    first, last = frame.iloc[0], frame.iloc[-1]
    return Exhibit(
        name="jeugdwerkloosheid-regio",
        title=f"{first['region']} telt {dutch.number(first['share'] / last['share'], 1)} keer zo veel jeugdwerkloosheid als {last['region']}",
        alt="Vier balken: "
        + dutch.enumerate_words([f"{region} {dutch.percent(share, 0)}" for region, share in frame.to_numpy()])
        + ".",
        caption="Werkloosheidsgraad van 15- tot 24-jarigen, gemiddelde over tien jaar tot en met 2018.",
        frame=frame,
        columns={"region": "gebied", "share": Column("jeugdwerkloosheid", "share")},
        origin=origin_of("knack-2019"),
    )


def leavers_by_region() -> Exhibit:
    """Early leavers by region: one row per region and year, with the years in which the series breaks."""
    rows = context.series(LEAVERS)
    rows = rows[(rows["sex"] == "T") & rows["geo"].isin(["Flanders", "Wallonia", "Brussels"])]
    frame = _leavers(region=rows["geo"].map(REGIONS), rows=rows)
    ends = frame.groupby("region")["share"].agg(["first", "last"])
    return Exhibit(
        name="schoolverlaters-regio",
        title=(
            f"Volgens de enquête verlaten in {dutch.enumerate_words(list(ends.index[ends['last'] < ends['first']]))} minder jongeren"
            f" de school zonder diploma dan in {frame['year'].min()}"
        ),
        alt="Drie lijnen. "
        + " ".join(
            f"{region} gaat van {dutch.percent(a)} naar {dutch.percent(b)}." for region, a, b in ends.itertuples()
        )
        + " Verticale stippellijnen tonen jaren waarin de reeks breekt.",
        caption=(
            "Aandeel 18- tot 24-jarigen zonder diploma secundair onderwijs die geen opleiding volgen. Stippellijn:"
            " breuk in de reeks; cijfers ervoor en erna zijn niet zonder meer te vergelijken."
        ),
        frame=frame,
        columns={"region": "gewest", "year": YEAR, "share": LEAVING, "breaks": "breuken in de reeks"},
        origin=origin_of("fpb-i25", "statbel-esl"),
    )


def _leavers(rows: pd.DataFrame, **group: pd.Series) -> pd.DataFrame:
    frame = pd.DataFrame(
        group
        | {
            "year": rows["period"].astype(int),
            "share": rows["value"] / 100,
            "breaks": rows["note"].str.removeprefix("breaks in series: "),
        }
    )
    return frame.sort_values([*group, "year"], ignore_index=True)


def leavers_by_sex() -> Exhibit:
    """Early leavers in Belgium by sex: one row per sex and year."""
    rows = context.series(LEAVERS)
    rows = rows[(rows["geo"] == "BE") & rows["sex"].isin(["M", "F"])]
    frame = _leavers(sex=rows["sex"].map(SEXES), rows=rows)
    last = frame[frame["year"] == frame["year"].max()].set_index("sex")["share"]
    more = last.idxmax()
    return Exhibit(
        name="schoolverlaters-geslacht",
        title=f"{str(more).capitalize()} verlaten de school vaker zonder diploma: {dutch.percent(last.max())} tegenover {dutch.percent(last.min())}",
        alt=f"Twee lijnen van {frame['year'].min()} tot {frame['year'].max()}; die van de {more} eindigt hoger.",
        caption="Aandeel vroegtijdige schoolverlaters onder 18- tot 24-jarigen in België. Stippellijn: breuk in de reeks.",
        frame=frame,
        columns={"sex": "geslacht", "year": YEAR, "share": LEAVING, "breaks": "breuken in de reeks"},
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
        title=f"Uit het dbso vertrekt {dutch.percent(frame['share'].iloc[0])} zonder diploma, {times} keer zo veel als uit het bso",
        alt="Drie balken: " + dutch.enumerate_words([f"{t} {dutch.percent(s)}" for t, s in frame.to_numpy()]) + ".",
        caption="Aandeel leerlingen dat in 2014-2015 de school verliet zonder diploma, Vlaanderen.",
        frame=frame,
        columns={"track": "richting", "share": Column("zonder diploma", "share", 1)},
        origin=origin_of("knack-2017"),
    )
