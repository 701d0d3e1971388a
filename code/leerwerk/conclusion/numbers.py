"""Besluit: how many of the published findings could be recomputed, or held against other figures."""

from __future__ import annotations

import pandas as pd

from leerwerk.study import LEDGER, statuses


def findings() -> pd.DataFrame:
    """One row per finding, with the columns of `statuses`: what one check covers is one, and what is given is none.

    `computed` is whether the answer is a number or a direction: records may give none, and a check gives none.
    """
    computed = {number.id for number in LEDGER.answered() if number.quantity is not None}
    rows = statuses().assign(computed=lambda table: table["id"].isin(computed))
    again = (rows["check"] != "") & rows.duplicated("check")
    return rows[~again & (rows["status"] != "given")].reset_index(drop=True)
