"""Builds without the seconds that Python needs to import Sphinx: each is a fork of a process that did so once.

A build is a process of its own all the same, in its own group, folder and environment; only what it imports is there already.
"""

from __future__ import annotations

import multiprocessing
import os
import runpy
import sys
from collections.abc import Mapping
from contextlib import suppress
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from pathlib import Path
from unittest.mock import patch

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["preloaded"])


class Build:
    """`python -m bookbuild build` (or another command), begun; with the parts of subprocess.Popen that the tests use.

    Parameters
    ----------
    root
        Its working folder.
    environment
        The whole of it.
    options
        More arguments for the command.
    command
        Which one.
    errors
        The file for its standard error; without one it goes where its output goes.
    """

    def __init__(
        self,
        root: Path,
        environment: Mapping[str, str],
        *options: str,
        errors: Path | None = None,
        command: str = "build",
    ) -> None:
        reading, writing = CONTEXT.Pipe(duplex=False)
        self._process = CONTEXT.Process(
            target=_run, args=(root, dict(environment), (command, *options), writing, errors)
        )
        with patch.dict(os.environ, {"PYTHONHASHSEED": "0"}):  # it is read once, when Python starts
            forkserver.ensure_running()
        self._process.start()
        self.pid = self._process.pid
        self.stdout = os.fdopen(os.dup(reading.fileno()), encoding="utf-8", errors="replace")
        writing.close()
        reading.close()

    @property
    def returncode(self) -> int | None:
        """None while it runs; minus the signal that killed it."""
        return self._process.exitcode

    def communicate(self) -> str:
        """What is left of its output, and wait for its end."""
        with self.stdout:
            output = self.stdout.read()
        self._process.join()
        return output


def _run(
    root: Path, environment: dict[str, str], words: tuple[str, ...], output: Connection, errors: Path | None
) -> None:
    os.setsid()
    os.chdir(root)
    os.environ.clear()
    os.environ.update(environment)
    os.dup2(output.fileno(), 1)
    os.dup2(1 if errors is None else os.open(errors, os.O_WRONLY | os.O_CREAT), 2)
    output.close()
    sys.stdout.reconfigure(write_through="PYTHONUNBUFFERED" in environment)  # type: ignore[union-attr]
    folders = [folder for folder in environment.get("PYTHONPATH", "").split(os.pathsep) if folder]
    sys.path[:0] = [str(root), *folders]
    for folder in folders:  # as Python does when it starts
        with suppress(FileNotFoundError):
            runpy.run_path(str(Path(folder, "sitecustomize.py")))
            break
    sys.argv = ["bookbuild", *words]
    from bookbuild.__main__ import main

    sys.exit(main(sys.argv[1:]))
