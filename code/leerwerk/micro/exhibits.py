"""Figures and tables of Micro: the programmes, the study, and the bonus."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ledger import dutch, proportions
from ledger.exhibit import Column, Exhibit
from ledger.granularity import Split
from leerwerk.micro.numbers import WITH, WITHOUT, contrast, hours_used, smallest_groups
from leerwerk.study import claim
from leerwerk.tables.context import PRESENTATION

# Which multiples of the smallest groups the figure shows: a choice of the drawing, not a finding.
MULTIPLES = (1, 2, 4, 8)


def programmes() -> Exhibit:
    """The three programmes side by side: one row per feature, one column per programme."""
    return Exhibit(
        name="programma-vergelijking",
        title="De drie programma's naast elkaar",
        alt="",
        caption="Kenmerken zoals de presentatie ze geeft.",
        frame=pd.DataFrame(_features(), columns=["feature", "brug", "ibal", "abo"]),
        columns={"feature": "kenmerk", "brug": "BRUG", "ibal": "IBAL", "abo": "ABO"},
        origin=PRESENTATION,
    )


def _features() -> list[tuple[str, str, str, str]]:
    """One row per feature: its name, then what each programme has."""

    def show(claim_id: str) -> str:
        row = claim(claim_id)
        return dutch.amount(row.value, row.unit)

    ages = f"{show('micro.brug.age_from')} tot {show('micro.brug.age_to')} jaar"
    abo = f"{show('micro.abo.training_hours')} opleiding en {show('micro.abo.work_hours')} werkervaring"
    aims = (
        "attitudes en vaardigheden voor de arbeidsmarkt",
        "bijkomende begeleiding tijdens werk in het NEC",
        "instroom in een vrijwillig jaar",
    )
    return [
        (
            "Doelgroep",
            f"jongeren van {ages} in leren en werken",
            "jongeren die in het NEC werken",
            "leerlingen BuSO OV3",
        ),
        ("Uren", show("micro.brug.hours"), show("micro.ibal.hours"), abo),
        ("Geld voor de leerling", "geen vermeld", "geen vermeld", f"motivatiebonus van {show('micro.abo.bonus')}"),
        ("Doel", *aims),
        ("Ook bedoeld", "voorkomen van vroegtijdig schoolverlaten", "duurzaam werk in het NEC", "niet vermeld"),
    ]


def hours() -> Exhibit:
    """Hours provided and hours used on average: one row per programme."""
    names = {"brug": "BRUG", "ibal": "IBAL"}
    frame = pd.DataFrame(
        {
            "programme": list(names.values()),
            "provided": [claim(f"micro.{name}.hours").value for name in names],
            "mean": [claim(f"micro.{name}.mean_hours").middle for name in names],
        }
    )
    used = [dutch.text(hours_used(name), 0) for name in names]
    return Exhibit(
        name="uren",
        title=f"Een traject duurt gemiddeld {used[0]} (BRUG) of {used[1]} (IBAL) van de voorziene tijd",
        alt=" ".join(
            f"{row.programme}: van de {dutch.number(row.provided)} voorziene uren zijn er gemiddeld"
            f" {dutch.number(row.mean)} gebruikt."
            for row in frame.itertuples()
        ),
        caption="Gemiddelde duur als deel van de voorziene uren.",
        frame=frame.assign(share=frame["mean"] / frame["provided"]),
        columns={
            "programme": "programma",
            "provided": Column("voorzien", "hours"),
            "mean": Column("gemiddeld gebruikt", "hours"),
            "share": Column("deel van het voorziene", "share"),
        },
        origin=PRESENTATION,
    )


# Phases of the study: label, claim with the first and the last year, and how far into those years they begin and end.
PHASES = (
    ("Gevolgde cohorten", "micro.study.period_from", "micro.study.period_to", 0.67, 0.67),
    ("Literatuurstudie", "micro.study.literature", "micro.study.literature", 0.5, 0.7),
    ("Interviews", "micro.study.interviews", "micro.study.interviews", 0.72, 0.95),
    ("Longitudinaal onderzoek", "micro.study.longitudinal", "micro.study.longitudinal", 0.0, 1.0),
    ("Focusgroepen en samenvatting", "micro.study.focus_groups", "micro.study.focus_groups", 0.0, 0.22),
)


def study_design() -> Exhibit:
    """The study's phases: one row per phase, start and end in years."""
    rows = [(label, claim(first).value + start, claim(last).value + end) for label, first, last, start, end in PHASES]
    frame = pd.DataFrame(rows, columns=["phase", "start", "end"])
    followed = frame.iloc[0]
    return Exhibit(
        name="onderzoeksopzet",
        title=(
            f"Het onderzoek liep van {claim('micro.study.start').published} tot {claim('micro.study.end').published}"
            f" en kijkt terug tot {int(followed['start'])}"
        ),
        alt="Tijdlijn met vijf balken: "
        + dutch.enumerate_words([f"{row.phase.lower()} ({_years(row.start, row.end)})" for row in frame.itertuples()])
        + ".",
        caption="Fasen van het effectiviteitsonderzoek. Cohorten zijn als schooljaren getekend, seizoenen bij benadering.",
        frame=frame.assign(years=[_years(row.start, row.end) for row in frame.itertuples()]),
        columns={
            "phase": "fase",
            "years": "jaren",
            "start": Column("getekend vanaf", "year", 2),
            "end": Column("getekend tot", "year", 2),
        },
        origin=PRESENTATION,
    )


def _years(start: float, end: float) -> str:
    first, last = int(start), int(end - 0.01)
    return str(first) if first == last else f"{first} tot {last}"


def absence() -> Exhibit:
    """Absence with and without bonus, with Wilson intervals in the smallest groups: one row per group and scenario."""
    frame = _smallest_absence()
    treated, control = claim(WITH), claim(WITHOUT)
    described = [
        f"{row.group} (n = {dutch.number(row.n)}) {dutch.span(row.lower, row.upper, 'share')}"
        for row in frame.itertuples()
    ]
    return Exhibit(
        name="afwezigheid",
        title=f"Met bonus is {treated.published} problematisch afwezig, in de controlegroep {control.published}",
        alt=f"Vier intervallen: {dutch.enumerate_words(described)}.",
        caption=(
            "Gepubliceerd aandeel problematisch afwezigen, met 95%-interval (Wilson) als de groepen zo klein waren als"
            " de gedrukte percentages toelaten."
        ),
        frame=frame,
        columns={
            "group": "groep",
            "scenario": "scenario",
            "n": Column("leerlingen"),
            "k": Column("afwezige leerlingen"),
            "share": Column("aandeel", "share", 2),
            "lower": Column("ondergrens", "share", 1),
            "upper": Column("bovengrens", "share", 1),
        },
        origin=f"{PRESENTATION}; eigen berekening",
    )


def _smallest_absence() -> pd.DataFrame:
    """One row per group and scenario: sizes, share of absent pupils and its Wilson interval."""
    rows = []
    for share_too, scenario in (
        (False, "kleinste groepen, elk apart bekeken"),
        (True, "kleinste groepen, drie percentages samen"),
    ):
        split = smallest_groups(share_too=share_too)
        for group, k, n in (
            ("met bonus", split.first[0], split.n_first),
            ("controlegroep", split.second[0], split.n_second),
        ):
            rows.append((group, scenario, n, k, k / n, *proportions.wilson(k, n)))
    return pd.DataFrame(rows, columns=["group", "scenario", "n", "k", "share", "lower", "upper"])


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


def _multiple(split: Split, times: int) -> Split:
    first, second = split.first[0] * times, split.second[0] * times
    return Split(split.n_first * times, split.n_second * times, range(first, first + 1), range(second, second + 1))


def _title_by_size(frame: pd.DataFrame) -> str:
    clear = frame[frame["upper"] < 0]
    if clear.empty:
        return "Bij geen van de getekende groepsgroottes sluit het interval nul uit"
    if len(clear) == len(frame):
        return "Bij elke getekende groepsgrootte sluit het interval nul uit"
    return f"Bij {_sizes(frame.iloc[0])} sluit het interval nul niet uit, bij {_sizes(clear.iloc[0])} wel"


def _sizes(row: Any) -> str:
    return f"{dutch.number(row.n_with)} en {dutch.number(row.n_without)} leerlingen"
