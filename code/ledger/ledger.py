"""The ledger: what was published beside what we recompute, with a status that is computed and never typed.

A function of a chapter module says with `@recomputes("id")` which claim it answers, and with `@derives("id", "label")`
that it yields a number of the book's own. Both are evaluated here, with the data files that they read on record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import Any, TypeVar

import pandas as pd

from ledger import dutch, granularity
from ledger.claim import STATUS_LABELS as STATUS_LABELS
from ledger.claim import Answer, Check, Claim, ClaimError, Status, status_of
from ledger.quantity import Quantity
from ledger.tables import folder as sources
from leerwerk.tables import folder, published
from leerwerk.tables.published import LEVELS

LEVEL_LABELS = dict(zip(LEVELS, ("Inleiding", "Micro", "Meso", "Macro", "Besluit"), strict=True))
A = TypeVar("A", bound=Answer)
F = TypeVar("F", bound=Callable)
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A number of the book with its origin; `claim` and `status` only where it answers a published claim."""

    id: str
    label: str
    answer: Answer | None
    text: str
    computed_by: str
    inputs: tuple[str, ...]
    claim: Claim | None = None
    status: Status | None = None
    reason: str = ""
    decimals: int | None = None

    @property
    def quantity(self) -> Quantity | None:
        """The recomputed number, if there is one."""
        return self.answer if isinstance(self.answer, Quantity) else None

    @property
    def microdata(self) -> str:
        """Which pupil records it was computed from: `none`, `synthetic` or `restricted`."""
        evidence = self.quantity.evidence if self.quantity else "published"
        return evidence if evidence in ("synthetic", "restricted") else "none"


@dataclass(frozen=True, slots=True)
class _Derivation:
    label: str
    function: Callable[[], Quantity]
    decimals: int | None


_answers: dict[str, Callable[[], Answer]] = {}
_derivations: dict[str, _Derivation] = {}
_results: dict[tuple, tuple] = {}


def recomputes(claim_id: str, /, *args: Any) -> Callable[[F], F]:
    """Register a function as the answer to one claim; stack it with arguments to answer several alike.

    Raises
    ------
    ClaimError
        If the claim already has a function.
    """

    def register(function: F) -> F:
        _add(_answers, claim_id, _bind(function, args))
        return function

    return register


def derives(number_id: str, label: str, /, *args: Any, decimals: int | None = None) -> Callable[[F], F]:
    """Register a function as the source of one of the book's own numbers.

    Parameters
    ----------
    number_id
        `level.subject.measure`, like a claim's.
    label
        What the number is, in Dutch, for the reader.
    decimals
        Decimals to print; see `dutch.text`.
    """

    def register(function: F) -> F:
        _add(_derivations, number_id, _Derivation(label, _bind(function, args), decimals))
        return function

    return register


def claim(claim_id: str) -> Claim:
    """One published claim.

    Raises
    ------
    ClaimError
        If the ledger has no such row.
    """
    rows = published.claims().set_index("id", drop=False)
    if claim_id not in rows.index:
        raise ClaimError(f"{claim_id} staat niet in data/published/claims.csv")
    cells = {str(name): cell for name, cell in rows.loc[claim_id].items()}
    return Claim(**cells | {"lower": float(cells["lower"]), "upper": float(cells["upper"])})


def evaluate(level: str) -> list[Evaluated]:
    """Every number of one chapter: its claims in ledger order, then the book's own.

    Raises
    ------
    ClaimError
        If a claim has neither a function nor a reason, or both, or a function has no claim.
    """
    import_module(f"leerwerk.{level}")
    rows = published.claims()
    claims = [claim(claim_id) for claim_id in rows.loc[rows["level"] == level, "id"]]
    _check_registry(level, claims)
    own = [_evaluate_derivation(number_id) for number_id in list(_derivations) if number_id.split(".")[0] == level]
    return [_evaluate_claim(row) for row in claims] + own


def statuses() -> pd.DataFrame:
    """The status of every claim: one row per claim, columns id, level, status."""
    for level in LEVELS:
        import_module(f"leerwerk.{level}")
    rows = [_evaluate_claim(claim(claim_id)) for claim_id in published.claims()["id"]]
    return pd.DataFrame({"id": row.id, "level": row.id.split(".")[0], "status": row.status} for row in rows)


def evaluate_all() -> list[Evaluated]:
    """Every number of the book, chapter by chapter."""
    return [number for level in LEVELS for number in evaluate(level)]


def shown(number: Evaluated) -> str:
    """The number as the prose prints it: recomputed from evidence, otherwise as published, with its unit.

    What synthetic records yield is no finding: the prose prints the published figure, and the synthetic one only where
    it is asked for and labelled.
    """
    if number.claim is None or (number.text and number.microdata != "synthetic"):
        return number.text
    claim = number.claim
    if claim.published.replace(" ", "").isdecimal():
        return dutch.amount(claim.middle, claim.unit)
    return claim.published


def _evaluate_claim(claim: Claim) -> Evaluated:
    function = _answers.get(claim.id)
    if function is None:
        return Evaluated(
            claim.id,
            claim.statement,
            None,
            "",
            "",
            (),
            claim,
            status_of(claim, None),
            claim.reason,
            _decimals(claim),
        )
    answer, inputs = _run(function)
    return Evaluated(
        claim.id,
        claim.statement,
        answer,
        dutch.text(answer, _decimals(claim)) if isinstance(answer, Quantity) else "",
        _name(function),
        inputs,
        claim,
        status_of(claim, answer),
        _explanation(answer),
        _decimals(claim),
    )


def _explanation(answer: Answer) -> str:
    if isinstance(answer, Check):
        return answer.finding
    if answer.evidence == "synthetic":
        return "Berekend uit nagemaakte gegevens: toont dat de berekening werkt, niet dat de bevinding klopt."
    return ""


def _evaluate_derivation(number_id: str) -> Evaluated:
    derivation = _derivations[number_id]
    quantity, inputs = _run(derivation.function)
    text = dutch.text(quantity, derivation.decimals)
    return Evaluated(
        number_id,
        derivation.label,
        quantity,
        text,
        _name(derivation.function),
        inputs,
        decimals=derivation.decimals,
    )


def _run(function: Callable[[], A]) -> tuple[A, tuple[str, ...]]:
    # Pages ask for the same numbers again and again; the data behind them do not change under a running process.
    key = (function, folder.DATA, folder.microdata_evidence())
    if key not in _results:
        with sources.recording() as paths:
            answer = function()
        _results[key] = answer, tuple(sorted(paths))
    sources.record(*_results[key][1])
    return _results[key]


def _check_registry(level: str, claims: Iterable[Claim]) -> None:
    known = {claim.id: claim for claim in claims}
    for claim in known.values():
        if bool(claim.reason) == (claim.id in _answers):
            raise ClaimError(f"{claim.id} heeft ofwel een functie (@recomputes) ofwel een reden (kolom reason) nodig")
    orphans = [name for name in _answers if name.split(".")[0] == level and name not in known]
    if orphans:
        raise ClaimError(f"{orphans[0]} wordt berekend, maar staat niet in data/published/claims.csv")


def _decimals(claim: Claim) -> int | None:
    # A recomputed figure is printed as precisely as the published one; wordings such as "bijna" get the default.
    try:
        return len(str(granularity.printed(claim.published).whole)) - len("100")
    except ValueError:
        return None


def _bind(function: Callable, args: tuple) -> Callable:
    return partial(function, *args) if args else function


def _name(function: Callable) -> str:
    inner = function.func if isinstance(function, partial) else function
    return f"{inner.__module__}:{inner.__qualname__}"


def _add(registry: dict[str, V], key: str, value: V) -> None:
    if key in registry:
        raise ClaimError(f"{key} wordt tweemaal berekend")
    registry[key] = value
