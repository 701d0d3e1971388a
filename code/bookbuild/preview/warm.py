"""What a build imports before it knows its book: imported once, and shared by the builds that are forked from who did."""

import os
from importlib import import_module
from pathlib import Path

import jupyter_book.sphinx  # noqa: F401
import sphinx_external_toc  # noqa: F401
from sphinx.application import builtin_extensions

import bookbuild.build
import bookbuild.checks.twins
import bookbuild.extension
import bookbuild.page
from bookbuild.execution import imports
from bookbuild.preview.builder import ROOT
from bookbuild.project import settings

for name in (
    "IPython.lib.lexers",
    "bs4",
    "jinja2.ext",
    "jupytext",
    "latexcodec.lexer",
    "myst_nb",
    "myst_nb.ext.glue.domain",
    "myst_parser.sphinx_ext.directives",
    "pandera.pandas",
    "pybtex.backends.plaintext",
    "pydata_sphinx_theme",
    "sphinx_book_theme",
    "sphinxcontrib.bibtex",
    "sphinx_comments",
    "sphinx_external_toc.events",
    "sphinx_jupyterbook_latex.transforms",
    "docutils.parsers.rst.languages.nl",
    "sphinx.search.nl",
    *builtin_extensions,
):
    import_module(name)
for part in bookbuild.extension.PARTS:
    import_module(f"bookbuild.{part}")
# What the modules import, most of which will stand there as they are: nobody need read those again.
if ROOT in os.environ:
    root = Path(os.environ[ROOT]).resolve()
    code = root / settings.of(root).code
    imports.follow([], [code, settings.ENGINE.parent], code.rglob("*.py"))
