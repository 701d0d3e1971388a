"""When each source is due again, and what was changed: days are counted from what is on record, never from today."""

from datetime import date

import pytest

from leerwerk.introduction import upkeep_tables
from leerwerk.tables import context, upkeep

LOOKED_UP = date(2026, 11, 24)  # when data/context/README.md says that they all were


@pytest.fixture
def calendar():
    return upkeep.calendar().set_index("source")


def test_every_source_of_a_figure_has_one_row(calendar):
    assert set(calendar.index) == {*context.series()["source"], *upkeep.feeds()["source"]}
    assert calendar.index.is_unique


def test_what_goes_on_is_due_and_what_is_finished_never(calendar):
    # 24 November 2026 and 400 days is 29 December 2027; and 550 days is 27 May 2028.
    assert list(calendar.loc["fpb-i25"])[1:] == ["living", LOOKED_UP, date(2027, 12, 29), date(2028, 5, 27)]
    assert list(calendar.loc["knack-2017"])[1:] == ["finished", LOOKED_UP, None, None]


def test_a_day_that_is_not_on_record_is_none_and_said(calendar, desk):
    assert list(calendar.loc["bfs-2023"])[1:] == ["living", None, None, None]
    table = upkeep_tables.looked_up().frame.set_index("source")
    assert list(table.loc["Bundesamt für Statistik (2023)"]) == ["niet genoteerd", "zo snel mogelijk"]
    assert list(table.loc["Swissinfo (2022)"]) == ["niet genoteerd", "niet meer: het document is af"]
    assert list(table.loc["Statbel"]) == ["24 november 2026", "29 december 2027"]


def test_what_is_fetched_was_looked_up_on_the_day_of_its_snapshot(desk):
    desk.edit("context/feeds.csv", "eurostat-unemployment", fetched="2027-01-05", sha256="0" * 64)
    found = upkeep.calendar().set_index("source")
    # 5 January 2027 and 400 days is 9 February 2028.
    assert list(found.loc["eurostat-unemployment"])[1:4] == ["fetched", date(2027, 1, 5), date(2028, 2, 9)]
    table = upkeep_tables.looked_up().frame.set_index("source")
    assert list(table.loc["Eurostat (lfst_r_lfu3rt)"]) == ["5 januari 2027", "9 februari 2028"]


@pytest.mark.parametrize(("day", "late"), [("2027-12-28", 0), ("2027-12-29", 1)])
def test_the_first_day_that_is_late_is_that_of_the_term(day, late):
    rows = upkeep.overdue(date.fromisoformat(day), "due")
    assert int("fpb-i25" in set(rows["source"])) == late


def test_revisions_and_corrections_stand_apart_the_newest_first(desk):
    path = desk.path("context/changes.csv")
    rows = ["2027-02-05,revision,een", "2027-03-05,revision,twee", "2027-03-05,correction,drie"]
    path.write_text(path.read_text() + "".join(f"{row},1,2,statbel-esl,Daarom.\n" for row in rows))
    assert list(upkeep_tables.revisions().frame["what"]) == ["twee", "een"]
    assert upkeep_tables.corrections().frame["what"].iloc[0] == "drie"
    assert upkeep_tables.revisions().frame["date"].iloc[0] == "5 maart 2027"
    assert set(upkeep_tables.revisions().frame["source"]) == {"Statbel"}
    assert upkeep_tables.revisions().title == "Cijfers die de bron herzag"


def test_without_any_a_sentence_says_so(desk):
    path = desk.path("context/changes.csv")
    path.write_text("\n".join(line for line in path.read_text().splitlines() if ",revision," not in line) + "\n")
    assert upkeep_tables.revisions().frame.empty
    assert upkeep_tables.revisions().title == "Nog geen enkele bron herzag een cijfer dat we ophaalden"


def test_every_change_and_every_feed_names_a_known_source():
    known = set(context.public_sources()["source"])
    assert {*upkeep.changes("revision")["source"], *upkeep.changes("correction")["source"]} <= known
    assert set(upkeep.feeds()["source"]) <= known
