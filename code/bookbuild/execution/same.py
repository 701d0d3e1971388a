"""Makes a build that goes on from another one end with the same bytes as one that starts from nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from myst_nb.sphinx_ext import add_global_html_resources
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from bookbuild.project import state


def copy_styles_first(app: Sphinx) -> None:
    """MyST-NB copies its style sheet last; pages written before it was there lack its checksum in their links."""
    if app.builder.format == "html":
        Path(app.outdir, "_static").mkdir(parents=True, exist_ok=True)
        add_global_html_resources(app, None)


def rewrite_for_others(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Every page, if some title, label or term is another than in the last build.

    Each page prints all titles in its navigation, and a page that nobody edited may refer to what is gone. Sphinx writes only
    the pages that it read again. These are written from what was read before, nothing executes.
    The order of the pages and the captions of the parts need no such care: with another `_toc.yml` all is read again.
    """
    std: Any = env.get_domain("std")
    titles = {name: title.pformat() for name, title in env.titles.items()}
    found = titles, sorted(std.anonlabels), sorted(std.objects)
    if found == getattr(env, "bookbuild_shared", None):
        return []
    env.bookbuild_shared = found  # type: ignore[attr-defined]
    return sorted(env.found_docs)


def recall_terms(app: Sphinx) -> None:
    """Sphinx reads back what it wrote of the pages that stay in its search index, but not which terms they explain."""
    known = state.read(Path(app.doctreedir)).get("terms", {})
    entries = {name: [tuple(entry) for entry in found] for name, found in known.items() if name in app.env.all_docs}
    app.env._search_index_index_entries |= entries


def note_terms(app: Sphinx, error: Exception | None) -> None:
    """Note them for the next build: the environment is on disk before they are found."""
    if error is None and getattr(app.builder, "indexer", None) is not None:
        state.note(Path(app.doctreedir), terms=app.env._search_index_index_entries)


def drop_lost_words(app: Sphinx, error: Exception | None) -> None:
    """Sphinx keeps words in the search index that no page contains any more."""
    indexer: Any = getattr(app.builder, "indexer", None)
    if error is not None or indexer is None:
        return
    lost = [(words, word) for words in (indexer._mapping, indexer._title_mapping) for word in words if not words[word]]
    for words, word in lost:
        del words[word]
    if lost:
        app.builder.dump_search_index()  # type: ignore[attr-defined]


def connect(app: Sphinx) -> None:
    """Register with Sphinx."""
    app.connect("builder-inited", copy_styles_first)
    app.connect("builder-inited", recall_terms)
    app.connect("env-updated", rewrite_for_others)
    app.connect("build-finished", drop_lost_words)
    app.connect("build-finished", note_terms)
