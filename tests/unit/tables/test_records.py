"""Tables of many rows: the same rows and messages whatever the size of the pieces, few bytes, and problems that are counted."""

from __future__ import annotations

import tracemalloc
from contextlib import nullcontext
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ledger.tables import delimited, records
from ledger.tables.reading import DataError, Problem
from ledger.tables.rules import Records, RowRule, one_of, whole
from leerwerk.micro.pupils.programmes import programme_effects
from leerwerk.tables import pupils
from leerwerk.tables.folder import DATA

LEARNERS = pupils.TABLES[pupils.LEARNERS]
RULES = Records(
    columns={"id": (whole(1, 1_000),), "sex": (one_of("m", "f"),), "start": (whole(1, 48, or_empty=True),)},
    key=("id",),
    numeric=("id", "start"),
    optional=("start",),
    across=(RowRule("start", lambda table: ~((table["sex"] == "m") & (table["start"] > 9)), "vroeg", "Kijk na."),),
)


def read(folder: Path, text: str | bytes, rules: Records = RULES) -> pd.DataFrame:
    file = folder / "a.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return records.read(file, rules, "data/a.csv")


def problems(folder: Path, text: str | bytes) -> list[Problem]:
    with pytest.raises(DataError) as refused:
        read(folder, text)
    return refused.value.problems


# --- The frame ---


def test_a_frame_has_the_columns_of_the_rules_typed_and_no_other(tmp_path):
    frame = read(tmp_path, "start,name,id,sex\n3,An,7,f\n,Bo,9,m\n")
    assert list(frame.columns) == ["id", "sex", "start"]
    assert frame["id"].tolist() == [7, 9]
    assert frame["sex"].tolist() == ["f", "m"]
    np.testing.assert_array_equal(frame["start"], [3, np.nan])
    assert [str(kind) for kind in frame.dtypes] == ["int16", "category", "float32"]
    assert list(frame["sex"].cat.categories) == ["f", "m"]


def test_the_separator_follows_from_the_header(tmp_path):
    for separator in ",;|\t":
        text = '"id","sex","naam, voornaam; of | en\t"\n"1","m","x"\n'.replace('","', f'"{separator}"')
        assert read(tmp_path, text)["id"].tolist() == [1]


def test_codes_that_nobody_has_are_categories_all_the_same(tmp_path):
    assert list(read(tmp_path, "id,sex\n7,f\n")["sex"].cat.categories) == ["f", "m"]


def test_a_column_that_may_be_left_out_is_not_made_up(tmp_path):
    assert list(read(tmp_path, "id,sex\n7,f\n").columns) == ["id", "sex"]


def test_ten_million_pupils_take_less_than_a_gigabyte():
    for name in (pupils.LEARNERS, pupils.ABO_LEARNERS):
        frame = DATA.table(name, pupils.TABLES[name])
        assert frame.memory_usage(index=False).sum() / len(frame) < 100


@pytest.mark.parametrize("rows", [1, 7, 10_000])
def test_the_size_of_the_pieces_makes_no_difference(monkeypatch, rows):
    whole_file = records.read(DATA.path / pupils.ABO_LEARNERS, pupils.TABLES[pupils.ABO_LEARNERS], "a.csv")
    monkeypatch.setattr(delimited, "_ROWS", rows)
    again = records.read(DATA.path / pupils.ABO_LEARNERS, pupils.TABLES[pupils.ABO_LEARNERS], "a.csv")
    pd.testing.assert_frame_equal(again, whole_file)


@pytest.mark.parametrize("sex", ["m", "vrouw {}"])
def test_reading_holds_no_more_than_the_frame_twice_whatever_the_cells(tmp_path, sex):
    """Between two sizes, so that what a reader needs anyway does not count."""

    def peak(rows: int) -> int:
        text = "id,sex,words\n" + "".join(f"{row + 1},{sex.format(row)},{'x' * 200}\n" for row in range(rows))
        (tmp_path / "a.csv").write_text(text)
        rules = Records(
            columns={"id": (whole(1, 10_000_000),), "sex": (one_of("m", "f"),)}, key=("id",), numeric=("id",)
        )
        tracemalloc.start()
        with nullcontext() if sex == "m" else pytest.raises(DataError, match="kolom sex"):
            assert len(records.read(tmp_path / "a.csv", rules, "a.csv")) == rows
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    # Five bytes of frame, four of a line and four of a key, twice; to see whether a key returns, about fifty.
    assert (peak(40_000) - peak(20_000)) / 20_000 < 90


# --- Formulas ---


def test_codes_that_no_pupil_has_change_no_estimate():
    rows = pupils.shipped(pupils.LEARNERS)
    some = rows[~rows["region"].isin(["bru"]) & ~rows["field"].isin(["hos"])]
    plain = some.astype(dict.fromkeys(("region", "sex", "mother", "language", "field"), str))
    found, expected = (programme_effects(each, "vsv", method="regression") for each in (some, plain))
    assert found == expected


# --- Problems ---


def test_a_cell_is_told_with_its_line_also_after_blank_lines_and_breaks_inside_cells(tmp_path, monkeypatch):
    text = 'id,name,sex\r\n1,"a\r\nb\nc",m\r\n\r\n2,x,q\r\n3,x,f\n\n4,x,z\n'
    for rows in (1, 2, 4_000):
        monkeypatch.setattr(delimited, "_ROWS", rows)
        assert [(problem.row, problem.column, problem.found) for problem in problems(tmp_path, text)] == [
            (6, "sex", "q"),
            (9, "sex", "z"),
        ]


def test_a_row_of_another_width_is_told_before_its_cells(tmp_path):
    (found,) = problems(tmp_path, "id,sex\n1,m\n2,m,x\n3,q\n")
    assert (found.row, found.found, found.demand) == (3, "3 kolommen", "2 kolommen op elke rij")


def test_a_cell_that_breaks_its_rule_does_not_break_the_row_as_well(tmp_path):
    found = problems(tmp_path, "id,sex,start\n1,m,10\n2,m,99\n2,f,10\n")
    assert [(problem.row, problem.column, problem.demand) for problem in found] == [
        (2, "start", "vroeg"),
        (3, "start", "een geheel getal van 1 tot 48, of leeg"),
        (4, "id", "elke sleutel komt een keer voor"),
    ]


def test_a_key_returns_in_another_piece(tmp_path, monkeypatch):
    monkeypatch.setattr(delimited, "_ROWS", 2)
    (found,) = problems(tmp_path, "id,sex\n1,m\n2,m\n3,m\n4,m\n1,m\n")
    assert (found.row, found.found) == (6, "1")


def test_two_keys_that_are_none_do_not_return(tmp_path):
    assert [problem.found for problem in problems(tmp_path, "id,sex\nx,m\ny,m\n")] == ["x", "y"]


@pytest.mark.parametrize("cell", ["", " 1", "1 ", "+1", "1.0", "1e2", "٣", "１", "0x1", "1_0", "9" * 400, "-0,5", "²"])
def test_what_is_no_whole_number_is_refused(tmp_path, cell):
    (found,) = problems(tmp_path, f'id,sex\n"{cell}",m\n')
    assert (found.row, found.column, found.found) == (2, "id", cell)


def test_beyond_a_hundred_problems_are_counted(tmp_path):
    found = problems(tmp_path, "id,sex\n" + "".join(f"{row + 1},x\n" for row in range(999)))
    assert [problem.row for problem in found] == list(range(2, 102))
    assert [problem.more for problem in found] == [0] * 99 + [899]
    assert str(DataError(found)).splitlines()[-1] == "(en nog 996 rijen)"


@pytest.mark.parametrize(
    ("text", "demand", "row"),
    [
        (b"", "een koprij en minstens een rij", None),
        (b"\n\n", "een koprij en minstens een rij", None),
        (b"id,sex\n", "minstens een rij", None),
        (b'id,sex\n1,m\n2,"m\n3,m\n', "leesbare CSV", 3),
        (b"id,sex\n1,m\n2,\xff\n", "tekst in UTF-8", 3),
        (b"id,sex,sex\n1,m,m\n", "elke kolom komt een keer voor", 1),
        (b"id;sex\n1;m;\n", "2 kolommen op elke rij", 2),
        (b"id\n1\n", "de kolom bestaat", 1),
        (b"id,sex\n\0,m\n", "tekst, en bij UTF-16 met een BOM", None),
    ],
)
def test_what_is_no_table_is_one_problem(tmp_path, text, demand, row):
    (found,) = problems(tmp_path, text)
    assert found.demand.startswith(demand)
    assert found.row == row


def test_a_missing_file_is_a_problem(tmp_path):
    with pytest.raises(DataError, match="het bestand bestaat"):
        records.read(tmp_path / "b.csv", RULES, "data/b.csv")
