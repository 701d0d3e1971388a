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
SAME = f"minder dan {dutch.points(MARGIN, 0)} verschil"
COMPARED = (
    "Elk programma is, na correctie voor kenmerken, vergeleken met wie het niet volgde; de combinatie van BRUG en IBAL met wie geen van"
    " beide volgde; de bonus met wie er in het ABO-jaar geen kreeg."
)


def compared() -> str:
    """Whom the differences compare, in sentences."""
    if not released.start_months():
        return COMPARED
    return (
        f"{COMPARED} Bij het vroegtijdig schoolverlaten met IBAL: na {MONTHS[-1]} maanden, als wie er nog is in de gebruikelijke"
        " maand met IBAL begint, tegenover geen enkel programma."
    )


def notices() -> list[tuple[str, ...]]:
    """Title and paragraphs of what must be known of the records; nothing where the book has none."""
    if not released.is_given():
        return []
    return [
        (
            "Dit boek rekent ook met echte leerlingengegevens",
            f"{whose()} De gegevens kunnen over andere leerlingen of een andere periode gaan dan het onderzoek: een andere uitkomst"
            " wil niet zeggen dat een van beide fout is.",
            "De tekst geeft wat de onderzoekers vonden; een woord naast een cijfer zegt waar de uitkomst hier afwijkt, onbeslist of"
            " afgeschermd is. Wat deze gegevens geven, staat in de tabellen en in de figuur met groottes. Cijfers zijn afgerond, en wat op"
            " weinig leerlingen steunt of iets over enkelen zou verraden, is afgeschermd.",
            "Verschillen tussen groepen zijn gecorrigeerd voor kenmerken die in de gegevens staan, niet voor motivatie of iets anders"
            f" wat er niet in staat: ze bewijzen niet wat een programma doet. {_months()}",
        )
    ]


def notices_in_english() -> list[tuple[str, ...]]:
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
            " in die andere verschillen",
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


def published(title: str) -> str:
    """A title about what was published; said so where the book also has records, which may give something else."""
    return f"Gepubliceerd: {title[0].lower()}{title[1:]}" if released.is_given() else title


def beside_published() -> list[Exhibit]:
    """One row per claim about pupils: what was published and what the records give; nothing where the book has none."""
    if not released.is_given():
        return []
    rows = []
    for number in study.LEDGER.numbers("micro"):
        if number.id in ANSWERS and number.claim is not None and number.status is not None:
            found = SAME if _is_same(number.answer) else number.text or shown(number.answer)
            more = "; ".join(filter(None, (number.interval, _amount(number.id), _caution(number.id))))
            rows.append((number.claim.statement, number.shown, found, more or "–", STATUS_LABELS[number.status]))
    return [
        Exhibit(
            name="leerlingengegevens",
            title="Wat over leerlingen gepubliceerd is, en wat deze leerlingengegevens geven",
            alt="",
            caption=f"Interval: een 95%-interval. Een richting telt als een 95%-interval nul uitsluit; voor BRUG en IBAL samen moet dat"
            " tegenover geen programma en tegenover BRUG alleen zo zijn, voor meer mannen in elk programma. Voor ‘geen verschil’"
            f" volstaat een interval binnen {dutch.points(MARGIN, 0)} van nul, ook zonder nul. Deelname: van alle leerlingen in hetzelfde"
            " bestand. Selectie: de vooruitzichten van wie alleen BRUG volgde, tegenover wie geen programma volgde. Prioriteiten: geen"
            f" vsv én werk in het NEC. {compared()} Bij aandelen en uren vergelijkt de status het cijfer zelf met wat gedrukt staat;"
            " toeval telt daarin niet mee.",
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
    return SAME if _is_same(answer) else dutch.UNDECIDED


def _is_same(answer: object) -> bool:
    """Whether an answer is that there is no difference, or one within the margin."""
    return (
        isinstance(answer, Released)
        and answer.unit == "direction"
        and not answer.value
        and answer.lower == answer.upper
    )


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
