"""What other programs read of the project, looked at first: Sphinx, Jupyter Book, jupytext and pybtex trust what they are given."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Set
from pathlib import Path
from typing import Any

from bookbuild.project import digest, inside, settings, sources
from ledger import plain_yaml
from ledger.plain_yaml import YamlError

TOC = "_toc.yml"
PACKAGE = "data/datapackage.json"
KINDS = {".bib", ".cff", ".css", ".js", ".json", ".md", ".py", ".toml", ".yaml", ".yml"}
SIZE = 5_000_000  # bytes of a text that people write
LONGEST = 250  # characters of a path
MOST = 6  # problems: they fit on one screen
MARKS = {b"\xef\xbb\xbf": "een UTF-8-merkteken vooraan", b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
ENCODING = "Bewaar het bestand als UTF-8 zonder BOM, zoals elke editor dat kan."
# What the front matter of a page and each description of a table hold.
FIELDS = {"inputs": list, "description": str, "language": str, "kernelspec": dict, "jupytext": dict, "mystnb": dict}
RESOURCE = {"path": str, "name": str, "description": str, "mediatype": str, "sources": list, "licenses": list}
WORDS = {list: "een lijst", str: "een tekst", dict: "namen met een waarde"}


def refuse(root: Path, changed: Iterable[Path] | None = None) -> None:
    """Look at every text that something else will read.

    Parameters
    ----------
    changed
        The files to look at; all without.

    Raises
    ------
    SourceError
        With the first problems: file, line, what is wrong and how to mend it.
    """
    found = list(_problems(root, set(sources.all_of(root) if changed is None else changed)))
    if found:
        more = f"\n(en nog {len(found) - MOST} andere)" if len(found) > MOST else ""
        raise sources.SourceError("\n".join(found[:MOST]) + more)


def _problems(root: Path, files: Set[Path]) -> Iterator[str]:
    """In the order in which one makes the next unreadable."""
    broken = list(_not_text(root, files))
    yield from broken or [*_bad_yaml(root, files), *_bad_json(root, files), *_bad_references(root, files)]


def pages(root: Path) -> list[Path]:
    """What authors wrote as pages: the cover and the chapters; not what an editor keeps beside them."""
    found = [*root.glob("index.md"), *sorted((root / "chapters").glob("*.md"))]
    return [path for path in found if path.is_file() and not path.name.startswith(".")]


def head(text: str) -> tuple[str, str]:
    """The lines of a page's front matter, each with its end, and the rest from the closing rule on."""
    lines = text.splitlines(keepends=True)
    if not lines or not lines[0].startswith("---"):
        return "", text
    for number, line in enumerate(lines[1:], start=1):
        if line.startswith(("---", "...")):
            return "".join(lines[1:number]), "".join(lines[number:])
    return "", text


def not_text(content: bytes) -> tuple[int, str] | None:
    """Where and why the bytes of a file are no text in UTF-8; None if they are."""
    for mark, said in MARKS.items():
        if content.startswith(mark):
            return 1, said
    if b"\0" in content:
        return content.count(b"\n", 0, content.index(b"\0")) + 1, "een NUL-teken"
    try:
        content.decode()
    except UnicodeDecodeError as problem:
        return content.count(b"\n", 0, problem.start) + 1, "een teken dat geen UTF-8 is"
    return None


def _not_text(root: Path, files: Set[Path]) -> Iterator[str]:
    for path in sorted(files):
        if path.suffix not in KINDS:
            continue
        name, content = digest.relative(root, path), path.read_bytes()
        if len(content) > SIZE:
            yield f"{name}, regel 1: meer dan {SIZE // 1_000_000} MB tekst\n  herstel: Gegevens horen in een tabel onder data/."
        elif found := not_text(content):
            yield f"{name}, regel {found[0]}: {found[1]}\n  herstel: {ENCODING}"


def _bad_yaml(root: Path, files: Set[Path]) -> Iterator[str]:
    named = [root / name for name in (settings.CONFIG, "CITATION.cff", TOC)]
    for path in (path for path in [*named, *sorted((root / "data").glob("**/*.yml"))] if path in files):
        name, text = digest.relative(root, path), path.read_text(encoding="utf-8")
        wrong = list(_read(name, text, 0))
        yield from wrong or (FURTHER[name](root, text) if name in FURTHER else ())
    for path in (path for path in pages(root) if path in files):
        name, front = digest.relative(root, path), head(path.read_text(encoding="utf-8"))[0]
        yield from _read(name, front, 1)


def _read(name: str, text: str, above: int) -> Iterator[str]:
    """What is wrong with the YAML of a file that stands below some lines, the values of a page included."""
    try:
        found = plain_yaml.load(text)
    except YamlError as problem:
        where = " in de kop tussen --- en ---" if above else ""
        yield f"{name}, regel {problem.line + above}: {problem.said}{where}\n  herstel: {problem.remedy}"
        return
    if found is not None and not isinstance(found, dict):
        yield f"{name}, regel {above + 1}: geen namen met een waarde\n  herstel: Schrijf elke regel als `naam: waarde`."
    elif above:
        yield from (
            f"{name}, regel {_line(text, field) + above}: {field} is {WORDS[kind]}\n  herstel: Schrijf {field} zoals op de andere pagina's."
            for field, kind in FIELDS.items()
            if found and found.get(field) is not None and not isinstance(found[field], kind)
        )


def _bad_paths(root: Path, text: str) -> Iterator[str]:
    """Files and folders that the configuration names and that are not the book's: styles, templates, references, a logo."""
    for value in _strings(plain_yaml.load(text)):
        if (root / value).exists() and (said := inside.objection(root, root / value)):
            yield f"{settings.CONFIG}, regel {_line(text, value)}: {value} {said}\n  {inside.REMEDY}"


def _strings(found: Any) -> Iterator[str]:
    """Every text in a configuration but the patterns of what is left out."""
    if isinstance(found, dict):
        for name, value in found.items():
            yield from () if name == "exclude_patterns" else _strings(value)
    elif isinstance(found, list):
        for value in found:
            yield from _strings(value)
    elif isinstance(found, str) and len(found) < LONGEST and "\0" not in found:
        yield found


def _bad_contents(root: Path, text: str) -> Iterator[str]:
    """HTML in captions and titles, which every page shows."""
    for number, line in enumerate(text.splitlines(), 1):
        if re.search(r"[<>]|&\w+;", line.partition(" #")[0]) and not line.lstrip().startswith("#"):
            yield f"{TOC}, regel {number}: HTML in de inhoudsopgave\n  herstel: Schrijf gewone woorden, zonder < en >."


FURTHER = {TOC: _bad_contents, settings.CONFIG: _bad_paths}  # what is looked for where the YAML is right


def _bad_json(root: Path, files: Set[Path]) -> Iterator[str]:
    for path in (path for path in sorted((root / "data").glob("*.json")) if path in files):
        name, text = digest.relative(root, path), path.read_text(encoding="utf-8")
        try:
            found = json.loads(text)
        except (ValueError, RecursionError) as problem:
            line, said = getattr(problem, "lineno", 1), getattr(problem, "msg", "te diep")
            yield (
                f"{name}, regel {line}: geen geldige JSON ({said})\n"
                "  herstel: Kijk hier en in de regel erboven naar komma's, haakjes en aanhalingstekens."
            )
            continue
        if name == PACKAGE:
            yield from _bad_package(found, text)


def _bad_package(found: Any, text: str) -> Iterator[str]:
    """Tables without what the pages say of each."""
    remedy = "herstel: Beschrijf elke tabel zoals de andere: " + ", ".join(RESOURCE) + "."
    listed = found.get("resources") if isinstance(found, Mapping) else None
    if not isinstance(listed, list) or not isinstance(found.get("title"), str):
        yield f"{PACKAGE}, regel 1: geen titel of geen lijst van tabellen (resources)\n  {remedy}"
        return
    for number, each in enumerate(listed, 1):
        known = each if isinstance(each, Mapping) else {}
        if lost := [name for name, kind in RESOURCE.items() if not isinstance(known.get(name), kind)]:
            line = _line(text, str(known.get("name", "resources")))
            yield f"{PACKAGE}, regel {line}: tabel {number} heeft geen geldige {', '.join(lost)}\n  {remedy}"


def _bad_references(root: Path, files: Set[Path]) -> Iterator[str]:
    if not (found := [path for path in sorted(root.glob("*.bib")) if path in files]):
        return
    from pybtex.database import parse_string  # which Sphinx will need too, and a build without changes will not
    from pybtex.exceptions import PybtexError

    for path in found:
        try:
            parse_string(path.read_text(encoding="utf-8"), "bibtex")
        except (PybtexError, RecursionError) as problem:
            line = getattr(problem, "lineno", None) or 1
            yield (
                f"{path.name}, regel {line}: geen geldig BibTeX ({str(problem)[:100]})\n"
                "  herstel: Kijk daar naar accolades en komma's."
            )


def _line(text: str, word: str) -> int:
    return next((number for number, line in enumerate(text.splitlines(), 1) if word in line), 1)
