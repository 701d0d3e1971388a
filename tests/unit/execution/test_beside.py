"""What runs beside a build ends with it, and before what it writes in is cleared away."""

from __future__ import annotations

import os
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bookbuild.execution import inputs
from bookbuild.execution.kernels import Nursery, environment

PROGRAM = """import sys, time
from pathlib import Path

def main(arguments):
    Path(arguments[0]).write_text("begun")
    time.sleep(600)

if __name__ == "__main__":
    main(sys.argv[1:])
"""


@pytest.mark.parametrize("warm", [False, True])
def test_it_ends_with_a_build_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, warm: bool) -> None:
    (tmp_path / "forever.py").write_text(PROGRAM, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    memory, begun = tmp_path / "memory", tmp_path / "begun"
    memory.mkdir()
    os.mkfifo(begun)  # whoever reads it waits until somebody writes
    app: Any = SimpleNamespace(bookbuild_waiting=inputs._Waiting({}, Nursery([]) if warm else None, memory))
    process = inputs.start(app, "forever", str(begun))
    assert begun.read_text(encoding="utf-8") == "begun"
    assert process.poll() is None
    inputs.cool_down(app)
    assert process.poll() is not None
    assert not memory.exists()


def test_a_build_that_ends_before_it_began_has_nothing_to_end() -> None:
    inputs.cool_down(SimpleNamespace())  # type: ignore[arg-type]


def test_a_process_that_knows_pandas_and_arrow_has_one_thread_and_may_be_forked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "brief.py").write_text("def main(arguments):\n    pass\n", encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.delenv("JE_ARROW_MALLOC_CONF", raising=False)
    nursery = Nursery(["pandas", "pyarrow"])
    found = nursery.fork(["brief"], cwd=tmp_path, env=environment())
    nursery.close()
    assert found is not None
