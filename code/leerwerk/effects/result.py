"""What an estimate of average effects is: a table that reads like the field's, and all that further contrasts need."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

import numpy as np
import pandas as pd

from leerwerk.effects.errors import OptionError
from leerwerk.effects.glm import Floats
from leerwerk.effects.inference import Spread, below, critical_value, interval_columns
from leerwerk.effects.potential_outcomes import Estimand, Method
from leerwerk.effects.sample import check_level

# How `means` names the target of overlap weights.
OVERLAPPING = "overlap"


@dataclass(frozen=True, repr=False)
class Effects:
    """Average effects and everything needed to form further contrasts.

    Attributes
    ----------
    table : DataFrame
        One row per arm (index `arm`) against the reference arm: estimate, std_error, lower, upper, p_value, df (degrees of
        freedom of the interval; infinite: normal), and n, the rows in that arm. In the outcome's unit: a share for a 0/1
        outcome.
    means : DataFrame
        One row per potential-outcome mean (index `target`, `arm`): estimate, std_error, lower, upper, df, and n, the
        rows averaged over. `target` is "all" with the ATE, the treated arm with the ATT, the reference with the ATC,
        "overlap" with overlap weights.
    covariance : DataFrame
        Of those means, clusters and corrections for small samples included.
    spread : Spread
        The same with its degrees of freedom, for any contrast of those means.
    influence : DataFrame
        One row per row of the frame, one column per mean; an estimate's error is the column's average, to first order.
        Combines estimates on the same rows.
    propensity : DataFrame or None
        One row per row of the frame, one column per arm; None when the method uses no treatment model.
    weights : DataFrame or None
        One row per mean: smallest probability of the arm in the target, largest weight relative to the arm's average
        weight, and the effective number of rows (Kish).
    arm_sizes : Series
        Rows per arm.
    reference, method, estimand, level, n
        What was estimated, on how many rows.
    clusters : int or None
        The number of clusters.
    warnings : tuple of str
        What the reader must know, in the language of `messages`; also raised as warnings.
    """

    table: pd.DataFrame
    means: pd.DataFrame
    covariance: pd.DataFrame
    spread: Spread
    influence: pd.DataFrame
    propensity: pd.DataFrame | None
    weights: pd.DataFrame | None
    arm_sizes: pd.Series
    reference: Any
    method: Method
    estimand: Estimand
    level: float
    n: int
    clusters: int | None
    warnings: tuple[str, ...]

    @property
    def params(self) -> pd.Series:
        """The effects, by arm."""
        return self.table["estimate"]

    @property
    def bse(self) -> pd.Series:
        """Their standard errors, by arm."""
        return self.table["std_error"]

    @property
    def pvalues(self) -> pd.Series:
        """Their two-sided p-values, by arm."""
        return self.table["p_value"]

    def conf_int(self, level: float | None = None) -> pd.DataFrame:
        """Their intervals: one row per arm, `lower` and `upper`; of another level if given.

        Raises
        ------
        OptionError
            If the level is no share.
        """
        chosen = self.level if level is None else level
        check_level(chosen)
        margin = critical_value(chosen, self.table["df"].to_numpy()) * self.bse
        return pd.DataFrame({"lower": self.params - margin, "upper": self.params + margin})

    def equivalence(self, margin: float) -> pd.DataFrame:
        """Two one-sided tests: is every effect smaller than a margin, in the outcome's unit, either way (Schuirmann 1987)?

        One row per arm: `lower` and `upper` of the interval that must lie inside the margin, of 90% where `level` is 95%, and
        `p_value`, that of the weaker test.

        Raises
        ------
        OptionError
            If the margin is not positive, or the level not above one half.
        """
        if not margin > 0:
            raise OptionError("margin", margin=margin)
        found = self.conf_int(2 * self.level - 1)
        distance = ((self.params.abs() - margin) / self.bse).to_numpy()
        return found.assign(p_value=below(distance, self.table["df"].to_numpy()))

    def detectable(self, power: float = 0.8) -> pd.Series:
        """The smallest effect, by arm, that a study with these standard errors finds significant with this probability.

        statsmodels' power of a two-sided t-test (normal without degrees of freedom) at `level`.

        Raises
        ------
        OptionError
            If the power is no share above 1 - level.
        """
        if not 1 - self.level < power < 1:
            raise OptionError("power", power=power, alpha=1 - self.level)
        units = [detectable_units(float(degrees), 1 - self.level, power) for degrees in self.table["df"]]
        return pd.Series(units * self.bse, name="detectable")

    def holm(self) -> pd.Series:
        """P-values of the arms adjusted for testing them all (Holm 1979), by statsmodels."""
        from statsmodels.stats.multitest import multipletests

        return pd.Series(multipletests(self.pvalues, method="holm")[1], index=self.pvalues.index, name="p_holm")

    def to_frame(self) -> pd.DataFrame:
        """The table with what it rests on in every row, for stacking results: the arm is a column."""
        told = {name: getattr(self, name) for name in ("reference", "method", "estimand", "level", "clusters")}
        return self.table.reset_index().assign(**told, rows=self.n)

    def summary(self) -> str:
        """The same to read in a terminal."""
        return "\n".join([self._heading(), self.table.to_string(float_format="{:.4f}".format), *self.warnings])

    __repr__ = summary

    def _heading(self) -> str:
        errors = "robust" if self.clusters is None else f"clustered ({self.clusters} clusters)"
        return (
            f"{self.estimand.upper()} against {self.reference!r} by {self.method}; {self.n} rows, {errors} standard errors,"
            f" {self.level:.0%} intervals"
        )

    def _repr_html_(self) -> str:
        """The same in a notebook: one table."""
        rows = self.table.to_html(float_format="{:.4f}".format, border=0)
        told = "".join(f"<p>{escape(warning)}</p>" for warning in self.warnings)
        return rows.replace("<thead>", f"<caption>{escape(self._heading())}</caption>\n  <thead>", 1) + told

    def contrast(self, arm: Any, against: Any) -> pd.Series:
        """One arm against any other: estimate, std_error, lower, upper, p_value, n (rows in `arm`).

        With the ATT the effect is on those in `arm`, which therefore cannot be the reference.

        Raises
        ------
        OptionError
            If there is no such arm.
        """
        target = self.target(arm)
        for label in (arm, against):
            if (target, label) not in self.means.index:
                raise OptionError("no_contrast", arm=arm, against=against)
        difference = (self.means.index == (target, arm)).astype(float) - (self.means.index == (target, against))
        row = intervals(self.means["estimate"].to_numpy(), self.spread, difference[None, :], self.level)
        return pd.Series({name: values[0] for name, values in row.items()} | {"n": self.arm_sizes[arm]})

    def target(self, arm: Any) -> Any:
        """Whom an arm's effect is averaged over, as `means` names it."""
        named = {"ate": "all", "att": arm, "atc": self.reference, "ato": OVERLAPPING}
        return named[self.estimand]


def intervals(means: Floats, spread: Spread, contrasts: Floats, level: float) -> dict[str, Floats]:
    """Columns estimate, std_error, lower, upper, p_value and df for contrasts (contrasts, means)."""
    degrees = spread.degrees(contrasts)
    return interval_columns(contrasts @ means, spread.variance(contrasts), level, degrees) | {"df": degrees}


def detectable_units(degrees: float, alpha: float, power: float) -> float:
    """The smallest detectable effect in standard errors."""
    from statsmodels.stats.power import NormalIndPower, TTestPower

    if np.isinf(degrees):
        return float(NormalIndPower().solve_power(nobs1=1, alpha=alpha, power=power, ratio=0))
    # A one-sample test of df + 1 rows, whose standard error is the root of that part of the standard deviation.
    return float(TTestPower().solve_power(nobs=degrees + 1, alpha=alpha, power=power) * np.sqrt(degrees + 1))
