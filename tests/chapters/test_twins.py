"""The paired scripts: equal to their chapters, and running on their own."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import jupytext
import pytest
from conftest import ROOT
from jupytext.config import load_jupytext_configuration_file

from bookbuild.checks import twins
from leerwerk import study
from leerwerk.tables import published


def test_the_committed_scripts_are_their_chapters_twins(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert twins.check(root) == 0, capsys.readouterr().out


def test_an_edit_without_make_twins_is_noticed(mini_book, capsys: pytest.CaptureFixture[str]) -> None:
    project = mini_book("tekst")
    for level in study.CHAPTERS:
        chapter = project / "chapters" / f"{level}.md"
        chapter.write_text((project / "chapters" / "mini.md").read_text(encoding="utf-8"), encoding="utf-8")
    twins.write(project)
    assert twins.check(project) == 0
    chapter, script = twins.twin_paths(project)[1]
    chapter.write_text(chapter.read_text(encoding="utf-8").replace("tekst", "andere tekst"), encoding="utf-8")
    assert twins.check(project) == 1
    assert script.name in capsys.readouterr().out


@pytest.fixture
def macro(mini_book) -> tuple[Path, Path, Path]:
    """A project, its chapter Macro and the script made from it."""
    project = mini_book("tekst")
    shutil.copytree(ROOT / "chapters", project / "chapters", dirs_exist_ok=True)
    assert twins.check(project) == 0
    return project, project / "chapters" / "macro.md", project / "code" / "macro.py"


def edit(path: Path, old: str, new: str) -> str:
    """Replace a text once; gives what the file then holds."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path.read_text(encoding="utf-8")


def test_a_script_that_was_edited_is_kept_and_the_edit_is_shown_at_its_place_in_the_chapter(
    macro: tuple[Path, Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    project, chapter, script = macro
    line = chapter.read_text(encoding="utf-8").splitlines().index("page.table(exhibits.overview())") + 1
    kept = edit(script, "page.table(exhibits.overview())", "page.table(exhibits.overview(1))")
    edit(chapter, "Voor leerlingen is", "Voor een leerling is")
    assert twins.write(project) == 1
    assert script.read_text(encoding="utf-8") == kept
    said = capsys.readouterr().err
    assert said.startswith("code/macro.py is met de hand gewijzigd. Maak de wijziging in chapters/macro.md:")
    assert f"  regel {line}:\n    - page.table(exhibits.overview())\n    + page.table(exhibits.overview(1))\n" in said
    assert said.endswith("Toch overschrijven: make twins OVERWRITE=1\n")
    assert twins.check(project) == 1
    assert "met de hand gewijzigd" in capsys.readouterr().out
    assert twins.write(project, overwrite=True) == 0
    assert script.read_text(encoding="utf-8") == twins.twin_text(chapter) != kept


def test_a_script_that_nobody_edited_follows_its_chapter_and_one_without_a_first_line_gets_it(
    macro: tuple[Path, Path, Path],
) -> None:
    project, chapter, script = macro
    script.write_text(script.read_text(encoding="utf-8").partition("\n")[2], encoding="utf-8")
    assert twins.write(project) == 0
    assert script.read_text(encoding="utf-8") == twins.twin_text(chapter)
    edit(chapter, "Voor leerlingen is", "Voor een leerling is")
    assert twins.write(project) == 0
    assert "Voor een leerling is" in script.read_text(encoding="utf-8")


def test_only_what_was_saved_is_written_but_all_when_anything_may_have_changed(macro: tuple[Path, Path, Path]) -> None:
    project, chapter, script = macro
    other = project / "chapters" / "meso.md", project / "code" / "meso.py"
    old, meso = script.read_text(encoding="utf-8"), other[1].read_text(encoding="utf-8")
    edit(chapter, "Voor leerlingen is", "Voor een leerling is")
    edit(other[0], "\n# ", "\nEen zin.\n\n# ")
    assert twins.write(project, saved=[project / "data" / "x.csv"]) == 0
    assert (script.read_text(encoding="utf-8"), other[1].read_text(encoding="utf-8")) == (old, meso)
    assert twins.write(project, saved=[chapter]) == 0
    assert script.read_text(encoding="utf-8") == twins.twin_text(chapter) != old
    assert other[1].read_text(encoding="utf-8") == meso
    other[1].unlink()
    assert twins.write(project, saved=[chapter]) == 0
    assert other[1].read_text(encoding="utf-8") == twins.twin_text(other[0])
    other[1].write_text(meso, encoding="utf-8")
    assert twins.write(project, saved=[other[1]]) == 0  # as it was made once, so that nobody's edit is lost
    assert other[1].read_text(encoding="utf-8") == twins.twin_text(other[0])
    other[1].write_text(meso, encoding="utf-8")
    assert twins.write(project, saved=[project / "jupytext.toml"]) == 0
    assert other[1].read_text(encoding="utf-8") == twins.twin_text(other[0])


@pytest.mark.parametrize("level", study.CHAPTERS)
def test_the_first_line_says_what_it_is_and_jupytext_keeps_it(level: str, root: Path) -> None:
    script = (root / "code" / f"{level}.py").read_text(encoding="utf-8")
    assert script.startswith(f"# Gemaakt uit chapters/{level}.md door make twins (")
    rules = load_jupytext_configuration_file(str(root / "jupytext.toml"))
    notebook = jupytext.reads(script, fmt="py:percent", config=rules)
    chapter = jupytext.read(root / "chapters" / f"{level}.md", config=rules)
    assert [cell.source for cell in notebook.cells] == [cell.source for cell in chapter.cells]
    assert jupytext.writes(notebook, fmt="py:percent", config=rules) == script


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
