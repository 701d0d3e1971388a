"""Tables and figures of Macro: the overview by topic, five shares with whose they are, and who can give which percentage."""

from __future__ import annotations

import re

import pandas as pd

from ledger import dutch, granularity
from ledger.exhibit import Column, Exhibit
from leerwerk.macro.numbers import EXPERIENCE, HEAVY, SHARES, SMOOTH, ended_abroad, offered_groups
from leerwerk.study import claim
from leerwerk.tables import overview as words
from leerwerk.tables import published
from leerwerk.tables.context import PRESENTATION, as_printed, origin_of
from leerwerk.tables.recommendations import EXPLICIT, recommendations
from leerwerk.tables.statements import TOPICS, statements

APPROVED, PROBLEMS = "macro.recognition.approved_share", "macro.guidance.problems"
# Whose share it is, as far as the source says: what is a share, and of whom.
WHOSE = {
    APPROVED: ("Erkenning goedgekeurd", "van alle aanvragen"),
    SMOOTH: ("Stopzetting verloopt vlot", "leerwerkplekken; hoeveel antwoordden, is niet vermeld"),
    HEAVY: ("Begeleiden is een zware taak", "van wie: niet vermeld"),
    EXPERIENCE: ("Ervaring met een stopzetting", "leerwerkplekken; hoeveel antwoordden, is niet vermeld"),
    PROBLEMS: ("Problemen bij het begeleiden", "van wie: niet vermeld"),
}
_FIGURE = re.compile(r"\{([\w.]+)\}")


def overview() -> Exhibit:
    """What goes well, where it sticks, and what the slides propose: one row per topic."""
    cells = words.cells()
    texts = cells["text"].map(lambda text: _FIGURE.sub(lambda found: _as_printed(found[1]), text))
    frame = cells.assign(text=texts).pivot(index="topic", columns="column", values="text")
    frame = frame.loc[[topic for topic in TOPICS if topic in frame.index]]
    frame = frame.assign(proposal=_proposals()).reset_index()
    return Exhibit(
        name="overzicht",
        title="Wat werd vastgesteld, wat knelt en wat wordt voorgesteld, per onderwerp",
        alt="",
        caption="Onze samenvatting van de evaluatie.",
        frame=frame.assign(topic_name=frame["topic"].map(TOPICS)),
        columns={"topic_name": "Onderwerp", **words.COLUMNS, "proposal": "Voorstel"},
        origin=PRESENTATION,
    )


def _as_printed(claim_id: str) -> str:
    row = claim(claim_id)
    return dutch.amount(row.middle, "count") if row.unit == "count" else row.published


def _proposals() -> pd.Series:
    """The explicit recommendations of each topic's slide as one text, with what the slide holds against them."""
    rows, coded = recommendations(), statements()
    rows = rows[rows["force"] == EXPLICIT]
    on_macro = coded["slide"].isin(published.slides().query("level == 'macro'")["slide"])
    topics = coded[on_macro].drop_duplicates("slide").set_index("slide")["topic"]
    said = rows["recommendation"].where(
        rows["reservation"] == "", rows["recommendation"].str.removesuffix(".") + " (" + rows["reservation"] + ")."
    )
    return said.groupby(rows["slide"].map(topics)).agg(" ".join)


def shares() -> Exhibit:
    """Five published shares with whose they are: one row per share, the largest first."""
    rows = [claim(claim_id) for claim_id in WHOSE]
    frame = pd.DataFrame(
        {
            "what": [what for what, _ in WHOSE.values()],
            "who": [who for _, who in WHOSE.values()],
            "printed": [row.published for row in rows],
            "share": [row.middle for row in rows],
        }
    ).sort_values("share", ascending=False, kind="stable", ignore_index=True)
    return Exhibit(
        name="aandelen",
        title=(
            f"Voor {claim(HEAVY).published} is begeleiden een zware taak, voor {claim(SMOOTH).published} verloopt een stopzetting"
            " vlot"
        ),
        alt=f"{dutch.count_word(str(len(frame))).capitalize()} stippen: "
        + "; ".join(f"{row.what.lower()} {row.printed}" for row in frame.itertuples())
        + ".",
        description=" ".join(f"{row.what}: {row.printed} ({row.who})." for row in frame.itertuples()),
        caption="Onze kanttekening: over wie een aandeel gaat, is niet altijd vermeld; vergelijk aandelen niet met elkaar. Elke lijn loopt van niemand tot iedereen.",
        frame=frame,
        columns={
            "what": "aandeel",
            "who": "wie",
            "printed": "zoals gepubliceerd",
            "share": Column("plaats van de stip", "share", 2),
        },
        origin=PRESENTATION,
    )


def possible_groups() -> Exhibit:
    """How many people of each group would give each percentage, were all of them to answer: one row per group."""
    parts = {claim_id: offered_groups(claim_id).set_index("group")["n"] for claim_id in SHARES}
    sizes = next(iter(parts.values()))
    figures = {claim_id: claim(claim_id).published for claim_id in SHARES}
    counts = {
        claim_id: [_printed_count(figures[claim_id], int(n)) for n in parts[claim_id].loc[sizes.index]]
        for claim_id in SHARES
    }
    return Exhibit(
        name="percentage-en-groep",
        title="Met welke aantallen antwoorden kan elk percentage?",
        alt="",
        caption=(
            "Hoeveel mensen van een groep het percentage zouden geven, als iedereen in die groep antwoordde."
            " Wat kan, is daarmee niet bewezen; wat niet kan, kan wel als enkelen niet antwoordden."
        ),
        frame=pd.DataFrame({"group": sizes.index, "n": list(sizes), **counts}),
        columns={"group": "groep", "n": Column("grootte"), **figures},
        origin=f"{PRESENTATION}; eigen berekening",
    )


def _printed_count(figure: str, n: int) -> str:
    counts = granularity.possible_counts(figure, n)
    return dutch.enumerate_words([dutch.number(count) for count in counts], "of") if counts else "geen aantal"


# Where, of what the share is a part, and what is known of the sequel; the keys are those of `ended_abroad`.
ABROAD = (
    (
        "Zwitserland",
        "switzerland",
        "van wie in 2018 begon: contract vroegtijdig beëindigd",
        "{switzerland_back} van hen begon opnieuw een beroepsopleiding",
    ),
    (
        "Zwitserland",
        "switzerland_2017",
        "van wie in 2017 begon: contract vroegtijdig beëindigd",
        "{switzerland_2017_quit} van wie begon, haakte volgens de krant af (niet omschreven)",
    ),
    ("Duitsland", "germany", "van de contracten, berekend voor 2022: vroegtijdig beëindigd", "niet geteld"),
    (
        "Frankrijk",
        "france",
        "van de contracten van 2022 op secundair niveau: beëindigd binnen negen maanden",
        "{france_not_back} van alle contracten van 2021, van elk niveau: gebroken, en binnen zes maanden geen nieuw",
    ),
)
ABROAD_SOURCES = ("bfs-2023", "swissinfo-2022", "hubbs-2024", "touteduc-2024", "artisanat-2024")


def endings_abroad() -> Exhibit:
    """Early endings in Flanders and elsewhere, each with its own base: one row per share."""
    flemish = (
        "Vlaanderen",
        claim(EXPERIENCE).published,
        "van de leerwerkplekken: ooit een stopzetting meegemaakt",
        "voor leerlingen een verandering, geen einde",
    )
    rows = [
        (where, _share_abroad(which), of_what, _FIGURE.sub(lambda found: _share_abroad(found[1]), sequel))
        for where, which, of_what, sequel in ABROAD
    ]
    return Exhibit(
        name="stopzetting-elders",
        title=f"In Zwitserland begon {_share_abroad('switzerland_back')} na een beëindigd contract opnieuw een beroepsopleiding",
        alt="",
        caption="De percentages zijn niet met elkaar te vergelijken: ze tellen leerwerkplekken, jongeren of contracten.",
        frame=pd.DataFrame([flemish, *rows], columns=["where", "share", "base", "sequel"]),
        columns={
            "where": "waar",
            "share": "aandeel",
            "base": "waarvan dat een deel is",
            "sequel": "en daarna",
        },
        origin=f"{PRESENTATION}; {origin_of(*ABROAD_SOURCES)}",
    )


def _share_abroad(which: str) -> str:
    return as_printed(ended_abroad(which))
