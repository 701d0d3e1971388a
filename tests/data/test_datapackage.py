"""datapackage.json describes the files that are there, in the words of their schemas."""

import csv
import json

import pytest

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


@pytest.mark.parametrize("path", RESOURCES)
def test_fields_are_the_columns_in_order(path):
    fields = [field["name"] for field in RESOURCES[path]["schema"]["fields"]]
    with (DATA.path / path).open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    assert fields == header == list(study.tables()[path].columns)


@pytest.mark.parametrize("path", RESOURCES)
def test_numeric_fields_are_the_numeric_columns(path):
    fields = RESOURCES[path]["schema"]["fields"]
    assert {field["name"] for field in fields if field["type"] != "string"} == set(study.tables()[path].numeric)
    assert {field["type"] for field in fields} <= {"string", "number", "integer"}


@pytest.mark.parametrize("path", RESOURCES)
def test_a_reader_learns_what_it_is_whose_it_is_and_what_each_column_means(path):
    resource = RESOURCES[path]
    assert resource["description"]
    assert resource["sources"]
    assert resource["licenses"]
    assert resource["encoding"] == "utf-8"
    assert all(field["description"] for field in resource["schema"]["fields"])
