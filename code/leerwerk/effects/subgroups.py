"""Effects by subgroup, and whether they are equal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from leerwerk.effects.average import average_effect
from leerwerk.effects.design import cluster_codes, read_arms, require
from leerwerk.effects.errors import OptionError
from leerwerk.effects.glm import Floats
from leerwerk.effects.inference import covariance
from leerwerk.effects.result import Effects


@dataclass(frozen=True)
class Subgroups:
    """Effects within the groups of a column.

    Attributes
    ----------
    table : DataFrame
        One row per group and arm (index `group`, `arm`), the columns as in `Effects.table`.
    equal : DataFrame
        One row per arm (index `arm`): the Wald test that all groups have the same effect: statistic, df_num, df_denom, p_value.
        F with the degrees of freedom of the least certain group; chi-squared over df_num where these are infinite.
    parts : dict
        The `Effects` of each group.
    """

    table: pd.DataFrame
    equal: pd.DataFrame
    parts: dict[Any, Effects]


def effects_by(frame: pd.DataFrame, *, by: str, cluster: str | None = None, **options: Any) -> Subgroups:
    """The average effect within each group of a column: every model is fitted within the group.

    Parameters
    ----------
    frame, cluster, options
        As for `leerwerk.effects.average_effect`. Clusters may span groups: their effects are then not independent.
    by : str
        Column of groups, in the order of its categories or sorted.

    Returns
    -------
    Subgroups

    Raises
    ------
    EffectsError
        As `average_effect` does, in any group; `OptionError` if the groups do not have the same arms.
    """
    require(frame, [by], cluster)
    groups = read_arms(frame[by])
    parts = {
        label: average_effect(frame[groups.codes == code], cluster=cluster, **options)
        for code, label in enumerate(groups.labels)
    }
    arms = [(found.reference, *found.table.index) for found in parts.values()]
    if len(set(arms)) > 1:
        raise OptionError("other_arms", by=by)
    table = pd.concat({label: found.table for label, found in parts.items()}, names=["group"])
    codes = None if cluster is None else cluster_codes(frame[cluster])
    errors = {arm: np.zeros((len(frame), len(parts))) for arm in arms[0][1:]}
    for code, found in enumerate(parts.values()):
        own = np.flatnonzero(groups.codes == code)
        for arm, values in errors.items():
            target = found.target(arm)
            difference = found.influence[target, arm] - found.influence[target, found.reference]
            values[own, code] = difference.to_numpy() * (len(frame) / len(own))
    rows = {arm: wald(table.xs(arm, level="arm"), covariance(values, codes)) for arm, values in errors.items()}
    return Subgroups(table, pd.DataFrame(rows).T.rename_axis("arm"), parts)


def wald(found: pd.DataFrame, together: Floats) -> pd.Series:
    """The test of equal estimates (one row each): their own variances, and the correlations of `together`."""
    from scipy.special import chdtrc, fdtrc

    error = found["std_error"].to_numpy()
    scale = error / np.sqrt(np.diag(together))
    spread = together * np.outer(scale, scale)
    contrast = np.eye(len(error))[1:] - np.eye(len(error))[0]
    gap = contrast @ found["estimate"].to_numpy()
    restrictions, degrees = len(gap), float(found["df"].min())
    statistic = float(gap @ np.linalg.solve(contrast @ spread @ contrast.T, gap)) / restrictions
    if np.isinf(degrees):
        p_value = chdtrc(restrictions, statistic * restrictions)
    else:
        p_value = fdtrc(restrictions, degrees, statistic)
    return pd.Series({"statistic": statistic, "df_num": restrictions, "df_denom": degrees, "p_value": float(p_value)})
