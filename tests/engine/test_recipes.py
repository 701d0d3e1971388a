"""The recipes of CONTRIBUTING.md, followed from their own text on a copy, one after another: each gives what it promises."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import html
from smallbook import commit

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("\n# Reference\n")[0]
BLOCK = re.compile(r"^( *)(```+)(\w+)(?: (\S+))?\n(.*?)^\1\2$", re.MULTILINE | re.DOTALL)
LEFT_BEHIND = (".git", ".venv", "_build", "node_modules", "__pycache__", ".*_cache", ".hypothesis")
# What make installed stands beside the copy: there is nothing to install anew.
MAKE = '#!/bin/sh\nexec "{make}" -o .venv/uv -o .venv/book -o .venv/dev -o .venv/release "$@"\n'


@dataclass(frozen=True)
class Block:
    """A block of a recipe: commands, or what to write in a file."""

    language: str
    file: str
    text: str


def blocks(text: str) -> list[Block]:
    """The blocks of a recipe in order, without the indent of the step that they belong to."""
    return [
        Block(language, file, re.sub(rf"^{indent}", "", body, flags=re.MULTILINE))
        for indent, _, language, file, body in BLOCK.findall(text)
    ]


INTRODUCTION, *SECTIONS = re.split(r"^## ", TEXT, flags=re.MULTILINE)
RECIPES = {text.partition("\n")[0]: blocks(text) for text in SECTIONS}


@dataclass
class Author:
    """Who follows recipes in a copy of the project.

    Parameters
    ----------
    said
        What the commands of the last recipe printed.
    """

    root: Path
    tools: Path
    said: str = ""

    def follow(self, recipe: list[Block]) -> None:
        """Do what each block says."""
        self.said = ""
        for block in recipe:
            if block.language == "sh":
                self.run(block.text)
            else:
                self.write(block)

    def write(self, block: Block) -> None:
        """Replace lines, or add them at the end."""
        path = self.root / block.file
        text = path.read_text(encoding="utf-8")
        if block.language == "diff":
            old, new = (
                "".join(f"{line[1:]}\n" for line in block.text.splitlines() if line[0] in keep) for keep in (" -", " +")
            )
            assert f"\n{text}".count(f"\n{old}") == 1, f"{block.file} has no such lines, or more than once:\n{old}"
            path.write_text(f"\n{text}".replace(f"\n{old}", f"\n{new}")[1:], encoding="utf-8")
        else:
            between = "\n\n" if block.language == "python" else ""
            path.write_text(f"{text}{between}{block.text}", encoding="utf-8")

    def run(self, commands: str) -> None:
        """Run the lines of a block; `make diff` says with 2 that something changed."""
        path = f"{self.tools}{os.pathsep}{os.environ['PATH']}"
        own = {
            "PATH": path,
            "PYTHONPATH": str(self.root / "code"),
            **{f"GIT_{role}_{what}": "t" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")},
            "BOOK_URL": "",
            "BOOK_BUILT": str(self.root / "_build" / "html"),
        }
        environment = {
            name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "MAKE"))
        } | own
        for command in commands.splitlines():
            done = subprocess.run(
                command, shell=True, cwd=self.root, env=environment, capture_output=True, text=True, check=False
            )
            self.said += done.stdout
            is_difference = command == "make diff" and "Verschillen met HEAD" in done.stdout
            assert done.returncode == 0 or is_difference, f"{command}\n{done.stdout[-3000:]}{done.stderr[-3000:]}"

    def text(self, path: str) -> str:
        """What a file of the copy says."""
        return (self.root / path).read_text(encoding="utf-8")

    def changed(self) -> set[str]:
        """The numbers, and the figures, that the last `make diff` named."""
        return {line.split("`")[1] for line in self.said.splitlines() if line.startswith(("| `", "- `"))}

    def numbers(self, chapter: str) -> str:
        """What the script of a chapter prints."""
        self.run(f".venv/bin/python code/{chapter}.py")
        return self.said


@pytest.fixture
def author(tmp_path: Path) -> Author:
    """An author with a copy of the project that has a history."""
    copy, tools = tmp_path / "project", tmp_path / "tools"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*LEFT_BEHIND))
    (copy / ".venv").symlink_to(sys.prefix)
    if (ROOT / ".mypy_cache").is_dir():  # mypy compares contents
        shutil.copytree(ROOT / ".mypy_cache", copy / ".mypy_cache")
    tools.mkdir()
    shim = tools / "make"
    shim.write_text(MAKE.format(make=shutil.which("make")), encoding="utf-8")
    shim.chmod(0o755)
    git(copy, "init", "--quiet", "--initial-branch=main")
    (copy / ".git" / "info" / "exclude").write_text(".venv\n", encoding="utf-8")
    commit(copy)
    return Author(copy, tools)


def git(root: Path, *arguments: str) -> str:
    """What git prints."""
    return subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=True).stdout


def sentence(author: Author) -> None:
    for path in ("chapters/introduction.md", "code/introduction.py"):
        assert "en wat is nog niet onderzocht?" in author.text(path)


def figure_of_its_own(author: Author) -> None:
    assert re.search(r"introduction\.unemployment\.flanders\s.*3,2%", author.numbers("introduction"))
    assert "macro.voorbeeld.antwoord" in author.numbers("macro")
    assert ",80%,0.795,0.805,share," in author.text("data/published/claims.csv")


def correction(author: Author) -> None:
    assert {"macro.contracts.da", "macro.contracts.sum"} <= author.changed()
    assert not [name for name in author.changed() if "." in name and not name.startswith("macro.contracts.")]
    assert ',"2,26%",0.02255,0.02265,' in author.text("data/published/claims.csv")


def drawing(author: Author) -> None:
    assert "page.figure(exhibits.regions(), figures.regions)" in author.text("code/introduction.py")


def source(author: Author) -> None:
    assert "{cite}`voorbeeld-2026`" in author.text("code/introduction.py")


def newer_year(author: Author) -> None:
    assert {"introduction.ratio.last_year", "jeugdwerkloosheid"} <= author.changed()
    assert "| 2023 | 2024 |" in author.said


def chapter(author: Author) -> None:
    assert re.search(
        r"^\d\d passed", author.said, re.MULTILINE
    )  # of its twin, its cells, its page, its figures, its data
    pages = author.root / "_build" / "html"
    page = html.parse(pages / "chapters" / "gewesten.html")
    assert "11,5%" in page.xpath("string(//section[@id='in-brussel-is-hij-hoger-dan-in-wallonie'])")
    assert html.parse(pages / "chapters" / "claims.html").xpath("//*[@id='gewesten.unemployment.brussels']")
    cover = html.parse(pages / "index.html")
    assert cover.xpath("//nav//a[contains(@href, 'chapters/gewesten.html')]")
    # What the recipes before it promised of the page.
    introduction = html.parse(pages / "chapters" / "introduction.html")
    assert "Brussel 11,5%" in introduction.xpath(
        "string(//figure//img[contains(@src, 'werkloosheid-per-gewest')]/@alt)"
    )
    assert introduction.xpath("//a[contains(@href, '#bron-voorbeeld-2026')]")
    assert "tot 2024 was" in " ".join(introduction.xpath("string(//main)").split())


def version(author: Author) -> None:
    assert git(author.root, "tag", "--points-at", "HEAD") == "v1.1.0\n"
    assert "\nversion: 1.1.0\n" in author.text("CITATION.cff")
    with zipfile.ZipFile(author.root / "_build" / "release" / "alternerend-leren-1.1.0.zip") as archive:
        page = archive.read("book/chapters/gewesten.html").decode()  # what the recipe before it made
    assert "Versie 1.1.0" in page


OUTCOMES: dict[str, Callable[[Author], None]] = {
    "Een zin": sentence,
    "Een cijfer": figure_of_its_own,
    "Een correctie": correction,
    "Een figuur": drawing,
    "Een bron": source,
    "Een nieuwer jaar": newer_year,
    "Een hoofdstuk": chapter,
    "Een versie": version,
}


def test_the_opening_leads_to_each_recipe_in_their_order() -> None:
    assert re.findall(r"\[(.*?)\]\(#", INTRODUCTION) == [name.lower() for name in RECIPES]
    assert list(RECIPES) == list(OUTCOMES)


def test_each_recipe_gives_what_it_promises(author: Author) -> None:
    twins, check = (Block("sh", "", line) for line in blocks(INTRODUCTION)[0].text.splitlines())
    for name, recipe in RECIPES.items():
        author.follow([*recipe, twins])
        OUTCOMES[name](author)
        if git(author.root, "status", "--porcelain"):
            commit(author.root)
    author.follow([check])
