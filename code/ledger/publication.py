"""The ledger as published in claims.json and claims.csv, and the book's own numbers."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from ledger.claim import Claim, verdict
from ledger.evaluated import Evaluated
from ledger.ledger import Ledger
from ledger.quantity import Quantity
from ledger.tables.folder import Folder
from ledger.tables.formulas import as_text

COLUMNS = [
    *("id", "level", "slide", "statement", "published", "recomputed", "value", "interval", "unit", "basis", "status"),
    *("reason", "check", "computed_by", "inputs", "microdata", "rehearsal"),
]


def claims(ledger: Ledger) -> pd.DataFrame:
    """The ledger: one row per claim, as `ledger.schema` says of each.

    Returns
    -------
    pandas.DataFrame
        Columns id, level, slide, statement, published, recomputed (Dutch text), value and interval (numbers in `unit`),
        unit, basis, status, reason (its code and a sentence), check, computed_by, inputs (list of path and sha256), microdata,
        rehearsal (value, interval, inside, microdata).
    """
    rows = [_claim_row(number, number.claim, ledger.folder) for number in ledger.answered() if number.claim]
    return pd.DataFrame(rows)[COLUMNS]


def own_numbers(ledger: Ledger) -> pd.DataFrame:
    """The book's own numbers, one row each, with the columns of the ledger that apply."""
    own = [number for number in ledger.numbers() if not number.claim]
    return pd.DataFrame(_row(number, ledger.folder) | {"label": number.label} for number in own)


def as_json(frame: pd.DataFrame) -> str:
    """A frame as JSON: a list of objects, missing values as null."""
    return json.dumps(frame.astype(object).where(frame.notna(), None).to_dict("records"), ensure_ascii=False, indent=1)


def as_csv(frame: pd.DataFrame) -> str:
    """The claims as CSV: intervals as `lower..upper`, files as `path@sha256`, rehearsals as JSON."""
    flat = frame.assign(
        interval=frame["interval"].map(lambda ends: "" if ends is None else f"{ends[0]}..{ends[1]}"),
        inputs=frame["inputs"].map(lambda files: " ".join(f"{file['path']}@{file['sha256']}" for file in files)),
        rehearsal=frame["rehearsal"].map(lambda found: json.dumps(found) if found else ""),
    )
    return flat.map(as_text).to_csv(index=False, lineterminator="\n")


def _claim_row(number: Evaluated, claim: Claim, folder: Folder) -> dict[str, Any]:
    fields = {name: getattr(claim, name) for name in ("level", "slide", "statement", "published", "basis", "unit")}
    return (
        _row(number, folder)
        | fields
        | {
            "status": number.status,
            "reason": ": ".join(filter(None, (number.reason, number.explanation))),
            "check": number.check if number.status == "consistent" else None,
            "rehearsal": _rehearsed(claim, number.rehearsal) if number.rehearsal else None,
        }
    )


def _rehearsed(claim: Claim, found: Quantity) -> dict[str, Any]:
    inside = verdict(claim, found) == "reproduced"
    return {"value": found.value, "interval": _interval(found), "inside": inside, "microdata": "synthetic"}


def _row(number: Evaluated, folder: Folder) -> dict[str, Any]:
    quantity = number.quantity
    files = [path for path in number.inputs if folder.is_open(path)]
    return {
        "id": number.id,
        "recomputed": number.text,
        "value": quantity.value if quantity else None,
        "interval": _interval(quantity) if quantity else None,
        "unit": quantity.unit if quantity else None,
        "computed_by": str(number.source or ""),
        "inputs": [{"path": path, "sha256": folder.fingerprint(path)} for path in files],
        "microdata": number.microdata,
    }


def _interval(quantity: Quantity) -> list[float] | None:
    return None if quantity.lower is None or quantity.upper is None else [quantity.lower, quantity.upper]
