"""What an open page is told: where to look first, and which book stands there."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from bookbuild.preview.news import News, Problem, problem

CELL = """
Hoofdstuk faalt:

chapters/meso, cel 2, regel 34 van meso.md:
    page.figur(exhibits.who_guides())
AttributeError: module 'bookbuild.page' has no attribute 'figur'
"""
MODULE = """
chapters/macro, cel 1, regel 25 van macro.md:
    page.numbers(study.numbers("macro"))
  File <frozen importlib._bootstrap>:1176 in _find_and_load
  File {root}/code/leerwerk/macro/exhibits.py:31
    dfe overview() -> Exhibit:
SyntaxError: invalid syntax
"""
RAISED = """
chapters/macro, cel 3, regel 40 van macro.md:
    page.figure(exhibits.overview(), figures.overview)
File {root}/code/bookbuild/page/show.py:12, in figure(exhibit, draw)
File {root}/code/leerwerk/macro/figures.py:8, in overview(exhibit)
ValueError: nee
"""


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ("\x1b[31mchapters/meso.md, regel 43: het getal `x` bestaat niet\x1b[39;49;00m", "chapters/meso.md, regel 43"),
        ("data/published/claims.csv, regel 24, kolom unit\n  vereist:  iets", "data/published/claims.csv, regel 24"),
        (CELL, "chapters/meso.md, regel 34"),
        (MODULE, "code/leerwerk/macro/exhibits.py, regel 31"),
        (RAISED, "code/leerwerk/macro/figures.py, regel 8"),
        ('  File "{root}/code/demo/study.py", line 9, in <module>\nNameError: x', "code/demo/study.py, regel 9"),
        ("Het boek is niet gebouwd: geen ruimte.", ""),
    ],
)
def test_a_message_says_where_to_look_first(tmp_path: Path, said: str, place: str) -> None:
    found = problem(said.replace("{root}", str(tmp_path)), tmp_path)
    assert found.place == place
    assert str(tmp_path) not in found.text
    assert "\x1b" not in found.text


def told(events: list[str]) -> list[object]:
    """What the events say, without how soon to ask again."""
    return [json.loads(event.removeprefix("data: ")) for event in events if event.startswith("data: ")]


def test_whoever_listens_hears_how_things_stand_and_every_change(tmp_path: Path) -> None:
    async def listen() -> list[str]:
        news, heard = News(tmp_path / "published.json"), list[str]()
        news.tell(Problem("a.md, regel 1", "nee"))
        async for event in news.events():
            heard.append(event)
            match len(told(heard)):
                case 1:
                    news.tell(None)
                case 2:
                    (tmp_path / "published.json").write_text("{}")
                    news.tell(None)
                case 3:
                    news.end()
        return heard

    first, second, third = told(asyncio.run(asyncio.wait_for(listen(), 30)))
    assert first == {"version": "", "problem": {"place": "a.md, regel 1", "text": "nee"}}
    assert second == {"version": "", "problem": None}
    assert isinstance(third, dict)
    assert third["version"]
