"""Where nothing can be written, one sentence says so."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections import namedtuple
from collections.abc import Iterator
from pathlib import Path

import pytest

from bookbuild import __main__ as command
from bookbuild import build
from bookbuild.project import files

NOBODY = 65534
Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def root(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A project without pages, for a build that stops before it needs any; anyone may come there."""
    root = Path(tempfile.mkdtemp()).resolve()
    root.chmod(0o755)
    monkeypatch.chdir(root)
    monkeypatch.setattr(command, "ROOT", root)
    monkeypatch.setattr(build, "_start_again_reproducibly", lambda root, pdf: None)
    monkeypatch.setattr(build, "_renew", lambda root, pdf: pytest.fail("it must stop before"))
    yield root
    shutil.rmtree(root)


def test_a_folder_that_may_not_be_written_gets_one_sentence(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As somebody else where this one is root, whom no folder refuses."""
    root.chmod(0o555)
    me = os.geteuid()
    if me == 0:
        os.seteuid(NOBODY)
    try:
        assert command.main(["build"]) == 1
    finally:
        os.seteuid(me)
        root.chmod(0o755)
    (said,) = capsys.readouterr().err.splitlines()
    assert said.startswith(f"Het boek is niet gebouwd: in {root / '_build'} mag niet geschreven worden")


def test_a_full_disk_gets_one_sentence(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: Usage(100, 100, files.ROOM - 1))
    assert command.main(["build"]) == 1
    (said,) = capsys.readouterr().err.splitlines()
    assert said.startswith(f"Het boek is niet gebouwd: er is geen plaats meer op de schijf van {root / '_build'}")


def test_a_file_where_the_folder_should_be_gets_one_sentence(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (root / "_build").write_text("", encoding="utf-8")
    assert command.main(["build"]) == 1
    (said,) = capsys.readouterr().err.splitlines()
    assert said.startswith(f"Het boek is niet gebouwd: {root / '_build'} is geen map")


@pytest.mark.parametrize("number", [errno.EROFS, errno.ENOSPC])
def test_any_command_says_so(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], number: int
) -> None:
    def fail(options: object) -> int:
        raise OSError(number, os.strerror(number), "code/x.py")

    monkeypatch.setitem(command.COMMANDS, "ranges", fail)
    assert command.main(["ranges"]) == 1
    said, remedy = capsys.readouterr().err.splitlines()
    assert said.startswith("Dit lukt niet: ")
    assert "code/x.py" in said
    assert remedy.startswith("  herstel: ")


def test_what_is_no_matter_of_disks_is_no_sentence(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(options: object) -> int:
        raise FileNotFoundError(errno.ENOENT, "x", "code/x.py")

    monkeypatch.setitem(command.COMMANDS, "ranges", fail)
    with pytest.raises(FileNotFoundError):
        command.main(["ranges"])
