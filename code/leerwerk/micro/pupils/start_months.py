"""Early leaving by when a programme began: for records that say in which month, so that nobody counts as in it before.

Synthetic records do not say; there `numbers.leaving_over_time` counts each pupil by programme from entry on.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from leerwerk.effects import risks_by_start
from leerwerk.effects.starts import StartRisks
from leerwerk.micro.pupils.draft import Mask
from leerwerk.micro.pupils.numbers import MONTHS, PERIODS
from leerwerk.micro.pupils.programmes import ARMS, CLUSTER, LEVEL, TRAITS, Estimate, prepared
from leerwerk.tables.pupils import STARTS as COLUMNS

# By programme the column with the month after entry in which it began; empty or 0: never.
STARTS = {column.removesuffix("_start"): column for column in COLUMNS}
BEGUN = {"none": (), "brug": ("brug",), "ibal": ("ibal",), "both": ("brug", "ibal")}


def known(learners: pd.DataFrame) -> bool:
    """Whether the records say when programmes began."""
    return set(STARTS.values()) <= set(learners)


def regimes(learners: pd.DataFrame) -> dict[str, Mapping[str, int]]:
    """No programme, each of them and both, begun in the month that half of those who began had begun by."""
    usual = {name: _median_start(learners[column]) for name, column in STARTS.items()}
    return {arm: {name: usual[name] for name in BEGUN[arm]} for arm in ARMS}


def leaving_by_start(learners: pd.DataFrame) -> StartRisks:
    """Share that would have left early by month, had everyone still there begun a programme in its usual month, or none.

    Effects on early leaving are its `differences`; what it takes to read them so is with `leerwerk.effects.risks_by_start`.

    Raises
    ------
    EffectsError
        If the months contradict each other, or nobody had some programme, or left once it had begun.
    """
    return risks_by_start(
        prepared(learners),
        outcome=f"months ~ {TRAITS}",
        event="vsv",
        starts=STARTS,
        regimes=regimes(learners),
        cluster=CLUSTER,
        breaks=PERIODS,
        months=MONTHS,
        level=LEVEL,
    )


def ibal_effect(learners: pd.DataFrame) -> Estimate:
    """Effect on early leaving of beginning IBAL in its usual month, against beginning no programme, at the last month shown."""
    row = leaving_by_start(learners).differences.loc[("ibal", MONTHS[-1])]
    begun = int((learners[STARTS["ibal"]] > 0).sum())
    return Estimate(float(row["estimate"]), float(row["lower"]), float(row["upper"]), begun)


def cells(pupils: pd.DataFrame) -> dict[str, Mask]:
    """Who left early, by what had begun before the month of leaving: what the hazard ratios rest on."""
    left = (pupils["vsv"] == 1).to_numpy()
    begun = {
        name: ((pupils[column] > 0) & (pupils[column] < pupils["months"])).to_numpy() for name, column in STARTS.items()
    }
    return {
        f"vertrek na {arm}": left
        & (begun["brug"] == ("brug" in BEGUN[arm]))
        & (begun["ibal"] == ("ibal" in BEGUN[arm]))
        for arm in ARMS
    }


def _median_start(column: pd.Series) -> int:
    begun = column[column > 0]
    # Where nobody began the estimator says so.
    return int(begun.quantile(0.5, interpolation="lower")) if len(begun) else 1
