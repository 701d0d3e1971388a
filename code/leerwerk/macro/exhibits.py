"""Figures and tables of Macro: samples, contracts, checks on percentages, and the qualitative record."""

from __future__ import annotations

import pandas as pd

from ledger import dutch
from ledger.exhibit import Column, Exhibit
from ledger.quantity import Quantity
from leerwerk.macro.numbers import (
    CONTRACTS,
    EXPERIENCE,
    HEAVY,
    SHARES,
    SMOOTH,
    TOGETHER,
    approved_interval,
    interval_if_all_answered,
    macro_statements,
    offered_groups,
    smooth_interval,
)
from leerwerk.study import claim
from leerwerk.tables.context import PRESENTATION
from leerwerk.tables.statements import ACTORS, TOPICS, record_table

SAMPLES = {
    "macro.survey.recognised": "Erkende vestigingen",
    "macro.survey.not_recognised": "Niet-erkende vestigingen",
    "macro.survey.mentors": "Mentoren",
    "macro.interviews.learners": "Leerlingen",
    "macro.interviews.counsellors": "Trajectbegeleiders",
    "macro.interviews.coordinators": "Technisch adviseurs-coördinatoren",
}


def samples() -> Exhibit:
    """Sizes of the samples: one row per sample."""
    frame = pd.DataFrame(
        {
            "sample": list(SAMPLES.values()),
            "method": ["vragenlijst" if ".survey." in claim_id else "gesprek" for claim_id in SAMPLES],
            "n": [claim(claim_id).value for claim_id in SAMPLES],
        }
    )
    survey, talks = dutch.text(_sum_of(frame, "vragenlijst")), dutch.text(_sum_of(frame, "gesprek"))
    return Exhibit(
        name="steekproeven",
        title=f"De evaluatie steunt op {survey} vragenlijsten en {talks} gesprekspartners",
        alt="Balken per groep: "
        + dutch.enumerate_words([f"{s.lower()} {dutch.number(n)}" for s, _, n in frame.to_numpy()])
        + ".",
        caption="Aantal vragenlijsten of gesprekspartners per groep.",
        frame=frame,
        columns={"sample": "groep", "method": "methode", "n": Column("aantal")},
        origin=PRESENTATION,
    )


def _sum_of(frame: pd.DataFrame, method: str) -> Quantity:
    return Quantity(int(frame.loc[frame["method"] == method, "n"].sum()), "count")


def contract_types() -> Exhibit:
    """Shares of the four contract types: one row per type."""
    rows = [claim(claim_id) for claim_id in CONTRACTS]
    frame = pd.DataFrame(
        {
            "type": list(CONTRACTS.values()),
            "share": [row.middle for row in rows],
            "printed": [row.published for row in rows],
        }
    )
    first = frame.iloc[0]
    return Exhibit(
        name="overeenkomsten",
        title=f"De {first['type']} is goed voor {first['printed']} van de overeenkomsten",
        alt="Vier balken: " + dutch.enumerate_words([f"{t} {p}" for t, _, p in frame.to_numpy()]) + ".",
        caption=(
            "Aandeel in alle overeenkomsten. OAO: overeenkomst alternerende opleiding; SAO: stageovereenkomst"
            " alternerende opleiding; DA: deeltijdse arbeidsovereenkomst; SM: sociale maribel."
        ),
        frame=frame,
        columns={"type": "overeenkomst", "share": Column("aandeel", "share", 2)},
        origin=PRESENTATION,
    )


def sample_fit() -> Exhibit:
    """Which sample can have produced which percentage: one row per percentage and group."""
    parts = []
    for claim_id, label in SHARES.items():
        groups = offered_groups(claim_id)
        parts.append(groups.assign(figure=claim(claim_id).published, label=label, fits=groups["counts"] > 0))
    frame = pd.concat(parts, ignore_index=True)
    frame["verdict"] = frame["fits"].map({True: "past", False: "past niet"})
    frame["named_word"] = frame["named"].map({True: "ja", False: "nee"})
    named = frame[frame["named"]].groupby("figure", sort=False)["fits"].any()
    return Exhibit(
        name="percentage-en-steekproef",
        title=(
            f"{dutch.number(named.sum())} van de {dutch.number(len(named))} percentages"
            f" {'past' if named.sum() == 1 else 'passen'} bij de groep die wij uit de slide opmaken"
        ),
        alt=f"Een rooster van {dutch.number(frame['figure'].nunique())} percentages en"
        f" {dutch.number(frame['group'].nunique())} groepen; in elk vak staat past of past niet."
        f" Het past in {dutch.number(frame['fits'].sum())} van de {dutch.number(len(frame))} vakken.",
        description=" ".join(
            f"{row.figure} {row.verdict} bij {dutch.number(row.n)} {row.group}"
            f"{', de groep die wij uit de slide opmaken' if row.named else ''}."
            for row in frame.itertuples()
            if row.fits or row.named
        ),
        caption=(
            "Bestaat er een geheel aantal dat, gedeeld door de groepsgrootte, het gedrukte percentage geeft? Een kader"
            " toont de groep die wij uit de slide opmaken."
        ),
        frame=frame,
        columns={
            "label": "uitspraak",
            "figure": "percentage",
            "group": "groep",
            "n": Column("grootte"),
            "named_word": "uit de slide opgemaakt",
            "verdict": "oordeel",
        },
        origin=f"{PRESENTATION}; eigen berekening",
    )


def share_intervals() -> Exhibit:
    """Every share with a known or offered denominator, with its Wilson interval: one row per share."""
    labelled = {
        "Aanvraag goedgekeurd": approved_interval(),
        SHARES[HEAVY]: interval_if_all_answered(HEAVY, "mentoren"),
        SHARES[EXPERIENCE]: interval_if_all_answered(EXPERIENCE, TOGETHER),
        SHARES[SMOOTH]: smooth_interval(),
    }
    frame = pd.DataFrame(
        [(label, q.n, q.value, q.lower, q.upper) for label, q in labelled.items()],
        columns=["label", "n", "share", "lower", "upper"],
    )
    widest = (frame["upper"] - frame["lower"]).max() / 2
    return Exhibit(
        name="aandelen-intervallen",
        title=f"Als iedereen antwoordde, zijn deze aandelen zeker tot op {dutch.points(widest)}",
        alt="Vier aandelen met interval: "
        + "; ".join(f"{row.label.lower()} {dutch.span(row.lower, row.upper, 'share')}" for row in frame.itertuples())
        + ".",
        caption=(
            "Aandeel met 95%-interval (Wilson). De aanvragen zijn allemaal geteld; bij de andere aandelen geldt het"
            " interval als iedereen in de genoemde groep antwoordde."
        ),
        frame=frame,
        columns={
            "label": "uitspraak",
            "n": Column("noemer"),
            "share": Column("aandeel", "share", 1),
            "lower": Column("ondergrens", "share", 1),
            "upper": Column("bovengrens", "share", 1),
        },
        origin=f"{PRESENTATION}; eigen berekening",
    )


def overview() -> Exhibit:
    """Statements by topic and actor: one row per topic and actor, with how many of them are bottlenecks."""
    rows = macro_statements()
    grid = pd.MultiIndex.from_product([TOPICS, ACTORS], names=["topic", "actor"])
    counts = rows.groupby(["topic", "actor"])["kind"].agg(
        n="size", bottlenecks=lambda kinds: (kinds == "bottleneck").sum()
    )
    frame = counts.reindex(grid, fill_value=0).reset_index()
    frame = frame.assign(topic_name=frame["topic"].map(TOPICS), actor_name=frame["actor"].map(ACTORS))
    most = frame.groupby("actor_name")["bottlenecks"].sum()
    return Exhibit(
        name="overzicht",
        title=f"In onze indeling liggen {dutch.number(most.max())} van de {dutch.number(most.sum())} knelpunten bij de {most.idxmax().lower()}",
        alt="Een rooster van thema's en betrokkenen, donkerder naarmate er meer over gezegd is. Knelpunten per betrokkene: "
        + dutch.enumerate_words([f"{actor.lower()} {n}" for actor, n in most.loc[list(ACTORS.values())].items()])
        + ".",
        description=" ".join(f"{topic}: {_cells(cells)}." for topic, cells in frame.groupby("topic_name", sort=False)),
        caption=(
            "Knelpunten / alle uitspraken, per thema en betrokkene, zoals wij ze indeelden; bij een aanbeveling is de"
            " betrokkene onze inschatting. Het aantal zegt hoeveel de presentatie erover zegt, niet hoe zwaar het weegt."
        ),
        frame=frame,
        columns={
            "topic_name": "thema",
            "actor_name": "betrokkene",
            "bottlenecks": Column("knelpunten"),
            "n": Column("uitspraken"),
        },
        origin=f"{PRESENTATION}; eigen indeling",
    )


def _cells(rows: pd.DataFrame) -> str:
    filled = rows[rows["n"] > 0]
    return dutch.enumerate_words(
        [f"{row.actor_name.lower()} {row.bottlenecks} van {row.n}" for row in filled.itertuples()]
    )


def topic(name: str) -> Exhibit:
    """The statements of one topic on the macro slides: one row per statement."""
    slides = macro_statements()["slide"].unique()
    return record_table(
        f"uitspraken-{TOPICS[name].lower().replace(' ', '-').replace('ë', 'e')}",
        f"{TOPICS[name]}: wat de presentatie zegt",
        lambda rows: (rows["topic"] == name) & rows["slide"].isin(slides),
    )
