"""Where the data lie: the project's folder, and for real pupil records another one."""

from __future__ import annotations

import os
from collections.abc import Hashable
from pathlib import Path

import pandas as pd

from ledger.quantity import Evidence
from ledger.tables.folder import Folder
from ledger.tables.layout import Layout
from ledger.tables.rules import Records, Table
from leerwerk.tables import holder, microdata

MICRODATA = microdata.VARIABLE
PUPIL_RECORDS = tuple(f"synthetic/{name}.csv" for name in microdata.TABLES)


def microdata_evidence() -> Evidence:
    """What a number computed from pupil records is: `restricted` with real ones, else `synthetic`."""
    return "restricted" if os.environ.get(MICRODATA) else "synthetic"


class Data(Folder):
    """The folder data/, in which real pupil records may stand in for the synthetic ones."""

    def shown(self, name: str) -> str:
        """As in any folder; where real records lie is nobody's business, so they go by the name of the variable."""
        is_real = name in PUPIL_RECORDS and microdata_evidence() == "restricted"
        return microdata.shown(Path(name).name) if is_real else super().shown(name)

    def table(self, name: str, rules: Table) -> pd.DataFrame:
        """As in any folder; of real records only if their holder says what they are."""
        if not self.is_open(self.shown(name)):
            holder.about()
        return super().table(name, rules)

    def where(self, shown: str) -> Path:
        """The file behind what it is called."""
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
        """All but real records."""
        return not shown.startswith(f"{MICRODATA}/")

    def state(self) -> Hashable:
        """The folder and that of the real records."""
        return self.path, os.environ.get(MICRODATA)


DATA = Data(Path(__file__).parents[3] / "data")
