"""The built pages in other shapes: an EPUB for e-readers, and a DOCX for colleagues who comment in Word. Pandoc makes both."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from pathlib import Path
from typing import Any, Literal
from uuid import NAMESPACE_URL, uuid5

import pypandoc

from bookbuild.citation import work as citation
from bookbuild.paper import front, plain
from bookbuild.project import address, history, settings
from ledger import dutch

Shape = Literal["epub", "docx"]
# The one that came with the package, whatever the machine has: another one would make another file.
PANDOC = Path(pypandoc.__file__).parent / "files" / "pandoc"
OPTIONS: dict[Shape, list[str]] = {
    "epub": ["--to=epub3", "--split-level=1", "--toc-depth=2", f"--epub-cover-image={address.CARD}"],
    "docx": ["--to=docx"],
}
# A4 and its margins, and for tables small print and a line between rows: what goes where in pandoc's own styles for Word.
STATIONERY = {
    "document.xml": {
        "</w:sectPr>": '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417"/>'
    },
    "styles.xml": {
        "<w:tblPr>": '<w:rPr><w:sz w:val="16"/><w:szCs w:val="16"/></w:rPr>',
        "<w:tblCellMar>": '<w:tblBorders><w:insideH w:val="single" w:sz="4" w:color="D9DEE4"/></w:tblBorders>',
    },
}
# What shops and libraries tell readers of an EPUB who cannot see it (schema.org).
ACCESSIBLE = {
    "accessModes": ["textual", "visual"],
    "accessModeSufficient": "textual",
    "accessibilityFeatures": ["alternativeText", "readingOrder", "structuralNavigation", "tableOfContents"],
    "accessibilityHazards": ["none"],
    "accessibilitySummary": "Elke figuur is in woorden beschreven. Titels, lijsten en tabellen zijn als zodanig gemerkt.",
}


class ShapeError(Exception):
    """The file would not be whole: there are no pages, or an image of theirs is missing."""


def write(shape: Shape, root: Path) -> Path:
    """Make `_build/NAME.epub` or `_build/NAME.docx` from the pages in `_build/html`, NAME being that of the PDF.

    Raises
    ------
    ShapeError
        With the remedy, or with what pandoc complained of. An earlier file then stays.
    """
    pages = root / "_build" / "html"
    if not (pages / "claims.json").is_file():
        raise ShapeError("er is nog geen boek in _build/html; draai eerst make book")
    path = (root / "_build" / settings.of(root).paper).with_suffix(f".{shape}")
    fresh = path.with_name(f".{path.name}")
    fresh.write_bytes(made(shape, root, pages))
    return fresh.replace(path)


def made(shape: Shape, root: Path, pages: Path) -> bytes:
    """The file of a shape; the same pages and SOURCE_DATE_EPOCH always give the same bytes.

    Parameters
    ----------
    root
        The project: its contents, title and version.
    pages
        The folder of the built HTML.
    """
    about = front.edition(root)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "metadata.json").write_text(json.dumps(_metadata(root, about, shape)), encoding="utf-8")
        _stationery(folder)
        _pandoc(
            "--from=html",
            *OPTIONS[shape],
            "--fail-if-warnings",
            f"--data-dir={folder}",
            f"--metadata-file={folder / 'metadata.json'}",
            f"--output={folder / 'book'}",
            folder=pages,
            text=plain.body(root, pages, about),
            clock=history.commit_time(root),
        )
        return (folder / "book").read_bytes()


def _pandoc(*options: str, folder: Path, text: str = "", clock: str = "0") -> bytes:
    environment = {history.CLOCK: clock} | os.environ
    done = subprocess.run(
        [PANDOC, *options], cwd=folder, input=text.encode(), env=environment, capture_output=True, check=False
    )
    if done.returncode:
        raise ShapeError(done.stderr.decode().strip())
    return done.stdout


def _stationery(folder: Path) -> None:
    """Put pandoc's styles for Word where it looks before it takes its own."""
    place = folder / "docx" / "word"
    place.mkdir(parents=True)
    for name, additions in STATIONERY.items():
        text = _pandoc(f"--print-default-data-file=docx/word/{name}", folder=folder).decode()
        for before, added in additions.items():
            text = text.replace(before, added + before)
        (place / name).write_text(text, encoding="utf-8")


def _metadata(root: Path, about: front.Edition, shape: Shape) -> dict[str, Any]:
    return {
        "title": about.title,
        "subtitle": about.subtitle,
        "author": about.authors,
        "date": dutch.long_date(about.released),
        "lang": dutch.LOCALE.replace("_", "-"),
        "identifier": uuid5(NAMESPACE_URL, address.here().base or about.title).urn,
        "rights": citation.read(root).content_licence,
        **(ACCESSIBLE if shape == "epub" else {}),
    }
