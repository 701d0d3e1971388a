"""Hostile texts, each planted in a small project: one message with file, line and remedy, whatever would have read it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bookbuild.project import sources, texts
from bookbuild.project.sources import SourceError

GOOD = {
    "_config.yml": "title: Boek\nexclude_patterns: [_build, .venv]\nlogo: data\nbookbuild: {study: x}\n",
    "_toc.yml": "format: jb-book\nroot: index\nparts:\n  - caption: Deel & al\n    chapters:\n      - file: chapters/a\n",
    "CITATION.cff": "title: Boek\n",
    "index.md": "# Boek\n",
    "chapters/a.md": "---\ndescription: Een zin.\ninputs:\n  - data/a.csv\n---\n\n# A\n",
    "references.bib": "@misc{a,\n  title = {A}\n}\n",
    "data/datapackage.json": json.dumps(
        {
            "title": "T",
            "resources": [
                {"path": "a.csv", "name": "a", "description": "d", "mediatype": "m", "sources": [], "licenses": []}
            ],
        }
    ),
    "code/p/m.py": "x = 1\n",
}
BOMB = "a: &a [x]\nb: [*a]\n"
FRONT = "---\ndescription: Een zin.\n{}\n---\n\n# A\n"
PLANTED: dict[str, tuple[str, str | bytes, str, str]] = {
    "a bomb in the configuration": ("_config.yml", BOMB, "regel 1: een verwijzing", "voluit"),
    "a bomb in the contents": ("_toc.yml", BOMB, "regel 1: een verwijzing", "voluit"),
    "a bomb in the citation": ("CITATION.cff", BOMB, "regel 1: een verwijzing", "voluit"),
    "a bomb in a page": ("chapters/a.md", FRONT.format(BOMB.strip()), "regel 3: een verwijzing", "voluit"),
    "a bomb on the cover": ("index.md", FRONT.format(BOMB.strip()), "regel 3: een verwijzing", "voluit"),
    "a bomb in data": ("data/synthetic/a.yml", BOMB, "regel 1: een verwijzing", "voluit"),
    "depth in a page": ("chapters/a.md", FRONT.format("x: " + "[" * 10_000), "regel 3: te diep", "vlakker"),
    "a key twice in a page": (
        "chapters/a.md",
        FRONT.format("description: x"),
        "regel 3: 'description' staat er twee",
        "een",
    ),
    "a tag in the contents": ("_toc.yml", "root: !!python/name:os.system\n", "regel 1: een label", "Laat"),
    "a list for a page's head": (
        "chapters/a.md",
        "---\n- a\n---\n",
        "regel 2: geen namen met een waarde",
        "naam: waarde",
    ),
    "a kernel that is a number": (
        "chapters/a.md",
        FRONT.format("kernelspec: 3"),
        "regel 3: kernelspec is namen",
        "andere",
    ),
    "a description that is a list": (
        "chapters/a.md",
        "---\ndescription: [a]\n---\n",
        "regel 2: description is een tekst",
        "andere",
    ),
    "a contents of one word": ("_toc.yml", "x\n", "regel 1: geen namen met een waarde", "naam: waarde"),
    "HTML in a caption": (
        "_toc.yml",
        GOOD["_toc.yml"].replace("Deel & al", "<script>alert(1)</script>"),
        "regel 4: HTML in de inhoudsopgave",
        "gewone woorden",
    ),
    "a character of HTML in a title": ("_toc.yml", "root: index\ntitle: a &lt; b\n", "regel 2: HTML", "gewone woorden"),
    "styles from elsewhere": (
        "_config.yml",
        "sphinx:\n  config:\n    html_static_path: [/etc]\n",
        "regel 3: /etc ligt buiten",
        "in het project",
    ),
    "references from a build": (
        "_config.yml",
        "a: 1\nbibtex_bibfiles: [_build/x.bib]\n",
        "regel 2: _build/x.bib ligt in",
        "in het project",
    ),
    "a page in UTF-16": ("chapters/a.md", GOOD["chapters/a.md"].encode("utf-16"), "regel 1: UTF-16", "UTF-8"),
    "a page in UTF-16 without a mark": ("chapters/a.md", "# A".encode("utf-16-le"), "regel 1: een NUL-teken", "UTF-8"),
    "a mark before a page": (
        "chapters/a.md",
        GOOD["chapters/a.md"].encode("utf-8-sig"),
        "regel 1: een UTF-8-merk",
        "BOM",
    ),
    "a page in Latin-1": (
        "chapters/a.md",
        "# A\n\nreële\n".encode("latin-1"),
        "regel 3: een teken dat geen UTF-8",
        "UTF-8",
    ),
    "a NUL in a page": ("chapters/a.md", "# A\n\nx\0y\n", "regel 3: een NUL-teken", "UTF-8"),
    "a NUL in a module": ("code/p/m.py", "x = 1\n\0", "regel 2: een NUL-teken", "UTF-8"),
    "an endless page": ("chapters/a.md", "x\n" * 3_000_000, "regel 1: meer dan 5 MB tekst", "tabel"),
    "half a reference": ("references.bib", "@misc{a,\n  title = {A\n", "regel 2: geen geldig BibTeX", "accolades"),
    "a reference twice": ("references.bib", GOOD["references.bib"] * 2, "regel 1: geen geldig BibTeX", "accolades"),
    "depth in a reference": ("references.bib", "@misc{a, title = " + "{" * 100_000, "geen geldig BibTeX", "accolades"),
    "half a description": ("data/datapackage.json", '{"a": 1,\n', "regel 2: geen geldige JSON", "komma's"),
    "depth in a description": ("data/datapackage.json", "[" * 100_000, "regel 1: geen geldige JSON", "haakjes"),
    "a description of nothing": ("data/datapackage.json", "[]", "regel 1: geen titel", "Beschrijf"),
    "a table without words": (
        "data/datapackage.json",
        '{"title": "T", "resources": [\n{"name": "a"}]}',
        "regel 2: tabel 1 heeft geen geldige path, description",
        "Beschrijf",
    ),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small project in which all is well."""
    for name, text in GOOD.items():
        write(tmp_path / name, text)
    write(tmp_path / "_build" / "x.bib", "")
    texts.refuse(tmp_path)
    return tmp_path


def write(path: Path, content: str | bytes) -> None:
    """A file and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


@pytest.mark.parametrize("case", PLANTED)
def test_it_is_refused_with_file_line_and_remedy(root: Path, case: str) -> None:
    name, content, said, remedy = PLANTED[case]
    write(root / name, content)
    with pytest.raises(SourceError) as problem:
        texts.refuse(root)
    first, *more = str(problem.value).splitlines()
    assert first.startswith(f"{name}, regel ")
    assert said in first
    assert more[0].startswith("  herstel: ")
    assert remedy in more[0]
    assert len(more) == 1


@pytest.mark.parametrize("case", PLANTED)
def test_only_what_changed_is_looked_at(root: Path, case: str) -> None:
    name, content, *_ = PLANTED[case]
    write(root / name, content)
    texts.refuse(root, [path for path in sources.all_of(root) if path != root / name])
    with pytest.raises(SourceError, match=f"^{re.escape(name)}, regel "):
        texts.refuse(root, [root / name])


def test_many_faults_fit_on_one_screen(root: Path) -> None:
    for number in range(300):
        write(root / "chapters" / f"{number}.md", "---\na: &a 1\n---\n")
    with pytest.raises(SourceError) as problem:
        texts.refuse(root)
    assert len(str(problem.value).splitlines()) <= 15
    assert str(problem.value).endswith("(en nog 294 andere)")
