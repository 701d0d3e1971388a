"""What a build is told of what was saved: enough for nothing to be forgotten, also after a build that failed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from watchfiles import Change

from bookbuild.preview import serve
from bookbuild.preview.news import News
from bookbuild.preview.saves import Saves


class Told:
    """A builder that notes what it is told, after each of whose builds one more file is saved."""

    def __init__(self, saves: Saves, ends: list[str]) -> None:
        self.told: list[set[str]] = []
        self._saves, self._ends = saves, iter(ends)
        self.done = asyncio.Event()

    async def build(self, saved: Iterable[Path]) -> str:
        self.told.append({path.name for path in saved})
        end = next(self._ends, None)
        if end is None:
            self.done.set()
            return ""
        self._saves._note([(Change.modified, str(self._saves.root / f"{len(self.told)}.md"))])
        return end


async def told(root: Path, ends: list[str]) -> list[set[str]]:
    saves = Saves(root)
    builder: Any = Told(saves, ends)
    place: Any = None
    building = asyncio.create_task(serve._build(builder, saves, News(root / "published.json"), place))
    await builder.done.wait()
    building.cancel()
    return builder.told


def test_a_build_is_told_what_was_saved_since_the_last_that_succeeded(tmp_path: Path) -> None:
    found = asyncio.run(asyncio.wait_for(told(tmp_path, ["", "fout", "", ""]), 30))
    assert found == [set(), {"1.md"}, {"1.md", "2.md"}, {"3.md"}, {"4.md"}]


def test_until_one_succeeds_anything_may_have_been_saved(tmp_path: Path) -> None:
    found = asyncio.run(asyncio.wait_for(told(tmp_path, ["fout", "fout", ""]), 30))
    assert found == [set(), set(), set(), {"3.md"}]
