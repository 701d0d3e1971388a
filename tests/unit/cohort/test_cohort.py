"""The synthetic cohorts: published margins for every seed, published directions in the true effects."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from ledger import granularity
from leerwerk.cohort import abo, calibration, learners, pupils, records
from leerwerk.cohort.assumptions import assumptions
from leerwerk.study import claim
from leerwerk.tables.folder import DATA

SEEDS = range(50)


@pytest.fixture(scope="module")
def learning() -> dict[int, learners.Cohort]:
    return {seed: records.learners(seed) for seed in SEEDS}


@pytest.fixture(scope="module")
def special() -> dict[int, learners.Cohort]:
    return {seed: records.abo(seed) for seed in SEEDS}


def of(table: pd.DataFrame, programme: str) -> pd.DataFrame:
    return table[table["programme"].isin([programme, "both"])]


# --- Margins: as printed, whatever the seed ---


LEARNER_MARGINS = {
    "micro.brug.participation": lambda table: len(of(table, "brug")) / len(table),
    "micro.ibal.participation": lambda table: len(of(table, "ibal")) / len(table),
    "micro.ibal.brug_before": lambda table: (of(table, "ibal")["programme"] == "both").mean(),
    "micro.brug.mean_hours": lambda table: of(table, "brug")["brug_hours"].mean(),
    "micro.ibal.mean_hours": lambda table: of(table, "ibal")["ibal_hours"].mean(),
    "micro.programmes.mother_low_education": lambda table: (
        table.loc[table["programme"] != "none", "mother"] == "low"
    ).mean(),
    "micro.programmes.men": lambda table: np.sign((table.loc[table["programme"] != "none", "sex"] == "m").mean() - 0.5),
}
ABO_MARGINS = {
    "micro.abo.participation": lambda table: table["abo"].mean(),
    "micro.abo.bonus_share": lambda table: table.loc[table["abo"] == 1, "bonus"].mean(),
    "micro.bonus.absence_with": lambda table: table.loc[table["bonus"] == 1, "absent"].mean(),
    "micro.bonus.absence_without": lambda table: table.loc[
        (table["abo"] == 1) & (table["bonus"] == 0), "absent"
    ].mean(),
    "micro.abo.mother_low_education": lambda table: (table.loc[table["abo"] == 1, "mother"] == "low").mean(),
    "micro.abo.men": lambda table: np.sign((table.loc[table["abo"] == 1, "sex"] == "m").mean() - 0.5),
}


@pytest.mark.parametrize("claim_id", LEARNER_MARGINS)
def test_learners_show_every_published_margin(learning, claim_id):
    shown = {seed: LEARNER_MARGINS[claim_id](drawn.observed) for seed, drawn in learning.items()}
    assert {seed: value for seed, value in shown.items() if not claim(claim_id).allows(value)} == {}


@pytest.mark.parametrize("claim_id", ABO_MARGINS)
def test_abo_learners_show_every_published_margin(special, claim_id):
    shown = {seed: ABO_MARGINS[claim_id](drawn.observed) for seed, drawn in special.items()}
    assert {seed: value for seed, value in shown.items() if not claim(claim_id).allows(value)} == {}


def test_abo_groups_are_the_smallest_that_fit_the_published_percentages(special):
    figures = [
        claim(f"micro.{name}").published for name in ("abo.bonus_share", "bonus.absence_with", "bonus.absence_without")
    ]
    split = granularity.smallest_split(*figures)
    for drawn in special.values():
        table = drawn.observed
        assert table["bonus"].sum() == split.n_first
        assert (table["abo"] - table["bonus"]).sum() == split.n_second


def test_the_mean_hours_are_the_middle_of_what_was_printed(learning):
    for drawn in learning.values():
        assert of(drawn.observed, "brug")["brug_hours"].mean() == claim("micro.brug.mean_hours").middle
        assert of(drawn.observed, "ibal")["ibal_hours"].mean() == claim("micro.ibal.mean_hours").middle


# --- Directions: in the average of the potential outcomes, whatever the seed ---


def effects(truth: pd.DataFrame, outcome: str) -> dict[str, float]:
    return {
        arm: (truth[f"{outcome}_{arm}"] - truth[f"{outcome}_none"]).mean()
        for arm in ("brug", "ibal", "both", "abo", "bonus")
        if f"{outcome}_{arm}" in truth
    }


def test_who_gets_into_brug_would_have_left_less_often_anyway(learning):
    for seed, drawn in learning.items():
        inside = drawn.observed["programme"].isin(["brug", "both"])
        anyway = drawn.truth.groupby(inside)["vsv_none"].mean()
        assert anyway[True] < anyway[False] - 0.02, seed


def test_observed_traits_of_brug_pupils_are_favourable(learning):
    for seed, drawn in learning.items():
        inside = drawn.observed["programme"].isin(["brug", "both"])
        means = drawn.observed.assign(low=drawn.observed["mother"] == "low").groupby(inside)[
            ["absence_before", "arrears", "low"]
        ]
        assert (means.mean().loc[True] < means.mean().loc[False]).all(), seed


def test_ibal_lowers_early_leaving_and_raises_work_and_both_together_do_most(learning):
    for seed, drawn in learning.items():
        vsv, nec = effects(drawn.truth, "vsv"), effects(drawn.truth, "nec")
        assert vsv["both"] < vsv["ibal"] < 0, seed
        assert vsv["both"] < vsv["brug"], seed
        assert nec["both"] > nec["ibal"] > 0, seed
        assert nec["both"] > nec["brug"], seed


def test_selection_makes_brug_look_better_than_it_is(learning):
    for seed, drawn in learning.items():
        raw = drawn.observed.groupby("programme")["vsv"].mean()
        assert raw["brug"] - raw["none"] < effects(drawn.truth, "vsv")["brug"], seed


def test_abo_raises_work_and_the_bonus_adds_exactly_nothing(special):
    for seed, drawn in special.items():
        nec = effects(drawn.truth, "nec")
        assert nec["abo"] > 0, seed
        assert (drawn.truth["nec_abo"] == drawn.truth["nec_bonus"]).all(), seed


def test_the_bonus_lowers_absence_for_some_and_raises_it_for_nobody(special):
    for seed, drawn in special.items():
        change = drawn.truth["absent_bonus"] - drawn.truth["absent_abo"]
        assert change.mean() < -0.03, seed
        assert (change <= 0).all(), seed


# --- What is seen follows from the truth ---


def test_observed_outcomes_are_the_potential_ones_of_the_programme_followed(learning):
    drawn = learning[0]
    both = drawn.observed.merge(drawn.truth, on="id")
    for outcome in ("vsv", "nec", "months"):
        expected = [row[f"{outcome}_{row['programme']}"] for row in both.to_dict("records")]
        assert both[outcome].tolist() == expected


def test_months_end_at_leaving_or_at_the_end_of_follow_up(learning):
    table = learning[0].observed
    end = 12 * (claim("micro.study.period_to").value - table["cohort"])
    assert (table.loc[table["vsv"] == 0, "months"] == end[table["vsv"] == 0]).all()
    assert (table["months"] <= end).all()
    assert sorted(table["cohort"].unique()) == [2014, 2015]


def test_early_leaving_is_about_the_public_share(learning):
    public = assumptions().number("learners.vsv_share")
    assert abs(np.mean([drawn.observed["vsv"].mean() for drawn in learning.values()]) - public) < 0.005


def test_centres_are_unequal_and_their_pupils_resemble_each_other(learning):
    table = learning[0].observed
    sizes = table.groupby("centre").size()
    assert len(sizes) == assumptions().count("learners.centres")
    assert sizes.max() > 3 * sizes.min()


def test_bridge_effects_have_the_asked_spread_and_keep_a_logit_a_logit():
    grid = (np.arange(200_000) + 0.5) / 200_000
    drawn = pupils.bridge(grid, 0.8)
    assert abs(drawn.mean()) < 1e-9
    assert abs(drawn.std() - 0.8) < 1e-3
    shrink = 1 / np.sqrt(1 + 3 * 0.8**2 / np.pi**2)
    for log_odds in (-2.0, 0.5, 3.0):
        averaged = calibration.expit(log_odds + drawn).mean()
        assert abs(averaged - calibration.expit(shrink * log_odds)) < 1e-6


# --- Seeds ---


def test_the_same_seed_gives_the_same_bytes_and_another_one_others():
    first, again, other = (records.as_csv(records.learners(seed).observed) for seed in (7, 7, 8))
    assert first == again != other


def test_committed_tables_regenerate_bit_for_bit():
    for name, table in records.tables().items():
        assert (DATA.path / name).read_bytes() == records.as_csv(table), f"data/{name}: python -m leerwerk.cohort"


def test_tables_with_fractions_are_refused():
    with pytest.raises(TypeError, match="share"):
        records.as_csv(pd.DataFrame({"share": [0.1]}))


# --- The steps of the calibration ---


@pytest.mark.parametrize("places", [[3], [10, 20, 5], [1, 1, 1, 96]])
def test_clearing_fills_every_place_with_its_favourites(places):
    utility = np.random.default_rng(1).normal(size=(100, len(places) + 1))
    choice, bonus = calibration.clear(utility, places)
    assert np.bincount(choice, minlength=len(places) + 1)[1:].tolist() == places
    assert (choice == (utility + bonus).argmax(axis=1)).all()


def test_clearing_refuses_more_places_than_pupils():
    with pytest.raises(calibration.CalibrationError, match="4 leerlingen"):
        calibration.clear(np.zeros((4, 2)), [4])


@pytest.mark.parametrize(("total", "most"), [(675 * 10, 25), (700, 25), (16_000, 25), (675 * 250, 800)])
def test_whole_numbers_add_up_and_keep_the_order(total, most):
    ranks = np.random.default_rng(2).random(675)
    numbers = calibration.whole_numbers(ranks, total, most)
    assert numbers.sum() == total
    assert 1 <= numbers.min() <= numbers.max() <= most
    assert (np.diff(numbers[np.argsort(ranks)]) >= -1).all()


def test_whole_numbers_refuse_an_impossible_total():
    with pytest.raises(calibration.CalibrationError, match="bestaan niet"):
        calibration.whole_numbers(np.array([0.2, 0.7]), 51, 25)


def test_a_share_that_no_count_can_show_is_refused():
    with pytest.raises(calibration.CalibrationError, match="geen aantal op 3"):
        calibration.nearest_count(claim("micro.abo.bonus_share"), 3)


def test_largest_remainders_add_up():
    assert calibration.proportional(10, [1, 1, 1]) == [4, 3, 3]
    assert calibration.proportional(1725, [2261, 236, 439]) == [1328, 139, 258]


def test_thresholds_are_exceeded_by_exactly_so_many():
    latent = np.random.default_rng(3).normal(size=608)
    assert (latent > calibration.threshold(latent, 57)).sum() == 57


def test_the_population_of_abo_fits_the_published_share():
    assumed = assumptions().within("abo")
    split = abo.group_sizes(assumed)
    size = abo.population_size(assumed, split.total)
    assert claim("micro.abo.participation").allows(split.total / size)
