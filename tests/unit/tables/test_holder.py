"""`records.yml`: what the holder of real records says of them, as plain text; or one error that shows what to fill in."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import holder as folders
import pytest

from ledger.tables.reading import DataError, Problem
from leerwerk.tables import holder
from leerwerk.tables.folder import MICRODATA

SAID = {
    "holder": "Departement Voorbeeld & co",
    "period": "2014 tot 2018",
    "extracted": "2026-11-24",
    "coverage": "Alle leerlingen. Wie verhuisde, niet.",
}


def write(folder: Path, **changed: str | None) -> None:
    lines = (f"{name}: {text}\n" for name, text in (SAID | changed).items() if text is not None)
    (folder / "records.yml").write_text("".join(lines), encoding="utf-8")


def refused(folder: Path) -> Problem:
    with pytest.raises(DataError) as caught:
        holder.read(folder)
    (problem,) = caught.value.problems
    assert problem.file == "LEERWERK_MICRODATA/records.yml"
    assert len(str(caught.value).splitlines()) < 15
    assert str(folder) not in str(caught.value)
    return problem


def test_the_example_of_the_documentation(tmp_path, monkeypatch):
    folders.write_about(tmp_path)
    monkeypatch.setenv(MICRODATA, str(tmp_path))
    about = holder.about()
    assert (about.holder, about.period) == ("Departement Voorbeeld", "september 2014 tot augustus 2018")
    assert about.extracted == date(2026, 11, 24)
    assert about.coverage.startswith("Alle leerlingen die in 2014")


def test_texts_are_of_one_line(tmp_path):
    write(tmp_path, coverage=">\n  Alle leerlingen.\n\n  Wie   verhuisde, niet.\n")
    assert holder.read(tmp_path).coverage == "Alle leerlingen. Wie verhuisde, niet."


def test_without_the_file_the_error_shows_what_to_fill_in(tmp_path):
    problem = refused(tmp_path)
    assert all(f"{name}: ___" in problem.remedy for name in SAID)


def test_what_was_not_filled_in_is_no_answer(tmp_path):
    (tmp_path / "records.yml").write_text(holder.TEMPLATE, encoding="utf-8")
    assert refused(tmp_path).demand == "holder is ingevuld"


@pytest.mark.parametrize(
    ("changed", "demand", "line"),
    [
        ({"holder": None}, "holder is ingevuld", None),
        ({"holder": ""}, "holder is ingevuld", 1),
        ({"holder": "{a: b}"}, "holder is ingevuld", 1),
        ({"holder": "x" * 121}, "hoogstens 120", 1),
        ({"period": "x" * 81}, "hoogstens 80", 2),
        ({"coverage": "x" * 600 + "."}, "hoogstens 600", 4),
        ({"coverage": "Alle leerlingen"}, "zinnen", 4),
        ({"extracted": "24/11/2026"}, "een datum die bestaat", 3),
        ({"extracted": "2026-02-30"}, "een datum die bestaat", 3),
        ({"extracted": "20261124"}, "een datum die bestaat", 3),
        ({"holder": "<b>KU Leuven</b>"}, "gewone tekst", 1),
        ({"holder": "'{ref}`x`'"}, "gewone tekst", 1),
        ({"holder": "[x](y)"}, "geen lijst", 1),
        ({"holder": "a $x$ b"}, "gewone tekst", 1),
        ({"holder": "zie https://example.org"}, "gewone tekst", 1),
        ({"holder": '"a\\u202Eb"'}, "onzichtbare tekens", 1),
        ({"holder": '"a\\0b"'}, "onzichtbare tekens", 1),
        ({"owner": "ik"}, "enkel holder, period, extracted, coverage", 5),
    ],
)
def test_what_a_page_could_not_show_as_it_stands_is_refused(tmp_path, changed, demand, line):
    write(tmp_path, **changed)
    problem = refused(tmp_path)
    assert demand in problem.demand or (demand == "geen lijst" and "YAML" in problem.demand)
    assert problem.row == line
