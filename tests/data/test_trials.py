"""data/trials: what its rules cannot see, because it spans rows or tables."""

import re

import pytest

from ledger.tables.reading import DataError
from leerwerk import study
from leerwerk.tables import trials
from leerwerk.tables.folder import DATA

RESULTS = "trials/results.csv"


def test_two_outcomes_of_one_trial_never_both_count(desk):
    desk.edit(RESULTS, "bam-transfers", pooled="yes", reason="")
    with pytest.raises(DataError) as caught:
        DATA.table(RESULTS, study.tables()[RESULTS])
    assert {problem.row for problem in caught.value.problems} == {5, 6}
    assert all("per proef" in problem.demand for problem in caught.value.problems)


def test_every_source_is_known_and_used():
    assert set(trials.results()["source"]) == set(trials.sources()["source"])


def test_every_place_is_an_address():
    rows = trials.results()
    assert rows["seen_where"].str.contains(r"\w+\.\w+/").all()
    assert trials.sources()["address"].str.fullmatch(r"https?://\S+").all()


def test_at_least_ten_trials_count_each_with_a_name_of_its_own():
    counted = trials.results().query("pooled == 'yes'")
    assert len(counted) >= 10
    assert not counted["label"].duplicated().any()
    assert not counted["sample"].duplicated().any()


def test_finishing_goes_before_leaving_wherever_the_whole_sample_has_both():
    """The rule of data/trials/README.md, but for outcomes that were measured in a part of the sample."""
    rows = trials.results()
    counted = rows[rows["pooled"] == "yes"].set_index("sample")
    finishing = rows[(rows["measure"] == "finished") & rows["sample"].isin(counted.index)]
    finishing = finishing[finishing["treated_rate"] != 0]  # of nobody at all no error can be given
    for row in finishing.itertuples():
        assert counted.loc[row.sample, "measure"] == "finished" or "eerste groep" in row.reason, row.id


def test_an_effect_that_is_a_difference_of_the_printed_rates_is_that_difference():
    """`effect` is as the source says it: where it is a number of points, it agrees with the rates."""
    seen = 0
    for row in (
        trials.results().query("measure != 'other'").dropna(subset=["treated_rate", "control_rate"]).itertuples()
    ):
        said = re.match(r"([+-][\d.]+)( pp|$)", row.effect)
        if said:
            points = float(said[1]) * (1 if "pp" in row.effect else 100)
            assert points == pytest.approx(row.treated_rate - row.control_rate, abs=0.05), row.id
            seen += 1
    assert seen > 20
