"""What the last build left behind, and whether this one may go on from it."""

from __future__ import annotations

import hmac
import json
import shutil
from collections.abc import Iterable
from pathlib import Path

import nbformat
from jupyter_cache.cache.db import NbCacheRecord  # type: ignore[import-untyped]
from jupyter_cache.cache.main import JupyterCacheBase  # type: ignore[import-untyped]
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sqlalchemy.exc import DatabaseError

from bookbuild.project.files import read_json, write_whole

SEAL = "seal"


def store(app: Sphinx) -> Store:
    """The cache of executed chapters of this build."""
    if not hasattr(app, "bookbuild_store"):
        app.bookbuild_store = Store(Path(app.config.nb_execution_cache_path))  # type: ignore[attr-defined]
    return app.bookbuild_store  # type: ignore[attr-defined]


class Store:
    """Executed notebooks by the hash of their code cells and kernelspec, where MyST-NB will look for them.

    Parameters
    ----------
    folder
        jupyter-cache's folder; it is made where it is not there.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._cache = _opened(folder)

    def has(self, notebook: NotebookNode) -> bool:
        """Whether MyST-NB will find this notebook whole and as it was put; a record of anything else is removed."""
        _, hashkey = self._cache.create_hashed_notebook(notebook)
        try:
            record = NbCacheRecord.record_from_hashkey(hashkey, self._cache.db)
        except KeyError:
            return False
        text = _text(self._path(hashkey))
        if text and (record.data or {}).get(SEAL) == _seal(hashkey, text):
            return True
        if text and SEAL in (record.data or {}):
            print(f"{_page(record.uri)}: wat bewaard was, is daarna gewijzigd. Het hoofdstuk wordt opnieuw uitgevoerd.")
        NbCacheRecord.remove_record(record.pk, self._cache.db)
        return False

    def put(self, notebook: NotebookNode, source: Path, seconds: float) -> None:
        """Keep an executed notebook: first its file, whole or not at all, then the record that points at it."""
        plain, hashkey = self._cache.create_hashed_notebook(notebook)
        text = nbformat.writes(plain, nbformat.NO_CONVERT)
        write_whole(self._path(hashkey), text)
        try:
            record = NbCacheRecord.record_from_hashkey(hashkey, self._cache.db)
        except KeyError:
            pass
        else:
            NbCacheRecord.remove_record(record.pk, self._cache.db)
        data = {"execution_seconds": seconds, SEAL: _seal(hashkey, text)}
        NbCacheRecord.create_record(uri=str(source), hashkey=hashkey, db=self._cache.db, data=data)

    def learned(self, key: str) -> list[str] | None:
        """The modules that a run under this key loaded and that nobody could have foretold; None if it never ran."""
        found = read_json(self._learned(key))
        return found if isinstance(found, list) and all(isinstance(name, str) for name in found) else None

    def learn(self, key: str, modules: Iterable[str]) -> None:
        """Remember them for the next build."""
        write_whole(self._learned(key), json.dumps(sorted(modules)))

    def _path(self, hashkey: str) -> Path:
        return self._folder / "executed" / hashkey / "base.ipynb"

    def _learned(self, key: str) -> Path:
        return self._folder / "learned" / f"{key}.json"


def _text(path: Path) -> str:
    """A notebook's text; empty where it is missing or torn."""
    try:
        text = path.read_text(encoding="utf-8")
        nbformat.reads(text, nbformat.NO_CONVERT)
    except (OSError, ValueError):
        return ""
    return text


def _seal(hashkey: str, text: str) -> str:
    """What an executed notebook is known by again, under its own key: neither another text nor another's will do.

    It keeps an edit by hand from being published. Who can write here can write a seal as well, and the sources besides.
    """
    return hmac.new(hashkey.encode(), text.encode(), "sha256").hexdigest()


def _page(uri: str) -> str:
    """The page behind a record, as it was called where that was made."""
    return Path(*Path(uri).with_suffix("").parts[-2:]).as_posix()


def _opened(folder: Path) -> JupyterCacheBase:
    """The cache in `folder`; one that cannot be read was torn by a kill or a full disk, and is begun anew."""
    folder.mkdir(parents=True, exist_ok=True)
    cache = JupyterCacheBase(folder)
    try:
        NbCacheRecord.records_all(cache.db)
    except (DatabaseError, RuntimeError):
        cache.db.dispose()
        shutil.rmtree(folder)
        folder.mkdir(parents=True)
        cache = JupyterCacheBase(folder)
        NbCacheRecord.records_all(cache.db)
    return cache
