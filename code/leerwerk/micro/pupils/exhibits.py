"""Figures and tables of Micro that come from pupil records, synthetic unless the real ones are given."""

from __future__ import annotations

import pandas as pd

from ledger import dutch
from ledger.exhibit import Column, Exhibit
from leerwerk import study
from leerwerk.micro.pupils import numbers
from leerwerk.micro.pupils.labels import PROGRAMMES, labelled, noted
from leerwerk.tables import pupils

OUTCOMES = {"vsv": "Vroegtijdig schoolverlaten", "nec": "Werk in het NEC"}
METHODS = {"difference": "ruw", "aipw": "gecorrigeerd"}
VIEWS = METHODS | {"with_motivation": "ook voor motivatie", "truth": "werkelijk effect"}
TRAITS = {
    "male": "Man",
    "age": "Leeftijd",
    "mother_low": "Laagopgeleide moeder",
    "other_language": "Andere thuistaal",
    "arrears": "Schoolse achterstand",
    "absence_before": "Eerder problematisch afwezig",
}
QUESTIONS = {
    "abo_nec": "ABO-jaar, werk in het NEC",
    "bonus_nec": "Bonus, werk in het NEC",
    "bonus_absent": "Bonus, afwezigheid",
}
LOWER, UPPER = Column("ondergrens", "points", 1), Column("bovengrens", "points", 1)
INTERVAL = {"estimate": Column("verschil", "points", 1), "lower": LOWER, "upper": UPPER, "n": Column("leerlingen")}


def notice() -> tuple[str, str]:
    """Title and text of the warning above everything that comes from pupil records: which records these are."""
    learners, abo = (dutch.text(numbers.records(table)) for table in (pupils.LEARNERS, pupils.ABO_LEARNERS))
    size = f"{learners} leerlingen in leren en werken en {abo} in BuSO OV3"
    if numbers.evidence() == "restricted":
        return (
            "Berekend uit echte leerlingengegevens",
            f"De getallen en figuren hieronder komen uit vertrouwelijke gegevens: {size}. De zinnen ertussen zijn"
            " geschreven bij nagemaakte gegevens en moeten aan deze getallen getoetst worden.",
        )
    return (
        "Wat synthetisch betekent",
        "De leerlingengegevens achter het onderzoek zijn vertrouwelijk. Dit boek heeft ze niet. Wat volgt, komt uit"
        f" nagemaakte gegevens: {size}, zo gebouwd dat alles wat gepubliceerd is erin klopt. Hoe sterk een programma erin"
        " werkt, hebben wij gekozen. De gegevens kunnen dus niet tonen of BRUG, IBAL of ABO werken. Ze tonen wel hoe de"
        " echte gegevens berekend zouden worden, en welke fouten daarbij op de loer liggen. Elk getal en elke figuur eruit"
        " draagt het label 'synthetisch'. De aannames staan bij de Data, in de bijlagen.",
    )


def selection_balance() -> Exhibit:
    """Who gets into BRUG: standardised differences per trait, before and after weighting."""
    frame, notes = noted(numbers.selection_balance)
    frame = frame.assign(trait=frame["term"].map(TRAITS))
    worst = frame.loc[frame["before"].abs().idxmax()]
    return labelled(
        "selectie",
        f"In BRUG {_more(worst)} dan daarbuiten",
        "Per kenmerk twee punten, voor en na weging."
        f" Het grootste verschil gaat van {dutch.number(worst['before'], 2)} naar {dutch.number(worst['after'], 2)};"
        f" na weging ligt elk kenmerk binnen {dutch.number(frame['after'].abs().max(), 2)} van nul.",
        "Verschil, in standaardafwijkingen, tussen leerlingen in BRUG en leerlingen zonder programma, voor en na weging met de"
        " kans op deelname. Tussen de stippellijnen geldt een verschil als klein.",
        (frame, notes),
        {
            "trait": "kenmerk",
            "before": Column("voor weging (in standaardafwijkingen)", "ratio", 2),
            "after": Column("na weging (in standaardafwijkingen)", "ratio", 2),
        },
    )


def _more(row: pd.Series) -> str:
    if row["term"] == "age":
        return f"ligt de leeftijd {'hoger' if row['before'] > 0 else 'lager'}"
    return f"geldt '{row['trait'].lower()}' {'vaker' if row['before'] > 0 else 'minder vaak'}"


def raw_and_adjusted() -> Exhibit:
    """Raw and adjusted effects of the programmes on both outcomes."""
    frame, notes = noted(numbers.raw_and_adjusted)
    frame = _named(frame).assign(outcome_name=frame["outcome"].map(OUTCOMES))
    brug = frame[(frame["programme"] == "brug") & (frame["outcome"] == "vsv")].set_index("method")["estimate"]
    return labelled(
        "effecten",
        f"Correctie brengt het verschil voor BRUG van {dutch.points(brug['difference'])} naar {dutch.points(brug['aipw'])}",
        f"{dutch.number(len(frame))} intervallen, per uitkomst en programma een ruw en een gecorrigeerd. "
        + _nearer(frame),
        "Verschil met leerlingen zonder programma, met 95%-interval. Ruw: zoals waargenomen. Gecorrigeerd: voor alle"
        " kenmerken die registers kennen.",
        (frame, notes),
        {"outcome_name": "uitkomst", "programme_name": "programma", "view_name": "wijze", **INTERVAL},
        " ".join(
            f"{row.outcome_name}, {row.programme_name}, {row.view_name}: {dutch.points(row.estimate)} ({dutch.span(row.lower, row.upper, 'points')})."
            for row in frame.itertuples()
        ),
    )


def _nearer(frame: pd.DataFrame) -> str:
    wide = frame.pivot(index=["outcome", "programme"], columns="method", values="estimate").abs()
    nearer = (wide["aipw"] < wide["difference"]).sum()
    return f"In {dutch.number(nearer)} van de {dutch.number(len(wide))} paren ligt het gecorrigeerde dichter bij nul."


def _named(frame: pd.DataFrame) -> pd.DataFrame:
    view = frame["view"] if "view" in frame else frame["method"]
    return frame.assign(programme_name=frame["programme"].map(PROGRAMMES), view_name=view.map(VIEWS))


def leaving_over_time() -> Exhibit:
    """Early leaving by month and programme."""
    frame, notes = noted(numbers.leaving_over_time)
    frame = frame.assign(programme_name=frame["programme"].map(PROGRAMMES))
    last = frame[frame["month"] == frame["month"].max()].set_index("programme")["risk"]
    shares = {name: dutch.percent(last[name], 0) for name in PROGRAMMES}
    return labelled(
        "vertrek-in-de-tijd",
        f"Na {int(frame['month'].max())} maanden is {shares['none']} zonder programma vertrokken, {shares['both']} met beide",
        "Vier stijgende lijnen. Aan het einde: "
        + dutch.enumerate_words([f"{PROGRAMMES[name]} {share}" for name, share in shares.items()])
        + ".",
        "Aandeel dat de school vroegtijdig verlaten heeft als iedereen in dezelfde groep zat, met 95%-interval;"
        " gecorrigeerd voor kenmerken.",
        (frame, notes),
        {
            "programme_name": "programma",
            "month": Column("maand"),
            "risk": Column("vertrokken", "share", 1),
            "lower": Column("ondergrens", "share", 1),
            "upper": Column("bovengrens", "share", 1),
        },
    )


def abo_results() -> Exhibit:
    """Effects of the ABO year and of the bonus."""
    frame, notes = noted(numbers.abo_results)
    frame = frame.assign(question_name=frame["question"].map(QUESTIONS), view_name=frame["method"].map(METHODS))
    adjusted = frame[frame["method"] == "aipw"].set_index("question")
    bonus = adjusted.loc["bonus_nec"]
    clear = "sluit nul uit" if bonus["lower"] > 0 or bonus["upper"] < 0 else "sluit nul in"
    return labelled(
        "abo-effecten",
        f"Het ABO-jaar scheelt {dutch.points(adjusted.loc['abo_nec', 'estimate'])}; het interval van de bonus op werk {clear}",
        f"{dutch.number(len(frame))} intervallen, per vraag een ruw en een gecorrigeerd. Gecorrigeerd: "
        + "; ".join(f"{QUESTIONS[str(name)]} {dutch.points(row['estimate'])}" for name, row in adjusted.iterrows())
        + ".",
        "Verschil met 95%-interval, ruw en gecorrigeerd voor kenmerken. Voor de bonus: onder leerlingen in het ABO-jaar.",
        (frame, notes),
        {"question_name": "vraag", "view_name": "wijze", **INTERVAL},
        " ".join(
            f"{row.question_name}, {row.view_name}: {dutch.points(row.estimate)} ({dutch.span(row.lower, row.upper, 'points')})."
            for row in frame.itertuples()
        ),
    )


def motivation_bias() -> Exhibit:
    """What the unobserved motivation does to the estimates; with synthetic records beside the truth."""
    frame, notes = noted(numbers.motivation_bias)
    frame = _named(frame)
    brug = frame[frame["programme"] == "brug"].set_index("view")["estimate"]
    known = "truth" in brug.index
    title = (
        f"Het werkelijke effect van BRUG is {dutch.points(brug['truth'])}; gecorrigeerd lijkt het {dutch.points(brug['aipw'])}"
        if known
        else f"Gecorrigeerd is het verschil voor BRUG {dutch.points(brug['aipw'])}; wat motivatie doet, is niet te zien"
    )
    extra = (
        " In deze nagemaakte gegevens kennen we ook de motivatie en het werkelijke effect; in echte niet."
        if known
        else ""
    )
    return labelled(
        "motivatie",
        title,
        "Per programma de schattingen onder elkaar. Voor BRUG: "
        + dutch.enumerate_words([f"{VIEWS[str(view)]} {dutch.points(value)}" for view, value in brug.items()])
        + ".",
        f"Verschil in vroegtijdig schoolverlaten met geen programma, met 95%-interval.{extra}",
        (frame, notes),
        {"programme_name": "programma", "view_name": "wijze", **INTERVAL},
        " ".join(f"{row.programme_name}, {row.view_name}: {dutch.points(row.estimate)}." for row in frame.itertuples()),
    )


def tipping_points() -> Exhibit:
    """How strong an unmeasured trait must be to undo an effect."""
    frame, notes = noted(numbers.tipping_points)
    frame = frame.assign(programme_name=frame["programme"].map(PROGRAMMES), needed=frame["outcome_effect"].abs())
    brug = frame[(frame["programme"] == "brug") & frame["needed"].notna()].iloc[-1]
    gap = dutch.points(brug["prevalence_difference"], 0)
    return labelled(
        "kantelpunt",
        f"Bij {gap} meer gemotiveerden kantelt BRUG als motivatie {dutch.points(brug['needed'])} scheelt",
        "Dalende lijnen: hoe meer een verborgen kenmerk bij deelnemers voorkomt, hoe minder sterk het hoeft te zijn.",
        "Hoe sterk een niet gemeten kenmerk vroegtijdig schoolverlaten moet verlagen om het gecorrigeerde effect op nul te"
        " brengen, naargelang het vaker voorkomt bij deelnemers. Onder de lijn blijft er een effect over.",
        (frame, notes),
        {
            "programme_name": "programma",
            "prevalence_difference": Column("vaker bij deelnemers", "points"),
            "needed": Column("nodig effect", "points", 1, missing="geen effect volstaat"),
        },
        " ".join(
            f"{row.programme_name}, {dutch.points(row.prevalence_difference, 0)} vaker:"
            f" {dutch.points(row.needed)} nodig."
            for row in frame.dropna().itertuples()
        ),
    )


def directions() -> Exhibit:
    """The published directions beside those that the records at hand give: one row per claim."""
    rows = [
        (number.label, number.claim.published, dutch.text(found))
        for number in study.numbers("micro")
        if number.claim and number.claim.basis == "microdata" and (found := number.rehearsal or number.quantity)
        if found.unit == "direction"
    ]
    frame = pd.DataFrame(rows, columns=["statement", "published", "recomputed"])
    return labelled(
        "richtingen",
        "De gepubliceerde richtingen naast die in de gebruikte gegevens",
        "",
        "Synthetische gegevens zijn gebouwd om deze richtingen te geven: dat ze kloppen, toont dat de berekening werkt.",
        (frame, ()),
        {"statement": "uitspraak", "published": "gepubliceerd", "recomputed": "berekend"},
    )
