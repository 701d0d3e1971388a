"""A chapter that went through JupyterLab and `make twins` is the chapter that it was."""

from __future__ import annotations

from pathlib import Path

import jupytext
import pytest
from conftest import ROOT
from jupytext.config import load_jupytext_configuration_file

from bookbuild.checks.header import tidy

PAGES = [
    path for path in sorted((ROOT / "chapters").glob("*.md")) if "\nkernelspec:" in path.read_text(encoding="utf-8")
]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_saving_a_chapter_as_a_notebook_changes_nothing(page: Path) -> None:
    rules = load_jupytext_configuration_file(str(ROOT / "jupytext.toml"))
    notebook = jupytext.read(page, config=rules)
    # What JupyterLab adds by itself.
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    notebook.metadata["language_info"] = {"name": "python", "version": "3.11.7", "file_extension": ".py"}
    saved = jupytext.writes(notebook, fmt="md:myst", config=rules)
    text = page.read_text(encoding="utf-8")
    assert saved != text
    assert tidy(saved) == text


@pytest.mark.parametrize(
    "text", ["# Kop\n", "---\ndescription: x\n---\n\n# Kop\n", "---\nfile_format: mystnb\nkernelspec: {}\n---\n"]
)
def test_a_page_that_is_no_notebook_of_ours_stays(text: str) -> None:
    assert tidy(text) == text


def test_what_nobody_foresaw_comes_last_and_keeps_its_value() -> None:
    head = "---\nzelf: [1, 2]\ninputs: [b.csv, a.csv]\nkernelspec: {name: python3}\ndescription: 'een: twee'\n---\n\nTekst\n"
    assert tidy(head) == (
        "---\nkernelspec:\n  display_name: Python 3\n  language: python\n  name: python3\n"
        'description: "een: twee"\ninputs:\n  - b.csv\n  - a.csv\nzelf:\n- 1\n- 2\n---\n\nTekst\n'
    )
