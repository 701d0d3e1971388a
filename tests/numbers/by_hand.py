"""What the frames of Micro must hold, worked out a second time: on statsmodels' models, straight from the files.

Nothing here imports the study. Every estimate comes with each pupil's influence on it, in the file's order; derivatives
to a model's coefficients are numerical, so that no formula of the study is repeated.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
from scipy.special import stdtrit
from statsmodels.discrete.discrete_model import Logit
from statsmodels.genmod import families
from statsmodels.genmod.generalized_linear_model import GLM
from tests.unit.effects import matrices

SYNTHETIC = Path(__file__).parents[2] / "data" / "synthetic"
PERSON = ("sex", "age", "mother", "language", "absence_before", "region")
TRAITS = (*PERSON, "arrears", "field", "cohort")
CODES = {"sex", "mother", "language", "region", "field", "cohort"}  # these name groups, the others count
ARMS = ("none", "brug", "ibal", "both")


@dataclass(frozen=True)
class Residuals:
    """What is left of the outcomes of one arm's pupils, and how far each of them reaches into an estimate."""

    inside: np.ndarray
    model: matrices.Model
    error: np.ndarray
    reach: np.ndarray


@dataclass(frozen=True)
class Found:
    """An estimate, each pupil's influence on it (their mean is its error), and the centres of those pupils.

    Residuals are smaller than errors, which is corrected for where the estimate says which part of the influence they are.
    """

    value: float
    influence: np.ndarray
    centres: np.ndarray
    residuals: tuple[Residuals, ...] = ()

    def __sub__(self, other: Found) -> Found:
        return Found(
            self.value - other.value,
            self.influence - other.influence,
            self.centres,
            self.residuals + other.times(-1).residuals,
        )

    def times(self, factor: float) -> Found:
        """A multiple."""
        parts = tuple(replace(part, reach=factor * part.reach) for part in self.residuals)
        return Found(factor * self.value, factor * self.influence, self.centres, parts)

    def log(self) -> Found:
        """Its logarithm."""
        return replace(self.times(1 / self.value), value=float(np.log(self.value)))

    @property
    def plain(self) -> Found:
        """Without correction."""
        return replace(self, residuals=())

    @cached_property
    def spread(self) -> tuple[float, float]:
        """Standard error clustered by centre, and its degrees of freedom.

        Sums within G centres, times G / (G - 1), but for residuals, which each centre's leverage inflates; one degree of freedom
        less than centres, but for residuals Bell & McCaffrey's.
        """
        codes, names = pd.factorize(self.centres)
        factor = np.sqrt(len(names) / (len(names) - 1))
        each, form = factor * self.influence, np.zeros((len(names), len(names)))
        for part in self.residuals:
            own = codes[part.inside]
            reach = matrices.inflated(part.model, part.reach, own)
            each[part.inside] += (reach - factor * part.reach) * part.error
            there = np.unique(own)
            form[np.ix_(there, there)] += matrices.quadratic(part.model, reach, own)
        error = float(np.sqrt(np.square(np.bincount(codes, each)).sum()) / len(each))
        degrees = np.trace(form) ** 2 / np.square(form).sum() if self.residuals else len(names) - 1
        return error, float(degrees)

    @property
    def error(self) -> float:
        """Standard error."""
        return self.spread[0]

    @property
    def margin(self) -> float:
        """Half the 95% interval."""
        return float(stdtrit(self.spread[1], 0.975)) * self.error

    @property
    def interval(self) -> tuple[float, float]:
        """Both ends."""
        return self.value - self.margin, self.value + self.margin


@dataclass(frozen=True)
class Model:
    """A fitted model: each equation's columns and predictor for all pupils, and their influence on the coefficients."""

    columns: list[np.ndarray]
    predictors: np.ndarray
    influence: np.ndarray


def records(name: str) -> pd.DataFrame:
    """A table of synthetic records as the file has it, without any reader of the study."""
    return pd.read_csv(SYNTHETIC / f"{name}.csv")


def design(pupils: pd.DataFrame, traits: Sequence[str]) -> np.ndarray:
    """A column of ones, one per group but the first, one per count."""
    frame = pupils[list(traits)].astype({name: "category" for name in traits if name in CODES})
    return np.column_stack([np.ones(len(frame)), pd.get_dummies(frame, drop_first=True).to_numpy(float)])


def mean(values: np.ndarray, inside: np.ndarray, centres: np.ndarray) -> Found:
    """The mean of who is inside."""
    value = float(values[inside].mean())
    return Found(value, np.where(inside, values - value, 0) / inside.mean(), centres)


def average(
    rows: Callable[..., np.ndarray], models: Sequence[Model], centres: np.ndarray, inside: np.ndarray | None = None
) -> Found:
    """The mean of `rows(predictors, ...)`, each one model's, with what estimating the models adds.

    A pupil's row depends on that pupil's own predictors, so that each equation takes one derivative, not one per
    coefficient.
    """
    inside = np.ones(len(centres), bool) if inside is None else inside
    at = [model.predictors for model in models]
    found = mean(rows(*at), inside, centres)
    influence = found.influence.copy()
    for place, model in enumerate(models):
        slopes = []
        for equation, columns in enumerate(model.columns):
            step = np.zeros(len(model.columns))
            step[equation] = 1e-5
            ahead, back = (rows(*at[:place], at[place] + move, *at[place + 1 :]) for move in (step, -step))
            slopes.append(((ahead - back) / 2e-5)[inside] @ columns[inside] / inside.sum())
        influence += model.influence @ np.concatenate(slopes)
    return Found(found.value, influence, centres)


def logit(outcome: np.ndarray, columns: np.ndarray, inside: np.ndarray) -> Model:
    """A logit among who is inside."""
    fitted = Logit(outcome[inside], columns[inside]).fit(disp=0, tol=1e-12)
    scores = np.zeros(columns.shape)
    scores[inside] = fitted.model.score_obs(fitted.params)
    return _model([columns], fitted.params, scores, fitted.model.hessian(fitted.params))


def participation(arm: np.ndarray, columns: np.ndarray) -> Model:
    """A multinomial logit of the arm, by Newton's method: one equation per arm but the first."""
    taken = (arm[:, None] == np.arange(1, arm.max() + 1)).astype(float)
    coefficients = np.zeros((arm.max(), columns.shape[1]))
    for _ in range(12):  # the error squares at every step: twelve is twice what it takes
        chance = chances(columns @ coefficients.T)[:, 1:]
        scores = ((taken - chance)[:, :, None] * columns[:, None, :]).reshape(len(arm), -1)
        spread = [[p * ((j == k) - q) for k, q in enumerate(chance.T)] for j, p in enumerate(chance.T)]
        hessian = -np.block([[(columns * weight[:, None]).T @ columns for weight in line] for line in spread])
        coefficients -= np.linalg.solve(hessian, scores.sum(axis=0)).reshape(coefficients.shape)
    return _model([columns] * arm.max(), coefficients.ravel(), scores, hessian)


def _model(columns: list[np.ndarray], coefficients: np.ndarray, scores: np.ndarray, hessian: np.ndarray) -> Model:
    ends = np.cumsum([part.shape[1] for part in columns])[:-1]
    parts = zip(columns, np.split(np.asarray(coefficients), ends), strict=True)
    predictors = np.column_stack([part @ own for part, own in parts])
    return Model(columns, predictors, -len(scores) * np.linalg.solve(hessian, scores.T).T)


def expit(predictor: np.ndarray) -> np.ndarray:
    """The share that a logit predicts."""
    return 1 / (1 + np.exp(-predictor))


def chances(predictors: np.ndarray) -> np.ndarray:
    """The chance of every arm, by `participation`'s predictors."""
    raised = np.exp(np.column_stack([np.zeros(len(predictors)), predictors]))
    return raised / raised.sum(axis=1, keepdims=True)


def raw_means(pupils: pd.DataFrame, arm: np.ndarray, outcome: str) -> list[Found]:
    """The mean outcome in each arm."""
    values, centres = pupils[outcome].to_numpy(float), pupils["centre"].to_numpy()

    def of_arm(inside: np.ndarray) -> Found:
        found, ones = mean(values, inside, centres), np.ones(inside.sum())
        model = matrices.Model(ones[:, None], ones, ones)
        return replace(found, residuals=(Residuals(inside, model, values[inside] - found.value, ones / inside.mean()),))

    return [of_arm(arm == code) for code in range(arm.max() + 1)]


def adjusted_means(pupils: pd.DataFrame, arm: np.ndarray, outcome: str, traits: Sequence[str]) -> list[Found]:
    """The mean outcome if everyone were in each arm, by augmented inverse probability weighting."""
    values, centres, columns = pupils[outcome].to_numpy(float), pupils["centre"].to_numpy(), design(pupils, traits)
    into = participation(arm, columns)

    def of_arm(code: int) -> Found:
        inside = arm == code
        staying = logit(values, columns, inside)
        weight, share = inside / chances(into.predictors)[:, code], expit(staying.predictors[:, 0])

        def rows(taking: np.ndarray, leaving: np.ndarray) -> np.ndarray:
            predicted = expit(leaving[:, 0])
            return predicted + inside / chances(taking)[:, code] * (values - predicted)

        found = average(rows, [into, staying], centres)
        # What an arm's pupil adds through the coefficients is a multiple of the residual, as is what is weighed.
        known = replace(staying, influence=0 * staying.influence)
        through = found.influence - average(rows, [into, known], centres).influence
        error = (values - share)[inside]
        model = matrices.Model(columns[inside], np.ones(inside.sum()), (share * (1 - share))[inside])
        return replace(found, residuals=(Residuals(inside, model, error, weight[inside] + through[inside] / error),))

    return [of_arm(code) for code in range(arm.max() + 1)]


def shares_out(
    pupils: pd.DataFrame, code: str, traits: Sequence[str], breaks: Sequence[int], months: Sequence[int]
) -> list[Found]:
    """The share that has left by each month if everyone were in an arm: one row per pupil and period, months as trials."""
    arm, centres, columns = pupils["programme"].to_numpy(), pupils["centre"].to_numpy(), design(pupils, traits)
    starts, ends = np.array([0, *breaks]), np.array([*breaks, pupils["months"].max()])
    inside = np.flatnonzero(arm == code)
    last, left = pupils["months"].to_numpy()[inside, None], pupils["vsv"].to_numpy()[inside, None]
    trials = np.clip(last - starts, 0, ends - starts)
    events = left * ((last > starts) & (last <= ends))
    pupil, period = np.nonzero(trials)
    exog = np.column_stack([columns[inside][pupil], (period[:, None] == np.arange(1, len(ends))).astype(float)])
    counts = np.column_stack([events[pupil, period], (trials - events)[pupil, period]])
    fitted = GLM(counts, exog, family=families.Binomial(families.links.CLogLog())).fit(tol=1e-13)
    scores = np.zeros((len(pupils), exog.shape[1]))
    np.add.at(scores, inside[pupil], fitted.model.score_obs(fitted.params))
    constants = [np.ones((len(pupils), 1))] * len(breaks)
    model = _model([columns, *constants], fitted.params, scores, fitted.model.hessian(fitted.params))

    def by(month: int) -> Callable[[np.ndarray], np.ndarray]:
        exposure = np.clip(month - starts, 0, ends - starts)

        def rows(predictors: np.ndarray) -> np.ndarray:
            own, later = predictors[:, :1], predictors[:, 1:]
            return -np.expm1(-np.exp(own[:, 0]) * (np.exp(np.column_stack([0 * own, later])) @ exposure))

        return rows

    return [average(by(month), [model], centres) for month in months]


def prospects(pupils: pd.DataFrame) -> Found:
    """How much larger the chance of staying was for BRUG pupils, by what predicts it in no programme; IBAL left out."""
    two = pupils[pupils["programme"].isin(["none", "brug"])]
    inside, left, centres = (
        (two["programme"] == "brug").to_numpy(),
        two["vsv"].to_numpy(float),
        two["centre"].to_numpy(),
    )
    model = logit(left, design(two, TRAITS), ~inside)
    return mean(left, ~inside, centres) - average(lambda found: expit(found[:, 0]), [model], centres, inside)
