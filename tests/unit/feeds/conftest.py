"""The API and a folder of data to refresh from it."""

from __future__ import annotations

from pathlib import Path

import pytest
from eurostat_by_hand import Api, unfetched


@pytest.fixture
def api() -> Api:
    return Api()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of data/context in which nothing was ever fetched."""
    return unfetched(tmp_path / "data" / "context")
