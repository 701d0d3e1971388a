"""The figure of Meso: who guides young people, on which conditions and to what aim."""

from __future__ import annotations

import pandas as pd

from ledger import dutch
from ledger.exhibit import Exhibit
from leerwerk.study import claim
from leerwerk.tables import published
from leerwerk.tables.context import PRESENTATION

PARTS = {"partner": "partner", "condition": "randvoorwaarde", "aim": "waaraan gebouwd wordt"}


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
