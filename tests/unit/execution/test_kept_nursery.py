"""A nursery that outlives builds: what one imported the next has, and what one started ends with it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from bookbuild.execution.kernels import KEPT, KeptNursery, Nursery, environment

PROGRAM = """import sys, time
from pathlib import Path

def main(arguments):
    Path(arguments[0]).write_text(" ".join(name for name in arguments[1:] if name in sys.modules))
    time.sleep(600)
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with a program and modules, and a nursery that builds find."""
    (tmp_path / "forever.py").write_text(PROGRAM, encoding="utf-8")
    for name in ("one", "two"):
        (tmp_path / f"{name}.py").touch()
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    kept = KeptNursery(tmp_path / "socket")
    monkeypatch.setenv(KEPT, str(tmp_path / "socket"))
    yield tmp_path
    kept.close()


def answers(folder: Path, nursery: Nursery) -> tuple[int, str]:
    """The number of the process that the nursery forks, and which of the modules it has."""
    (where := folder / "answer").unlink(missing_ok=True)
    os.mkfifo(where)  # whoever reads it waits until somebody writes
    found = nursery.fork(["forever", str(where), "one", "two"], cwd=folder, env=environment())
    assert found is not None
    return found.pid, where.read_text(encoding="utf-8")


def test_the_next_build_finds_what_the_last_one_imported(folder: Path) -> None:
    first = Nursery(["one"])
    assert answers(folder, first)[1] == "one"
    first.close()
    second = Nursery(["two"])
    assert answers(folder, second)[1] == "one two"
    second.close()


def test_what_a_build_started_has_ended_when_it_lets_go(folder: Path) -> None:
    nursery = Nursery([])
    pids = [answers(folder, nursery)[0] for _ in range(2)]
    assert all(Path(f"/proc/{pid}").exists() for pid in pids)
    nursery.close()
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)


def test_a_build_makes_its_own_where_the_kept_one_is_gone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(KEPT, str(folder / "gone"))
    nursery = Nursery(["two"])
    assert answers(folder, nursery)[1] == "two"
    nursery.close()
