"""With results of real pupil records: whose they are, and what they give beside what was published. Without: nothing."""

from __future__ import annotations

import pandas as pd

from ledger import dutch
from ledger.claim import STATUS_LABELS, Withheld
from ledger.exhibit import Exhibit
from ledger.quantity import Released
from leerwerk import study
from leerwerk.micro.pupils import released
from leerwerk.micro.pupils.answers import ANSWERS
from leerwerk.micro.pupils.disclosure import CAUTION as CAUTION
from leerwerk.micro.pupils.numbers import MONTHS
from leerwerk.micro.pupils.programmes import MARGIN
from leerwerk.tables.context import PRESENTATION

# In a cell of a table, where no number may or can stand.
SHIELDED, NO_ESTIMATE = "afgeschermd", "geen schatting mogelijk"
MORE, LESS = "meer kans", "minder kans"
COMPARED = (
    "Verschillen zijn gecorrigeerd voor kenmerken: met wie het programma niet volgde, bij BRUG en IBAL samen met wie geen van beide"
    " volgde, bij de bonus met wie er in het ABO-jaar geen kreeg."
)


def compared() -> str:
    """Whom the differences compare, in sentences."""
    if not released.start_months():
        return COMPARED
    return (
        f"{COMPARED} Bij het vroegtijdig schoolverlaten met IBAL: na {MONTHS[-1]} maanden, als wie er nog was in de gebruikelijke"
        " maand met IBAL begon, tegenover zonder programma."
    )


def notices() -> list[tuple[str, str]]:
    """Title and text of what must be known of the records; nothing where the book has none."""
    if not released.is_given():
        return []
    return [
        (
            "Dit boek rekent ook met echte leerlingengegevens",
            f"{whose()} Dat kunnen andere leerlingen zijn of een andere periode dan in het onderzoek: een andere uitkomst wil niet"
            " zeggen dat een van beide fout is. Wat de onderzoekers vonden, blijft in de tekst staan; wat deze gegevens geven, staat"
            " erbij in de tabellen en in de figuur met groottes. Verschillen tussen groepen zijn gecorrigeerd voor kenmerken die in de"
            " gegevens staan, niet voor motivatie of iets anders wat er niet in staat: ze bewijzen niet wat een programma doet."
            f" {_months()} Aantallen zijn afgerond, en wat op weinig leerlingen steunt of iets over enkelen zou verraden, is"
            " afgeschermd.",
        )
    ]


def notices_in_english() -> list[tuple[str, str]]:
    """The same in short, for a page in English: what the holder says is in Dutch."""
    if not released.is_given():
        return []
    about = released.about()
    return [
        (
            "This edition also uses real pupil records",
            f"They are held by {about.holder} and may concern other pupils or another period than the research. The text below says"
            " what the researchers found. A word beside a figure tells where these records give something else, do not settle it or"
            " are withheld; what they give for findings without a figure, and what they cover, is told in the chapter Micro, in"
            " Dutch.",
        )
    ]


def _months() -> str:
    """What it means that an estimate does not know when a programme began; that of IBAL on early leaving does, if the records do."""
    known, where = (
        (
            "De gegevens zeggen in welke maand een programma begon. Voor het vroegtijdig schoolverlaten met IBAL telt een leerling pas"
            " vanaf dan als deelnemer; de andere verschillen houden daar geen rekening mee.",
            " daar",
        )
        if released.start_months()
        else ("De gegevens zeggen niet in welke maand een programma begon.", "")
    )
    return f"{known} Wie vroeg vertrok, kon er niet meer aan beginnen: daardoor kunnen BRUG en IBAL{where} beter lijken dan ze zijn."


def whose() -> str:
    """Whose records they are, in sentences."""
    about = released.about()
    return (
        f"De leerlingengegevens zijn van {about.holder}, over {about.period}, uit de bron gehaald op"
        f" {dutch.long_date(about.extracted)}. {about.coverage}"
    )


def beside_published() -> list[Exhibit]:
    """One row per claim about pupils: what was published and what the records give; nothing where the book has none."""
    if not released.is_given():
        return []
    rows = []
    for number in study.LEDGER.numbers("micro"):
        if number.id in ANSWERS and number.claim is not None and number.status is not None:
            claim, found = number.claim, number.text or shown(number.answer)
            more = "; ".join(filter(None, (number.interval, _amount(number.id), _caution(number.id))))
            rows.append((claim.statement, claim.published, found, more, STATUS_LABELS[number.status]))
    return [
        Exhibit(
            name="leerlingengegevens",
            title="Wat over leerlingen gepubliceerd is, en wat deze leerlingengegevens geven",
            alt="",
            caption=f"Interval: een 95%-interval. Een richting telt als een 95%-interval nul uitsluit; voor BRUG en IBAL samen moet dat"
            " tegenover geen programma en tegenover BRUG alleen zo zijn, voor meer mannen in elk programma. ‘Geen verschil’ wil zeggen"
            f" dat heel het interval binnen {dutch.points(MARGIN, 0)} van nul ligt. {compared()} Bij aandelen en uren vergelijkt de status"
            " het cijfer zelf met wat gedrukt staat; toeval telt daarin niet mee.",
            frame=pd.DataFrame(rows, columns=["statement", "published", "here", "more", "status"]),
            columns={
                "statement": "uitspraak",
                "published": "gepubliceerd",
                "here": "in deze gegevens",
                "more": "interval of grootte",
                "status": "status",
            },
            origin=f"{PRESENTATION}; leerlingengegevens van {released.about().holder}; eigen berekening",
        )
    ]


def size(claim_id: str) -> str:
    """The effect behind a claim as a table says it: more or less chance, and how much; or why there is none."""
    if not released.size(claim_id):
        return word(claim_id)
    return "; ".join(filter(None, (f"{word(claim_id)}: {_amount(claim_id)}", _caution(claim_id))))


def word(claim_id: str) -> str:
    """The direction of the effect behind a claim in words, or why there is none.

    An answer that is undecided can have a size that is not: the answer may be about more than one comparison.
    """
    answer, found = released.answer(claim_id), released.size(claim_id)
    if found is None or found.lower is None or found.upper is None:
        return shown(answer)
    if isinstance(answer, Released) and answer.value:
        return MORE if answer.value > 0 else LESS
    if found.lower > 0 or found.upper < 0:
        return MORE if found.lower > 0 else LESS
    if isinstance(answer, Released) and answer.lower == answer.upper:
        return f"minder dan {dutch.points(MARGIN, 0)} verschil"
    return dutch.UNDECIDED


def _amount(claim_id: str) -> str:
    found = released.size(claim_id)
    return f"{dutch.text(found, 1)} (95%-interval {dutch.interval(found, 1)})" if found else ""


def _caution(claim_id: str) -> str:
    return CAUTION if released.is_cautious(claim_id) else ""


def shown(answer: object) -> str:
    """An answer as a table says it, or why it has none."""
    if isinstance(answer, Released):
        return dutch.text(answer)
    return SHIELDED if isinstance(answer, Withheld) else NO_ESTIMATE
