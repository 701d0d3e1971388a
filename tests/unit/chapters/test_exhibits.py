"""Words around figures and tables: complete, Dutch, and computed from the data that they describe."""

import re

import pandas as pd
import pytest

from ledger.exhibit import Column, Exhibit
from ledger.tables import folder
from leerwerk.conclusion import exhibits
from leerwerk.introduction import context_tables, upkeep_tables
from leerwerk.introduction import exhibits as introduction
from leerwerk.macro import exhibits as macro
from leerwerk.meso import exhibits as meso
from leerwerk.micro import exhibits as micro
from leerwerk.micro import findings, scale
from leerwerk.tables.context import origin_of
from leerwerk.trials.pool import pooled

FIGURES = [
    *(introduction.youth_rates, introduction.unqualified),
    *(micro.hours, micro.participation, micro.effect_by_size, micro.smallest_difference, scale.sizes),
    *(meso.who_guides, meso.trials_elsewhere, macro.shares),
    exhibits.summary,
]
# What a heading says behind the name of its column; years, counts and ratios have no unit.
UNITS = {"share": " (%)", "points": " (procentpunt)", "hours": " (uur)", "euro": " (euro)"}
TABLES = [context_tables.four_definitions, context_tables.counted_twice, context_tables.survey_by_region]
TABLES += [upkeep_tables.looked_up, upkeep_tables.corrections]
TABLES += [findings.summary, macro.overview, macro.possible_groups, macro.endings_abroad]
TABLES += [meso.studies_left_out, meso.other_choices]


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
    said = [column.heading for column in exhibit.columns.values() if isinstance(column, Column) and column.missing]
    assert not table.drop(columns=said).isna().any(axis=None), "a hole that the page has no word for"


def test_numbers_are_columns_with_a_unit(exhibit):
    words = [key for key, column in exhibit.columns.items() if isinstance(column, str)]
    assert list(exhibit.frame[words].select_dtypes("number")) == []


def test_the_printed_table_is_the_download_rounded(exhibit):
    table, printed = exhibit.table(), exhibit.printed()
    assert list(printed) == list(table)
    for column in exhibit.columns.values():
        if isinstance(column, Column):
            heading = f"{column.name}{UNITS.get(column.unit, '')}"
            there = table[heading].notna()
            assert set(printed[heading][~there]) <= {column.missing}
            cells = [cell.replace("\N{NARROW NO-BREAK SPACE}", "") for cell in printed[heading][there]]
            read = [float(cell.replace("\N{MINUS SIGN}", "-").replace(",", ".")) for cell in cells]
            assert read == pytest.approx(list(table[heading][there]), abs=0.5 * 10**-column.decimals + 1e-9)
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
        # the lowest ratio is that of 2004, when 8.4 of all were unemployed
        (introduction.youth_rates, "15-24,2004,17.5", "15-24,2004,12.0", "minstens dubbel", "minstens 1,4 keer"),
        (introduction.youth_rates, "15-24,2004,17.5", "15-24,2004,16.9", "minstens dubbel", "minstens dubbel"),
        (introduction.youth_rates, "15-24,2004,17.5", "15-24,2004,16.7", "minstens dubbel", "minstens 1,9 keer"),
        (
            introduction.unqualified,
            "early_leavers_admin_share_dbso,Flanders,T,18-25,2020-2021,57.1",
            "early_leavers_admin_share_dbso,Flanders,T,18-25,2020-2021,50.1",
            "meer dan de helft",
            "meer dan de helft",
        ),
        (
            introduction.unqualified,
            "early_leavers_admin_share_dbso,Flanders,T,18-25,2020-2021,57.1",
            "early_leavers_admin_share_dbso,Flanders,T,18-25,2020-2021,50.0",
            "meer dan de helft",
            "heeft 50,0% geen",
        ),
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
        (micro.hours, "micro.brug.mean_hours", "400", "gemiddeld 400 van de 800 uur BRUG"),
        (micro.participation, "micro.ibal.participation", "9%", "27 BRUG en bijna 9 IBAL"),
        (macro.shares, "macro.guidance.heavy_task", "65,46%", "Voor 65,46% is begeleiden een zware taak"),
        (macro.shares, "macro.ending.smooth", "71,89%", "voor 71,89% verloopt een stopzetting vlot"),
        (meso.who_guides, "meso.mentoring.parties", "4", "Vier partners begeleiden samen de jongere"),
    ],
)
def test_titles_follow_the_claims(desk, make, claim, figure, title):
    desk.publish(claim, figure)
    assert title in make().title


@pytest.mark.parametrize(
    ("uppers", "title"),
    [
        (
            [0.1, -0.1],
            "Bij 10 en 5 leerlingen kan het toeval zijn, bij 20 en 10 leerlingen nauwelijks",
        ),
        ([0.1, 0.0], "Bij geen van deze groepsgroottes is toeval uitgesloten"),
        ([-0.1, -0.2], "Bij elk van deze groepsgroottes is toeval onwaarschijnlijk"),
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


def test_the_summary_counts_every_finding_once():
    found = exhibits.summary()
    assert list(found.frame["status"]) == ["reproduced", "consistent", "taken over"]
    assert found.title == "De meeste bevindingen nemen we over zoals ze gepubliceerd zijn"
    assert found.alt == "Eén balk: 1 nagerekend, 1 past en 33 overgenomen."


def test_figures_of_the_overview_follow_the_claims(desk):
    desk.publish("macro.ending.smooth", "71,89%")
    desk.publish("macro.recognition.requests", "34 702")
    cells = macro.overview().frame.set_index("topic")
    assert cells.loc["ending", "good"].startswith("Verloopt vlot voor 71,89%.")
    assert cells.loc["recognition", "good"] == "87,51% van 34\N{NARROW NO-BREAK SPACE}702 aanvragen is goedgekeurd."


def test_a_proposal_of_the_overview_says_its_reservation(desk):
    desk.edit("published/recommendations.csv", "better-matching", reservation="niet voor iedereen")
    cells = macro.overview().frame.set_index("topic")["proposal"]
    assert cells["ending"].startswith("Verbeter de matching van leerling en leerwerkplek (niet voor iedereen). Kader")
    assert "mandaat" not in " ".join(cells)  # of another slide


def test_shares_stand_from_large_to_small(desk):
    desk.publish("macro.ending.experience", "96,06%")
    assert list(macro.shares().frame["printed"]) == ["96,06%", "87,51%", "71,88%", "65,47%", "1 op 5"]


def test_a_group_that_can_give_a_percentage_in_two_ways_shows_both(desk):
    desk.publish("macro.survey.recognised", "20 000")
    frame = macro.possible_groups().frame.set_index("group")
    counts = frame.loc["erkende vestigingen", "macro.ending.experience"]
    assert counts.replace("\N{NARROW NO-BREAK SPACE}", "") == "9211, 9212 of 9213"
    assert frame.loc["mentoren", "macro.ending.experience"] == "432"


def test_the_trials_stand_by_kind_the_most_favourable_first_and_together_below():
    shown = meso.trials_elsewhere()
    *rows, mean, another = shown.frame.to_dict("records")
    found = pooled()
    assert (mean["lower"], mean["upper"]) == (found.lower, found.upper)
    assert (another["lower"], another["upper"]) == (found.predicted_lower, found.predicted_upper)
    for kind in {row["kind_name"] for row in rows}:
        sizes = [row["difference"] for row in rows if row["kind_name"] == kind]
        assert sizes == sorted(sizes, reverse=True)
    assert {row["split"] for row in rows if row["id"] == "challenge-36"} == {"nee"}
    assert {row["split"] for row in rows if row["id"] == "cpb-coaching"} == {"ja"}
    clear = [row for row in rows if row["lower"] > 0]
    assert 0 < len(clear) < len(rows)
    assert f"Bij {len(clear)} van de {len(rows)} " in shown.alt
