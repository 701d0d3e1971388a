"""What built pages refer to: links that lead nowhere, and files under `_static` that no page asks for."""

from __future__ import annotations

import os.path
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from sphinx.application import Sphinx

from bookbuild.project import state

ADDRESSES = {"href", "src", "action", "data", "poster"}
STATIC = "_static"
IN_PAGE = re.compile(r"_static/([\w./@-]+)")
IN_STYLE = re.compile(r"url\(\s*['\"]?([^'\")?#]+)|@import\s+['\"]([^'\"]+)")


@dataclass
class Page(HTMLParser):
    """What one page offers and asks for.

    Parameters
    ----------
    ids
        Every anchor of the page.
    addresses
        Every address in it, as written.
    """

    ids: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """Note the anchors and addresses of one element."""
        for name, value in attributes:
            if name == "id" and value:
                self.ids.append(value)
            elif name in ADDRESSES:
                self.addresses.append(value or "")
            elif name == "srcset":
                self.addresses += [candidate.split()[0] for candidate in (value or "").split(",")]


def read(path: Path) -> Page:
    """A built page."""
    page = Page()
    page.feed(path.read_text(encoding="utf-8"))
    page.close()
    return page


def pages(folder: Path) -> dict[Path, Page]:
    """Every page of the book by its path; the theme's own templates under `_static` are no pages."""
    paths = (path for path in sorted(folder.rglob("*.html")) if path.relative_to(folder).parts[0] != STATIC)
    return {path: read(path) for path in paths}


def broken(folder: Path) -> list[str]:
    """One message per link of the book in `folder` that leads nowhere, and per address elsewhere that is not https."""
    known = pages(folder.resolve())
    return [
        f"{path.relative_to(folder.resolve())}: {address or '(leeg)'} {problem}"
        for path, page in known.items()
        for address in page.addresses
        if (problem := _problem(address, path, known))
    ]


def _problem(address: str, path: Path, known: dict[Path, Page]) -> str | None:
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return None if parts.scheme in {"https", "mailto"} else "is geen https"
    if not address:
        return "is geen adres"
    target = Path(os.path.normpath(path.parent / unquote(parts.path))) if parts.path else path
    target = target / "index.html" if target.is_dir() else target
    if parts.path.startswith("/") or not target.is_file():
        return "bestaat niet"
    anchor = unquote(parts.fragment)
    return "heeft dat anker niet" if anchor and target in known and anchor not in known[target].ids else None


def repeated(folder: Path) -> list[str]:
    """Anchors that occur twice in a page: links reach only the first."""
    return [
        f"{path.relative_to(folder.resolve())}: #{anchor}"
        for path, page in pages(folder.resolve()).items()
        for anchor in sorted({anchor for anchor in page.ids if page.ids.count(anchor) > 1})
    ]


def unused(folder: Path, kept: Iterable[str] = ()) -> set[Path]:
    """The files under `_static` that no page mentions, nor a style sheet or script that one mentions.

    A theme brings icons, translations and source maps for what other books do with it. `kept` names files, from
    `_static`, that stay for another reason.
    """
    texts = [path for path in folder.rglob("*.html") if path.relative_to(folder).parts[0] != STATIC]
    asked: set[Path] = set()
    found = {path for text in texts for path in _mentioned(text, folder)}
    while found:
        asked |= found
        found = {path for text in found for path in _mentioned(text, folder)} - asked
    asked |= {folder / STATIC / name for name in kept}
    return {path for path in (folder / STATIC).rglob("*") if path.is_file()} - asked


def _mentioned(path: Path, folder: Path) -> Iterator[Path]:
    if path.suffix not in {".html", ".css", ".js"}:
        return
    text = path.read_text(encoding="utf-8")
    names: Iterable[Path] = (folder / STATIC / name for name in IN_PAGE.findall(text))
    if path.suffix == ".css":
        names = (path.parent / (url or sheet) for url, sheet in IN_STYLE.findall(text))
    for name in names:
        found = Path(os.path.normpath(name))
        if found.is_file():
            yield found


def note(app: Sphinx, error: Exception | None) -> None:
    """Note what is not to be published: what no page asks for, but not the book's own files, a licence belongs to its fonts.

    It stays where Sphinx puts it: it would put it there again each time.
    """
    if error is not None or app.builder.format != "html":
        return
    own, out = Path(app.confdir, STATIC), Path(app.outdir)
    ours = [path.relative_to(own).as_posix() for path in own.rglob("*") if path.is_file()]
    state.note(Path(app.doctreedir), unused=sorted(path.relative_to(out).as_posix() for path in unused(out, ours)))


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.connect("build-finished", note, priority=900)  # when all is written
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
