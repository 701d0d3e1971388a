"""Real records for a test: the results step run on a folder, in this process."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

import pytest
from tests import holder

from leerwerk.micro.pupils import release
from leerwerk.tables import folder, published


def give(records: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the study have what is released of the records in a folder; gives the room of the step."""
    holder.write_about(records)
    room = records.with_name(f"{records.name}-room")
    (room / "closed").mkdir(parents=True)
    monkeypatch.setenv(folder.MICRODATA, str(records))
    release.main([str(room)])
    monkeypatch.delenv(folder.MICRODATA)
    monkeypatch.setenv(folder.RELEASED, str(room / "released.json"))
    return room


# What `released.json` holds of an answer. A size is a difference (-1..1) with the ends of its interval.
WITHHELD, NO_ESTIMATE = {"withheld": "Te weinig."}, {"unsettled": "Niet te schatten."}


def sign(value: float | None) -> dict[str, Any]:
    """A direction; None where the interval decides neither way."""
    lower, upper = (-1.0, 1.0) if value is None else (value, value)
    return {"value": value or 0.0, "unit": "direction", "lower": lower, "upper": upper, "rounded": None}


def number(unit: str, value: float, lower: float, upper: float) -> dict[str, Any]:
    """A number with its interval."""
    return {"value": value, "unit": unit, "lower": lower, "upper": upper, "rounded": [value, value]}


def say(
    folder_of_test: Path,
    monkeypatch: pytest.MonkeyPatch,
    answers: Mapping[str, dict[str, Any]],
    sizes: Mapping[str, tuple[float, float, float]] | None = None,
    *,
    start_months: bool = False,
    cautious: Collection[str] = (),
) -> None:
    """Let the study have these answers, as if a results step had released them; every other is withheld."""
    rows = published.claims().query("basis == 'microdata'")["id"]
    about = {
        "holder": "Departement Voorbeeld",
        "period": "2014 tot 2018",
        "extracted": "2026-11-24",
        "coverage": "Enkelen.",
    }
    given = {
        name: {
            "answer": answers.get(name, WITHHELD),
            "size": number("points", *sizes[name]) if sizes and name in sizes else None,
            "cautious": name in cautious,
        }
        for name in rows
    }
    path = folder_of_test / "released.json"
    path.write_text(json.dumps({"records": about, "start_months": start_months, "answers": given}), encoding="utf-8")
    monkeypatch.setenv(folder.RELEASED, str(path))
