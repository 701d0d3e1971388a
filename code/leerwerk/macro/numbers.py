"""Macro: the decree's evaluation. What was asked of whom, and do the printed percentages fit the samples?"""

from __future__ import annotations

from functools import cache

import pandas as pd

from ledger import dutch, granularity, proportions
from ledger.claim import Check
from ledger.quantity import Quantity
from leerwerk.study import claim, derives, recomputes
from leerwerk.tables import published
from leerwerk.tables.statements import coded

APPROVED, REQUESTS = "macro.recognition.approved_share", "macro.recognition.requests"
CONTRACTS = {
    "macro.contracts.oao": "OAO",
    "macro.contracts.da_sm": "DA SM",
    "macro.contracts.sao": "SAO",
    "macro.contracts.da": "DA",
}
HEAVY, EXPERIENCE, SMOOTH = "macro.guidance.heavy_task", "macro.ending.experience", "macro.ending.smooth"
RECOGNISED, TOGETHER = "macro.survey.recognised", "vestigingen samen"
WORKPLACES = (RECOGNISED, "macro.survey.not_recognised")
SHARES = {
    "macro.guidance.heavy_task": "Begeleiden is een zware taak",
    "macro.ending.experience": "Ervaring met een stopzetting",
    "macro.ending.smooth": "Stopzetting verloopt vlot",
}


def offered_groups(claim_id: str) -> pd.DataFrame:
    """The groups that the presentation offers for a percentage: one row per group.

    Returns
    -------
    pandas.DataFrame
        Columns group, n, named (whether we read it from the slide as the base), counts (how many counts out of n are printed as
        the percentage), attainable (share of all printable percentages that the group can produce).
    """
    rows = published.groups()
    rows = rows[rows["claim"] == claim_id].reset_index(drop=True)
    figure = claim(claim_id).published
    sizes = rows["sizes"].map(lambda ids: sum(claim(part).value for part in ids.split("+")))
    return pd.DataFrame(
        {
            "group": rows["group"],
            "n": sizes,
            "named": rows["named"] == "yes",
            "counts": [len(granularity.possible_counts(figure, n)) for n in sizes],
            "attainable": [granularity.attainable_share(figure, n) for n in sizes],
        }
    )


@recomputes("macro.contracts.oao")
@recomputes("macro.contracts.da_sm")
@recomputes("macro.contracts.sao")
@recomputes("macro.contracts.da")
def shares_add_up() -> Check:
    """Can the four shares, each rounded, be the parts of one whole?"""
    total = dutch.text(contract_sum(), 2)
    passed = granularity.shares_can_add_up(_contract_figures())
    verdict = "dat kan door afronding alleen" if passed else "meer dan afronding kan verklaren"
    return Check(passed, f"De vier aandelen tellen op tot {total}: {verdict}.", "macro.contracts.whole")


def _contract_figures() -> list[str]:
    return [claim(claim_id).published for claim_id in CONTRACTS]


def _chance(figure: str, groups: pd.DataFrame) -> float:
    return granularity.attainable_share(figure, *map(int, groups["n"]))


@derives("macro.contracts.sum", "som van de vier aandelen", decimals=2)
def contract_sum() -> Quantity:
    """Sum of the four printed shares; the interval holds rounding."""
    return _together(*CONTRACTS)


@derives("macro.contracts.other_than_oao", "aandeel van de drie andere overeenkomsten samen", decimals=2)
def other_contracts() -> Quantity:
    """Sum of the printed shares but the first; the interval holds rounding."""
    return _together(*list(CONTRACTS)[1:])


def _together(first: str, *others: str) -> Quantity:
    return sum((claim(claim_id).range for claim_id in others), start=claim(first).range).quantity("share")


@derives("macro.contracts.smallest_whole", "kleinste aantal overeenkomsten dat bij de vier aandelen past")
def smallest_number_of_contracts() -> Quantity:
    """The smallest whole that splits into the four printed shares."""
    return Quantity(_smallest_whole(tuple(_contract_figures())), "count")


@cache
def _smallest_whole(figures: tuple[str, ...]) -> int:
    return granularity.smallest_whole(list(figures))


@derives("macro.recognition.approved_count", "aantal goedgekeurde aanvragen", True)
@derives("macro.recognition.rejected_count", "aantal niet goedgekeurde aanvragen", False)
def requests_by_outcome(approved: bool) -> Quantity:
    """The counts behind the printed share: the middle one, with the whole range that rounding allows."""
    n = claim(REQUESTS).value
    counts = granularity.possible_counts(claim(APPROVED).published, n)
    low, high = (counts[0], counts[-1]) if approved else (n - counts[-1], n - counts[0])
    return Quantity((low + high) // 2, "count", low, high, n=n)


@derives("macro.recognition.approved_interval", "aandeel goedgekeurd met 95%-interval", decimals=2)
def approved_interval() -> Quantity:
    """Wilson interval of the approved share."""
    count = requests_by_outcome(True)
    return proportions.share(int(count.value), count.n or 0)


@derives("macro.guidance.heavy_task_interval", "zware taak, interval als alle mentoren antwoordden", HEAVY, "mentoren")
@derives(
    "macro.ending.experience_interval", "stopzetting, interval als alle vestigingen antwoordden", EXPERIENCE, TOGETHER
)
def interval_if_all_answered(claim_id: str, group: str) -> Quantity:
    """Wilson interval with the count nearest to the printed share of one offered group."""
    sizes = offered_groups(claim_id).set_index("group")["n"]
    return _nearest(claim_id, int(sizes[group]))


@derives("macro.ending.experienced", "vestigingen met ervaring, als alle vestigingen antwoordden")
def experienced() -> Quantity:
    """The printed share of all workplaces that answered, rounded to a count."""
    return Quantity(round(claim(EXPERIENCE).middle * sample_total(*WORKPLACES).value), "count")


@derives("macro.ending.smooth_interval", "vlotte stopzetting, interval als wie ervaring heeft antwoordde")
def smooth_interval() -> Quantity:
    """Wilson interval among the workplaces with experience."""
    return _nearest(SMOOTH, int(experienced().value))


def _nearest(claim_id: str, n: int) -> Quantity:
    return proportions.share(round(claim(claim_id).middle * n), n)


@derives(
    "macro.guidance.largest_base", "grootste aantal antwoorden van mentoren dat past", HEAVY, "macro.survey.mentors"
)
@derives(
    "macro.ending.largest_base", "grootste aantal antwoorden van erkende vestigingen dat past", EXPERIENCE, RECOGNISED
)
def largest_base(claim_id: str, sample: str) -> Quantity:
    """The largest number of answers from a sample that agrees with the printed share."""
    n = granularity.largest_denominator(claim(claim_id).published, claim(sample).value)
    return Quantity(n or 0, "persons")


@derives("macro.guidance.left_out", "mentoren die de vraag dan overgeslagen hebben", HEAVY, "macro.survey.mentors")
@derives("macro.ending.left_out", "erkende vestigingen die de vraag dan overgeslagen hebben", EXPERIENCE, RECOGNISED)
def left_out(claim_id: str, sample: str) -> Quantity:
    """A sample less the largest number of its answers that agrees."""
    return Quantity(claim(sample).value - largest_base(claim_id, sample).value, "persons")


@derives(
    "macro.guidance.chance",
    "aandeel percentages dat bij de mentoren past",
    "macro.guidance.heavy_task",
    decimals=0,
)
@derives(
    "macro.ending.chance",
    "aandeel percentages dat bij een van de groepen vestigingen past",
    EXPERIENCE,
    decimals=0,
)
def chance_to_fit(claim_id: str) -> Quantity:
    """The chance that an arbitrary percentage fits one of the groups that the slide names."""
    groups = offered_groups(claim_id)
    return Quantity(_chance(claim(claim_id).published, groups[groups["named"]]), "share")


@derives(
    "macro.survey.workplaces",
    "vestigingen die een vragenlijst invulden",
    "macro.survey.recognised",
    "macro.survey.not_recognised",
)
@derives(
    "macro.survey.all",
    "vragenlijsten samen",
    "macro.survey.recognised",
    "macro.survey.not_recognised",
    "macro.survey.mentors",
)
@derives(
    "macro.interviews.all",
    "gesprekspartners samen",
    "macro.interviews.learners",
    "macro.interviews.counsellors",
    "macro.interviews.coordinators",
)
def sample_total(*claim_ids: str) -> Quantity:
    """Sizes of several samples together."""
    return Quantity(sum(claim(claim_id).value for claim_id in claim_ids), "count")


@derives("macro.record.statements", "ingedeelde uitspraken op de macroslides", None)
@derives("macro.record.bottlenecks", "knelpunten op de macroslides", "bottleneck")
@derives("macro.record.recommendations", "aanbevelingen op de macroslides", "recommendation")
def coded_statements(kind: str | None) -> Quantity:
    """How many statements of the macro slides were coded, all or of one kind."""
    rows = macro_statements()
    return Quantity(len(rows) if kind is None else int((rows["kind"] == kind).sum()), "count")


def macro_statements() -> pd.DataFrame:
    """The coded statements of the macro slides: one row per statement."""
    rows, slides = coded(), published.slides()
    return rows[rows["slide"].isin(slides.loc[slides["level"] == "macro", "slide"])]
