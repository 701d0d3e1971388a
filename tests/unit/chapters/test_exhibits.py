"""Words around figures and tables: complete, Dutch, and computed from the data that they describe."""

import re

import pandas as pd
import pytest

from ledger.exhibit import Column, Exhibit
from ledger.tables import folder
from leerwerk.conclusion import exhibits
from leerwerk.introduction import exhibits as introduction
from leerwerk.macro import exhibits as macro
from leerwerk.meso import exhibits as meso
from leerwerk.micro import exhibits as micro
from leerwerk.tables import statements
from leerwerk.tables.context import origin_of
from leerwerk.tables.statements import ACTORS, TOPICS

FIGURES = [
    *(introduction.youth_rates, introduction.youth_ratio, introduction.regional_rates),
    *(introduction.leavers_by_region, introduction.leavers_by_sex, introduction.leavers_by_track),
    *(micro.hours, micro.study_design, micro.absence, micro.effect_by_size),
    *(meso.who_supports_whom, meso.conditions, meso.coaching_experiment),
    *(macro.samples, macro.contract_types, macro.sample_fit, macro.share_intervals, macro.overview),
    exhibits.summary,
]
# What a heading says behind the name of its column; years, counts and ratios have no unit.
UNITS = {"share": " (%)", "points": " (procentpunt)", "hours": " (uur)", "euro": " (euro)"}
TABLES = [micro.programmes, meso.obstacles, *[lambda name=name: macro.topic(name) for name in TOPICS]]


@pytest.fixture(params=FIGURES, ids=lambda make: make.__name__)
def figure(request):
    return request.param()


@pytest.fixture(params=[*FIGURES, *TABLES])
def exhibit(request):
    return request.param()


def test_a_figure_says_its_finding_and_describes_itself(figure):
    assert re.fullmatch(r"[A-ZÉ0-9].*[^.]", figure.title)
    assert figure.alt.endswith(".")
    assert len(figure.alt) > 40
    assert len(f"{figure.title}. {figure.alt}") <= 300, "too long to be heard at once: the rest is a description"
    assert figure.title not in figure.alt
    assert not figure.description or len(figure.description) > len(figure.alt)


def test_words_are_complete_and_dutch(exhibit):
    words = "\n".join((exhibit.title, exhibit.alt, exhibit.caption, exhibit.description))
    assert exhibit.caption.endswith(".")
    assert not re.search(r"\bnan\b|None|inf\b", words)
    assert not re.search(r"\d\.\d", words), "a decimal point"
    assert not re.search(r"(?:^|\s)-\d", words), "a hyphen for a minus sign"
    assert not re.search(r"  |[^\S\n][.,;]", words), "a gap where a word should be"


def test_the_download_has_dutch_columns_and_no_holes(exhibit):
    table = exhibit.table()
    assert list(table) == [
        f"{column.name}{UNITS.get(column.unit, '')}" if isinstance(column, Column) else column
        for column in exhibit.columns.values()
    ]
    assert len(table) > 0
    assert not table.isna().any(axis=None)


def test_numbers_are_columns_with_a_unit(exhibit):
    words = [key for key, column in exhibit.columns.items() if isinstance(column, str)]
    assert list(exhibit.frame[words].select_dtypes("number")) == []


def test_the_printed_table_is_the_download_rounded(exhibit):
    table, printed = exhibit.table(), exhibit.printed()
    assert list(printed) == list(table)
    for column in exhibit.columns.values():
        if isinstance(column, Column):
            heading = f"{column.name}{UNITS.get(column.unit, '')}"
            cells = [cell.replace("\N{NARROW NO-BREAK SPACE}", "") for cell in printed[heading]]
            read = [float(cell.replace("\N{MINUS SIGN}", "-").replace(",", ".")) for cell in cells]
            assert read == pytest.approx(list(table[heading]), abs=0.5 * 10**-column.decimals + 1e-9)
            assert {len(cell.partition(",")[2]) for cell in cells} == {column.decimals}


def test_a_column_says_its_unit_and_prints_in_dutch():
    shares = pd.Series([0.07123456, 0.5, None])
    column = Column("aandeel", "share", 1, missing="geen")
    assert column.heading == "aandeel (%)"
    assert column.printed(shares) == ["7,1", "50,0", "geen"]
    assert list(column.values(shares)[:2]) == [7.123456, 50]
    assert Column("verschil", "points").heading == "verschil (procentpunt)"
    assert Column("jaar", "year").printed(pd.Series([2018])) == ["2018"]
    assert Column("uur", "hours").heading == "uur (uur)"
    assert [Column("n", unit).heading for unit in ("count", "year", "ratio")] == ["n"] * 3
    assert Column("leerlingen").printed(pd.Series([12345])) == ["12\N{NARROW NO-BREAK SPACE}345"]


def test_the_download_has_six_digits():
    frame = pd.DataFrame({"who": ["a, b"], "share": [1 / 3]})
    exhibit = Exhibit(
        "naam", "Titel", "", "Kop.", frame, {"who": "wie", "share": Column("aandeel", "share")}, origin="bron"
    )
    assert exhibit.csv() == 'wie,aandeel (%)\n"a, b",33.3333\n'


def test_names_are_safe_in_addresses_and_unique():
    names = [make().name for make in [*FIGURES, *TABLES]]
    assert [name for name in names if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)] == []
    assert len(set(names)) == len(names)


def test_only_pupil_records_are_synthetic(exhibit):
    assert exhibit.synthetic is False


def test_source_line_names_each_source_once():
    assert (
        origin_of("statbel-esl", "fpb-i25", "statbel-esl") == "Statbel en Federaal Planbureau (naar Statbel/Eurostat)"
    )


@pytest.mark.parametrize(
    ("make", "old", "new", "before", "after"),
    [
        (introduction.youth_rates, "T,15-24,2023,16.1", "T,15-24,2023,20.1", "16,1% van de jong", "20,1% van de jong"),
        (introduction.youth_ratio, "2023,16.1", "2023,22.0", "2,1 tot 2,9 keer", "2,1 tot 4,0 keer"),  # 22 / 5.5
        (introduction.regional_rates, "(mean),36", "(mean),28", "Brussel telt 2,6", "Wallonië telt 2,1"),  # 29 / 14
        (
            introduction.leavers_by_region,
            "2024,5.8",
            "2024,15.8",
            "in Brussel, Vlaanderen en W",
            "in Brussel en Wallonië",
        ),
        (introduction.leavers_by_sex, "F,18-24,2022,4.8", "F,18-24,2022,9.8", "Mannen verlaten", "Vrouwen verlaten"),
        (
            introduction.leavers_by_track,
            "2014-2015,52.7",
            "2014-2015,28.6",
            "52,7% zonder",
            "28,6% zonder diploma, 2,0",
        ),
        (meso.coaching_experiment, "NL,T,,,10,", "NL,T,,,12,", "10% schooluitval met", "12% schooluitval met"),
    ],
)
def test_titles_follow_the_series(desk, make, old, new, before, after):
    assert before in make().title
    desk.replace("context/series.csv", old, new)
    folder._read.cache_clear()
    assert after in make().title


@pytest.mark.parametrize(
    ("make", "claim", "figure", "title"),
    [
        (micro.hours, "micro.brug.mean_hours", "400", "Een traject duurt gemiddeld 50% (BRUG) of 40% (IBAL)"),
        (micro.study_design, "micro.study.period_from", "2012", "liep van 2018 tot 2020 en kijkt terug tot 2012"),
        (micro.absence, "micro.bonus.absence_with", "2,5%", "Met bonus is 2,5% problematisch afwezig"),
        (macro.contract_types, "macro.contracts.oao", "92,25%", "De OAO is goed voor 92,25% van"),
        (macro.samples, "macro.survey.mentors", "939", "2\N{NARROW NO-BREAK SPACE}219 vragenlijsten en 41 gesprek"),
        (macro.sample_fit, "macro.guidance.heavy_task", "65,46%", "1 van de 2 percentages past bij"),
        (macro.sample_fit, "macro.ending.smooth", "71,88%", "0 van de 2 percentages passen bij"),
    ],
)
def test_titles_follow_the_claims(desk, make, claim, figure, title):
    desk.publish(claim, figure)
    assert title in make().title


@pytest.mark.parametrize(
    ("uppers", "title"),
    [
        ([0.1, -0.1], "Bij 10 en 5 leerlingen sluit het interval nul niet uit, bij 20 en 10 leerlingen wel"),
        ([0.1, 0.0], "Bij geen van de getekende groepsgroottes sluit het interval nul uit"),
        ([-0.1, -0.2], "Bij elke getekende groepsgrootte sluit het interval nul uit"),
    ],
)
def test_title_of_the_effect_by_size(uppers, title):
    frame = pd.DataFrame({"n_with": [10, 20], "n_without": [5, 10], "upper": uppers})
    assert micro._title_by_size(frame) == title


def test_intervals_shrink_as_groups_grow():
    frame = micro.effect_by_size().frame
    assert list(frame["n_with"][:4]) == [73, 146, 292, 584]
    assert list(frame["n_without"][:4]) == [32, 64, 128, 256]
    assert (frame["upper"] - frame["lower"]).is_monotonic_decreasing


def test_the_study_is_drawn_in_order_of_its_years():
    assert list(micro.study_design().frame["start"].astype(int)) == [2014, 2018, 2018, 2019, 2020]
    assert "gevolgde cohorten (2014 tot 2018)" in micro.study_design().alt
    assert "longitudinaal onderzoek (2019)" in micro.study_design().alt


def test_the_summary_counts_every_finding_once():
    found = exhibits.summary()
    assert list(found.frame["status"]) == ["reproduced", "consistent", "taken over"]
    assert found.title == "De meeste bevindingen nemen we over zoals ze gepubliceerd zijn"
    assert found.alt == "Eén balk: 1 nagerekend, 1 past en 33 overgenomen."


def test_the_matrix_has_a_cell_for_each_topic_and_actor():
    frame = macro.overview().frame
    assert len(frame) == len(TOPICS) * len(ACTORS) == 45
    rows = statements.statements()
    on_macro_slides = rows[rows["slide"] >= 15]
    assert frame["n"].sum() == len(on_macro_slides)
    assert frame["bottlenecks"].sum() == (on_macro_slides["kind"] == "bottleneck").sum()


def test_every_code_has_a_dutch_name():
    assert not statements.coded().isna().any(axis=None)


def test_a_record_is_ordered_by_kind_and_keeps_the_order_of_the_slides():
    found = statements.record_table("naam", "Titel", lambda rows: rows["slide"] == 18)
    assert list(found.frame["kind"]) == ["bottleneck"] * 2 + ["recommendation"] * 3
    on_slide = statements.statements().query("slide == 18 and kind == 'bottleneck'")["statement"]
    assert list(found.frame["statement"][:2]) == list(on_slide)


def test_topics_of_macro_leave_the_other_slides_out():
    shown = sum(len(macro.topic(name).frame) for name in TOPICS)
    assert shown == (statements.statements()["slide"] >= 15).sum()
    assert set(meso.obstacles().frame["kind"]) == {"bottleneck"}
