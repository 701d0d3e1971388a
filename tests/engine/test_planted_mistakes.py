"""What authors get wrong, each planted in a copy of the project: the command that finds it first, and what it says.

`check` finds what needs no kernel, and a build is not asked again: it reads the same pages in the same way. What only a kernel
can tell passes check and stops the build.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import COPIED, ROOT, _copy, run_build, write_mini_book
from warm import Build

CLAIMS, SERIES, GROUPS = "data/published/claims.csv", "data/context/series.csv", "data/published/groups.csv"
MESO, MACRO, NUMBERS = "chapters/meso.md", "chapters/macro.md", "code/leerwerk/macro/numbers.py"
TOC, CONFIG = "_toc.yml", "_config.yml"
END = ""


@dataclass(frozen=True)
class Mistake:
    """One edit of a file, and what the author must be able to act on.

    Parameters
    ----------
    old, new
        What the edit replaces, once; an empty `old` adds a last paragraph.
    said
        Parts of the message: what is wrong, and the remedy.
    place
        Where it is said to be; the edited line by default.
    """

    file: str
    old: str
    new: str
    said: tuple[str, ...]
    place: str = ""

    def made_in(self, text: str) -> str:
        """The text of the file with the mistake."""
        assert self.old in text
        return text.replace(self.old, self.new, 1) if self.old else f"{text}\n{self.new}\n"

    def lacks(self, output: str, text: str) -> list[str]:
        """The parts that a message about the file, with this text, does not have."""
        line = text.count("\n", 0, text.index(self.new.lstrip("\n"))) + 1
        place = self.place or f"{self.file}, regel {line}"
        return [part for part in (place, *self.said) if part not in output]


# Said of pages that are read: one run of check says them all, each beside its own line.
OF_PAGES = {
    "a number that does not exist": Mistake(
        MACRO,
        "`macro.guidance.heavy_task`",
        "`macro.guidance.heavy_tsk`",
        (
            "macro.guidance.heavy_tsk` bestaat niet",
            "lijkt op `macro.guidance.heavy_task`",
        ),
    ),
    "a number that the page did not ask for": Mistake(
        MESO,
        END,
        "Nog {glue:}`macro.contracts.da`.",
        (
            "deze pagina vraagt het niet op",
            'page.numbers(study.numbers(..., "macro.contracts.da"))',
        ),
    ),
    "an interval that a number has not": Mistake(
        MACRO,
        END,
        "Nog {glue:}`macro.contracts.da.interval`.",
        (
            "heeft hier geen `.interval`",
            "Schrijf {glue:}`macro.contracts.da`",
        ),
    ),
    "a source that is not in the references": Mistake(
        MACRO,
        "{cite}`decreet-2016`",
        "{cite}`decreet-2015`",
        (
            "`decreet-2015` staat niet in references.bib",
            "lijkt op `decreet-2016`",
        ),
    ),
    "a term without an entry": Mistake(
        MESO,
        END,
        "Een {term}`leerwerkplekje`.",
        (
            "de term `leerwerkplekje` staat niet in de woordenlijst",
            "lijkt op `leerwerkplek`",
        ),
    ),
    "an abbreviation without an entry": Mistake(
        MESO,
        END,
        "Ook het XKLM.",
        (
            "de afkorting XKLM heeft geen ingang",
            "Schrijf ze voluit",
        ),
    ),
    "a link that leads nowhere": Mistake(
        MACRO,
        "](since)",
        "](sinds)",
        (
            "`sinds` leidt nergens heen",
            "(naam)= boven een kop",
        ),
    ),
    "a label that another page refers to, gone": Mistake(
        "chapters/methods.md",
        "(trials-method)=",
        "(trials-methods)=",
        ("`trials-method` leidt nergens heen", "lijkt op `trials-methods`"),
        place=f"{MESO}, regel ",
    ),
    "a picture of one's own": Mistake(
        MESO,
        END,
        "![Een foto](foto.png)",
        (
            "komt niet van page.figure",
            "Beschrijf ze als Exhibit in exhibits.py",
        ),
    ),
    "a formula": Mistake(
        MESO,
        END,
        "Zo: {math}`a^2`.",
        (
            "een formule",
            "Schrijf ze in woorden",
        ),
    ),
    "a number that was typed": Mistake(
        MESO,
        END,
        "Dat is 87,51%.",
        (
            "'87,51%' is ingetikt",
            "gebruik {glue:}",
        ),
    ),
    "a script that was not made anew": Mistake(
        MESO,
        END,
        "Een zin.",
        ("draai make twins",),
        place="code/meso.py",
    ),
    "a role that does not exist": Mistake(
        MESO,
        END,
        "Een {rol}`x`.",
        (
            "de rol {rol} bestaat niet",
            "Herstel de naam",
        ),
    ),
    "a level of headings skipped": Mistake(
        MESO,
        END,
        "#### Kop",
        (
            "na een kop H2 volgt een kop H4",
            "Sla geen niveau over",
        ),
    ),
    "a label twice": Mistake(
        MESO,
        END,
        "(motives)=\n## Kop",
        (
            "het label `motives` bestaat al in chapters/m",
            "eigen naam",
        ),
        place="chapters/m",
    ),
}
# What stops check before it reads pages: each alone.
ALONE = {
    "a claim without function or reason": Mistake(
        CLAIMS,
        "hoger,1,1,direction,context,,,Jongeren",
        "hoger,1,1,direction,qualitative,,,Jongeren",
        (
            "heeft een reden (kolom reason) nodig, en geen functie",
            "data/published/README.md",
        ),
    ),
    "a claim that was renamed in the code only": Mistake(
        NUMBERS,
        '@recomputes("macro.contracts.da")',
        '@recomputes("macro.contracts.dz")',
        (
            "'macro.contracts.dz'",
            "staat niet in claims.csv; lijkt op macro.contracts.da",
        ),
        place=f"{NUMBERS}, regel ",
    ),
    "a claim that is answered twice": Mistake(
        NUMBERS,
        '@recomputes("macro.contracts.da")',
        '@recomputes("macro.contracts.sao")',
        ("wordt tweemaal berekend",),
        place="macro.contracts.sao",
    ),
    "a figure that its own sentence does not have": Mistake(
        CLAIMS,
        "Bijna 7% neemt deel aan IBAL",
        "Bijna 8% neemt deel aan IBAL",
        (
            "het gedrukte cijfer uit kolom published staat in de zin",
            "precies zoals in published",
        ),
    ),
    "a group of a claim that is gone": Mistake(
        GROUPS,
        "macro.guidance.heavy_task",
        "macro.guidance.hard_task",
        (
            "een waarde uit kolom id van data/published/claims.csv",
            "lijkt op macro.guidance.heavy_task",
        ),
    ),
    "a series of an unknown source": Mistake(
        SERIES,
        ",fpb-i25,",
        ",fpb-i26,",
        (
            "een waarde uit kolom source van data/context/sources.csv",
            "lijkt op fpb-i25",
        ),
    ),
    "a series that a number needs, gone": Mistake(
        SERIES,
        "coaching_rct_pupils,NL",
        "coaching_rct_pupil,NL",
        ("één rij", "meso.coaching.pupils vraagt die rij"),
        place=SERIES,
    ),
    "semicolons of a Belgian Excel": Mistake(
        GROUPS,
        "claim,group,sizes",
        "claim;group;sizes",
        (
            "geen puntkomma's",
            "Bewaar met komma's",
        ),
    ),
    "marks of git": Mistake(
        MESO,
        "\n(",
        "\n<<<<<<< HEAD\n(",
        (
            "twee versies",
            "verwijder de merktekens",
        ),
    ),
    "references with a brace too many": Mistake(
        "references.bib",
        "}",
        "",
        (
            "geen geldig BibTeX",
            "accolades",
        ),
        place="references.bib",
    ),
    "a page outside the contents": Mistake(
        TOC,
        "      - file: chapters/cite\n",
        "",
        (
            "staat niet in _toc.yml",
            "'- file: chapters/cite'",
        ),
        place="chapters/cite.md",
    ),
    "a page in the contents that is not there": Mistake(
        TOC,
        "chapters/glossary",
        "chapters/glosary",
        (
            "bestaat niet",
            "lijkt op chapters/glossary",
        ),
    ),
    "inputs that fit no file": Mistake(
        MACRO,
        "data/context/*.csv",
        "data/kontext/*.csv",
        (
            "past op geen enkel bestand",
            "Herstel",
        ),
    ),
    "a table that a number reads, not declared": Mistake(
        MESO,
        "  - data/published/claims.csv\n",
        "",
        ("noemt het niet onder inputs",),
        place="chapters/meso opent data/published/claims.csv",
    ),
    "front matter that is no YAML": Mistake(
        MESO,
        "inputs:",
        "inputs: [",
        (
            "regel 13: geen geldige YAML in de kop tussen --- en ---",
            "Spring in",
        ),
        place="chapters/meso.md",
    ),
    "a cell that asks for an exhibit that is not there": Mistake(
        MESO,
        "exhibits.who_guides()",
        "exhibits.who_guide()",
        ("exhibits heeft geen `who_guide`; het lijkt op `who_guides`",),
        place="chapters/meso, cel 2, regel ",
    ),
    "a cell that calls it wrongly": Mistake(
        MESO,
        "exhibits.who_guides()",
        "exhibits.who_guides(1)",
        ("exhibits.who_guides wordt aangeroepen als",),
        place="chapters/meso, cel 2, regel ",
    ),
    "a cell with an unknown chapter": Mistake(
        MESO,
        'numbers("meso")',
        'numbers("mezo")',
        ("mezo is geen hoofdstuk: kies uit introduction",),
        place="chapters/meso, cel 1, regel ",
    ),
    "settings that nobody knows": Mistake(
        CONFIG,
        "  paper:",
        "  papier:",
        (
            "'papier' is onbekend",
            "kies uit study, code, paper",
        ),
        place="_config.yml",
    ),
    "a description of the data that is no JSON": Mistake(
        "data/datapackage.json",
        '"alternerend-leren",',
        '"alternerend-leren"',
        ("geen geldige JSON", "komma's, haakjes"),
        place="data/datapackage.json, regel 3",
    ),
    "a citation without version": Mistake(
        "CITATION.cff",
        "\nversion:",
        "\nversie:",
        (
            "ontbreekt",
            "Schrijf `version: ...`",
        ),
        place="CITATION.cff, veld `version`",
    ),
}
# What needs a kernel: check has nothing to say, the build stops. A cell, what it may read, and what the build says.
IN_KERNELS = {
    "a picture that a cell draws": (
        "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()",
        ("chapters/mini.md, regel ", "komt niet van page.figure", "Beschrijf ze als Exhibit in exhibits.py"),
    ),
    "a table that only a figure reads": (
        "from leerwerk.tables import bullets\nlen(bullets.bullets())",
        ("chapters/mini opent data/published/bullets.csv, maar noemt het niet onder inputs",),
    ),
    "a cell that fails": (
        "1 / 0",
        ("chapters/mini, cel 1, regel ", "ZeroDivisionError", "Het vorige boek staat er nog"),
    ),
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in which check found nothing: what follows reads again only what changed."""
    copy = tmp_path_factory.mktemp("planted")
    for name in (*COPIED, TOC, "index.md", "chapters"):
        _copy(ROOT / name, copy / name)
    assert check(copy) == (0, "")
    return copy


def check(project: Path) -> tuple[int, str]:
    """Exit status and output of the book's part of `make check` in the copy."""
    own = {"PYTHONPATH": str(project / "code"), "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "0", "BOOK_URL": ""}
    process = Build(project, os.environ | own, command="check")
    output = process.communicate()
    assert process.returncode is not None
    return process.returncode, output


@contextmanager
def planted(project: Path, *mistakes: Mistake) -> Iterator[dict[str, str]]:
    """Make mistakes in the copy, and mend them; gives the texts of the files meanwhile."""
    before = {mistake.file: (project / mistake.file).read_text(encoding="utf-8") for mistake in mistakes}
    texts = dict(before)
    for mistake in mistakes:
        texts[mistake.file] = mistake.made_in(texts[mistake.file])
    try:
        for name, text in texts.items():
            (project / name).write_text(text, encoding="utf-8")
        yield texts
    finally:
        for name, text in before.items():
            (project / name).write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def said_of_pages(project: Path) -> tuple[str, dict[str, str]]:
    """What check says of all mistakes in pages at once, and the pages' texts."""
    with planted(project, *OF_PAGES.values()) as texts:
        status, output = check(project)
    assert status == 1
    assert "Traceback" not in output
    return output, texts


@pytest.mark.parametrize("name", OF_PAGES)
def test_check_finds_it_on_a_page(said_of_pages: tuple[str, dict[str, str]], name: str) -> None:
    output, texts = said_of_pages
    assert OF_PAGES[name].lacks(output, texts[OF_PAGES[name].file]) == [], output


def test_check_says_nothing_else_of_pages(said_of_pages: tuple[str, dict[str, str]]) -> None:
    """Each mistake has one message; those in chapters make their scripts stale besides."""
    stale, typed, others = 2, 1, len(OF_PAGES) - 2
    said = [line for line in said_of_pages[0].splitlines() if line.strip() and "herstel:" not in line]
    assert len(said) == stale + typed + others, said


@pytest.mark.parametrize("name", ALONE)
def test_check_finds_it_before_it_reads_pages(project: Path, name: str) -> None:
    with planted(project, ALONE[name]) as texts:
        status, output = check(project)
    assert status == 1
    assert ALONE[name].lacks(output, texts[ALONE[name].file]) == [], output
    assert "Traceback" not in output
    assert len(output.splitlines()) < 25


def test_a_notebook_beside_a_chapter_does_not_count_and_is_told_of(project: Path) -> None:
    notebook = project / "chapters" / "macro.ipynb"
    notebook.write_text("{}", encoding="utf-8")
    try:
        said = "chapters/macro.ipynb telt niet mee: het hoofdstuk is chapters/macro.md, dat make notebook NAME=macro opent.\n"
        assert check(project) == (0, said)
    finally:
        notebook.unlink()


@pytest.mark.parametrize("name", IN_KERNELS)
def test_what_needs_a_kernel_passes_check_and_stops_the_build(tmp_path: Path, name: str) -> None:
    cell, said = IN_KERNELS[name]
    book = write_mini_book(tmp_path, f"```{{code-cell}} ipython3\n{cell}\n```")
    assert check(book) == (0, "")
    result = run_build(book)
    assert result.returncode == 1
    assert [part for part in said if part not in result.stderr] == [], result.stderr
    assert "Traceback" not in result.stderr
