"""Average effects of a treatment with two or more arms, with standard errors that count every estimated step."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any, Literal

import numpy as np
import pandas as pd

from leerwerk.effects.diagnostics import announce, cluster_warnings, outcome_warnings, overlap_warnings, weight_summary
from leerwerk.effects.errors import OptionError
from leerwerk.effects.glm import Floats
from leerwerk.effects.inference import covariance, critical_value, interval_columns
from leerwerk.effects.potential_outcomes import Estimand, Method, Specification, influence, pairs, potential_mean
from leerwerk.effects.sample import Arranged, arrange, check_level, check_options, outcome_models, treatment_model

OutcomeFamily = Literal["logit", "linear"]
TreatmentFamily = Literal["logit", "probit"]


@dataclass(frozen=True)
class Effects:
    """Average effects and everything needed to form further contrasts.

    Attributes
    ----------
    table : DataFrame
        One row per arm (index `arm`) against the reference arm: estimate, std_error, lower, upper, p_value, and n,
        the rows in that arm. In the outcome's unit: a share for a 0/1 outcome.
    means : DataFrame
        One row per potential-outcome mean (index `target`, `arm`): estimate, std_error, lower, upper, and n, the
        rows averaged over. `target` is "all" with the ATE, the treated arm with the ATT.
    covariance : DataFrame
        Of those means, clusters included, small-sample factor included.
    influence : DataFrame
        One row per row of the frame, one column per mean; an estimate's error is the column's average. Combines
        estimates on the same rows.
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
        What the reader must know, in Dutch; also raised as warnings.
    """

    table: pd.DataFrame
    means: pd.DataFrame
    covariance: pd.DataFrame
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
        check_level(self.level if level is None else level)
        margin = critical_value(self.level if level is None else level, self.clusters) * self.bse
        return pd.DataFrame({"lower": self.params - margin, "upper": self.params + margin})

    def to_frame(self) -> pd.DataFrame:
        """The table with what it rests on in every row, for stacking results: the arm is a column."""
        told = {name: getattr(self, name) for name in ("reference", "method", "estimand", "level", "clusters")}
        return self.table.reset_index().assign(**told, rows=self.n)

    def summary(self) -> str:
        """The same to read in a terminal."""
        return "\n".join([self._heading(), self.table.to_string(float_format="{:.4f}".format), *self.warnings])

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
        target = "all" if self.estimand == "ate" else arm
        for label in (arm, against):
            if (target, label) not in self.means.index:
                raise OptionError(
                    f"Er is geen vergelijking van {arm!r} met {against!r}: kies uit de groepen in .means."
                )
        difference = (self.means.index == (target, arm)).astype(float) - (self.means.index == (target, against))
        estimate = difference @ self.means["estimate"].to_numpy()
        variance = difference @ self.covariance.to_numpy() @ difference
        row = interval_columns(np.array([estimate]), np.array([variance]), self.level, self.clusters)
        return pd.Series({name: values[0] for name, values in row.items()} | {"n": self.arm_sizes[arm]})


def average_effect(
    frame: pd.DataFrame,
    *,
    outcome: str,
    treatment: str,
    method: Method = "aipw",
    estimand: Estimand = "ate",
    outcome_family: OutcomeFamily = "logit",
    treatment_family: TreatmentFamily = "logit",
    cluster: str | None = None,
    level: float = 0.95,
) -> Effects:
    """Average effect of each arm of a treatment against the reference arm.

    Parameters
    ----------
    frame : DataFrame
        One row per unit. Rows are never dropped.
    outcome : str
        Formula `outcome ~ covariates`; the outcome model is fitted within each arm. The treatment is not a covariate.
    treatment : str
        Formula `arm ~ covariates`; two arms give a logit or probit, more a multinomial logit. The reference is the
        first category, without categories the first in sorted order (False, 0).
    method : {"difference", "regression", "ipw", "aipw", "ipwra"}
        Raw difference of means; standardisation over the outcome models; inverse probability weighting with weights
        normalised within each arm (Hajek; Lunceford & Davidian 2004); augmented IPW (Robins, Rotnitzky & Zhao 1994);
        outcome models fitted with inverse probability weights (Wooldridge 2007).
    estimand : {"ate", "att"}
        Effect on everyone, or for each arm on those in that arm.
    outcome_family : {"logit", "linear"}
        A logit needs an outcome of 0 and 1.
    treatment_family : {"logit", "probit"}
        Probit for two arms only.
    cluster : str, optional
        Column whose values share unobserved circumstances.
    level : float
        Coverage of the intervals.

    Returns
    -------
    Effects

    Raises
    ------
    EffectsError
        A subclass names the problem: see `leerwerk.effects.errors`.

    Notes
    -----
    Standard errors come from the stacked estimating equations of the treatment model, the outcome models and the
    means (Stefanski & Boos 2002), with the observed information: the uncertainty of the first stage counts. Without
    clusters there is no small-sample factor and intervals are normal. With G clusters the variance is multiplied by
    G / (G - 1) and intervals use Student's t with G - 1 degrees of freedom (Cameron & Miller 2015).
    """
    spec = Specification(method, estimand, outcome_family, treatment_family)
    check_options(spec, level)
    arranged = arrange(frame, outcome, treatment, spec, cluster)
    weights = np.ones((len(frame), 1))
    treated, probability = treatment_model(arranged, spec, weights)
    outcomes = outcome_models(arranged, spec, weights, probability)
    wanted = pairs(arranged.sample.arms, estimand)
    means = np.empty(len(wanted))
    errors = np.empty((len(frame), len(wanted)))
    for column, pair in enumerate(wanted):
        fitted = outcomes.get(pair)
        means[column] = potential_mean(arranged.sample, spec, weights, probability, fitted, pair)[0]
        errors[arranged.order, column] = influence(
            arranged.sample, spec, treated, probability, fitted, means[column], pair
        )
    return assemble(frame.index, arranged, spec, means, errors, probability, level)


def assemble(
    index: pd.Index,
    arranged: Arranged,
    spec: Specification,
    means: Floats,
    errors: Floats,
    probability: Floats | None,
    level: float,
) -> Effects:
    """Means and influence functions as tables, with everything that must be said about them."""
    labels = mean_labels(arranged, spec)
    clusters = None if arranged.clusters is None else int(arranged.clusters.max()) + 1
    spread = covariance(errors, arranged.clusters)
    weights = None if probability is None else weight_summary(arranged, spec, probability, labels)
    sizes = np.bincount(arranged.arms.codes)
    return Effects(
        table=effect_table(arranged, spec, means, spread, clusters, level),
        means=mean_table(arranged, spec, means, spread, clusters, level),
        covariance=pd.DataFrame(spread, index=labels, columns=labels),
        influence=pd.DataFrame(errors, index=index, columns=labels, copy=False),
        propensity=None if probability is None else propensity_frame(index, arranged, probability),
        weights=weights,
        arm_sizes=pd.Series(sizes, index=arm_index(arranged.arms.labels), name="n"),
        reference=arranged.arms.labels[0],
        method=spec.method,
        estimand=spec.estimand,
        level=level,
        n=len(index),
        clusters=clusters,
        warnings=announce(
            outcome_warnings(arranged) + cluster_warnings(arranged.arms, arranged.clusters) + overlap_warnings(weights),
            stacklevel=4,
        ),
    )


def arm_index(labels: tuple[Any, ...]) -> pd.Index:
    """Arms as an index that keeps their type."""
    return pd.Index(list(labels), name="arm")


def mean_labels(arranged: Arranged, spec: Specification) -> pd.MultiIndex:
    """(target, arm) of every mean."""
    arms = arranged.arms.labels
    wanted = pairs(len(arms), spec.estimand)
    targets = ["all" if target is None else arms[target] for target, _ in wanted]
    return pd.MultiIndex.from_arrays([targets, [arms[arm] for _, arm in wanted]], names=["target", "arm"])


def effect_table(
    arranged: Arranged, spec: Specification, means: Floats, spread: Floats, clusters: int | None, level: float
) -> pd.DataFrame:
    """Every arm but the reference against the reference."""
    wanted = pairs(arranged.sample.arms, spec.estimand)
    contrast = np.zeros((arranged.sample.arms - 1, len(wanted)))
    for arm in range(1, arranged.sample.arms):
        target = None if spec.estimand == "ate" else arm
        contrast[arm - 1, wanted.index((target, arm))] = 1.0
        contrast[arm - 1, wanted.index((target, 0))] = -1.0
    variance = np.einsum("ij,jk,ik->i", contrast, spread, contrast)
    columns = interval_columns(contrast @ means, variance, level, clusters)
    table = pd.DataFrame(columns, index=arm_index(arranged.arms.labels[1:]))
    return table.assign(n=np.bincount(arranged.arms.codes)[1:])


def mean_table(
    arranged: Arranged, spec: Specification, means: Floats, spread: Floats, clusters: int | None, level: float
) -> pd.DataFrame:
    """Every potential-outcome mean; testing it against zero would answer no question."""
    columns = interval_columns(means, np.diag(spread), level, clusters)
    del columns["p_value"]
    sizes = np.bincount(arranged.arms.codes)
    targets = [target for target, _ in pairs(arranged.sample.arms, spec.estimand)]
    table = pd.DataFrame(columns, index=mean_labels(arranged, spec))
    return table.assign(n=[int(sizes.sum() if target is None else sizes[target]) for target in targets])


def propensity_frame(index: pd.Index, arranged: Arranged, probability: Floats) -> pd.DataFrame:
    """Each row's probability of each arm, in the frame's order."""
    values = np.empty(probability.shape[:2])
    values[arranged.order] = probability[:, :, 0]
    return pd.DataFrame(values, index=index, columns=arm_index(arranged.arms.labels), copy=False)
