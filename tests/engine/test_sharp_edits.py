"""An edit of one room executes the chapters that rest on it and no other, in our own book."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import run_build
from myst_nb.core.read import read_myst_markdown_notebook
from smallbook import EXECUTED

from bookbuild.execution import chapter
from bookbuild.execution.chapter import Chapter
from bookbuild.execution.store import Store
from bookbuild.project.state import CACHE
from leerwerk.chapters import CHAPTERS

ROOT = Path(__file__).parents[2]
# The pages that show the figures of a room, where it is not the chapter of that name.
ELSEWHERE = {
    "micro": {"micro", "methods"},  # one of its figures stands there
    "micro/pupils": {"rehearsal"},
    "conclusion": {"claims"},
    "simulation": {"methods"},
}
STUDY = ROOT / "code" / "leerwerk"
ROOMS = sorted(path.parent.relative_to(STUDY).as_posix() for path in STUDY.rglob("figures.py"))
PAGES = {*CHAPTERS, "summary", "claims", "methods", "rehearsal", "data", "changes"}


@dataclass(frozen=True)
class Built:
    """A copy of the project with all that its build left behind, and the digests of its pages."""

    root: Path
    store: Store
    digests: dict[str, str]

    def chapters(self) -> dict[str, Chapter]:
        """Every page that executes, with what its run taught, by its name."""
        sources = [self.root / "index.md", *sorted((self.root / "chapters").glob("*.md"))]
        found = {source.stem: self._chapter(source) for source in sources}
        return {name: each for name, each in found.items() if each.cells}

    def changed(self, path: str) -> set[str]:
        """The pages that would execute after an edit of one module, which is undone."""
        file = self.root / "code" / path
        text = file.read_text(encoding="utf-8")
        file.write_text(text + "\n\nEDITED = True\n", encoding="utf-8")
        now = {name: each.digest for name, each in self.chapters().items()}
        file.write_text(text, encoding="utf-8")
        return {name for name in now.keys() | self.digests.keys() if now.get(name) != self.digests.get(name)}

    def _chapter(self, source: Path) -> Chapter:
        text = source.read_text(encoding="utf-8")
        cells = [cell.source for cell in read_myst_markdown_notebook(text).cells if cell.cell_type == "code"]
        docname = source.relative_to(self.root).with_suffix("").as_posix()
        plain = chapter.parse(docname, text, cells, self.root, self.root / "code")
        return chapter.with_learned(plain, self.store.learned(plain.key) or () if cells else ())


@pytest.fixture(scope="module")
def built(book: Path, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A copy of the built book, to edit."""
    root = (tmp_path_factory.mktemp("sharp") / "book").resolve()
    shutil.copytree(book.parents[1], root, symlinks=True)
    found = Built(root, Store(root / CACHE), {})
    return Built(root, found.store, {name: each.digest for name, each in found.chapters().items()})


def test_these_are_the_digests_that_the_build_went_by(built: Built) -> None:
    notebooks = [json.loads(path.read_text(encoding="utf-8")) for path in (built.root / CACHE).rglob("base.ipynb")]
    assert set(built.digests) == PAGES
    assert set(built.digests.values()) == {notebook["metadata"]["kernelspec"][chapter.KEY] for notebook in notebooks}


@pytest.mark.parametrize("room", ROOMS)
def test_a_figures_module_executes_its_chapter_only(built: Built, room: str) -> None:
    assert built.changed(f"leerwerk/{room}/figures.py") == ELSEWHERE.get(room, {room})


def test_the_rules_of_pupil_records_execute_neither_macro_nor_meso(built: Built) -> None:
    changed = built.changed("leerwerk/tables/pupils.py")
    assert "micro" in changed
    assert not changed & {"macro", "meso"}


def test_a_build_after_an_edit_of_macros_figures_executes_macro_only(built: Built) -> None:
    file = built.root / "code" / "leerwerk" / "macro" / "figures.py"
    text = file.read_text(encoding="utf-8")
    file.write_text(text + "\n\nEDITED = True\n", encoding="utf-8")
    result = run_build(built.root)
    file.write_text(text, encoding="utf-8")
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]
    assert {match[1] for match in EXECUTED.finditer(result.stdout)} == {"macro"}
