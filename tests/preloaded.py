"""What a build imports before it knows its book: imported once, and shared by the builds that `warm` forks."""

from importlib import import_module

import jupyter_book.sphinx  # noqa: F401
import sphinx_external_toc  # noqa: F401
from sphinx.application import builtin_extensions

import bookbuild.build
import bookbuild.checks.check
import bookbuild.extension
import bookbuild.page

for name in (
    "myst_nb",
    "sphinx_comments",
    "docutils.parsers.rst.languages.nl",
    "sphinx.search.nl",
    *builtin_extensions,
):
    import_module(name)
for part in bookbuild.extension.PARTS:
    import_module(f"bookbuild.{part}")
