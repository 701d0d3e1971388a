"""No page, input or link brings a file into the book that is not the project's: each is refused where it is asked for."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import run_build, write_mini_book

from bookbuild.execution import whole

SECRET = "ZEVENGEHEIM"
ASKS = "de pagina vraagt om "
BODY = "Een zin.\n"
PAGE = "chapters/mini.md"
# What asks for a file; each {} becomes a path to it from the page.
ASKING = {
    "include": "```{{include}} {}\n```",
    "include as text": "```{{include}} {}\n:literal:\n```",
    "literalinclude": "```{{literalinclude}} {}\n```",
    "the difference with a file": "```{{literalinclude}} mini.md\n:diff: {}\n```",
    "a table of a file": "```{{csv-table}}\n:file: {}\n```",
    "raw": "```{{raw}} html\n:file: {}\n```",
    "a download": "{{download}}`dit <{}>`",
    "a link": "[dit]({})",
    "an include in reStructuredText": "```{{eval-rst}}\n.. include:: {}\n```",
    "raw in reStructuredText": "```{{eval-rst}}\n.. raw:: html\n   :file: {}\n```",
    "a table in reStructuredText": "```{{eval-rst}}\n.. csv-table::\n   :file: {}\n```",
    "a download in reStructuredText": "```{{eval-rst}}\n:download:`dit <{}>`\n```",
    "within another directive": "````{{note}}\n```{{include}} {}\n```\n````",
}
PLACES = {
    "../../buiten/geheim.txt": "ligt buiten het project",
    "../_build/geheim.txt": "ligt in _build",
    "../.git/geheim.txt": "ligt in .git",
    "../.venv/geheim.txt": "ligt in .venv",
}
# These see less than a whole path: what is found of the file is its measure, or nothing at all.
PICTURES = {
    "a picture": "![dit]({})",
    "an image": "```{{image}} {}\n```",
    "a figure that is measured": "```{{figure}} {}\n:figwidth: image\n```",
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book of one chapter that was built, with a secret beside it and in each folder that no page may read."""
    folder = tmp_path_factory.mktemp("paden") / "boek"
    folder.mkdir()
    project = write_mini_book(folder, BODY)
    assert run_build(project).returncode == 0
    for place in PLACES:
        path = Path(os.path.normpath(project / "chapters" / place))
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{SECRET}\n", encoding="utf-8")
    return project


@contextmanager
def saying(project: Path, *texts: str) -> Iterator[list[int]]:
    """The chapter with these texts in it; gives the line of each."""
    page = project / PAGE
    before = page.read_text(encoding="utf-8")
    lines = []
    for text in texts:
        written = page.read_text(encoding="utf-8")
        lines.append(written.count("\n") + 2)
        page.write_text(f"{written}\n{text}\n", encoding="utf-8")
    try:
        yield lines
    finally:
        page.write_text(before, encoding="utf-8")


def refused(project: Path) -> str:
    """What a build says that is refused, publishes nothing of, and does not break off."""
    result = run_build(project)
    assert result.returncode == 1, result.stdout[-3000:]
    assert "Traceback" not in result.stdout + result.stderr
    assert all(SECRET not in path.read_text(errors="replace") for path in (project / "_build/html").rglob("*.*"))
    return result.stderr


def test_whatever_asks_for_a_file_that_is_not_the_books_is_refused_on_its_own_line(project: Path) -> None:
    asked = [(text.format(place), said) for place, said in PLACES.items() for text in ASKING.values()]
    with saying(project, *(text for text, _ in asked)) as lines:
        said = refused(project)
    assert [
        (text, line)
        for (text, why), line in zip(asked, lines, strict=True)
        if not re.search(rf"{PAGE}, regel ({line}|{line + 1}|{line + 2}): {ASKS}.*geheim.txt, en dat {why}", said)
    ] == [], said
    assert said.count("herstel: Zet wat het boek nodig heeft in het project zelf") == len(asked)
    assert "dit wordt geweigerd" not in said


def test_a_picture_from_elsewhere_is_not_even_measured(project: Path) -> None:
    with saying(project, *(text.format("../../buiten/geheim.txt") for text in PICTURES.values())) as lines:
        said = refused(project)
    refusals = [f"{PAGE}, regel {line}: " for line in lines]
    assert [line for line in refusals if line not in said] == [], said
    assert f"{refusals[2]}{ASKS}geheim.txt" in said


def test_the_project_itself_may_be_read(project: Path) -> None:
    (project / "data" / "regels.txt").write_text("een,twee\n", encoding="utf-8")
    (project / "data" / "link.txt").symlink_to(project / "data" / "regels.txt")
    asked = [text.format("../data/link.txt") for name, text in ASKING.items() if name != "the difference with a file"]
    with saying(project, *asked):
        result = run_build(project)
    assert result.returncode == 0, result.stderr
    (project / "data" / "link.txt").unlink()
    assert run_build(project).returncode == 0


def test_nothing_is_fetched_from_the_web_nor_taken_from_python(project: Path) -> None:
    """A package may read what it brought while a directive runs; a page may not ask for it."""
    python = os.path.relpath(Path(sys.prefix, "pyvenv.cfg"), project / "chapters")
    asked = [
        "```{raw} html\n:url: http://127.0.0.1:9/x\n```",
        "```{csv-table}\n:url: file:///etc/passwd\n```",
    ]
    with saying(project, *asked, f"```{{include}} {python}\n```") as (*lines, last):
        said = refused(project)
    assert f"{PAGE}, regel {last}: de pagina vraagt om pyvenv.cfg, en dat ligt buiten het project" in said
    assert [line for line in lines if f"{PAGE}, regel {line}: de pagina vraagt om iets van het web" not in said] == []
    assert "root:" not in said


def test_a_file_that_includes_itself_ends(project: Path) -> None:
    (project / "data" / "rond.md").write_text("```{include} ../data/rond.md\n```\n", encoding="utf-8")
    with saying(project, "```{include} ../data/rond.md\n```"):
        said = refused(project)
    assert "de pagina vraagt om rond.md, dat zichzelf blijft insluiten" in said
    assert len(said.splitlines()) < 25
    (project / "data" / "rond.md").unlink()


def test_what_is_no_ordinary_file_is_not_waited_for(project: Path) -> None:
    os.mkfifo(project / "data" / "pijp")
    with saying(project, "```{include} ../data/pijp\n```") as (line,):
        said = refused(project)
    assert f"{PAGE}, regel {line}: de pagina vraagt om data/pijp, en dat is geen gewoon bestand" in said
    (project / "data" / "pijp").unlink()


def test_a_cell_has_its_code_in_its_page(project: Path) -> None:
    with saying(project, "```{code-cell} ipython3\n:load: ../../buiten/geheim.txt\n```") as (line,):
        said = refused(project)
    assert f"{PAGE}, regel {line}: een cel haalt haar code uit geheim.txt\n  herstel: " in said


LINKS = {
    "data/weg.csv": ("../../buiten/geheim.txt", "ligt buiten het project"),
    "_static/weg": ("../../buiten", "ligt buiten het project"),
    "data/gebouwd.csv": ("../_build/geheim.txt", "ligt in _build"),
    "data/rond.csv": ("rond.csv", "is een koppeling naar zichzelf"),
    "chapters/rond.md": ("rond.md", "is een koppeling naar zichzelf"),
}


def test_links_that_lead_out_are_refused_by_their_names(project: Path) -> None:
    """One of them would do: nothing of the book changed but a name."""
    for name, (target, _) in LINKS.items():
        (project / name).symlink_to(target)
    try:
        found = refused(project)
    finally:
        for name in LINKS:
            (project / name).unlink()
    assert [name for name, (_, said) in LINKS.items() if f"{name} {said}" not in found] == []
    assert len(found.splitlines()) < 15


def test_a_link_that_leads_nowhere_is_an_editors(project: Path) -> None:
    lock = project / "chapters" / ".#mini.md"
    lock.symlink_to("auteur@machine.123:456")
    assert run_build(project).returncode == 0
    lock.unlink()


def test_sphinx_by_itself_refuses_the_same(project: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """`jupyter-book build .` comes by no command of ours."""
    copy = tmp_path / "boek"
    shutil.copytree(project, copy, ignore=shutil.ignore_patterns("_build", ".git", ".venv"))
    (copy / "data" / "weg.csv").symlink_to("/etc/hostname")
    assert not whole.make(copy, tmp_path / "html", {})
    assert "data/weg.csv ligt buiten het project" in capfd.readouterr().err
