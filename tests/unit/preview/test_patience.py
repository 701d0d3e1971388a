"""How long a build may go on when something newer has been saved."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from bookbuild.preview import serve
from bookbuild.preview.saves import Saves


class Endless:
    """A builder whose build goes on until it is ended."""

    def __init__(self) -> None:
        self._ended = asyncio.Event()

    async def build(self, saved: Iterable[Path] = ()) -> str:
        await self._ended.wait()
        return "ended"

    def end(self) -> None:
        self._ended.set()


async def outcome(root: Path, saved: bool) -> str | None:
    """How a build ends that is over by itself, or that nothing but a newer save ends."""
    saves, builder = Saves(root), Endless()
    if not saved:
        await saves.some()
        builder.end()
    found: Any = builder
    return await serve._unless_late(asyncio.create_task(builder.build()), found, saves)


@pytest.mark.parametrize(("saved", "said"), [(False, "ended"), (True, None)])
def test_only_a_newer_save_ends_a_build_that_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, saved: bool, said: str | None
) -> None:
    monkeypatch.setattr(serve, "PATIENCE", 0.01)
    assert asyncio.run(asyncio.wait_for(outcome(tmp_path, saved), 30)) == said
