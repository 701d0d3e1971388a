"""Meso: who supports whom, what good learning needs, and what an independent experiment found on coaching."""

from __future__ import annotations

import pandas as pd

from leerwerk import dutch, sources
from leerwerk.claims import derives
from leerwerk.context import public_figure
from leerwerk.exhibit import Exhibit, origin_of
from leerwerk.quantity import Quantity
from leerwerk.record import record_table

DROPOUT = "coaching_rct_dropout"


@derives(
    "meso.coaching.control",
    "schooluitval zonder coaching in het Nederlandse experiment",
    "control",
    decimals=0,
)
@derives("meso.coaching.treated", "schooluitval met coaching in het Nederlandse experiment", "treated", decimals=0)
def dropout(arm: str) -> Quantity:
    """Share of students who dropped out in one arm of the randomised experiment of van der Steeg et al. (2012)."""
    return public_figure(f"{DROPOUT}_{arm}", "NL", "")


@derives("meso.coaching.difference", "verschil in schooluitval, met min zonder coaching", decimals=0)
def dropout_difference() -> Quantity:
    """Risk difference; the group sizes were not seen, so there is no interval."""
    return Quantity(dropout("treated").value - dropout("control").value, "points", evidence="context")


@derives("meso.coaching.ratio", "verhouding van de kansen op schooluitval, met tot zonder coaching", decimals=2)
def dropout_ratio() -> Quantity:
    """Risk ratio."""
    return Quantity(dropout("treated").value / dropout("control").value, "ratio", evidence="context")


@derives("meso.coaching.needed", "gecoachte studenten per vermeden uitvaller", decimals=0)
def number_needed() -> Quantity:
    """Number needed to treat: one over the risk difference."""
    return Quantity(1 / abs(dropout_difference().value), "ratio", evidence="context")


def who_supports_whom() -> Exhibit:
    """The triangle of pupil, workplace and provider: one row per arrow."""
    frame = sources.links("triangle")
    parties = list(dict.fromkeys([*frame["source"], *frame["target"]]))
    most = frame["target"].value_counts()
    return Exhibit(
        name="it-takes-three",
        title=f"Naar de {most.idxmax()} wijzen de meeste pijlen: {dutch.number(most.max())} van de {dutch.number(len(frame))}",
        alt=f"Een schema met {dutch.number(len(parties))} partijen en {dutch.number(len(frame))} pijlen. "
        + _arrows(frame),
        caption="Wie ondersteunt wie, zoals de slides over begeleiding het beschrijven.",
        frame=frame,
        columns={"source": "van", "target": "naar", "label": "wat"},
    )


def _arrows(frame: pd.DataFrame) -> str:
    return " ".join(f"De {row.source} {row.label}: pijl naar de {row.target}." for row in frame.itertuples())


def conditions() -> Exhibit:
    """The path to good learning results: one row per arrow."""
    frame = sources.links("path")
    (goal,) = set(frame["target"]) - set(frame["source"])
    starts = [source for source in dict.fromkeys(frame["source"]) if source not in set(frame["target"])]
    return Exhibit(
        name="voorwaarden",
        title=f"De weg naar {goal} begint bij {dutch.enumerate_words([f'de {start}' if start.startswith('mentor') else f'het {start}' for start in starts])}",
        alt="Een schema dat van boven naar onder leest. "
        + " ".join(f"{row.source.capitalize()} leidt naar {row.target}." for row in frame.itertuples()),
        caption="Voorwaarden voor optimaal leren, zoals de presentatie ze noemt. Een pijl is een verwachting, geen gemeten effect.",
        frame=frame,
        columns={"source": "van", "target": "naar"},
    )


def obstacles() -> Exhibit:
    """What can go wrong, from the slide on conditions that do not hold: one row per statement."""
    return record_table(
        "wat-kan-misgaan",
        "Wat mis kan gaan",
        lambda rows: (rows["slide"] == 14) & (rows["kind"] == "bottleneck"),
    )


def coaching_experiment() -> Exhibit:
    """Dropout with and without coaching in the randomised experiment: one row per arm."""
    frame = pd.DataFrame(
        {
            "arm": ["zonder coaching", "met coaching"],
            "share": [dropout("control").value, dropout("treated").value],
        }
    )
    shares = [dutch.amount(share, "share", 0) for share in frame["share"]]
    return Exhibit(
        name="coaching-experiment",
        title=f"Een Nederlands experiment: {shares[1]} schooluitval met coaching, {shares[0]} zonder",
        alt=f"Twee balken: {shares[0]} uitval zonder coaching en {shares[1]} met coaching.",
        caption=(
            "Schooluitval in een gerandomiseerd experiment met een jaar intensieve coaching in het Nederlandse mbo."
            " Groepsgroottes zijn niet gekend; daarom staat er geen interval bij."
        ),
        frame=frame,
        columns={"arm": "groep", "share": "schooluitval"},
        origin=f"{origin_of('cpb-224')}; geen bevinding van de presentatie",
    )
