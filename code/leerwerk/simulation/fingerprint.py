"""A fingerprint of code and assumptions that layout, comments and docstrings do not change."""

from __future__ import annotations

import ast
import hashlib
import inspect
import json
from collections.abc import Iterable, Sequence
from types import ModuleType
from typing import Any

from ledger.claim import Claim
from leerwerk.cohort.assumptions import Assumptions

SHOWN = 16


def digest(modules: Iterable[ModuleType], assumed: Assumptions, extra: Sequence[Any] = ()) -> str:
    """Sixteen hexadecimal digits that change when a module's code or an assumption's value does.

    Parameters
    ----------
    extra
        Anything else, made of plain values, that the result depends on.
    """
    content = [shape(ast.parse(inspect.getsource(module))) for module in modules]
    values = {name: essence(entry.value) for name, entry in sorted(assumed.entries.items())}
    text = json.dumps([content, values, list(extra)], sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:SHOWN]


def essence(value: Any) -> Any:
    """A value without words: of a published claim only what it allows, so that an edited sentence changes nothing."""
    if isinstance(value, Claim):
        return [value.id, value.lower, value.upper, value.unit]
    if isinstance(value, dict):
        return {name: essence(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [essence(part) for part in value]
    return value


def shape(node: Any) -> Any:
    """A syntax tree as nested lists, without docstrings; the same in every version of Python that can read the code.

    `ast.dump` is not: later versions print fields that earlier ones lack.
    """
    if isinstance(node, list):
        return [shape(part) for part in node if not _is_docstring(part)]
    if not isinstance(node, ast.AST):
        return repr(node)
    fields = [(name, content) for name, content in ast.iter_fields(node) if content not in (None, [])]
    return [type(node).__name__, *([name, shape(content)] for name, content in fields)]


def _is_docstring(node: Any) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)
