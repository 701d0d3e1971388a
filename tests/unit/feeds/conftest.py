"""The API and a folder of data to refresh from it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from eurostat_by_hand import Api

from leerwerk.tables.folder import DATA


@pytest.fixture
def api() -> Api:
    return Api()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of data/context in which nothing was ever fetched."""
    copy = tmp_path / "data" / "context"
    shutil.copytree(DATA.path / "context", copy, ignore=shutil.ignore_patterns("snapshots"))
    lines = (copy / "series.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (copy / "series.csv").write_text("".join(line for line in lines if ",eurostat-" not in line), encoding="utf-8")
    feeds = [line.split(",") for line in (copy / "feeds.csv").read_text(encoding="utf-8").splitlines()]
    text = "".join(",".join(row if row[0] == "source" else [*row[:-2], "", ""]) + "\n" for row in feeds)
    (copy / "feeds.csv").write_text(text, encoding="utf-8")
    return copy
