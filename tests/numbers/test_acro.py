"""Disclosure control beside acro's: the same constants, and the same tables and sums refused (`referee/acro_cells.py`)."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from ledger.claim import Withheld
from ledger.quantity import Quantity
from leerwerk.micro.pupils import disclosure, protection
from leerwerk.micro.pupils.draft import Draft, outcome_cells

ACRO = json.loads((Path(__file__).parent / "fixtures" / "acro.json").read_text(encoding="utf-8"))


def is_withheld(draft: Draft) -> bool:
    return isinstance(disclosure.decide({"x": draft}, {"x": draft})["x"].answer, Withheld)


def test_the_constants_are_those_of_acro() -> None:
    rules = ACRO["rules"]
    assert rules["safe_threshold"] == protection.SMALLEST_CELL
    assert rules["safe_round_base"] == protection.BASE
    assert rules["safe_dof_threshold"] == disclosure.RESIDUAL_DEGREES
    assert (rules["safe_nk_n"], rules["safe_nk_k"]) == (disclosure.LARGEST, disclosure.DOMINANCE)
    assert rules["zeros_are_disclosive"]


@pytest.mark.parametrize("case", ACRO["tables"], ids=lambda case: str(case["counts"]))
def test_an_effect_is_withheld_where_acro_refuses_its_table(case: dict) -> None:
    cells = [(arm, outcome) for arm in (0, 1) for outcome in (0, 1) for _ in range(case["counts"][arm][outcome])]
    pupils = pd.DataFrame(cells, columns=["arm", "vsv"])
    arms = {str(arm): (pupils["arm"] == arm).to_numpy() for arm in (0, 1)}
    nothing = Quantity(0.0, "direction", -1.0, 1.0, evidence="unreleased")
    cells_of = outcome_cells(pupils["vsv"], arms)
    draft = Draft(population=np.ones(len(pupils), bool), cells=cells_of, compute=lambda _: nothing, residual=99)
    assert is_withheld(draft) is case["refused"]


@pytest.mark.parametrize("case", ACRO["sums"], ids=lambda case: f"{case['hours'][0]:g} of {len(case['hours'])}")
def test_a_mean_is_withheld_where_acro_refuses_its_sum(case: dict) -> None:
    hours = np.array(case["hours"])
    everyone = np.ones(len(hours), bool)
    mean = Quantity(float(hours.mean()), "hours", evidence="unreleased")
    draft = Draft(population=everyone, cells={"x": everyone}, compute=lambda _: mean, amounts=hours)
    assert is_withheld(draft) is case["refused"]


def test_both_answers_occur() -> None:
    assert all({case["refused"] for case in ACRO[kind]} == {True, False} for kind in ("tables", "sums"))
