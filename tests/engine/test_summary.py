"""`make summary`: what a reviewer of a change reads, with each changed figure before and after."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from smallbook import commit

from bookbuild.checks import difference, summary
from bookbuild.checks.difference import Version

ROW = {"published": "7%", "recomputed": "7,0%", "value": 0.07, "unit": "share", "status": "reproduced", "inputs": []}
OLD, NEW = {"title": "X", "data": "1"}, {"title": "X stijgt", "data": "2"}


def run(project: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """`make summary`, with the copy's own code."""
    env = os.environ | {"PYTHONPATH": str(project / "code")} | environment
    command = [sys.executable, "-m", "bookbuild", "summary", "HEAD"]
    return subprocess.run(command, cwd=project, env=env, capture_output=True, text=True, check=False)


def project_with_history(root: Path, copy: Path) -> Path:
    """A copy of the project with one commit."""
    for name in ("chapters", "code", "data"):
        shutil.copytree(root / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("_config.yml", ".gitignore"):
        shutil.copy(root / name, copy)
    commit(copy)
    return copy


def test_a_changed_table_and_a_changed_module(root: Path, book: Path, tmp_path: Path) -> None:
    """Ten hours become twelve, and the figures of Macro get wider lines."""
    project = project_with_history(root, tmp_path)
    table = project / "data" / "published" / "claims.csv"
    text = table.read_text(encoding="utf-8").replace(
        "gemiddeld 10 uur.,10,9.5,10.5,", "gemiddeld 12 uur.,12,11.5,12.5,"
    )
    table.write_text(text, encoding="utf-8")
    drawing = project / "code" / "leerwerk" / "macro" / "figures.py"
    source = drawing.read_text(encoding="utf-8")
    drawing.write_text(source.replace("height=", "height=0.5 + ", 1), encoding="utf-8")
    job = tmp_path / "job.md"
    job.write_text("Al eerder gezegd.\n", encoding="utf-8")
    result = run(project, GITHUB_STEP_SUMMARY=str(job))
    assert result.returncode == 0, result.stderr
    folder = project / "_build" / "summary"
    said = (folder / "summary.md").read_text(encoding="utf-8").splitlines()
    assert said[0] == "## 2 getallen en 2 figuren of tabellen verschillen van `HEAD`"
    assert [line.split(" | ")[-1] for line in said if line.startswith("| `")] == [
        "`data/published/claims.csv` |",
        "wat gepubliceerd is |",
    ]
    assert "| ![Voor: uren](before/uren.png) | ![Na: uren](after/uren.png) |" in said
    assert "| ![Voor: aandelen](before/aandelen.png) | ![Na: aandelen](after/aandelen.png) |" in said
    assert sum("dezelfde gegevens, anders getekend" in line for line in said) == 1
    pictures = {path.relative_to(folder).as_posix() for path in folder.rglob("*.png")}
    assert pictures == {f"{moment}/{name}.png" for moment in ("before", "after") for name in ("uren", "aandelen")}
    # Before is what the book shows today; after is not.
    for name in ("uren", "aandelen"):
        published = next(book.rglob(f"{name}.png")).read_bytes()
        assert (folder / "before" / f"{name}.png").read_bytes() == published
        assert (folder / "after" / f"{name}.png").read_bytes() != published
    assert {image.get("src") for image in html.parse(folder / "index.html").iter("img")} == pictures
    told = job.read_text(encoding="utf-8")
    assert told.startswith("Al eerder gezegd.\n## 2 getallen")
    assert told == "Al eerder gezegd.\n" + (folder / "plain.md").read_text(encoding="utf-8")
    assert "- `uren`: " in told
    assert "artefact" in told
    assert "![" not in told


def test_nothing_changed_is_said_and_an_earlier_summary_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    version = Version({"a": ROW}, {"x": OLD}, {"x": b"1"})
    monkeypatch.setattr(difference, "compared", lambda root, base, drawn: (version, version))
    monkeypatch.delenv(summary.JOB, raising=False)
    stale = tmp_path / "_build" / "summary" / "after" / "x.png"
    stale.parent.mkdir(parents=True)
    stale.touch()
    assert summary.summary(tmp_path, "v1") == 0
    said = (tmp_path / "_build" / "summary" / "summary.md").read_text(encoding="utf-8")
    assert said == "## Geen enkel getal en geen enkele figuur verschilt van `v1`\n"
    assert not stale.exists()
    assert "summary.md" in capsys.readouterr().out


def test_a_version_that_cannot_be_computed_fails_and_leaves_the_earlier_summary(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "_build" / "summary" / "summary.md"
    kept.parent.mkdir(parents=True)
    kept.touch()
    commit(tmp_path)
    assert summary.summary(tmp_path, "nergens") == 1
    assert "nergens is geen versie van dit boek" in capsys.readouterr().err
    assert kept.exists()


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ((OLD, b"1"), (OLD, b"1"), []),
        ((OLD, b"1"), (NEW, b"2"), [("- `x`: X stijgt", b"1", b"2")]),
        ((OLD, b"1"), (OLD, b"2"), [("- `x`: X (dezelfde gegevens, anders getekend)", b"1", b"2")]),
        ((OLD, None), (OLD, b"2"), []),  # a version that could not draw yet says nothing of the drawing
        ((OLD, None), (NEW, None), [("- `x`: X stijgt", None, None)]),
        ((None, None), (NEW, b"2"), [("- `x`: nieuw", None, b"2")]),
        ((OLD, b"1"), (None, None), [("- `x`: weg", b"1", None)]),
    ],
)
def test_which_figures_changed(
    before: tuple, after: tuple, found: list[tuple[str, bytes | None, bytes | None]]
) -> None:
    old, new = (
        Version({}, {"x": data} if data else {}, {"x": picture} if picture else {}) for data, picture in (before, after)
    )
    assert [(each.line, each.before, each.after) for each in summary.changed(old, new)] == found


def test_pictures_stand_side_by_side_and_a_table_has_none() -> None:
    lines = summary.pairs([summary.Drawn("x", "- `x`: nieuw", None, b"2"), summary.Drawn("t", "- `t`: T", None, None)])
    assert lines == [
        *("- `x`: nieuw", "", "| Voor | Na |", "|---|---|", "| geen beeld | ![Na: x](after/x.png) |", ""),
        *("- `t`: T", ""),
    ]


def test_another_status_comes_first() -> None:
    before: dict[str, Any] = {"a": ROW, "b": ROW, "gone": ROW}
    after = {"a": ROW | {"status": "differs"}, "b": ROW | {"value": 0.08}, "new": ROW}
    assert summary.statuses(before, after) == ["Een andere status:\n", "- `a`: nagerekend → **wijkt af**", ""]
    assert summary.statuses(before, before) == []


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ((0, 0), "Geen enkel getal en geen enkele figuur verschilt van `v1`"),
        ((1, 0), "1 getal verschilt van `v1`"),
        ((0, 1), "1 figuur of tabel verschilt van `v1`"),
        ((1, 1), "1 getal en 1 figuur of tabel verschillen van `v1`"),
        ((3, 0), "3 getallen verschillen van `v1`"),
    ],
)
def test_the_heading_counts(counts: tuple[int, int], said: str) -> None:
    assert summary.title("v1", *counts) == f"## {said}\n"


def test_a_cause_names_data_and_modules_that_moved() -> None:
    inputs = [{"path": "data/x.csv", "sha256": "1"}]
    old = ROW | {"inputs": inputs, "modules": {"code/a.py": "1", "code/b.py": "1"}}
    new = old | {
        "value": 0.08,
        "inputs": [inputs[0] | {"sha256": "2"}],
        "modules": {"code/a.py": "2", "code/b.py": "1"},
    }
    (row,) = difference.number_rows({"a": old}, {"a": new})
    assert row.endswith("| `data/x.csv`, `code/a.py` |")
