"""What is known of the Flemish programmes' sizes and what trials elsewhere found, on one scale of percentage points."""

from __future__ import annotations

import pandas as pd

from ledger import dutch
from ledger.exhibit import Column, Exhibit
from leerwerk.micro import records
from leerwerk.micro.findings import FINDINGS, NOT_SAID, Finding, found_of
from leerwerk.micro.numbers import absence_difference
from leerwerk.micro.pupils import released
from leerwerk.tables.context import PRESENTATION
from leerwerk.trials.differences import differences
from leerwerk.trials.pool import pooled

FLANDERS, ELSEWHERE = "Vlaanderen", "Elders, met loting"
LOWER_IS_GOOD = ("micro.ibal.vsv",)
COACHING = "cpb-coaching"
Row = tuple[str | float | None, ...]


def sizes() -> Exhibit:
    """Flemish findings, then trials elsewhere: one row each; a size that was not published or released is missing."""
    frame = pd.DataFrame(
        [*map(_flemish, FINDINGS), _absence(), *_elsewhere()],
        columns=["where", "what", "difference", "lower", "upper", "note"],
    )
    missing = int(frame["difference"].isna().sum())
    elsewhere = f"proeven elders: gemiddeld {_favourable(pooled().mean)}"
    unknown = "geen cijfer" if released.is_given() else NOT_SAID
    return Exhibit(
        name="groottes",
        title=f"{_title()}; {elsewhere}",
        alt=f"Een schaal in procentpunt.{_missing(missing)} Nieuwe proef elders: voorspeld van {_ends(frame.iloc[-1])}.",
        description="Telkens het gunstige verschil; onder nul is het ongunstig. "
        + " ".join(f"{row.what.replace(': ', ', ')}: {_said(row)}." for row in frame.itertuples()),
        caption=f"Rechts van nul is gunstig; elke rij heeft een eigen uitkomst. Lijn: 95%-interval.{_whose()}",
        frame=frame,
        columns={
            "where": "waar",
            "what": "wat",
            "difference": Column("gunstig verschil", "points", 1, missing=unknown),
            "lower": Column("ondergrens", "points", 1, missing=unknown),
            "upper": Column("bovengrens", "points", 1, missing=unknown),
            "note": "toelichting",
        },
        origin=f"{PRESENTATION}; {_holder()}de studies bij Data; eigen berekening",
    )


def _missing(missing: int) -> str:
    if not missing:
        return ""
    why = "afgeschermd of niet te schatten" if released.is_given() else "niet vermeld"
    findings = "Vlaamse bevinding" if missing == 1 else "Vlaamse bevindingen"
    return f" Van {dutch.number(missing)} {findings} is de grootte {why}."


def _favourable(difference: float) -> str:
    """A mean of trials, where higher is better, in words."""
    return f"{dutch.points(abs(difference), 0)} {'gunstiger' if difference > 0 else 'ongunstiger'}"


def _whose() -> str:
    if not released.is_given():
        return ""
    return f" {FLANDERS}: de ingelezen leerlingengegevens, gecorrigeerd voor kenmerken, tenzij er ‘gepubliceerd’ bij staat."


def _holder() -> str:
    return f"leerlingengegevens van {released.about().holder}; " if released.is_given() else ""


def _flemish(finding: Finding) -> Row:
    what = f"{finding.programme}: {finding.outcome}"
    if not released.is_given():
        return (FLANDERS, what, None, None, None, f"{found_of(finding)}; grootte {NOT_SAID}")
    size, note = released.size(finding.claim), f"onderzoekers: {found_of(finding)}"
    note += f"; onze schatting {records.CAUTION}" if released.is_cautious(finding.claim) else ""
    if size is None or size.lower is None or size.upper is None:
        return (FLANDERS, what, None, None, None, f"{note}; deze gegevens: {records.word(finding.claim)}")
    if finding.claim in LOWER_IS_GOOD:
        return (FLANDERS, what, -size.value, -size.upper, -size.lower, note)
    return (FLANDERS, what, size.value, size.lower, size.upper, note)


def _absence() -> Row:
    note = "verschil van de gepubliceerde aandelen; aantal leerlingen niet vermeld"
    # Beside sizes from records it would be taken for theirs.
    what = "Motivatiebonus: problematische afwezigheid" + (" (gepubliceerd)" if released.is_given() else "")
    return (FLANDERS, what, -absence_difference().value, None, None, note)


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


def _title() -> str:
    """What is known of the size of IBAL's difference in early leaving."""
    if not released.is_given():
        return f"Van IBAL en ABO is de grootte {NOT_SAID}"
    word, size = records.word("micro.ibal.vsv"), released.size("micro.ibal.vsv")
    if size is None or word not in (records.MORE, records.LESS):
        return f"Vroegtijdig schoolverlaten met IBAL: in deze gegevens {word}"
    return f"IBAL: in deze gegevens {dutch.points(abs(size.value))} {word} op vroegtijdig schoolverlaten"


def _said(row) -> str:  # type: ignore[no-untyped-def]  # a row of a frame
    if pd.isna(row.difference):
        return row.note
    ends = "" if pd.isna(row.lower) else f" ({_ends(row)})"
    return dutch.points(row.difference, 1) + ends


def _ends(row) -> str:  # type: ignore[no-untyped-def]  # a row of a frame
    return dutch.span(row.lower, row.upper, "points")
