"""Another book on the same engine: `ledger` and `bookbuild` alone, with this study out of reach of every process."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import html
from smallbook import Book, Result, commit

from bookbuild.checks.difference import CHANGED, SAME

ROOT = Path(__file__).parents[2]
SOURCES = Path(__file__).with_name("second_book")
PAGES = {"first", "statements", "tables"}
NOBODY: set[str] = set()
# What this project's folder of code holds besides the engine: the study, and the chapters' scripts.
OURS = {path.stem for path in (ROOT / "code").iterdir()} - {"bookbuild", "ledger"}
OUR_WORDS = ("leerwerk", "hiva", "vlaanderen", "alternerend", "presentatie")
# Python runs it as it starts, in whichever process of the build. What asks for the study is also put on record: an import
# that fails in a `try` must not go unseen.
BLOCK = """
import os
import sys


class Refusal:
    @staticmethod
    def find_spec(fullname, path=None, target=None):
        if fullname.partition(".")[0] in {ours!r}:
            with open(os.environ["REFUSED"], "a") as file:
                print(fullname, sys.argv, file=file)
            raise ImportError(fullname + " is out of reach")


sys.meta_path.insert(0, Refusal)
"""
# Worked out by hand from data/streets.csv: 500 + 450 + 300 planted, 480 + 405 + 240 alive; 1125 / 1250 = 90%, printed as 80%.
SHOWN = {
    "first.trees.planted": ("1\N{NARROW NO-BREAK SPACE}250", "tested"),
    "first.trees.promised": ("1\N{NARROW NO-BREAK SPACE}500", "published"),
    "first.trees.alive_share": ("80%", "worded"),
    "first.trees.lost": ("125", "own"),
}
STATUSES = {
    "first.trees.planted": "reproduced",
    "first.trees.alive_share": "differs",
    "first.trees.promised": "given",
}


@dataclass(frozen=True)
class Second:
    """The second book as it was built, with what its sources and its pages were then.

    Parameters
    ----------
    kept, html
        The sources, and what was published of them.
    """

    book: Book
    kept: Path
    html: Path

    def renewed(self, change: Callable[[Path], None] = lambda root: None, **environment: str) -> Result:
        """Undo the last change, make another, build; nothing may have asked for the study."""
        self.book.restore(self.kept)
        change(self.book.root)
        result = self.book.build(**environment)
        assert not asked_for(self.book)
        return result

    def page(self, name: str) -> html.HtmlElement:
        """A page as it was published first."""
        return html.fromstring((self.html / "chapters" / f"{name}.html").read_text(encoding="utf-8"))


def asked_for(book: Book) -> str:
    """What was asked of the study, by whom."""
    refused = Path(book.environment["REFUSED"])
    return refused.read_text(encoding="utf-8") if refused.exists() else ""


def start(folder: Path) -> Book:
    """The sources of the second book in a folder of their own, and the block beside them."""
    root, block = folder / "trees", folder / "block"
    shutil.copytree(SOURCES, root, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("_static", "_templates"):
        shutil.copytree(ROOT / name, root / name)
    block.mkdir()
    (block / "sitecustomize.py").write_text(BLOCK.format(ours=OURS), encoding="utf-8")
    paths = (root / "code", block, ROOT / "code")
    return Book(
        root,
        {"PYTHONPATH": os.pathsep.join(map(str, paths)), "REFUSED": str(folder / "refused"), "BOOK_URL": ""},
    )


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Second:
    """The second book, built once."""
    book = start(tmp_path_factory.mktemp("second"))
    folder = tmp_path_factory.mktemp("kept")
    kept, published = folder / "trees", folder / "html"
    book.keep(kept)
    result = book.build()
    assert not asked_for(book)
    assert result.succeeded().executed == PAGES  # a single warning would have been a failure
    shutil.copytree(book.root / "_build" / "html", published)
    return Second(book, kept, published)


def edit(name: str, old: str, new: str) -> Callable[[Path], None]:
    """A change of one file."""

    def change(root: Path) -> None:
        text = (root / name).read_text(encoding="utf-8")
        assert old in text
        (root / name).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def touch(root: Path) -> None:
    """Every file gets a new time."""
    for path in root.rglob("*"):
        if "_build" not in path.parts and path.is_file():
            path.touch()


@pytest.mark.parametrize("module", ["leerwerk", "leerwerk.study", "macro"])
def test_the_study_is_out_of_reach(tmp_path: Path, module: str) -> None:
    book = start(tmp_path)
    code = f"import bookbuild, demo.study\ntry:\n    import {module}\nexcept ImportError:\n    print('refused')"
    result = subprocess.run([sys.executable, "-c", code], env=book.env(), capture_output=True, text=True, check=True)
    assert result.stdout == "refused\n"
    assert asked_for(book).startswith(module.partition(".")[0])


def test_the_chapter_shows_its_numbers_with_marks_links_and_cards(second: Second) -> None:
    page, ledger = second.page("first"), second.page("statements")
    found = {link.get("href"): link for link in page.xpath("//a[contains(@class, 'number')]")}
    assert set(found) == {f"statements.html#{name}" for name in SHOWN}
    for name, (text, kind) in SHOWN.items():
        link = found[f"statements.html#{name}"]
        assert link.text_content() == text
        assert link.get("class").split() == ["number", f"kind-{kind}"]
        assert len(ledger.xpath(f"//*[@id='{name}']")) == 1
        (card,) = page.xpath(f"//div[@id='card-{name}']")
        assert f"kind-{kind}" in card[0].get("class")
    (card,) = page.xpath("//div[@id='card-first.trees.alive_share']")
    words = card.text_content()
    assert "So many of them are alive." in words
    assert "80%, in the council's Letter of May" in words
    assert "code/demo/first/numbers.py" in words


def test_the_chapter_shows_its_figure_its_table_and_the_legend(second: Second) -> None:
    page = second.page("first")
    (image,) = page.xpath("//figure[@id='figuur-survival']//img")
    assert image.get("alt") == "Trees do best in Mill Lane. Bars from 96% in Mill Lane to 80% in Harbour Road."
    assert (second.html / "chapters" / image.get("src")).resolve().is_file()
    assert [cell.text_content() for cell in page.xpath("//td[.='95']/preceding-sibling::*")] == ["summer"]
    assert page.xpath("//p[@class='legend']/a/@href") == ["first.html#marks"]
    assert page.xpath("//p[@class='legend']//span/@id") == ["mark-tested"]
    assert [link.text for link in page.xpath("//a[@aria-describedby]")] == [SHOWN["first.trees.planted"][0]]
    (word,) = page.xpath("//a[contains(@href, 'alive_share')]/following-sibling::span[1]")
    assert (word.text, word.get("class")) == ("wijkt af", "status kind-worded")
    assert len(page.xpath("//*[@id='marks']")) == 1


def test_the_ledger_page_has_an_entry_for_each_statement(second: Second) -> None:
    page = second.page("statements")
    entries = page.xpath("//ol[@id='ledger']/li")
    assert {entry.xpath(".//section/@id")[0]: entry.get("data-status") for entry in entries} == STATUSES
    assert len(entries) == len(STATUSES)
    assert page.xpath("//script[contains(@src, 'ledger.js')]")  # which page is the ledger, _config.yml says
    assert not second.page("first").xpath("//script[contains(@src, 'ledger.js')]")


def test_what_machines_read_is_this_books(second: Second) -> None:
    claims = {row["id"]: row for row in json.loads((second.html / "claims.json").read_text(encoding="utf-8"))}
    assert {name: row["status"] for name, row in claims.items()} == STATUSES
    assert [claims[name]["value"] for name in STATUSES] == [1250, 0.9, None]
    assert claims["first.trees.planted"]["computed_by"] == "demo.first.numbers:planted"
    assert [file["path"] for file in claims["first.trees.planted"]["inputs"]] == ["data/streets.csv"]
    (own,) = json.loads((second.html / "numbers.json").read_text(encoding="utf-8"))
    assert (own["id"], own["value"]) == ("first.trees.lost", 125)
    assert (second.html / "data" / "rain.csv").read_bytes() == (SOURCES / "data" / "rain.csv").read_bytes()
    things = json.loads(second.page("tables").xpath("//script[@type='application/ld+json']/text()")[0])
    parts = next(thing["hasPart"] for thing in things["@graph"] if thing["name"] == "Street trees: the tables")
    assert [part["name"] for part in parts] == ["data/claims.csv", "data/streets.csv", "data/rain.csv"]


def test_nothing_that_is_published_speaks_of_our_study(second: Second) -> None:
    files = [path for path in second.html.rglob("*") if path.suffix in {".html", ".json", ".csv", ".js", ".txt", ".py"}]
    assert {path.suffix for path in files} >= {".html", ".json", ".csv", ".js", ".py"}
    said = {
        (path.name, word) for path in files for word in OUR_WORDS if word in path.read_text(encoding="utf-8").lower()
    }
    assert said == set()


ROWS = {
    "a table of the chapter and the tables": (edit("data/rain.csv", "95", "96"), {"first", "tables"}, "96"),
    "a table of all": (edit("data/streets.csv", "300,240", "300,255"), PAGES, "91%"),  # 1140 / 1250 = 91,2%
    "the numbers": (
        edit("code/demo/first/numbers.py", "that did not live", "lost"),
        {"first", "statements"},
        "trees lost",
    ),
    "touch": (touch, NOBODY, "90%"),
}


@pytest.mark.parametrize(("change", "expected", "text"), ROWS.values(), ids=list(ROWS))
def test_exactly_the_pages_that_rest_on_it_execute(
    second: Second, change: Callable[[Path], None], expected: set[str], text: str
) -> None:
    assert second.renewed(change).succeeded().executed == expected
    assert text in html.fromstring(second.book.page("first")).text_content()


def test_a_figures_module_executes_its_chapter_only(second: Second) -> None:
    teal, blue = "#17706a", "#0b4f8a"
    change = edit("code/demo/first/figures.py", "[TEAL]", f'["{blue}"]')
    assert second.renewed(change).succeeded().executed == {"first"}
    drawing = (second.book.root / "_build" / "html" / "figures" / "survival.svg").read_text(encoding="utf-8")
    assert blue in drawing
    assert teal not in drawing


GLOSSARY = "\n\n:::{glossary}\nTree\n: Has a trunk.\n:::\n"


def test_builds_that_go_on_end_with_the_files_of_one_from_nothing(second: Second, tmp_path: Path) -> None:
    explain = edit("chapters/tables.md", "\n# ", f"{GLOSSARY}\n# ")

    def draw_less_and_say_more(root: Path) -> None:
        edit("chapters/first.md", "page.figure(exhibits.survival(), figures.survival)", "# Nothing is drawn.")(root)
        edit("chapters/first.md", "The council planted", "Once upon a time the council planted")(root)

    second.renewed(explain).succeeded()
    draw_less_and_say_more(second.book.root)
    assert second.book.build().succeeded().executed == {"first"}
    fresh = start(tmp_path)
    explain(fresh.root)
    draw_less_and_say_more(fresh.root)
    fresh.build().succeeded()
    found = fresh.published()
    assert second.book.published() == found
    assert not [name for name in found if name.startswith("figures/")]
    assert '"tree":' in (fresh.root / "_build" / "html" / "searchindex.js").read_text(encoding="utf-8").replace(" ", "")


def test_an_undeclared_read_fails_by_the_files_name(second: Second) -> None:
    result = second.renewed(edit("chapters/first.md", "  - data/rain.csv\n", ""))
    assert result.status == 1
    assert "chapters/first opent data/rain.csv, maar noemt het niet onder inputs" in result.output


def test_an_undeclared_read_fails_too_where_another_process_has_the_answer(second: Second) -> None:
    def change(root: Path) -> None:
        edit("data/streets.csv", "300,240", "300,270")(root)
        edit("chapters/statements.md", "  - data/streets.csv\n", "")(root)

    result = second.renewed(change, BOOK_JOBS="1")
    # One by one, largest first: the chapter had worked every number out before the ledger asked for it.
    first, ledger = (result.output.index(line) for line in ("chapters/first ", "chapters/statements "))
    assert first < ledger
    assert result.status == 1
    assert result.executed == PAGES
    assert "chapters/statements opent data/streets.csv, maar noemt het niet onder inputs" in result.output


def test_bad_data_stop_the_build_with_file_row_and_remedy(second: Second) -> None:
    before = second.book.published()
    result = second.renewed(edit("data/streets.csv", "300,240", "300,340"))
    assert result.status == 1
    for words in ("data/streets.csv, regel 4, kolom alive", "no more alive than planted", "Count this street again."):
        assert words in result.output
    assert second.book.published() == before


def run(book: Book, *command: str) -> subprocess.CompletedProcess[str]:
    """A command of the engine, in the second book."""
    line = [sys.executable, "-m", "bookbuild", *command]
    return subprocess.run(line, cwd=book.root, env=book.env(), capture_output=True, text=True, check=False)


def test_diff_shows_exactly_what_a_table_moved(tmp_path: Path) -> None:
    book = start(tmp_path)
    commit(book.root)
    same = run(book, "diff")
    assert same.returncode == SAME, same.stderr
    edit("data/streets.csv", "300,240", "300,255")(book.root)
    result = run(book, "diff")
    assert result.returncode == CHANGED, result.stderr
    names = [line.split("`")[1] for line in result.stdout.splitlines() if line.startswith(("| `", "- `"))]
    assert names == ["first.trees.alive_share", "first.trees.lost", "survival"]
    assert not asked_for(book)


def test_ranges_fills_in_what_printed_figures_allow(tmp_path: Path) -> None:
    book = start(tmp_path)
    edit("data/claims.csv", "80%,0.795,0.805", "90%,0.795,0.805")(book.root)
    assert run(book, "ranges").returncode == 0
    assert "90%,0.895,0.905" in (book.root / "data" / "claims.csv").read_text(encoding="utf-8")
