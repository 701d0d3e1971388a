"""What `make check` goes on from, and what it does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from bookbuild.checks import pages
from bookbuild.execution import whole
from bookbuild.project import state


@pytest.mark.parametrize("ended_well", [True, False])
def test_what_a_failed_check_left_is_not_judged_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ended_well: bool
) -> None:
    left = tmp_path / "_build" / "check" / "html" / "code" / "renamed_since.py"
    left.parent.mkdir(parents=True)
    left.touch()
    monkeypatch.setattr(state, "standing", lambda *_: ended_well)
    monkeypatch.setattr(whole, "make", lambda root, out, options: left.exists())
    assert (pages.check(tmp_path) == 0) is ended_well
