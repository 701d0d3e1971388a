"""The tables of the Monte Carlo."""

from __future__ import annotations

import pandas as pd

from ledger.tables.rules import FILLED, NUMBER, Table
from leerwerk.tables.folder import DATA

RESULTS, COVERAGE = "simulation/results.csv", "simulation/coverage.csv"
MEASURES = (
    *("replicates", "failed", "pupils", "centres", "truth", "bias", "bias_mc"),
    *("empirical_se", "empirical_se_mc", "model_se", "model_se_mc", "coverage", "coverage_mc"),
)
CASE = ("few", "size", "outcome", "variance", "family", "estimator")
HELD = ("replicates", "failed", "coverage", "coverage_mc", "width", "coverage_before", "width_before")
TABLES: dict[str, Table] = {
    RESULTS: Table(
        columns={
            "scenario": (FILLED,),
            "estimator": (FILLED,),
            **dict.fromkeys(MEASURES, (NUMBER,)),
            "digest": (FILLED,),
        },
        key=("scenario", "estimator"),
        numeric=MEASURES,
    ),
    COVERAGE: Table(
        columns={
            **dict.fromkeys(CASE, (FILLED,)),
            "size": (NUMBER,),
            **dict.fromkeys(HELD, (NUMBER,)),
            "digest": (FILLED,),
        },
        key=CASE,
        numeric=("size", *HELD),
    ),
}


def simulation_results() -> pd.DataFrame:
    """The Monte Carlo: one row per scenario and estimator; effects are differences of shares (-1..1)."""
    return DATA.table(RESULTS, TABLES[RESULTS])


def interval_coverage() -> pd.DataFrame:
    """How often intervals hold the truth when rows or clusters are few: one row per case (see `simulation.coverage.Case`)."""
    return DATA.table(COVERAGE, TABLES[COVERAGE])
