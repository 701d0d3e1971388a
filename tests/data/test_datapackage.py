"""datapackage.json describes the files that are there, in the words of their schemas, and frictionless finds it right.

frictionless is the referee: the standard's own library, which knows nothing of our rules, reads the descriptor and every table.
"""

import csv
import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from conftest import ROOT, Desk
from frictionless import FrictionlessException, Package

from ledger.tables.rules import DATE, DATE_OR_EMPTY, Reference
from leerwerk import study
from leerwerk.cohort import assumptions
from leerwerk.tables.folder import DATA

PACKAGE = json.loads((DATA.path / "datapackage.json").read_text(encoding="utf-8"))
RESOURCES = {resource["path"]: resource for resource in PACKAGE["resources"] if resource["format"] == "csv"}


def test_every_file_has_a_resource_and_a_schema():
    files = {path.relative_to(DATA.path).as_posix() for path in DATA.path.rglob("*.csv")}
    assert files == set(RESOURCES) == set(study.tables())
    others = [resource["path"] for resource in PACKAGE["resources"] if resource["path"] not in RESOURCES]
    assert others == [assumptions.FILE]


def _shipped(path: str) -> list[str]:
    """The columns of a table but those that only a holder's records may have."""
    rules = study.tables()[path]
    return [name for name in rules.columns if name not in getattr(rules, "optional", ())]


@pytest.mark.parametrize("path", RESOURCES)
def test_fields_are_the_columns_in_order(path):
    fields = [field["name"] for field in RESOURCES[path]["schema"]["fields"]]
    with (DATA.path / path).open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    assert fields == header == _shipped(path)


@pytest.mark.parametrize("path", RESOURCES)
def test_numeric_fields_are_the_numeric_columns(path):
    fields = RESOURCES[path]["schema"]["fields"]
    rules = study.tables()[path]
    dates = {name for name, each in rules.columns.items() if DATE in each or DATE_OR_EMPTY in each}
    assert {field["name"] for field in fields if field["type"] == "date"} == dates
    assert {field["name"] for field in fields if field["type"] in ("number", "integer")} == set(rules.numeric) & set(
        _shipped(path)
    )
    assert {field["type"] for field in fields} <= {"string", "number", "integer", "date"}


@pytest.mark.parametrize("path", RESOURCES)
def test_what_must_be_filled_in_is_what_the_rules_refuse_empty(path: str) -> None:
    fields = RESOURCES[path]["schema"]["fields"]
    empty = pd.Series([""])
    refused = {
        name for name, each in study.tables()[path].columns.items() if not all(rule.holds(empty).all() for rule in each)
    }
    assert {field["name"] for field in fields if field.get("constraints", {}).get("required")} == refused


@pytest.mark.parametrize("path", RESOURCES)
def test_keys_are_those_of_the_rules(path: str) -> None:
    """A reference to another table's key is a foreign key, as a database has them; other references no standard can say."""
    schema, tables = RESOURCES[path]["schema"], study.tables()
    assert schema.get("primaryKey", []) == list(tables[path].key)
    whole = Reference("", "", "").pattern
    known = {
        (each.column, RESOURCES[each.table]["name"], each.other)
        for each in tables[path].refers
        if each.pattern == whole and tables[each.table].key == (each.other,)
    }
    declared = {
        (*each["fields"], each["reference"]["resource"], *each["reference"]["fields"])
        for each in schema.get("foreignKeys", [])
    }
    assert known <= declared


@pytest.mark.parametrize(
    "data", [DATA.path, ROOT / "tests" / "engine" / "second_book" / "data"], ids=["ours", "second"]
)
def test_the_referee_finds_the_descriptor_and_every_table_right(data: Path) -> None:
    report = Package(str(data / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "message"])
    assert {task.place for task in report.tasks if task.type == "table"} == {
        path.relative_to(data).as_posix() for path in data.rglob("*.csv")
    }


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"profile": "tabular-data-package"}, 'requires all the resources to be "tabular-data-resource"'),
        ({"name": 7}, "name"),
        ({"licenses": [{"title": "zonder naam of adres"}]}, "license"),
    ],
)
def test_the_referee_refuses_what_is_no_data_package(change: dict[str, object], why: str) -> None:
    with pytest.raises(FrictionlessException) as refused:
        Package.from_descriptor(PACKAGE | change, basepath=str(DATA.path))
    assert why in str([refused.value.error, *refused.value.reasons])


MISTAKES = {
    "an empty cell": (
        "published/guidance.csv",
        "partner,opleidingsverstrekker,,11",
        "partner,,,11",
        "constraint-error",
    ),
    "a word for a number": (
        "published/guidance.csv",
        "opleidingsverstrekker,,11",
        "opleidingsverstrekker,,elf",
        "type-error",
    ),
    "a date that does not exist": ("context/sources.csv", "2026-11-24", "2026-11-31", "type-error"),
    "a comma in a number": ("context/series.csv", ",16.8,", ',"16,8",', "type-error"),
    "a key twice": ("context/sources.csv", "\nctg-total,", "\nctg-youth,", "primary-key"),
    "a reference to nothing": ("context/series.csv", ",ctg-youth,", ",ctg-jong,", "foreign-key"),
    "a cell too many": ("published/slides.csv", "\n2,", "\n2,2,", "extra-cell"),
}


@pytest.mark.parametrize(("table", "old", "new", "kind"), MISTAKES.values(), ids=MISTAKES)
def test_the_referee_and_our_rules_find_the_same_mistakes(
    desk: Desk, table: str, old: str, new: str, kind: str
) -> None:
    desk.replace(table, old, new)
    shutil.copy(ROOT / "data" / "datapackage.json", desk.path("datapackage.json"))
    report = Package(str(desk.path("datapackage.json"))).validate()
    found = report.flatten(["type", "path"]) or [["none", ""]]
    assert kind in [each[0] for task in report.tasks if task.place == table for each in task.flatten(["type"])], found
    assert next(problem.file for problem in DATA.problems(study.tables())) == f"data/{table}"


@pytest.mark.parametrize("path", RESOURCES)
def test_a_reader_learns_what_it_is_whose_it_is_and_what_each_column_means(path):
    resource = RESOURCES[path]
    assert resource["description"]
    assert resource["sources"]
    assert resource["licenses"]
    assert resource["encoding"] == "utf-8"
    assert all(field["description"] for field in resource["schema"]["fields"])
