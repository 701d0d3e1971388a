"""The ledger as published in claims.json and claims.csv, and the book's own numbers."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pandas as pd

from ledger.claim import Claim
from ledger.evaluated import Evaluated
from ledger.ledger import Ledger

COLUMNS = "id level slide statement published recomputed value interval unit basis status reason computed_by inputs"


def claims(ledger: Ledger) -> pd.DataFrame:
    """The ledger: one row per claim.

    Returns
    -------
    pandas.DataFrame
        Columns id, level, slide, statement, published, recomputed (Dutch text), value and interval (numbers in `unit`),
        unit, basis, status, reason, computed_by, inputs (list of path and sha256), microdata.
    """
    fingerprint = ledger.folder.fingerprint
    rows = [_claim_row(number, number.claim, fingerprint) for number in ledger.numbers() if number.claim]
    return pd.DataFrame(rows)[[*COLUMNS.split(), "microdata"]]


def own_numbers(ledger: Ledger) -> pd.DataFrame:
    """The book's own numbers, one row each, with the columns of the ledger that apply."""
    own = [number for number in ledger.numbers() if not number.claim]
    return pd.DataFrame(_row(number, ledger.folder.fingerprint) | {"label": number.label} for number in own)


def as_json(frame: pd.DataFrame) -> str:
    """A frame as JSON: a list of objects, missing values as null."""
    return json.dumps(frame.astype(object).where(frame.notna(), None).to_dict("records"), ensure_ascii=False, indent=1)


def as_csv(frame: pd.DataFrame) -> str:
    """The claims as CSV: intervals as `lower..upper`, files as `path@sha256`."""
    flat = frame.assign(
        interval=frame["interval"].map(lambda ends: "" if ends is None else f"{ends[0]}..{ends[1]}"),
        inputs=frame["inputs"].map(lambda files: " ".join(f"{file['path']}@{file['sha256']}" for file in files)),
    )
    return flat.to_csv(index=False, lineterminator="\n")


def _claim_row(number: Evaluated, claim: Claim, fingerprint: Callable[[str], str]) -> dict[str, Any]:
    fields = {name: getattr(claim, name) for name in ("level", "slide", "statement", "published", "basis", "unit")}
    return _row(number, fingerprint) | fields | {"status": number.status, "reason": number.reason}


def _row(number: Evaluated, fingerprint: Callable[[str], str]) -> dict[str, Any]:
    quantity = number.quantity
    has_interval = quantity is not None and quantity.lower is not None
    return {
        "id": number.id,
        "recomputed": number.text,
        "value": quantity.value if quantity else None,
        "interval": [quantity.lower, quantity.upper] if quantity and has_interval else None,
        "unit": quantity.unit if quantity else None,
        "computed_by": str(number.source or ""),
        "inputs": [{"path": path, "sha256": fingerprint(path)} for path in number.inputs],
        "microdata": number.microdata,
    }
