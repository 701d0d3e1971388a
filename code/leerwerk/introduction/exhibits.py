"""Figures of the Inleiding: youth against total unemployment, and who leaves school without a qualification."""

from __future__ import annotations

from math import floor

import pandas as pd

from ledger import dutch
from ledger.exhibit import Column, Exhibit
from leerwerk.introduction.numbers import (
    LAST,
    OFFICIAL,
    TOTAL_SOURCE,
    YOUTH_SOURCE,
    belgian_rates,
    unqualified_by_track,
)
from leerwerk.tables.context import origin_of

TRACKS = {
    "dbso": "Deeltijds beroeps",
    "bso": "Voltijds beroeps",
    "kso": "Kunst",
    "tso": "Technisch",
    "aso": "Algemeen",
    "all": "Alle schoolverlaters",
}


def youth_rates() -> Exhibit:
    """Youth against total unemployment in Belgium: one row per year, with their ratio."""
    rates = belgian_rates()
    first, last = rates.iloc[0], rates.iloc[-1]
    return Exhibit(
        name="jeugdwerkloosheid",
        title=f"Jongeren zijn in België {_at_least(rates['ratio'].min())} zo vaak werkloos als de hele beroepsbevolking",
        alt=(
            f"Twee lijnen. Jongeren: tussen {_ends(rates['youth'])}. Iedereen: tussen {_ends(rates['total'])}."
            f" De verhouding is {dutch.number(first['ratio'], 1)} in {first['year']:.0f} en"
            f" {dutch.number(last['ratio'], 1)} in {last['year']:.0f}."
        ),
        caption=(
            "Werkloosheidsgraad: het deel zonder werk van wie werkt of werk zoekt. Jongeren zijn 15 tot 24 jaar. Tussen de"
            " lijnen: hoeveel keer zo vaak."
        ),
        frame=rates,
        columns={
            "year": Column("jaar", "year"),
            "youth": Column("jongeren", "share", 1),
            "total": Column("iedereen", "share", 1),
            "ratio": Column("verhouding jongeren tot iedereen", "ratio", 1),
        },
        origin=origin_of(YOUTH_SOURCE, TOTAL_SOURCE),
    )


def _at_least(ratio: float) -> str:
    """`minstens dubbel` from twice, `minstens 1,4 keer` below it: never more than the smallest ratio."""
    if floor(ratio) == 2:
        return "minstens dubbel"
    return f"minstens {dutch.number(floor(ratio * 10) / 10, 1)} keer"


def _ends(shares: pd.Series) -> str:
    return f"{dutch.percent(shares.min())} en {dutch.percent(shares.max())}"


def unqualified() -> Exhibit:
    """Leavers without a qualification: one row per form of education, most first, and one for all pupils."""
    frame = unqualified_by_track()
    share = frame.set_index("track")["share"]
    part_time = "meer dan de helft" if share["dbso"] > 0.5 else dutch.percent(share["dbso"])
    frame = frame.assign(track=frame["track"].map(TRACKS))
    bars = [f"{track.lower()} {dutch.percent(value)}" for track, value in frame.to_numpy()]
    return Exhibit(
        name="zonder-kwalificatie",
        title=f"Van wie het deeltijds beroepsonderwijs verlaat, heeft {part_time} geen kwalificatie",
        alt=f"Een balk per onderwijsvorm: {dutch.enumerate_words(bars[:-1])}. Een lijn voor {bars[-1]}.",
        caption=(
            f"Schoolverlaters zonder kwalificatie in Vlaanderen, schooljaar {LAST}, in procent van alle schoolverlaters uit"
            " die onderwijsvorm."
        ),
        frame=frame,
        columns={"track": "onderwijsvorm", "share": Column("zonder kwalificatie", "share", 1)},
        origin=origin_of(OFFICIAL),
    )
