"""What the basis of a claim asks for: a function that answers it, a reason why none does, or both; and where that lacks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches

from ledger.claim import Claim

REMEDY = "Geef de uitspraak en haar functie hetzelfde id; wat elke basis vraagt, staat in data/published/README.md."


def mismatches(claims: Iterable[Claim], answers: Collection[str]) -> Iterator[tuple[str, str]]:
    """The ids for which claims and functions do not agree, each with what is wrong.

    Functions without a claim come first: a claim that was renamed leaves one, and then also lacks its own.

    Parameters
    ----------
    answers
        The ids that functions answer.
    """
    known = {claim.id: claim for claim in claims}
    for name in answers:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            yield name, "wordt berekend, maar staat niet in claims.csv" + (f"; lijkt op {near[0]}" if near else "")
    found = ((claim.id, lacking(claim, claim.id in answers)) for claim in known.values())
    yield from ((name, complaint) for name, complaint in found if complaint)


def lacking(claim: Claim, has_function: bool) -> str:
    """What is wrong with the grounds of a claim: a figure is only held against a base that its own source names."""
    if claim.basis == "microdata":
        return (
            "" if has_function and claim.reason else "heeft een functie (@recomputes) en een reden (kolom reason) nodig"
        )
    if claim.basis in ("design", "qualitative"):
        return "" if claim.reason and not has_function else "heeft een reden (kolom reason) nodig, en geen functie"
    if bool(claim.reason) == has_function:
        return "heeft ofwel een functie (@recomputes) ofwel een reden (kolom reason) nodig"
    return "" if claim.base or not has_function else "wordt berekend zonder basis die de bron zelf noemt (kolom base)"
