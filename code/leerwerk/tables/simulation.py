"""The table of the Monte Carlo."""

from __future__ import annotations

import pandas as pd

from ledger.tables.rules import FILLED, NUMBER, Table
from leerwerk.tables.folder import DATA

RESULTS = "simulation/results.csv"
MEASURES = (
    *("replicates", "failed", "pupils", "centres", "truth", "bias", "bias_mc"),
    *("empirical_se", "empirical_se_mc", "model_se", "model_se_mc", "coverage", "coverage_mc"),
)
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
}


def simulation_results() -> pd.DataFrame:
    """The Monte Carlo: one row per scenario and estimator; effects are differences of shares (-1..1)."""
    return DATA.table(RESULTS, TABLES[RESULTS])
