"""Draws pupils: centres of unequal size, the traits that registers have, and the motivation that they do not have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import ndtri

from leerwerk.cohort.assumptions import Assumptions
from leerwerk.cohort.calibration import Floats, Integers, expit, logit, proportional

# The reference pupil's age; see data/synthetic/assumptions.yml.
REFERENCE_AGE = 16
OBSERVED = ["centre", "region", "sex", "age", "mother", "language", "arrears", "absence_before", "field"]


@dataclass(frozen=True)
class Pupils:
    """A draw of pupils.

    Attributes
    ----------
    traits : DataFrame
        One row per pupil: the columns of `OBSERVED` that the population has, and motivation (mean 0, variance 1).
    features : dict
        The same as 0/1 and numeric columns, by the names that the assumptions' coefficients use.
    centre_effects : dict
        What the pupil's centre adds to the log-odds of each thing it influences.
    """

    traits: pd.DataFrame
    features: Mapping[str, Floats]
    centre_effects: Mapping[str, Floats]

    def __len__(self) -> int:
        return len(self.traits)

    @property
    def mother_low(self) -> Integers:
        """1 where the mother is low-educated."""
        return self.features["mother_low"].astype(np.int64)

    def predictor(self, coefficients: Mapping[str, float]) -> Floats:
        """Each pupil's log-odds from coefficients by feature; `intercept` is added as it is."""
        return predictor(self.features, coefficients, len(self))


def predictor(features: Mapping[str, Floats], coefficients: Mapping[str, float], size: int) -> Floats:
    """Sum of coefficient times feature, for `size` pupils."""
    total = np.full(size, coefficients.get("intercept", 0.0))
    for name, coefficient in coefficients.items():
        if name != "intercept":
            total += coefficient * features[name]
    return total


def bridge(uniform: Floats, spread: float) -> Floats:
    """Centre effects with standard deviation `spread`, from uniform draws.

    The bridge distribution (Wang & Louis 2003, doi:10.1093/biomet/90.4.765): averaged over it, a logit is again a logit,
    so that a model without centre effects is still the right one.
    """
    shrink = 1 / np.sqrt(1 + 3 * spread**2 / np.pi**2)
    return np.asarray(np.log(np.sin(shrink * np.pi * uniform) / np.sin(shrink * np.pi * (1 - uniform))) / shrink)


def draw_pupils(rng: np.random.Generator, assumed: Assumptions, size: int, centres: int) -> Pupils:
    """Draw pupils of one population with all their traits.

    Parameters
    ----------
    assumed
        The part of the assumptions on this population.
    size, centres
        How many pupils, in how many centres; every draw has new centres.
    """
    draft = _Draft(rng, assumed, size)
    effects = draft.draw_centres(centres)
    # Three decimals: what is in the truth file is exactly what was used.
    draft.features["motivation"] = np.round(ndtri(rng.random(size)), 3)
    draft.draw_person()
    draft.draw_background()
    if "arrears" in assumed.entries:
        draft.draw_schooling()
    draft.draw_absence()
    traits = {name: draft.columns[name] for name in OBSERVED if name in draft.columns}
    return Pupils(pd.DataFrame(traits | {"motivation": draft.features["motivation"]}), draft.features, effects)


class _Draft:
    """Pupils in the making: traits are drawn one after another, later ones given earlier ones."""

    def __init__(self, rng: np.random.Generator, assumed: Assumptions, size: int) -> None:
        self.rng, self.assumed, self.size = rng, assumed, size
        self.features: dict[str, Floats] = {}
        self.columns: dict[str, np.ndarray] = {}

    def draw_centres(self, centres: int) -> dict[str, Floats]:
        weight = np.exp(self.assumed.number("centre_size_spread") * ndtri(self.rng.random(centres)))
        regions = self.assumed.group("regions")
        # In proportion rather than at random: with few centres, chance would empty a province.
        parts = proportional(centres, list(regions.values()))
        region = self.rng.permutation(np.repeat(list(regions), parts))
        centre = np.searchsorted(np.cumsum(weight / weight.sum())[:-1], self.rng.random(self.size))
        self.columns |= {"centre": centre + 1, "region": region[centre]}
        self.features |= _indicators(region[centre], regions)
        spreads = self.assumed.group("centre_spread")
        return {name: bridge(self.rng.random(centres), spread)[centre] for name, spread in spreads.items()}

    def draw_person(self) -> None:
        self.features["male"] = self.happens(np.full(self.size, self.assumed.number("men")))
        age = _pick(self.rng.random(self.size), self.assumed.group("ages")).astype(np.int64)
        self.features["age"] = (age - REFERENCE_AGE).astype(float)
        self.columns |= {"sex": np.where(self.features["male"] == 1, "m", "f"), "age": age}

    def draw_background(self) -> None:
        for name in ("language_other", "mother_low"):
            self.features[name] = self.happens(expit(self.log_odds(name)))
        low, language = self.features["mother_low"], self.features["language_other"]
        high = self.happens(self.assumed.number("mother_high") * (1 - low))
        self.features["mother_high"] = high
        self.columns["mother"] = np.select([low == 1, high == 1], ["low", "high"], default="mid")
        self.columns["language"] = np.where(language == 1, "other", "nl")

    def draw_schooling(self) -> None:
        cuts = self.assumed.group("arrears_thresholds")
        latent = self.log_odds("arrears") + logit(self.rng.random(self.size))
        self.features["arrears"] = (latent > cuts["one_year"]).astype(float) + (latent > cuts["two_years"])
        self.columns["arrears"] = self.features["arrears"].astype(np.int64)
        men, women = self.assumed.group("fields_men"), self.assumed.group("fields_women")
        uniform = self.rng.random(self.size)
        field = np.where(self.features["male"] == 1, _pick(uniform, men), _pick(uniform, women))
        self.columns["field"] = field
        self.features |= _indicators(field, men)

    def draw_absence(self) -> None:
        absent = self.happens(expit(self.log_odds("absence_before")))
        self.features["absence_before"] = absent
        self.columns["absence_before"] = absent.astype(np.int64)

    def log_odds(self, name: str) -> Floats:
        return predictor(self.features, self.assumed.group(name), self.size)

    def happens(self, chance: Floats) -> Floats:
        return (self.rng.random(self.size) < chance).astype(float)


def _pick(uniform: Floats, shares: Mapping[str, float]) -> np.ndarray:
    edges = np.cumsum(list(shares.values()))[:-1]
    return np.array(list(shares))[np.searchsorted(edges, uniform, side="right")]


def _indicators(column: np.ndarray, values: Mapping[str, float]) -> dict[str, Floats]:
    return {value: (column == value).astype(float) for value in values}
