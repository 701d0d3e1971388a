"""Data that no estimator should answer silently: a named error each, or a warning that reaches the page."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from tests.unit.effects.effect_data import cohort

from leerwerk import effects
from leerwerk.effects import average_effect, errors

FORMULAS = {"outcome": "vsv ~ male + arrears", "treatment": "arm ~ male + arrears"}
Change = Callable[[pd.DataFrame], pd.DataFrame]


def missing_from(column: str) -> Change:
    return lambda frame: frame.assign(**{column: frame[column].astype(object).where(frame.index != 5)})


ERRORS: dict[str, tuple[Change, dict[str, Any], type[Exception], str]] = {
    "one arm": (lambda f: f[f["arm"] == "brug"], {}, errors.ArmsError, "maar één groep"),
    "empty arm": (
        lambda f: f.assign(arm=f["arm"].cat.add_categories("ibal")),
        {},
        errors.ArmsError,
        "'ibal'.*remove_unused_categories",
    ),
    "no rows": (lambda f: f.iloc[:0], {}, errors.MissingValuesError, "geen rijen"),
    "missing column": (
        lambda f: f.drop(columns="arrears"),
        {},
        errors.MissingColumnError,
        "'arrears'.*aanwezig",
    ),
    "missing covariate": (missing_from("male"), {}, errors.MissingValuesError, "'male' heeft 1 "),
    "missing outcome": (missing_from("vsv"), {}, errors.MissingValuesError, "'vsv'"),
    "missing arm": (missing_from("arm"), {}, errors.MissingValuesError, "'arm'"),
    "missing cluster": (
        missing_from("centre"),
        {"cluster": "centre"},
        errors.MissingValuesError,
        "'centre'",
    ),
    "infinite covariate": (
        lambda f: f.assign(arrears=f["arrears"].astype(float).replace(0, np.inf)),
        {},
        errors.MissingValuesError,
        "oneindige",
    ),
    "constant covariate": (lambda f: f.assign(male=3.7), {}, errors.ConstantCovariateError, "'male'"),
    "covariate constant in an arm": (
        lambda f: f.assign(male=f["male"].where(f["arm"] == "brug", 1)),
        {"treatment": "arm ~ arrears"},
        errors.ConstantCovariateError,
        "'male'.*in groep 'geen'",
    ),
    "collinear covariate": (
        lambda f: f.assign(arrears=2 - 3.0 * f["male"]),
        {},
        errors.CollinearCovariatesError,
        "'arrears' volgt volledig uit Intercept, male",
    ),
    "unused category of a covariate": (
        lambda f: f.assign(male=pd.Categorical.from_codes(f["male"], ["v", "m", "x"])),
        {},
        errors.CategoryError,
        "'male'.*'x'.*remove_unused_categories",
    ),
    "unused first category of a covariate": (
        lambda f: f.assign(male=pd.Categorical.from_codes(f["male"] + 1, ["x", "v", "m"])),
        {},
        errors.CategoryError,
        "'male'.*'x'.*remove_unused_categories",
    ),
    "two columns of one name": (
        lambda f: pd.concat([f, f[["male"]]], axis=1),
        {},
        errors.ColumnError,
        "twee kolommen met de naam 'male'",
    ),
    "a date as covariate": (
        lambda f: f.assign(male=pd.Timestamp("2018-09-01") + pd.to_timedelta(f["arrears"], unit="D")),
        {},
        errors.ColumnError,
        "'male'.*aantal dagen",
    ),
    "numbers and text in one column": (
        lambda f: f.assign(male=f["male"].astype(object).where(f.index > 5, "vrouw")),
        {},
        errors.ColumnError,
        "'male'.*door elkaar",
    ),
    "complex numbers": (lambda f: f.assign(male=f["male"] * 1j), {}, errors.ColumnError, "'male'"),
    "^ for a power": (lambda f: f, {"outcome": "vsv ~ I(arrears^2)"}, errors.FormulaError, "schrijf \\*\\*"),
    "^ on a yes or no": (
        lambda f: f.assign(male=f["male"].astype(bool)),
        {"treatment": "arm ~ I(male^arrears)"},
        errors.FormulaError,
        "schrijf \\*\\*",
    ),
    "a bar between covariates": (lambda f: f, {"outcome": "vsv ~ male | arrears"}, errors.FormulaError, "met \\+"),
    "nothing at the right": (lambda f: f, {"treatment": "arm ~ 0"}, errors.FormulaError, "'~ 1'"),
    "the outcome explains the treatment": (
        lambda f: f,
        {"treatment": "arm ~ male + vsv"},
        errors.FormulaError,
        "Haal uitkomst 'vsv'",
    ),
    "a list of clusters": (lambda f: f, {"cluster": ["centre"]}, errors.FrameError, "geef haar naam"),
    "an array for a table": (lambda f: f.to_numpy(), {}, errors.FrameError, "geen DataFrame maar een ndarray"),
    "no overlap": (
        lambda f: f.assign(arrears=f["arrears"] + 10 * (f["arm"] == "brug")),
        {"outcome": "vsv ~ male"},
        errors.NoOverlapError,
        "voorspellen perfect",
    ),
    "separation": (
        lambda f: f.assign(vsv=f["arrears"] > 0),
        {},
        errors.SeparationError,
        "groep 'geen'.*uitkomst perfect",
    ),
    "quasi-separation": (
        lambda f: f.assign(vsv=f["vsv"] & (f["male"] == 1)),
        {},
        errors.SeparationError,
        "uitkomst perfect",
    ),
    "same outcome throughout an arm": (
        lambda f: f.assign(vsv=f["vsv"] | (f["arm"] == "brug")),
        {},
        errors.SeparationError,
        "groep 'brug'",
    ),
    "outcome not 0/1": (
        lambda f: f,
        {"outcome": "hours ~ male"},
        errors.OutcomeError,
        "andere waarden dan 0 en 1.*linear",
    ),
    "outcome not a number": (
        lambda f: f.assign(vsv=f["vsv"].map({True: "ja", False: "nee"})),
        {},
        errors.OutcomeError,
        "geen getal",
    ),
    "one cluster": (
        lambda f: f.assign(centre=1),
        {"cluster": "centre"},
        errors.ClusterError,
        "één cluster",
    ),
    "no cluster column": (lambda f: f, {"cluster": "school"}, errors.MissingColumnError, "'school'"),
    "probit with three arms": (
        lambda f: cohort(len(f), seed=2, arms=3),
        {"treatment_family": "probit"},
        errors.ProbitArmsError,
        "3 groepen",
    ),
    "outcome as its own covariate": (
        lambda f: f,
        {"outcome": "vsv ~ vsv + male"},
        errors.FormulaError,
        "beide kanten",
    ),
    "treatment as covariate of the outcome": (
        lambda f: f,
        {"outcome": "vsv ~ arm + male"},
        errors.FormulaError,
        "'arm'.*per groep",
    ),
    "formula without outcome": (
        lambda f: f,
        {"outcome": "male + arrears"},
        errors.FormulaError,
        "schrijf ze als",
    ),
    "formula with an open bracket": (
        lambda f: f,
        {"outcome": "vsv ~ (male"},
        errors.FormulaError,
        "haakjes",
    ),
    "formula with an unknown function": (
        lambda f: f,
        {"outcome": "vsv ~ wortel(male)"},
        errors.MissingColumnError,
        "'wortel' ontbreekt",
    ),
    "logarithm of a text": (
        lambda f: f.assign(name="An"),
        {"outcome": "vsv ~ log(name)"},
        errors.FormulaError,
        "niet te berekenen",
    ),
    "logarithm of zero": (
        lambda f: f,
        {"outcome": "vsv ~ log(male)"},
        errors.MissingValuesError,
        "geen getal",
    ),
    "unknown method": (lambda f: f, {"method": "matching"}, errors.OptionError, "kies difference"),
    "unknown estimand": (lambda f: f, {"estimand": "atu"}, errors.OptionError, "ate, att"),
    "impossible level": (lambda f: f, {"level": 95}, errors.OptionError, "0.95"),
}


@pytest.mark.parametrize("case", ERRORS)
def test_named_error_with_a_remedy(case: str) -> None:
    change, options, expected, text = ERRORS[case]
    frame = change(cohort(400, seed=1))
    with pytest.raises(expected, match=text) as caught:
        average_effect(frame, **(FORMULAS | options))
    assert isinstance(caught.value, effects.EffectsError)
    assert "\n" not in str(caught.value)


def test_every_covariate_needs_more_rows_than_columns() -> None:
    frame = cohort(9, seed=15).assign(arm=[0, 0, 0, 0, 0, 0, 1, 1, 1])
    with pytest.raises(effects.EffectsError):
        average_effect(frame, outcome="hours ~ male + age + arrears", treatment="arm ~ 1", outcome_family="linear")


@pytest.mark.frames
def test_weak_overlap_is_told_and_raised() -> None:
    frame = cohort(3000, seed=13)
    rng = np.random.default_rng(14)
    score = rng.standard_normal(3000)
    frame = frame.assign(score=score, arm=rng.random(3000) < 1 / (1 + np.exp(-3 * score)))
    with pytest.warns(errors.WeakOverlapWarning, match="keer het gemiddelde gewicht") as caught:
        result = average_effect(frame, outcome="vsv ~ male", treatment="arm ~ score")
    assert result.warnings == tuple(str(item.message) for item in caught)
    assert caught[0].filename == __file__


def test_a_row_beyond_every_digit_of_a_probit_is_told_in_words() -> None:
    rng = np.random.default_rng(14)
    frame = cohort(400, seed=13).assign(score=rng.uniform(-1, 1, 400))
    frame["arm"] = frame["score"] + rng.standard_normal(400) > 0
    frame.loc[7, ["score", "arm"]] = 100.0, True
    with pytest.warns(errors.WeakOverlapWarning, match="groep False.*oneindig veel keer"):
        average_effect(frame, outcome="vsv ~ male", treatment="arm ~ score", treatment_family="probit")


@pytest.mark.parametrize("method", ["difference", "ipw"])
def test_an_arm_where_nobody_leaves_is_told(method: Any) -> None:
    """Nothing varies there, so that its share of the standard error would silently be zero."""
    frame = cohort(400, seed=20).assign(vsv=lambda table: table["vsv"] & (table["arm"] == "geen"))
    with pytest.warns(errors.ConstantOutcomeWarning, match="'brug' heeft iedereen dezelfde"):
        result = average_effect(frame, method=method, **FORMULAS)
    assert len(result.warnings) == 1


def test_few_clusters_are_told() -> None:
    with pytest.warns(errors.FewClustersWarning, match="Maar 8 clusters"):
        result = average_effect(cohort(800, seed=16, centres=8), cluster="centre", **FORMULAS)
    assert len(result.warnings) == 1


def test_no_warnings_for_ordinary_data() -> None:
    assert average_effect(cohort(800, seed=17), cluster="centre", **FORMULAS).warnings == ()


def test_a_rare_but_finite_outcome_is_not_separation() -> None:
    """A handful of leavers among two thousand, and one pupil far from the rest: extreme, but finite."""
    frame = cohort(4000, seed=18)
    rare = frame.groupby(["arm", "arrears"], observed=True).cumcount().eq(3)
    frame = frame.assign(vsv=rare, arrears=frame["arrears"] + 50 * (frame.index == 17))
    table = average_effect(frame, method="regression", outcome="vsv ~ arrears", treatment="arm ~ 1").table
    assert np.isfinite(table["std_error"]).all()


def test_frames_as_people_have_them() -> None:
    """Nullable, boolean and text columns, a repeated index, and names that are no identifiers."""
    frame = cohort(600, seed=19)
    typed = pd.DataFrame(
        {
            "geslacht m/v": frame["male"].map({0: "v", 1: "m"}),
            "achterstand": frame["arrears"].astype("Int64"),
            "groep": frame["arm"].astype(str),
            "vroeg weg": frame["vsv"].astype("boolean"),
        }
    ).set_index(np.zeros(600, dtype=int))
    plain = average_effect(frame.assign(arm=frame["arm"].cat.reorder_categories(["brug", "geen"])), **FORMULAS).table
    result = average_effect(
        typed,
        outcome="`vroeg weg` ~ `geslacht m/v` + achterstand",
        treatment="groep ~ `geslacht m/v` + achterstand",
    ).table
    np.testing.assert_allclose(result, plain, rtol=1e-9)
