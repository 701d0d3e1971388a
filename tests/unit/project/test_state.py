"""Whether a build may go on from the last one: only if that came to its end, on the same ground, with its pages there."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bookbuild.execution import store
from bookbuild.project import lock, settings, state


def write(path: Path, text: str) -> None:
    """A file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A Sphinx in so far as it is asked anything."""
    monkeypatch.setattr(lock, "hold", lambda path, tell: None)
    monkeypatch.delenv("BOOK_URL", raising=False)
    root = tmp_path / "root"
    write(root / "_config.yml", "title: x")
    write(root / "requirements.txt", "")
    found = SimpleNamespace(
        srcdir=root,
        doctreedir=tmp_path / "doctrees",
        outdir=tmp_path / "html",
        builder=SimpleNamespace(format="html"),
        env=SimpleNamespace(bookbuild_pages={"a": {"digest": "1"}}),
        config=SimpleNamespace(nb_execution_cache_path="", bookbuild_standing=""),
        warningiserror=True,
        keep_going=True,
        _warncount=0,
    )
    found.outdir.mkdir()
    return found


def begin(app: Any) -> None:
    """The start of a build."""
    state.begin(app, app.config)


def may_go_on(app: Any) -> bool:
    """Whether the next build may go on from what lies there."""
    return bool(state.standing(Path(app.srcdir), Path(app.doctreedir), Path(app.outdir)))


def built(app: Any) -> None:
    """A whole build."""
    begin(app)
    state.finish(app, None)


def test_a_build_that_came_to_its_end_may_be_continued(app: Any) -> None:
    assert not may_go_on(app)
    begin(app)
    assert not may_go_on(app)
    state.finish(app, None)
    assert may_go_on(app)
    begin(app)
    assert not may_go_on(app)  # another build that may be killed


@pytest.mark.parametrize("name", ["_config.yml", "_toc.yml", "conf.py", "CITATION.cff", "x.bib", "requirements.txt"])
def test_another_ground_begins_anew(app: Any, name: str) -> None:
    built(app)
    write(Path(app.srcdir) / name, "anders")
    assert not may_go_on(app)


@pytest.mark.parametrize("name", ["_static/deep/x.css", "_static/x.css", "_templates/x.html"])
def test_styles_and_templates_are_ground_too(app: Any, name: str) -> None:
    built(app)
    write(Path(app.srcdir) / name, "anders")
    assert not may_go_on(app)


def test_pages_and_data_are_no_ground(app: Any) -> None:
    built(app)
    for name in ("index.md", "data/x.csv", "code/x.py", "README.md"):
        write(Path(app.srcdir) / name, "anders")
    assert may_go_on(app)


def test_another_address_begins_anew(app: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    built(app)
    monkeypatch.setenv("BOOK_URL", "https://voorbeeld.be/boek/")
    assert not may_go_on(app)


def test_the_build_itself_is_ground_in_all_its_rooms(app: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "engine" / "state.py", "")
    write(tmp_path / "engine" / "room" / "page.py", "")
    monkeypatch.setattr(settings, "package", lambda name: tmp_path / "engine")
    monkeypatch.setattr(settings, "engine", cache(settings.engine.__wrapped__))
    built(app)
    write(tmp_path / "engine" / "room" / "page.py", "x = 1")
    settings.engine.cache_clear()  # as in the process of the next build
    assert not may_go_on(app)


def test_what_changes_while_a_build_runs_is_not_what_its_pages_rest_on(app: Any) -> None:
    begin(app)
    write(Path(app.srcdir) / "_config.yml", "title: y")
    state.finish(app, None)
    assert not may_go_on(app)
    write(Path(app.srcdir) / "_config.yml", "title: x")
    assert may_go_on(app)


@pytest.mark.parametrize("damage", ["other", None])
def test_pages_of_another_build_begin_anew(app: Any, damage: str | None) -> None:
    built(app)
    mark = Path(app.outdir) / ".bookbuild"
    mark.unlink() if damage is None else mark.write_text(damage, encoding="utf-8")
    assert not may_go_on(app)


def test_who_asked_before_sphinx_started_is_believed_and_the_stamp_is_of_then(
    app: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    built(app)
    app.config.bookbuild_standing = state.standing(Path(app.srcdir), Path(app.doctreedir), Path(app.outdir))
    write(Path(app.srcdir) / "_config.yml", "title: y")  # meanwhile
    monkeypatch.setattr(state, "_pages", lambda out: pytest.fail("looked at twice"))
    begin(app)
    assert state.read(Path(app.doctreedir))["stamp"] == app.config.bookbuild_standing
    assert state.stamp(Path(app.srcdir)) != app.config.bookbuild_standing


def test_two_builds_of_other_pages_have_other_marks(app: Any) -> None:
    built(app)
    first = (Path(app.outdir) / ".bookbuild").read_text(encoding="utf-8")
    app.env.bookbuild_pages["a"]["digest"] = "2"
    built(app)
    assert (Path(app.outdir) / ".bookbuild").read_text(encoding="utf-8") != first


@pytest.mark.parametrize(
    ("error", "change"),
    [
        (RuntimeError(), {}),
        (None, {"_warncount": 1}),
        (None, {"_warncount": 1, "warningiserror": False}),
        (None, {"_warncount": 1, "keep_going": False}),
        (None, {"builder": SimpleNamespace(format="latex")}),
    ],
)
def test_an_end_with_an_error_or_a_warning_is_no_end(app: Any, error: Exception | None, change: dict) -> None:
    begin(app)
    vars(app).update(change)
    state.finish(app, error)
    assert not may_go_on(app)


def test_a_warning_counts_only_where_it_is_an_error(app: Any) -> None:
    vars(app).update(_warncount=1, warningiserror=False, keep_going=False)
    built(app)
    assert may_go_on(app)


def test_what_cannot_be_trusted_is_forgotten_and_the_rest_is_kept(app: Any) -> None:
    pickle = Path(app.doctreedir) / "environment.pickle"
    built(app)
    state.note(Path(app.doctreedir), ledger="l")
    write(pickle, "pages")
    begin(app)
    assert pickle.exists()
    assert state.read(Path(app.doctreedir))["ledger"] == "l"
    begin(app)  # the build before did not come to its end
    assert not pickle.exists()
    assert "ledger" not in state.read(Path(app.doctreedir))


def test_the_cache_lies_in_the_project_unless_the_configuration_says_where(app: Any) -> None:
    begin(app)
    assert app.config.nb_execution_cache_path == str(Path(app.srcdir) / "_build" / ".jupyter_cache")
    app.config.nb_execution_cache_path = "elders"
    begin(app)
    assert app.config.nb_execution_cache_path == "elders"


def test_a_build_has_one_cache(app: Any, tmp_path: Path) -> None:
    app.config.nb_execution_cache_path = str(tmp_path / "cache")
    assert store.store(app) is store.store(app)
    assert (tmp_path / "cache").is_dir()


def test_facts_are_added_to_facts_and_a_torn_note_is_empty(tmp_path: Path) -> None:
    assert state.read(tmp_path) == {}
    state.note(tmp_path, one=1)
    state.note(tmp_path, two=2)
    assert state.read(tmp_path) == {"one": 1, "two": 2}
    (tmp_path / "bookbuild.json").write_text("{", encoding="utf-8")
    assert state.read(tmp_path) == {}
