"""The Sphinx extension for input-aware execution: its inputs decide whether a page is read and a chapter runs again."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
from myst_nb.core.read import create_nb_reader
from nbformat import NotebookNode
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.errors import SphinxError

from bookbuild.execution import chapter, kernels, opened, run, same
from bookbuild.execution import store as execution_store
from bookbuild.execution.chapter import Chapter
from bookbuild.execution.imports import Seen
from bookbuild.execution.kernels import Beside, Nursery
from bookbuild.execution.pages import forget, merge, pages
from bookbuild.execution.store import Store
from bookbuild.project import digest, history, settings, state
from ledger.sharing import VARIABLE as MEMORY

READY = "chapters-ready"  # emitted before the first chapter runs: what is wrong already would make them fail


class ChapterError(SphinxError):
    """A chapter that does not run to its end."""

    category = "Hoofdstuk faalt"


@dataclass(frozen=True, slots=True)
class _Waiting:
    """What must run of the pages that were looked at, the process that kernels are forked from, what they share, the chapters
    that have run, and what runs beside them."""

    jobs: dict[str, run.Job | None]
    nursery: Nursery | None
    memory: Path
    ran: dict[str, Chapter] = field(default_factory=dict)
    beside: list[Beside] = field(default_factory=list)


def code_folder(app: Sphinx) -> Path:
    """The folder with the project's packages."""
    return Path(app.srcdir, settings.of(Path(app.srcdir)).code).resolve()


def find_outdated(app: Sphinx, env: BuildEnvironment, added: set, changed: set, removed: set) -> list[str]:
    """Pages whose content or inputs differ from what was read; a touched page is read too, and found in the cache."""
    return _changed(app, env, set(env.found_docs) - added - changed - removed)


def _changed(app: Sphinx, env: BuildEnvironment, docnames: Iterable[str]) -> list[str]:
    known = pages(env)
    return [name for name in sorted(docnames) if known.get(name, {}).get("digest") != _page(app, name)["digest"]]


def warm_up(app: Sphinx) -> None:
    """Find what will run, and begin to import what it needs while Sphinx is still making ready."""
    jobs = waiting(app, _changed(app, app.env, app.env.found_docs))
    warm = [job.chapter for job in jobs.values() if job]
    if kernels.is_kept():  # what one build imports, the next has
        warm = [found for name in sorted(app.env.found_docs) if (found := _chapter(app, name, _text(app, name)))]
    memory = Path(tempfile.mkdtemp(prefix="boek-"))  # outside the project, where no chapter may write
    app.bookbuild_waiting = _Waiting(jobs, run.warm_up(warm) if warm else None, memory)  # type: ignore[attr-defined]


def waiting(app: Sphinx, docnames: Iterable[str]) -> dict[str, run.Job | None]:
    """What must run of some pages: nothing where there is no code, or where its outputs are in the cache."""
    store = execution_store.store(app)
    jobs = {name: _job(app, name) for name in sorted(docnames)}
    return {name: None if job is None or _is_known(store, job) else job for name, job in jobs.items()}


def start(app: Sphinx, *command: str) -> Beside:
    """Start a module of the build's own beside it, from the warm process if there is one."""
    waiting: _Waiting = app.bookbuild_waiting  # type: ignore[attr-defined]
    waiting.beside.append(Beside(waiting.nursery, *command, **{MEMORY: str(waiting.memory)}))
    return waiting.beside[-1]


def execute_first(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Run what must run, before Sphinx reads: MyST-NB then finds every chapter in its cache.

    Raises
    ------
    ChapterError
        If a chapter fails, or reads or writes what it may not.
    """
    builds: _Waiting = app.bookbuild_waiting  # type: ignore[attr-defined]
    builds.jobs.update(waiting(app, set(docnames) - builds.jobs.keys()))  # as pages that were touched
    jobs = [job for name in docnames if (job := builds.jobs[name])]
    app.bookbuild_chapters.clear()  # type: ignore[attr-defined]  # from here on, what is read must be what ran
    app.bookbuild_seen = None  # type: ignore[attr-defined]
    if jobs and builds.nursery is None:
        builds = replace(builds, nursery=run.warm_up(job.chapter for job in jobs))
        app.bookbuild_waiting = builds  # type: ignore[attr-defined]
    try:
        app.emit(READY)
        outcomes = run.run(jobs, _settings(app, builds.nursery, builds.memory)) if jobs and builds.nursery else []
        _raise_failures(app, outcomes)
    except BaseException:
        cool_down(app)
        raise


def cool_down(app: Sphinx, error: Exception | None = None) -> None:
    """End what still runs and then what it shares, also where a build ends before its chapters run."""
    waiting: _Waiting | None = getattr(app, "bookbuild_waiting", None)
    if waiting is None:
        return
    if waiting.nursery:
        waiting.nursery.close()
    for process in waiting.beside:
        process.end()
    shutil.rmtree(waiting.memory, ignore_errors=True)


def fold_digest(app: Sphinx, docname: str, content: list[str]) -> None:
    """Put the digest of a chapter's inputs into what jupyter-cache hashes, and remember what the page rests on.

    Raises
    ------
    ChapterError
        If something changed since the chapter ran: MyST-NB would run it again, and without a guard.
    """
    page = _page(app, docname, content[0])
    ran = app.bookbuild_waiting.ran.get(docname)  # type: ignore[attr-defined]
    if ran and (page["cells"] != list(ran.cells) or page["execution"] != ran.digest):
        names = ", ".join(chapter.changed(ran)) or "de tekst"
        raise ChapterError(f"\n{docname} liep terwijl dit veranderde: {names}. Bouw het boek opnieuw.")
    pages(app.env)[docname] = page
    if "execution" in page:
        content[0] = chapter.fold(content[0], page["execution"])


def _settings(app: Sphinx, nursery: Nursery, memory: Path) -> run.Settings:
    def keep(outcome: run.Outcome) -> None:
        if not outcome.failure:
            ran = app.bookbuild_waiting.ran  # type: ignore[attr-defined]
            ran[outcome.job.chapter.docname] = _keep(execution_store.store(app), outcome)

    return run.Settings(
        jobs=run.cores(),
        nursery=nursery,
        memory=memory,
        tell=partial(print, flush=True),
        done=keep,
    )


def _keep(store: Store, outcome: run.Outcome) -> Chapter:
    """Keep what a chapter gave, unless nobody can say on what it rests; gives the chapter with what its run taught."""
    job = outcome.job
    plain = chapter.with_learned(job.chapter, ())
    foretold = {digest.relative(plain.root, path) for path in plain.followed.files}
    learned = chapter.with_learned(plain, outcome.modules - foretold)
    job.notebook.metadata["kernelspec"][chapter.KEY] = learned.digest
    key = plain.key
    if chapter.changed(job.chapter):  # after all digests were taken: they are of what the run found
        return job.chapter
    store.learn(key, learned.learned)
    store.put(job.notebook, job.source, outcome.seconds)
    return learned


def _raise_failures(app: Sphinx, outcomes: list[run.Outcome]) -> None:
    failed = sorted((outcome for outcome in outcomes if outcome.failure), key=partial(_distance, app))
    if failed:
        others = [outcome.job.chapter.docname for outcome in failed[1:]]
        more = f"\n\nOok deze hoofdstukken falen: {', '.join(others)}" if others else ""
        raise ChapterError(f"\n{failed[0].failure}{more}")


def _distance(app: Sphinx, outcome: run.Outcome) -> tuple[bool, bool, bool]:
    """How far a failure is from what its author edited: the page itself, or code of the room with the page's name; the cover last."""
    name = outcome.job.chapter.docname
    was, now = pages(app.env).get(name, {}).get("text"), outcome.job.source.read_text(encoding="utf-8")
    in_its_room = f"/{name.rpartition('/')[2]}/" in outcome.failure
    return was == digest.of_value(now), not in_its_room, name == app.config.root_doc


def _job(app: Sphinx, docname: str) -> run.Job | None:
    source, text = Path(app.env.doc2path(docname)), _text(app, docname)
    found = _chapter(app, docname, text)
    if found is None:
        return None
    notebook = _notebook(app, docname, chapter.fold(text, found.digest))
    config = _config(app, notebook)
    if config.execution_mode != "cache" or any(source.match(each) for each in config.execution_excludepatterns):
        return None
    limit = config.execution_timeout if config.execution_timeout and config.execution_timeout > 0 else None
    return run.Job(found, notebook, source, limit, config.execution_allow_errors)


def _config(app: Sphinx, notebook: NotebookNode) -> Any:
    """MyST-NB's configuration with what the page's own front matter changes in it."""
    config: Any = app.env.mystnb_config  # type: ignore[attr-defined]
    own = notebook.metadata.get(config.metadata_key, {})
    return config.copy(**{key: value for key, value in own.items() if key != "output_folder"})


def _is_known(store: Store, job: run.Job) -> bool:
    return store.learned(job.chapter.key) is not None and store.has(job.notebook)


def _page(app: Sphinx, docname: str, text: str | None = None) -> dict[str, Any]:
    source = Path(app.env.doc2path(docname))
    if text is None:
        text = _text(app, docname)
    page: dict[str, Any] = {"text": digest.of_value(text), "cells": []}
    found = _chapter(app, docname, text)
    if found is None:
        read = chapter.parse(docname, text, [], Path(app.srcdir).resolve(), code_folder(app)).read
        page |= history.edition(app, source, read)
        return page | {"digest": digest.of_value([page["text"], read, page["commit"]])}
    page |= {
        "cells": list(found.cells),
        "execution": found.digest,
        "inputs": found.read,
        "modules": found.modules,
    }
    page |= history.edition(app, source, [digest.LOCK, *found.read, *found.modules])
    return page | {"digest": digest.of_value([page["text"], page["execution"], page["commit"]])}


def _text(app: Sphinx, docname: str) -> str:
    return Path(app.env.doc2path(docname)).read_text(encoding="utf-8")


def _chapter(app: Sphinx, docname: str, text: str) -> Chapter | None:
    """The chapter behind a page; while a build decides what to read and to run, the same text is the same chapter."""
    known: dict[tuple[str, str], Chapter | None] = app.bookbuild_chapters  # type: ignore[attr-defined]
    if (docname, text) not in known:
        known[docname, text] = _found_chapter(app, docname, text)
    return known[docname, text]


def _found_chapter(app: Sphinx, docname: str, text: str) -> Chapter | None:
    """The chapter behind a page, with what its last run taught; None for a page without code."""
    cells = _cells(app, docname, text)
    if not cells:
        return None
    seen: Seen | None = app.bookbuild_seen  # type: ignore[attr-defined]
    found = chapter.parse(docname, text, cells, Path(app.srcdir).resolve(), code_folder(app), seen)
    learned = execution_store.store(app).learned(found.key) or ()
    return chapter.with_learned(found, learned, seen) if learned else found


def _cells(app: Sphinx, docname: str, text: str) -> list[str]:
    """The sources of a page's code cells; parsed again only if the text differs from what was read last."""
    known = pages(app.env).get(docname, {})
    if known.get("text") == digest.of_value(text):
        return known["cells"]
    notebook = _notebook(app, docname, text)
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


def _notebook(app: Sphinx, docname: str, text: str) -> NotebookNode:
    """The notebook exactly as MyST-NB will read it, since the cache's keys depend on it; empty for a plain page."""
    env: Any = app.env
    reader = create_nb_reader(env.doc2path(docname), env.myst_config, env.mystnb_config, text)
    if reader is None:
        return nbformat.v4.new_notebook()
    try:
        return reader.read(text)
    except Exception as problem:
        if isinstance(problem.__context__, opened.LoadedError):  # which MyST-NB puts in words of its own
            raise problem.__context__ from None
        raise


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.setup_extension("myst_nb")
    app.bookbuild_chapters = {}  # type: ignore[attr-defined]
    app.bookbuild_seen = Seen()  # type: ignore[attr-defined]
    app.add_event(READY)
    app.setup_extension("bookbuild.execution.opened")
    app.setup_extension("bookbuild.render.cards")
    app.setup_extension("bookbuild.site.provenance")
    state.connect(app)
    same.connect(app)
    app.connect("builder-inited", warm_up)
    app.connect("env-get-outdated", find_outdated)
    app.connect("env-before-read-docs", execute_first)
    app.connect("source-read", fold_digest)
    app.connect("build-finished", cool_down, priority=980)  # what runs beside the build lives by it
    app.connect("env-purge-doc", forget)
    app.connect("env-merge-info", merge)
    return {"version": "1", "env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
