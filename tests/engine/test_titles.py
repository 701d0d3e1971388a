"""A page's title stands in the navigation of every other page, also when only that one page is read again."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from conftest import run_build

OTHERS = {"een": "Eerste", "twee": "Tweede", "drie": "Derde"}


def written(project: Path) -> dict[str, bytes]:
    """Every published page, by its name."""
    html = project / "_build" / "html"
    return {str(path.relative_to(html)): path.read_bytes() for path in html.rglob("*.html")}


def test_another_title_reaches_every_page_without_executing(mini_book: Callable[[str], Path]) -> None:
    project = mini_book("Tekst.")
    for name, title in OTHERS.items():
        (project / "chapters" / f"{name}.md").write_text(f"# {title}\n\nTekst.\n", encoding="utf-8")
    (project / "chapters" / "een.md").write_text(
        (project / "chapters" / "mini.md").read_text(encoding="utf-8").replace("# Mini", "# Eerste")
        + "\n```{code-cell} ipython3\nprint(6 * 7)\n```\n",
        encoding="utf-8",
    )
    files = "".join(f"  - file: chapters/{name}\n" for name in OTHERS)
    (project / "_toc.yml").write_text(f"format: jb-book\nroot: chapters/mini\nchapters:\n{files}", encoding="utf-8")
    first = run_build(project)
    assert first.returncode == 0, first.stdout[-3000:] + first.stderr[-3000:]
    assert "chapters/een" in first.stdout
    last = project / "chapters" / "drie.md"
    last.write_text(last.read_text(encoding="utf-8").replace("# Derde", "# Een andere titel"), encoding="utf-8")
    second = run_build(project)
    assert second.returncode == 0, second.stdout[-3000:] + second.stderr[-3000:]
    assert "uitgevoerd" in first.stdout
    assert "uitgevoerd" not in second.stdout
    gone_on = written(project)
    shutil.rmtree(project / "_build")
    assert run_build(project).returncode == 0
    assert gone_on == written(project)
    assert b"Een andere titel" in gone_on["chapters/een.html"]
