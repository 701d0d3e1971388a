"""What stops a build: one clear error, no new book, and the old one left standing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import run_build, write_mini_book

GOOD = "```{code-cell} ipython3\nfrom bookbuild import page\nfrom leerwerk import study\npage.numbers(study.numbers('meso'))\n```\n\nMet {glue:}`meso.mentoring.parties`.\n"
CHAPTER, CLAIMS, SERIES, CITATION = (
    "chapters/mini.md",
    "data/published/claims.csv",
    "data/context/series.csv",
    "CITATION.cff",
)
TOC, CONFIG = "_toc.yml", "_config.yml"
Edit = tuple[str, str, str]
# What is wrong in which file, and what the error must say. (test_bad_input.py has all that may be wrong with a table.)
FAULTS: dict[str, tuple[list[Edit], list[str]]] = {
    "an unknown number": ([(CHAPTER, "parties`", "partners`")], ["meso.mentoring.partners"]),
    "a warning": ([(CHAPTER, "Met {", "Zie [hier](nergens.md). Met {")], ["nergens.md"]),
    "a formula": (
        [(CHAPTER, "Met {", "Zo: {math}`a^2`. Met {")],
        ["chapters/mini.md, regel ", "een formule: dit boek toont er geen"],
    ),
    "bad data": (
        [(CLAIMS, "id,level,", "id,"), (SERIES, ",2024,16.8,", ",2024,116.8,")],
        ["Fout in de gegevens", CLAIMS, "kolom level", SERIES, "een percentage van 0 tot 100"],
    ),
    "references in YAML, and a page that holds no text": (
        [(TOC, "root: ", "root: &x "), (CITATION, "type: dataset", "type: *x"), (CHAPTER, "Met {", "Met\0 {")],
        ["chapters/mini.md, regel ", "een NUL-teken", "Bewaar het bestand als UTF-8"],
    ),
    "a bomb in the configuration": (
        [(CONFIG, "title: ", "bom: &x [1]\nbommen: [*x, *x]\ntitle: ")],
        ["_config.yml, regel 1: een verwijzing (& of *)", "voluit"],
    ),
    "HTML in a caption of the contents": (
        [(TOC, "root: chapters/mini", "root: chapters/mini\nparts:\n  - caption: <b>Deel</b>\n    chapters: []")],
        ["_toc.yml, regel 4: HTML in de inhoudsopgave"],
    ),
    "a title that begins a second record": (
        [(CITATION, 'title: "Alternerend', 'title: "A\\r\\nER  - \\r\\nTY  - JOUR')],
        ["Fout in CITATION.cff", "veld `title`: bevat een regeleinde", "op één regel"],
    ),
    "a broken citation file": (
        [(CITATION, "\nversion:", "\nversie:")],
        ["Fout in CITATION.cff", "veld `version`: ontbreekt"],
    ),
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book of one chapter with everything else as in the real one, built once."""
    project = write_mini_book(tmp_path_factory.mktemp("boek"), GOOD)
    result = run_build(project)
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]
    return project


@pytest.fixture
def broken(built: Path) -> Iterator[Callable[[list[Edit]], None]]:
    """Changes the first occurrence of texts in files of the book; all of it is undone afterwards."""
    before: dict[Path, bytes] = {}

    def change(edits: list[Edit]) -> None:
        for name, old, new in edits:
            path = built / name
            before.setdefault(path, path.read_bytes())
            text = path.read_text(encoding="utf-8")
            assert old in text
            path.write_text(text.replace(old, new, 1), encoding="utf-8")

    yield change
    for path, content in before.items():
        path.write_bytes(content)


def published(project: Path) -> dict[str, bytes]:
    """Every file that readers can fetch."""
    html = project / "_build" / "html"
    return {str(path.relative_to(html)): path.read_bytes() for path in html.rglob("*") if path.is_file()}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_stops_the_build_with_one_clear_error_and_leaves_the_last_good_book(
    built: Path, broken: Callable[[list[Edit]], None], fault: str
) -> None:
    edits, messages = FAULTS[fault]
    before = published(built)
    broken(edits)
    result = run_build(built)
    assert result.returncode != 0
    assert [message for message in messages if message not in result.stderr] == [], result.stderr
    assert "Traceback" not in result.stdout + result.stderr
    assert len(result.stderr.splitlines()) < 25
    assert published(built) == before
