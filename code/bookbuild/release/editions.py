"""`make editions`: older versions beside the newest, from their archives; each of their pages says so and leads to the newest."""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from html import escape
from pathlib import Path

from bookbuild.citation import work as citation
from bookbuild.citation.work import Work
from bookbuild.project import address
from bookbuild.project.address import Site
from bookbuild.project.settings import BOOK
from bookbuild.release.version import ReleaseError, parse
from ledger import dutch

ARCHIVES = Path("_build", "releases")
PLACE = "versie"
STYLE = "_static/edition.css"  # the newest book's: an older one need not have it
BANNER = (
    '<aside class="edition" lang="nl" aria-label="Oudere versie"><p>Dit is versie {version} van {day}. '
    '<a href="{link}">Er is een nieuwere versie van {what}</a>.</p></aside>\n'
)
REPLACED = re.compile(r'\s*<(?:link rel="canonical"|meta name="robots")[^>]*>')


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest book, as pages of older ones see it."""

    pages: Path
    here: Site


def editions(root: Path) -> int:
    """Put the book of each archive in `_build/releases` under `versie/` in the built book, and say of its pages that it is older.

    Returns
    -------
    int
        0, also if there is none that is older; 1 if an archive is none, and then no older version is changed.
    """
    newest = Newest(root / "_build" / "html", address.here())
    if not (newest.pages / "index.html").is_file():
        print("Er is nog geen boek in _build/html.\n  herstel: make book", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(dir=root / "_build") as name:
        try:
            works = [
                work
                for path in sorted((root / ARCHIVES).glob("*.zip"))
                if (work := _place(root, path, Path(name), newest))
            ]
        except (ReleaseError, citation.CitationError) as problem:
            print(problem, file=sys.stderr)
            return 1
        shutil.rmtree(newest.pages / PLACE, ignore_errors=True)
        if works:
            Path(name, PLACE).rename(newest.pages / PLACE)
    for work in works:
        print(f"Versie {work.version} staat in {PLACE}/{work.version}/")
    if not works:
        print(f"Er is geen oudere versie in {ARCHIVES}.")
    return 0


def _place(root: Path, archive: Path, folder: Path, newest: Newest) -> Work | None:
    """Unpack an older version's book and mark its pages; nothing of one that is not older."""
    try:
        with zipfile.ZipFile(archive) as packed:
            work = citation.parse(packed.read(citation.SOURCE).decode())
            if parse(work.version) >= parse(citation.read(root).version):
                return None
            packed.extractall(folder, [name for name in packed.namelist() if name.startswith(f"{BOOK}/")])
        target = folder / PLACE / work.version
        target.parent.mkdir(exist_ok=True)
        (folder / BOOK).rename(target)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as problem:
        raise ReleaseError(
            f"{archive.relative_to(root)} is geen archief van een versie: {problem}\n  herstel: haal het weg, of haal het opnieuw op."
        ) from None
    for path in target.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        path.write_text(marked(text, path.relative_to(target).as_posix(), work, newest), encoding="utf-8", newline="")
    return work


def marked(text: str, page: str, work: Work, newest: Newest) -> str:
    """A page of an older version with its banner, out of search engines, and with the newest page as the one that counts."""
    is_there = (newest.pages / page).is_file()
    up, target = "../" * (page.count("/") + 2), page if is_there else "index.html"
    banner = BANNER.format(
        version=work.version,
        day=dutch.long_date(work.released),
        link=up + target,
        what="deze pagina" if is_there else "het boek",
    )
    head = (
        '<meta name="robots" content="noindex">\n'
        f'  <link rel="canonical" href="{escape(newest.here.absolute(target) or up + target)}">\n'
        f'  <link rel="stylesheet" href="{up}{STYLE}">\n'
    )
    text = REPLACED.sub("", text).replace("</head>", f"  {head}</head>", 1)
    before = re.search(r"<header\b", text) or re.search(r"(?<=>)(?=\s*</body>)", text)
    at = before.start() if before else len(text)
    return text[:at] + banner + text[at:]
