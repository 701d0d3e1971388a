"""What authors save: the files below the root that a page may rest on, and the engine's own."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path

from watchfiles import Change, DefaultFilter, awatch

from bookbuild.project import settings

STEP = 20  # milliseconds of silence after which a save is over
COMMITS = Path(".git", "logs", "HEAD")  # the date at the foot of a page is that of a commit


class Saves:
    """Notes what is saved; to begin with all is new."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self._engine = [settings.package(name).resolve() for name in ("bookbuild", "ledger")]
        self._event = asyncio.Event()
        self._event.set()
        self._paths: set[Path] = set()
        self._again = asyncio.Event()

    async def wait(self) -> None:
        """Until something is saved that nobody has taken."""
        await self._event.wait()

    async def some(self) -> None:
        """The same, and take it."""
        await self._event.wait()
        self._event.clear()

    def taken(self) -> set[Path]:
        """What was saved since this was last asked."""
        paths, self._paths = self._paths, set()
        return paths

    def of_engine(self, paths: Iterable[Path]) -> bool:
        """Whether some of it is the engine's: what runs has imported it before."""
        return any(path.suffix == ".py" and self._is_engine(path) for path in paths)

    async def watch(self) -> None:
        """Watch until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._watch_root())
            group.create_task(self._watch_folders())

    async def _watch_root(self) -> None:
        """The files of the root itself: watching all that is below would be watching .venv and _build."""
        logs = [path for path in [(self.root / COMMITS).parent] if path.is_dir()]
        known = self.folders()
        async for found in awatch(self.root, *logs, watch_filter=self.is_source, step=STEP, recursive=False):
            self._note(found)
            if self.folders() != known:
                known = self.folders()
                self._again.set()

    async def _watch_folders(self) -> None:
        while True:
            self._again = asyncio.Event()
            async for found in awatch(*self.folders(), watch_filter=self.is_source, step=STEP, stop_event=self._again):
                self._note(found)

    def folders(self) -> list[Path]:
        """The folders in which everything may matter."""
        own = sorted(path for path in self.root.iterdir() if path.is_dir() and path.name not in settings.IGNORED)
        return own + [path for path in self._engine if path.is_dir() and not path.is_relative_to(self.root)]

    def is_source(self, change: Change, path: str) -> bool:
        """Whether a page may rest on a file; what editors and Python leave beside files, nobody means."""
        found = Path(path)
        if not found.is_relative_to(self.root):
            return DefaultFilter()(change, path)
        inside = found.relative_to(self.root)
        return inside == COMMITS or (inside.parts[0] not in settings.IGNORED and DefaultFilter()(change, str(inside)))

    def _note(self, found: Iterable[tuple[Change, str]]) -> None:
        self._paths |= {Path(path) for _, path in found}
        self._event.set()

    def _is_engine(self, path: Path) -> bool:
        return any(path.is_relative_to(folder) for folder in self._engine)
