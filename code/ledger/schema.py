"""What an object of claims.json is, as a JSON Schema, and what its fields say of each other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, get_args

from ledger.claim import Status
from ledger.tables.claims import BASES, REASONS, UNITS

NUMBER, TEXT, FILLED, NULL = (
    {"type": "number"},
    {"type": "string"},
    {"type": "string", "minLength": 1},
    {"type": "null"},
)
INTERVAL = {"type": ["array", "null"], "items": NUMBER, "minItems": 2, "maxItems": 2}
DIGEST = {"type": "string", "pattern": "^[0-9a-f]{64}$"}


def schema(chapters: Iterable[str]) -> dict[str, Any]:
    """The schema (draft 2020-12) of claims.json in a book with these chapters."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Published statements beside what was recomputed, one object each",
        "type": "array",
        "items": _object(
            {
                "id": {"type": "string", "pattern": r"^[a-z]+(\.[a-z][a-z0-9_]*){2}$"},
                "level": {"enum": list(chapters)},
                **dict.fromkeys(("slide", "statement", "published"), FILLED),
                "recomputed": TEXT,
                "value": {"type": ["number", "null"]},
                "interval": INTERVAL,
                "unit": {"enum": list(UNITS)},
                "basis": {"enum": list(BASES)},
                "status": {"enum": list(get_args(Status))},
                "reason": TEXT,
                "check": {"type": ["string", "null"], "minLength": 1},
                "computed_by": {"type": "string", "pattern": r"^([\w.]+:[\w.]+)?$"},
                "inputs": {"type": "array", "items": _object({"path": FILLED, "sha256": DIGEST})},
                "microdata": {"enum": ["none", "restricted"]},
                "rehearsal": {"anyOf": [NULL, _rehearsal()]},
            }
        )
        | {"allOf": _rules()},
    }


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _rehearsal() -> dict[str, Any]:
    inside = {"value": NUMBER, "interval": INTERVAL, "inside": {"type": "boolean"}, "microdata": {"const": "synthetic"}}
    return _object(inside)


def _rules() -> list[dict[str, Any]]:
    """What a status, a basis or real records ask of the other fields."""
    coded = {"reason": {"pattern": f"^({'|'.join(REASONS)}): ."}}
    nothing = {"recomputed": {"const": ""}, "value": NULL, "interval": NULL}
    return [
        _if({"status": "taken over"}, coded | nothing | {"microdata": {"const": "none"}}),
        _if({"status": "given"}, coded | nothing | {"basis": {"const": "design"}}),
        _if({"status": "reproduced"}, {"value": NUMBER, "recomputed": FILLED}),
        _if({"status": "consistent"}, {"check": FILLED} | nothing, {"check": NULL}),
        _if({"status": "differs", "microdata": "none"}, {"reason": {"pattern": "“.+”"}}),
        _if({"status": "unsettled"}, {"reason": FILLED}),
        _if({"status": "withheld"}, nothing | {"reason": FILLED}),
        _if({"basis": "design"}, {"status": {"const": "given"}}),
        _if({"basis": "qualitative"}, {"status": {"const": "taken over"}, "rehearsal": NULL}),
        _if({"basis": "microdata", "status": "taken over"}, {"rehearsal": _rehearsal()}, {"rehearsal": NULL}),
    ]


def _if(fields: dict[str, str], then: dict[str, Any], otherwise: dict[str, Any] | None = None) -> dict[str, Any]:
    found = {
        "if": {"properties": {name: {"const": value} for name, value in fields.items()}},
        "then": {"properties": then},
    }
    return found | ({"else": {"properties": otherwise}} if otherwise else {})
