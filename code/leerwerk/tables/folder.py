"""Where the data lie: the project's folder, for real pupil records another one, and what was released of those."""

from __future__ import annotations

import os
from collections.abc import Hashable
from pathlib import Path

from ledger.tables.folder import Folder

# The folder with real pupil records, in tables of the same name; without it the synthetic ones are read.
MICRODATA = "LEERWERK_MICRODATA"
# The file with what disclosure control let out of them; set by the build, once its results step has read the records.
RELEASED = "LEERWERK_RELEASED"
RELEASED_SHOWN = "wat van de leerlingengegevens is vrijgegeven"
PUPIL_RECORDS = ("synthetic/learners.csv", "synthetic/abo_learners.csv")


def released_file() -> Path | None:
    """The file with released results, if the environment names one."""
    found = os.environ.get(RELEASED)
    return Path(found) if found else None


class Data(Folder):
    """The folder data/, in which real pupil records may stand in for the synthetic ones."""

    def shown(self, name: str) -> str:
        """As in any folder; where real records lie is nobody's business, so they go by the name of the variable."""
        is_real = name in PUPIL_RECORDS and bool(os.environ.get(MICRODATA))
        return f"{MICRODATA}/{Path(name).name}" if is_real else super().shown(name)

    def where(self, shown: str) -> Path:
        """The file behind what it is called."""
        if shown == RELEASED_SHOWN:
            return Path(os.environ[RELEASED])
        if shown.startswith(f"{MICRODATA}/"):
            return Path(os.environ[MICRODATA]) / Path(shown).name
        return super().where(shown)

    def shipped(self) -> Folder:
        """The same folder as the book ships it: the synthetic records, also where real ones are given."""
        return Folder(self.path)

    def is_open(self, shown: str) -> bool:
        """All but real records, and what was released of them: that the pages show."""
        return shown != RELEASED_SHOWN and not shown.startswith(f"{MICRODATA}/")

    def state(self) -> Hashable:
        """The folder, that of the real records and what was released of them."""
        return self.path, os.environ.get(MICRODATA), os.environ.get(RELEASED)

    def note_released(self) -> None:
        """Say that what was released is read."""
        self.note(RELEASED_SHOWN)


DATA = Data(Path(__file__).parents[3] / "data")
