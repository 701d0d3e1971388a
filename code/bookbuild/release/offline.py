"""`make room`: one archive from which the book is built where there is no network, as in a room with restricted records."""

from __future__ import annotations

import json
import sys
import tarfile
import tempfile
from collections.abc import Mapping
from pathlib import Path

from bookbuild import machine
from bookbuild.citation import work as citation
from bookbuild.project import digest, git, history, settings
from bookbuild.project.settings import README, RECORD, WHEELS
from bookbuild.release import archive, wheels
from bookbuild.release.version import ReleaseError
from bookbuild.room.step import CLOSED, ROOM
from ledger import dutch

FOLDER = Path("_build", "room-archive")
TEXT = Path(__file__).with_name("leesmij.txt")
MEGABYTE = 10**6


def pack(root: Path) -> int:
    """Write the archive and say how large it is; 1 if it cannot be made, else 0."""
    try:
        _refuse(root)
        made, packed = write(root)
    except (git.GitError, ReleaseError, citation.CitationError) as problem:
        print(problem, file=sys.stderr)
        return 1
    largest = ", ".join(
        f"{each.name.partition('-')[0]} {_megabytes(each)}"
        for each in sorted(packed, key=lambda path: path.stat().st_size, reverse=True)[:3]
    )
    print(f"Het archief staat in {made.relative_to(root)}: {_megabytes(made)}, {len(packed)} pakketten ({largest}).")
    return 0


def _refuse(root: Path) -> None:
    """Only what git has is packed, and which package needs which is asked of this Python."""
    if changed := git.line(root, "status", "--porcelain", "--untracked-files=all"):
        raise ReleaseError(f"Niet alles is vastgelegd:\n{changed}\n  herstel: leg vast wat erbij hoort (git commit).")
    if sys.version_info[:2] != tuple(map(int, wheels.MINOR.split("."))):
        raise ReleaseError(
            f"Het archief is voor Python {wheels.MINOR}, en dit is {sys.version_info[0]}.{sys.version_info[1]}.\n"
            f"  herstel: verwijder .venv en geef PYTHON=python{wheels.MINOR} mee."
        )


def write(root: Path) -> tuple[Path, list[Path]]:
    """Pack the files of the last commit, its history, the wheels and how to build.

    Returns
    -------
    tuple
        The archive, the same bytes each time for the same commit, and the wheels in it.
    """
    pins = wheels.pinned((root / digest.LOCK).read_text(encoding="utf-8"), wheels.needed(root))
    packed = wheels.fetch(pins, root / FOLDER / WHEELS)
    name = f"{archive.name_of(root)}-room-{git.line(root, 'describe', '--tags', '--always', '--abbrev=12')}"
    with tempfile.TemporaryDirectory(prefix="boek-") as folder:
        tree = git.unpack(root, "HEAD", Path(folder, name))
        record = history.record(root, "HEAD", tree)
        (tree / RECORD).write_text(json.dumps(record, indent=1, ensure_ascii=False), encoding="utf-8")
        (tree / README).write_text(readme(root, name), encoding="utf-8")
        files = {digest.relative(tree, path): path for path in digest.below(tree)}
        files |= {f"{WHEELS}/{path.name}": path for path in packed}
        target = root / FOLDER / f"{name}.tar"
        fresh = target.with_name(f".{target.name}")
        _pack(name, files, fresh, int(record["time"]))
        return fresh.replace(target), packed


def readme(root: Path, name: str) -> str:
    """What whoever unpacks the archive reads first."""
    known = settings.of(root).records
    return TEXT.read_text(encoding="utf-8").format(
        title=citation.read(root).title,
        name=name,
        glibc=wheels.GLIBC,
        python=wheels.PYTHON,
        minor=wheels.MINOR,
        group=wheels.GROUP,
        pango=dutch.enumerate_words(machine.PANGO),
        variable=known.variable,
        records=known.folder,
        room=ROOM,
        closed=ROOM / CLOSED,
    )


def _pack(name: str, files: Mapping[str, Path], target: Path, seconds: int) -> None:
    """Not compressed, for wheels are; all with one owner and one time, of no clock and no disk."""
    with tarfile.open(target, "w") as packed:
        for inside, path in sorted(files.items()):
            entry = packed.gettarinfo(path, f"{name}/{inside}")
            entry.uid = entry.gid = 0
            entry.uname = entry.gname = ""
            entry.mtime, entry.mode = seconds, 0o755 if entry.mode & 0o100 else 0o644
            with path.open("rb") as file:
                packed.addfile(entry, file)


def _megabytes(path: Path) -> str:
    return f"{dutch.number(path.stat().st_size / MEGABYTE)} MB"
