"""The table of contents and the pages that it orders: none is named that is not there, and none is there that is not named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sphinx_external_toc.parsing import MalformedError, parse_toc_yaml
from yaml import YAMLError

from bookbuild.execution import chapter
from bookbuild.project.texts import TOC, pages
from ledger import dutch

MOST = 6  # problems: they fit on one screen


def check(root: Path) -> int:
    """1 if the table of contents and the pages do not agree, or a page declares what is not there, else 0; says where."""
    found = [*problems(root), *barren(root)]
    for problem in found[:MOST]:
        print(problem)
    if len(found) > MOST:
        print(f"(en nog {len(found) - MOST} andere)")
    return 1 if found else 0


def problems(root: Path) -> Iterator[str]:
    """One message per page that is named or there without the other."""
    try:
        named = set(parse_toc_yaml(root / TOC))
    except (MalformedError, YAMLError) as problem:
        yield f"{TOC}: geen inhoudsopgave die te lezen is\n  herstel: volg de vorm van de andere regels ({problem})."
        return
    there = {path.relative_to(root).with_suffix("").as_posix() for path in pages(root)}
    lines = (root / TOC).read_text(encoding="utf-8").splitlines()
    for name in sorted(named - there):
        line = next(
            (number for number, text in enumerate(lines, 1) if text.split(":")[-1].strip() in (name, f"{name}.md")), 1
        )
        meant = dutch.looks_like(name, there - named or there)
        yield f"{TOC}, regel {line}: de pagina {name} bestaat niet\n  herstel: {meant}Herstel de naam, of maak {name}.md."
    for name in sorted(there - named):
        yield (
            f"{name}.md staat niet in {TOC}: niemand krijgt die pagina te zien\n"
            f"  herstel: Voeg daar een regel toe, zoals '- file: {name}', of verwijder de pagina."
        )


def barren(root: Path) -> Iterator[str]:
    """One message per pattern under `inputs` that no file fits; a build takes it for a folder that is empty for now."""
    for path in pages(root):
        text, name = path.read_text(encoding="utf-8"), path.relative_to(root).as_posix()
        try:
            declared = chapter.parse(name, text, [], root, root)
            lost = [pattern for pattern in declared.patterns if not declared.matches(pattern)]
        except chapter.InputsError as problem:
            yield str(problem)
            continue
        for pattern in lost:
            line = next((number for number, said in enumerate(text.splitlines(), 1) if pattern in said), 1)
            yield (
                f"{name}, regel {line}: {pattern} onder inputs past op geen enkel bestand\n"
                "  herstel: Herstel het pad, of verwijder de regel."
            )
