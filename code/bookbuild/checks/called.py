"""Whether what a cell names and calls exists and can be called so, without calling it."""

from __future__ import annotations

import ast
import builtins
import inspect
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

_LOST = object()


class CallError(Exception):
    """A cell names or calls what does not exist."""


def check(tree: ast.Module, names: Mapping[str, Any]) -> None:
    """Follow each name of a cell as far as imported objects go.

    Parameters
    ----------
    names
        What the cells so far imported. Other names that a cell gives a value are not followed.

    Raises
    ------
    CallError
        With the nearest name.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            _attribute(node, names)
        elif isinstance(node, ast.Call):
            _call(node, names)


def _attribute(node: ast.Attribute, names: Mapping[str, Any]) -> None:
    owner = _found(node.value, names)
    if owner is not _LOST and not hasattr(owner, node.attr):
        raise CallError(f"{ast.unparse(node.value)} heeft geen `{node.attr}`{_near(node.attr, dir(owner))}")


def _call(node: ast.Call, names: Mapping[str, Any]) -> None:
    called = _found(node.func, names)
    is_open = any(isinstance(each, ast.Starred) for each in node.args) or any(
        each.arg is None for each in node.keywords
    )
    if called is _LOST or is_open:
        return
    try:
        signature = inspect.signature(called)
    except (TypeError, ValueError):  # nobody knows how it is called
        return
    try:
        signature.bind(*node.args, **{str(each.arg): each.value for each in node.keywords})
    except TypeError as problem:
        name = ast.unparse(node.func)
        raise CallError(f"{name} wordt aangeroepen als {name}{signature} ({problem})") from None


def _found(node: ast.expr, names: Mapping[str, Any]) -> Any:
    if isinstance(node, ast.Name):
        return names.get(node.id, getattr(builtins, node.id, _LOST))
    if isinstance(node, ast.Attribute) and (owner := _found(node.value, names)) is not _LOST:
        return getattr(owner, node.attr, _LOST)
    return _LOST


def _near(name: str, known: Iterable[str]) -> str:
    near = get_close_matches(name, [each for each in known if not each.startswith("_")], n=1)
    return f"; het lijkt op `{near[0]}`" if near else ""
