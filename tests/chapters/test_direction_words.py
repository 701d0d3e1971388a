"""No text says by itself which way pupils' results go: the researchers found it, or it is computed from what is at hand.

With real records a typed "minder" beside IBAL would stand whatever those give.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from leerwerk.micro.pupils.answers import ANSWERS

ROOT = Path(__file__).parents[2]
ROOM = ROOT / "code" / "leerwerk" / "micro"
# The rehearsal is always of the pupils that the book ships, and says so.
PAGES = [path for path in (ROOT / "index.md", *sorted((ROOT / "chapters").glob("*.md"))) if path.stem != "rehearsal"]
PROGRAMMES = (
    r"BRUG|IBAL|ABO\b|\b[Bb]onus\b|[Mm]otivatiebonus|[Bb]rugproject|[Ff]acultatieve|[Tt]oeleiding|[Tt]oegeleid|selected"
)
DUTCH = (
    r"minder|meer|lager|hoger|kleiner|groter|beter|slechter|vaker|(?:on)?gunstig\w*|positie(?:f|ve)|daal\w+|dalen|stij(?:g|gt|gen)"
    r"|steeg|verhoog\w*|verlaag\w*|vergro\w+|vermind\w+|voorkom\w+|beperkt|geen (?:bijkomend )?(?:effect|verschil)|succesvol\w*"
)
ENGLISH = r"less|more|fewer|lower|higher|larger|smaller|better|worse|raised|reduced|increased|positively|no (?:additional )?effect"
DIRECTIONS = re.compile(rf"\b(?:{DUTCH}|{ENGLISH})\b")
ATTRIBUTED = re.compile(
    r"[Vv]olgens (?:HIVA|het onderzoek|de onderzoekers|hen\b)|[Dd]e onderzoekers vonden|(?:According to|[Tt]he researchers)"
)
# An aim, a quotation, studies elsewhere and what they do not show, and what was not published: no pupil turns these.
HOLDS_IN_ANY_CASE = [
    "Bijkomende inzet: vroegtijdig schoolverlaten voorkomen.",
    "Bij IBAL staat 'significant minder kans' op vroegtijdig schoolverlaten, zonder grootte",
    "Het experiment toont dat coaching uitval kan verminderen, niet dat BRUG of IBAL dat doen.",
    "een Nederlandse bonus voor regio's",
    "Our caveats: no effect sizes were shown",
]


def sentences(text: str) -> list[str]:
    """The sentences of a page that its readers see, its description among them; one line each."""
    _, front, body = text.split("---\n", 2)
    described = [line.removeprefix("description: ") for line in front.splitlines() if line.startswith("description")]
    body = re.sub(r"^```\{code-cell\}.*?^```$", "", body, flags=re.S | re.M)
    return [
        each for line in [*described, *body.splitlines()] for each in re.split(r"(?<=[.!?:;])\s+(?=[A-Z*\[])", line)
    ]


def unattributed(text: str) -> list[str]:
    """The sentences with a direction, about a programme or beside a number from pupil records, that say no one found it."""
    numbers = "|".join(map(re.escape, ANSWERS))
    about = re.compile(rf"{PROGRAMMES}|`(?:{numbers})[.`]")
    return [
        each
        for each in sentences(text)
        if about.search(each)
        and DIRECTIONS.search(re.sub(r"`[^`]*`", "", each))
        and not ATTRIBUTED.search(each)
        and not any(held in each for held in HOLDS_IN_ANY_CASE)
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_which_way_results_go_is_said_of_who_found_it(page: Path) -> None:
    assert unattributed(page.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "planted",
    [
        "Met IBAL is er minder uitval.",
        "## IBAL: significant minder kans op vsv",
        "Zij waren met {glue:}`micro.abo.men` vaker man.",
        "De bonus heeft geen bijkomend effect.",
        "Volgens HIVA-KU Leuven is dat zo. Het ABO-jaar verhoogt de kans op werk.",
        "The ABO year raised the chance of work.",
    ],
)
def test_a_planted_direction_is_found(planted: str) -> None:
    text = (ROOT / "chapters" / "micro.md").read_text(encoding="utf-8")
    (found,) = unattributed(f"{text}\n\n{planted}\n")
    assert planted.endswith(found)


def test_what_holds_in_any_case_is_still_said() -> None:
    text = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert [each for each in HOLDS_IN_ANY_CASE if each not in text] == []


# --- Words in code: those that a result chooses between, and nothing else ---

# The modules that speak of real records, with each text that has a direction.
CHOSEN = {
    "records": [
        *("meer kans", "minder kans"),  # of `released.answer` and `released.size`
        "minder dan ",  # the margin
        # What makes a direction count, and a caveat: neither says which way anything goes.
        "Interval: een 95%-interval. Een richting telt als een 95%-interval nul uitsluit; voor",
        " Wie vroeg vertrok, kon er niet meer aan beginnen: daardoor kunnen BRUG en IBAL",
        " beter lijken dan ze zijn.",
    ],
    "exhibits": [  # what more pupils do to an interval and to a test, whatever the records
        " Hoe groter de groepen, hoe smaller het interval.",
        "Hoe meer leerlingen, hoe kleiner het verschil dat significant kan zijn: ",
        "Een lijn die daalt en steeds vlakker loopt, tot ",
    ],
    "findings": [
        *("lager", "hoger"),  # of a claim, and of `absence_difference`
        *("geen verschil", "geen bijkomend effect"),  # of a claim
    ],
    "scale": [
        *("gunstiger", "ongunstiger"),  # of `pooled`
        # What the axis is.
        *(
            "gunstig verschil",
            "Rechts van nul is gunstig",
            "Telkens het gunstige verschil; onder nul is het ongunstig.",
        ),
    ],
}


def literals(module: Path) -> list[str]:
    """Every text of a module that is no docstring."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    documented = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and isinstance(node.body[0], ast.Expr)
    }
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented
    ]


@pytest.mark.parametrize("module", CHOSEN)
def test_a_direction_in_code_is_one_of_those_that_results_choose(module: str) -> None:
    texts = [text for text in literals(ROOM / f"{module}.py") if re.search(rf"\b(?:{DUTCH})\b", text)]
    assert [text for text in texts if not text.startswith(tuple(CHOSEN[module]))] == []
    assert [known for known in CHOSEN[module] if not any(text.startswith(known) for text in texts)] == []


def test_every_module_that_speaks_of_real_records_is_looked_at() -> None:
    speaking = [path.stem for path in ROOM.glob("*.py") if re.search(r"\breleased\b", path.read_text(encoding="utf-8"))]
    assert sorted(speaking) == sorted(CHOSEN)
