"""One build of the preview, in a process of its own: `python -m bookbuild.preview.once ROOT FOLDER [SAVED...]`."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path

from bookbuild import build
from bookbuild.checks import twins
from bookbuild.preview.builder import PROBLEMS, SAID, STATUS
from bookbuild.project import history


def main(arguments: list[str]) -> None:
    """Write the twins of what was saved and build; what is said and how it ends is left in the folder."""
    root, folder, *saved = map(Path, arguments)
    if not folder.is_dir():  # the preview has ended meanwhile
        return
    os.chdir(root)
    sys.path.insert(0, str(root))  # as for `python -m bookbuild build`, started there
    os.environ.setdefault(history.CLOCK, history.commit_time(root))
    for name, stream in ((SAID, 1), (PROBLEMS, 2)):
        os.dup2(os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), stream)
    unwritten = _write_twins(root, saved)
    status = build.build(root)
    if not status and unwritten:  # of a page that cannot be read, the build says it better
        print(unwritten, file=sys.stderr)
    (folder / STATUS).write_text(str(int(bool(status or unwritten))), encoding="utf-8")


def _write_twins(root: Path, saved: list[Path]) -> str:
    try:
        return "Niet elk script naast een hoofdstuk is geschreven." if twins.write(root.resolve(), saved=saved) else ""
    except Exception:
        return traceback.format_exc()


if __name__ == "__main__":
    main(sys.argv[1:])
