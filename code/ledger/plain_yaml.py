"""YAML as people write it, and no more: no references, no tags, no key twice, and neither deep nor long."""

from __future__ import annotations

from typing import Any

import yaml

SIZE, DEPTH, NODES = (
    300_000,
    20,
    20_000,
)  # characters, levels, and values and keys: ten times what any file of a book has
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
SPACES = "Spring in met spaties, en zet een tekst met een dubbele punt tussen aanhalingstekens."


class YamlError(ValueError):
    """A text that is no YAML, or more than a book needs.

    Parameters
    ----------
    said
        What is wrong, in a few Dutch words.
    line
        Where, counted from 1.
    """

    def __init__(self, said: str, remedy: str, line: int = 1) -> None:
        super().__init__(said, remedy, line)
        self.said, self.remedy, self.line = said, remedy, line

    def __str__(self) -> str:
        return f"regel {self.line}: {self.said}\n  herstel: {self.remedy}"


def load(text: str) -> Any:
    """The content of a YAML document: None if it is empty.

    Raises
    ------
    YamlError
        If it is none, with the line; or has a reference, a tag, a key twice, more than one document, or is too deep or too long.
    """
    if len(text) > SIZE:
        raise YamlError(f"meer dan {SIZE} tekens YAML", "Zet wat lang is in een bestand van zijn eigen soort.")
    try:
        _look(text)
        return yaml.load(text, Loader=LOADER)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        raise YamlError("geen geldige YAML", SPACES, mark.line + 1 if mark else 1) from None
    except yaml.reader.ReaderError as problem:
        line = text.count("\n", 0, problem.position) + 1 if isinstance(problem.position, int) else 1
        raise YamlError("een teken dat geen tekst is", "Verwijder het, en typ die regel opnieuw.", line) from None
    except (ValueError, OverflowError) as problem:
        if isinstance(problem, YamlError):
            raise
        raise YamlError(
            "een dag die er niet is of een getal zonder eind", "Zet de waarde tussen aanhalingstekens."
        ) from None


def _look(text: str) -> None:
    """Go through the parts of a text before anything is made of them."""
    open_: list[set[str] | None] = []  # per level: the keys of a mapping so far, None for a list
    is_key: list[bool] = []
    for count, event in enumerate(yaml.parse(text, Loader=LOADER)):
        line, tag = event.start_mark.line + 1 if event.start_mark else 1, getattr(event, "tag", None)
        if count > NODES or len(open_) > DEPTH:
            raise YamlError("te diep of te lang voor een boek", "Schrijf het vlakker, of zet het in een tabel.", line)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise YamlError("een verwijzing (& of *)", "Schrijf de waarde voluit op elke plaats.", line)
        if tag and tag != "!":
            raise YamlError(f"een label ({tag[:40]})", "Laat het uitroepteken met wat erop volgt weg.", line)
        if isinstance(event, yaml.DocumentStartEvent) and event.explicit and count > 1:
            raise YamlError("een tweede document (---)", "Laat alles onder --- weg, of voeg het samen.", line)
        if isinstance(event, yaml.CollectionEndEvent):
            open_.pop(), is_key.pop()
            continue
        if isinstance(event, yaml.NodeEvent):
            _note(event, open_, is_key, line)
        if isinstance(event, yaml.CollectionStartEvent):
            open_.append(set() if isinstance(event, yaml.MappingStartEvent) else None)
            is_key.append(True)


def _note(event: yaml.NodeEvent, open_: list[set[str] | None], is_key: list[bool], line: int) -> None:
    """Keep account of the keys of the innermost mapping."""
    if not open_ or (keys := open_[-1]) is None:
        return
    if is_key[-1]:
        name = event.value if isinstance(event, yaml.ScalarEvent) else None
        if name is None:
            raise YamlError("een sleutel die geen woord is", "Geef elke waarde een naam van een woord.", line)
        if name in keys:
            raise YamlError(f"'{name[:40]}' staat er twee keer", "Behoud er een.", line)
        keys.add(name)
    is_key[-1] = not is_key[-1]
