"""Pupil tables: broken records are refused with one clear error; real ones take the place of synthetic ones."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import holder
import pandas as pd
import pytest
import yaml

from ledger.recording import recording
from ledger.tables.reading import DataError
from leerwerk import study
from leerwerk.cohort import assumptions
from leerwerk.study import claim
from leerwerk.tables import context, folder, pupils
from leerwerk.tables.folder import DATA

Cells = dict[str, str]


@pytest.fixture
def real(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with records that count as real: the first rows of the synthetic ones."""
    for name in folder.PUPIL_RECORDS:
        rows = (DATA.path / name).read_text(encoding="utf-8").splitlines(keepends=True)
        (tmp_path / Path(name).name).write_text("".join(rows[:301]), encoding="utf-8")
    holder.write_about(tmp_path)
    monkeypatch.setenv(folder.MICRODATA, str(tmp_path))
    return tmp_path


def rewrite(file: Path, change: Callable[[pd.DataFrame], pd.DataFrame]) -> None:
    table = pd.read_csv(file, dtype=str, keep_default_na=False)
    change(table).to_csv(file, index=False)


def with_cells(row: int, **cells: str) -> Callable[[pd.DataFrame], pd.DataFrame]:
    def change(table: pd.DataFrame) -> pd.DataFrame:
        for column, value in cells.items():
            table.loc[row, column] = value
        return table

    return change


# --- The committed tables are valid, and typed ---


def test_committed_tables_keep_their_rules():
    for name in (pupils.LEARNERS, pupils.LEARNER_TRUTH, pupils.ABO_LEARNERS, pupils.ABO_TRUTH):
        assert not DATA.table(name, study.tables()[name]).empty


def test_numbers_are_whole_and_codes_are_categories_in_the_order_of_text():
    table, rules = pupils.learners(), pupils.TABLES[pupils.LEARNERS]
    assert {name for name in table if table[name].dtype.kind == "i"} == set(rules.numeric) - set(rules.optional)
    for name in set(rules.columns) - set(rules.numeric):
        assert list(table[name].cat.categories) == sorted(rules.columns[name][0].codes)


def test_the_rules_agree_with_the_published_period_and_hours():
    first, last = claim("micro.study.period_from").value, claim("micro.study.period_to").value
    assert tuple(range(first, first + claim("micro.study.cohorts").value)) == pupils.ENTRY_YEARS
    assert last == pupils.END_OF_FOLLOW_UP
    assert claim("micro.brug.hours").value == pupils.BRUG_HOURS
    assert claim("micro.ibal.hours").value == pupils.IBAL_HOURS


# --- Broken records: file, row, column, rule, remedy ---

STAYED: Cells = {
    "programme": "none",
    "brug_hours": "0",
    "ibal_hours": "0",
    "cohort": "2014",
    "vsv": "0",
    "months": "48",
}
LEFT: Cells = STAYED | {"vsv": "1", "months": "20"}
BROKEN_LEARNERS = [
    (STAYED | {"brug_hours": "250"}, "brug_hours", "BRUG"),
    (STAYED | {"programme": "ibal"}, "ibal_hours", "IBAL"),
    (STAYED | {"programme": "brug", "brug_hours": "801"}, "brug_hours", "van 0 tot 800"),
    (STAYED | {"programme": "ibal", "ibal_hours": "9.5"}, "ibal_hours", "geheel getal"),
    (STAYED | {"months": "47"}, "months", "einde van de opvolging"),
    (LEFT | {"cohort": "2015", "months": "37"}, "months", "einde van de opvolging"),
    (LEFT | {"months": "0"}, "months", "van 1 tot 48"),
    (STAYED | {"vsv": ""}, "vsv", "een van 0 of 1"),
    (STAYED | {"sex": "man"}, "sex", "een van m of f"),
    (STAYED | {"mother": ""}, "mother", "een van low, mid of high"),
    (STAYED | {"age": "zestien"}, "age", "geheel getal van 14"),
    (STAYED | {"cohort": "2013"}, "cohort", "een van 2014 of 2015"),
    (STAYED | {"id": "2"}, "id", "elke sleutel"),
]


@pytest.mark.parametrize(("cells", "column", "rule"), BROKEN_LEARNERS)
def test_a_broken_learner_is_one_error_that_says_where_and_what_to_do(real, cells, column, rule):
    rewrite(real / "learners.csv", with_cells(4, **cells))
    with pytest.raises(DataError) as raised:
        pupils.learners()
    (problem,) = raised.value.problems
    assert (problem.row, problem.column) == (6, column)
    assert rule in problem.demand
    assert problem.remedy


@pytest.mark.parametrize(
    ("cells", "column"),
    [({"abo": "0", "bonus": "1"}, "bonus"), ({"absent": "2"}, "absent"), ({"region": "waals"}, "region")],
)
def test_a_broken_abo_learner_is_refused(real, cells, column):
    rewrite(real / "abo_learners.csv", with_cells(0, **{"bonus": "0"} | cells))
    with pytest.raises(DataError) as raised:
        pupils.abo_learners()
    (problem,) = raised.value.problems
    assert (problem.file, problem.row, problem.column) == (f"{folder.MICRODATA}/abo_learners.csv", 2, column)


def test_a_missing_column_is_named(real):
    rewrite(real / "learners.csv", lambda table: table.drop(columns="nec"))
    with pytest.raises(DataError, match="kolom nec"):
        pupils.learners()


# --- Real records in place of synthetic ones ---


def test_real_records_are_read_from_their_folder_and_marked(real):
    assert len(pupils.learners()) == len(pupils.abo_learners()) == 300


def test_without_a_folder_the_records_are_synthetic(monkeypatch):
    monkeypatch.delenv(folder.MICRODATA, raising=False)
    assert len(pupils.learners()) == 10_000


def test_what_was_read_is_recorded_without_the_folder(real):
    with recording() as paths:
        pupils.learners()
    assert paths == {f"{folder.MICRODATA}/learners.csv"}
    assert str(real) not in "".join(paths)
    assert len(DATA.fingerprint(*paths)) == 64


def test_real_records_are_not_read_before_their_holder_says_what_they_are(real):
    (real / "records.yml").unlink()
    with pytest.raises(DataError, match="holder: ___"):
        pupils.learners()


def test_a_missing_real_table_is_an_error_not_a_synthetic_one(real):
    (real / "learners.csv").unlink()
    with pytest.raises(DataError, match=f"{folder.MICRODATA}/learners.csv"):
        pupils.learners()


# --- Assumptions say where they come from ---


def test_every_assumption_has_a_basis_and_every_own_one_a_reason():
    entries = assumptions.assumptions().entries.values()
    assert {entry.basis for entry in entries} == {"published", "public source", "assumption"}
    assert [entry.name for entry in entries if entry.basis == "assumption" and not entry.why] == []


def test_public_figures_are_looked_up():
    known = assumptions.assumptions()
    series = context.series("early_leavers_admin_share_dbso")
    assert known.number("learners.vsv_share") == series["value"].iloc[0] / 100
    assert known.entries["learners.vsv_share"].source == series["source"].iloc[0]
    assert known.number("learners.size") == context.series("learning_working_pupils")["value"].iloc[0]


@pytest.mark.parametrize(
    ("entry", "rule"),
    [
        ({"value": 3, "why": "x"}, "basis"),
        ({"basis": "guess", "value": 3}, "basis is een van"),
        ({"basis": "published", "value": 0.27}, "hoort een van claim"),
        ({"basis": "public source", "source": "knack-2017", "value": 0.527}, "hoort een van series"),
        ({"basis": "assumption", "value": 3}, "zegt waarom"),
        (
            {
                "basis": "public source",
                "source": "nergens",
                "series": {"indicator": "learning_working_pupils", "geo": "Flanders", "period": "about 2017"},
            },
            "bron 'nergens'",
        ),
    ],
)
def test_an_assumption_without_an_honest_origin_is_refused(tmp_path, monkeypatch, entry, rule):
    content = {"learners": {"size": entry}}
    monkeypatch.setattr(assumptions, "_read", lambda: content)
    with pytest.raises(DataError, match=rule):
        assumptions.assumptions()


def test_unreadable_assumptions_are_a_data_error(tmp_path, monkeypatch):
    folder = tmp_path / "synthetic"
    folder.mkdir()
    (folder / "assumptions.yml").write_text("learners: {size: [\n", encoding="utf-8")
    monkeypatch.setattr(DATA, "path", tmp_path)
    with pytest.raises(DataError, match="leesbare YAML"):
        assumptions.assumptions()


def test_no_published_or_public_figure_is_typed_over():
    content = yaml.safe_load((DATA.path / assumptions.FILE).read_text(encoding="utf-8"))
    typed = [
        name
        for part in content.values()
        for name, entry in part.items()
        if isinstance(entry, dict) and entry.get("basis") != "assumption" and "value" in entry
    ]
    assert typed == []


# --- The descriptors say what the rules say ---


def test_descriptors_have_the_columns_types_and_codes_of_the_rules():
    part = json.loads((DATA.path / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    described = {row["path"]: row["schema"]["fields"] for row in part if row["path"] in pupils.TABLES}
    assert set(described) == set(pupils.TABLES)
    for name, fields in described.items():
        rules = pupils.TABLES[name]
        columns = [column for column in rules.columns if column not in rules.optional]
        assert [field["name"] for field in fields] == columns, name
        assert {field["name"] for field in fields if field["type"] != "string"} == set(rules.numeric) & set(columns), (
            name
        )


def test_descriptors_allow_exactly_what_the_rules_allow():
    part = json.loads((DATA.path / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    for row in (row for row in part if row["path"].startswith("synthetic/") and "schema" in row):
        for field in row["schema"]["fields"]:
            (rule,) = pupils.TABLES[row["path"]].columns[field["name"]]
            limits = field["constraints"]
            allowed = limits["enum"] if "enum" in limits else [limits["minimum"], limits["maximum"]]
            refused = ["", "?"] if "enum" in limits else ["", allowed[0] - 1, allowed[1] + 1]
            if field["name"] == "cohort":
                refused = ["", "2013", "2016"]
            assert rule.holds(pd.Series(allowed).astype(str)).all(), field["name"]
            assert not rule.holds(pd.Series(refused).astype(str)).any(), field["name"]
