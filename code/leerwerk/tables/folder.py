"""Where the data lie: the project's folder, for real pupil records another one, and what was released of those."""

from __future__ import annotations

import os
from collections.abc import Hashable
from pathlib import Path

import pandas as pd

from ledger.tables.folder import Folder
from ledger.tables.layout import Layout
from ledger.tables.rules import Records, Table
from leerwerk.tables import holder, microdata

MICRODATA = microdata.VARIABLE
# The file with what disclosure control let out of them; set by the build, once its results step has read the records.
RELEASED = "LEERWERK_RELEASED"
RELEASED_SHOWN = "wat van de leerlingengegevens is vrijgegeven"
PUPIL_RECORDS = tuple(f"synthetic/{name}.csv" for name in microdata.TABLES)


def released_file() -> Path | None:
    """The file with released results, if the environment names one."""
    found = os.environ.get(RELEASED)
    return Path(found) if found else None


class Data(Folder):
    """The folder data/, in which real pupil records may stand in for the synthetic ones."""

    def shown(self, name: str) -> str:
        """As in any folder; where real records lie is nobody's business, so they go by the name of the variable."""
        is_real = name in PUPIL_RECORDS and bool(os.environ.get(MICRODATA))
        return microdata.shown(Path(name).name) if is_real else super().shown(name)

    def table(self, name: str, rules: Table) -> pd.DataFrame:
        """As in any folder; of real records only if their holder says what they are."""
        if not self.is_open(self.shown(name)):
            holder.about()
        return super().table(name, rules)

    def where(self, shown: str) -> Path:
        """The file behind what it is called."""
        if shown == RELEASED_SHOWN:
            return Path(os.environ[RELEASED])
        if self.is_open(shown):
            return super().where(shown)
        return microdata.file(Path(os.environ[MICRODATA]), Path(shown).stem)

    def layout(self, shown: str, rules: Records) -> Layout:
        """Of real records as the codebook beside them says."""
        if self.is_open(shown):
            return super().layout(shown, rules)
        return microdata.layout(Path(os.environ[MICRODATA]), Path(shown).stem, rules)

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
