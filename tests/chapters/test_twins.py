"""The paired scripts: equal to their chapters, and running on their own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bookbuild.checks import twins
from leerwerk import study
from leerwerk.tables import published


def test_the_committed_scripts_are_their_chapters_twins(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert twins.check(root) == 0, capsys.readouterr().out


def test_an_edit_without_make_twins_is_noticed(mini_book, capsys: pytest.CaptureFixture[str]) -> None:
    project = mini_book("tekst")
    for chapter, _ in twins.twin_paths(project):
        chapter.write_text((project / "chapters" / "mini.md").read_text(encoding="utf-8"), encoding="utf-8")
    twins.write(project)
    assert twins.check(project) == 0
    chapter, script = twins.twin_paths(project)[1]
    chapter.write_text(chapter.read_text(encoding="utf-8").replace("tekst", "andere tekst"), encoding="utf-8")
    assert twins.check(project) == 1
    assert script.name in capsys.readouterr().out


@pytest.mark.parametrize("level", study.CHAPTERS)
def test_headers_keep_inputs_and_drop_the_tools_version(level: str, root: Path) -> None:
    script = (root / "code" / f"{level}.py").read_text(encoding="utf-8")
    assert "#   inputs:\n#   - data/" in script
    assert "jupytext_version: " not in script


@pytest.mark.parametrize("level", study.CHAPTERS)
def test_a_script_prints_its_chapters_numbers_from_anywhere(level: str, root: Path, tmp_path: Path) -> None:
    command = [sys.executable, str(root / "code" / f"{level}.py")]
    result = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")
    claims = published.claims()
    printed = {line.split()[0] for line in result.stdout.splitlines() if line}
    assert set(claims.loc[claims["level"] == level, "id"]) <= printed
