"""The committed tables: what their schemas cannot see, because it spans tables or needs the presentation."""

import re

import pandas as pd
import pytest

from ledger import dutch, wording
from ledger.tables import claims as claims_rules
from leerwerk import study
from leerwerk.study import claim
from leerwerk.tables import bullets, context, overview, published, statements
from leerwerk.tables.statements import TOPICS

# Which topic each macro slide with bullets treats (slides 15, 16 and 20 have a title, samples and a table).
TOPIC_OF_SLIDE = {
    **{17: "motives", 18: "recognition", 19: "contracts", 21: "compensation", 22: "financing"},
    **{23: "training_plan", 24: "guidance_at_work", 25: "guidance_by_provider", 26: "ending"},
}
NUMBER_WORDS = {"twee": "2", "drie": "3", "three": "3"}


def digits(text: str) -> str:
    return NUMBER_WORDS.get(text) or re.sub(r"\D", "", text)


@pytest.fixture(scope="module")
def claims() -> pd.DataFrame:
    return published.claims().set_index("id", drop=False)


def test_every_claim_names_a_slide_of_the_presentation(claims):
    assert set(claims["slide"]) <= set(published.slides()["title"])


def test_claims_stand_chapter_by_chapter(claims):
    assert list(claims["level"].unique()) == [level for level in study.CHAPTERS if level in set(claims["level"])]


def test_bounds_follow_the_wording_of_the_figure(claims):
    for row in claims.itertuples():
        rounded = row.basis == "microdata"
        assert (row.lower, row.upper) == pytest.approx(wording.allowed_range(row.published, rounded=rounded)), row.id


@pytest.mark.parametrize(("unit", "low", "high"), [("share", 0, 1), ("year", 15, 2020), ("direction", -1, 1)])
def test_ranges_by_unit(claims, unit, low, high):
    # "year" counts ages (15 to 18) and calendar years up to the presentation's (2020).
    rows = claims[claims["unit"] == unit]
    assert not rows.empty
    assert rows["lower"].min() >= low
    assert rows["upper"].max() <= high


def test_percentages_are_shares_and_shares_are_percentages(claims):
    printed = claims["published"].str.contains("%|1 op", regex=True)
    assert printed.equals(claims["unit"] == "share")


def test_directions_are_words_and_words_are_directions(claims):
    assert claims["published"].isin(dutch.DIRECTIONS).equals(claims["unit"] == "direction")


def test_reasons_are_sentences(claims):
    reasons = claims.loc[claims["reason"] != "", "explanation"]
    assert reasons.str.fullmatch(r"[A-Z].{20,}\.").all()
    assert claims["statement"].str.fullmatch(r"[A-Z].{10,}\.").all()


def test_slides_are_numbered_in_order_and_levels_do_not_interleave():
    slides = published.slides()
    assert list(slides["slide"]) == list(range(1, 30))
    stretches = slides.loc[slides["level"].ne(slides["level"].shift()), "level"]
    assert list(stretches) == [level for level in study.CHAPTERS if level in set(slides["level"])]


def test_every_printed_number_has_a_claim_or_a_reason(claims):
    numbers = published.slide_numbers()
    assert ((numbers["claim"] != "") ^ (numbers["reason"] != "")).all()
    assert set(numbers["claim"]) - {""} <= set(claims["id"])
    assert set(numbers["slide"]) <= set(published.slides()["slide"])


def test_every_claim_with_a_number_was_printed_on_a_slide(claims):
    assert set(claims.loc[claims["unit"] != "direction", "id"]) <= set(published.slide_numbers()["claim"])


def test_claims_print_the_digits_of_their_slide(claims):
    for row in published.slide_numbers().query("claim != ''").itertuples():
        assert digits(row.printed) == digits(claims.loc[row.claim, "published"]), row.printed


def test_a_claim_stands_on_the_slide_where_its_number_is_printed(claims):
    titles = published.slides().set_index("slide")["title"]
    for claim_id, rows in published.slide_numbers().query("claim != ''").groupby("claim"):
        assert claims.loc[claim_id, "slide"] in {titles[slide] for slide in rows["slide"]}, claim_id


def test_statements_belong_to_meso_and_macro_slides_and_one_to_the_conclusions():
    rows = statements.statements()
    levels = rows["slide"].map(published.slides().set_index("slide")["level"])
    assert set(levels) == {"meso", "macro", "conclusion"}
    assert list(rows.loc[levels == "conclusion", "kind"]) == ["recommendation"]  # the mandate


def test_statements_speak_of_the_subject_not_of_the_slides():
    assert not statements.statements()["statement"].str.contains(r"\bslide|presentatie", case=False).any()


def test_each_macro_slide_treats_its_topic():
    macro = statements.statements().query("15 <= slide <= 26")
    assert macro.groupby("slide")["topic"].unique().str.join("+").to_dict() == TOPIC_OF_SLIDE
    assert set(TOPIC_OF_SLIDE.values()) == set(TOPICS)


def test_groups_are_sums_of_samples_with_an_exact_size():
    for row in published.groups().itertuples():
        assert claim(row.claim).unit == "share"
        for sample in row.sizes.split("+"):
            assert claim(sample).value > 0
            assert claim(sample).unit in ("count", "persons")


def test_a_percentage_is_offered_each_group_once():
    groups = published.groups()
    assert groups.groupby("claim")["group"].nunique().equals(groups.groupby("claim").size())


def test_every_series_has_a_known_source_and_every_source_one_address():
    assert set(context.series()["source"]) <= set(context.public_sources()["source"])
    assert context.public_sources()["address"].is_unique


def test_addresses_have_no_scheme_and_no_spaces():
    assert context.public_sources()["address"].str.fullmatch(r"(?!https?:)[^\s/]+(/\S*)?").all()


def test_youth_unemployment_exceeds_total_unemployment_where_both_are_given():
    rows = context.series().query("indicator in ('youth_unemployment_rate', 'unemployment_rate')")
    both = rows.pivot_table(values="value", index=["geo", "period"], columns="indicator", aggfunc="max").dropna()
    assert len(both) >= 25  # Belgium 2000 to 2023 and no area 2017, and what was fetched
    assert (both["youth_unemployment_rate"] > both["unemployment_rate"]).all()


def test_leavers_together_lie_between_men_and_women():
    rows = context.series("early_leavers_lfs").query("geo == 'BE'")
    by_sex = rows.pivot_table(values="value", index="period", columns="sex")
    assert len(by_sex) >= 10
    assert (by_sex["F"] < by_sex["T"]).all()
    assert (by_sex["T"] < by_sex["M"]).all()


def test_a_condition_of_one_partner_is_that_of_a_partner_in_the_figure():
    partners = set(published.guidance("partner")["text"])
    conditions = published.guidance("condition")
    assert set(conditions["partner"]) - {""} <= partners
    assert list(conditions.loc[conditions["partner"] != "", "text"]) == ["mentor"]  # slide 13 names no other place
    assert len(partners) == claim("meso.mentoring.parties").value


@pytest.mark.parametrize("part", ["partner", "condition", "aim"])
def test_what_the_figure_of_meso_says_is_a_point_of_its_slide(part):
    points = bullets.bullets().groupby("slide")["text"].agg(" ".join).str.lower()
    for row in published.guidance(part).itertuples():
        words = row.text.replace("mandaat van brugfiguur", "mandaat van \N{LEFT SINGLE QUOTATION MARK}brugfiguur")
        assert words in points[row.slide], row.text


def test_the_overview_of_macro_has_both_cells_of_each_topic_in_few_words():
    cells = overview.cells()
    assert cells.groupby("topic")["column"].agg(list).to_dict() == {
        topic: ["good", "stuck"] for topic in TOPICS if topic != "motives"
    }
    counts = cells["text"].str.split().str.len()
    assert counts.max() <= 17  # about fifteen, and who says so


def test_a_cell_of_the_overview_stands_on_the_slides_of_its_topic():
    slide_of_topic = {topic: slide for slide, topic in TOPIC_OF_SLIDE.items()}
    for row in overview.cells().itertuples():
        slides = [int(slide) for slide in row.slides.split(";")]
        assert set(slides) <= set(published.slides()["slide"])
        assert slides == [slide_of_topic[row.topic]]


def test_figures_in_the_overview_are_claims_of_the_cells_slide(claims):
    titles = published.slides().set_index("slide")["title"]
    named = 0
    for row in overview.cells().itertuples():
        ids = re.findall(r"\{([\w.]+)\}", row.text)
        named += len(ids)
        assert not re.search(r"\d", re.sub(r"\{[\w.]+\}", "", row.text)), "a typed figure"
        assert {claims.loc[claim_id, "slide"] for claim_id in ids} <= {
            titles[int(each)] for each in row.slides.split(";")
        }
    assert named == 6


def test_filling_in_the_bounds_leaves_all_else_as_it_was(desk):
    path = desk.path("published/claims.csv")
    before = path.read_bytes().replace(b"27% deel aan BRUG.", b'"27%\r\ndeel aan BRUG."')
    before = before.replace(b",Van alle leerlingen", b',"Van alle leerlingen').replace(b'neemt "27%', b"neemt 27%")
    path.write_bytes(before.replace(b"0.265,0.275", b"0.2,0.3"))
    claims_rules.fill(path)
    assert path.read_bytes() == before
