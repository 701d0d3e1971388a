"""What a run's workers share is made once, whole, or its failure is told to each of them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from workers import once


def test_many_who_ask_at_once_get_the_one_that_was_made(tmp_path: Path) -> None:
    calls: list[Path] = []

    def make(path: Path) -> None:
        calls.append(path)
        path.write_text("made", encoding="utf-8")

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: once(tmp_path / "x", make).read_text(encoding="utf-8"), range(8)))
    assert found == ["made"] * 8
    assert len(calls) == 1


@pytest.mark.parametrize("end", [ValueError("paper is out"), pytest.fail.Exception("paper is out")])
def test_a_failure_is_told_to_everyone_and_not_tried_again(tmp_path: Path, end: BaseException) -> None:
    calls: list[Path] = []

    def make(path: Path) -> None:
        calls.append(path)
        raise end

    for _ in range(3):
        with pytest.raises(pytest.fail.Exception, match=r"x was not made: .*paper is out"):
            once(tmp_path / "x", make)
    assert len(calls) == 1


def test_what_a_killed_worker_left_half_made_is_not_used(tmp_path: Path) -> None:
    def make(path: Path) -> None:
        path.write_text("half", encoding="utf-8")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        once(tmp_path / "x", make)
    with pytest.raises(pytest.fail.Exception, match="sudden end"):
        once(tmp_path / "x", make)
