"""A Sphinx extension: ends each chapter with a small, folded "Berekend uit"."""

from __future__ import annotations

import platform
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from bookbuild.project import digest, settings, state
from bookbuild.project.files import copy_changed
from bookbuild.project.settings import Records
from bookbuild.render import body

PACKAGES = ("numpy", "pandas", "scipy", "statsmodels", "matplotlib", "seaborn")


def add(app: Sphinx, docname: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Append the fold to a chapter that computes something; as part of the page, so that searches do not find it."""
    page = app.env.bookbuild_pages.get(docname, {})  # type: ignore[attr-defined]
    if "execution" in page and "body" in context:
        said = fold(page, Path(app.srcdir), "../" * docname.count("/"))
        context["body"] += body.in_own_language(app, docname, said)


def fold(page: dict[str, Any], root: Path, up: str) -> str:
    """The fold's HTML; `up` leads from the page to the root of the book."""
    facts = [("Gegevens", _files(page["inputs"], up)), ("Functies", _files(page["modules"], up))]
    if page["commit"]:
        commit, changed = page["commit"].rstrip("+"), page["commit"].endswith("+")
        facts.append(("Versie", f"<code>{commit[:12]}</code>" + (", daarna nog gewijzigd" if changed else "")))
    packages = ", ".join(f"<code>{name}</code> {escape(number)}" for name, number in digest.versions(PACKAGES).items())
    facts.append(("Programma's", f"Python {platform.python_version()}, {packages}"))
    known = settings.of(root).records
    if known.name:
        facts.append((known.name, records(known, page["inputs"], is_real=settings.released_file(root) is not None)))
    items = "".join(f"<div><dt>{name}</dt><dd>{fact}</dd></div>" for name, fact in facts)
    return f'<details class="provenance"><summary>Berekend uit</summary><dl>{items}</dl></details>'


def records(known: Records, inputs: Iterable[str], *, is_real: bool) -> str:
    """Which of the records that can be restricted a chapter may have read."""
    if not any(path.startswith(f"{known.folder}/") for path in inputs):
        return "geen"
    return "synthetische; van echte hoogstens wat vrijgegeven is" if is_real else "synthetische"


def publish(app: Sphinx, error: Exception | None) -> None:
    """Put every file that a fold links to beside the pages."""
    if error is not None or app.builder.format != "html":
        return
    root, out, doctrees = Path(app.srcdir).resolve(), Path(app.outdir), Path(app.doctreedir)
    known = app.env.bookbuild_pages.values()  # type: ignore[attr-defined]
    names = {name for page in known for part in ("inputs", "modules") for name in page.get(part, {})}
    shown = sorted(name for name in names if _may_be_shown(root, name))
    for name in set(state.read(doctrees).get("shown", [])) - set(shown):
        (out / name).unlink(missing_ok=True)
    for name in shown:
        copy_changed(root / name, out / name)
    state.note(doctrees, shown=shown)


def _files(files: dict[str, str], up: str) -> str:
    return "<ul>" + "".join(_file(path, sha256, up) for path, sha256 in files.items()) + "</ul>"


def _file(path: str, sha256: str, up: str) -> str:
    link = f'<a href="{up}{escape(path)}" download>{escape(path)}</a>'
    return f'<li>{link} <code title="SHA-256: {sha256}">{digest.short(sha256)}</code></li>'


def _may_be_shown(root: Path, name: str) -> bool:
    return (root / name).resolve() != settings.released_file(root)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.connect("html-page-context", add)
    app.connect("build-finished", publish)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
