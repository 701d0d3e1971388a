"""What authors get wrong, each planted in a copy of the project: the command that finds it first, and what it says.

`check` finds what needs no kernel: a build is not asked again, since it does what check does and more. What only a kernel can
tell passes check and stops the build.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import COPIED, ROOT, _copy
from warm import Build

CLAIMS, SERIES, GROUPS = "data/published/claims.csv", "data/context/series.csv", "data/published/groups.csv"
MESO, MACRO, NUMBERS = "chapters/meso.md", "chapters/macro.md", "code/leerwerk/macro/numbers.py"
TOC, CONFIG = "_toc.yml", "_config.yml"


@dataclass(frozen=True)
class Mistake:
    """One edit of a file, and the lines that the author must be able to act on.

    Parameters
    ----------
    old, new
        What the edit replaces, once; an empty `old` adds a last line.
    place
        File and line (or another word that leads there) with which the message starts.
    said
        Parts of what is wrong and of the remedy.
    """

    file: str
    old: str
    new: str
    place: str
    said: tuple[str, ...]


END = ""
FOUND_BY_CHECK = {
    "a number that does not exist": Mistake(
        MACRO, "`macro.guidance.heavy_task`", "`macro.guidance.heavy_tsk`",
        f"{MACRO}, regel 34", ("macro.guidance.heavy_tsk` bestaat niet", "lijkt op `macro.guidance.heavy_task`"),
    ),
    "a number that the page did not ask for": Mistake(
        MESO, END, "Nog {glue:}`macro.contracts.da`.",
        f"{MESO}, regel 105", ("deze pagina vraagt het niet op", 'page.numbers(study.numbers(..., "macro.contracts.da"))'),
    ),
    "an interval that a number has not": Mistake(
        MACRO, END, "Nog {glue:}`macro.contracts.da.interval`.",
        f"{MACRO}, regel 158", ("heeft hier geen `.interval`", "Schrijf {glue:}`macro.contracts.da`"),
    ),
    "a claim without function or reason": Mistake(
        CLAIMS, "hoger,1,1,direction,context,,,Jongeren", "hoger,1,1,direction,qualitative,,,Jongeren",
        f"{CLAIMS}, regel 2", ("heeft een reden (kolom reason) nodig, en geen functie", "data/published/README.md"),
    ),
    "a claim that was renamed in the code only": Mistake(
        NUMBERS, '@recomputes("macro.contracts.da")', '@recomputes("macro.contracts.dz")',
        f"{NUMBERS}, regel 37", ("'macro.contracts.dz'", "staat niet in claims.csv; lijkt op macro.contracts.da"),
    ),
    "a claim that is answered twice": Mistake(
        NUMBERS, '@recomputes("macro.contracts.da")', '@recomputes("macro.contracts.sao")',
        "macro.contracts.sao", ("wordt tweemaal berekend",),
    ),
    "a figure that its own sentence does not have": Mistake(
        CLAIMS, "Bijna 7% neemt deel aan IBAL", "Bijna 8% neemt deel aan IBAL",
        f"{CLAIMS}, regel", ("het gedrukte cijfer uit kolom published staat in de zin", "precies zoals in published"),
    ),
    "a group of a claim that is gone": Mistake(
        GROUPS, "macro.guidance.heavy_task", "macro.guidance.hard_task",
        f"{GROUPS}, regel 2, kolom claim", (f"een waarde uit kolom id van {CLAIMS}", "lijkt op macro.guidance.heavy_task"),
    ),
    "a series of an unknown source": Mistake(
        SERIES, ",fpb-i25,", ",fpb-i26,",
        f"{SERIES}, regel", ("een waarde uit kolom source van data/context/sources.csv", "lijkt op fpb-i25"),
    ),
    "a series that a number needs, gone": Mistake(
        SERIES, "coaching_rct_pupils,NL", "coaching_rct_pupil,NL",
        "chapters/meso, cel 1, regel 22 van meso.md", ("heeft 0 rijen voor coaching_rct_pupils, NL",),
    ),
    "semicolons of a Belgian Excel": Mistake(
        GROUPS, "claim,group,sizes", "claim;group;sizes",
        f"{GROUPS}, regel 1", ("geen puntkomma's", "Bewaar met komma's"),
    ),
    "marks of git": Mistake(
        MESO, "\n(", "\n<<<<<<< HEAD\n(", f"{MESO}, regel 40", ("twee versies", "verwijder de merktekens"),
    ),
    "a source that is not in the references": Mistake(
        MACRO, "{cite}`decreet-2016`", "{cite}`decreet-2015`",
        f"{MACRO}, regel 47", ("`decreet-2015` staat niet in references.bib", "lijkt op `decreet-2016`"),
    ),
    "references with a brace too many": Mistake(
        "references.bib", "}", "", "references.bib", ("geen geldig BibTeX", "accolades"),
    ),
    "a term without an entry": Mistake(
        MESO, END, "Een {term}`leerwerkplekje`.",
        f"{MESO}, regel 105", ("de term `leerwerkplekje` staat niet in de woordenlijst", "lijkt op `leerwerkplek`"),
    ),
    "an abbreviation without an entry": Mistake(
        MESO, END, "Ook het XKLM.", f"{MESO}, regel 105", ("de afkorting XKLM heeft geen ingang", "Schrijf ze voluit"),
    ),
    "a link that leads nowhere": Mistake(
        MACRO, "](since)", "](sinds)", f"{MACRO}, regel 34", ("`sinds` leidt nergens heen", "(naam)= boven een kop"),
    ),
    "a label that another page refers to, gone": Mistake(
        "chapters/claims.md", "(reading-marks)=", "(reading-mark)=",
        "chapters/", ("`reading-marks` leidt nergens heen", "lijkt op"),
    ),
    "a page outside the contents": Mistake(
        TOC, "      - file: chapters/cite\n", "",
        "chapters/cite.md", ("staat niet in _toc.yml", "'- file: chapters/cite'"),
    ),
    "a page in the contents that is not there": Mistake(
        TOC, "chapters/glossary", "chapters/glosary", f"{TOC}, regel 19", ("bestaat niet", "lijkt op chapters/glossary"),
    ),
    "inputs that fit no file": Mistake(
        MACRO, "data/context/*.csv", "data/kontext/*.csv", f"{MACRO}, regel 18", ("past op geen enkel bestand", "Herstel"),
    ),
    "a table that a number reads, not declared": Mistake(
        MESO, "  - data/published/claims.csv\n", "",
        "chapters/meso opent data/published/claims.csv", ("noemt het niet onder inputs",),
    ),
    "front matter that is no YAML": Mistake(
        MESO, "inputs:", "inputs: [", MESO, ("tussen --- en --- is bij regel 13 geen geldige YAML", "Spring in"),
    ),
    "a cell that asks for an exhibit that is not there": Mistake(
        MESO, "exhibits.who_guides()", "exhibits.who_guide()",
        "chapters/meso, cel 2, regel 34 van meso.md", ("exhibits heeft geen `who_guide`; het lijkt op `who_guides`",),
    ),
    "a cell that calls it wrongly": Mistake(
        MESO, "exhibits.who_guides()", "exhibits.who_guides(1)",
        "chapters/meso, cel 2, regel 34 van meso.md", ("exhibits.who_guides wordt aangeroepen als",),
    ),
    "a cell with an unknown chapter": Mistake(
        MESO, 'numbers("meso")', 'numbers("mezo")',
        "chapters/meso, cel 1, regel 22 van meso.md", ("mezo is geen hoofdstuk: kies uit introduction",),
    ),
    "a picture of one's own": Mistake(
        MESO, END, "![Een foto](foto.png)",
        f"{MESO}, regel 105", ("komt niet van page.figure", "Beschrijf ze als Exhibit in exhibits.py"),
    ),
    "a formula": Mistake(MESO, END, "Zo: {math}`a^2`.", f"{MESO}, regel 105", ("een formule", "Schrijf ze in woorden")),
    "a number that was typed": Mistake(
        MESO, END, "Dat is 87,51%.", f"{MESO}, regel 105", ("'87,51%' is ingetikt", "gebruik {glue:}"),
    ),
    "a script that was not made anew": Mistake(
        MESO, END, "Een zin.", "code/meso.py", ("draai make twins",),
    ),
    "a role that does not exist": Mistake(
        MESO, END, "Een {rol}`x`.", f"{MESO}, regel 105", ("de rol {rol} bestaat niet", "Herstel de naam"),
    ),
    "a level of headings skipped": Mistake(
        MESO, END, "#### Kop", f"{MESO}, regel 105", ("na een kop H2 volgt een kop H4", "Sla geen niveau over"),
    ),
    "a label twice": Mistake(
        MESO, END, "(motives)=\n## Kop", "chapters/m", ("het label `motives` bestaat al in chapters/m", "eigen naam"),
    ),
    "settings that nobody knows": Mistake(
        CONFIG, "  paper:", "  papier:", CONFIG, ("'papier' is onbekend", "kies uit study, code, paper"),
    ),
    "a description of the data that is no JSON": Mistake(
        "data/datapackage.json", "}", ",", "data/datapackage.json, regel 11", ("geen geldige JSON", "komma's, haakjes"),
    ),
    "a citation without version": Mistake(
        "CITATION.cff", "\nversion:", "\nversie:", "CITATION.cff, veld `version`", ("ontbreekt", "Schrijf `version: ...`"),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project in which check found nothing: what follows reads again only what changed."""
    copy = tmp_path_factory.mktemp("planted")
    for name in (*COPIED, TOC, "index.md", "chapters", "pyproject.toml"):
        _copy(ROOT / name, copy / name)
    status, output = run("check", copy)
    assert (status, output.strip()) == (0, "")
    return copy


def run(command: str, project: Path) -> tuple[int, str]:
    """Exit status and output of one of the book's commands in the copy."""
    own = {"PYTHONPATH": str(project / "code"), "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "0", "BOOK_URL": ""}
    process = Build(project, os.environ | own, command=command)
    output = process.communicate()
    assert process.returncode is not None
    return process.returncode, output


@pytest.fixture
def plant(project: Path, request: pytest.FixtureRequest) -> Iterator[Mistake]:
    """Make the mistake in the copy, and mend it."""
    mistake: Mistake = request.param
    path = project / mistake.file
    before = path.read_text(encoding="utf-8")
    assert mistake.old in before
    after = before.replace(mistake.old, mistake.new, 1) if mistake.old else f"{before}\n{mistake.new}\n"
    path.write_text(after, encoding="utf-8")
    yield mistake
    path.write_text(before, encoding="utf-8")


@pytest.mark.parametrize("plant", FOUND_BY_CHECK.values(), ids=FOUND_BY_CHECK, indirect=True)
def test_check_finds_it_and_says_where_and_what_to_do(project: Path, plant: Mistake) -> None:
    status, output = run("check", project)
    assert status == 1
    assert [part for part in (plant.place, *plant.said) if part not in output] == [], output
    assert "Traceback" not in output
    assert len(output.splitlines()) < 25
