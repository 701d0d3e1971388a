"""`make diff` shows the numbers that a change moved, those only, and why."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from smallbook import commit

from bookbuild.checks.difference import CHANGED, FAILED, SAME, figure_rows, number_rows

BEFORE = {"published": "7%", "recomputed": "7,0%", "value": 0.07, "unit": "share", "status": "reproduced", "inputs": []}

HOURS, MORE_HOURS = "gemiddeld 10 uur.,10,9.5,10.5,", "gemiddeld 12 uur.,12,11.5,12.5,"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with a history."""
    copy = tmp_path_factory.mktemp("diff")
    root = Path(__file__).parents[2]
    for name in ("chapters", "code", "data"):
        shutil.copytree(root / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "_config.yml", copy)
    commit(copy)
    return copy


def diff(project: Path, base: str = "HEAD") -> subprocess.CompletedProcess[str]:
    """`make diff`, with the copy's own code."""
    env = os.environ | {"PYTHONPATH": str(project / "code")}
    command = [sys.executable, "-m", "bookbuild", "diff", base]
    return subprocess.run(command, cwd=project, env=env, capture_output=True, text=True, check=False)


def test_it_shows_exactly_what_a_table_moved(project: Path) -> None:
    same = diff(project)
    assert same.returncode == SAME, same.stderr
    assert "Geen enkel getal" in same.stdout
    table = project / "data" / "published" / "claims.csv"
    text = table.read_text(encoding="utf-8")
    table.write_text(text.replace(HOURS, MORE_HOURS), encoding="utf-8")
    result = diff(project)
    table.write_text(text, encoding="utf-8")
    assert HOURS in text
    assert result.returncode == CHANGED, result.stderr
    names = {line.split("`")[1] for line in result.stdout.splitlines() if line.startswith("| `")}
    assert names == {"micro.ibal.mean_hours", "meso.coaching.ibal_hours"}
    assert "| 10 | 12 |" in result.stdout
    assert "+2\xa0uur" in result.stdout
    figures = {line.split("`")[1] for line in result.stdout.splitlines() if line.startswith("- `")}
    assert figures == {"uren"}


def test_an_unknown_version_is_an_error(project: Path) -> None:
    result = diff(project, "nergens")
    assert result.returncode == FAILED
    assert "nergens is geen versie van dit boek" in result.stderr


@pytest.mark.parametrize(
    ("change", "cells"),
    [
        ({"value": 0.095, "recomputed": "9,5%"}, ["7,0%", "9,5%", "+2,5\xa0procentpunt"]),
        ({"value": 0.0701}, ["+0,01\xa0procentpunt"]),
        ({"value": 0.05}, ["\N{MINUS SIGN}2\xa0procentpunt"]),
        ({"status": "differs"}, ["nagerekend", "wijkt af"]),
        ({"status": "calibrated"}, ["nagerekend", "calibrated"]),  # a status that an older version had
        ({"inputs": [{"path": "data/x.csv", "sha256": "1"}], "value": 0.08}, ["`data/x.csv`"]),
        ({"value": 0.08}, ["de code"]),
    ],
)
def test_a_row_says_what_changed_and_why(change: dict, cells: list[str]) -> None:
    (row,) = number_rows({"a": BEFORE}, {"a": BEFORE | change})
    assert all(cell in row for cell in cells), row


def test_new_and_lost_numbers_are_told() -> None:
    rows = list(number_rows({"a": BEFORE}, {"b": BEFORE}))
    assert "weg" in rows[0]
    assert "nieuw" in rows[1]


def test_only_another_digest_is_no_change() -> None:
    assert not list(number_rows({"a": BEFORE}, {"a": BEFORE | {"inputs": [{"path": "x", "sha256": "1"}]}}))


def test_figures_with_other_data_are_told() -> None:
    before = {"x": {"title": "X", "data": "1"}, "y": {"title": "Y", "data": "1"}}
    after = {"x": {"title": "X stijgt", "data": "2"}, "y": {"title": "Y anders", "data": "1"}}
    assert list(figure_rows(before, after)) == ["- `x`: X stijgt"]
