"""What was released of restricted pupil records: written once by the results step, read by every page.

The file holds no count, no cell and nothing of the records but what disclosure control let out.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from ledger.claim import Unsettled, Withheld
from ledger.quantity import Released
from leerwerk.micro.pupils.disclosure import Decision
from leerwerk.tables.folder import DATA, MICRODATA, RELEASED, released_file
from leerwerk.tables.holder import About

WITHOUT_NUMBER: dict[str, type[Withheld | Unsettled]] = {"withheld": Withheld, "unsettled": Unsettled}
NUMBER = ("value", "unit", "lower", "upper", "rounded")


class ReleasedError(Exception):
    """The file with released results cannot be read."""


@dataclass(frozen=True, slots=True)
class _Released:
    about: About
    start_months: bool
    answers: Mapping[str, Released | Withheld | Unsettled]
    sizes: Mapping[str, Any]
    cautious: frozenset[str]


def is_given() -> bool:
    """Whether results of real records are given, so that nothing is computed from synthetic ones in their place."""
    return released_file() is not None


def answer(claim_id: str) -> Released | Withheld | Unsettled:
    """The released answer to a claim."""
    return _read().answers[claim_id]


def size(claim_id: str) -> Released | None:
    """The effect behind a claim's direction, in points; None where it is withheld, or cannot be estimated."""
    found: Released | None = _read().sizes[claim_id]
    return found


def is_cautious(claim_id: str) -> bool:
    """Whether the estimators warned that an answer leans on few pupils who are alike, or on few centres."""
    return claim_id in _read().cautious


def about() -> About:
    """Whose records they are."""
    return _read().about


def start_months() -> bool:
    """Whether the records say in which month each programme began."""
    return _read().start_months


def refuse_records() -> None:
    """Refuse to work with real records that no results step has seen, or synthetic ones would be taken for them.

    Raises
    ------
    ReleasedError
        Where the environment names records, and nothing that was released of them.
    """
    if os.environ.get(MICRODATA):
        raise ReleasedError(
            f"{MICRODATA} is gezet, en alleen make book rekent met leerlingengegevens\n"
            f"  herstel: unset {MICRODATA}, of {MICRODATA}=<map> make book"
        )


def as_json(about: About, decisions: Mapping[str, Decision], *, start_months: bool) -> str:
    """Whose records and which decisions, as the file holds them: no rule, since that names cells."""
    answers = {
        name: {
            "answer": _fields(each.answer),
            "size": _fields(each.size) if each.size else None,
            "cautious": each.cautious,
        }
        for name, each in decisions.items()
    }
    found = {"records": asdict(about), "start_months": start_months, "answers": answers}
    return json.dumps(found, ensure_ascii=False, indent=1, default=str) + "\n"


def _fields(answer: Released | Withheld | Unsettled) -> dict[str, Any]:
    if isinstance(answer, Released):
        return {name: getattr(answer, name) for name in NUMBER}
    (word,) = (word for word, kind in WITHOUT_NUMBER.items() if isinstance(answer, kind))
    return {word: answer.finding}


def _read() -> _Released:
    path = released_file()
    if path is None:
        raise ReleasedError(f"{RELEASED} is niet gezet")
    DATA.note_released()
    return _parsed(path, path.stat().st_mtime_ns)


@cache
def _parsed(path: Path, time: int) -> _Released:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        records, answers = found["records"], found["answers"]
        return _Released(
            About(**records | {"extracted": date.fromisoformat(records["extracted"])}),
            bool(found["start_months"]),
            {name: _answer(each["answer"]) for name, each in answers.items()},
            {name: _answer(each["size"]) if each["size"] else None for name, each in answers.items()},
            frozenset(name for name, each in answers.items() if each["cautious"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise ReleasedError(
            f"{RELEASED}: dit bestand is niet wat de resultatenstap schreef ({type(problem).__name__})\n"
            "  herstel: Bouw opnieuw, met LEERWERK_MICRODATA=<map> make book."
        ) from None


def _answer(fields: Mapping[str, Any]) -> Released | Withheld | Unsettled:
    for word, kind in WITHOUT_NUMBER.items():
        if word in fields:
            return kind(fields[word])
    left = fields["rounded"]
    return Released(
        fields["value"],
        fields["unit"],
        fields["lower"],
        fields["upper"],
        None,
        "restricted",
        tuple(left) if left else None,
    )
