"""Builds the book in processes forked from warm ones: one that has imported Sphinx, and one that kernels are forked from."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path

from bookbuild.execution.kernels import KEPT, Beside, KeptNursery, Nursery

SAID, PROBLEMS, STATUS = "said.txt", "problems.txt", "status.txt"
ROOT = "BOOK_PREVIEW_ROOT"  # the warm processes stand in no folder


class Builder:
    """Runs one build of `make book` at a time, for as long as the preview lasts."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._folder = Path(tempfile.mkdtemp(prefix="boek-"))
        # Of the processes that start here: a build that has another one begins again, cold.
        os.environ["PYTHONHASHSEED"] = "0"
        os.environ[ROOT] = str(root)
        self._kernels = KeptNursery(self._folder / "kernels")
        self._builds = Nursery(["bookbuild.preview.warm"])
        self._process: Beside | None = None

    async def build(self, saved: Iterable[Path] = ()) -> str:
        """Build after some files were saved, or after anything may have been; gives what kept the book from being built, empty
        if nothing did."""
        return await asyncio.to_thread(self._build, sorted(map(str, saved)))

    def end(self) -> None:
        """End the build that runs, with its kernels."""
        if self._process is not None:
            self._process.end()

    def close(self) -> None:
        """End everything."""
        self._builds.close()
        self._kernels.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _build(self, saved: list[str]) -> str:
        self._said(STATUS).unlink(missing_ok=True)
        where = {KEPT: str(self._folder / "kernels")}
        command = ["bookbuild.preview.once", str(self._root), str(self._folder), *saved]
        self._process = Beside(self._builds, *command, **where)
        self._process.wait()
        status, problems, said = (_text(self._said(name)) for name in (STATUS, PROBLEMS, SAID))
        return "" if status == "0" else problems or said[-3000:] or "De bouw is gestopt zonder iets te zeggen."

    def _said(self, name: str) -> Path:
        return self._folder / name


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace").strip() if path.is_file() else ""
