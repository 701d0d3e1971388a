"""Every test file that git knows is really collected: pytest passes over whole folders without a word."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

# Everything that is configured counts (where to look, what to pass over, what to deselect), and nothing else.
COLLECT = """
import sys, pathlib, pytest
class Files:
    def pytest_collection_finish(self, session):
        found = {item.path.relative_to(session.config.rootpath).as_posix() for item in session.items}
        pathlib.Path(sys.argv[1]).write_text("\\n".join(found), encoding="utf-8")
sys.exit(pytest.main(["--collect-only"], plugins=[Files()]))
"""


def known(root: Path) -> set[str]:
    """The test files that git knows, or would once they are added."""
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard", ":(glob)**/test_*.py"]
    found = subprocess.run(listing, cwd=root, capture_output=True, text=True, check=False)
    assert found.returncode == 0, f"only git can say which tests there are: {found.stderr}"
    return {name for name in found.stdout.splitlines() if (root / name).is_file()}


def collected(root: Path, listing: Path) -> set[str]:
    """The files from which pytest collects at least one test when it is called without arguments."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    command = [sys.executable, "-c", COLLECT, str(listing)]
    found = subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr
    return set(listing.read_text(encoding="utf-8").splitlines())


def test_every_test_file_is_collected(request: pytest.FixtureRequest, root: Path, tmp_path: Path) -> None:
    """A run of everything has collected them already; for a part of it they are collected anew."""
    found = {item.path.relative_to(root).as_posix() for item in request.session.items}
    if found != known(root):
        found = collected(root, tmp_path / "files.txt")
    assert known(root) == found
