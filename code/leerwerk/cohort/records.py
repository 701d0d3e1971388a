"""The synthetic pupil records: `python -m leerwerk.cohort` writes them, the same bytes every time.

They agree with everything that was published and are evidence of nothing: see data/synthetic/README.md.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from leerwerk.cohort.abo import draw_abo
from leerwerk.cohort.assumptions import Assumptions, assumptions
from leerwerk.cohort.learners import Cohort, draw_learners
from leerwerk.tables import pupils
from leerwerk.tables.folder import DATA


def learners(seed: int | None = None, assumed: Assumptions | None = None) -> Cohort:
    """Learning and working: one row per pupil; columns in data/datapackage.json. The seed is the committed one."""
    known = assumed or assumptions()
    return draw_learners(known.within("learners"), _generator(known, seed, 0))


def abo(seed: int | None = None, assumed: Assumptions | None = None) -> Cohort:
    """BuSO OV3: one row per pupil who could choose the ABO year; columns in data/datapackage.json."""
    known = assumed or assumptions()
    return draw_abo(known.within("abo"), _generator(known, seed, 1))


def tables(seed: int | None = None) -> dict[str, pd.DataFrame]:
    """Every table, by its path under data/."""
    known = assumptions()
    learning, special = learners(seed, known), abo(seed, known)
    return {
        pupils.LEARNERS: learning.observed,
        pupils.LEARNER_TRUTH: learning.truth,
        pupils.ABO_LEARNERS: special.observed,
        pupils.ABO_TRUTH: special.truth,
    }


def as_csv(table: pd.DataFrame) -> bytes:
    """A table of whole numbers and codes as it is committed."""
    fractions = [name for name in table if table[name].dtype.kind == "f"]
    if fractions:
        raise TypeError(f"{fractions} would be printed differently on different machines")
    return table.to_csv(index=False, lineterminator="\n").encode()


def write() -> None:
    """Write every table under data/."""
    for name, table in tables().items():
        (DATA.path / name).write_bytes(as_csv(table))


def _generator(assumed: Assumptions, seed: int | None, stream: int) -> np.random.Generator:
    # A stream of its own for each population: a change to one leaves the other as it was.
    return np.random.default_rng([assumed.count("seed") if seed is None else seed, stream])
