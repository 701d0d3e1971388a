"""The cache of executed chapters: what is found again, and what a killed build leaves of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from sqlalchemy.exc import DatabaseError

from bookbuild.execution import store
from bookbuild.execution.store import Store
from bookbuild.project import files


def notebook(source: str = "1", inputs: str = "abc") -> NotebookNode:
    """A notebook of one cell, with the digest of its inputs where the build puts it."""
    found = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    found.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "inputs": inputs}
    return found


def kept(folder: Path) -> Path:
    """The only executed notebook in a cache."""
    (path,) = (folder / "executed").glob("*/base.ipynb")
    return path


def test_what_was_put_is_found_by_its_cells_and_inputs(tmp_path: Path) -> None:
    cache = Store(tmp_path / "new" / "cache")
    assert not cache.has(notebook())
    cache.put(notebook(), tmp_path / "a.md", 1.5)
    assert cache.has(notebook())
    assert not cache.has(notebook(source="2"))
    assert not cache.has(notebook(inputs="abd"))
    assert Store(tmp_path / "new" / "cache").has(notebook())
    record = cache._cache.list_cache_records()[0]
    assert record.uri == str(tmp_path / "a.md")
    assert record.data["execution_seconds"] == 1.5


def test_what_is_put_twice_is_kept_once_and_is_the_last(tmp_path: Path) -> None:
    cache = Store(tmp_path)
    first, last = notebook(), notebook()
    first.cells[0].outputs = [nbformat.v4.new_output("stream", text="eerst")]
    last.cells[0].outputs = [nbformat.v4.new_output("stream", text="laatst")]
    cache.put(first, tmp_path / "a.md", 1)
    cache.put(last, tmp_path / "a.md", 2)
    assert [record.data["execution_seconds"] for record in cache._cache.list_cache_records()] == [2]
    assert "laatst" in kept(tmp_path).read_text(encoding="utf-8")


@pytest.mark.parametrize("damage", ["", "{", "{}x"])
def test_a_torn_notebook_is_not_found_and_its_record_goes(tmp_path: Path, damage: str) -> None:
    cache = Store(tmp_path)
    cache.put(notebook(), tmp_path / "a.md", 1)
    kept(tmp_path).write_text(damage, encoding="utf-8")
    assert not cache.has(notebook())
    assert cache._cache.list_cache_records() == []


def test_a_notebook_that_was_edited_is_not_found_and_said_so_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cache, given = Store(tmp_path), notebook()
    given.cells[0].outputs = [nbformat.v4.new_output("stream", text="87,51%")]
    cache.put(given, tmp_path / "chapters" / "a.md", 1)
    text = kept(tmp_path).read_text(encoding="utf-8")
    kept(tmp_path).write_text(text.replace("87,51%", "97,51%"), encoding="utf-8")
    assert not cache.has(notebook())
    assert not cache.has(notebook())
    said = "chapters/a: wat bewaard was, is daarna gewijzigd. Het hoofdstuk wordt opnieuw uitgevoerd.\n"
    assert capsys.readouterr().out == said
    cache.put(given, tmp_path / "chapters" / "a.md", 1)
    assert cache.has(notebook())


def test_a_notebook_in_anothers_place_is_not_found(tmp_path: Path) -> None:
    cache = Store(tmp_path)
    cache.put(notebook(), tmp_path / "a.md", 1)
    first = kept(tmp_path)
    cache.put(notebook(inputs="abd"), tmp_path / "a.md", 1)
    (other,) = set((tmp_path / "executed").glob("*/base.ipynb")) - {first}
    first.write_bytes(other.read_bytes())
    with closing(sqlite3.connect(tmp_path / "global.db")) as database:  # its record says what the other's says
        database.execute("update nbcache set data = (select data from nbcache where hashkey = ?)", [other.parent.name])
        database.commit()
    assert not cache.has(notebook())
    assert cache.has(notebook(inputs="abd"))


def test_what_a_run_taught_is_a_list_of_names_or_nothing(tmp_path: Path) -> None:
    cache = Store(tmp_path)
    cache.learn("k", ["a"])
    for text in ("[1]", '{"a": 1}', '"a"'):
        (tmp_path / "learned" / "k.json").write_text(text, encoding="utf-8")
        assert cache.learned("k") is None


def test_a_record_without_its_notebook_goes(tmp_path: Path) -> None:
    cache = Store(tmp_path)
    cache.put(notebook(), tmp_path / "a.md", 1)
    kept(tmp_path).unlink()
    assert not cache.has(notebook())
    assert cache._cache.list_cache_records() == []


def test_what_a_run_taught_is_remembered_by_its_key(tmp_path: Path) -> None:
    cache = Store(tmp_path)
    assert cache.learned("k") is None
    cache.learn("k", {"b", "a"})
    cache.learn("none", [])
    assert Store(tmp_path).learned("k") == ["a", "b"]
    assert cache.learned("none") == []  # it ran, and there was nothing to learn
    assert cache.learned("other") is None
    (tmp_path / "learned" / "k.json").write_text('["a"', encoding="utf-8")
    assert cache.learned("k") is None


def test_a_database_that_cannot_be_read_is_begun_anew(tmp_path: Path) -> None:
    Store(tmp_path).put(notebook(), tmp_path / "a.md", 1)
    (tmp_path / "global.db").write_bytes(b"no database" * 100)
    cache = Store(tmp_path)
    assert not cache.has(notebook())
    cache.put(notebook(), tmp_path / "a.md", 1)
    assert cache.has(notebook())


def test_a_cache_that_stays_unreadable_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(database: object) -> None:
        raise DatabaseError("", None, ValueError())

    monkeypatch.setattr(store.NbCacheRecord, "records_all", fail)
    with pytest.raises(DatabaseError):
        Store(tmp_path)


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    path = tmp_path / "new" / "x.json"
    files.write_whole(path, "é")
    files.write_whole(path, "tweede")
    assert path.read_text(encoding="utf-8") == "tweede"
    assert [each.name for each in path.parent.iterdir()] == ["x.json"]


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    files.write_whole(path, "oud")
    with pytest.raises(UnicodeEncodeError):
        files.write_whole(path, "nieuw \ud800")
    assert path.read_text(encoding="utf-8") == "oud"
    assert [each.name for each in tmp_path.iterdir()] == ["x.json"]


@pytest.mark.parametrize(("text", "value"), [("[1]", [1]), ("", None), ("{", None), ("null", None), (None, None)])
def test_what_is_missing_or_torn_is_none(tmp_path: Path, text: str | None, value: object) -> None:
    if text is not None:
        (tmp_path / "x").write_text(text, encoding="utf-8")
    assert files.read_json(tmp_path / "x") == value


def test_what_is_no_text_is_none(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"\xff")
    assert files.read_json(tmp_path / "x") is None
    assert files.read_json(tmp_path) is None
