"""Tables of the Data page: early leaving by four definitions, counts of the same thing that differ, and the survey series."""

from __future__ import annotations

import re

import pandas as pd

from ledger import dutch
from ledger.exhibit import Column, Exhibit
from leerwerk.tables import context
from leerwerk.tables.context import origin_of, public_figure, public_sources

LEAVING, DUAL = "zonder kwalificatie of diploma van school", "leerlingen in duaal leren"
# What is counted, the year that readers see, and where its counts stand: indicator and period.
COUNTED_TWICE = (
    (LEAVING, "rond 2014-2015", "early_leavers_admin_share", "2014-2015"),
    (LEAVING, "rond 2014-2015", "early_leavers_admin_share", "2014"),
    (LEAVING, "rond 2014-2015", "early_leavers_vdab_share", "2015"),
    (LEAVING, "2017-2018", "early_leavers_admin_share", "2017-2018"),
    (DUAL, "2016-2017", "dual_learning_pupils", "2016-2017"),
    (DUAL, "2018-2019", "dual_learning_pupils", "2018-2019"),
    (DUAL, "2019-2020", "dual_learning_pupils", "2019-2020"),
    (DUAL, "2021-2022", "dual_learning_pupils", "2021-2022"),
    (DUAL, "2025", "dual_learning_pupils", "2025"),
)
# Early leaving in or about 2014-2015, from fewest to most: where the figure stands, who counts as a leaver, and out of whom.
DEFINITIONS = (
    (
        *("early_leavers_lfs", "2015", "fpb-i25"),
        "geen diploma secundair onderwijs en geen opleiding (enquête)",
        "alle jongeren van 18 tot 24 jaar",
    ),
    (
        *("early_leavers_vdab_share", "2015", "vp-1070572"),
        "hoogstens een getuigschrift van de tweede graad",
        "alle jongeren onder 30 die het Vlaamse onderwijs verlieten, ook na hoger onderwijs",
    ),
    (
        *("early_leavers_admin_share", "2014-2015", "vl-stat-vsv"),
        "geen kwalificatie; een getuigschrift van dbso of leertijd is er wel een",
        "wie dat schooljaar met of zonder kwalificatie vertrok",
    ),
    (
        *("early_leavers_admin_share", "2014-2015", "knack-2017"),
        "geen diploma",
        "wie dat schooljaar met of zonder diploma vertrok",
    ),
)
CERTAINTY = {"high": "groot", "medium": "redelijk", "low": "klein"}
REGIONS = {"Flanders": "Vlaanderen", "Wallonia": "Wallonië", "Brussels": "Brussel"}
SURVEY = "fpb-i25"


def counted_twice() -> Exhibit:
    """Flemish counts of the same thing that differ: one row per count, as its source gives it."""
    labels = public_sources().set_index("source")["label"]
    found = []
    for subject, year, indicator, period in COUNTED_TWICE:
        rows = context.series(indicator).query("geo == 'Flanders' and period == @period")
        for source, certainty in rows[["source", "certainty"]].to_numpy():
            count = context.as_printed(public_figure(indicator, "Flanders", period, source))
            found.append((subject, year, count, labels[source], CERTAINTY[certainty]))
    frame = pd.DataFrame(found, columns=["subject", "year", "count", "source", "certainty"])
    return Exhibit(
        name="tellingen-die-verschillen",
        title="Zelfde jaar, andere telling",
        alt="",
        caption="Vlaamse cijfers, elk zoals de bron het geeft. De zekerheid zegt hoe goed we de bron konden nalezen.",
        frame=frame,
        columns={"subject": "wat", "year": "jaar", "count": "cijfer", "source": "bron", "certainty": "zekerheid"},
        origin="de bronnen in de tabel",
    )


def four_definitions() -> Exhibit:
    """Early leaving in or about one school year: one row per definition."""
    labels = public_sources().set_index("source")["label"]
    found = [
        (context.as_printed(public_figure(indicator, "Flanders", period, source)), who, out_of, period, labels[source])
        for indicator, period, source, who, out_of in DEFINITIONS
    ]
    frame = pd.DataFrame(found, columns=["share", "who", "out_of", "period", "source"])
    return Exhibit(
        name="vier-definities",
        title=f"Rond 2015 {dutch.count_word(str(len(frame)))} definities: van {frame['share'].iloc[0]} tot {frame['share'].iloc[-1]}",
        alt="",
        caption="Vroegtijdig schoolverlaten in Vlaanderen: elk cijfer telt iets anders, soms bij andere jongeren.",
        frame=frame,
        columns={
            "share": "aandeel",
            "who": "wie telt als vroegtijdige schoolverlater",
            "out_of": "van wie",
            "period": "jaar",
            "source": "bron",
        },
        origin="de bronnen in de tabel",
    )


def survey_by_region() -> Exhibit:
    """Early leavers according to the labour force survey: one row per year, one column per region."""
    rows = context.series("early_leavers_lfs")
    rows = rows[(rows["source"] == SURVEY) & rows["geo"].isin(list(REGIONS)) & (rows["sex"] == "T")]
    complete = rows.groupby("period")["geo"].transform("nunique") == len(REGIONS)
    rows = context.show(rows[complete]).sort_values("period")
    frame = rows.pivot_table(values="value", index="period", columns="geo")[list(REGIONS)] / 100
    frame = frame.rename_axis(columns=None).reset_index(names="year").astype({"year": int})
    shares: dict[str, str | Column] = {geo: Column(name, "share", 1) for geo, name in REGIONS.items()}
    breaks = _breaks(rows)
    broken = f" De reeks breekt in {dutch.enumerate_words(breaks)}: cijfers ervoor en erna zijn niet zonder meer te vergelijken."
    return Exhibit(
        name="schoolverlaters-enquete",
        title="Vroegtijdige schoolverlaters volgens de enquête, per gewest",
        alt="",
        caption="Aandeel van 18- tot 24-jarigen zonder diploma secundair onderwijs die geen opleiding volgen."
        + (broken if breaks else ""),
        frame=frame,
        columns={"year": Column("jaar", "year"), **shares},
        origin=origin_of(SURVEY),
    )


def _breaks(rows: pd.DataFrame) -> list[str]:
    first = rows["period"].min()
    noted = rows["note"].str.extract(r"breaks in series: ([\d, ]+)")[0].dropna()
    years = {year for note in noted for year in re.findall(r"\d{4}", note)}
    return sorted(year for year in years if year > first)
