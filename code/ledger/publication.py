"""The ledger as published in claims.json and claims.csv, and the book's own numbers."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from ledger.claim import STATUS_LABELS as STATUS_LABELS
from ledger.claim import Claim
from ledger.ledger import Evaluated, evaluate_all
from leerwerk.tables import folder


def ledger() -> pd.DataFrame:
    """The ledger as published in claims.json and claims.csv: one row per claim.

    Returns
    -------
    pandas.DataFrame
        Columns id, level, slide, statement, published, recomputed (Dutch text), value and interval (numbers in `unit`),
        unit, basis, status, reason, computed_by, inputs (list of path and sha256), microdata.
    """
    return pd.DataFrame([_ledger_row(number, number.claim) for number in evaluate_all() if number.claim])


def own_numbers() -> pd.DataFrame:
    """The book's own numbers, one row each, with the columns of the ledger that apply."""
    rows = [_common_fields(number) | {"label": number.label} for number in evaluate_all() if not number.claim]
    return pd.DataFrame(rows)


def records(frame: pd.DataFrame) -> str:
    """A ledger frame as JSON: a list of objects, missing values as null."""
    return json.dumps(frame.astype(object).where(frame.notna(), None).to_dict("records"), ensure_ascii=False, indent=1)


def _ledger_row(number: Evaluated, claim: Claim) -> dict[str, Any]:
    fields = {name: getattr(claim, name) for name in ("level", "slide", "statement", "published", "basis")}
    columns = "id level slide statement published recomputed value interval unit basis status reason computed_by inputs"
    row = _common_fields(number) | fields | {"unit": claim.unit, "status": number.status, "reason": number.reason}
    return {name: row[name] for name in (*columns.split(), "microdata")}


def _common_fields(number: Evaluated) -> dict[str, Any]:
    quantity = number.quantity
    has_interval = quantity is not None and quantity.lower is not None
    return {
        "id": number.id,
        "recomputed": number.text,
        "value": quantity.value if quantity else None,
        "interval": [quantity.lower, quantity.upper] if quantity and has_interval else None,
        "unit": quantity.unit if quantity else None,
        "computed_by": number.computed_by,
        "inputs": [{"path": path, "sha256": folder.fingerprint(path)} for path in number.inputs],
        "microdata": number.microdata,
    }
