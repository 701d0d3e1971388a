"""Before a build with restricted records: the results step, and then the door shut behind it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bookbuild.execution import imports
from bookbuild.project import digest, settings
from bookbuild.project.files import read_json, write_whole
from bookbuild.room import landlock
from bookbuild.room.airlock import CLOSED, PROBLEM

ROOM = Path("_build", "room")
RELEASED, LOG, NOTE = "released.json", "log.txt", "step.json"
WITHOUT_LANDLOCK = (
    "Deze machine heeft geen Landlock: een cel die weet waar de gegevens staan, kan ze na de resultatenstap nog openen."
    " Lees elke cel na, of bouw op een nieuwere Linux."
)


class RoomError(Exception):
    """The results step cannot be made, or did not end well."""


@contextmanager
def results(root: Path) -> Iterator[None]:
    """Inside: a build that knows what was released of the records and cannot reach the records themselves.

    Nothing happens if the environment names no records.

    Raises
    ------
    RoomError
        If the records are not there or break a rule, or the step fails.
    """
    folder = settings.restricted_folder(root)
    if folder is None:
        yield
        return
    known = settings.of(root).records
    _refuse_place(root, folder, known.variable)
    room = root / ROOM
    for each in (room, room / CLOSED):
        each.mkdir(mode=0o700, parents=True, exist_ok=True)
        each.chmod(0o700)
    _step(root, room, folder)
    temporary = tempfile.mkdtemp(
        prefix="boek-"
    )  # there before the door shuts: what comes beside it later cannot be read
    tempfile.tempdir = os.environ["TMPDIR"] = temporary
    del os.environ[known.variable]
    os.environ[known.released] = str(room / RELEASED)
    if not landlock.shut(folder):
        print(WITHOUT_LANDLOCK, file=sys.stderr)
    try:
        yield
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _refuse_place(root: Path, folder: Path, variable: str) -> None:
    if not folder.is_dir():
        raise RoomError(f"{variable} noemt een map die er niet is\n  herstel: Geef het volledige pad van de map.")
    if folder.is_relative_to(root.resolve()) or root.resolve().is_relative_to(folder):
        raise RoomError(
            f"{variable} noemt een map in het project, of erboven: wat daar staat, raakt in git of in een archief\n"
            "  herstel: Zet de leerlingengegevens in een map ernaast."
        )


def _step(root: Path, room: Path, folder: Path) -> None:
    """Run the step, unless what it released still follows from the same records, code and packages."""
    released, note = room / RELEASED, room / CLOSED / NOTE
    rests_on = _rests_on(root, folder)
    if released.is_file() and read_json(note) == {"rests_on": rests_on, "released": digest.of_file(released)}:
        print("De leerlingengegevens zijn niet veranderd: wat vrijgegeven is, geldt nog.")
        return
    for stale in (released, note, room / CLOSED / PROBLEM):
        stale.unlink(missing_ok=True)
    print(f"De resultatenstap leest de leerlingengegevens; zijn logboek is {ROOM / CLOSED / LOG}.", flush=True)
    if not _ran(root, room) or not released.is_file():
        problem = room / CLOSED / PROBLEM
        told = problem.read_text(encoding="utf-8").strip() if problem.is_file() else "de stap is afgebroken"
        raise RoomError(f"De resultatenstap is mislukt: {told}")
    write_whole(note, json.dumps({"rests_on": rests_on, "released": digest.of_file(released)}))


def _ran(root: Path, room: Path) -> bool:
    temporary = room / CLOSED / "tmp"
    temporary.mkdir(mode=0o700, exist_ok=True)
    # -B: it may write in the room only, so no bytecode either.
    command = [sys.executable, "-P", "-B", "-m", "bookbuild.room.airlock", settings.of(root).records.results, str(room)]
    environment = os.environ | {"TMPDIR": str(temporary), "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    try:
        with (room / CLOSED / LOG).open("wb") as log:
            ended = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment, cwd=root)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)
    return ended.returncode == 0


def _rests_on(root: Path, folder: Path) -> str:
    known = settings.of(root)
    followed = imports.follow([f"import {known.records.results}"], (root / known.code, settings.ENGINE.parent))
    study = {path.as_posix(): digest.of_file(path) for path in sorted(followed.files)}
    records = digest.of_files(folder, digest.below(folder))
    return digest.of_value([records, study, settings.engine(), digest.of_environment(root)])
