"""What a build imports before it knows its book: imported once, and shared by the builds that are forked from who did."""

import os
from importlib import import_module
from pathlib import Path

import jupyter_book.sphinx  # noqa: F401
import nbformat
import soupsieve
import sphinx_external_toc  # noqa: F401
from IPython.lib.lexers import IPython3Lexer
from myst_nb.core import render
from nbformat import validator
from sphinx.application import builtin_extensions

import bookbuild.build
import bookbuild.checks.twins
import bookbuild.extension
import bookbuild.page
from bookbuild.execution import imports
from bookbuild.preview.builder import ROOT
from bookbuild.project import settings

for name in (
    "bs4",
    "jinja2.ext",
    "jupytext",
    "ledger.publication",
    "latexcodec.lexer",
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
    "sphinxcontrib.bibtex.style.referencing.foot",
    "sqlalchemy.dialects.sqlite",
    "docutils.parsers.rst.languages.nl",
    "sphinx.search.nl",
    *builtin_extensions,
):
    import_module(name)
for part in bookbuild.extension.PARTS:
    import_module(f"bookbuild.{part}")
# What others find or make when they are first asked for it, and keep.
render.load_renderer("default")
render.load_mime_renders()
IPython3Lexer()
soupsieve.compile("a > b.c#d[e='f']:not(g)")
for minor in (4, nbformat.v4.nbformat_minor):  # that of jupyter-cache's hashes, and that of what is read
    validator.get_validator(nbformat.v4.nbformat, minor)
# What the modules import, most of which will stand there as they are: nobody need read those again.
if ROOT in os.environ:
    root = Path(os.environ[ROOT]).resolve()
    code = root / settings.of(root).code
    imports.follow([], [code, settings.ENGINE.parent], code.rglob("*.py"))
