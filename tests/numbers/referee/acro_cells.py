"""Which tables and sums acro, a package by others, would not let out, frozen in ../fixtures/acro.json; run by hand.

In an environment of its own, for it needs an older pandas than the book: uv venv, uv pip install acro.
"""

from __future__ import annotations

import json
import logging
import warnings
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from acro import ACRO

FIXTURES = Path(__file__).parents[1] / "fixtures"
RULES = ("safe_threshold", "safe_dof_threshold", "safe_nk_n", "safe_nk_k", "safe_round_base", "zeros_are_disclosive")


def flagged(acro: ACRO, rule: str) -> bool:
    """Whether the last output breaks a rule."""
    return rule in str(list(acro.results.results.values())[-1].outcome)


def table(acro: ACRO, counts: list[list[int]]) -> dict[str, Any]:
    """Two arms by an outcome."""
    cells = [(arm, outcome) for arm in (0, 1) for outcome in (0, 1) for _ in range(counts[arm][outcome])]
    pupils = pd.DataFrame(cells, columns=["arm", "outcome"])
    for name in pupils:
        pupils[name] = pd.Categorical(pupils[name], [0, 1])
    acro.crosstab(pupils["arm"], pupils["outcome"], dropna=False)
    return {"counts": counts, "refused": flagged(acro, "MinimumThresholdCheck")}


def sums(acro: ACRO, hours: list[float]) -> dict[str, Any]:
    """Mean hours of one group."""
    pupils = pd.DataFrame({"group": "x", "hours": hours})
    acro.crosstab(pupils["group"], pupils["group"].rename("again"), values=pupils["hours"], aggfunc="mean")
    return {"hours": hours, "refused": flagged(acro, "NKCheck")}


def main() -> None:
    warnings.simplefilter("ignore")
    logging.disable(logging.CRITICAL)
    acro, rng = ACRO(suppress=False), np.random.default_rng(7)
    counts = [rng.integers(low, 30, (2, 2)).tolist() for low in (8, 9, 10) for _ in range(12)]
    counts += [[[10, 10], [10, 10]], [[9, 10], [10, 10]], [[0, 40], [20, 20]], [[40, 20], [20, 0]]]
    groups = [[top, top + 1.0] + [1.0] * rest for top in (100.0, 450.0, 899.0) for rest in (12, 22, 100, 101)]
    found = {
        "versions": {name: version(name) for name in ("acro", "pandas", "numpy")},
        "rules": {name: acro.config[name] for name in RULES},
        "tables": [table(acro, each) for each in counts],
        "sums": [sums(acro, each) for each in groups],
    }
    (FIXTURES / "acro.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
