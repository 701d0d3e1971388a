"""Answers to the claims whose basis is pupil records: counted in the files, intervals and effects by `by_hand`."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from statsmodels.stats.proportion import proportion_confint
from tests.numbers import by_hand
from tests.numbers.by_hand import PERSON, TRAITS, Found

from ledger.claim import Withheld
from leerwerk.micro.pupils import answers, disclosure, programmes
from leerwerk.micro.pupils.programmes import Estimate
from leerwerk.tables import folder

# As in test_pupil_frames: no mistake in a formula is as small as a millionth.
SAME = 1e-6


@pytest.fixture(autouse=True)
def _synthetic(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(folder.MICRODATA, raising=False)


@pytest.fixture(scope="module")
def pupils() -> pd.DataFrame:
    return by_hand.records("learners")


@pytest.fixture(scope="module")
def abo() -> pd.DataFrame:
    return by_hand.records("abo_learners")


# Claim, who is counted (a query on the file; empty: everyone), and which of them have the trait.
SHARES = [
    ("micro.brug.participation", "", "programme in ['brug', 'both']"),
    ("micro.ibal.participation", "", "programme in ['ibal', 'both']"),
    ("micro.ibal.brug_before", "programme in ['ibal', 'both']", "programme == 'both'"),
    ("micro.programmes.mother_low_education", "programme != 'none'", "mother == 'low'"),
    ("micro.abo.participation", "", "abo == 1"),
    ("micro.abo.mother_low_education", "abo == 1", "mother == 'low'"),
    ("micro.abo.bonus_share", "abo == 1", "bonus == 1"),
    ("micro.bonus.absence_with", "abo == 1 and bonus == 1", "absent == 1"),
    ("micro.bonus.absence_without", "abo == 1 and bonus == 0", "absent == 1"),
]


@pytest.mark.parametrize(("claim_id", "among", "having"), SHARES, ids=[case[0] for case in SHARES])
def test_a_share_is_counted_in_the_file(claim_id: str, among: str, having: str, pupils, abo) -> None:
    table = abo if claim_id.split(".")[1] in ("abo", "bonus") else pupils
    group = table.query(among) if among else table
    k, n = len(group.query(having)), len(group)
    found = answers.answer(claim_id)
    assert (found.value, found.n, found.unit, found.evidence) == (k / n, n, "share", "synthetic")
    np.testing.assert_allclose((found.lower, found.upper), proportion_confint(k, n, method="wilson"), rtol=SAME)


@pytest.mark.parametrize("programme", ["brug", "ibal"])
def test_mean_hours_are_those_of_the_pupils_in_the_programme(programme: str, pupils) -> None:
    inside = pupils[pupils["programme"].isin([programme, "both"])]
    hours = inside[f"{programme}_hours"].to_numpy(float)
    expected = by_hand.mean(hours, np.ones(len(hours), bool), inside["centre"].to_numpy())
    found = answers.answer(f"micro.{programme}.mean_hours")
    np.testing.assert_allclose((found.value, found.lower, found.upper), (expected.value, *expected.interval), rtol=SAME)
    assert (found.n, found.unit, found.evidence) == (len(inside), "hours", "synthetic")


def test_men_outnumber_women_only_where_they_are_more(pupils, abo) -> None:
    """Counted: 62% of BRUG, 66% of IBAL and 63% of ABO are men."""
    for table, name in (
        (pupils[pupils["programme"].isin(["brug", "both"])], "micro.programmes.men"),
        (pupils[pupils["programme"].isin(["ibal", "both"])], "micro.programmes.men"),
        (abo[abo["abo"] == 1], "micro.abo.men"),
    ):
        assert (table["sex"] == "m").sum() > (table["sex"] == "f").sum()
        assert (answers.answer(name).value, answers.answer(name).unit) == (1, "direction")


def test_half_men_and_half_women_are_no_direction() -> None:
    table = pd.DataFrame({"sex": ["m", "f"] * 10, "programme": "both", "vsv": 0, "nec": 0, "abo": 1})
    assert answers.abo_more_men(table).exactly("synthetic").value == 0
    assert answers.programmes_more_men(table).exactly("synthetic").value == 0


def test_more_men_in_one_programme_and_more_women_in_the_other_are_no_direction() -> None:
    table = pd.DataFrame({"sex": ["m", "m", "f", "f", "f", "m"], "programme": ["brug"] * 3 + ["ibal"] * 3})
    assert answers.programmes_more_men(table.assign(vsv=0, nec=0)).exactly("synthetic").value == 0


# --- Effects behind the directions ---


def agrees(found: Estimate, expected: Found, n: int) -> None:
    np.testing.assert_allclose((found.value, found.lower, found.upper), (expected.value, *expected.interval), rtol=SAME)
    assert found.n == n


def gap(table: pd.DataFrame, arm: np.ndarray, outcome: str, traits: tuple[str, ...]) -> Found:
    without, having = by_hand.adjusted_means(table, arm, outcome, traits)
    return having - without


@pytest.mark.parametrize("outcome", ["vsv", "nec"])
def test_ibal_counts_with_and_without_brug_which_is_a_trait_then(outcome: str, pupils) -> None:
    known = pupils.assign(brug=pupils["programme"].isin(["brug", "both"]).astype(int))
    arm = pupils["programme"].isin(["ibal", "both"]).astype(int).to_numpy()
    found = programmes.ibal_effect(pupils, outcome)
    agrees(found, gap(known, arm, outcome, (*TRAITS, "brug")), arm.sum())
    without, having = by_hand.raw_means(pupils, arm, outcome)
    raw = programmes.ibal_effect(pupils, outcome, method="difference")
    agrees(raw, having - without, arm.sum())


def test_what_selection_adds_is_the_adjusted_less_the_raw_effect(pupils) -> None:
    two = pupils[pupils["programme"].isin(["none", "brug"])].reset_index(drop=True)
    arm = (two["programme"] == "brug").astype(int).to_numpy()
    without, having = by_hand.raw_means(two, arm, "vsv")
    expected = (gap(two, arm, "vsv", TRAITS) - (having - without)).plain
    agrees(programmes.selection_share_of_success(pupils), expected, len(two))
    assert expected.interval[0] > 0
    answer = answers.answer("micro.brug.selection_success")
    assert (answer.value, answer.n, answer.unit) == (1, len(two), "direction")


def test_prospects_are_told_as_a_direction(pupils) -> None:
    expected = by_hand.prospects(pupils)
    agrees(programmes.selection(pupils), expected, 9325)
    assert expected.interval[0] > 0
    assert answers.answer("micro.brug.selection").value == 1


def test_together_the_programmes_reach_both_goals_more_often_than_none_and_than_brug_alone(pupils) -> None:
    both = pupils.assign(goals=((pupils["vsv"] == 0) & (pupils["nec"] == 1)).astype(int))
    codes = pupils["programme"].map({name: code for code, name in enumerate(by_hand.ARMS)}).to_numpy()
    none, brug, _, together = by_hand.adjusted_means(both, codes, "goals", TRAITS)
    assert (together - none).interval[0] > 0
    assert (together - brug).interval[0] > 0
    found = programmes.together_effects(pupils)
    assert list(found) == ["none", "brug"]
    agrees(found["none"], together - none, (pupils["programme"] == "both").sum())
    agrees(found["brug"], together - brug, (pupils["programme"] == "both").sum())
    answer = answers.answer("micro.brug_ibal.priorities")
    assert (answer.value, answer.n, answer.unit) == (1, len(pupils), "direction")


def test_together_no_better_than_brug_alone_is_no_direction(pupils) -> None:
    """Half of BRUG's own pupils are called pupils of both: better than none, but no better than BRUG."""
    half = (pupils["programme"] == "brug") & (np.random.default_rng(3).random(len(pupils)) < 0.5)
    renamed = pupils.assign(programme=pupils["programme"].replace("both", "ibal").mask(half, "both"))
    codes = renamed["programme"].map({name: code for code, name in enumerate(by_hand.ARMS)}).to_numpy()
    goals = renamed.assign(goals=((renamed["vsv"] == 0) & (renamed["nec"] == 1)).astype(int))
    none, brug, _, together = by_hand.adjusted_means(goals, codes, "goals", TRAITS)
    assert (together - none).interval[0] > 0 > (together - brug).interval[0]
    assert answers.together_reach_goals(renamed).exactly("synthetic").value == 0


@pytest.mark.parametrize(
    ("none", "brug", "sign"),
    [
        ((0.1, 0.2), (0.05, 0.3), 1),
        ((0.1, 0.2), (-0.1, 0.2), 0),
        ((-0.2, -0.1), (0.1, 0.2), 0),
        ((0.1, 0.2), (-0.2, -0.1), 0),
        ((-0.2, -0.1), (-0.3, -0.2), -1),
    ],
)
def test_together_has_a_direction_where_both_comparisons_have_the_same(
    none: tuple[float, float], brug: tuple[float, float], sign: int, pupils, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = {"none": Estimate(sum(none) / 2, *none, 40), "brug": Estimate(sum(brug) / 2, *brug, 40)}
    monkeypatch.setattr(programmes, "together_effects", lambda _: found)
    draft = answers.together_reach_goals(pupils)
    assert draft.exactly("synthetic").value == sign
    assert draft.size is not None
    assert (draft.size().value, draft.size().lower, draft.size().upper) == (sum(none) / 2, *none)


def test_goals_that_traits_explain_are_no_direction(pupils) -> None:
    """Pupils in no programme get one by lot, both most often where neither absence nor arrears stand in the way."""
    rng = np.random.default_rng(8)
    alone = pupils[pupils["programme"] == "none"].reset_index(drop=True)
    easy = (alone["absence_before"] == 0) & (alone["arrears"] == 0)
    others = rng.choice(["none", "brug", "ibal"], len(alone))
    drawn = alone.assign(programme=np.where(rng.random(len(alone)) < np.where(easy, 0.7, 0.1), "both", others))
    codes = drawn["programme"].map({name: code for code, name in enumerate(by_hand.ARMS)}).to_numpy()
    goals = drawn.assign(goals=((drawn["vsv"] == 0) & (drawn["nec"] == 1)).astype(int))
    for means, holds_zero in (
        (by_hand.raw_means(goals, codes, "goals"), False),
        (by_hand.adjusted_means(goals, codes, "goals", TRAITS), True),
    ):
        none, brug, _, together = means
        assert [(together - other).interval[0] <= 0 for other in (none, brug)] == [holds_zero] * 2
    assert answers.together_reach_goals(drawn).exactly("synthetic").value == 0


def test_effects_in_buso(abo) -> None:
    agrees(programmes.abo_effect(abo), gap(abo, abo["abo"].to_numpy(), "nec", PERSON), 2718)
    inside = abo[abo["abo"] == 1].reset_index(drop=True)
    for outcome in ("nec", "absent"):
        expected = gap(inside, inside["bonus"].to_numpy(), outcome, PERSON)
        agrees(programmes.bonus_effect(abo, outcome), expected, 2110)


@pytest.mark.parametrize(
    ("ends", "sign"),
    # An end at zero holds zero.
    [((0.1, 0.2), 1), ((-0.2, -0.1), -1), ((-0.1, 0.2), 0), ((0.0, 0.2), 0), ((-0.2, 0.0), 0)],
)
def test_a_direction_needs_an_interval_beside_zero(ends: tuple[float, float], sign: int) -> None:
    found = Estimate(sum(ends) / 2, *ends, 40).sign("synthetic")
    assert (found.value, found.unit, found.n, found.evidence) == (sign, "direction", 40, "synthetic")


def test_each_direction_is_that_of_its_own_effect(pupils, abo, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the made-up records both kinds of selection point the same way, on the same pupils."""
    for answer, name, effect, ends in (
        (answers.brug_selects_positively, "selection", Estimate(0.1, 0.05, 0.15, 7), (1, 1)),
        (answers.selection_helps_brug, "selection_share_of_success", Estimate(-0.1, -0.15, -0.05, 8), (-1, -1)),
        # Beyond the margin, so not decided.
        (answers.bonus_adds_to_nec, "bonus_effect", Estimate(0.05, -0.05, 0.15, 9), (-1, 1)),
    ):
        monkeypatch.setattr(programmes, name, lambda *_, effect=effect: effect)
        found = answer(abo if name == "bonus_effect" else pupils).exactly("synthetic")
        assert ((found.lower, found.upper), found.n) == (ends, effect.n)


def test_the_other_way_round_the_ends_change_places() -> None:
    assert Estimate(0.1, -0.05, 0.25, 7).opposite() == Estimate(-0.1, -0.25, 0.05, 7)
    found = Estimate(0.1, -0.05, 0.25, 7).quantity("synthetic")
    assert (found.value, found.unit, found.lower, found.upper, found.n) == (0.1, "points", -0.05, 0.25, 7)
    assert found.evidence == "synthetic"


def test_arms_and_goals_of_each_programme() -> None:
    table = pd.DataFrame({"programme": ["none", "brug", "ibal", "both"], "vsv": [0, 0, 1, 1], "nec": [1, 0, 1, 0]})
    found = programmes.prepared(table)
    assert list(found["arm"].cat.categories) == ["none", "brug", "ibal", "both"]
    assert list(found["arm"]) == list(table["programme"])
    assert found[["brug", "ibal", "goals"]].to_numpy().T.tolist() == [[0, 1, 0, 1], [0, 0, 1, 1], [1, 0, 0, 0]]


# --- Real records: nine pupils are too few to show ---


def few(table: pd.DataFrame, query: str, column: str, other: object, keep: int) -> pd.DataFrame:
    """The table with a column changed in all but a few of the rows that answer a query."""
    rows = table.query(query).index[keep:]
    return table.assign(**{column: table[column].where(~table.index.isin(rows), other)})


# Claim, whose trait, the column that changes and what it becomes, and the cell that is too small then.
IN_BRUG, IN_IBAL = "programme in ['brug', 'both']", "programme in ['ibal', 'both']"
SMALL = [
    ("micro.brug.participation", IN_BRUG, "programme", "none", "deelname brug: wel"),
    ("micro.ibal.participation", IN_IBAL, "programme", "none", "deelname ibal: wel"),
    ("micro.ibal.brug_before", "programme == 'both'", "programme", "ibal", "brug bij ibal: wel"),
    ("micro.ibal.brug_before", "programme == 'ibal'", "programme", "both", "brug bij ibal: niet"),
    ("micro.brug.mean_hours", IN_BRUG, "programme", "none", "leerlingen brug"),
    ("micro.ibal.mean_hours", IN_IBAL, "programme", "none", "leerlingen ibal"),
    ("micro.programmes.men", f"{IN_IBAL} and sex == 'f'", "sex", "m", "mannen in ibal: niet"),
    ("micro.programmes.mother_low_education", "programme != 'none' and mother == 'low'", "mother", "mid", "moeder"),
    ("micro.brug.selection", "programme == 'brug' and vsv == 1", "vsv", 0, "vsv bij brug 1: wel"),
    ("micro.brug.selection_success", "programme == 'brug' and vsv == 1", "vsv", 0, "vsv bij brug 1: wel"),
    ("micro.ibal.vsv", f"{IN_IBAL} and vsv == 1", "vsv", 0, "vsv bij ibal 1: wel"),
    ("micro.ibal.nec", f"{IN_IBAL} and nec == 1", "nec", 0, "nec bij ibal 1: wel"),
    ("micro.brug_ibal.priorities", "programme == 'both' and vsv == 0", "vsv", 1, "goals bij programme both: wel"),
    ("micro.abo.participation", "abo == 1", "abo", 0, "abo: wel"),
    ("micro.abo.men", "abo == 1 and sex == 'm'", "sex", "f", "mannen in abo: wel"),
    ("micro.abo.mother_low_education", "abo == 1 and mother == 'low'", "mother", "mid", "moeder laagopgeleid: wel"),
    ("micro.abo.bonus_share", "abo == 1 and bonus == 0", "bonus", 1, "bonus: niet"),
    ("micro.bonus.absence_with", "bonus == 1 and absent == 1", "absent", 0, "problematisch afwezig: wel"),
    (
        "micro.bonus.absence_without",
        "abo == 1 and bonus == 0 and absent == 1",
        "absent",
        0,
        "problematisch afwezig: wel",
    ),
    ("micro.abo.nec", "abo == 1 and nec == 1", "nec", 0, "nec bij abo 1: wel"),
    ("micro.bonus.nec", "bonus == 1 and nec == 0", "nec", 1, "nec bij bonus 1: niet"),
]


@pytest.mark.parametrize("case", SMALL, ids=lambda case: case[0])
@pytest.mark.parametrize("keep", [9, 0])
def test_an_answer_that_rests_on_few_pupils_or_none_is_withheld(case: tuple, keep: int, pupils, abo) -> None:
    claim_id, query, column, other, cell = case
    table = abo if claim_id.split(".")[1] in ("abo", "bonus") else pupils
    name, answer = answers.ANSWERS[claim_id]
    draft, possible = answer(few(table, query, column, other, keep)), answer(answers.possible(name, table))
    found = disclosure.decide({claim_id: draft}, {claim_id: possible})[claim_id]
    assert isinstance(found.answer, Withheld)
    assert found.size is None
    assert cell in found.rule


def test_every_answer_has_a_case() -> None:
    assert {case[0] for case in SMALL} == set(answers.ANSWERS)


def test_ten_pupils_may_be_shown_rounded_and_made_up_ones_always_exactly(pupils) -> None:
    some = pupils[:1001]
    ten, nine = (answers.participation(few(some, IN_BRUG, "programme", "none", keep), "brug") for keep in (10, 9))
    possible = answers.participation(answers.possible("synthetic/learners.csv", some), "brug")
    assert disclosure.decide({"x": ten}, {"x": possible})["x"].answer.value == 10 / 1000
    assert nine.exactly("synthetic").value == 9 / 1001


def test_every_effect_says_what_is_left_to_estimate_its_error_with(pupils, abo) -> None:
    """The smallest arm less an intercept and the columns of its outcome model, counted by hand."""
    person, traits = (
        1 + 1 + 2 + 1 + 1 + 5,
        1 + 4 + 1,
    )  # sex, age, mother, language, absence, region; arrears, field, cohort
    arms, alone = pupils["programme"].value_counts(), pupils[~pupils["programme"].isin(["ibal", "both"])]
    expected = {
        "micro.ibal.vsv": arms["ibal"] + arms["both"] - 1 - person - traits - 1,
        "micro.brug_ibal.priorities": arms["ibal"] - 1 - person - traits,
        "micro.brug.selection": (alone["programme"] == "brug").sum() - 1 - person - traits,
        "micro.abo.nec": (abo["abo"] == 1).sum() - 1 - person,
        "micro.bonus.nec": ((abo["abo"] == 1) & (abo["bonus"] == 0)).sum() - 1 - person,
    }
    for claim_id, degrees in expected.items():
        table = abo if claim_id.split(".")[1] in ("abo", "bonus") else pupils
        assert answers.ANSWERS[claim_id][1](table).residual == degrees, claim_id
