"""Besluit: how many of the published findings could be recomputed, or held against other figures."""

from __future__ import annotations

import pandas as pd

from leerwerk.study import statuses


def findings() -> pd.DataFrame:
    """One row per finding, with the columns of `statuses`: what one check covers is one, and what is given is none."""
    rows = statuses()
    again = (rows["check"] != "") & rows.duplicated("check")
    return rows[~again & (rows["status"] != "given")].reset_index(drop=True)
