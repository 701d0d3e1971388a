"""Real records for a test: the results step run on a folder, in this process."""

from __future__ import annotations

from pathlib import Path

import pytest

from leerwerk.micro.pupils import release
from leerwerk.tables import folder

ABOUT = "holder: Een dienst\nperiod: 2014 tot 2018\nextracted: 2026-09-01\ncoverage: Iedereen.\n"


def give(records: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the study have what is released of the records in a folder; gives the room of the step."""
    (records / "records.yml").write_text(ABOUT, encoding="utf-8")
    room = records.with_name(f"{records.name}-room")
    (room / "closed").mkdir(parents=True)
    monkeypatch.setenv(folder.MICRODATA, str(records))
    release.main([str(room)])
    monkeypatch.delenv(folder.MICRODATA)
    monkeypatch.setenv(folder.RELEASED, str(room / "released.json"))
    return room
