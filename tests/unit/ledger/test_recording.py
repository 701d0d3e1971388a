"""Who is told that a table is read: by its name who records, by its path who guards the process."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

from ledger import recording
from leerwerk.tables import published
from leerwerk.tables.folder import DATA

HEARD: list[str] = []
LISTENING = [False]


def hear(event: str, arguments: tuple[object, ...]) -> None:
    if LISTENING[0] and event == recording.READ:
        HEARD.extend(map(str, arguments))


sys.addaudithook(hear)  # for good: Python takes none away


@pytest.fixture
def heard() -> Iterator[list[str]]:
    """The paths that a guard hears of."""
    HEARD.clear()
    LISTENING[0] = True
    yield HEARD
    LISTENING[0] = False


def test_a_table_is_told_by_its_name_and_by_its_path(heard: list[str]) -> None:
    with recording.recording() as names:
        published.groups()
    assert names == {"data/published/groups.csv"}
    assert heard == [str(DATA.path / "published" / "groups.csv")]
