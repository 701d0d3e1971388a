"""What we say that the slides propose, against the arrows of the slides."""

import pandas as pd
import pytest

from leerwerk.tables import bullets, published, statements
from leerwerk.tables import recommendations as table
from leerwerk.tables.recommendations import ACTORS, BETWEEN_QUOTES, CONDITION, EXPLICIT, INFERENCE, recommendations_for

ARROW, PLUS = "→", "+"
# Arrows that say what follows from something, and propose nothing.
CONSEQUENCES = {
    (17, "→ hogere eisen en verwachtingen"),
    (19, "→ geschikter om leerlingen te overtuigen"),
    (21, "→ drempel om werkgever te overtuigen"),
    (23, "→ afhankelijk van opdrachten"),
}
MANDATE = "Organisatoren behoeven mandaat om op te treden als brugfiguren."


@pytest.fixture(scope="module")
def points() -> pd.DataFrame:
    return bullets.bullets()


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    return table.recommendations()


@pytest.fixture(scope="module")
def explicit(rows) -> pd.DataFrame:
    return rows[rows["force"] == EXPLICIT]


@pytest.fixture(scope="module")
def proposals(points) -> pd.DataFrame:
    """The points that propose something: arrows but for those with a consequence, the plus, and the mandate."""
    arrows = points["text"].str.startswith(ARROW)
    consequence = [point in CONSEQUENCES for point in zip(points["slide"], points["text"], strict=True)]
    return points[arrows & ~pd.Series(consequence) | points["text"].str.startswith(PLUS) | (points["text"] == MANDATE)]


def things(point) -> list[str]:
    """The things that one point proposes: an arrow may join two with a plus."""
    return [point.text] if point.text.startswith(PLUS) else point.text.split(f" {PLUS} ")


def test_an_arrow_is_a_point_of_its_own(points):
    assert not points["text"].str.slice(1).str.contains(ARROW).any()
    assert points["text"].str.startswith(ARROW).sum() == 18


def test_four_arrows_propose_nothing_and_the_other_points_eighteen_things(points, proposals):
    assert set(zip(points["slide"], points["text"], strict=True)) >= CONSEQUENCES
    arrows = proposals[proposals["text"].str.startswith(ARROW)]
    assert len(arrows) == 14
    assert sum(len(things(point)) for point in arrows.itertuples()) == 16
    others = proposals.drop(index=arrows.index)
    assert list(zip(others["slide"], others["text"], strict=True)) == [
        (19, "+ intervisie tussen ervaren en nieuwe begeleiders"),
        (28, MANDATE),
    ]


def test_the_explicit_recommendations_are_those_things_in_their_order(proposals, explicit):
    proposed = [point.slide for point in proposals.itertuples() for _ in things(point)]
    assert list(explicit["slide"]) == proposed
    assert len(explicit) == 18


def test_each_explicit_recommendation_has_the_words_by_which_its_point_is_recognised(proposals, explicit):
    # The key of an arrow with two things has a part for each.
    asked = [
        key
        for point in proposals.itertuples()
        for key in ([point.key] if len(things(point)) == 1 else point.key.split(";"))
    ]
    said = explicit["recommendation"]
    assert [sentence for sentence, key in zip(said, asked, strict=True) if not bullets.carries(sentence, key)] == []


def test_the_coded_recommendations_are_the_explicit_ones_word_for_word(explicit):
    coded = statements.statements().query("kind == 'recommendation'")
    pairs = zip(coded["slide"], coded["statement"], strict=True)
    assert sorted(pairs) == sorted(zip(explicit["slide"], explicit["recommendation"], strict=True))


def test_every_finding_is_quoted_from_a_point_of_its_slide(rows, points):
    quotes = [(row.id, row.slide, quote) for row in rows.itertuples() for quote in row.finding.split(BETWEEN_QUOTES)]
    texts = points.groupby("slide")["text"].agg(list)
    assert [found for found in quotes if not any(found[2] in text for text in texts[found[1]])] == []


def test_no_recommendation_stands_twice_and_none_without_its_slide(rows):
    assert rows["recommendation"].is_unique
    assert set(rows["slide"]) <= set(published.slides()["slide"])


def test_what_the_slides_propose_stands_before_what_is_derived(rows):
    assert list(rows["force"].unique()) == [EXPLICIT, CONDITION, INFERENCE]


@pytest.mark.parametrize(
    ("name", "words"),
    [("one-concept", "doelgroepen verschillen"), ("shift-hours", "mogelijk beschrijvend")],
)
def test_what_is_uncertain_says_so(rows, name, words):
    assert words in rows.set_index("id").loc[name, "reservation"]


@pytest.mark.parametrize(
    "name",
    [
        "recognise-parts",
        "certificate-afterwards",
        "time-for-mentors",
        "time-for-providers",
        "common-assessment-template",
    ],
)
def test_no_evidence_is_made_up(rows, name):
    assert rows.set_index("id").loc[name, "evidence"] == "niet vermeld"


@pytest.mark.parametrize("actor", ACTORS)
def test_each_actor_has_something_to_do_and_never_mixed(actor):
    proposed, derived = recommendations_for(actor, derived=False), recommendations_for(actor, derived=True)
    assert set(proposed["force"]) <= {EXPLICIT}
    assert EXPLICIT not in set(derived["force"])
    assert len(proposed) + len(derived) > 0
    for rows in (proposed, derived):
        assert list(rows.index) == list(range(len(rows)))
        assert rows["actors"].str.split(";").map(lambda named: actor in named).all()


def test_every_recommendation_reaches_somebody(rows):
    reached = [recommendations_for(actor, derived)["id"] for actor in ACTORS for derived in (False, True)]
    assert set(pd.concat(reached)) == set(rows["id"])


def test_nothing_is_recommended_to_who_is_unknown():
    with pytest.raises(KeyError, match="no actor 'pupils': choose from policy, school"):
        recommendations_for("pupils", derived=False)


def test_every_slide_has_points_and_its_level_carries_them(points):
    slides = published.slides()
    assert list(points["slide"].unique()) == list(slides["slide"])
    pages = points.groupby("slide")["page"].unique().str.join("+")
    assert list(pages) == list(slides["level"])


def test_a_slide_that_is_a_title_has_it_as_its_point(points):
    alone = points.groupby("slide").filter(lambda rows: len(rows) == 1)
    titles = alone["slide"].map(published.slides().set_index("slide")["title"])
    assert list(alone["slide"]) == [2, 4, 10, 12, 15, 27]
    assert list(alone["text"]) == list(titles)


def test_every_number_of_a_slide_is_in_its_points(points):
    texts = points.groupby("slide")["text"].agg(" ".join).str.lower()
    printed = published.slide_numbers().query("claim != ''")
    missing = [(row.slide, row.printed) for row in printed.itertuples() if row.printed.lower() not in texts[row.slide]]
    assert missing == []


def test_no_two_points_of_a_slide_are_recognised_by_the_same_words(points):
    assert not points.duplicated(["slide", "key"]).any()


@pytest.mark.parametrize(
    ("block", "key", "found"),
    [
        ("Voor 65,47% is begeleiden een zware taak.", "65,47;zware taak", True),
        ("Voor 65,47% is begeleiden een taak.", "65,47;zware taak", False),
        ("ZWARE\N{NO-BREAK SPACE}taak\N{NARROW NO-BREAK SPACE}voor 1\n op 5", "Zware Taak;1 op 5", True),
        ("Leerlingen wisselen", "rotatie|wissel", True),
        ("Leerlingen blijven", "rotatie|wissel", False),
        ("rotatie wissel", "rotatie|wissel;leerling", False),
    ],
)
def test_a_block_carries_a_point_if_it_has_every_part_of_the_key(block, key, found):
    assert bullets.carries(block, key) is found
