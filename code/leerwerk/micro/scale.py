"""What is known of the Flemish programmes' sizes and what trials elsewhere found, on one scale of percentage points."""

from __future__ import annotations

import pandas as pd

from ledger import dutch
from ledger.exhibit import Column, Exhibit
from leerwerk.micro.findings import FINDINGS, NOT_SAID, Finding, found_of
from leerwerk.micro.numbers import absence_difference
from leerwerk.micro.pupils.sizes import size as size_of
from leerwerk.tables.context import PRESENTATION
from leerwerk.tables.folder import microdata_evidence
from leerwerk.trials.differences import differences
from leerwerk.trials.pool import pooled

FLANDERS, ELSEWHERE = "Vlaanderen", "Elders, met loting"
LOWER_IS_GOOD = ("micro.ibal.vsv",)
COACHING = "cpb-coaching"
Row = tuple[str | float | None, ...]


def sizes() -> Exhibit:
    """Flemish findings, then trials elsewhere: one row each; a size that was not published is missing."""
    frame = pd.DataFrame(
        [*map(_flemish, FINDINGS), _absence(), *_elsewhere()],
        columns=["where", "what", "difference", "lower", "upper", "note"],
    )
    missing = int(frame["difference"].isna().sum())
    mean = dutch.points(pooled().mean, 0)
    return Exhibit(
        name="groottes",
        title=_title(mean),
        alt=f"Een schaal in procentpunt. Van {dutch.number(missing)} Vlaamse bevindingen is de grootte niet vermeld."
        f" Elders is het gemiddelde {mean}; een nieuwe proef kan gaan van"
        f" {_ends(frame.iloc[-1])}.",
        description=" ".join(f"{row.what}: {_said(row)}." for row in frame.itertuples()),
        caption="Rechts van nul is gunstig; elke rij heeft een eigen uitkomst. Lijn: 95%-interval.",
        frame=frame,
        columns={
            "where": "waar",
            "what": "wat",
            "difference": Column("gunstig verschil", "points", 1, missing=NOT_SAID),
            "lower": Column("ondergrens", "points", 1, missing=NOT_SAID),
            "upper": Column("bovengrens", "points", 1, missing=NOT_SAID),
            "note": "toelichting",
        },
        origin=f"{PRESENTATION}; de studies bij Data; eigen berekening",
    )


def _flemish(finding: Finding) -> Row:
    what = f"{finding.programme}: {finding.outcome}"
    if microdata_evidence() != "restricted":
        return (FLANDERS, what, None, None, None, f"{found_of(finding)}; grootte {NOT_SAID}")
    size = size_of(finding.claim)
    if finding.claim in LOWER_IS_GOOD:
        assert size.lower is not None
        assert size.upper is not None
        return (FLANDERS, what, -size.value, -size.upper, -size.lower, found_of(finding))
    return (FLANDERS, what, size.value, size.lower, size.upper, found_of(finding))


def _absence() -> Row:
    note = "verschil van de gepubliceerde aandelen; aantal leerlingen niet vermeld"
    return (FLANDERS, "Motivatiebonus: problematische afwezigheid", -absence_difference().value, None, None, note)


def _elsewhere() -> list[Row]:
    coaching = differences().set_index("id").loc[COACHING]
    money, every = pooled("money"), pooled()
    named = f"{coaching['label']} ({coaching['country']})"
    note = f"{coaching['outcome']}; gelijke groepen zijn onze aanname"
    of_money = f"{dutch.number(money.trials)} proeven met geld voor school"
    of_all = f"Alle {dutch.number(every.trials)} proeven samen"
    ends = (every.predicted_lower, every.predicted_upper)
    return [
        (ELSEWHERE, named, *coaching[["difference", "lower", "upper"]], note),
        (ELSEWHERE, of_money, money.mean, money.lower, money.upper, "afgemaakt"),
        (ELSEWHERE, of_all, every.mean, every.lower, every.upper, "afgemaakt of niet verlaten"),
        (ELSEWHERE, "Een nieuwe proef", every.mean, *ends, "voorspelling uit alle proeven"),
    ]


def _title(mean: str) -> str:
    if microdata_evidence() != "restricted":
        return f"Van IBAL en ABO is de grootte niet vermeld; proeven elders vonden gemiddeld {mean}"
    size = size_of("micro.ibal.vsv")
    word = "minder" if size.value < 0 else "meer"
    return f"IBAL: {dutch.points(abs(size.value), 0)} {word} vroegtijdig schoolverlaten; proeven elders vonden gemiddeld {mean}"


def _said(row) -> str:  # type: ignore[no-untyped-def]  # a row of a frame
    if pd.isna(row.difference):
        return row.note
    ends = "" if pd.isna(row.lower) else f" ({_ends(row)})"
    return dutch.points(row.difference, 1) + ends


def _ends(row) -> str:  # type: ignore[no-untyped-def]  # a row of a frame
    return dutch.span(row.lower, row.upper, "points")
