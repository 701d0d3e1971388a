"""YAML as people write it is read as YAML; what is more than that is refused with its line."""

from __future__ import annotations

import pytest
import yaml
from conftest import ROOT

from ledger.plain_yaml import NODES, SIZE, YamlError, load

BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
REFUSED = {
    "a reference": (BOMB, 1, "een verwijzing"),
    "a reference to nothing": ("a: 1\nb: *c\n", 2, "een verwijzing"),
    "a tag that runs": ("a: 1\nb: !!python/object/apply:os.system [ls]\n", 2, "een label"),
    "a tag of one's own": ("a: !x 1\n", 1, "een label (!x)"),
    "a key twice": ("a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n", 5, "'c' staat er twee keer"),
    "a key twice in one line": ("{a: 1, a: 2}", 1, "'a' staat er twee keer"),
    "a key that is a list": ("? [a]\n: b\n", 1, "een sleutel die geen woord is"),
    "too deep": ("[" * 5000, 1, "te diep of te lang"),
    "too many": ("- x\n" * (NODES + 1), NODES - 1, "te diep of te lang"),
    "too long": ("#" * (SIZE + 1), 1, f"meer dan {SIZE} tekens"),
    "two documents": ("a: 1\n---\nb: 2\n", 2, "een tweede document"),
    "a tab": ("a:\n\t- b\n", 2, "geen geldige YAML"),
    "half a list": ("a: 1\nb: [1,\n", 3, "geen geldige YAML"),
    "a NUL": ("a: 1\nb\0: 2\n", 2, "een teken dat geen tekst is"),
    "a day that is not there": ("a: 2020-13-45\n", 1, "een dag die er niet is"),
    "a number without end": ("a: " + "1" * 5000, 1, "een dag die er niet is of een getal"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_more_than_plain_is_refused_with_its_line(case: str) -> None:
    text, line, said = REFUSED[case]
    with pytest.raises(YamlError) as problem:
        load(text)
    assert (problem.value.line, problem.value.said[: len(said)]) == (line, said)
    assert "herstel: " in str(problem.value)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# niets\n",
        "a: 1\n",
        "---\na: 1\n",
        "- a\n- {b: [c, d], e: f}\n",
        "a:\n  b: 1\nc:\n  b: 2\n",
        'a: "&b *c !d"\n',
    ]
    + [(ROOT / name).read_text(encoding="utf-8") for name in ("_config.yml", "_toc.yml", "CITATION.cff")],
)
def test_what_is_plain_is_read_as_the_library_reads_it(text: str) -> None:
    assert load(text) == yaml.safe_load(text)
