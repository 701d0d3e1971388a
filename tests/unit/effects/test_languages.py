"""What the estimators say: in English to scripts, in Dutch on the book's pages, with the same facts in both."""

from __future__ import annotations

import ast
import pickle
import string
from pathlib import Path

import pandas as pd
import pytest

from leerwerk.effects import average_effect, errors, messages
from leerwerk.effects.messages import MESSAGES, Text

# As they are in git: what `make mutants` imports is broken on purpose.
SOURCES = sorted((Path(__file__).parents[3] / "code" / "leerwerk" / "effects").glob("*.py"))


def facts(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name}


@pytest.mark.parametrize("name", MESSAGES)
def test_both_languages_state_the_same_facts(name: str) -> None:
    english, dutch = MESSAGES[name]
    assert facts(english) == facts(dutch)
    assert english != dutch or not english
    assert english.endswith(".") == dutch.endswith(".") or name == "uncomputable"


def said() -> list[tuple[str, int, str, set[str]]]:
    """Every message that the code asks for: file, line, name, and the facts that it gives."""
    found = []
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if node.func.id != "Text" and not node.func.id.endswith(("Error", "Warning")):
                continue
            given = {keyword.arg or "" for keyword in node.keywords}
            found += [(path.name, node.lineno, name, given) for name in names(node.args[0] if node.args else None)]
    return found


def names(argument: ast.expr | None) -> list[str]:
    """The message's name, or both of `"one" if so else "other"`."""
    if isinstance(argument, ast.IfExp):
        return names(argument.body) + names(argument.orelse)
    return [argument.value] if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else []


def test_every_message_is_known_and_gets_its_facts() -> None:
    wrong = [
        each
        for each in said()
        if each[2] not in MESSAGES or (facts(MESSAGES[each[2]][0]) - each[3] and "" not in each[3])
    ]
    assert wrong == []


def test_no_message_is_left_over() -> None:
    assert set(MESSAGES) - {name for _, _, name, _ in said()} == set()


def test_scripts_hear_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(messages.LANGUAGE)
    with pytest.raises(errors.MissingColumnError, match="Column 'arm' is not there: change the formula"):
        average_effect(pd.DataFrame({"y": [0, 1]}), outcome="y ~ 1", treatment="arm ~ 1", method="difference")
    frame = pd.DataFrame({"y": [0, 1, 2, 4], "arm": [0, 1, 0, 1]})
    with pytest.warns(errors.FewRowsWarning, match="only if outcomes are about normal") as caught:
        average_effect(frame, outcome="y ~ 1", treatment="arm ~ 1", method="difference", outcome_family="linear")
    assert str(caught[0].message) == "Group 0 has only 2 rows: the interval holds only if outcomes are about normal."


@pytest.mark.parametrize(
    ("language", "said"), [("nl", "groep 3"), ("nl-BE", "groep 3"), ("fr", "group 3"), ("en", "group 3")]
)
def test_the_language_is_that_of_the_page(monkeypatch: pytest.MonkeyPatch, language: str, said: str) -> None:
    monkeypatch.setenv(messages.LANGUAGE, language)
    assert str(Text("group", arm=3)) == said


def test_an_error_crosses_to_another_process() -> None:
    error = errors.SeparationError("separated", where=Text("group", arm="a"))
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again)) == (errors.SeparationError, str(error))
    assert isinstance(again, ValueError)
