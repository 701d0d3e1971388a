"""What the last build left behind, and whether this one may go on from it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from sphinx.application import ENV_PICKLE_FILENAME, Sphinx
from sphinx.config import Config
from sphinx.errors import SphinxError
from sphinx.util import logging

from bookbuild.project import address, digest, lock, settings
from bookbuild.project.files import read_json, write_whole

logger = logging.getLogger(__name__)
STATE = "bookbuild.json"  # beside the doctrees
STANDING = "bookbuild_standing"  # the option with what `standing` gave, where somebody asked before Sphinx started
MARK = ".bookbuild"  # beside the pages: which build wrote them
SHARED = ("_config.yml", "conf.py", "_toc.yml", "CITATION.cff", "*.bib", "_static/**/*", "_templates/**/*")
CACHE = Path("_build", ".jupyter_cache")


def stamp(root: Path) -> str:
    """Digest of what every page rests on: configuration, contents, references, styles, address and packages.

    Sphinx follows some of these by time and some not at all; with another stamp every page is read again.
    """
    shared = [path for pattern in SHARED for path in root.glob(pattern) if path.is_file()]
    files = [digest.of_files(root, shared), settings.engine()]
    return digest.of_value([settings.surroundings(root), files, address.here().base])


def read(doctrees: Path) -> dict[str, Any]:
    """What the last build noted, empty if it noted nothing."""
    return read_json(doctrees / STATE) or {}


def standing(root: Path, doctrees: Path, out: Path) -> str:
    """The stamp of the last build here if this one may go on from it, else nothing.

    It came to its end, the stamp is still the same, and its pages are still the ones in `out`, byte for byte.
    """
    last = read(doctrees)
    stands = last.get("finished") and last["stamp"] == stamp(root) and last.get("pages") == _pages(out)
    return last["stamp"] if stands else ""


def begin(app: Sphinx, config: Config) -> None:
    """Wait for another build, choose the cache, and start from nothing where the last build cannot be trusted.

    A build that was killed may have saved that its pages are read without having written them; Sphinx would believe
    the times and leave the old ones. Warnings are not repeated for pages that are not read again.
    """
    doctrees, root = Path(app.doctreedir), Path(app.srcdir).resolve()
    try:
        settings.refuse_records(root)
    except settings.RecordsError as problem:
        raise SphinxError(str(problem)) from None
    lock.hold(doctrees / "bookbuild.project.lock", logger.info)
    config.nb_execution_cache_path = config.nb_execution_cache_path or str(root / CACHE)
    found = getattr(config, STANDING) or standing(root, doctrees, Path(app.outdir))
    if not found:
        (doctrees / ENV_PICKLE_FILENAME).unlink(missing_ok=True)
        (doctrees / STATE).unlink(missing_ok=True)
    # Taken now or before: what changes while this build runs, its pages do not rest on.
    note(doctrees, finished=False, stamp=found or stamp(root))


def note(doctrees: Path, **facts: Any) -> None:
    """Add facts to what this build leaves behind."""
    write_whole(doctrees / STATE, json.dumps(read(doctrees) | facts))


def finish(app: Sphinx, error: Exception | None) -> None:
    """Note that this build came to its end, if it did so without an error, and without warnings where those count."""
    refused = app._warncount and (app.warningiserror or app.keep_going)
    if error is not None or refused or app.builder.format != "html":
        return
    doctrees = Path(app.doctreedir)
    every = {name: page["digest"] for name, page in getattr(app.env, "bookbuild_pages", {}).items()}
    mark = digest.of_value([read(doctrees)["stamp"], every])
    write_whole(Path(app.outdir, MARK), mark)
    note(doctrees, finished=True, pages=_pages(Path(app.outdir)))


def _pages(out: Path) -> str:
    """Digest of all that was written: what somebody edited there would be published as it is."""
    return digest.of_value(digest.of_files(out, digest.below(out)))


def connect(app: Sphinx) -> None:
    """Register with Sphinx: first of all at the start, last of all at the end."""
    app.add_config_value(STANDING, "", "", str)
    app.connect("config-inited", begin, priority=10)
    app.connect("build-finished", finish, priority=990)
