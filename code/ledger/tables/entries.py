"""YAML as nested text with the line of each entry: no types, no tags, no references, nothing that grows when it is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from ledger.tables.reading import DataError, Problem, require_file

_LARGEST = 1 << 18  # bytes
_DEEPEST = 8
_REMEDY = "Kijk inspringing, dubbelpunten, accolades en aanhalingstekens na."


@dataclass(frozen=True, slots=True)
class Entry:
    """A text, or named entries; and the line on which it starts."""

    line: int
    text: str | None = None
    parts: Mapping[str, Entry] = field(default_factory=dict)


def read(path: Path, file: str) -> Entry:
    """What a file says; an empty one says nothing.

    Parameters
    ----------
    file
        Its name as authors know it, for messages.

    Raises
    ------
    DataError
        If it is missing, no YAML of names and texts, or larger than anything that was written by hand.
    """
    require_file(path, file)
    try:
        with path.open("rb") as raw:
            content = raw.read(_LARGEST + 1)
    except OSError:
        content = None
    if content is None:
        raise DataError([Problem(file, "het bestand is te lezen", "Kijk na of u het mag lezen.")])
    if len(content) > _LARGEST:
        raise DataError([Problem(file, f"hoogstens {_LARGEST // 1024} kB", "Laat weg wat er niet in hoort.")])
    try:
        return _entry(yaml.compose(content.decode("utf-8-sig"), Loader=_Plain), file)
    except UnicodeDecodeError as error:
        problem = Problem(
            file, "tekst in UTF-8", "Bewaar het bestand als UTF-8.", content.count(b"\n", 0, error.start) + 1
        )
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        problem = Problem(file, "leesbare YAML", _REMEDY, None if mark is None else mark.line + 1)
    except (yaml.YAMLError, ValueError, OverflowError):  # of characters that YAML, or Unicode, does not have
        problem = Problem(file, "leesbare YAML", "Haal vreemde tekens weg.")
    raise DataError([problem])


class _Plain(yaml.BaseLoader):
    """Composes without references, and only so deep."""

    _depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        event = self.peek_event()
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) or getattr(event, "tag", None):
            raise yaml.MarkedYAMLError(problem="reference or tag", problem_mark=event.start_mark)
        self._depth += 1
        if self._depth > _DEEPEST:
            raise yaml.MarkedYAMLError(problem="too deep", problem_mark=event.start_mark)
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node


def _entry(node: yaml.Node | None, file: str) -> Entry:
    if node is None:
        return Entry(1)
    line = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        if not node.value.replace("\n", " ").isprintable():
            raise DataError([Problem(file, "tekst zonder onzichtbare tekens", "Typ de waarde opnieuw.", line)])
        return Entry(line, node.value)
    if not isinstance(node, yaml.MappingNode):
        raise DataError([Problem(file, "namen met een dubbelpunt, geen lijst", _REMEDY, line)])
    return Entry(line, parts=dict(_parts(node, file)))


def _parts(node: yaml.MappingNode, file: str) -> Iterator[tuple[str, Entry]]:
    seen: set[str] = set()
    for key, value in node.value:
        name = _entry(key, file)
        if name.text is None or name.text in seen:
            raise DataError([Problem(file, "elke naam een tekst, en een keer", "Voeg dubbele namen samen.", name.line)])
        seen.add(name.text)
        yield name.text, _entry(value, file)
