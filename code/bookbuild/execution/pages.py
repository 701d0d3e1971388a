"""What each page read so far rests on, kept in Sphinx's environment."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

Pages = dict[str, dict[str, Any]]


def pages(env: BuildEnvironment) -> Pages:
    """What each page read so far rests on: `digest`, and for a chapter `inputs` and `modules` (path to SHA-256)."""
    if not hasattr(env, "bookbuild_pages"):
        env.bookbuild_pages = {}  # type: ignore[attr-defined]
    return env.bookbuild_pages  # type: ignore[attr-defined]


def forget(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Sphinx drops a page."""
    pages(env).pop(docname, None)


def merge(app: Sphinx, env: BuildEnvironment, docnames: Iterable[str], other: BuildEnvironment) -> None:
    """Sphinx read some pages in another process."""
    pages(env).update({name: page for name, page in pages(other).items() if name in docnames})
