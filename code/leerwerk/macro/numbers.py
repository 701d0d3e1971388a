"""Macro: the decree's evaluation. What was asked of whom, and do the printed percentages fit the samples?"""

from __future__ import annotations

import pandas as pd

from ledger import dutch, granularity
from ledger.claim import Check
from ledger.quantity import Quantity
from leerwerk.study import claim, derives, recomputes
from leerwerk.tables import published
from leerwerk.tables.context import public_figure

APPROVED, REQUESTS = "macro.recognition.approved_share", "macro.recognition.requests"
CONTRACTS = {
    "macro.contracts.oao": "OAO",
    "macro.contracts.da_sm": "DA SM",
    "macro.contracts.sao": "SAO",
    "macro.contracts.da": "DA",
}
HEAVY, EXPERIENCE, SMOOTH = "macro.guidance.heavy_task", "macro.ending.experience", "macro.ending.smooth"
SHARES = {
    "macro.guidance.heavy_task": "Begeleiden is een zware taak",
    "macro.ending.experience": "Ervaring met een stopzetting",
    "macro.ending.smooth": "Stopzetting verloopt vlot",
}


def offered_groups(claim_id: str) -> pd.DataFrame:
    """The groups that the evaluation offers for a percentage: one row per group, columns group and n."""
    rows = published.groups()
    rows = rows[rows["claim"] == claim_id].reset_index(drop=True)
    sizes = rows["sizes"].map(lambda ids: sum(claim(part).value for part in ids.split("+")))
    return pd.DataFrame({"group": rows["group"], "n": sizes})


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


@derives("macro.contracts.sum", "som van de vier aandelen", decimals=2)
def contract_sum() -> Quantity:
    """Sum of the four printed shares; the interval holds rounding."""
    first, *others = CONTRACTS
    return sum((claim(claim_id).range for claim_id in others), start=claim(first).range).quantity("share")


@derives("macro.recognition.approved_count", "aantal goedgekeurde aanvragen")
def approved_requests() -> Quantity:
    """The count behind the printed share: the middle one, with the whole range that rounding allows."""
    n = claim(REQUESTS).value
    counts = granularity.possible_counts(claim(APPROVED).published, n)
    low, high = counts[0], counts[-1]
    return Quantity((low + high) // 2, "count", low, high, n=n)


@derives("macro.premium.without_pay", "premie voor de onderneming, als zij geen vergoeding betaalt", "without_pay")
@derives("macro.premium.with_pay", "premie voor de onderneming, als zij een vergoeding betaalt", "with_pay")
def premium(paid: str) -> Quantity:
    """What an employer gets per pupil and school year since September 2023."""
    return public_figure(f"employer_premium_{paid}", "Flanders", "2023-2024", sex="")


# What a share of the series counts, and of what: area, period and indicator after "apprenticeship_".
ENDED_ABROAD = {
    "switzerland": ("CH", "started 2018", "ended_share"),
    "switzerland_back": ("CH", "started 2018", "back_share"),
    "switzerland_2017": ("CH", "started 2017", "ended_share"),
    "switzerland_2017_quit": ("CH", "started 2017", "quit_share"),
    "germany": ("DE", "2022", "ended_share"),
    "france": ("FR", "started 2022", "ended_share"),
    "france_not_back": ("FR", "started 2021", "not_back_share"),
}


@derives("macro.abroad.ended", "contract vroegtijdig beëindigd, wie in Zwitserland in 2018 begon", "switzerland")
@derives("macro.abroad.back", "daarna opnieuw aan een beroepsopleiding begonnen, Zwitserland", "switzerland_back")
def ended_abroad(which: str) -> Quantity:
    """A share of contracts or apprentices elsewhere, as its source gives it; each has a base of its own."""
    geo, period, indicator = ENDED_ABROAD[which]
    return public_figure(f"apprenticeship_{indicator}", geo, period)
