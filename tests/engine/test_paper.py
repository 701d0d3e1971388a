"""`make pdf`: the PDF and the link to it stand or fall with the pages that it was made from."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import run_build, write_mini_book
from pypdf import PdfReader

from bookbuild import build, machine

NAME = "alternerend-leren.pdf"
SECOND = (
    "Zie [het eerste](mini.md), met {glue:}`meso.mentoring.parties`.\n\n```{code-cell} ipython3\n"
    "from bookbuild import page\nfrom leerwerk import study\nfrom leerwerk.meso import exhibits, figures\n\n"
    "page.numbers(study.numbers('meso'))\n```\n\n```{code-cell} ipython3\npage.figure(exhibits.who_guides(), figures.who_guides)\n```"
)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book of two chapters, one with numbers and a figure, published with its PDF."""
    root = write_mini_book(tmp_path_factory.mktemp("boek"), "Met een zin.", twee=SECOND)
    result = run_build(root, "--pdf")
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]
    return root


@pytest.fixture
def project(printed: Path) -> Iterator[Path]:
    """The same; what a test edits in its first chapter is undone."""
    chapter = printed / "chapters" / "mini.md"
    text = chapter.read_text(encoding="utf-8")
    yield printed
    chapter.write_text(text, encoding="utf-8")


def published(root: Path) -> tuple[bool, bool]:
    """Whether there is a PDF, and whether the first page links to it."""
    html = root / "_build" / "html"
    return (html / NAME).is_file(), f'href="../{NAME}"' in (html / "chapters" / "mini.html").read_text(encoding="utf-8")


def edit(root: Path, old: str, new: str) -> None:
    """Change the chapter."""
    chapter = root / "chapters" / "mini.md"
    chapter.write_text(chapter.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def test_the_same_pages_give_the_same_bytes(project: Path) -> None:
    # Of the whole book `make verify` says so, every week.
    code = "import sys; from pathlib import Path; from bookbuild.paper import document; " + (
        "sys.stdout.buffer.write(document.write(*map(Path, sys.argv[1:])))"
    )
    elsewhere = {"PYTHONHASHSEED": "7", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "SOURCE_DATE_EPOCH": "1"}
    pages = project / "_build" / "html"
    command = [sys.executable, "-c", code, str(project), str(pages)]
    again = subprocess.run(command, cwd="/", env=os.environ | elsewhere, capture_output=True, check=True).stdout
    assert again == (pages / NAME).read_bytes()
    assert len(PdfReader(pages / NAME).pages) == 3  # the first chapter, the contents, the second


def test_the_pdf_stays_as_long_as_nothing_changes_and_goes_with_its_link(project: Path) -> None:
    assert published(project) == (True, True)
    made = (project / "_build" / "html" / NAME).read_bytes()
    assert run_build(project).returncode == 0
    assert published(project) == (True, True)
    assert (project / "_build" / "html" / NAME).read_bytes() == made
    edit(project, "Met een zin", "Met een andere zin")
    assert run_build(project).returncode == 0
    assert published(project) == (False, False)
    assert run_build(project, "--pdf").returncode == 0
    assert published(project) == (True, True)
    assert "andere zin" in PdfReader(project / "_build" / "html" / NAME).pages[0].extract_text()


def test_a_pdf_that_would_not_be_whole_leaves_the_last_good_book(project: Path) -> None:
    edit(
        project,
        "Met een zin",
        '<span style="background-image: url(../figures/nergens.svg)">Een figuur die er niet is</span>\n\nMet een zin',
    )
    result = run_build(project, "--pdf")
    assert result.returncode == 1
    assert "nergens.svg" in result.stderr
    assert published(project) == (True, True)
    assert "nergens" not in (project / "_build" / "html" / "chapters" / "mini.html").read_text(encoding="utf-8")


def test_without_pango_there_is_one_line_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(machine, "find_library", lambda name: None)
    monkeypatch.setattr(machine, "_install", asked.extend)
    monkeypatch.setattr(build, "_start_again_reproducibly", lambda root, pdf: None)
    assert build.build(tmp_path, pdf=True) == 1
    assert capsys.readouterr().err == f"{machine.NO_PANGO}\n"
    assert asked == list(machine.PANGO)
    assert list(tmp_path.iterdir()) == []
