"""Micro: three programmes, what was published about them, and the one effect that can be computed from it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pandas as pd

from leerwerk import dutch, granularity, proportions, sensitivity
from leerwerk.claims import claim, derives, recomputes
from leerwerk.exhibit import PRESENTATION, Exhibit
from leerwerk.granularity import Split
from leerwerk.quantity import Quantity, Unit, direction

WITH, WITHOUT, BONUS = "micro.bonus.absence_with", "micro.bonus.absence_without", "micro.abo.bonus_share"
# Which multiples of the smallest groups the figure shows: a choice of the drawing, not a finding.
MULTIPLES = (1, 2, 4, 8)


@recomputes("micro.bonus.absence")
def absence_direction() -> Quantity:
    """Lower only if every true value behind the first printed share lies below every one behind the second."""
    treated, control = claim(WITH), claim(WITHOUT)
    gap = treated.upper - control.lower if treated.upper <= control.lower else treated.lower - control.upper
    overlap = treated.upper > control.lower and control.upper > treated.lower
    return direction(0.0 if overlap else gap, "published")


@derives("micro.bonus.difference", "verschil in problematische afwezigheid, met min zonder bonus", decimals=2)
def absence_difference() -> Quantity:
    """Difference of the printed shares; the interval holds rounding only, not chance."""
    treated, control = claim(WITH), claim(WITHOUT)
    value = treated.middle - control.middle
    return Quantity(value, "points", treated.lower - control.upper, treated.upper - control.lower)


@derives(
    "micro.bonus.risk_ratio",
    "verhouding van de kansen op problematische afwezigheid, met tot zonder bonus",
    decimals=2,
)
def absence_ratio() -> Quantity:
    """Ratio of the printed shares; the interval holds rounding only, not chance."""
    treated, control = claim(WITH), claim(WITHOUT)
    value = treated.middle / control.middle
    return Quantity(value, "ratio", treated.lower / control.upper, treated.upper / control.lower)


@derives("micro.bonus.times_lower", "hoeveel keer kleiner de kans op problematische afwezigheid is met bonus")
def times_lower() -> Quantity:
    """The inverse of the risk ratio."""
    return Quantity(1 / absence_ratio().value, "ratio")


@derives(
    "micro.bonus.odds_ratio",
    "verhouding van de odds op problematische afwezigheid, met tot zonder bonus",
    decimals=2,
)
def absence_odds_ratio() -> Quantity:
    """Ratio of the odds behind the printed shares; the interval holds rounding only, not chance."""
    treated, control = claim(WITH), claim(WITHOUT)
    value = _odds(treated.middle) / _odds(control.middle)
    return Quantity(
        value,
        "ratio",
        _odds(treated.lower) / _odds(control.upper),
        _odds(treated.upper) / _odds(control.lower),
    )


def _odds(share: float) -> float:
    return share / (1 - share)


@derives("micro.bonus.e_value", "E-waarde van de verhouding van de kansen")
def absence_e_value() -> Quantity:
    """E-value of the risk ratio of the printed shares."""
    return Quantity(sensitivity.e_value(absence_ratio().value).estimate, "ratio")


def smallest_groups(*, share_too: bool) -> Split:
    """The smallest groups that can have produced the printed absence shares.

    Parameters
    ----------
    share_too
        Whether the groups must also yield the printed share of pupils with a bonus: they do if the control group is
        everyone in ABO without a bonus, which the presentation does not say.
    """
    figures = claim(WITH).published, claim(WITHOUT).published
    if share_too:
        return _smallest_joint(claim(BONUS).published, *figures)
    n_with, n_without = map(granularity.smallest_denominator, figures)
    return granularity.Split(
        n_with,
        n_without,
        granularity.possible_counts(figures[0], n_with),
        granularity.possible_counts(figures[1], n_without),
    )


_smallest_joint = cache(granularity.smallest_split)


@derives(
    "micro.bonus.apart.n_with",
    "kleinste groep met bonus die bij het gedrukte percentage past",
    False,
    "n_first",
)
@derives(
    "micro.bonus.apart.n_without",
    "kleinste controlegroep die bij het gedrukte percentage past",
    False,
    "n_second",
)
@derives("micro.bonus.joint.n_with", "kleinste groep met bonus die bij de drie percentages past", True, "n_first")
@derives("micro.bonus.joint.n_without", "kleinste controlegroep die bij de drie percentages past", True, "n_second")
@derives("micro.bonus.joint.total", "kleinste totaal dat bij de drie percentages past", True, "total")
def smallest_size(share_too: bool, part: str) -> Quantity:
    """A size in the smallest groups that fit."""
    return Quantity(getattr(smallest_groups(share_too=share_too), part), "persons")


@derives("micro.bonus.apart.k_with", "afwezigen met bonus in de kleinste groepen", False, "first")
@derives("micro.bonus.apart.k_without", "afwezigen zonder bonus in de kleinste groepen", False, "second")
@derives(
    "micro.bonus.joint.k_with",
    "afwezigen met bonus in de kleinste groepen die bij alles passen",
    True,
    "first",
)
@derives(
    "micro.bonus.joint.k_without",
    "afwezigen zonder bonus in de kleinste groepen die bij alles passen",
    True,
    "second",
)
def smallest_count(share_too: bool, part: str) -> Quantity:
    """A number of absentees in the smallest groups that fit."""
    return Quantity(getattr(smallest_groups(share_too=share_too), part)[0], "persons")


CONTRASTS: dict[str, tuple[Callable[..., proportions.Contrast], Unit]] = {
    "difference": (proportions.risk_difference, "points"),
    "ratio": (proportions.risk_ratio, "ratio"),
    "odds": (proportions.odds_ratio, "ratio"),
}


def contrast(split: Split, measure: str) -> Quantity:
    """The effect on absence with its 95% interval, were the groups of this size."""
    function, unit = CONTRASTS[measure]
    result = function(split.first[0], split.n_first, split.second[0], split.n_second)
    return Quantity(result.estimate, unit, result.lower, result.upper, n=split.total)


@derives("micro.bonus.apart.difference", "verschil bij de kleinste groepen", False, "difference", decimals=1)
@derives("micro.bonus.apart.ratio", "verhouding van de kansen bij de kleinste groepen", False, "ratio", decimals=2)
@derives("micro.bonus.apart.odds", "verhouding van de odds bij de kleinste groepen", False, "odds", decimals=2)
@derives(
    "micro.bonus.joint.difference",
    "verschil bij de kleinste groepen die bij alles passen",
    True,
    "difference",
    decimals=1,
)
@derives(
    "micro.bonus.joint.ratio",
    "verhouding van de kansen bij de kleinste groepen die bij alles passen",
    True,
    "ratio",
    decimals=2,
)
@derives(
    "micro.bonus.joint.odds",
    "verhouding van de odds bij de kleinste groepen die bij alles passen",
    True,
    "odds",
    decimals=2,
)
def smallest_contrast(share_too: bool, measure: str) -> Quantity:
    """The effect on absence in the smallest groups that fit."""
    return contrast(smallest_groups(share_too=share_too), measure)


@derives(
    "micro.bonus.joint.e_value_bound",
    "E-waarde van de grens van het interval, bij de kleinste groepen die bij alles passen",
)
def e_value_bound() -> Quantity:
    """E-value of the interval's end nearest to 1, in the smallest groups that fit all three percentages."""
    ratio = smallest_contrast(True, "ratio")
    bound = sensitivity.e_value(ratio.value, ratio.upper).bound
    return Quantity(float(bound or 1.0), "ratio")


@derives("micro.brug.hours_used", "gemiddelde duur van BRUG als deel van de voorziene uren", "brug", decimals=0)
@derives("micro.ibal.hours_used", "gemiddelde duur van IBAL als deel van de voorziene uren", "ibal", decimals=0)
def hours_used(programme: str) -> Quantity:
    """Mean hours over hours provided."""
    mean, provided = claim(f"micro.{programme}.mean_hours"), claim(f"micro.{programme}.hours").value
    return Quantity(mean.middle / provided, "share", mean.lower / provided, mean.upper / provided)


@derives("micro.abo.total_hours", "uren opleiding en werkervaring samen in het ABO-jaar")
def abo_hours() -> Quantity:
    """Training and work experience together."""
    return Quantity(claim("micro.abo.training_hours").value + claim("micro.abo.work_hours").value, "hours")


@derives("micro.abo.work_share", "aandeel werkervaring in het ABO-jaar", decimals=0)
def abo_work_share() -> Quantity:
    """Work experience over all hours."""
    return Quantity(claim("micro.abo.work_hours").value / abo_hours().value, "share")


@derives("micro.both.share", "aandeel van alle leerlingen dat zowel BRUG als IBAL volgt")
def both_programmes() -> Quantity:
    """P(IBAL) P(BRUG | IBAL), with the range that the wording of both allows."""
    ibal, brug = claim("micro.ibal.participation"), claim("micro.ibal.brug_before")
    return Quantity(ibal.middle * brug.middle, "share", ibal.lower * brug.lower, ibal.upper * brug.upper)


@derives("micro.ibal.brug_over_all", "hoeveel vaker IBAL-leerlingen BRUG volgden dan alle leerlingen")
def brug_among_ibal() -> Quantity:
    """P(BRUG | IBAL) over P(BRUG), with the range that the wording of both allows."""
    among, overall = claim("micro.ibal.brug_before"), claim("micro.brug.participation")
    return Quantity(among.middle / overall.middle, "ratio", among.lower / overall.upper, among.upper / overall.lower)


def programmes() -> Exhibit:
    """The three programmes side by side: one row per feature, one column per programme."""

    def show(claim_id: str) -> str:
        row = claim(claim_id)
        return dutch.amount(row.value, row.unit)

    ages = f"{show('micro.brug.age_from')} tot {show('micro.brug.age_to')} jaar"
    abo = f"{show('micro.abo.training_hours')} opleiding en {show('micro.abo.work_hours')} werkervaring"
    frame = pd.DataFrame(
        [
            (
                "Doelgroep",
                f"jongeren van {ages} in leren en werken",
                "jongeren met werk in het NEC",
                "leerlingen BuSO OV3",
            ),
            ("Uren", show("micro.brug.hours"), show("micro.ibal.hours"), abo),
            (
                "Geld voor de leerling",
                "geen vermeld",
                "geen vermeld",
                f"motivatiebonus van {show('micro.abo.bonus')}",
            ),
            (
                "Doel",
                "attitudes en vaardigheden voor de arbeidsmarkt",
                "duurzaam werk in het NEC",
                "instroom in een vrijwillig jaar",
            ),
            (
                "Ook bedoeld",
                "voorkomen van vroegtijdig schoolverlaten",
                "begeleiding tijdens het werk",
                "werkervaring",
            ),
        ],
        columns=["feature", "brug", "ibal", "abo"],
    )
    return Exhibit(
        name="programma-vergelijking",
        title="De drie programma's naast elkaar",
        alt="",
        caption="Kenmerken zoals de presentatie ze geeft.",
        frame=frame,
        columns={"feature": "", "brug": "BRUG", "ibal": "IBAL", "abo": "ABO"},
    )


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
        columns={"programme": "programma", "provided": "voorzien", "mean": "gemiddeld", "share": "aandeel"},
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
        caption="Fasen van het effectiviteitsonderzoek. Seizoenen zijn bij benadering getekend.",
        frame=frame,
        columns={"phase": "fase", "start": "begin", "end": "einde"},
    )


def _years(start: float, end: float) -> str:
    first, last = int(start), int(end - 0.01)
    return str(first) if first == last else f"{first} tot {last}"


def absence() -> Exhibit:
    """Absence with and without bonus, with Wilson intervals in the smallest groups: one row per group and scenario."""
    rows = []
    for share_too, scenario in ((False, "kleinste groepen apart"), (True, "kleinste groepen samen")):
        split = smallest_groups(share_too=share_too)
        for group, k, n in (
            ("met bonus", split.first[0], split.n_first),
            ("controlegroep", split.second[0], split.n_second),
        ):
            rows.append((group, scenario, n, k, k / n, *proportions.wilson(k, n)))
    frame = pd.DataFrame(rows, columns=["group", "scenario", "n", "k", "share", "lower", "upper"])
    treated, control = claim(WITH), claim(WITHOUT)
    return Exhibit(
        name="afwezigheid",
        title=f"Met bonus is {treated.published} problematisch afwezig, in de controlegroep {control.published}",
        alt="Twee groepen, elk met twee intervallen: "
        + dutch.enumerate_words(
            [
                f"{row.group} bij {dutch.number(row.n)} leerlingen {dutch.interval(_as_quantity(row))}"
                for row in frame.itertuples()
            ]
        )
        + ".",
        caption=(
            "Gepubliceerd aandeel problematisch afwezigen, met 95%-interval (Wilson) als de groepen zo klein waren als"
            " de gedrukte percentages toelaten."
        ),
        frame=frame,
        columns={
            "group": "groep",
            "scenario": "scenario",
            "n": "leerlingen",
            "k": "afwezig",
            "share": "aandeel",
            "lower": "ondergrens",
            "upper": "bovengrens",
        },
        origin=f"{PRESENTATION}; eigen berekening",
    )


def _as_quantity(row) -> Quantity:
    return Quantity(row.share, "share", row.lower, row.upper)


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
        alt="Intervallen van het verschil, van kleine naar grote groepen: "
        + "; ".join(
            f"{_sizes(row)}: {dutch.interval(Quantity(row.difference, 'points', row.lower, row.upper))}"
            for row in frame.itertuples()
        )
        + ".",
        caption=(
            "Verschil in problematische afwezigheid (met bonus min controlegroep) met 95%-interval (Newcombe), voor"
            " groepsgroottes waaruit de gedrukte percentages kunnen volgen. Onderaan: de kleinste groepen waarbij ook"
            " het aandeel met bonus klopt."
        ),
        frame=frame,
        columns={
            "n_with": "met bonus",
            "n_without": "controlegroep",
            "difference": "verschil",
            "lower": "ondergrens",
            "upper": "bovengrens",
        },
        origin=f"{PRESENTATION}; eigen berekening",
    )


def _multiple(split: Split, times: int) -> Split:
    first, second = split.first[0] * times, split.second[0] * times
    return Split(split.n_first * times, split.n_second * times, range(first, first + 1), range(second, second + 1))


def _title_by_size(frame: pd.DataFrame) -> str:
    clear = frame[frame["upper"] < 0]
    if clear.empty:
        return "Bij geen van de getekende groottes sluit het interval nul uit"
    if len(clear) == len(frame):
        return "Bij elke mogelijke groepsgrootte sluit het interval nul uit"
    return f"Het interval sluit nul uit vanaf {_sizes(clear.iloc[0])}, bij de kleinste groepen nog niet"


def _sizes(row) -> str:
    return f"{dutch.number(row.n_with)} en {dutch.number(row.n_without)} leerlingen"
