"""Git, as far as the engine asks it anything: what it says, and the files of a version."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path


class GitError(Exception):
    """Git refused, or is not installed."""


def ask(root: Path, *arguments: str, text: str = "", environment: Mapping[str, str] | None = None) -> bytes:
    """What git prints.

    Parameters
    ----------
    text
        What it reads.
    environment
        Variables beside those of this process.

    Raises
    ------
    GitError
        With what git said, if it refused; also where it is not installed.
    """
    if shutil.which("git") is None:
        raise GitError("git is niet geïnstalleerd")
    env = os.environ | (environment or {})
    done = subprocess.run(["git", *arguments], cwd=root, env=env, input=text.encode(), capture_output=True, check=False)
    if done.returncode:
        raise GitError(done.stderr.decode(errors="replace").strip())
    return done.stdout


def line(root: Path, *arguments: str, text: str = "", environment: Mapping[str, str] | None = None) -> str:
    """What git prints, without the newline after it; see `ask`."""
    return ask(root, *arguments, text=text, environment=environment).decode().strip()


def is_root(folder: Path) -> bool:
    """Whether a folder is the root of a repository; one inside another's is not."""
    return (folder / ".git").exists()


@contextmanager
def own_index(root: Path) -> Iterator[dict[str, str]]:
    """The environment of an index that begins as the last commit and goes with the block: the author's stays as it is."""
    with tempfile.TemporaryDirectory() as folder:
        index = {"GIT_INDEX_FILE": str(Path(folder, "index"))}
        ask(root, "read-tree", "HEAD", environment=index)
        yield index


def unpack(root: Path, version: str, target: Path, *names: str) -> Path:
    """Write the files of a version into a folder, or of some of its folders only; see `ask`."""
    archive = ask(root, "archive", version, *names)
    with tarfile.open(fileobj=io.BytesIO(archive)) as packed:
        packed.extractall(target, filter="data")
    return target
