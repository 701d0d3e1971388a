"""Figures and tables of the rehearsal, from synthetic pupil records."""

from __future__ import annotations

import pandas as pd

from ledger import dutch
from ledger.exhibit import Column, Exhibit
from leerwerk.micro.pupils import numbers
from leerwerk.micro.pupils.labels import PROGRAMMES, labelled, noted

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
LOWER, UPPER = Column("ondergrens", "points", 1), Column("bovengrens", "points", 1)
INTERVAL = {"estimate": Column("verschil", "points", 1), "lower": LOWER, "upper": UPPER, "n": Column("leerlingen")}


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
        f"Correctie brengt het verschil voor BRUG {_closer(brug['aipw'], brug['difference'])} nul",
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


def _closer(adjusted: float, raw: float) -> str:
    return "dichter bij" if abs(adjusted) < abs(raw) else "verder van"


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
        f"Zonder programma vertrekken {'meer' if last['none'] > last['both'] else 'niet meer'} leerlingen dan met beide",
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


def motivation_bias() -> Exhibit:
    """What the unobserved motivation does to the estimates, beside the truth."""
    frame, notes = noted(numbers.motivation_bias)
    frame = _named(frame)
    brug = frame[frame["programme"] == "brug"].set_index("view")["estimate"]
    return labelled(
        "motivatie",
        f"Ook gecorrigeerd lijkt BRUG {'sterker' if abs(brug['aipw']) > abs(brug['truth']) else 'niet sterker'} dan het is",
        "Per programma de schattingen onder elkaar. Voor BRUG: "
        + dutch.enumerate_words([f"{VIEWS[str(view)]} {dutch.points(value)}" for view, value in brug.items()])
        + ".",
        "Verschil in vroegtijdig schoolverlaten met leerlingen zonder programma, met 95%-interval. In synthetische gegevens kennen we ook de"
        " motivatie en het werkelijke effect; in echte niet.",
        (frame, notes),
        {"programme_name": "programma", "view_name": "wijze", **INTERVAL},
        " ".join(f"{row.programme_name}, {row.view_name}: {dutch.points(row.estimate)}." for row in frame.itertuples()),
    )
