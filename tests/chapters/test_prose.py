"""The chapters' text: no typed results, every slide treated, every claim shown."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bookbuild.checks.prose import stray_digits
from leerwerk import study
from leerwerk.tables import context, published

ROOT = Path(__file__).parents[2]
CHAPTERS = [ROOT / "index.md", *sorted((ROOT / "chapters").glob("*.md"), key=lambda path: path.name)]
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in CHAPTERS}


@pytest.mark.parametrize("name", TEXTS)
def test_no_result_is_typed(name: str) -> None:
    assert stray_digits(TEXTS[name]) == []


@pytest.mark.parametrize("planted", ["Dat is 87,51% van de aanvragen.", "Bij 938 mentoren.", "- 7 punten", "| 3 | x |"])
def test_a_planted_result_is_found(planted: str) -> None:
    lines = TEXTS["macro"].splitlines()
    text = "\n".join([*lines, "", planted])
    assert [line for line, _ in stray_digits(text)] == [len(lines) + 2]


@pytest.mark.parametrize(
    "harmless",
    ["Op 10 juni 2016.", "In 2014-2015.", "{glue:}`macro.a.b`", "[een](x2.md)", "Het 95%-interval.", "(a-1)="],
)
def test_dates_roles_and_links_may_hold_digits(harmless: str) -> None:
    assert stray_digits(harmless) == []


def test_digits_in_code_cells_are_code() -> None:
    assert stray_digits("```{code-cell} ipython3\nx = 12\n```") == []


def glued_ids(text: str) -> set[str]:
    """The ids that a chapter glues into its prose, intervals and words under the id of their number."""
    return {
        name.removesuffix(".interval").removesuffix(".word").removesuffix(".marked")
        for name in re.findall(r"\{glue:\}`([^`]+)`", text)
    }


def test_every_slide_has_its_section() -> None:
    missing = [
        (row.slide, row.section)
        for row in published.slides().itertuples()
        if f"({row.section})=" not in TEXTS[row.level]
    ]
    assert missing == []


def test_every_number_on_a_slide_is_glued() -> None:
    glued = set().union(*map(glued_ids, TEXTS.values()))
    printed = published.slide_numbers()
    assert set(printed.loc[printed["claim"] != "", "claim"]) - glued == set()


@pytest.mark.parametrize("level", study.CHAPTERS)
def test_a_chapter_ends_with_how_its_claims_were_recomputed(level: str) -> None:
    assert TEXTS[level].rstrip().endswith(f'recomputed.fold(study.LEDGER, "{level}")\n```')


@pytest.mark.parametrize("level", study.CHAPTERS)
def test_cells_are_thin(level: str) -> None:
    cells = re.findall(r"^```\{code-cell\}.*?\n\n(.*?)^```$", TEXTS[level], re.S | re.M)
    assert cells
    assert [cell for cell in cells if re.search(r"^\s*(def|for|while|class)\b|\[.* for ", cell, re.M)] == []


def test_every_source_is_cited() -> None:
    root = Path(__file__).parents[2]
    keys = set(re.findall(r"^@\w+\{([\w-]+),", (root / "references.bib").read_text(encoding="utf-8"), re.M))
    cited = {
        key for text in TEXTS.values() for found in re.findall(r"\{cite\}`([^`]+)`", text) for key in found.split(",")
    }
    assert cited == keys


def test_sources_of_the_series_are_in_the_references() -> None:
    root = Path(__file__).parents[2]
    keys = set(re.findall(r"^@\w+\{([\w-]+),", (root / "references.bib").read_text(encoding="utf-8"), re.M))
    used = {"ctg-youth", "ctg-total"} | set(context.series("early_leavers_lfs")["source"])
    assert used <= keys
