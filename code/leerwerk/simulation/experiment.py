"""How the estimators do when the truth is known: many cohorts from one structural model, one row per estimate.

The model is that of the synthetic learners, in which pupils choose between BRUG and no programme and motivation can be
made visible. Intercepts are those of a superpopulation, so that replicates are independent draws from it.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import get_args

import numpy as np
import pandas as pd

from leerwerk import effects
from leerwerk.cohort import assumptions, calibration, learners, pupils
from leerwerk.cohort.assumptions import Assumptions
from leerwerk.cohort.calibration import Floats, expit, nearest_count
from leerwerk.effects import (
    EffectsError,
    average,
    design,
    glm,
    inference,
    potential_outcomes,
    result,
    sample,
    small_sample,
)
from leerwerk.effects import columns as effect_columns
from leerwerk.effects.errors import EffectsWarning
from leerwerk.effects.potential_outcomes import MODELS_OUTCOME, MODELS_TREATMENT, Method
from leerwerk.simulation.fingerprint import digest

# Every module that a replicate's numbers go through.
MODULES = (
    assumptions,
    calibration,
    pupils,
    learners,
    effect_columns,
    design,
    glm,
    potential_outcomes,
    sample,
    inference,
    small_sample,
    result,
    average,
)
ARMS = ("none", "brug")
LEVEL = 0.95
METHODS: tuple[Method, ...] = get_args(Method)
# The features of the structural model that registers have: all that matters for BRUG or for early leaving. Their
# names are columns, not categories, because formulas with categories take most of the time of a replicate.
REGISTERED = (
    *("male", "age", "mother_low", "mother_high", "language_other", "arrears", "absence_before"),
    *("ant", "bru", "con", "mec", "car", "cohort_later"),
)
COMPLETE = (*REGISTERED, "motivation")
# What a wrong model leaves out: motivation, and the two observed traits that matter most.
TOO_FEW = tuple(name for name in REGISTERED if name not in ("arrears", "absence_before"))


@dataclass(frozen=True, slots=True)
class Scenario:
    """What the analyst knows: the covariates in the treatment model and in the outcome model."""

    name: str
    treatment: tuple[str, ...]
    outcome: tuple[str, ...]


SCENARIOS = (
    Scenario("observed", COMPLETE, COMPLETE),
    Scenario("unobserved", REGISTERED, REGISTERED),
    Scenario("treatment_wrong", TOO_FEW, COMPLETE),
    Scenario("outcome_wrong", COMPLETE, TOO_FEW),
    Scenario("both_wrong", TOO_FEW, TOO_FEW),
)


@dataclass(frozen=True)
class Superpopulation:
    """Where replicates come from.

    Attributes
    ----------
    assumed : Assumptions
        The part `learners`.
    pupils, centres : int
        The size of a replicate.
    intercept : (2, 2) array
        Of the choice, by mother's education (rows: not low, low) and arm.
    shift : dict
        Intercepts of the outcomes.
    truth : float
        The average effect of BRUG on early leaving, a difference of shares.
    """

    assumed: Assumptions
    pupils: int
    centres: int
    intercept: Floats
    shift: dict[str, float]
    truth: float


@cache
def superpopulation() -> Superpopulation:
    """A very large draw, reduced to its intercepts and its true effect.

    The true effect averages chances, not outcomes, so that its own error is negligible: that of 400 000 differences
    which vary by a point or so.
    """
    known = assumptions.assumptions()
    assumed, plan = known.within("learners"), known.within("simulation")
    size, centres = plan.count("pupils"), plan.count("centres")
    total = plan.count("superpopulation")
    rng = np.random.default_rng(plan.count("seed"))
    everyone, entry = learners.draw_entrants(assumed, rng, total, total * centres // size)
    utility = learners.utilities(everyone, assumed, rng, ARMS)
    arm, intercept = learners.assign(utility, everyone.mother_low, _room(assumed, total))
    shift = learners.intercepts(everyone, assumed, entry, arm)
    chance = expit(learners.log_odds(everyone, assumed, entry, "vsv") + shift["vsv"])
    truth = float((chance[:, 1] - chance[:, 0]).mean())
    return Superpopulation(assumed, size, centres, intercept, shift, truth)


def _room(assumed: Assumptions, total: int) -> pd.DataFrame:
    """Places in BRUG: the published shares of pupils in it, and of low-educated mothers among them."""
    brug = nearest_count(assumed.claims("brug_share")[0], total)
    low = nearest_count(assumed.claims("mother_low_in_programmes")[0], brug)
    return pd.DataFrame({0: [brug - low], 1: [low]}, index=list(ARMS[1:]))


def replicate_cohort(population: Superpopulation, seed: np.random.SeedSequence) -> pd.DataFrame:
    """One cohort: one row per pupil, with centre, the features of `COMPLETE`, `brug` (0/1) and `vsv` (0/1)."""
    rng = np.random.default_rng(seed)
    drawn, entry = learners.draw_entrants(population.assumed, rng, population.pupils, population.centres)
    utility = learners.utilities(drawn, population.assumed, rng, ARMS)
    arm = (utility + population.intercept[drawn.mother_low]).argmax(axis=1)
    outcomes = learners.draw_outcomes(drawn, population.assumed, rng, entry, population.shift)
    columns = {"centre": drawn.traits["centre"]} | {name: drawn.features[name] for name in COMPLETE}
    return pd.DataFrame(columns).assign(brug=arm, vsv=outcomes.vsv[np.arange(len(drawn)), arm])


def estimates(cohort: pd.DataFrame) -> pd.DataFrame:
    """Every estimator in every scenario on one cohort: one row each.

    Returns
    -------
    pandas.DataFrame
        scenario, estimator, estimate, std_error, lower, upper; missing where the estimator refused, by name.
    """
    found: dict[tuple[Method, str, str], Sequence[float]] = {}
    rows = []
    for scenario in SCENARIOS:
        for method in METHODS:
            # What a method does not model cannot change its answer, so it is computed once.
            treatment = _terms(scenario.treatment if method in MODELS_TREATMENT else ())
            outcome = _terms(scenario.outcome if method in MODELS_OUTCOME else ())
            if (method, treatment, outcome) not in found:
                found[method, treatment, outcome] = _estimate(cohort, method, treatment, outcome)
            rows.append((scenario.name, method, *found[method, treatment, outcome]))
    return pd.DataFrame(rows, columns=["scenario", "estimator", "estimate", "std_error", "lower", "upper"])


def _terms(features: tuple[str, ...]) -> str:
    return " + ".join(features) or "1"


def _estimate(cohort: pd.DataFrame, method: Method, treatment: str, outcome: str) -> Sequence[float]:
    with warnings.catch_warnings():
        # Two thousand times the same remark on overlap helps nobody; its consequence is what is measured.
        warnings.simplefilter("ignore", EffectsWarning)
        try:
            result = effects.average_effect(
                cohort,
                outcome=f"vsv ~ {outcome}",
                treatment=f"brug ~ {treatment}",
                method=method,
                cluster="centre",
                level=LEVEL,
            )
        except EffectsError:
            return [np.nan] * 4
    row = result.table.iloc[0]
    return [float(row[name]) for name in ("estimate", "std_error", "lower", "upper")]


def replicate(population: Superpopulation, seed: int, number: int) -> pd.DataFrame:
    """The estimates of one replicate; its random numbers depend on `seed` and `number` only.

    `SeedSequence(seed, spawn_key=(number,))` is the child that `SeedSequence(seed).spawn` gives in that place.
    """
    cohort = replicate_cohort(population, np.random.SeedSequence(seed, spawn_key=(number,)))
    return estimates(cohort).assign(replicate=number)


def code_digest() -> str:
    """The fingerprint of everything that the results depend on, the number of replicates aside."""
    known = assumptions.assumptions()
    relevant = {name: entry for name, entry in known.entries.items() if not name.startswith("abo.")}
    settings = [ARMS, LEVEL, METHODS, *((row.name, row.treatment, row.outcome) for row in SCENARIOS)]
    return digest((*MODULES, sys.modules[__name__]), Assumptions(relevant), settings)


def performance(found: pd.DataFrame, truth: float) -> pd.DataFrame:
    """How each estimator did: one row per scenario and estimator, each measure with its Monte Carlo error (`_mc`).

    Morris, White & Crowther (2019), table 6, doi:10.1002/sim.8086. `model_se` is the root of the mean squared standard
    error; replicates in which an estimator refused are counted in `failed` and left out.

    Parameters
    ----------
    found
        The rows of `replicate`, for all replicates.
    truth
        The true effect.
    """
    ordered = found.sort_values("replicate", kind="stable")
    groups = ordered.groupby(["scenario", "estimator"], sort=False)
    rows = [{"scenario": name[0], "estimator": name[1]} | _measures(group, truth) for name, group in groups]
    return pd.DataFrame(rows)


def _measures(group: pd.DataFrame, truth: float) -> dict[str, float]:
    kept = group.dropna(subset=["estimate"])
    estimate, variance = kept["estimate"].to_numpy(), kept["std_error"].to_numpy() ** 2
    covered = ((kept["lower"] <= truth) & (truth <= kept["upper"])).mean()
    n, spread, model = len(kept), estimate.std(ddof=1), np.sqrt(variance.mean())
    return {
        "replicates": len(group),
        "failed": len(group) - n,
        "truth": truth,
        "bias": estimate.mean() - truth,
        "bias_mc": spread / np.sqrt(n),
        "empirical_se": spread,
        "empirical_se_mc": spread / np.sqrt(2 * (n - 1)),
        "model_se": model,
        "model_se_mc": np.sqrt(variance.var(ddof=1) / (4 * n * model**2)),
        "coverage": covered,
        "coverage_mc": np.sqrt(covered * (1 - covered) / n),
    }
