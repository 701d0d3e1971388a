"""Small-cell rules: real records show no cell below ten."""

from __future__ import annotations

import pandas as pd
import pytest

from leerwerk.micro.pupils import answers, disclosure, programmes
from leerwerk.micro.pupils.disclosure import DisclosureError


@pytest.mark.parametrize(("count", "small"), [(0, False), (1, True), (9, True), (10, False)])
def test_cells_of_one_to_nine_are_small(count, small):
    assert disclosure.is_small(count) is small


def test_real_records_with_a_small_cell_are_refused_without_its_size():
    with pytest.raises(DisclosureError, match="cel 'afwezig: wel'") as refused:
        disclosure.require_share("restricted", "afwezig", 7, 200)
    assert "7" not in str(refused.value)


def test_few_pupils_without_the_trait_are_as_telling_as_few_with_it():
    with pytest.raises(DisclosureError, match="afwezig: niet"):
        disclosure.require_share("restricted", "afwezig", 193, 200)


def test_synthetic_records_are_never_refused():
    disclosure.require_share("synthetic", "afwezig", 1, 2)


def test_effects_of_real_records_need_enough_outcomes_in_every_arm():
    frame = pd.DataFrame({"arm": ["none"] * 40 + ["ibal"] * 25, "vsv": [0, 1] * 20 + [1] * 20 + [0] * 5})
    disclosure.require_outcomes("synthetic", frame, "arm", ["vsv"])
    with pytest.raises(DisclosureError, match="vsv bij arm ibal: niet"):
        disclosure.require_outcomes("restricted", frame, "arm", ["vsv"])


def few(**columns: object) -> pd.DataFrame:
    """Twelve pupils of whom three differ from the rest."""
    rows = 12
    base = {"centre": [1, 2] * 6, "sex": "m", "programme": ["brug"] * 3 + ["none"] * 9, "mother": "low"}
    base |= {"brug_hours": [100] * 3 + [0] * 9, "ibal_hours": 0, "vsv": [1] * 3 + [0] * 9, "nec": 0}
    return pd.DataFrame(base | {"abo": [1] * 3 + [0] * 9, "bonus": 0, "absent": 0} | columns, index=range(rows))


@pytest.mark.parametrize(
    "compute",
    [
        lambda pupils: answers.participation(pupils, programme="brug", evidence="restricted"),
        lambda pupils: answers.mean_hours(pupils, programme="brug", evidence="restricted"),
        lambda pupils: answers.programmes_more_men(pupils, evidence="restricted"),
        lambda pupils: answers.programmes_mother_low(pupils, evidence="restricted"),
        lambda pupils: answers.abo_participation(pupils, evidence="restricted"),
        lambda pupils: answers.bonus_share(pupils, evidence="restricted"),
        lambda pupils: answers.bonus_absence(pupils, with_bonus=False, evidence="restricted"),
        lambda pupils: programmes.ibal_lowers_vsv(
            pupils.assign(programme=["ibal"] * 3 + ["none"] * 9), evidence="restricted"
        ),
        lambda pupils: programmes.brug_selects_positively(pupils, evidence="restricted"),
        lambda pupils: programmes.selection_helps_brug(pupils, evidence="restricted"),
        lambda pupils: programmes.together_reach_goals(
            pupils.assign(programme=["both", "brug", "ibal"] + ["none"] * 9), evidence="restricted"
        ),
        lambda pupils: programmes.abo_raises_nec(pupils.assign(nec=[1] * 3 + [0] * 9), evidence="restricted"),
        lambda pupils: programmes.bonus_adds_to_nec(
            pupils.assign(abo=1, bonus=pupils["abo"], nec=pupils["abo"]), evidence="restricted"
        ),
    ],
)
def test_every_answer_from_real_records_passes_the_rules(compute):
    with pytest.raises(DisclosureError):
        compute(few())
