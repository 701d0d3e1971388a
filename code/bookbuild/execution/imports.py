"""Which of the project's own modules a piece of code imports, directly and through others, without running it."""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from pathlib import Path

from bookbuild.project import digest, inside
from bookbuild.project.settings import NEVER


@dataclass(frozen=True, slots=True)
class Followed:
    """What following found.

    Parameters
    ----------
    files
        The project's own source files, the packages' `__init__.py` included.
    outside
        Imports from elsewhere as `module` or `module:name`, in the order in which they were met.
    """

    files: frozenset[Path]
    outside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Import:
    module: str
    names: tuple[str, ...]


# The project's files that some statements load, and what else they name.
_Found = tuple[tuple[Path, ...], tuple[str, ...]]


class Seen:
    """Files as they were when they were first asked for, where modules were found, what each imports, and what a pattern
    matches: whoever looks for several chapters at once looks once."""

    def __init__(self) -> None:
        self.sha256 = cache(digest.of_file)
        self.module = cache(_file)
        self.imported = cache(self._imported)
        self.matches = cache(_matches)

    def _imported(self, path: Path, roots: tuple[Path, ...]) -> _Found:
        statements = _statements(path.read_text(encoding="utf-8"), _package(path, roots))
        return _located(statements, partial(self.module, roots))


def _matches(root: Path, pattern: str) -> list[tuple[Path, str]]:
    """The files of a pattern that are not what a build makes, each with why the book may not read it, if it may not."""
    found = (path for path in root.glob(pattern) if path.is_file() and path.relative_to(root).parts[0] not in NEVER)
    return [(path, inside.objection(root, path)) for path in found]


def follow(
    sources: Iterable[str], roots: Sequence[Path], start: Iterable[Path] = (), seen: Seen | None = None
) -> Followed:
    """Follow the imports of some sources through the packages and modules below some folders.

    Imports inside functions count, those under `if TYPE_CHECKING` do not. What is imported under a computed name cannot
    be followed here: the kernel reports it after the first run (`bookbuild.kernel.guard`), and `start` takes those files.

    Parameters
    ----------
    sources
        Code cells; what is not Python after IPython's own translation of magics is skipped.
    roots
        The folders that hold the packages to follow into; the first that has a module counts.
    seen
        What others have seen just now; without, a file may have come or gone since.
    """
    files: dict[Path, None] = dict.fromkeys(start)
    outside: dict[str, None] = {}
    seen = seen or Seen()
    roots = tuple(roots)
    waiting = [_located(_statements(source, ""), partial(seen.module, roots)) for source in sources]
    waiting += [seen.imported(path, roots) for path in files]
    while waiting:
        found, labels = waiting.pop()
        outside |= dict.fromkeys(labels)
        for path in found:
            if path not in files:
                files[path] = None
                waiting.append(seen.imported(path, roots))
    return Followed(frozenset(files), tuple(outside))


def _located(statements: Iterable[_Import], find: Callable[[str], Path | None]) -> _Found:
    files: list[Path] = []
    labels: list[str] = []
    for statement in statements:
        found = _locate(statement, find)
        files += found
        labels += [] if found else _labels(statement)
    return tuple(files), tuple(labels)


def _package(path: Path, roots: Sequence[Path]) -> str:
    root = next(root for root in roots if path.is_relative_to(root))
    return ".".join(path.relative_to(root).parent.parts)


def _labels(statement: _Import) -> list[str]:
    return [f"{statement.module}:{name}" for name in statement.names] or [statement.module]


def _locate(statement: _Import, find: Callable[[str], Path | None]) -> list[Path]:
    """Every file of the project that the statement loads: parents, the module, and names that are modules."""
    parts = statement.module.split(".")
    if parts[0] in sys.stdlib_module_names:
        return []
    names = [".".join(parts[: end + 1]) for end in range(len(parts))]
    names += [f"{statement.module}.{name}" for name in statement.names]
    return [path for name in names if (path := find(name))]


def _file(roots: Sequence[Path], module: str) -> Path | None:
    # As text: every build asks this thousands of times, and paths are ten times as dear.
    bases = [f"{root}/{module.replace('.', '/')}" for root in roots]
    candidates = (file for base in bases for file in (f"{base}/__init__.py", f"{base}.py"))
    return next((Path(path) for path in candidates if os.path.isfile(path)), None)  # noqa: PTH113


@lru_cache(maxsize=4096)
def _statements(source: str, package: str) -> tuple[_Import, ...]:
    tree = parse(source)
    return tuple(_imports(tree, package)) if tree else ()


def parse(source: str) -> ast.Module | None:
    """A cell's statements, IPython's magics translated; None if it is no Python."""
    try:
        return ast.parse(source)
    except SyntaxError:
        from IPython.core.inputtransformer2 import TransformerManager  # only cells with magics need it

        try:
            return ast.parse(TransformerManager().transform_cell(source))
        except SyntaxError:
            return None  # running it will say so, with the cell


def _imports(node: ast.AST, package: str) -> Iterator[_Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from (_Import(alias.name, ()) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            yield _Import(_absolute(child, package), tuple(alias.name for alias in child.names))
        elif isinstance(child, ast.Call) and (name := _called_with(child)):
            yield _Import(name, ())
        yield from _imports(_running(child), package)


def _absolute(node: ast.ImportFrom, package: str) -> str:
    if not node.level:
        return node.module or ""
    parents = package.split(".")[: len(package.split(".")) - node.level + 1]
    return ".".join([*parents, *([node.module] if node.module else [])])


def _called_with(call: ast.Call) -> str | None:
    """The name given to import_module or __import__, if it is written out."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    first = call.args[0] if call.args else None
    if name in ("import_module", "__import__") and isinstance(first, ast.Constant) and isinstance(first.value, str):
        return first.value
    return None


def _running(node: ast.AST) -> ast.AST:
    """What Python runs of a statement: of `if TYPE_CHECKING` the other branch only."""
    if isinstance(node, ast.If):
        test = node.test
        if (test.attr if isinstance(test, ast.Attribute) else getattr(test, "id", "")) == "TYPE_CHECKING":
            return ast.Module(node.orelse, [])
    return node
