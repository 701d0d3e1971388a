"""`make book` around Sphinx: when it builds, what it puts in place, and what stands there after each accident."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from smallbook import commit

from bookbuild import build
from bookbuild.paper import document
from bookbuild.project import digest, history, lock, settings, sources, state, texts


def write(path: Path, text: str) -> None:
    """A file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def everything(root: Path) -> str:
    """The digest of a project as it is."""
    return build.everything(root, sources.digests(root))


def tree(folder: Path) -> dict[str, str]:
    """The files below a folder with their text."""
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project without a build."""
    for name in ("LEERWERK_RELEASED", "BOOK_URL"):
        monkeypatch.delenv(name, raising=False)
    root = tmp_path / "root"
    for name in ("index.md", "data/x.csv", "code/p/m.py", "requirements.txt"):
        write(root / name, "1")
    write(root / "_config.yml", "bookbuild: {records: {released: LEERWERK_RELEASED}}\n")
    return root


COUNTS = ["index.md", "data/x.csv", "data/deep/new.csv", "code/p/m.py", "requirements.txt", "new.md", "tests2/t.py"]
DOES_NOT = ["_build/html/a.html", ".venv/x.py", ".git/HEAD", "tests/t.py", "audit/x", ".github/x", ".mypy_cache/x"]
DOES_NOT += [".vscode/settings.json", ".devcontainer/x", ".binder/x"]
DOES_NOT += ["code/p/__pycache__/m.pyc", ".pytest_cache/x", ".ruff_cache/x"]


@pytest.mark.parametrize("name", COUNTS)
def test_this_is_a_source_of_the_book(root: Path, name: str) -> None:
    before = everything(root)
    write(root / name, "2")
    assert everything(root) != before


@pytest.mark.parametrize("name", DOES_NOT)
def test_this_is_not(root: Path, name: str) -> None:
    before = everything(root)
    write(root / name, "2")
    assert everything(root) == before


def test_a_linked_folder_is_a_source(root: Path, tmp_path: Path) -> None:
    write(root / "audit" / "big.csv", "1")
    (root / "data" / "big").symlink_to(root / "audit")
    before = everything(root)
    write(root / "audit" / "big.csv", "2")
    assert everything(root) != before


def test_what_was_released_address_and_commit_are_sources(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = [everything(root)]
    commit(root)
    seen.append(everything(root))
    monkeypatch.setenv("BOOK_URL", "https://voorbeeld.be/boek/")
    seen.append(everything(root))
    write(tmp_path / "released.json", "1")
    monkeypatch.setenv("LEERWERK_RELEASED", str(tmp_path / "released.json"))
    seen.append(everything(root))
    write(tmp_path / "released.json", "2")
    seen.append(everything(root))
    assert len(set(seen)) == 5


def test_a_published_book_is_known_by_names_sizes_and_times(tmp_path: Path) -> None:
    write(tmp_path / "a" / "x.html", "1")
    os.utime(tmp_path / "a" / "x.html", ns=(0, 5))
    seen = [build.listing(tmp_path)]
    write(tmp_path / "a" / "x.html", "22")
    os.utime(tmp_path / "a" / "x.html", ns=(0, 5))
    seen.append(build.listing(tmp_path))
    os.utime(tmp_path / "a" / "x.html", ns=(0, 6))
    seen.append(build.listing(tmp_path))
    (tmp_path / "a" / "x.html").rename(tmp_path / "a" / "y.html")
    seen.append(build.listing(tmp_path))
    write(tmp_path / "z", "")
    seen.append(build.listing(tmp_path))
    assert len(set(seen)) == 5
    assert build.listing(tmp_path) == seen[-1]


EXCHANGES: dict[str, Callable[[Path, Path], bool] | None] = {"can": None, "cannot": lambda one, other: False}


@pytest.mark.parametrize("system", EXCHANGES)
@pytest.mark.parametrize("old", [True, False])
def test_a_fresh_book_is_put_in_place_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str, old: bool
) -> None:
    if (instead := EXCHANGES[system]) is not None:
        monkeypatch.setattr(build, "exchange", instead)
    fresh, published = tmp_path / "work" / "html", tmp_path / "html"
    write(fresh / "a" / "x.html", "nieuw")
    write(fresh / "_static" / "unused.js", "")
    write(tmp_path / "work" / "next" / "a" / "half.html", "half")
    if old:
        write(published / "gone.html", "oud")
    build.put_in_place(fresh, published, {"book.pdf": b"pdf"}, ["_static/unused.js"])
    assert tree(published) == {"a/x.html": "nieuw", "book.pdf": "pdf"}
    assert tree(fresh) == {"a/x.html": "nieuw", "_static/unused.js": ""}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["html", "work"]


@pytest.mark.parametrize("system", EXCHANGES)
def test_book_after_book_is_put_in_place_and_only_what_differs_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, system: str
) -> None:
    if (instead := EXCHANGES[system]) is not None:
        monkeypatch.setattr(build, "exchange", instead)
    fresh, published = tmp_path / "work" / "html", tmp_path / "html"
    files, written = {"a/same": "1", "a/b/text": "1", "old/x": "1", "kind": "1", "turn/x": "1"}, list[int]()
    for step in range(5):
        shutil.rmtree(fresh, ignore_errors=True)
        for name, text in files.items():
            write(fresh / name, text)
            os.utime(fresh / name, ns=(0, 5))  # neither size nor time gives away what changes
        build.put_in_place(fresh, published)
        assert tree(published) == files
        assert not any(path.is_dir() and not any(path.iterdir()) for path in published.rglob("*"))
        written.append((published / "a" / "same").stat().st_mtime_ns)
        files = {"a/same": "1", "a/b/text": str(step), f"new-{step}": "1", "kind/x": "1", "turn": "1"}
    # There are two copies, in turn; neither is written again where it holds the same.
    assert written[0] == written[2] == written[4] < written[1] == written[3]


def test_what_a_build_notes_of_its_machine_is_not_published(tmp_path: Path) -> None:
    for name in ("x.html", ".bookbuild", ".buildinfo", ".nojekyll"):
        write(tmp_path / "work" / name, "nieuw")
    build.put_in_place(tmp_path / "work", tmp_path / "html")
    assert set(tree(tmp_path / "html")) == {"x.html", ".nojekyll"}


def test_a_book_that_cannot_be_copied_leaves_the_old_one(tmp_path: Path) -> None:
    write(tmp_path / "work" / "x.html", "nieuw")
    write(tmp_path / "html" / "x.html", "oud")
    with pytest.raises(FileNotFoundError):
        build.put_in_place(tmp_path / "work", tmp_path / "html", {"no/such/folder": b""})
    assert tree(tmp_path / "html") == {"x.html": "oud"}


def test_two_folders_change_names_and_a_missing_one_does_not(tmp_path: Path) -> None:
    write(tmp_path / "a" / "x", "a")
    write(tmp_path / "b" / "x", "b")
    if build.exchange(tmp_path / "a", tmp_path / "b"):
        assert tree(tmp_path) == {"a/x": "b", "b/x": "a"}
    assert not build.exchange(tmp_path / "a", tmp_path / "c")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"html/x": "goed", "html.old/x": "oud"}, {"html/x": "goed"}),
        ({"html.old/x": "oud"}, {"html/x": "oud"}),
        ({"html/x": "goed"}, {"html/x": "goed"}),
    ],
)
def test_what_a_killed_build_left_is_put_right(tmp_path: Path, before: dict[str, str], after: dict[str, str]) -> None:
    for name, text in before.items():
        write(tmp_path / name, text)
    build.repair(tmp_path / "html")
    assert tree(tmp_path) == after


@pytest.fixture
def sphinx(root: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A Sphinx that writes one page, or fails; `calls` holds what it was asked, `stale` what it found there."""
    found: dict[str, Any] = {"works": True, "calls": [], "stale": [], "go on": True}

    def run(root: Path, out: Path, pdf: bool, standing: str) -> bool:
        found["stale"].append((out / "left.html").exists())
        found["calls"].append(pdf)
        write(out / "x.html", "pagina")
        if "edit" in found:
            found.pop("edit")()
        return found["works"]

    monkeypatch.setattr(build, "_sphinx", run)
    monkeypatch.setattr(build, "_start_again_reproducibly", lambda root, pdf: None)
    monkeypatch.setattr(lock, "hold", lambda path, tell: None)
    monkeypatch.setattr(state, "standing", lambda *folders: found["go on"])
    monkeypatch.setattr(build.machine, "ensure_pango", lambda: True)
    monkeypatch.setattr(document, "write", lambda root, folder: b"pdf")
    return found


def test_a_book_is_built_once_per_content(root: Path, sphinx: dict[str, Any], capsys: pytest.CaptureFixture) -> None:
    assert build.build(root) == 0
    assert tree(root / "_build" / "html") == {"x.html": "pagina"}
    assert build.build(root) == 0
    assert len(sphinx["calls"]) == 1
    place = root / "_build" / "html" / "index.html"
    assert capsys.readouterr().out == (
        f"Het boek staat in {place}\nEr is niets veranderd: het boek in {place} is nog goed.\n"
    )
    write(root / "data" / "x.csv", "2")
    assert build.build(root) == 0
    assert len(sphinx["calls"]) == 2


def test_a_damaged_page_is_put_back(root: Path, sphinx: dict[str, Any]) -> None:
    build.build(root)
    write(root / "_build" / "html" / "x.html", "kapot!")
    assert build.build(root) == 0
    assert tree(root / "_build" / "html") == {"x.html": "pagina"}


def test_what_changes_during_a_build_is_built_again(root: Path, sphinx: dict[str, Any]) -> None:
    sphinx["edit"] = lambda: write(root / "data" / "x.csv", "2")
    build.build(root)
    build.build(root)
    build.build(root)
    assert len(sphinx["calls"]) == 2


def test_a_build_that_fails_leaves_the_old_book_and_is_tried_again(root: Path, sphinx: dict[str, Any]) -> None:
    build.build(root)
    write(root / "data" / "x.csv", "2")
    write(root / "_build" / "work" / "_build" / "html" / "half.html", "half")
    sphinx["works"] = False
    assert build.build(root) == 1
    assert build.build(root) == 1
    assert tree(root / "_build" / "html") == {"x.html": "pagina"}
    assert len(sphinx["calls"]) == 3


@pytest.mark.parametrize("go_on", [True, False])
def test_a_build_begins_in_an_empty_folder_unless_it_may_go_on(root: Path, sphinx: dict[str, Any], go_on: bool) -> None:
    write(root / "_build" / "work" / "_build" / "html" / "left.html", "van vroeger")
    sphinx["go on"] = go_on
    build.build(root)
    assert sphinx["stale"] == [go_on]


def test_a_pdf_is_made_when_asked_and_stays_while_its_pages_do(root: Path, sphinx: dict[str, Any]) -> None:
    html = root / "_build" / "html"
    assert build.build(root) == 0
    assert build.build(root, pdf=True) == 0
    assert sphinx["calls"] == [False, True]
    assert set(tree(html)) == {"x.html", "book.pdf"}
    assert build.build(root, pdf=True) == 0
    assert build.build(root) == 0
    assert sphinx["calls"] == [False, True]
    write(root / "data" / "x.csv", "2")
    assert build.build(root) == 0
    assert set(tree(html)) == {"x.html"}


@pytest.mark.parametrize("problem", [OSError("schijf vol"), build.UnfinishedError("papier op")])
def test_an_accident_is_told_without_a_traceback(
    root: Path,
    sphinx: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture,
    problem: Exception,
) -> None:
    def fail(*arguments: object) -> None:
        raise problem

    monkeypatch.setattr(build, "put_in_place", fail)
    assert build.build(root) == 1
    assert capsys.readouterr().err == f"Het boek is niet gebouwd: {problem}. Het vorige boek staat er nog.\n"
    assert not (root / "_build" / "published.json").exists()


def test_without_its_libraries_or_a_right_address_nothing_begins(
    root: Path, sphinx: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture
) -> None:
    monkeypatch.setattr(build.machine, "ensure_pango", lambda: False)
    assert build.build(root, pdf=True) == 1
    monkeypatch.setenv("BOOK_URL", "geen adres")
    assert build.build(root) == 1
    assert "is geen adres van een site" in capsys.readouterr().err
    assert sphinx["calls"] == []
    monkeypatch.delenv("BOOK_URL")
    assert build.build(root) == 0  # without a PDF nobody needs them


def test_what_is_remembered_of_a_book(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "engine", lambda: {"a.py": "2"})
    write(root / "html" / "x", "1")
    assert json.loads(build.to_remember("abc", root / "html", {"a": "1"})) == {
        "sources": "abc",
        "pages": build.listing(root / "html"),
        "files": {"a": "1"},
        "rules": digest.of_value({"a.py": "2"}),
    }


def test_what_a_finished_book_rests_on_is_not_looked_at_again(
    root: Path, sphinx: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[set[str]] = []
    for each, name in ((sources, "refuse_conflicts"), (texts, "refuse")):
        monkeypatch.setattr(each, name, lambda root, changed: looked.append({path.name for path in changed}))
    every = {"index.md", "x.csv", "m.py", "requirements.txt", "_config.yml"}
    assert build.build(root) == 0
    write(root / "index.md", "2")
    write(root / "new.md", "2")
    sphinx["works"] = False
    assert build.build(root) == build.build(root) == 1  # so the third looks at what the second did
    sphinx["works"] = True
    assert build.build(root) == 0
    (root / "new.md").unlink()
    assert build.build(root) == 0
    monkeypatch.setattr(settings, "engine", lambda: {"a.py": "other rules"})
    assert build.build(root) == 0
    both = {"index.md", "new.md"}
    assert looked == [every] * 2 + [both] * 6 + [set()] * 2 + [every] * 2


@pytest.mark.parametrize(
    ("seed", "clock", "pdf", "again"),
    [
        ("0", "7", False, None),
        (None, "7", False, {"SOURCE_DATE_EPOCH": "7"}),
        ("1", "7", False, {"SOURCE_DATE_EPOCH": "7"}),
        ("0", None, True, {"SOURCE_DATE_EPOCH": "99"}),
        ("0", "", True, {"SOURCE_DATE_EPOCH": "99"}),
    ],
)
def test_a_build_starts_again_with_a_fixed_seed_and_clock(
    root: Path, monkeypatch: pytest.MonkeyPatch, seed: str | None, clock: str | None, pdf: bool, again: dict | None
) -> None:
    started: list[tuple[list[str], dict[str, str]]] = []
    monkeypatch.setattr(os, "execve", lambda path, command, env: started.append((command, env)))
    monkeypatch.setattr(history, "commit_time", lambda root: "99")
    for name, value in {"PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": clock}.items():
        monkeypatch.delenv(name, raising=False) if value is None else monkeypatch.setenv(name, value)
    build._start_again_reproducibly(root, pdf)
    if again is None:
        assert started == []
        return
    ((command, env),) = started
    assert command[1:] == ["-m", "bookbuild", "build", *(["--pdf"] if pdf else [])]
    assert {name: env[name] for name in ("PYTHONHASHSEED", "SOURCE_DATE_EPOCH")} == {"PYTHONHASHSEED": "0"} | again
