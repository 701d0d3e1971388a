"""Figures of Micro: who took part, for how long, and what group sizes do to the difference in absence."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from ledger import dutch
from ledger.exhibit import Column, Exhibit
from ledger.granularity import Split
from leerwerk.micro import implied, records
from leerwerk.micro.numbers import both_programmes, bound_with_a_tenth, bound_with_all_pupils, contrast, smallest_groups
from leerwerk.micro.pupils import released
from leerwerk.study import claim
from leerwerk.tables.context import PRESENTATION, origin_of

# Which multiples of the smallest groups the figure shows: a choice of the drawing, not a finding.
MULTIPLES = (1, 2, 4, 8)


HUNDRED = 100


def participation() -> Exhibit:
    """Who took part, of every hundred pupils in part-time vocational education: one row per kind of participation.

    What the wording of the published shares leaves open (four or five took part in both) has a row of its own.
    """
    brug, ibal = (round(claim(f"micro.{name}.participation").middle * HUNDRED) for name in ("brug", "ibal"))
    both = both_programmes()
    sure, perhaps = math.floor((both.lower or 0) * HUNDRED), math.ceil((both.upper or 0) * HUNDRED)
    frame = pd.DataFrame(
        [
            ("alleen BRUG", brug - perhaps),
            ("BRUG en IBAL", sure),
            ("BRUG, misschien ook IBAL", perhaps - sure),
            ("alleen IBAL", ibal - perhaps),
        ],
        columns=["kind", "n"],
    )
    frame.loc[len(frame)] = ("geen van beide", HUNDRED - int(frame["n"].sum()))
    shown = [claim(f"micro.{name}.participation").published for name in ("brug", "ibal")]
    return Exhibit(
        name="deelname",
        title=records.published(
            f"Van elke {HUNDRED} leerlingen in het dbso volgden er {brug} BRUG en bijna {ibal} IBAL"
        )
        + f"; {sure} à {perhaps} deden beide{' (onze berekening)' if released.is_given() else ''}",
        alt=f"Honderd figuurtjes: {'; '.join(f'{row.n} {row.kind}' for row in frame.itertuples())}.",
        caption=f"Aandelen zoals gepubliceerd: {shown[0]} BRUG, {shown[1]} IBAL. Wie beide deed, is onze berekening; ze geldt als"
        " beide aandelen over dezelfde leerlingen gaan. Dbso: deeltijds beroepssecundair onderwijs.",
        frame=frame,
        columns={"kind": "deelname", "n": Column(f"van elke {HUNDRED} leerlingen")},
        origin=f"{PRESENTATION}; eigen berekening",
    )


def hours() -> Exhibit:
    """Hours that stand with the programme and mean hours followed: one row per programme."""
    names = {"brug": "BRUG", "ibal": "IBAL"}
    frame = pd.DataFrame(
        {
            "programme": list(names.values()),
            "stated": [claim(f"micro.{name}.hours").value for name in names],
            "mean": [claim(f"micro.{name}.mean_hours").middle for name in names],
        }
    )
    said = [f"{dutch.number(row.mean)} van de {dutch.number(row.stated)} uur" for row in frame.itertuples()]
    return Exhibit(
        name="uren",
        title=records.published(f"Jongeren volgen gemiddeld {said[0]} BRUG en {said[1]} IBAL"),
        alt=f"Twee balken. BRUG: gemiddeld {said[0]}. IBAL: gemiddeld {said[1]}.",
        caption="Gemiddelde duur en programma-uren zoals gepubliceerd; de vergelijking is van ons.",
        frame=frame.assign(share=frame["mean"] / frame["stated"]),
        columns={
            "programme": "programma",
            "stated": Column("vermeld", "hours"),
            "mean": Column("gemiddeld", "hours"),
            "share": Column("deel", "share"),
        },
        origin=PRESENTATION,
    )


def effect_by_size() -> Exhibit:
    """The effect on absence for groups that fit the printed percentages: one row per pair of sizes, smallest first.

    A multiple of a group that fits, fits too: the same share of twice as many pupils is printed the same.
    """
    apart = smallest_groups(share_too=False)
    splits = [_multiple(apart, times) for times in MULTIPLES] + [smallest_groups(share_too=True)]
    quantities = [contrast(split, "difference") for split in splits]
    frame = pd.DataFrame(
        {
            "n_with": [split.n_first for split in splits],
            "n_without": [split.n_second for split in splits],
            "difference": [quantity.value for quantity in quantities],
            "lower": [quantity.lower for quantity in quantities],
            "upper": [quantity.upper for quantity in quantities],
        }
    )
    return Exhibit(
        name="effect-naar-grootte",
        title=_title_by_size(frame),
        alt="Intervallen van het verschil, van kleine naar grote groepen. "
        + " ".join(
            f"{_sizes(row)}: {dutch.span(row.lower, row.upper, 'points')}." for row in (frame.iloc[0], frame.iloc[-1])
        )
        + " Hoe groter de groepen, hoe smaller het interval.",
        description=" ".join(
            f"Bij {_sizes(row)} loopt het interval van {dutch.span(row.lower, row.upper, 'points')}."
            for _, row in frame.iterrows()
        ),
        caption=(
            "Verschil in problematische afwezigheid (met bonus min controlegroep) met 95%-interval (Newcombe), voor"
            " groepsgroottes waaruit de gedrukte percentages kunnen volgen: de kleinste, veelvouden daarvan, en onderaan de kleinste groepen waarbij ook"
            " het aandeel met bonus klopt."
        ),
        frame=frame,
        columns={
            "n_with": Column("leerlingen met bonus"),
            "n_without": Column("leerlingen in de controlegroep"),
            "difference": Column("verschil", "points", 1),
            "lower": Column("ondergrens", "points", 1),
            "upper": Column("bovengrens", "points", 1),
        },
        origin=f"{PRESENTATION}; eigen berekening",
    )


def smallest_difference() -> Exhibit:
    """The smallest difference that could have been significant for IBAL and early leaving: one row per number of pupils."""
    frame, many, few = implied.curve(), bound_with_all_pupils(), bound_with_a_tenth()
    last = frame.iloc[-1]
    return Exhibit(
        name="kleinste-verschil",
        title=f"Hoe meer leerlingen, hoe kleiner het verschil dat significant kan zijn: van {dutch.number(100 * few.value)} naar"
        f" {dutch.points(many.value, 0)}",
        alt=f"Een lijn die daalt en steeds vlakker loopt, tot {dutch.points(last['difference'], 1)} bij"
        f" {dutch.number(last['pupils'])} leerlingen.",
        caption="Gewone vergelijking van twee groepen, zonder correctie:"
        f" {claim('micro.ibal.participation').published} met IBAL, de anderen zonder. Onze aanname:"
        f" van de anderen vertrekt {dutch.percent(implied.early_leaving())} zonder kwalificatie, zoals van wie in 2020-2021 het dbso"
        " verliet. Toets op 5%.",
        description=" ".join(
            f"Bij {dutch.number(row.pupils)} leerlingen {dutch.points(row.difference)}." for row in frame.itertuples()
        ),
        frame=frame,
        columns={
            "pupils": Column("leerlingen in de vergelijking"),
            "difference": Column("kleinste verschil", "points", 1),
        },
        origin=f"{origin_of('vl-stat-vsv')}; {PRESENTATION}; eigen berekening",
    )


def _multiple(split: Split, times: int) -> Split:
    first, second = split.first[0] * times, split.second[0] * times
    return Split(split.n_first * times, split.n_second * times, range(first, first + 1), range(second, second + 1))


def _title_by_size(frame: pd.DataFrame) -> str:
    clear = frame[frame["upper"] < 0]
    if clear.empty:
        return "Bij geen van deze groepsgroottes is toeval uitgesloten"
    if len(clear) == len(frame):
        return "Bij elk van deze groepsgroottes is toeval onwaarschijnlijk"
    return f"Bij {_sizes(frame.iloc[0])} kan het toeval zijn, bij {_sizes(clear.iloc[0])} nauwelijks"


def _sizes(row: Any) -> str:
    return f"{dutch.number(row.n_with)} en {dutch.number(row.n_without)} leerlingen"
