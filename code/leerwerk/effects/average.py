"""Average effects of a treatment with two or more arms, with standard errors that count every estimated step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from leerwerk.effects.diagnostics import announce, cluster_warnings, outcome_warnings, overlap_warnings, weight_summary
from leerwerk.effects.glm import Floats
from leerwerk.effects.inference import Spread, plain_spread
from leerwerk.effects.potential_outcomes import (
    OVERLAP,
    Estimand,
    Method,
    Residuals,
    Specification,
    influence,
    pairs,
    potential_mean,
    target_of,
)
from leerwerk.effects.result import OVERLAPPING, Effects, intervals
from leerwerk.effects.sample import Arranged, arrange, check_options, outcome_models, treatment_model
from leerwerk.effects.small_sample import clustered_spread, separate_spread
from leerwerk.effects.standardise import common_means

OutcomeFamily = Literal["logit", "linear"]
TreatmentFamily = Literal["logit", "probit"]


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
    weights: str | None = None,
    missing: str | None = None,
    common: bool = False,
    level: float = 0.95,
) -> Effects:
    """Average effect of each arm of a treatment against the reference arm.

    Parameters
    ----------
    frame : DataFrame
        One row per unit. Rows are never dropped.
    outcome : str
        Formula `outcome ~ covariates`; the outcome model is fitted within each arm. The treatment is not a covariate, but with
        `common`.
    treatment : str
        Formula `arm ~ covariates`; two arms give a logit or probit, more a multinomial logit. The reference is the
        first category, without categories the first in sorted order (False, 0).
    method : {"difference", "regression", "ipw", "aipw", "ipwra"}
        Raw difference of means; standardisation over the outcome models; inverse probability weighting with weights
        normalised within each arm (Hajek; Lunceford & Davidian 2004); augmented IPW (Robins, Rotnitzky & Zhao 1994);
        outcome models fitted with inverse probability weights (Wooldridge 2007).
    estimand : {"ate", "att", "atc", "ato"}
        Effect on everyone; for each arm on those in that arm; on those in the reference arm; or on those whom any arm could
        have had, by overlap weights (Li, Morgan & Zaslavsky 2018; with `method="ipw"`).
    outcome_family : {"logit", "linear"}
        A logit needs an outcome of 0 and 1.
    treatment_family : {"logit", "probit"}
        Probit for two arms only.
    cluster : str, optional
        Column whose values share unobserved circumstances.
    weights : str, optional
        Column of sampling weights, positive: how many of the population a row stands for, in any unit.
    missing : str, optional
        Formula `~ covariates`, the treatment if wanted among them: outcomes may be missing, as likely for rows of equal covariates
        whatever the outcome. The others are weighted by the inverse of a logit probability of having one.
    common : bool
        One outcome model for all arms, with the treatment among its covariates, for `method="regression"`.
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
    clusters there is no small-sample factor and intervals are normal (HC0), but for the raw difference without `missing`, which has
    HC2 and Welch's degrees of freedom. With clusters, but for `common=True`, the residuals are corrected for their cluster's leverage (CR2) and intervals
    use Student's t with Bell & McCaffrey's degrees of freedom (Pustejovsky & Tipton 2018); what comes from the treatment
    model and from averaging over rows is multiplied by G / (G - 1). See `leerwerk.effects.small_sample`.

    Fixed effects, instruments, discontinuities and differences in differences are not here: see pyfixest.
    """
    spec = Specification(method, estimand, outcome_family, treatment_family, common)
    check_options(spec, level)
    arranged = arrange(frame, outcome, treatment, spec, cluster, weights, missing)
    if common:
        found = Estimated(*common_means(frame, outcome, treatment, arranged, spec), [], None)
    else:
        found = estimate(arranged, spec)
    return assemble(arranged, spec, found, level)


@dataclass(frozen=True)
class Estimated:
    """Means (means,), influence functions (rows sorted by arm, means), each mean's residuals, and the arms' probabilities."""

    means: Floats
    errors: Floats
    residuals: list[Residuals]
    probability: Floats | None


def estimate(arranged: Arranged, spec: Specification) -> Estimated:
    """The treatment model, then the outcome models, then the means."""
    sample, weights = arranged.sample, arranged.weights
    treated, probability = treatment_model(arranged, spec, weights)
    outcomes = outcome_models(arranged, spec, weights, probability)
    wanted = pairs(sample.arms, spec.estimand)
    means, residuals = np.empty(len(wanted)), []
    errors = np.empty((len(sample.outcome), len(wanted)))
    for column, pair in enumerate(wanted):
        fitted = outcomes.get(pair)
        means[column] = potential_mean(sample, spec, weights, probability, fitted, pair)[0]
        errors[:, column], found = influence(sample, spec, weights, treated, probability, fitted, means[column], pair)
        if arranged.response is not None:
            residual = np.zeros(len(errors))
            residual[sample.rows(pair[1])] = found.reach * found.error
            errors[:, column] += arranged.response.share(residual)
        residuals.append(found)
    return Estimated(means, errors, residuals, probability)


def spread_of(
    arranged: Arranged, estimand: Estimand, residuals: list[Residuals], errors: Floats, corrected: bool
) -> Spread:
    """The means' covariance with its degrees of freedom; errors in the order of the frame."""
    if not corrected:
        return plain_spread(errors, arranged.clusters)
    wanted = pairs(arranged.sample.arms, estimand)
    if arranged.clusters is None:
        return separate_spread(list(zip([arm for _, arm in wanted], residuals, strict=True)), len(errors))
    clusters = arranged.clusters[arranged.order]
    where = [clusters[arranged.sample.rows(arm)] for _, arm in wanted]
    return clustered_spread(errors, arranged.clusters, list(zip(residuals, where, strict=True)))


def assemble(arranged: Arranged, spec: Specification, found: Estimated, level: float) -> Effects:
    """Means and influence functions as tables, with everything that must be said about them."""
    errors = arranged.restored(found.errors)
    # Without clusters only a raw difference has corrections; arms that share one model have none that are independent.
    raw = spec.method == "difference" and arranged.response is None
    corrected = not spec.common and (raw or arranged.clusters is not None)
    spread = spread_of(arranged, spec.estimand, found.residuals, errors, corrected)
    labels = mean_labels(arranged, spec)
    weights = None if found.probability is None else weight_summary(arranged, spec, found.probability, labels)
    sizes = np.bincount(arranged.arms.codes)
    return Effects(
        table=effect_table(arranged, spec, found.means, spread, level),
        means=mean_table(arranged, spec, found.means, spread, level),
        covariance=pd.DataFrame(spread.covariance, index=labels, columns=labels),
        spread=spread,
        influence=pd.DataFrame(errors, index=arranged.index, columns=labels, copy=False),
        propensity=None if found.probability is None else propensity_frame(arranged, found.probability),
        weights=weights,
        arm_sizes=pd.Series(sizes, index=arm_index(arranged.arms.labels), name="n"),
        reference=arranged.arms.labels[0],
        method=spec.method,
        estimand=spec.estimand,
        level=level,
        n=len(arranged.order),
        clusters=None if arranged.clusters is None else int(arranged.clusters.max()) + 1,
        warnings=announce(
            outcome_warnings(arranged, corrected=corrected)
            + cluster_warnings(arranged.arms, arranged.clusters, corrected=corrected)
            + overlap_warnings(weights),
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
    named = {None: "all", OVERLAP: OVERLAPPING} | dict(enumerate(arms))
    targets = [named[target] for target, _ in wanted]
    return pd.MultiIndex.from_arrays([targets, [arms[arm] for _, arm in wanted]], names=["target", "arm"])


def effect_table(arranged: Arranged, spec: Specification, means: Floats, spread: Spread, level: float) -> pd.DataFrame:
    """Every arm but the reference against the reference."""
    wanted = pairs(arranged.sample.arms, spec.estimand)
    contrast = np.zeros((arranged.sample.arms - 1, len(wanted)))
    for arm in range(1, arranged.sample.arms):
        target = target_of(spec.estimand, arm)
        contrast[arm - 1, wanted.index((target, arm))] = 1.0
        contrast[arm - 1, wanted.index((target, 0))] = -1.0
    table = pd.DataFrame(intervals(means, spread, contrast, level), index=arm_index(arranged.arms.labels[1:]))
    return table.assign(n=np.bincount(arranged.arms.codes)[1:])


def mean_table(arranged: Arranged, spec: Specification, means: Floats, spread: Spread, level: float) -> pd.DataFrame:
    """Every potential-outcome mean; testing it against zero would answer no question."""
    columns = intervals(means, spread, np.eye(len(means)), level)
    del columns["p_value"]
    aims = [arranged.sample.rows(target) for target, _ in pairs(arranged.sample.arms, spec.estimand)]
    table = pd.DataFrame(columns, index=mean_labels(arranged, spec))
    return table.assign(n=[len(arranged.sample.outcome[aim]) for aim in aims])


def propensity_frame(arranged: Arranged, probability: Floats) -> pd.DataFrame:
    """Each row's probability of each arm, in the frame's order."""
    columns = arm_index(arranged.arms.labels)
    return pd.DataFrame(arranged.restored(probability[:, :, 0]), index=arranged.index, columns=columns, copy=False)
