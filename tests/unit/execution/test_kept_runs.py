"""Outputs are kept under the digest of what the chapter read, never under that of what came to lie there meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest

from bookbuild.execution import chapter as chapters
from bookbuild.execution import inputs, pages
from bookbuild.execution.chapter import Chapter
from bookbuild.execution.run import Job, Outcome
from bookbuild.execution.store import Store
from bookbuild.project import digest
from bookbuild.site import provenance

CELL = "from proj import near\nopen('../data/a.csv')"


def write(path: Path, text: str) -> None:
    """A file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one declared file, a module that is imported and one that only a run finds."""
    monkeypatch.delenv("LEERWERK_RELEASED", raising=False)
    for name in ("data/a.csv", "code/proj/__init__.py", "code/proj/near.py", "code/proj/late.py"):
        write(tmp_path / name, "")
    write(tmp_path / "_config.yml", "bookbuild: {records: {released: LEERWERK_RELEASED}}\n")
    return tmp_path


def outcome(root: Path, *modules: str, learned: tuple[str, ...] = ()) -> Outcome:
    """How a chapter went that took its digests before it ran."""
    plain = Chapter(root, root / "code", "chapters/a", ("data/a.csv",), (CELL,))
    chapter = chapters.with_learned(plain, learned)
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(CELL)])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "inputs": chapter.digest}
    return Outcome(Job(chapter, notebook, root / "a.md", None, False), 1.0, "", frozenset(modules))


FOUND = ("code/proj/__init__.py", "code/proj/near.py")


def test_a_run_is_kept_with_what_it_taught(root: Path) -> None:
    store, ran = Store(root / "cache"), outcome(root, *FOUND, "code/proj/late.py")
    kept = inputs._keep(store, ran)
    assert kept.learned == ("code/proj/late.py",)
    assert store.learned(kept.key) == ["code/proj/late.py"]
    assert ran.job.notebook.metadata["kernelspec"]["inputs"] == kept.digest != ran.job.chapter.digest
    assert store.has(ran.job.notebook)
    job = outcome(root, learned=kept.learned).job  # the next build
    assert job.chapter.digest == kept.digest
    assert inputs._is_known(store, job)


def test_what_a_run_no_longer_loads_is_forgotten(root: Path) -> None:
    store = Store(root / "cache")
    kept = inputs._keep(store, outcome(root, *FOUND, learned=("code/proj/late.py",)))
    assert kept.learned == ()
    assert store.learned(kept.key) == []


@pytest.mark.parametrize("name", ["data/a.csv", "code/proj/near.py", "code/proj/__init__.py"])
def test_a_run_during_which_something_changed_is_not_kept(root: Path, name: str) -> None:
    store, ran = Store(root / "cache"), outcome(root, *FOUND)
    write(root / name, "x = 1")
    kept = inputs._keep(store, ran)
    assert kept.digest == ran.job.chapter.digest
    assert not store.has(ran.job.notebook)
    now = outcome(root).job
    assert not store.has(now.notebook)
    assert not inputs._is_known(store, now)


def test_a_chapter_is_known_only_if_its_run_and_what_it_taught_are(root: Path) -> None:
    store, ran = Store(root / "cache"), outcome(root, *FOUND)
    assert not inputs._is_known(store, ran.job)
    store.learn(ran.job.chapter.key, [])
    assert not inputs._is_known(store, ran.job)
    inputs._keep(store, ran)
    assert inputs._is_known(store, ran.job)
    (root / "cache" / "learned" / f"{ran.job.chapter.key}.json").unlink()
    assert not inputs._is_known(store, ran.job)


@pytest.fixture
def fold(root: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Fold a page's digest, after its chapter ran; `cell` is what the page holds when Sphinx reads it."""

    def fold(ran: Chapter | None, cell: str = CELL, patterns: tuple[str, ...] = ("data/a.csv",)) -> list[str]:
        now = Chapter(root, root / "code", "chapters/a", patterns, (cell,))
        page = {"cells": list(now.cells), "execution": now.digest} if cell else {"cells": []}
        monkeypatch.setattr(inputs, "_page", lambda app, docname, text: page)
        waiting = inputs._Waiting({}, None, root, {} if ran is None else {"chapters/a": ran})
        app: Any = SimpleNamespace(bookbuild_waiting=waiting, env=SimpleNamespace())
        content = ["# Kop\n"]
        inputs.fold_digest(app, "chapters/a", content)
        assert pages.pages(app.env) == {"chapters/a": page}
        return content

    return fold


def test_a_page_takes_the_digest_under_which_its_run_was_kept(root: Path, fold: Callable[..., list[str]]) -> None:
    ran = inputs._keep(Store(root / "cache"), outcome(root, *FOUND))
    assert fold(ran) == [chapters.fold("# Kop\n", ran.digest)]
    assert fold(None) == fold(ran)
    assert fold(None, "") == ["# Kop\n"]


def test_what_changed_since_a_chapter_ran_ends_the_build_with_its_name(
    root: Path, fold: Callable[..., list[str]]
) -> None:
    ran = inputs._keep(Store(root / "cache"), outcome(root, *FOUND))
    write(root / "data" / "a.csv", "1")
    message = "chapters/a liep terwijl dit veranderde: data/a.csv. Bouw het boek opnieuw."
    with pytest.raises(inputs.ChapterError, match=message):
        fold(ran)
    assert fold(None)


@pytest.mark.parametrize("cell", ["2", ""])
def test_other_cells_end_the_build_too(root: Path, fold: Callable[..., list[str]], cell: str) -> None:
    ran = inputs._keep(Store(root / "cache"), outcome(root, *FOUND))
    with pytest.raises(inputs.ChapterError, match="dit veranderde: de tekst"):
        fold(ran, cell)


def test_a_failed_run_is_not_kept(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app: Any = SimpleNamespace(bookbuild_waiting=inputs._Waiting({}, None, root), bookbuild_store=Store(root / "cache"))
    settings = inputs._settings(app, None, root)  # type: ignore[arg-type]
    good, bad = outcome(root, *FOUND), outcome(root, *FOUND)
    settings.done(Outcome(bad.job, 1.0, "kapot", frozenset(FOUND)))
    assert not app.bookbuild_store.has(bad.job.notebook)
    assert app.bookbuild_waiting.ran == {}
    settings.done(good)
    assert app.bookbuild_store.has(good.job.notebook)
    assert list(app.bookbuild_waiting.ran) == ["chapters/a"]


def failed(root: Path, name: str, failure: str) -> Outcome:
    chapter = Chapter(root, root / "code", name, (), ())
    write(root / f"{name}.md", f"Tekst van {name}.")
    return Outcome(
        Job(chapter, nbformat.v4.new_notebook(), root / f"{name}.md", None, False), 1.0, failure, frozenset()
    )


def read_before(**texts: str) -> Any:
    """A build that goes on from one in which these pages had these texts; the cover is `index`."""
    known = {name: {"text": digest.of_value(text)} for name, text in texts.items()}
    return SimpleNamespace(env=SimpleNamespace(bookbuild_pages=known), config=SimpleNamespace(root_doc="index"))


def test_the_first_failure_ends_the_build_and_the_others_are_named(root: Path) -> None:
    app = read_before()
    inputs._raise_failures(app, [])
    inputs._raise_failures(app, [failed(root, "a", "")])
    with pytest.raises(inputs.ChapterError) as one:
        inputs._raise_failures(app, [failed(root, "a", ""), failed(root, "b", "b faalt")])
    assert str(one.value) == "\nb faalt"
    with pytest.raises(inputs.ChapterError) as more:
        inputs._raise_failures(
            app, [failed(root, *each) for each in (("b", "b faalt"), ("a", ""), ("c", "x"), ("d", "x"))]
        )
    assert str(more.value) == "\nb faalt\n\nOok deze hoofdstukken falen: c, d"


@pytest.mark.parametrize(
    ("edited", "first"),
    [("index", "index"), ("meso", "meso"), (None, "macro")],
)
def test_the_page_or_the_room_that_was_edited_is_named_before_the_cover(
    root: Path, edited: str | None, first: str
) -> None:
    """All three fail on a module of Macro: whose own text changed comes first, else the page of that room, never the cover."""
    names = ("index", "meso", "macro")
    app = read_before(**{name: f"Tekst van {name}." for name in names if name != edited})
    with pytest.raises(inputs.ChapterError) as problem:
        inputs._raise_failures(
            app, [failed(root, name, f"{name}: File code/study/macro/numbers.py:3") for name in names]
        )
    assert str(problem.value).startswith(f"\n{first}: ")


def test_a_link_to_what_was_released_is_not_published(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    released = root.parent / f"{root.name}-room" / "released.json"
    write(released, "{}")
    (root / "data" / "link.csv").symlink_to(released)
    assert provenance._may_be_shown(root, "data/link.csv")
    monkeypatch.setenv("LEERWERK_RELEASED", str(released))
    assert not provenance._may_be_shown(root, "data/link.csv")
    assert provenance._may_be_shown(root, "data/a.csv")
