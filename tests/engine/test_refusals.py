"""What stops a build: one clear error, no new book, and the old one left standing."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import run_build

GOOD = "```{code-cell} ipython3\nfrom bookbuild import page\npage.numbers('meso')\n```\n\nMet {glue:}`meso.mentoring.parties`.\n"


def published(project: Path) -> str:
    """The page that readers see."""
    return (project / "_build" / "html" / "chapters" / "mini.html").read_text(encoding="utf-8")


def test_a_failed_build_leaves_the_last_good_book(mini_book) -> None:
    project = mini_book(GOOD)
    assert run_build(project).returncode == 0
    before = published(project)
    chapter = project / "chapters" / "mini.md"
    chapter.write_text(chapter.read_text(encoding="utf-8").replace("parties`", "partners`"), encoding="utf-8")
    result = run_build(project)
    assert result.returncode != 0
    assert "meso.mentoring.partners" in result.stderr
    assert published(project) == before


def test_a_chapter_that_raises_fails_with_its_name(mini_book) -> None:
    result = run_build(mini_book("```{code-cell} ipython3\nraise RuntimeError('zo niet')\n```\n"))
    assert result.returncode != 0
    output = result.stdout + result.stderr
    assert "chapters/mini" in output
    assert "zo niet" in output


def test_a_warning_fails_the_build(mini_book) -> None:
    result = run_build(mini_book("Zie [hier](nergens.md)."))
    assert result.returncode != 0
    assert "nergens.md" in result.stderr


def test_a_formula_is_refused(mini_book) -> None:
    result = run_build(mini_book("Zo: {math}`a^2`."))
    assert result.returncode != 0
    assert "Een formule in chapters/mini" in result.stdout + result.stderr


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("published/claims.csv", "id,level,", "id,", "kolom level"),
        ("context/series.csv", ",2024,16.8,", ",2024,116.8,", "een percentage van 0 tot 100"),
        ("context/series.csv", ",2024,16.8,", ',2024,"16,8",', "een getal met een decimale punt"),
    ],
)
def test_bad_data_stop_the_build_with_one_clear_error(mini_book, file: str, old: str, new: str, expected: str) -> None:
    project = mini_book(GOOD)
    path = project / "data" / file
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new, 1), encoding="utf-8")
    result = run_build(project)
    assert result.returncode != 0
    assert "Fout in de gegevens" in result.stderr
    assert f"data/{file}" in result.stderr
    assert expected in result.stderr
    assert "Traceback" not in result.stdout + result.stderr
    assert len(result.stderr.splitlines()) < 25


def test_a_broken_citation_file_stops_the_build_with_one_clear_error(mini_book) -> None:
    project = mini_book(GOOD)
    path = project / "CITATION.cff"
    path.write_text(path.read_text(encoding="utf-8").replace("version:", "versie:"), encoding="utf-8")
    result = run_build(project)
    assert result.returncode != 0
    assert "Fout in CITATION.cff" in result.stderr
    assert "veld `version`: ontbreekt" in result.stderr
    assert "Traceback" not in result.stdout + result.stderr
    assert len(result.stderr.splitlines()) < 25
