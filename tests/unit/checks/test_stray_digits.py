"""Which digits in a chapter's text count as a typed result, and how they are told."""

from __future__ import annotations

from pathlib import Path

import pytest

from bookbuild.checks import prose

# A line, and the digits in it that are results.
LINES: dict[str, list[str]] = {
    "Dat is 87,51% van 938.": ["87,51%", "938"],
    "Op 1 mei 2016, 12 juni 2017, 3 november 1999 en 24 december 2000.": [],
    "Op 1 maart 2016.": ["1"],
    "In 2014-2015 en 1998.": [],
    "In 1898 of 2101, of 20155.": ["1898", "2101", "20155"],
    "Het 95%-interval en de 95%-intervallen.": [],
    "Het 90%-interval.": ["90%"],
    "Van 15 tot 24 jaar en 18 tot 24 jaar, niet 16 tot 24 jaar.": ["16", "24"],
    "In OV3 en opleidingsvorm 3, niet OV4.": ["4"],
    "Onder CC BY 4.0, WCAG 2.2 en EN 301 549.": [],
    "Volgens (EU) 2016/679.": [],
    "Zie {glue:}`macro.a1` en {numref}`fig-2`.": [],
    "Zie `x = 12`.": [],
    "Zie [hier](a2.md) maar niet [3 keer](b.md).": ["3"],
    "<a href='x3'>vier</a> <b>5</b>": ["5"],
    "{glue:}`a` is 7": ["7"],
}


@pytest.mark.parametrize("line", LINES)
def test_these_digits_are_results(line: str) -> None:
    assert [digits for _, digits in prose.stray_digits(line)] == LINES[line]


def test_the_line_is_that_of_the_file() -> None:
    text = "---\ntitle: 1\n---\n\n(label-2)=\n# Kop 3\n\n```{code-cell}\nx = 4\n\ny = 5\n```\n\nTekst 6.\n---\n7\n---\n"
    assert prose.stray_digits(text) == [(6, "3"), (14, "6"), (16, "7")]


def test_other_blocks_of_code_are_prose() -> None:
    assert prose.stray_digits("```{note}\nEr zijn er 4.\n```\n") == [(2, "4")]
    assert prose.stray_digits("Een ` en 5, een ` daarna\nen 6 `x`") == [(2, "6")]


def test_a_typed_result_is_told_with_its_page_and_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "chapters").mkdir()
    (tmp_path / "index.md").write_text("# Kop\n", encoding="utf-8")
    (tmp_path / "chapters" / "a.md").write_text("# Kop\n\nGoed.\n", encoding="utf-8")
    assert prose.check(tmp_path) == 0
    assert capsys.readouterr().out == ""
    (tmp_path / "chapters" / "a.md").write_text("# Kop\n\nEr zijn 7 punten.\n", encoding="utf-8")
    (tmp_path / "index.md").write_text("# Kop\n\n8\n", encoding="utf-8")
    assert prose.check(tmp_path) == 1
    end = "is ingetikt; laat het berekenen en gebruik {glue:}\n"
    assert capsys.readouterr().out == f"index.md, regel 3: '8' {end}chapters/a.md, regel 3: '7' {end}"
