"""Hernán & Robins, Causal Inference: What If, chapter 12: quitting smoking and weight gain, as the book prints it.

Tolerance: half a unit of the last printed digit. The interval is not compared: the book's takes the weights as known, ours counts
that they were estimated, and is the narrower of the two (Lunceford & Davidian 2004).
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from tests.numbers.printed import as_printed

from leerwerk.effects import Effects, average_effect, standardised_risks

TRAITS = (
    "sex + race + age + I(age**2) + C(education) + smokeintensity + I(smokeintensity**2) + smokeyrs + I(smokeyrs**2)"
    " + C(exercise) + C(active) + wt71 + I(wt71**2)"
)
# Section 12.2: "quitting smoking increases weight by 3.4 kg on average".
GAIN = 3.4
# Section 12.3: the weights 1 / f(A|L) range from 1.05 to 16.7, those with f(A) in the numerator from 0.33 to 4.30.
PLAIN, STABILISED = (1.05, 16.7), (0.33, 4.30)
# The book's programs with their output: Palmer, repository remlapmot/cibookex-r, docs. Program 12.5 in R: log odds of
# death among those who did not quit, and the log odds ratio of quitting, weighted.
DEATH = ("-1.4905", "0.0301")
# Program 13.3 in Stata: mean gains and their difference from one outcome model, in which only smoking intensity meets quitting.
STANDARDISED = ("1.756213", "5.273587", "3.517374")
# Program 13.4 in R: the same difference where nothing meets quitting; the last four of its decimals are its solver's rounding.
NO_PRODUCT = "3.4626218292"
# Section 12.6 (program 12.7 in Stata): mean gain without quitting and the effect of quitting, with weights for treatment and for
# being weighed in 1982. Its errors take the weights as known, so that intervals are not compared.
CENSORED = ("1.662", "3.496")
# Programs 17.2 and 17.4 in Stata: share alive after 120 months, from hazards that are a parabola in time on the logit
# scale, without traits and standardised over them.
ALIVE, ALIVE_STANDARDISED = (0.8279829, 0.774282), (0.8160697, 0.8117629)


@pytest.fixture(scope="module")
def smokers() -> pd.DataFrame:
    return pd.read_csv(Path(__file__).parent / "fixtures" / "nhefs.csv")


@pytest.fixture(scope="module")
def weighted(smokers: pd.DataFrame) -> Effects:
    return average_effect(
        smokers, outcome="wt82_71 ~ 1", treatment=f"qsmk ~ {TRAITS}", method="ipw", outcome_family="linear"
    )


def test_the_weighted_difference(weighted: Effects) -> None:
    assert weighted.params[1] == pytest.approx(GAIN, abs=0.05)


def test_the_weights(smokers: pd.DataFrame, weighted: Effects) -> None:
    assert weighted.propensity is not None
    quit_ = smokers["qsmk"].to_numpy()
    own = weighted.propensity.to_numpy()[np.arange(len(smokers)), quit_]
    share = np.where(quit_ == 1, quit_.mean(), 1 - quit_.mean())
    plain, stabilised = 1 / own, share / own
    assert (plain.min(), plain.max()) == (pytest.approx(PLAIN[0], abs=0.005), pytest.approx(PLAIN[1], abs=0.05))
    assert (stabilised.min(), stabilised.max()) == (
        pytest.approx(STABILISED[0], abs=0.005),
        pytest.approx(STABILISED[1], abs=0.005),
    )


@pytest.mark.parametrize("method", ["regression", "aipw", "ipwra"])
def test_other_estimators_find_nearly_the_same(smokers: pd.DataFrame, method: str) -> None:
    """Section 13.4: a large difference would alert to a misspecified model; these lie within a tenth of a kilogram."""
    found = average_effect(
        smokers,
        outcome=f"wt82_71 ~ {TRAITS}",
        treatment=f"qsmk ~ {TRAITS}",
        method=method,  # type: ignore[arg-type]
        outcome_family="linear",
    )
    assert found.params[1] == pytest.approx(GAIN, abs=0.1)


@pytest.fixture(scope="module")
def everyone() -> pd.DataFrame:
    """All smokers, some of whom were not weighed in 1982."""
    return pd.read_csv(Path(__file__).parent / "fixtures" / "nhefs_all.csv")


@pytest.fixture(scope="module")
def alive(smokers: pd.DataFrame, everyone: pd.DataFrame) -> pd.DataFrame:
    """The smokers of chapter 12 with their deaths."""
    found = everyone.dropna(subset=["wt82_71"]).reset_index(drop=True)
    assert found["wt82_71"].to_numpy() == pytest.approx(smokers["wt82_71"].to_numpy())
    return found


def test_weighted_deaths(alive: pd.DataFrame) -> None:
    found = average_effect(alive, outcome="death ~ 1", treatment=f"qsmk ~ {TRAITS}", method="ipw")
    risks = found.means["estimate"].to_numpy()
    without, with_ = np.log(risks / (1 - risks))
    assert (without, with_ - without) == (as_printed(DEATH[0]), as_printed(DEATH[1]))


def test_weights_for_who_was_not_weighed(everyone: pd.DataFrame) -> None:
    found = average_effect(
        everyone,
        outcome="wt82_71 ~ 1",
        treatment=f"qsmk ~ {TRAITS}",
        method="ipw",
        outcome_family="linear",
        missing=f"~ qsmk + {TRAITS}",
    )
    assert (found.means["estimate"]["all", 0], found.params[1]) == (as_printed(CENSORED[0]), as_printed(CENSORED[1]))


@pytest.mark.parametrize("product", [True, False])
def test_one_outcome_model(smokers: pd.DataFrame, product: bool) -> None:
    found = average_effect(
        smokers,
        outcome=f"wt82_71 ~ qsmk + {TRAITS}" + (" + qsmk:smokeintensity" if product else ""),
        treatment="qsmk ~ 1",
        method="regression",
        outcome_family="linear",
        common=True,
    )
    assert found.params[1] == as_printed(STANDARDISED[2] if product else NO_PRODUCT)
    if product:
        assert found.means["estimate"].tolist() == [as_printed(text) for text in STANDARDISED[:2]]


@pytest.mark.parametrize(
    ("traits", "printed", "within"),
    # Ours is a hazard that is constant within a year, on the log scale, with coefficients of its own in each arm, which
    # matters with traits only.
    [("1", ALIVE, 0.0005), (TRAITS, ALIVE_STANDARDISED, 0.003)],
    ids=["crude", "standardised"],
)
def test_survival_is_near(alive: pd.DataFrame, traits: str, printed: tuple[float, float], within: float) -> None:
    found = standardised_risks(
        alive, outcome=f"months ~ {traits}", event="death", arm="qsmk", breaks=range(12, 120, 12), months=[120]
    )
    assert 1 - found.table["risk"].to_numpy() == pytest.approx(printed, abs=within)
