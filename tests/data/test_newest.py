"""A newer year of a public series reaches the pages, or is refused by the name of the sentence that was written for an older one."""

import pytest

from ledger.tables.reading import DataError
from leerwerk import study
from leerwerk.introduction import context_tables, exhibits
from leerwerk.introduction.numbers import covered_year

SERIES = "context/series.csv"
YOUTH = "youth_unemployment_rate,BE,T,15-24,2024,16.8,,percent,ctg-youth,report,high,"
TOTAL = "unemployment_rate,BE,T,,2024,5.7,,percent,ctg-total,report,high,"
OFFICIAL = "early_leavers_admin_share{},Flanders,T,,{},12.9,,percent,vl-stat-vsv,own page,high,"
SURVEY = 'early_leavers_lfs,{},T,18-24,2025,5.5,,percent,fpb-i25,own page,high,"breaks in series: 2024, 2025"'


def add(desk, *rows):
    path = desk.path(SERIES)
    path.write_text(path.read_text(encoding="utf-8") + "".join(f"{row}\n" for row in rows), encoding="utf-8")


def said(problem):
    return " ".join(str(problem).split())


def test_nothing_is_passed_over():
    assert study.problems() == []


def test_a_year_in_both_series_reaches_numbers_title_and_figure(desk):
    desk.replace(SERIES, f"{YOUTH}not shown: the other series ends in 2023", YOUTH)
    add(desk, TOTAL)
    assert study.problems() == []
    assert covered_year(-1).value == 2024
    shown = exhibits.youth_rates()
    assert list(shown.frame["year"])[-2:] == [2023, 2024]
    assert "2,9 in 2024" in shown.alt  # 16.8 / 5.7


def test_a_year_in_one_of_two_series_is_refused_with_the_sentence(desk):
    desk.replace(SERIES, f"{YOUTH}not shown: the other series ends in 2023", YOUTH)
    (problem,) = study.problems()
    assert (problem.file, problem.row, problem.column, problem.found) == (f"data/{SERIES}", 2, "period", "2024")
    assert "toont het boek als laatste 2023" in said(problem)
    assert "chapters/introduction.md, regel" in said(problem)
    assert "In elk jaar van {glue:}`introduction.ratio.first_year`" in said(problem)
    assert len(str(DataError([problem])).splitlines()) < 15


def test_a_reason_that_no_longer_holds_is_refused(desk):
    add(desk, TOTAL)
    (problem,) = study.problems()
    assert (problem.row, problem.column) == (2, "note")
    assert "introduction.ratio.last_year" in problem.remedy


def test_a_year_after_one_that_a_sentence_names_is_refused_with_that_sentence(desk):
    add(desk, OFFICIAL.format("", "2022-2023"))
    (problem,) = study.problems()
    assert "als laatste 2020-2021" in said(problem)
    assert "in 2020-2021 was het weer {glue:}`introduction.unqualified.2020`" in said(problem)
    assert "leerwerk.introduction.exhibits.unqualified" in said(problem)


@pytest.mark.parametrize("note", ["not shown: counted in another way", ""])
def test_a_year_with_a_reason_may_stay_out(desk, note):
    add(desk, OFFICIAL.format("_dbso", "2022-2023") + note)
    assert [problem.found for problem in study.problems()] == ([] if note else ["2022-2023"])


def test_an_older_year_or_another_source_is_no_newer_year(desk):
    add(
        desk, OFFICIAL.format("", "2013-2014"), "unemployment_rate,Flanders,T,,2023,3.3,,percent,fpb-i39,own page,high,"
    )
    assert study.problems() == []


def test_the_survey_takes_a_year_in_when_every_region_has_it(desk):
    add(desk, SURVEY.format("Flanders"), SURVEY.format("Wallonia"))
    assert {problem.found for problem in study.problems()} == {"2025"}
    assert context_tables.survey_by_region().frame["year"].max() == 2024


def test_the_survey_shows_the_newest_year_and_its_breaks(desk):
    add(desk, *map(SURVEY.format, context_tables.REGIONS))
    assert study.problems() == []
    shown = context_tables.survey_by_region()
    assert shown.frame["year"].max() == 2025
    assert "2024 en 2025: cijfers" in shown.caption


def test_a_year_is_found_on_its_line_also_below_a_blank_one(desk):
    add(desk, "", OFFICIAL.format("_dbso", "2022-2023"))
    (problem,) = study.problems()
    assert problem.row == len(desk.path(SERIES).read_text(encoding="utf-8").splitlines())
