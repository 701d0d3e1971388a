"""Reading: what is on record, what callers may do with a frame, and how problems are told."""

import hashlib
import threading

import pytest

from ledger.recording import recording
from ledger.tables import folder
from ledger.tables.reading import DataError, Problem
from leerwerk import study
from leerwerk.tables import context, published
from leerwerk.tables.folder import DATA


def test_every_table_reads_and_obeys_its_rules():
    assert DATA.problems(study.tables()) == []


def test_recording_lists_what_was_read_and_nothing_else():
    with recording() as paths:
        published.guidance("aim")
        context.series("early_leavers_lfs")
    published.claims()
    assert paths == {"data/published/guidance.csv", "data/context/series.csv"}


def test_recording_inside_recording_is_part_of_it():
    with recording() as outer:
        with recording() as inner:
            published.claims()
        published.slides()
    assert inner == {"data/published/claims.csv"}
    assert outer == {"data/published/slides.csv", "data/published/claims.csv"}


def test_recording_of_another_thread_is_not_ours():
    with recording() as paths:
        thread = threading.Thread(target=published.claims)
        thread.start()
        thread.join()
    assert paths == set()


def test_a_caller_cannot_spoil_the_table_for_the_next():
    frame = published.claims()
    frame.loc[0, "unit"] = "spoiled"
    frame["extra"] = 1
    assert published.claims().loc[0, "unit"] == "direction"
    assert "extra" not in published.claims()


def test_numbers_are_numbers_and_the_rest_is_text():
    series = context.series()
    for column, rules in context.TABLES["context/series.csv"].columns.items():
        kind = "f" if column in ("value", "value_to") else "O"
        assert series[column].to_numpy().dtype.kind == kind, (column, rules)
    assert series["value_to"].isna().any()
    assert not series["note"].isna().any()


def test_selections_start_counting_at_zero():
    assert list(published.guidance("aim").index) == list(range(4))
    assert set(published.guidance("partner")["part"]) == {"partner"}
    assert set(context.series("unemployment_rate")["indicator"]) == {"unemployment_rate"}


def test_fingerprint(desk):
    desk.path("published/guidance.csv").write_bytes(b"abc")
    assert DATA.fingerprint("data/published/guidance.csv") == hashlib.sha256(b"abc").hexdigest()


def test_a_byte_order_mark_is_no_part_of_the_header(desk):
    path = desk.path("published/guidance.csv")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert "part" in DATA.table("published/guidance.csv", study.tables()["published/guidance.csv"])


def test_windows_line_ends_and_blank_lines_are_harmless(desk):
    path = desk.path("published/guidance.csv")
    before = DATA.table("published/guidance.csv", study.tables()["published/guidance.csv"])
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n\r\n"))
    folder._read.cache_clear()
    assert DATA.table("published/guidance.csv", study.tables()["published/guidance.csv"]).equals(before)


def problem(number: int) -> Problem:
    return Problem("data/a.csv", "een eis", "Een herstel.", row=number)


@pytest.mark.parametrize(
    ("count", "last"), [(1, "herstel:  Een herstel."), (3, "herstel:  Een herstel."), (4, "(en nog 1 andere)")]
)
def test_an_error_shows_three_problems_and_counts_the_rest(count, last):
    lines = str(DataError([problem(number) for number in range(count)])).splitlines()
    assert lines[-1].strip() == last
    assert sum("data/a.csv" in line for line in lines) == min(count, 3)


def test_a_problem_says_where_what_and_how():
    told = str(Problem("data/a.csv", "een eis", "Een herstel.", row=7, column="unit", found="x" * 100))
    assert told.splitlines() == [
        "data/a.csv, regel 7, kolom unit",
        "  gevonden: '" + "x" * 80 + "'",
        "  vereist:  een eis",
        "  herstel:  Een herstel.",
    ]


def test_check_all_collects_over_tables(desk):
    desk.path("published/guidance.csv").unlink()
    desk.path("context/series.csv").write_text("")
    assert {found.file for found in DATA.problems(study.tables())} == {
        "data/published/guidance.csv",
        "data/context/series.csv",
    }
