"""Figures and tables of Meso: who supports whom, conditions, obstacles, and an outside experiment."""

from __future__ import annotations

import pandas as pd

from ledger import dutch
from ledger.exhibit import Column, Exhibit
from leerwerk.meso.numbers import dropout
from leerwerk.tables import published
from leerwerk.tables.context import PRESENTATION, origin_of
from leerwerk.tables.statements import record_table


def who_supports_whom() -> Exhibit:
    """The triangle of pupil, workplace and provider: one row per arrow."""
    frame = published.links("triangle")
    parties = list(dict.fromkeys([*frame["source"], *frame["target"]]))
    helpers = list(frame.loc[frame["target"] == "leerling", "source"])
    return Exhibit(
        name="wie-steunt-wie",
        title=f"De leerling krijgt steun van de {dutch.enumerate_words(helpers, 'en de')}",
        alt=f"Een driehoek van {dutch.enumerate_words(parties)}, met {dutch.number(len(frame))} pijlen die zeggen wie"
        f" voor wie wat doet; naar de leerling wijzen er {dutch.number(len(helpers))}.",
        description=_arrows(frame),
        caption="Wie ondersteunt wie: onze lezing van de slides over begeleiding.",
        frame=frame,
        columns={"source": "van", "target": "naar", "label": "wat"},
        origin=PRESENTATION,
    )


def _arrows(frame: pd.DataFrame) -> str:
    return " ".join(f"Een pijl van de {row.source} naar de {row.target}: {row.label}." for row in frame.itertuples())


def conditions() -> Exhibit:
    """The path to good learning results: one row per arrow."""
    frame = published.links("path")
    starts = list(dict.fromkeys(frame.loc[~frame["source"].isin(frame["target"]), "source"]))
    ends = list(dict.fromkeys(frame.loc[~frame["target"].isin(frame["source"]), "target"]))
    chains = len(ends)
    return Exhibit(
        name="voorwaarden",
        title=f"{dutch.number(chains)} bouwstenen, elk met haar randvoorwaarde",
        alt=f"Een schema dat van boven naar onder leest: {dutch.number(chains)} rijen van kaders met samen"
        f" {dutch.number(len(frame))} pijlen, van {dutch.enumerate_words(starts)}, tot onder meer {ends[-1]}.",
        description=" ".join(f"Van {row.source} loopt een pijl naar {row.target}." for row in frame.itertuples()),
        caption="Voorwaarden voor optimaal leren, zoals de presentatie ze noemt. Een pijl is een verwachting, geen gemeten effect.",
        frame=frame,
        columns={"source": "van", "target": "naar"},
        origin=PRESENTATION,
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
    shares = [dutch.percent(share, 0) for share in frame["share"]]
    return Exhibit(
        name="coaching-experiment",
        title=f"Een Nederlands experiment: {shares[1]} schooluitval met coaching, {shares[0]} zonder",
        alt=f"Twee balken: {shares[0]} uitval zonder coaching en {shares[1]} met coaching.",
        caption=(
            "Schooluitval in een gerandomiseerd experiment met een jaar intensieve coaching in het Nederlandse mbo."
            " Groepsgroottes zijn niet gekend; daarom staat er geen interval bij."
        ),
        frame=frame,
        columns={"arm": "groep", "share": Column("schooluitval", "share")},
        origin=f"{origin_of('cpb-224')}; geen bevinding van de presentatie",
    )
