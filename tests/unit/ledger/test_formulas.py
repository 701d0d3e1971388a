"""What a spreadsheet would compute is refused in a table and made text in what the book writes; numbers stay numbers."""

from __future__ import annotations

import csv
import io
from types import SimpleNamespace

import pandas as pd
import pytest

from ledger import publication
from ledger.exhibit import Column, Exhibit
from ledger.tables import formulas

RUNS = [
    "=1+1",
    '=HYPERLINK("http://example.org","x")',
    "@SUM(1+1)",
    "+1+1",
    "-1-1",
    "-2+3+cmd|' /C calc'!A0",
    "+cmd|' /C calc'!A0",
    "-A1",
    "+SUM(A1)",
    "-1 +cmd|x",
    "+2 SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "-",
    "+ x",
]
STAYS = [
    "",
    "a",
    "1",
    "-1",
    "+1",
    "-0.5",
    "-1.5e-3",
    "-0.5..0.25",
    "-0.5..-0.25",
    "−0,5",
    "-7 pp",
    "+4 pp (+30 percent)",
]
STAYS += ["-25 to -40 percent (relative)", "+7,789 US dollar a year", "+ intervisie tussen begeleiders", "a=b", " =1"]


@pytest.mark.parametrize("cell", RUNS)
def test_this_would_be_computed(cell: str) -> None:
    assert formulas.is_formula(cell)
    assert formulas.as_text(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", [*STAYS, -0.5, None, pd.NA])
def test_this_stays_what_it_is(cell: object) -> None:
    assert formulas.as_text(cell) is cell


def test_a_table_names_file_line_and_column() -> None:
    content = 'id,text\na,"twee\nregels"\nb,=1+1\nc,-0.5\n"=2",x\n'
    found = [(each.row, each.column, each.found) for each in formulas.problems(content, "data/x.csv")]
    assert found == [(4, "text", "=1+1"), (6, "id", "=2")]
    (first, *_) = formulas.problems(content, "data/x.csv")
    assert "data/x.csv, regel 4, kolom text" in str(first)
    assert "herstel:" in str(first)


def test_a_million_of_them_are_told_as_a_few() -> None:
    assert len(formulas.problems("a\n" + "=1\n" * 200_000, "data/x.csv")) == formulas.MOST


def test_the_download_of_a_figure_has_text_for_a_formula_and_numbers_for_numbers() -> None:
    frame = pd.DataFrame({"who": ["=1+1", "oao"], "gap": [-0.5, 0.25]})
    exhibit = Exhibit("x", "t", "a", "c", frame, {"who": "+wie()", "gap": Column("verschil", "share", 1)}, "b")
    (head, first, second) = csv.reader(io.StringIO(exhibit.csv()))
    assert (head[0], first[0], second[0]) == ("'+wie()", "'=1+1", "oao")
    assert float(first[1]) == -50
    assert float(second[1]) == 25


def test_the_ledger_as_a_table_has_no_formula_either() -> None:
    row = dict.fromkeys(publication.COLUMNS, "x") | {
        "statement": "=1+1",
        "value": -0.5,
        "inputs": [],
        "rehearsal": None,
    }
    (_, only) = csv.reader(io.StringIO(publication.as_csv(pd.DataFrame([row | {"interval": [-0.7, -0.3]}]))))
    found = SimpleNamespace(**dict(zip(publication.COLUMNS, only, strict=True)))
    assert (found.statement, found.value, found.interval) == ("'=1+1", "-0.5", "-0.7..-0.3")
