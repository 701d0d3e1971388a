"""Records as their holders have them: Parquet and CSV of every separator and encoding, by a codebook or without one."""

from __future__ import annotations

import builtins
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import holder
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.unit.tables.test_records import RULES

from ledger.tables import codebook, columnar, delimited, records
from ledger.tables.codebook import Codebook
from ledger.tables.layout import AS_OURS, Layout, Origin
from ledger.tables.reading import DataError, Problem
from ledger.tables.rules import Records
from leerwerk.tables import folder, pupils

LEARNERS = pupils.TABLES[pupils.LEARNERS]


@pytest.fixture
def real(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder for real records."""
    monkeypatch.setenv(folder.MICRODATA, str(tmp_path))
    return tmp_path


def layout_of(tmp_path: Path, text: str, table: str = "learners", rules: Records = LEARNERS) -> Layout:
    file = tmp_path / "codebook.yml"
    file.write_text(text, encoding="utf-8")
    return Codebook(file, ["learners", "abo_learners"], "codebook.yml").layout(table, rules)


def only_problem(work: Any, *arguments: Any) -> Problem:
    with pytest.raises(DataError) as refused:
        work(*arguments)
    (problem,) = refused.value.problems
    return problem


# --- The documented example ---


def test_the_example_of_the_documentation_reads_what_was_written_by_it(real):
    holder.write_folder(real)
    ours = pupils.shipped(pupils.LEARNERS).head(1_000)
    found = pupils.learners()
    for name in ("brug", "ibal"):
        np.testing.assert_array_equal(found.pop(f"{name}_start"), holder.start_months(ours, name))
    pd.testing.assert_frame_equal(found.drop(columns="centre"), ours.drop(columns="centre"))
    assert pd.crosstab(found["centre"], ours["centre"]).gt(0).sum().tolist() == [1] * ours["centre"].nunique()
    pd.testing.assert_frame_equal(pupils.abo_learners(), pupils.shipped(pupils.ABO_LEARNERS).head(1_000))


# --- CSV ---

TEXT = 'id,sex,naam\n1,m,"Noël"\n2,f,Zoë\n'
SEPARATED = [TEXT.replace(",", separator) for separator in ",;|\t"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("text", SEPARATED, ids=["comma", "semicolon", "bar", "tab"])
def test_every_separator_and_encoding(tmp_path, encoding, text):
    mark = "\ufeff" if encoding in ("utf-16-le", "utf-16-be") else ""
    (tmp_path / "a.csv").write_bytes((mark + text).encode(encoding))
    told = Layout(encoding="windows-1252") if encoding == "cp1252" else AS_OURS
    frame = records.read(tmp_path / "a.csv", RULES, "a.csv", told)
    assert frame["id"].tolist() == [1, 2]


@pytest.mark.parametrize(
    ("content", "told", "demand", "row"),
    [
        (TEXT.encode("cp1252"), None, "tekst in UTF-8", 2),
        (TEXT.encode("utf-16-le"), None, "bij UTF-16 met een BOM", None),
        (TEXT.encode("utf-16-le"), "utf-16", "bij UTF-16 met een BOM", None),
        (TEXT.encode("utf-8-sig"), "windows-1252", "die het bestand zelf noemt (utf-8)", None),
        (TEXT.encode("utf-16"), "utf-8", "die het bestand zelf noemt (utf-16)", None),
        (TEXT.encode("cp1252").replace(b"Zo", b"\x81"), "windows-1252", "tekst in Windows-1252", 3),
        (TEXT.encode("utf-16") + b"\x00\xd8", None, "tekst in UTF-16", None),
    ],
)
def test_an_encoding_that_could_be_another_is_refused(tmp_path, content, told, demand, row):
    (tmp_path / "a.csv").write_bytes(content)
    problem = only_problem(records.read, tmp_path / "a.csv", RULES, "a.csv", Layout(encoding=told))
    assert demand in problem.demand
    assert row in (None, problem.row)
    assert "codebook.yml" in problem.remedy


def test_the_beginning_of_a_large_file_is_enough_to_refuse_nothing_wrongly(tmp_path):
    (tmp_path / "a.csv").write_text(
        "id,sex,naam\n" + "".join(f"{row + 1},m,Zoë\n" for row in range(900)), encoding="utf-8"
    )
    assert len(records.read(tmp_path / "a.csv", RULES, "a.csv")) == 900


@pytest.mark.parametrize(
    ("cell", "rounded", "number"),
    [
        *(("12,00", False, 12), ("12", False, 12), ("12,5", True, 13), ("12,49", True, 12), ("13,5", True, 14)),
        *(
            ("12,5", False, None),
            ("12.0", True, None),
            ("1.000,0", True, None),
            ("12,", True, None),
            (",5", True, None),
        ),
    ],
)
def test_decimal_commas(tmp_path, cell, rounded, number):
    (tmp_path / "a.csv").write_text(f"id;sex\n{cell};m\n")
    told = Layout(columns=(("id", Origin("id", decimal=",", rounded=rounded)),))
    if number is None:
        assert only_problem(records.read, tmp_path / "a.csv", RULES, "a.csv", told).found == cell
    else:
        assert records.read(tmp_path / "a.csv", RULES, "a.csv", told)["id"].tolist() == [number]


# --- Parquet ---

PLAIN = {"id": pa.array([1, 2]), "sex": pa.array(["m", "f"])}
START = {
    "floats": pa.array([3.0, None]),
    "halves": pa.array(np.array([3, np.nan], np.float16)),
    "not a number": pa.array([3.0, float("nan")]),
    "decimals": pa.array([Decimal("3.00"), None]),
    "text": pa.array(["3", ""]),
    "large text": pa.array(["3", None], pa.large_string()),
    "a dictionary": pa.array(["3", None]).dictionary_encode(),
    "a dictionary of numbers": pa.array([3, None], pa.int8()).dictionary_encode(),
    "small numbers": pa.array([3, None], pa.uint8()),
    "large numbers": pa.array([3, None], pa.uint64()),
}


def parquet(tmp_path: Path, **columns: Any) -> Path:
    pq.write_table(pa.table(columns), tmp_path / "a.parquet")
    return tmp_path / "a.parquet"


@pytest.mark.parametrize("start", START.values(), ids=START)
def test_numbers_of_every_kind_in_parquet(tmp_path, start):
    frame = records.read(parquet(tmp_path, **PLAIN, start=start), RULES, "a")
    np.testing.assert_array_equal(frame["start"], [3, np.nan])


def test_yes_and_no_in_parquet_are_one_and_zero(tmp_path):
    told = Layout(columns=(("sex", Origin("man", (("1", "m"), ("0", "f")))),))
    frame = records.read(parquet(tmp_path, id=PLAIN["id"], man=pa.array([True, False])), RULES, "a", told)
    assert frame["sex"].tolist() == ["m", "f"]


def test_numbers_are_codes_in_parquet_too(tmp_path):
    told = Layout(columns=(("sex", Origin("geslacht", (("1", "m"), ("2", "f")))),))
    for codes in (pa.array([1, 2]), pa.array([1.0, 2.0])):
        frame = records.read(parquet(tmp_path, id=PLAIN["id"], geslacht=codes), RULES, "a", told)
        assert frame["sex"].tolist() == ["m", "f"]


def test_an_empty_column_in_parquet_is_empty(tmp_path):
    frame = records.read(parquet(tmp_path, **PLAIN, start=pa.nulls(2)), RULES, "a")
    assert frame["start"].isna().all()


@pytest.mark.parametrize(
    "start",
    [pa.array([[1], [2]]), pa.array([{"a": 1}, None]), pa.array([b"1", b"2"]), pa.array([1, 2], pa.duration("s"))],
)
def test_a_column_of_lists_or_bytes_is_refused(tmp_path, start):
    problem = only_problem(records.read, parquet(tmp_path, **PLAIN, start=start), RULES, "a")
    assert (problem.column, problem.demand) == ("start", "een kolom met getallen, tekst, ja of nee, of datums")


@pytest.mark.parametrize(
    "born",
    [
        pa.array([date(1999, 2, 28), date(2000, 9, 2)]),
        pa.array([datetime(1999, 2, 28, 23), datetime(2000, 9, 2)]),
        pa.array([datetime(1999, 2, 28, 23), datetime(2000, 9, 2)], pa.timestamp("ns")),
        pa.array(["1999-02-28", "2000-09-02 00:00:00"]),
    ],
)
def test_dates_of_every_kind_in_parquet(tmp_path, born):
    rules = pupils.TABLES[pupils.ABO_LEARNERS]
    rules = Records({"id": rules.columns["id"], "age": rules.columns["age"]}, ("id",), ("id", "age"), dated=rules.dated)
    told = Layout(columns=(("age", Origin("born", date="JJJJ-MM-DD", at=20160901)),))
    assert records.read(parquet(tmp_path, id=PLAIN["id"], born=born), rules, "a", told)["age"].tolist() == [17, 15]


def test_only_the_columns_that_are_needed_are_read_from_parquet(tmp_path, monkeypatch):
    asked: list[list[str]] = []
    plain = pq.ParquetFile.iter_batches

    def spied(self, size, columns):
        asked.append(columns)
        return plain(self, size, columns=columns)

    monkeypatch.setattr(pq.ParquetFile, "iter_batches", spied)
    records.read(parquet(tmp_path, **PLAIN, naam=pa.array(["An", "Bo"])), RULES, "a")
    assert asked == [["id", "sex"]]


def test_row_groups_and_batches_make_no_difference(tmp_path, monkeypatch):
    table = pa.Table.from_pandas(pd.read_csv(folder.DATA.path / pupils.LEARNERS), preserve_index=False)
    for size, rows in ((10_000, 1 << 16), (97, 1_000)):
        pq.write_table(table, tmp_path / "a.parquet", row_group_size=size)
        monkeypatch.setattr(columnar, "_ROWS", rows)
        pd.testing.assert_frame_equal(
            records.read(tmp_path / "a.parquet", LEARNERS, "a"), pupils.shipped(pupils.LEARNERS)
        )


def test_problems_in_parquet_are_those_of_the_same_rows_in_csv(tmp_path):
    rows = pd.DataFrame({"id": [1, 2, 2, 5_000], "sex": ["m", "q", "f", "f"], "start": ["48", "3", "2.5", None]})
    rows.to_csv(tmp_path / "a.csv", index=False)
    rows.to_parquet(tmp_path / "a.parquet")
    with pytest.raises(DataError) as text:
        records.read(tmp_path / "a.csv", RULES, "a")
    with pytest.raises(DataError) as columns:
        records.read(tmp_path / "a.parquet", RULES, "a")
    found = [(each.row, each.column, each.demand) for each in text.value.problems]
    assert found == [(each.row, each.column, each.demand) for each in columns.value.problems]
    assert len(found) == 5


def test_bytes_that_are_no_parquet_are_a_problem(tmp_path):
    good = parquet(tmp_path, **PLAIN).read_bytes()
    for content in (b"", b"PAR1", good[:-1], good[: len(good) // 2], b"id,sex\n1,m\n"):
        (tmp_path / "a.parquet").write_bytes(content)
        assert only_problem(records.read, tmp_path / "a.parquet", RULES, "a").demand == "leesbare Parquet"


def test_without_pyarrow_a_remedy(tmp_path, monkeypatch):
    plain = builtins.__import__

    def without(name, *arguments, **named):
        if name.partition(".")[0] == "pyarrow":
            raise ModuleNotFoundError(name)
        return plain(name, *arguments, **named)

    file = parquet(tmp_path, **PLAIN)
    monkeypatch.setattr(builtins, "__import__", without)
    assert "make .venv/records" in only_problem(records.read, file, RULES, "a").remedy


# --- Which file ---


def test_a_table_in_two_files_is_refused_until_the_codebook_says_which(real):
    holder.write_folder(real)
    (real / "codebook.yml").unlink()
    rows = pd.read_csv(folder.DATA.path / pupils.LEARNERS, nrows=50)
    rows.to_csv(real / "learners.csv", index=False)
    rows.head(20).to_parquet(real / "learners.parquet", index=False)
    assert "file: learners.parquet" in only_problem(pupils.learners).remedy
    (real / "codebook.yml").write_text("learners: {file: learners.parquet}\n")
    assert len(pupils.learners()) == 20


# --- The codebook ---


@pytest.mark.parametrize(
    ("text", "line", "demand"),
    [
        ("learners: [1]", 1, "geen lijst"),
        ("learners: {file: a.csv", 1, "leesbare YAML"),
        ("learners:\n  file: a.csv\n  file: b.csv", 3, "een keer"),
        ("a: &a {b: c}\nlearners: *a", 1, "leesbare YAML"),
        ("learners: !!python/object:os.system {}", 1, "leesbare YAML"),
        ("learners: " + "{a: " * 20 + "}" * 20, 1, "leesbare YAML"),
        ("learners: " + "[" * 5_000, 1, "leesbare YAML"),
        ("leerlingen: {}", 1, "een van learners of abo_learners"),
        ("learners: tekst", 1, "met een dubbelpunt"),
        ("learners: {bestand: a.csv}", 1, "een van file"),
        ("learners:\n  file: ../a.csv", 2, "in dezelfde map"),
        ("learners:\n  file: /etc/a.csv", 2, "in dezelfde map"),
        ("learners:\n  file: codebook.yml", 2, "in dezelfde map"),
        ('learners:\n  file: "a\\0.csv"', 2, "onzichtbare"),
        ('learners:\n  file: "\\UFFFFFFFF"', None, "leesbare YAML"),
        ("learners: {separator: x}", 1, "separator: een van"),
        ("learners: {encoding: latin-1}", 1, "encoding: een van"),
        ("learners: {file: a.parquet, encoding: utf-8}", 1, "enkel bij een tekstbestand"),
        ("learners: {columns: {geslacht: sex}}", 1, "een van id, cohort"),
        ("learners:\n  columns:\n    sex: ''", 3, "hoogstens 200 tekens"),
        ("learners: {columns: {sex: {code: 1}}}", 1, "een van column"),
        ("learners:\n  columns:\n    sex:\n      codes:\n        1: m\n        2: v", 6, "een van m of f"),
        ("learners: {columns: {sex: {codes: m}}}", 1, "onze code bij elke code"),
        ("learners: {columns: {age: {codes: {jong: 9}}}}", 1, "van 14 tot 25"),
        ("learners: {columns: {sex: {date: DD/MM/JJJJ}}}", 1, "bij cohort, age, months, brug_start en ibal_start"),
        ("learners: {columns: {age: {date: DMJ}}}", 1, "date: een van"),
        ("learners: {columns: {age: {date: JJJJMMDD, codes: {1: 14}}}}", 1, "zonder codes"),
        ("learners: {columns: {age: {at: 2016-09-01}}}", 1, "at enkel bij een datum"),
        ("learners: {columns: {age: {date: JJJJMMDD, at: 2016-02-30}}}", 1, "at enkel bij een datum"),
        ("learners: {columns: {age: {numbered: yes}}}", 1, "numbered enkel bij id en centre"),
        ("learners: {columns: {id: {numbered: soms}}}", 1, "numbered: een van"),
    ],
)
def test_a_codebook_that_says_nothing_is_one_error_with_its_line(tmp_path, text, line, demand):
    problem = only_problem(layout_of, tmp_path, text)
    assert (problem.file, problem.row) == ("codebook.yml", line)
    assert demand in problem.demand
    assert problem.found is None


def test_a_date_without_a_day_to_count_from_is_refused(tmp_path):
    rules = pupils.TABLES[pupils.ABO_LEARNERS]
    text = "abo_learners: {columns: {age: {date: JJJJMMDD}}}"
    assert "at: de dag" in only_problem(layout_of, tmp_path, text, "abo_learners", rules).demand


@pytest.mark.parametrize("text", ["", "# niets\n", "{}", "learners:\n", "learners: {columns: }"])
def test_a_codebook_may_say_nothing_at_all(tmp_path, text):
    assert layout_of(tmp_path, text) == AS_OURS


def test_a_large_codebook_is_not_read(tmp_path):
    assert "256 kB" in only_problem(layout_of, tmp_path, "# " + "x" * (1 << 18)).demand


def test_a_column_that_the_codebook_names_and_the_file_lacks_is_told_by_its_line(tmp_path):
    told = layout_of(tmp_path, "learners:\n  columns:\n    sex: Geslacht van An")
    (tmp_path / "a.csv").write_text("id,sex\n1,m\n")
    problem = only_problem(records.read, tmp_path / "a.csv", RULES, "a.csv", told)
    assert (problem.column, problem.demand) == ("sex", "de kolom bestaat onder de naam op regel 3 van codebook.yml")


def test_a_code_that_is_not_listed_is_refused_even_if_it_is_ours(tmp_path):
    (tmp_path / "a.csv").write_text("id,sex\n1,m\n2,1\n")
    told = Layout(columns=(("sex", Origin("sex", (("1", "m"), ("2", "f")))),))
    assert only_problem(records.read, tmp_path / "a.csv", RULES, "a.csv", told).row == 2


def test_what_may_be_empty_may_be_so_beside_codes_too(tmp_path):
    (tmp_path / "a.csv").write_text("id,sex,start\n1,m,vroeg\n2,f,\n")
    told = Layout(columns=(("start", Origin("start", (("vroeg", "1"),))),))
    np.testing.assert_array_equal(records.read(tmp_path / "a.csv", RULES, "a.csv", told)["start"], [1, np.nan])
    # A code may also stand for nothing, and nothing for a code.
    told = Layout(columns=(("start", Origin("start", (("vroeg", ""), ("", "1")))),))
    np.testing.assert_array_equal(records.read(tmp_path / "a.csv", RULES, "a.csv", told)["start"], [np.nan, 1])


# --- Dates: worked out by hand ---

MONTHS = [
    ("01/09/2014", "1", "30/09/2014", (2014, 1)),
    ("31/08/2015", "1", "31/08/2015", (2014, 12)),
    ("01/09/2015", "1", "01/09/2015", (2015, 1)),
    ("15/10/2014", "1", "31/08/2018", (2014, 48)),
    ("15/10/2015", "0", "", (2015, 36)),
    ("15/10/2014", "0", "30/06/2016", (2014, 48)),  # left with a qualification
]


def dated(tmp_path: Path, entry: str, vsv: str, leaving: str) -> pd.DataFrame:
    rules = {name: LEARNERS.columns[name] for name in ("id", "cohort", "vsv", "months")}
    (tmp_path / "a.csv").write_text(f"id,in,vsv,uit\n1,{entry},{vsv},{leaving}\n")
    columns = tuple((name, Origin(theirs, date="DD/MM/JJJJ")) for name, theirs in (("cohort", "in"), ("months", "uit")))
    of = Records(rules, ("id",), tuple(rules), across=(pupils.MONTHS_FIT,), dated=LEARNERS.dated)
    return records.read(tmp_path / "a.csv", of, "a.csv", Layout(columns=columns))


@pytest.mark.parametrize(("entry", "vsv", "leaving", "expected"), MONTHS)
def test_months_count_from_the_september_of_the_entry(tmp_path, entry, vsv, leaving, expected):
    frame = dated(tmp_path, entry, vsv, leaving)
    assert (frame["cohort"][0], frame["months"][0]) == expected


@pytest.mark.parametrize(
    ("entry", "vsv", "leaving", "column", "demand"),
    [
        ("31/02/2015", "1", "01/09/2015", "cohort", "een datum die bestaat, als DD/MM/JJJJ"),
        ("31/02/2015", "0", "", "cohort", "een datum die bestaat, als DD/MM/JJJJ"),
        ("2014-09-01", "1", "01/09/2015", "cohort", "een datum die bestaat, als DD/MM/JJJJ"),
        ("01/09/2013", "1", "01/09/2015", "cohort", "een van 2014 of 2015"),
        ("", "1", "01/09/2015", "cohort", "een van 2014 of 2015"),
        ("01/09/2014", "1", "", "months", "van 1 tot 48"),
        ("01/09/2014", "1", "31/08/2014", "months", "van 1 tot 48"),
        ("01/09/2014", "1", "01/09/2018", "months", "van 1 tot 48"),
        ("01/09/2015", "1", "01/09/2018", "months", "einde van de opvolging"),
        ("01/09/2014", "1", "٣١/٠٨/٢٠١٥", "months", "een datum die bestaat"),
    ],
)
def test_a_date_that_cannot_be_is_one_problem(tmp_path, entry, vsv, leaving, column, demand):
    problem = only_problem(dated, tmp_path, entry, vsv, leaving)
    assert problem.column == column
    assert demand in problem.demand


# --- Keys and names that are no numbers ---


def test_keys_that_are_numbered_must_differ(tmp_path, monkeypatch):
    monkeypatch.setattr(delimited, "_ROWS", 2)
    told = Layout(columns=(("id", Origin("pseudoniem", numbered=True)),))
    (tmp_path / "a.csv").write_text("pseudoniem,sex\nx9,m\na1,m\n7,f\n")
    assert records.read(tmp_path / "a.csv", RULES, "a.csv", told)["id"].tolist() == [1, 2, 3]
    (tmp_path / "a.csv").write_text("pseudoniem,sex\nx9,m\na1,m\n7,f\nx9,f\n,m\n")
    with pytest.raises(DataError) as refused:
        records.read(tmp_path / "a.csv", RULES, "a.csv", told)
    assert [(each.row, each.column) for each in refused.value.problems] == [(5, "id"), (6, "id")]


def test_more_names_than_numbers_are_refused(tmp_path):
    rules = Records({"id": LEARNERS.columns["id"], "centre": (pupils.whole(1, 2),)}, ("id",), ("id", "centre"))
    told = Layout(columns=(("centre", Origin("school", numbered=True)),))
    (tmp_path / "a.csv").write_text("id,school\n1,x\n2,y\n3,x\n4,z\n")
    assert only_problem(records.read, tmp_path / "a.csv", rules, "a.csv", told).row == 5


def test_encodings_of_the_codebook_are_those_that_are_read():
    assert set(codebook.ENCODINGS) == {"utf-8", "windows-1252", "utf-16"}
