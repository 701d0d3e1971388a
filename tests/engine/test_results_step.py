"""The results step of this book, on records as a holder may have them, with canaries in every column and in rare combinations."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from tests import holder

from leerwerk.micro.pupils.answers import ANSWERS
from leerwerk.tables.folder import DATA, MICRODATA

CANARY, NUMBER = "kanarie-7319", 7319731
FEW = 9


def run(folder: Path) -> tuple[int, Path]:
    """The step in its own process; gives its exit code and the room."""
    room = folder.with_name("room")
    (room / "closed").mkdir(parents=True)
    command = [sys.executable, "-P", "-B", "-m", "bookbuild.room.airlock", "leerwerk.micro.pupils.release", str(room)]
    with (room / "closed" / "log.txt").open("wb") as log:
        ended = subprocess.run(command, env=os.environ | {MICRODATA: str(folder)}, stdout=log, stderr=log, check=False)
    return ended.returncode, room


def holding(folder: Path, *texts: str) -> list[str]:
    """The files below a folder that hold one of some texts in any byte."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return [path.name for path in found if any(text.encode() in path.read_bytes() for text in texts)]


def plain(folder: Path, rows: int = 1_000, **changes: Any) -> None:
    """Our own columns, with others of the holder's, each with canaries, and as Parquet where that is asked."""
    folder.mkdir()
    holder.write_about(folder)
    for name in ("learners", "abo_learners"):
        table = pd.read_csv(DATA.path / "synthetic" / f"{name}.csv", nrows=rows)
        change = changes.get(name, lambda table: table)
        table = change(table).assign(naam=f"{CANARY}-a", rijksregister=NUMBER, **{f"{CANARY}-kop": f"{CANARY}-b"})
        if changes.get("parquet"):
            table.to_parquet(folder / f"{name}.parquet", index=False)
        else:
            table.to_csv(folder / f"{name}.csv", index=False)


def few_absent(abo: pd.DataFrame) -> pd.DataFrame:
    """Nine pupils with a bonus are absent."""
    with_bonus = abo.index[abo["bonus"] == 1]
    return abo.assign(
        absent=abo["absent"].where(~abo.index.isin(with_bonus), 0).where(~abo.index.isin(with_bonus[:FEW]), 1)
    )


def with_starts(learners: pd.DataFrame) -> pd.DataFrame:
    """The start months that the holder's example has."""
    starts = {f"{name}_start": holder.start_months(learners, name).astype("Int64") for name in ("brug", "ibal")}
    return learners.assign(**starts)


FOLDERS: dict[str, dict[str, Any]] = {
    "as ours": {},
    "small cells": {"abo_learners": few_absent},
    "tiny groups": {"rows": 40},
    "Parquet": {"parquet": True},
}


@pytest.mark.parametrize("kind", FOLDERS)
def test_nothing_but_what_is_released_comes_out_of_the_step(kind: str, tmp_path: Path) -> None:
    folder = tmp_path / "geheime-map"
    plain(folder, **FOLDERS[kind])
    status, room = run(folder)
    assert status == 0, (room / "closed" / "log.txt").read_text()
    assert holding(room, CANARY, str(NUMBER), "geheime-map") == []
    released = json.loads((room / "released.json").read_text(encoding="utf-8"))
    assert set(released) == {"records", "start_months", "answers"}
    assert set(released["answers"]) == set(ANSWERS)
    for claim_id, each in released["answers"].items():
        for answer in filter(None, (each["answer"], each["size"])):
            if "value" not in answer:
                assert set(answer) in ({"withheld"}, {"unsettled"}), claim_id
                continue
            numbers = [answer[name] for name in ("value", "lower", "upper") if answer[name] is not None]
            assert all(float(f"{number:.3g}") == number for number in numbers), claim_id


def test_a_holders_own_names_codes_and_dates_give_what_ours_give(tmp_path: Path) -> None:
    """The same pupils, told otherwise: Windows-1252 between semicolons, dates, Parquet, start months."""
    (tmp_path / "theirs").mkdir()
    holder.write_folder(tmp_path / "theirs")
    plain(tmp_path / "ours", learners=with_starts)
    found = {}
    for name in ("theirs", "ours"):
        status, room = run(tmp_path / name)
        assert status == 0, (room / "closed" / "log.txt").read_text()
        found[name] = json.loads((room / "released.json").read_text(encoding="utf-8"))["answers"]
        room.rename(tmp_path / f"room-{name}")
    # Half an hour more or less is rounded in theirs; all else is the same.
    for answers in found.values():
        answers.pop("micro.brug.mean_hours")
    assert found["theirs"] == found["ours"]


def test_the_rule_behind_each_number_stays_in_the_room(tmp_path: Path) -> None:
    plain(tmp_path / "echt", **FOLDERS["small cells"])
    _, room = run(tmp_path / "echt")
    text = (room / "released.json").read_text(encoding="utf-8")
    assert "problematisch afwezig" not in text
    with (room / "closed" / "checklist.csv").open(encoding="utf-8-sig") as file:
        rules = {row["id"]: row["regel"] for row in csv.DictReader(file)}
    assert "minder dan 10 leerlingen in cel 'problematisch afwezig: wel'" in rules["micro.bonus.absence_with"]
    assert json.loads(text)["answers"]["micro.bonus.absence_with"]["answer"].keys() == {"withheld"}


def test_broken_records_are_told_by_rule_and_count_and_never_by_a_cell(tmp_path: Path) -> None:
    def broken(table: pd.DataFrame) -> pd.DataFrame:
        return table.assign(
            sex=table["sex"].where(table.index > 4, CANARY), age=table["age"].where(table.index > 6, NUMBER)
        )

    plain(tmp_path / "geheime-map", learners=broken)
    status, room = run(tmp_path / "geheime-map")
    assert status == 1
    assert holding(room, CANARY, str(NUMBER), "geheime-map") == []
    told = (room / "closed" / "problem.txt").read_text(encoding="utf-8")
    assert re.search(r"kolom sex.*een van m of f", told, re.DOTALL)
    assert "regel " not in told, "which pupil it is, only the log in the room tells"
    assert not (room / "released.json").exists()
