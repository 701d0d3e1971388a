"""The ledger's rows that rest on pupil records: what synthetic ones can and cannot say."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ledger import claim
from leerwerk import study
from leerwerk.cohort import records
from leerwerk.effects import average_effect
from leerwerk.micro.pupils import answers, programmes
from leerwerk.tables import folder, published, pupils
from leerwerk.tables.folder import DATA

ROWS = published.claims().query("basis == 'microdata'")["id"].tolist()


@pytest.fixture(autouse=True)
def _synthetic(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(folder.MICRODATA, raising=False)


@pytest.fixture(scope="module")
def learners() -> pd.DataFrame:
    return pupils.learners()


@pytest.fixture(scope="module")
def abo() -> pd.DataFrame:
    return pupils.abo_learners()


def test_every_row_that_rests_on_pupil_records_has_an_answer():
    assert sorted(answers.ANSWERS) == sorted(ROWS)


@pytest.mark.parametrize("claim_id", ROWS)
def test_synthetic_records_make_a_row_calibrated_at_best(claim_id):
    quantity = answers.answer(claim_id)
    published = study.claim(claim_id)
    assert quantity.evidence == "synthetic"
    assert quantity.unit == published.unit
    assert claim.status_of(published, quantity) == "calibrated"


def test_real_records_are_restricted_and_reproduce(tmp_path, monkeypatch):
    for name in folder.PUPIL_RECORDS:
        (tmp_path / Path(name).name).write_bytes((DATA.path / name).read_bytes())
    monkeypatch.setenv(folder.MICRODATA, str(tmp_path))
    for claim_id in ("micro.ibal.vsv", "micro.abo.bonus_share", "micro.bonus.absence_with"):
        quantity = answers.answer(claim_id)
        assert quantity.evidence == "restricted"
        assert claim.status_of(study.claim(claim_id), quantity) == "reproduced"


# --- One point off turns the row ---


def moved(
    table: pd.DataFrame, condition: pd.Series, column: str, value: object, points: float, of: int
) -> pd.DataFrame:
    """The table with the first pupils that meet a condition changed, as many as make so many points of `of`."""
    rows = table.index[condition][: round(points / 100 * of)]
    return table.assign(**{column: table[column].where(~table.index.isin(rows), value)})


def status(claim_id: str, table: pd.DataFrame) -> str:
    quantity = answers.ANSWERS[claim_id][1](table, evidence="synthetic")
    return claim.status_of(study.claim(claim_id), quantity)


@pytest.mark.parametrize(
    ("claim_id", "points"),
    # As many points as lie between the middle of what the wording allows and its end; the narrow ones need one.
    [("micro.brug.participation", 1), ("micro.ibal.participation", 1), ("micro.ibal.brug_before", 3)],
)
def test_fewer_pupils_in_a_programme_turn_the_row(learners, claim_id, points):
    inside = learners["programme"].isin(["ibal", "both"])
    cases = {
        "micro.brug.participation": (learners["programme"] == "brug", "none", len(learners)),
        "micro.ibal.participation": (learners["programme"] == "ibal", "none", len(learners)),
        "micro.ibal.brug_before": (learners["programme"] == "both", "ibal", int(inside.sum())),
    }
    condition, value, total = cases[claim_id]
    assert status(claim_id, learners) == "calibrated"
    assert status(claim_id, moved(learners, condition, "programme", value, points, total)) == "inconsistent"


@pytest.mark.parametrize(
    ("claim_id", "column", "bonus"),
    [
        ("micro.abo.bonus_share", "bonus", 1),
        ("micro.bonus.absence_with", "absent", 1),
        ("micro.bonus.absence_without", "absent", 0),
    ],
)
def test_one_point_more_or_less_turns_the_rows_of_the_bonus(abo, claim_id, column, bonus):
    group = (abo["abo"] == 1) & ((abo["bonus"] == bonus) | (column == "bonus"))
    for value in (0, 1):
        changed = moved(abo, group & (abo[column] != value), column, value, 1, int(group.sum()))
        assert status(claim_id, changed) == "inconsistent"


def test_one_hour_more_turns_the_mean_hours(learners):
    for programme in ("brug", "ibal"):
        column = f"{programme}_hours"
        more = learners.assign(**{column: learners[column] + (learners[column] > 0)})
        assert status(f"micro.{programme}.mean_hours", more) == "inconsistent"


def test_turned_outcomes_turn_the_directions(learners, abo):
    turned = learners.assign(vsv=1 - learners["vsv"], nec=1 - learners["nec"])
    for row in ("ibal.vsv", "ibal.nec", "brug_ibal.priorities", "brug.selection", "brug.selection_success"):
        assert status(f"micro.{row}", turned) == "inconsistent", row
    assert status("micro.abo.nec", abo.assign(nec=1 - abo["nec"])) == "inconsistent"
    swapped = {"m": "f", "f": "m"}
    assert status("micro.programmes.men", learners.replace({"sex": swapped})) == "inconsistent"
    assert status("micro.abo.men", abo.replace({"sex": swapped})) == "inconsistent"


def test_a_bonus_that_brings_work_turns_its_row(abo):
    hired = abo.assign(nec=abo["nec"].where(abo["bonus"] == 0, 1 - (abo["id"] % 4 == 0)))
    assert status("micro.bonus.nec", hired) == "inconsistent"


def test_programmes_without_effect_have_no_direction(learners):
    shuffled = learners.assign(programme=np.random.default_rng(5).permutation(learners["programme"]))
    for row in ("ibal.vsv", "ibal.nec", "brug.selection", "brug.selection_success"):
        assert answers.ANSWERS[f"micro.{row}"][1](shuffled, evidence="synthetic").value == 0, row


# --- Estimates against the truth that only synthetic records have ---


def test_adjusting_brings_brug_nearer_to_its_true_effect_but_not_to_it(learners):
    truth = (pupils.shipped(pupils.LEARNER_TRUTH)["vsv_brug"] - pupils.shipped(pupils.LEARNER_TRUTH)["vsv_none"]).mean()
    raw, adjusted = (
        programmes.programme_effects(learners, "vsv", method=method, evidence="synthetic")["brug"]
        for method in ("difference", "aipw")
    )
    assert raw.value < adjusted.value < truth
    assert adjusted.upper < truth, "without motivation the interval misses the truth"


@pytest.mark.filterwarnings("ignore::leerwerk.effects.errors.WeakOverlapWarning")
def test_with_motivation_the_interval_holds_the_truth(learners):
    """Overlap is weak then: hardly any unmotivated pupil follows both programmes. It is remarked upon elsewhere."""
    truth = pupils.shipped(pupils.LEARNER_TRUTH)
    known = learners.merge(truth[["id", "motivation"]], on="id")
    known = programmes.prepared(known.assign(motivation=known["motivation"] / 1000))
    terms = f"{programmes.TRAITS} + motivation"
    for outcome in ("vsv", "nec"):
        found = average_effect(
            known, outcome=f"{outcome} ~ {terms}", treatment=f"arm ~ {terms}", cluster="centre", level=0.99
        )
        for arm in ("brug", "ibal", "both"):
            true = (truth[f"{outcome}_{arm}"] - truth[f"{outcome}_none"]).mean()
            assert found.table.loc[arm, "lower"] < true < found.table.loc[arm, "upper"], (outcome, arm)


def test_the_bonus_lowers_absence_by_about_its_true_effect(abo):
    truth = pupils.shipped(pupils.ABO_TRUTH)[abo["abo"] == 1]
    found = programmes.bonus_effect(abo, "absent", evidence="synthetic")
    assert found.lower < (truth["absent_bonus"] - truth["absent_abo"]).mean() < found.upper < 0


def test_mean_hours_have_the_interval_of_a_mean_over_centres():
    table = pd.DataFrame({"centre": [1, 2, 3], "programme": "brug", "brug_hours": [100, 250, 400]})
    found = answers.mean_hours(table.assign(ibal_hours=0, vsv=0, nec=0), "brug", evidence="synthetic")
    # The usual t interval of three observations.
    margin = 4.302652729911275 * 150 / np.sqrt(3)
    assert found.value == 250
    np.testing.assert_allclose([found.lower, found.upper], [250 - margin, 250 + margin])


def test_another_seed_is_calibrated_too():
    for claim_id in ("micro.brug.participation", "micro.ibal.mean_hours", "micro.programmes.mother_low_education"):
        assert status(claim_id, records.learners(11).observed) == "calibrated"
