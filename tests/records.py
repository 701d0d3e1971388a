"""Real records for a test: the results step run on a folder, in this process."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests import holder

from leerwerk.micro.pupils import release
from leerwerk.tables import folder


def give(records: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the study have what is released of the records in a folder; gives the room of the step."""
    holder.write_about(records)
    room = records.with_name(f"{records.name}-room")
    (room / "closed").mkdir(parents=True)
    monkeypatch.setenv(folder.MICRODATA, str(records))
    release.main([str(room)])
    monkeypatch.delenv(folder.MICRODATA)
    monkeypatch.setenv(folder.RELEASED, str(room / "released.json"))
    return room
