"""Meso: who guides young people, on which conditions and to what aim; and what trials elsewhere found."""

from __future__ import annotations

import pandas as pd

from ledger import dutch
from ledger.exhibit import Column, Exhibit, spans
from leerwerk.study import claim
from leerwerk.tables import published
from leerwerk.tables.context import PRESENTATION
from leerwerk.tables.trials import KINDS
from leerwerk.trials.differences import differences, left_out
from leerwerk.trials.pool import pooled, variants

TOGETHER = "alle proeven samen"  # where a row is of no one trial
MOST = "Verenigde Staten"  # of trials from elsewhere the name says the country
PARTS = {"partner": "partner", "condition": "randvoorwaarde", "aim": "waaraan gebouwd wordt"}

FEWEST = 5  # trials; how far fewer lie apart says nothing of another
CHOICES = {
    "all": "zoals in de figuur",
    "fixed": "alsof elke proef hetzelfde verschil zocht (vast effect)",
    "fewer treated": "totalen verdeeld: een derde met programma",
    "more treated": "totalen verdeeld: twee derde met programma",
    "icc": "gelijkenis binnen groepen {icc}",
    "leaving first": "verlaten in plaats van afmaken, waar beide gemeten zijn",
    **{kind: f"enkel {name}" for kind, name in KINDS.items()},
}


def who_guides() -> Exhibit:
    """The partners around the young person, then conditions and aims: one row per part."""
    frame = pd.concat([published.guidance(part) for part in PARTS], ignore_index=True)
    frame = frame.assign(part_name=frame["part"].map(PARTS), where=frame["partner"].replace("", "rond de jongere"))
    conditions = frame[frame["part"] == "condition"]
    own, shared = conditions[conditions["partner"] != ""], conditions[conditions["partner"] == ""]
    count = dutch.count_word(dutch.number(claim("meso.mentoring.parties").value))
    return Exhibit(
        name="drie-partners",
        title=f"{count.capitalize()} partners begeleiden samen de jongere",
        alt=f"De jongere staat in het midden, met eromheen {_words(frame, 'partner')}."
        + "".join(f" Bij de {row.partner} staat de {row.text}." for row in own.itertuples())
        + f" Daaronder staan als andere randvoorwaarden {dutch.enumerate_words(list(shared['text']))}.",
        description=f"Als belangrijke randvoorwaarden staan er {_words(frame, 'condition')}. Gebouwd wordt aan"
        f" {_words(frame, 'aim')}, om tot optimale leerresultaten te komen. Lijnen tonen wie de jongere begeleidt. Ze tonen"
        " geen gemeten effect.",
        caption="Rollen in mentoring en coaching, en de belangrijke randvoorwaarden. De partners en de plaatsing zijn onze lezing.",
        frame=frame,
        columns={"part_name": "onderdeel", "text": "wat", "where": "bij wie"},
        origin=PRESENTATION,
    )


def _words(frame: pd.DataFrame, part: str) -> str:
    return dutch.enumerate_words(list(frame.loc[frame["part"] == part, "text"]))


def trials_elsewhere() -> Exhibit:
    """What trials elsewhere found: one row per trial, by kind, then the mean of all and what another one may find."""
    rows, found = differences(), pooled()
    rows = rows.assign(
        kind_name=rows["kind"].map(KINDS), name=rows["label"].where(rows["country"] == MOST, _with_country(rows))
    )
    order = rows["kind"].map(list(KINDS).index)
    rows = rows.assign(order=order).sort_values(["order", "difference"], ascending=[True, False], kind="stable")
    together = pd.DataFrame(
        [
            ("gemiddelde van alle proeven", found.mean, found.lower, found.upper),
            ("een nieuwe proef", found.mean, found.predicted_lower, found.predicted_upper),
        ],
        columns=["name", "difference", "lower", "upper"],
    ).assign(kind_name="samen")
    frame = pd.concat([rows, together], ignore_index=True).fillna(dict.fromkeys(("outcome", "country"), TOGETHER))
    frame = frame.assign(split=frame["arms"].map({"equal split": "ja", "printed": "nee"}).fillna(TOGETHER))
    best, worst = rows.loc[rows["difference"].idxmax()], rows.loc[rows["difference"].idxmin()]
    clear = int((rows["lower"] > 0).sum())
    return Exhibit(
        name="proeven-elders",
        title=f"In {dutch.number(found.trials)} proeven elders was de uitkomst gemiddeld {dutch.points(found.mean, 0)} gunstiger,"
        " met grote verschillen",
        alt=f"Bij {dutch.number(clear)} van de {dutch.number(found.trials)} ligt heel het interval aan de gunstige kant. Het loopt van"
        f" {_signed(worst['difference'])}, {worst['name']}, tot {_signed(best['difference'])}, {best['name']}.",
        description=" ".join(
            f"{name}: {_signed(difference)}." for name, difference in frame[["name", "difference"]].to_numpy()
        ),
        caption="Gunstig verschil, met 95%-interval. Totalen zonder groepen verdeelden wij in gelijke helften.",
        frame=frame,
        columns={
            "name": "proef",
            "kind_name": "soort",
            "country": "land",
            "outcome": "uitkomst",
            "treated_rate": Column("met programma, zoals vermeld, in procent", decimals=1, missing=TOGETHER),
            "control_rate": Column("zonder programma, zoals vermeld, in procent", decimals=1, missing=TOGETHER),
            "n_total": Column("aantal jongeren", missing=TOGETHER),
            "split": "in helften verdeeld door ons",
            "difference": Column("gunstig verschil", "points", 1),
            "lower": Column("ondergrens", "points", 1),
            "upper": Column("bovengrens", "points", 1),
        },
        origin="de studies bij Data; eigen berekening",
    )


def _with_country(rows: pd.DataFrame) -> pd.Series:
    return rows["label"] + " (" + rows["country"] + ")"


def _signed(difference: float) -> str:
    return f"{'+' if difference > 0 else ''}{dutch.points(difference, 0)}"


def studies_left_out() -> Exhibit:
    """Results that do not count in the mean, with the reason: one row per result."""
    rows = left_out()
    return Exhibit(
        name="studies-zonder-gemiddelde",
        title="Wat niet meetelt in het gemiddelde, en waarom",
        alt="",
        caption="Resultaten die wij vonden en niet optelden, in de volgorde van de tabel bij Data.",
        frame=rows.assign(study=_with_country(rows)),
        columns={"study": "studie", "outcome": "uitkomst", "reason": "waarom niet"},
        origin="de studies bij Data",
    )


def other_choices() -> Exhibit:
    """The mean of the trials under other choices: one row per choice."""
    rows = variants()
    of_kind = rows["choice"].isin(KINDS)
    choices, kinds = rows.loc[~of_kind, "mean"], rows.loc[of_kind, "mean"]
    told = rows["trials"] >= FEWEST
    shown = [CHOICES[row.choice].format(icc=dutch.number(row.icc, 2)) for row in rows.itertuples()]
    return Exhibit(
        name="andere-keuzes",
        title=f"Met alle proeven {dutch.span(choices.min(), choices.max(), 'points')}; per soort"
        f" {dutch.span(kinds.min(), kinds.max(), 'points')}",
        alt="",
        caption="Gunstig verschil in procentpunt. Gelijkenis binnen groepen: hoe sterk jongeren van een groep op elkaar lijken, in"
        " de proeven die per groep begeleidden en waar niet bleek dat het lot over jongeren ging; de waarden zijn onze aanname.",
        frame=rows.assign(
            name=shown,
            interval=spans(rows["lower"], rows["upper"]),
            another=spans(rows["predicted_lower"].where(told), rows["predicted_upper"]),
        ),
        columns={
            "name": "keuze",
            "trials": Column("proeven"),
            "mean": Column("gemiddelde", "points", 1),
            "interval": "95%-interval",
            "another": "een nieuwe proef",
        },
        origin="de studies bij Data; eigen berekening",
    )
