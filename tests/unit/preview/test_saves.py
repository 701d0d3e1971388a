"""Which saves make the preview build, and which make it begin again."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from watchfiles import Change

from bookbuild.preview.saves import Saves
from bookbuild.project import settings

ENGINE = Path(settings.package("bookbuild"))


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("chapters/meso.md", True),
        ("_config.yml", True),
        ("data/published/claims.csv", True),
        (".git/logs/HEAD", True),
        (".git/index", False),
        ("_build/html/index.html", False),
        (".venv/lib/x.py", False),
        ("tests/x.py", False),
        ("code/demo/__pycache__/x.cpython-311.pyc", False),
        ("chapters/.meso.md.swp", False),
        ("chapters/meso.md~", False),
    ],
)
@pytest.mark.parametrize("folder", ["book", "tests/book"])  # what a folder above the root is called is nothing to it
def test_only_what_a_page_may_rest_on_counts(tmp_path: Path, folder: str, name: str, counts: bool) -> None:
    root = tmp_path / folder
    root.mkdir(parents=True)
    assert Saves(root).is_source(Change.modified, str(root / name)) is counts


def test_the_engine_is_watched_wherever_it_is_and_its_edits_are_told_apart(tmp_path: Path) -> None:
    for name in ("chapters", "_build", ".venv", "tests"):
        (tmp_path / name).mkdir()
    saves = Saves(tmp_path)
    assert saves.folders() == [tmp_path / "chapters", ENGINE, ENGINE.parent / "ledger"]
    saves._note(
        [(Change.modified, str(tmp_path / "chapters" / "a.md")), (Change.added, str(ENGINE / "preview" / "x.css"))]
    )
    assert saves.taken() == {tmp_path / "chapters" / "a.md", ENGINE / "preview" / "x.css"}
    assert not saves.of_engine([tmp_path / "chapters" / "a.md", ENGINE / "preview" / "x.css"])
    saves._note([(Change.modified, str(ENGINE / "build.py"))])
    assert saves.of_engine(saves.taken())
    assert saves.taken() == set()


def test_a_folder_that_appears_is_watched_from_then_on(tmp_path: Path) -> None:
    (tmp_path / "chapters").mkdir()

    async def seen() -> set[Path]:
        saves = Saves(tmp_path)
        await saves.some()  # to begin with all is new
        watching = asyncio.create_task(saves.watch())
        (path := tmp_path / "figures" / "a.svg").parent.mkdir()
        while path not in saves._paths:  # until it is watched, what is written there goes by unseen
            path.write_text("a")
            await asyncio.sleep(0.05)
        watching.cancel()
        return saves._paths

    assert tmp_path / "figures" / "a.svg" in asyncio.run(asyncio.wait_for(seen(), 60))
