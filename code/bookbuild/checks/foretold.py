"""What the cells of a page will glue, found without a kernel: the pages can then be read as a build reads them.

Of each cell only its imports and its calls of `page.numbers` run, here and now; what else it calls must be there. The cells'
place in the cache of executed chapters (one of its own: `OPTION` is for `make check`) is taken by those numbers; figures and
tables stay away.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import nbformat
from sphinx.application import Sphinx
from sphinx.errors import SphinxError

from bookbuild.checks import called
from bookbuild.execution import imports, inputs, run
from bookbuild.execution import store as execution_store
from bookbuild.page import show
from bookbuild.project import digest, trace
from ledger.recording import recording

OPTION = "bookbuild_foretell"


class CellError(SphinxError):
    """A cell that would fail."""

    category = "Deze cel faalt"


def foretell(app: Sphinx) -> None:
    """Before anything would run: put into the cache what each chapter will glue.

    Raises
    ------
    CellError
        If a cell asks for a number that is not there, imports or calls what does not exist, or reads what is not declared.
    """
    if not app.config[OPTION]:
        return
    store = execution_store.store(app)
    for job in filter(None, inputs.waiting(app, app.env.found_docs).values()):
        _glue_all(job)
        store.learn(job.chapter.key, ())
        store.put(job.notebook, job.source, 0)


def _glue_all(job: run.Job) -> None:
    names: dict[str, Any] = {}
    chapter = job.chapter
    for index, cell in enumerate(job.notebook.cells):
        if cell.cell_type != "code":
            continue
        at = run.Position(job, index)
        try:
            with recording() as read:
                cell.outputs = _outputs(cell.source, names)
        except Exception as problem:
            raise CellError(f"\n{at.describe(trace.said(problem, chapter.root))}") from None
        declared = {digest.relative(chapter.root, path) for path in chapter.files}
        lacking = [name for name in read if (chapter.root / name).is_file() and name not in declared]
        if lacking:
            raise CellError("\n" + run.VIOLATIONS["read"].format(chapter.docname, sorted(lacking)[0]))


def _outputs(source: str, names: dict[str, Any]) -> list[nbformat.NotebookNode]:
    """The messages of the numbers that a cell glues; its imports stay in `names` for the cells below."""
    found: list[nbformat.NotebookNode] = []

    def numbers(*args: Any, **kwargs: Any) -> None:
        for data, metadata in show.glued(*args, **kwargs):
            found.append(nbformat.v4.new_output("display_data", data=data, metadata=metadata))

    tree = imports.parse(source) or ast.parse(source)  # what is no Python says so here
    _run(tree, names, lambda node: isinstance(node, ast.Import | ast.ImportFrom))
    called.check(tree, names)
    _run(tree, names | {"page": SimpleNamespace(numbers=numbers)}, _glues)
    return found


def _glues(node: ast.stmt) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and ast.unparse(node.value.func) == "page.numbers"
    )


def _run(tree: ast.Module, names: dict[str, Any], wanted: Callable[[ast.stmt], bool]) -> None:
    """Run the statements of a cell that are wanted."""
    exec(compile(ast.Module([node for node in tree.body if wanted(node)], []), "<cel>", "exec"), names)


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.setup_extension("myst_nb")
    app.add_config_value(OPTION, False, "")
    app.connect("builder-inited", foretell)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
