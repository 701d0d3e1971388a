"""Where the book may read, decided by where a path ends and not by how it is written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bookbuild.project import inside


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project that is itself reached by a link, with a file in each folder that matters and one beside it."""
    monkeypatch.delenv("LEERWERK_MICRODATA", raising=False)
    real = tmp_path / "schijf"
    for name in ("data/a.csv", "data/_build/a.csv", "_build/a.csv", ".venv/a.csv", ".git/a", "data/records/l.csv"):
        (real / name).parent.mkdir(parents=True, exist_ok=True)
        (real / name).write_text("1", encoding="utf-8")
    (real / "_config.yml").write_text("bookbuild: {records: {variable: LEERWERK_MICRODATA}}\n", encoding="utf-8")
    (tmp_path / "buiten.csv").write_text("1", encoding="utf-8")
    (tmp_path / "boek").symlink_to(real)
    return tmp_path / "boek"


@pytest.mark.parametrize("name", ["data/a.csv", "data/../data/a.csv", "data", "data/geen.csv", "data/_build/a.csv", ""])
def test_the_projects_own_may_be_read(root: Path, name: str) -> None:
    assert inside.objection(root, root / name) == ""


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("../buiten.csv", "ligt buiten het project"),
        ("data/../../buiten.csv", "ligt buiten het project"),
        ("../boekje", "ligt buiten het project"),
        ("/etc/passwd", "ligt buiten het project"),
        ("_build/a.csv", "ligt in _build, en dat is geen deel van het boek"),
        ("data/../_build/a.csv", "ligt in _build, en dat is geen deel van het boek"),
        (".venv/a.csv", "ligt in .venv, en dat is geen deel van het boek"),
        (".git/a", "ligt in .git, en dat is geen deel van het boek"),
    ],
)
def test_nothing_else_may(root: Path, name: str, said: str) -> None:
    assert inside.objection(root, root / name) == said
    link = root / "data" / "link"
    link.symlink_to(root / name)
    assert inside.objection(root, link) == said


def test_records_in_the_project_are_no_part_of_it(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert inside.objection(root, root / "data" / "records" / "l.csv") == ""
    monkeypatch.setenv("LEERWERK_MICRODATA", str(root / "data" / "records"))
    assert inside.objection(root, root / "data" / "records" / "l.csv").startswith(
        "hoort bij de gegevens die niet openbaar"
    )
    assert inside.objection(root, root / "data" / "a.csv") == ""


def test_what_is_no_file_of_its_own_may_not(root: Path) -> None:
    os.mkfifo(root / "data" / "pijp")
    (root / "data" / "rond").symlink_to("rond")
    assert inside.objection(root, root / "data" / "pijp") == "is geen gewoon bestand"
    assert inside.objection(root, root / "data" / "rond") == "is een koppeling naar zichzelf"


def test_links_are_looked_at_where_the_book_reads(root: Path, tmp_path: Path) -> None:
    for name, target in {
        "data/uit": "../../buiten.csv",
        "data/records/weg": "/",
        "_build/uit": "/",
        "tests": "/",
    }.items():
        (root / name).symlink_to(target)
    (root / "data" / ".#a.csv").symlink_to("auteur@machine.1:2")  # of an editor
    (root / "data" / "in").symlink_to("a.csv")
    found = list(inside.wrong_links(root))
    assert sorted(said.split(" ligt ")[0] for said in found) == ["data/records/weg", "data/uit"]
    assert all("\n  herstel: " in said for said in found)
