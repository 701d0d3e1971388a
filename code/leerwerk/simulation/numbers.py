"""What Methoden computes from the synthetic records that the book ships: the same standard errors in two ways."""

from __future__ import annotations

from typing import Any

import pandas as pd

from leerwerk.effects import average_effect
from leerwerk.effects.bootstrap import bootstrap_effect
from leerwerk.micro.pupils.programmes import CLUSTER, LEVEL, prepared
from leerwerk.tables.pupils import LEARNERS, shipped

# Fewer than in Micro: so few pupils follow IBAL that with every trait some draws have no estimate.
TRAITS = "C(sex) + C(mother) + C(language) + arrears + absence_before"
REPLICATES = 1000
SEED = 1


def standard_errors() -> pd.DataFrame:
    """Adjusted effects on early leaving, their errors by formula and by cluster bootstrap: one row per programme.

    Columns estimate, std_error, lower and upper are those of the formula; `drawn_` stands before those of the bootstrap.
    """
    pupils = prepared(shipped(LEARNERS))
    models: dict[str, Any] = {"outcome": f"vsv ~ {TRAITS}", "treatment": f"arm ~ {TRAITS}"}
    models |= {"cluster": CLUSTER, "level": LEVEL}
    formula = average_effect(pupils, **models).table[["estimate", "std_error", "lower", "upper"]]
    drawn = bootstrap_effect(pupils, replicates=REPLICATES, seed=SEED, **models).table
    both = formula.join(drawn[["std_error", "lower", "upper"]].add_prefix("drawn_"))
    return both.reset_index().rename(columns={"arm": "programme"})
