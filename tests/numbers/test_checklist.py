"""The checklist for the output checker: every number from real records that the book holds stands in it, and no other."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from tests import holder, records

from ledger import publication
from ledger.quantity import Quantity
from leerwerk import study
from leerwerk.micro import scale
from leerwerk.micro.pupils import answers, checklist, disclosure, released
from leerwerk.micro.pupils.draft import share_of
from leerwerk.tables.folder import DATA
from leerwerk.tables.holder import About

# So few that some answers are withheld, others cannot be estimated, and there are sizes left.
ROWS = 1_000
PUPILS = pd.read_csv(DATA.path / "synthetic" / "learners.csv", nrows=ROWS)
Row = dict[str, str]
SIZE = " (grootte)"


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The room of a results step, whose results the study has."""
    folder = tmp_path_factory.mktemp("boek") / "echt"
    folder.mkdir()
    holder.write_folder(folder, ROWS)
    with pytest.MonkeyPatch.context() as patch:
        yield records.give(folder, patch)


@pytest.fixture(scope="module")
def rows(listed: dict[str, Row]) -> dict[str, Row]:
    """The answers in the checklist, by id."""
    return {name: row for name, row in listed.items() if not name.startswith("gegevens.")}


@pytest.fixture(scope="module")
def listed(room: Path) -> dict[str, Row]:
    """The checklist, by id."""
    with (room / "closed" / "checklist.csv").open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.DictReader(file))
    assert len({row["id"] for row in found}) == len(found)
    return {row["id"]: row for row in found}


@pytest.fixture(scope="module")
def published(room: Path) -> dict[str, dict]:
    """What claims.json says of real records, by claim."""
    found = json.loads(publication.as_json(study.ledger()))
    return {claim["id"]: claim for claim in found if claim["microdata"] == "restricted"}


def numbers(row: Row) -> tuple[float | None, ...]:
    """Value and ends of the interval."""
    return tuple(float(row[name]) if row[name] else None for name in ("waarde", "ondergrens", "bovengrens"))


def test_claims_json_and_the_checklist_hold_the_same_numbers(rows, published) -> None:
    there = {
        name: (claim["value"], *(claim["interval"] or (None, None)), claim["unit"])
        for name, claim in published.items()
        if claim["value"] is not None
    }
    listed = {
        name: (*numbers(row), row["eenheid"])
        for name, row in rows.items()
        if row["vrijgegeven"] == "ja" and not name.endswith(SIZE)
    }
    assert len(there) > 10
    assert there == listed


def test_what_the_book_withholds_stands_there_with_its_rule_and_without_a_number(rows, published) -> None:
    there = {name for name, claim in published.items() if claim["value"] is None}
    listed = {name: row for name, row in rows.items() if row["vrijgegeven"] == "nee"}
    assert there == set(listed)
    assert {published[name]["status"] for name in there} == {"withheld", "unsettled"}
    for row in listed.values():
        assert numbers(row) == (None, None, None)
        assert row["getoond als"] == row["waar in _build/html"] == ""
        assert row["regel"]
    assert rows["micro.bonus.absence_with"]["kleinste cel"] == "minder dan 10"


def test_the_sizes_on_the_pages_are_those_of_the_checklist(rows) -> None:
    """What is good for the pupil lies to the right in the figure: less leaving early, so with the other sign."""
    listed = {numbers(row) for name, row in rows.items() if name.endswith(SIZE) and row["vrijgegeven"] == "ja"}
    frame = scale.sizes().frame
    drawn = frame[(frame["where"] == "Vlaanderen") & frame["lower"].notna()]
    values = {(row.difference, row.lower, row.upper) for row in drawn.itertuples()}
    leaving = {numbers(rows[f"micro.ibal.vsv{SIZE}"])}
    turned = {(-value, -upper, -lower) for value, lower, upper in leaving}
    assert values == (listed - leaving) | turned
    sizes = {name for name in answers.ANSWERS if released.size(name) is not None}
    assert {f"{name}{SIZE}" for name in sizes} == {name for name in rows if name.endswith(SIZE)}


def test_what_is_told_of_the_records_as_a_whole_and_of_an_estimate_stands_there_too(listed, rows, room: Path) -> None:
    found = json.loads((room / "released.json").read_text(encoding="utf-8"))
    told = {name.removeprefix("gegevens."): row["getoond als"] for name, row in listed.items() if name not in rows}
    assert told == found["records"] | {"start_months": "ja" if found["start_months"] else "nee"}
    cautious = {name for name, each in found["answers"].items() if each["cautious"]}
    assert {name for name, row in rows.items() if row["voorbehoud"] and not name.endswith(SIZE)} == cautious
    assert set(found) == {"records", "start_months", "answers"}
    assert {tuple(each) for each in found["answers"].values()} == {("answer", "size", "cautious")}


@pytest.mark.parametrize(("known", "said"), [(False, "nee"), (True, "ja")])
def test_whether_the_records_have_start_months_is_told_as_it_is(known: bool, said: str) -> None:
    about = About("Huis Voorbeeld", "2014", date(2026, 11, 24), "Iedereen.")
    shown = {row[0]: row[checklist.HEADER.index("getoond als")] for row in checklist.facts(about, known)}
    assert shown["gegevens.start_months"] == said
    assert shown["gegevens.holder"] == "Huis Voorbeeld"


@pytest.mark.parametrize("cautious", [False, True])
def test_an_estimate_that_leans_on_few_says_so(cautious: bool) -> None:
    draft = {"micro.ibal.participation": share_of("ibal", PUPILS["programme"].isin(["ibal", "both"]))}
    decisions = {name: replace(each, cautious=cautious) for name, each in disclosure.decide(draft, draft).items()}
    (row,) = checklist.rows(draft, decisions)
    assert row[checklist.HEADER.index("voorbehoud")] == (disclosure.CAUTION if cautious else "")


def test_each_row_says_in_dutch_what_may_leave_why_and_where(rows) -> None:
    assert set(checklist.WHAT) == set(answers.ANSWERS)
    for name, row in rows.items():
        assert row["wat het is"] and row["regel"], name
        assert re.fullmatch(r"minder dan 10|minstens (10|20|50|100|500|1000)", row["kleinste cel"]), name
        if row["vrijgegeven"] == "ja":
            assert row["getoond als"] and row["afronding"], name
            assert "chapters/micro.html" in row["waar in _build/html"], name
            assert row["kleinste cel"] != "minder dan 10", name


def test_the_smallest_cell_is_told_by_its_class(rows) -> None:
    """Counted here: of IBAL the pupils with it, of BRUG among IBAL those with IBAL alone."""
    ibal = PUPILS["programme"].isin(["ibal", "both"]).sum()
    alone = (PUPILS["programme"] == "ibal").sum()
    assert 50 <= ibal < 100
    assert 20 <= alone < 50
    assert rows["micro.ibal.participation"]["kleinste cel"] == "minstens 50"
    assert rows["micro.ibal.brug_before"]["kleinste cel"] == "minstens 20"


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (0, "minder dan 10"),
        (9, "minder dan 10"),
        (10, "minstens 10"),
        (19, "minstens 10"),
        (20, "minstens 20"),
        (99, "minstens 50"),
        (5_000_000, "minstens 1000"),
    ],
)
def test_a_class_begins_with_its_own_number(count: int, said: str) -> None:
    assert checklist._class(count) == said


@pytest.mark.parametrize(
    ("quantity", "said"),
    [
        (Quantity(0.0952, "share", 0.0526, 0.166), "9,52% (95%-interval 5,26% tot 16,60%)"),
        (Quantity(-0.111, "points", -0.305, 0.082), "−11,1 procentpunt (95%-interval −30,5 tot 8,2 procentpunt)"),
        (Quantity(240.0, "hours", 212.0, 268.0), "240 uur (95%-interval 212 tot 268 uur)"),
        (Quantity(11.1, "hours", 9.55, 12.7), "11,10 uur (95%-interval 9,55 tot 12,70 uur)"),
        (Quantity(0.0, "points"), "0,0 procentpunt"),
        (Quantity(0, "direction", -1, 1), "niet uit te maken"),
        (Quantity(-1, "direction", -1, -1), "lager"),
    ],
)  # fmt: skip
def test_a_number_is_shown_with_every_digit_that_leaves(quantity: Quantity, said: str) -> None:
    assert checklist.shown(quantity).replace("\N{NO-BREAK SPACE}", " ") == said
