"""The bill of packages: by the standard's own schema, of the lock's versions, and the same wherever it is made."""

from __future__ import annotations

import csv
import json
import shutil
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from jsonschema import Draft7Validator
from packaging.requirements import Requirement
from rfc3986_validator import validate_rfc3986

from bookbuild.citation import work as citation
from bookbuild.release import bill
from bookbuild.release.version import ReleaseError

SECONDS = 1_700_000_000


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the bill is made from, and the bill."""
    tree = tmp_path_factory.mktemp("archive")
    for name in ("pyproject.toml", "Makefile", "requirements.txt"):
        shutil.copy(ROOT / name, tree)
    assert bill.write(tree, citation.read(ROOT), SECONDS) == [tree / "sbom.cdx.json", tree / "licences.csv"]
    return tree


@pytest.fixture(scope="module")
def found(tree: Path) -> dict[str, Any]:
    return json.loads((tree / "sbom.cdx.json").read_text(encoding="utf-8"))


# Addresses by RFC 3986, which has no letters beyond ASCII: the package that knows those takes a second in every process.
for kind, rule in (("iri", "URI"), ("iri-reference", "URI_reference")):
    Draft7Validator.FORMAT_CHECKER.checks(kind)(partial(validate_rfc3986, rule=rule))


def complaint(text: str) -> object:
    """What the schema of CycloneDX 1.5 has against a text."""
    return JsonStrictValidator(SchemaVersion.V1_5).validate_str(text)


def test_it_is_cyclonedx_and_the_referee_sees_what_is_not(tree: Path, found: dict[str, Any]) -> None:
    assert complaint((tree / "sbom.cdx.json").read_text(encoding="utf-8")) is None
    assert complaint(json.dumps(found | {"specVersion": 5})) is not None
    astray = [{"type": "website", "url": "https://voorbeeld.be/een adres"}]
    assert complaint(json.dumps(found | {"externalReferences": astray})) is not None
    nameless = [{key: value for key, value in found["components"][0].items() if key != "name"}]
    assert complaint(json.dumps(found | {"components": nameless})) is not None


def test_it_has_what_a_book_is_built_with_in_the_versions_of_the_lock(found: dict[str, Any]) -> None:
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    pins = {f"pkg:pypi/{pin.name}@{str(pin.specifier).removeprefix('==')}" for pin in map(_pin, lock) if pin}
    assert {part["purl"] for part in found["components"]} <= pins
    names = {part["name"] for part in found["components"]}
    assert names >= {"sphinx", "numpy", "pandas", "weasyprint", "pyyaml", "jinja2", "sqlalchemy", "pyzmq"}
    assert names.isdisjoint({"pytest", "rocrate", "cyclonedx-python-lib", "pyarrow", "pip-audit"})
    assert names.isdisjoint({"debugpy", "jedi", "sphinx-design", "parso"})  # no build of the book installs them


def _pin(line: str) -> Requirement | None:
    return Requirement(line.rstrip(" \\")) if line[:1].isalnum() else None


def test_each_package_is_asked_for_by_the_book_or_by_another(found: dict[str, Any]) -> None:
    edges = {each["ref"]: set(each.get("dependsOn", [])) for each in found["dependencies"]}
    reached, waiting = set(), {found["metadata"]["component"]["bom-ref"]}
    while waiting:
        reached |= waiting
        waiting = {other for name in waiting for other in edges.get(name, set())} - reached
    assert reached == {part["bom-ref"] for part in found["components"]} | {"boek"}
    assert "docutils" in edges["sphinx"]


def test_each_package_has_its_licence(tree: Path, found: dict[str, Any]) -> None:
    with (tree / "licences.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["package"] for row in rows] == sorted(part["name"] for part in found["components"])
    said = {row["package"]: row["licence"] for row in rows}
    assert (said["sphinx"], said["attrs"], said["docutils"][:6]) == ("BSD License", "MIT", "Python")
    assert [name for name, licence in said.items() if licence == bill.UNSAID] == []


def test_it_is_of_no_clock(tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pyproject.toml", "Makefile", "requirements.txt"):
        shutil.copy(tree / name, tmp_path)
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    for path in bill.write(tmp_path, citation.read(ROOT), SECONDS):
        assert path.read_bytes() == (tree / path.name).read_bytes()


def test_a_package_that_the_lock_has_not_stops_it(tmp_path: Path) -> None:
    for name in ("pyproject.toml", "Makefile"):
        shutil.copy(ROOT / name, tmp_path)
    lock = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    (tmp_path / "requirements.txt").write_text(lock.replace("\nnumpy==", "\nnumpie=="), encoding="utf-8")
    with pytest.raises(ReleaseError, match=r"numpy staat niet in requirements.txt\.\n  herstel: make lock"):
        bill.write(tmp_path, citation.read(ROOT), SECONDS)


def test_a_project_without_a_lock_has_none(tmp_path: Path) -> None:
    assert bill.write(tmp_path, citation.read(ROOT), SECONDS) == []
