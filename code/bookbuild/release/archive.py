"""The archive of a version: its sources, its history, the book that they give, and what describes them, in one zip."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
import zipfile
from collections.abc import Iterable
from pathlib import Path

from bookbuild.checks import verify
from bookbuild.citation import work as citation
from bookbuild.project import digest, git, history, settings
from bookbuild.project.settings import BOOK, CRATE, RECORD
from bookbuild.release import bill, crate
from bookbuild.release.version import ReleaseError

FOLDER = Path("_build", "release")


def write(root: Path, commit: str) -> Path:
    """Build the book from the files of a commit alone and pack both.

    Returns
    -------
    Path
        The zip; the same commit, packages and machine give the same bytes.

    Raises
    ------
    ReleaseError
        If the book cannot be built.
    """
    with tempfile.TemporaryDirectory(prefix="boek-") as name:
        tree = git.unpack(root, commit, Path(name, "boek"))
        record = history.record(root, commit, tree)
        (tree / RECORD).write_text(json.dumps(record, indent=1, ensure_ascii=False), encoding="utf-8")
        sources = list(digest.below(tree))
        # Without an address, and without history but the record: as anyone who has the archive only would build it.
        if not verify.build_copy(tree, {"BOOK_URL": "", history.CLOCK: ""}, pdf=True):
            raise ReleaseError("Het boek is niet gebouwd.")
        shutil.move(tree / "_build" / "html", tree / BOOK)
        described = bill.write(tree, citation.read(tree), int(record["time"]))
        (tree / CRATE).write_text(crate.metadata(tree), encoding="utf-8")
        target = root / FOLDER / f"{name_of(root)}-{citation.read(tree).version}.zip"
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_name(f".{target.name}")
        pack(tree, [*sources, *described, tree / CRATE, *digest.below(tree / BOOK)], fresh, int(record["time"]))
        return fresh.replace(target)


def name_of(root: Path) -> str:
    """What the book's files are called: `alternerend-leren`."""
    return Path(settings.of(root).paper).stem


def pack(tree: Path, paths: Iterable[Path], target: Path, seconds: int) -> None:
    """Write files into a zip, in the order of their paths, all with one time: of no clock and no disk."""
    when = time.gmtime(seconds)[:6]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(paths, key=lambda path: digest.relative(tree, path)):
            entry = zipfile.ZipInfo(digest.relative(tree, path), when)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = (0o100755 if os.access(path, os.X_OK) else 0o100644) << 16
            packed.writestr(entry, path.read_bytes())
