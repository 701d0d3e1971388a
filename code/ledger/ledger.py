"""The ledger: what was published beside what we recompute, with a status that is computed and never typed.

A function of a chapter's room says with `@recomputes("id")` which claim it answers, and with `@derives("id", "label")`
that it yields a number of the book's own. Both are evaluated here, with the files that they read on record.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial, wraps
from html import escape
from typing import Any, TypeVar

import pandas as pd

from ledger import dutch, granularity, grounds
from ledger.claim import Answer, Check, Claim, ClaimError, Status, Unsettled, Withheld, status_of
from ledger.evaluated import Evaluated, Source
from ledger.memory import Memory, load
from ledger.quantity import Quantity, Released
from ledger.recording import recording
from ledger.tables import formulas
from ledger.tables.folder import Folder
from ledger.tables.reading import Problem, lines
from ledger.tables.rules import Table

# What a status says of a recomputed number, beyond its card.
EXPLANATIONS: Mapping[Status, str] = {
    "differs": "Onze berekening valt buiten wat gepubliceerd is.",
    "unsettled": "Onze berekening sluit het gepubliceerde niet uit, en iets anders evenmin.",
}
# Restricted records may be others than those behind what was published.
OTHERS = " De gegevens kunnen over anderen of over een andere periode gaan."

F = TypeVar("F", bound=Callable)
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class _Derivation:
    label: str
    function: Callable[[], Quantity]
    decimals: int | None


class Ledger:
    """Which function answers which claim, evaluated.

    Parameters
    ----------
    package
        The study's package: the functions of a chapter stand in `package.chapter.numbers`.
    chapters
        The label of each chapter, in the book's order.
    folder
        Where the data lie.
    claims
        Reads the published claims, one row each; see `ledger.tables.claims.rules`.
    place
        Says of a slide's title, as HTML, that a claim stands there.
    """

    def __init__(
        self,
        package: str,
        chapters: Mapping[str, str],
        folder: Folder,
        claims: Callable[[], pd.DataFrame],
        place: Callable[[str], str] = escape,
    ) -> None:
        self.package, self.chapters, self.folder = package, chapters, folder
        self._claims, self._place = claims, place
        self._answers: dict[str, Callable[[], Answer]] = {}
        self._derivations: dict[str, _Derivation] = {}
        self._known: dict[Hashable, dict[str, Claim]] = {}
        self._memory = Memory()

    def recomputes(self, claim_id: str, /, *args: Any) -> Callable[[F], F]:
        """Register a function as the answer to one claim; stack it with arguments to answer several alike.

        Raises
        ------
        ClaimError
            If the claim already has a function.
        """

        def register(function: F) -> F:
            _add(self._answers, claim_id, _bind(function, args))
            return function

        return register

    def derives(self, number_id: str, label: str, /, *args: Any, decimals: int | None = None) -> Callable[[F], F]:
        """Register a function as the source of one of the book's own numbers.

        Parameters
        ----------
        number_id
            `chapter.subject.measure`, like a claim's.
        label
            What the number is, in Dutch, for the reader.
        decimals
            Decimals to print; see `dutch.text`.

        Raises
        ------
        ClaimError
            If the number already has a function.
        """

        def register(function: F) -> F:
            _add(self._derivations, number_id, _Derivation(label, _bind(function, args), decimals))
            return function

        return register

    def remember(self, function: F) -> F:
        """Work a function out once per arguments, however many numbers and figures ask for it.

        What it reads and warns of is repeated each time. Arguments are plain values; nobody changes the answer.
        """
        key = f"{function.__module__}:{function.__qualname__}"

        @wraps(function)
        def remembered(*args: Hashable) -> Any:
            return self._recall(f"{key}{args!r}", partial(function, *args))

        return remembered  # type: ignore[return-value]

    def functions(self) -> dict[str, Callable[[], Answer]]:
        """What works each number out, by its id; a claim that nothing answers is not among them."""
        self._load(*self.chapters)
        return self._answers | {name: each.function for name, each in self._derivations.items()}

    def claim(self, claim_id: str) -> Claim:
        """One published claim.

        Raises
        ------
        ClaimError
            If there is no such row.
        """
        found = self._published().get(claim_id)
        if found is None:
            raise ClaimError(f"{claim_id} staat niet in claims.csv")
        return found

    def numbers(self, *names: str) -> list[Evaluated]:
        """Numbers of the book: those of a chapter (`macro`: its claims in ledger order, then the book's own), or one by its id.

        Without names every number, chapter by chapter.

        Raises
        ------
        ClaimError
            If a claim lacks the function, reason or base that its own basis asks for, if a function has no claim, or a name
            is unknown.
        """
        return self._all(self.ids(*names))

    def ids(self, *names: str) -> list[str]:
        """The ids of the same numbers; nothing is worked out."""
        return [number_id for name in names or self.chapters for number_id in self._ids(name)]

    def answered(self, *chapters: str) -> list[Evaluated]:
        """Every claim of some chapters, or of all, with what answers it."""
        return self._all([claim_id for name in chapters or self.chapters for claim_id in self._claim_ids(name)])

    def _all(self, ids: list[str]) -> list[Evaluated]:
        for number_id in ids:
            if not self._memory.is_busy(self._key(number_id)):  # another process will have it by the time we need it
                self._evaluated(number_id)
        return [self._evaluated(number_id) for number_id in ids]

    def statuses(self) -> pd.DataFrame:
        """The status of every claim: one row per claim, columns id, level, status, reason and check (see `Evaluated`)."""
        columns = ("id", "chapter", "status", "reason", "check")
        found = pd.DataFrame([[getattr(row, name) for name in columns] for row in self.answered()], columns=columns)
        return found.rename(columns={"chapter": "level"})

    def _ids(self, name: str) -> list[str]:
        chapter = name.partition(".")[0]
        if chapter not in self.chapters:
            raise ClaimError(
                f"{chapter} is geen hoofdstuk: kies uit {dutch.enumerate_words(list(self.chapters), 'of')}"
            )
        known = self._claim_ids(chapter) + [each for each in self._derivations if each.partition(".")[0] == chapter]
        if name == chapter:
            return known
        if name not in known:
            raise ClaimError(f"{name} is geen getal van dit boek")
        return [name]

    def problems(self, tables: Mapping[str, Table]) -> list[Problem]:
        """What breaks a rule in the tables (rules by path); in sound ones, every cell that a spreadsheet would compute, every
        function without a claim, then every claim without the grounds that it needs."""
        return self.folder.problems(tables) or self._formulas(tables) or self._mismatches()

    def _formulas(self, tables: Iterable[str]) -> list[Problem]:
        found = (formulas.problems(self.folder.text(name), self.folder.shown(name)) for name in tables)
        return [problem for each in found for problem in each]

    def _mismatches(self) -> list[Problem]:
        _, inputs = _run(self._claims)
        starts = lines(self.folder.where(inputs[0]).read_text(encoding="utf-8"), inputs[0])
        claims = list(self._published().values())
        self._load(*self.chapters)
        places = {claim.id: (inputs[0], line) for claim, line in zip(claims, starts, strict=True)}
        sources = {name: _source(function) for name, function in self._answers.items()}
        places = {name: (source.path, source.line) for name, source in sources.items()} | places
        return [
            Problem(places[name][0], complaint, grounds.REMEDY, places[name][1], "id", name)
            for name, complaint in grounds.mismatches(claims, self._answers)
        ]

    def _load(self, *chapters: str) -> None:
        """Let the functions of some chapters make themselves known."""
        for chapter in chapters:
            load(f"{self.package}.{chapter}.numbers")

    def _claim_ids(self, chapter: str) -> list[str]:
        """The claims of a chapter whose functions are loaded, and which agree with them."""
        self._load(chapter)
        claims = [claim for claim in self._published().values() if claim.level == chapter]
        answers = [name for name in self._answers if name.partition(".")[0] == chapter]
        for name, complaint in grounds.mismatches(claims, answers):
            raise ClaimError(f"{name} {complaint}")
        return [claim.id for claim in claims]

    def _published(self) -> dict[str, Claim]:
        rows, state = self._claims(), self.folder.state()  # read on record, also when the rows are known
        if state not in self._known:
            self._known[state] = {str(row["id"]): Claim(**row) for row in rows.to_dict("records")}
        return self._known[state]

    def _evaluated(self, number_id: str) -> Evaluated:
        return self._recall(number_id, partial(self._evaluate, number_id))

    def _evaluate(self, number_id: str) -> Evaluated:
        derivation = self._derivations.get(number_id)
        if derivation is not None:
            return self._own(number_id, derivation)
        claim, function = self.claim(number_id), self._answers.get(number_id)
        found, inputs = _run(function) if function else (None, ())
        rehearsal = found if isinstance(found, Quantity) and found.evidence == "synthetic" else None
        answer = None if rehearsal else found
        decimals = _decimals(claim, answer)
        status = status_of(claim, answer)
        return Evaluated(
            id=claim.id,
            label=claim.statement,
            answer=answer,
            text=dutch.text(answer, decimals) if isinstance(answer, Quantity) else "",
            source=_source(function) if function else None,
            inputs=inputs,
            claim=claim,
            status=status,
            rehearsal=rehearsal,
            reason="" if answer else claim.reason,
            explanation=_explanation(claim, status, answer) if answer else claim.explanation,
            decimals=decimals,
            place=self._place(claim.slide),
        )

    def _own(self, number_id: str, derivation: _Derivation) -> Evaluated:
        answer, inputs = _run(derivation.function)
        text, source = dutch.text(answer, derivation.decimals), _source(derivation.function)
        return Evaluated(number_id, derivation.label, answer, text, source, inputs, decimals=derivation.decimals)

    def _key(self, what: str) -> str:
        return f"{what} {self.folder.state()!r}"

    def _recall(self, what: str, work: Callable[[], Any]) -> Any:
        found = self._memory.recall(self._key(what), work)
        found.repeat(self.folder)
        return found.answer


def _run(function: Callable[[], V]) -> tuple[V, tuple[str, ...]]:
    with recording() as inputs:
        answer = function()
    if isinstance(answer, Quantity) and answer.evidence == "unreleased":
        raise ClaimError(f"{function!r} gives a number that disclosure control has not seen")
    return answer, tuple(sorted(inputs))


def _explanation(claim: Claim, status: Status, answer: Answer) -> str:
    quoted = f"De bron noemt zelf de basis: “{claim.base}”. " if status == "differs" and claim.base else ""
    if isinstance(answer, Check | Withheld | Unsettled):
        return quoted + answer.finding
    others = OTHERS if status == "differs" and isinstance(answer, Released) else ""
    return quoted + EXPLANATIONS.get(status, "") + others


def _decimals(claim: Claim, answer: Answer | None) -> int | None:
    # A recomputed figure is printed as precisely as the published one; wordings such as "bijna" get the default.
    try:
        published = len(str(granularity.printed(claim.published).whole)) - len("100")
    except ValueError:
        return None
    return min(published, dutch.released_decimals(answer)) if isinstance(answer, Released) else published


def _bind(function: Callable, args: tuple) -> Callable:
    return partial(function, *args) if args else function


def _source(function: Callable) -> Source:
    named = function.func if isinstance(function, partial) else function
    return Source(named.__module__, named.__qualname__, inspect.unwrap(named).__code__.co_firstlineno)


def _add(registry: dict[str, V], key: str, value: V) -> None:
    if key in registry:
        raise ClaimError(f"{key} wordt tweemaal berekend")
    registry[key] = value
