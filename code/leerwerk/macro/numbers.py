"""Macro: the decree's evaluation. What was asked of whom, and do the printed percentages fit the samples?"""

from __future__ import annotations

import pandas as pd

from ledger import dutch, granularity
from ledger.claim import Check
from ledger.quantity import Quantity
from leerwerk.study import claim, derives, recomputes
from leerwerk.tables import published

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


@recomputes("macro.recognition.approved_share", APPROVED)
@recomputes("macro.guidance.heavy_task", "macro.guidance.heavy_task")
@recomputes("macro.ending.experience", "macro.ending.experience")
@recomputes("macro.ending.smooth", "macro.ending.smooth")
def fits_named_sample(claim_id: str) -> Check:
    """Can the percentage come from a group that we read from its slide, if everyone in it answered?"""
    figure, groups = claim(claim_id).published, offered_groups(claim_id)
    named = groups[groups["named"]]
    fitting, others = named[named["counts"] > 0], groups[~groups["named"] & (groups["counts"] > 0)]
    if named.empty:
        return Check(True, "De slide geeft geen grootte van de groep waarover dit percentage gaat.", could_fail=False)
    if (named["attainable"] == 1).any():
        finding = f"Bij {_described(named)} past elk percentage met zo veel cijfers wel bij een aantal"
        return Check(True, f"{finding}: de toets kan niet falen.", could_fail=False)
    if len(fitting):
        finding = f"{figure} kan komen van {_described(fitting)}, een groep die wij uit de slide opmaken."
        return Check(
            True,
            f"{finding} Van alle percentages met zo veel cijfers past {dutch.text(chance_to_fit(claim_id), 0)} bij zo'n groep.",
        )
    elsewhere = f" Wel bij {_described(others)}." if len(others) else ""
    return Check(
        False,
        f"Geen enkel aantal op {_described(named, 'of')} wordt afgerond {figure}, als iedereen antwoordde.{elsewhere}",
    )


@recomputes("macro.guidance.problems")
def wording_too_wide() -> Check:
    """A fraction in words fits every sample of some size."""
    finding = f"'{claim('macro.guidance.problems').published}' is zo ruim dat het bij elke steekproef past: de toets kan niet falen."
    return Check(True, finding, could_fail=False)


@recomputes("macro.contracts.oao")
@recomputes("macro.contracts.da_sm")
@recomputes("macro.contracts.sao")
@recomputes("macro.contracts.da")
def shares_add_up() -> Check:
    """Can the four shares, each rounded, be the parts of one whole?"""
    total = dutch.text(contract_sum(), 2)
    passed = granularity.shares_can_add_up(_contract_figures())
    verdict = "dat kan door afronding alleen" if passed else "meer dan afronding kan verklaren"
    return Check(passed, f"De vier aandelen tellen op tot {total}: {verdict}.")


def _contract_figures() -> list[str]:
    return [claim(claim_id).published for claim_id in CONTRACTS]


def _described(groups: pd.DataFrame, conjunction: str = "en") -> str:
    return dutch.enumerate_words([f"{dutch.number(row.n)} {row.group}" for row in groups.itertuples()], conjunction)


def _chance(figure: str, groups: pd.DataFrame) -> float:
    return granularity.attainable_share(figure, *map(int, groups["n"]))


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


def chance_to_fit(claim_id: str) -> Quantity:
    """The chance that an arbitrary percentage fits one of the groups that the slide names."""
    groups = offered_groups(claim_id)
    return Quantity(_chance(claim(claim_id).published, groups[groups["named"]]), "share")
