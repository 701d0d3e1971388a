"""What a reader is told when something cannot be estimated: every sentence, in full.

A message is all that somebody gets who hands in a table; half a sentence or a wrong name is a wrong answer.
"""

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from tests.unit.effects.effect_data import cohort

from leerwerk.effects import average_effect, e_value, errors, risk_ratio, standardised_risks
from leerwerk.effects.design import Arms
from leerwerk.effects.potential_outcomes import Sample, Specification
from leerwerk.effects.sample import Arranged, outcome_models

# Few rows, because every number is worked out by hand.
pytestmark = pytest.mark.filterwarnings("ignore::leerwerk.effects.errors.FewRowsWarning")

Change = Callable[[pd.DataFrame], pd.DataFrame]
FORMULAS = {"outcome": "vsv ~ male + arrears", "treatment": "arm ~ male + arrears"}


def same(frame: pd.DataFrame) -> pd.DataFrame:
    return frame


EFFECTS: dict[str, tuple[Change, dict[str, Any], type[Exception], str]] = {
    "method": (
        same,
        {"method": "matching"},
        errors.OptionError,
        "method='matching' bestaat niet: kies difference, regression, ipw, aipw, ipwra.",
    ),
    "estimand": (
        same,
        {"estimand": "atu"},
        errors.OptionError,
        "estimand='atu' bestaat niet: kies ate, att, atc, ato.",
    ),
    "outcome family": (
        same,
        {"outcome_family": "probit"},
        errors.OptionError,
        "outcome_family='probit' bestaat niet: kies logit, linear.",
    ),
    "treatment family": (
        same,
        {"treatment_family": "linear"},
        errors.OptionError,
        "treatment_family='linear' bestaat niet: kies logit, probit.",
    ),
    "level 0": (
        same,
        {"level": 0},
        errors.OptionError,
        "level=0 ligt niet tussen 0 en 1: kies bijvoorbeeld 0.95.",
    ),
    "level 1": (
        same,
        {"level": 1},
        errors.OptionError,
        "level=1 ligt niet tussen 0 en 1: kies bijvoorbeeld 0.95.",
    ),
    "no tilde": (
        same,
        {"outcome": "vsv"},
        errors.FormulaError,
        "Formule 'vsv' is onvolledig: schrijf ze als 'uitkomst ~ kenmerk + kenmerk'.",
    ),
    "no outcome": (
        same,
        {"outcome": " ~ male"},
        errors.FormulaError,
        "Formule ' ~ male' is onvolledig: schrijf ze als 'uitkomst ~ kenmerk + kenmerk'.",
    ),
    "no terms": (
        same,
        {"treatment": "arm ~ "},
        errors.FormulaError,
        "Formule 'arm ~ ' is onvolledig: schrijf ze als 'uitkomst ~ kenmerk + kenmerk'.",
    ),
    "two tildes": (
        same,
        {"outcome": "vsv ~ male ~ age"},
        errors.FormulaError,
        "Formule 'vsv ~ male ~ age' is onvolledig: schrijf ze als 'uitkomst ~ kenmerk + kenmerk'.",
    ),
    "open bracket": (
        same,
        {"outcome": "vsv ~ (male"},
        errors.FormulaError,
        "De formule 'vsv ~ (male' is niet leesbaar: controleer haakjes, plustekens en namen.",
    ),
    "outcome on both sides": (
        same,
        {"outcome": "vsv ~ male + vsv"},
        errors.FormulaError,
        "In 'vsv ~ male + vsv' staat 'vsv' aan beide kanten: haal het rechts weg.",
    ),
    "treatment explains outcome": (
        same,
        {"outcome": "vsv ~ arm"},
        errors.FormulaError,
        "Haal behandeling 'arm' uit de kenmerken van de uitkomst: het uitkomstmodel wordt al per groep geschat.",
    ),
    "terms that cannot be computed": (
        lambda f: f.assign(name="An"),
        {"outcome": "vsv ~ log(name)"},
        errors.FormulaError,
        "De termen 'log(name)' zijn niet te berekenen: Unable to evaluate factor `log(name)`. [TypeError",
    ),
    "terms without a value": (
        same,
        {"treatment": "arm ~ log(male)"},
        errors.MissingValuesError,
        "De termen 'log(male)' leveren waarden op die geen getal zijn.",
    ),
    "no rows": (
        lambda f: f.iloc[:0],
        {},
        errors.MissingValuesError,
        "De tabel heeft geen rijen: controleer de selectie.",
    ),
    "no column": (
        lambda f: f[["vsv", "arm", "male"]],
        {},
        errors.MissingColumnError,
        "Kolom 'arrears' ontbreekt: pas de formule aan. Wel aanwezig: vsv, arm, male.",
    ),
    "missing and infinite values": (
        lambda f: f.assign(male=f["male"].astype(float).where(f.index > 2, [np.nan, np.inf, -np.inf] + [0.0] * 397)),
        {},
        errors.MissingValuesError,
        "Kolom 'male' heeft 3 ontbrekende of oneindige waarden: vul ze aan of laat die rijen uitdrukkelijk weg.",
    ),
    "one arm": (
        lambda f: f.assign(arm="brug"),
        {},
        errors.ArmsError,
        "Behandeling 'arm' heeft maar één groep: er valt niets te vergelijken.",
    ),
    "empty arms": (
        lambda f: f.assign(arm=f["arm"].cat.add_categories(["ibal", "beide"])),
        {},
        errors.ArmsError,
        "Behandeling 'arm' heeft groepen zonder rijen ('ibal', 'beide'): verwijder die categorieën met "
        ".cat.remove_unused_categories().",
    ),
    "an arm of one row": (
        lambda f: pd.concat([f[f["arm"] == "geen"], f[f["arm"] == "brug"].iloc[:1]]),
        {},
        errors.ArmsError,
        "Groep 'brug' heeft maar één rij: hoe zeker haar cijfer is, volgt daar niet uit.",
    ),
    "three arms and a probit": (
        lambda f: cohort(400, seed=2, arms=3),
        {"treatment_family": "probit"},
        errors.ProbitArmsError,
        "Behandeling 'arm' heeft 3 groepen en probit kent er twee: kies 'logit'.",
    ),
    "outcome in words": (
        lambda f: f.assign(vsv="ja"),
        {},
        errors.OutcomeError,
        "Uitkomst 'vsv' is geen getal: codeer ze als 0/1 of als getal.",
    ),
    "outcome not 0 or 1": (
        lambda f: f.assign(vsv=f["vsv"] * 2),
        {},
        errors.OutcomeError,
        "Uitkomst 'vsv' heeft andere waarden dan 0 en 1: kies outcome_family='linear' of hercodeer.",
    ),
    "one cluster": (
        lambda f: f.assign(centre=1),
        {"cluster": "centre"},
        errors.ClusterError,
        "Kolom 'centre' telt maar één cluster: daar volgt geen standaardfout uit.",
    ),
    "constant trait": (
        lambda f: f.assign(male=1),
        {},
        errors.ConstantCovariateError,
        "Kenmerk 'male' heeft overal dezelfde waarde: haal het weg.",
    ),
    "trait that is constant in an arm": (
        lambda f: f.assign(male=f["male"].where(f["arm"] == "geen", 1)),
        {"treatment": "arm ~ arrears"},
        errors.ConstantCovariateError,
        "Kenmerk 'male' heeft overal dezelfde waarde in groep 'brug': haal het weg.",
    ),
    "trait that follows from others": (
        lambda f: f.assign(arrears=3 * f["male"] - 2 * f["age"], hours=f["hours"]),
        {"outcome": "vsv ~ male + hours + age + arrears"},
        errors.CollinearCovariatesError,
        "Kenmerk 'arrears' volgt volledig uit male, age: haal een van die kenmerken weg.",
    ),
    "trait that follows from others in an arm": (
        lambda f: f.assign(arrears=f["arrears"].where(f["arm"] == "brug", 1 + f["male"])),
        {"treatment": "arm ~ male"},
        errors.CollinearCovariatesError,
        "Kenmerk 'arrears' volgt in groep 'geen' volledig uit Intercept, male: haal een van die kenmerken weg.",
    ),
    "no overlap": (
        lambda f: f.assign(male=f["arm"] == "brug"),
        {"outcome": "vsv ~ arrears"},
        errors.NoOverlapError,
        "De kenmerken voorspellen perfect welke rij in welke groep zit: vergelijkbare rijen ontbreken. Beperk de tabel "
        "tot rijen die in elke groep konden terechtkomen, of laat het kenmerk weg.",
    ),
    "separation": (
        lambda f: f.assign(vsv=f["vsv"] & (f["arm"] == "geen")),
        {},
        errors.SeparationError,
        "In groep 'brug' voorspellen de kenmerken de uitkomst perfect (of iedereen heeft dezelfde uitkomst): voeg "
        "categorieën samen, laat een kenmerk weg of kies outcome_family='linear'.",
    ),
}


@pytest.mark.parametrize("case", EFFECTS)
def test_an_effect(case: str) -> None:
    change, options, error, text = EFFECTS[case]
    with pytest.raises(error) as caught:
        average_effect(change(cohort(400, seed=1)), **(FORMULAS | options))
    assert type(caught.value) is error
    # What follows a term that cannot be computed is formulaic's own reason.
    found = str(caught.value)
    assert found.startswith(text) if text.endswith("[TypeError") else found == text


@pytest.mark.parametrize(("arm", "against"), [("ibal", "geen"), ("brug", "ibal")])
@pytest.mark.parametrize("estimand", ["ate", "att"])
def test_a_contrast(arm: str, against: str, estimand: Any) -> None:
    result = average_effect(cohort(400, seed=1), estimand=estimand, method="difference", **FORMULAS)
    with pytest.raises(errors.OptionError) as caught:
        result.contrast(arm, against)
    assert str(caught.value) == (f"Er is geen vergelijking van {arm!r} met {against!r}: kies uit de groepen in .means.")


def test_a_linear_model_without_solution() -> None:
    """Two equal columns, which reading a frame would have refused."""
    codes = np.array([0, 0, 0, 1, 1, 1])
    twice = np.ones((6, 2))
    sample = Sample(np.arange(6.0), twice, twice, codes, np.array([0, 3, 6]))
    arranged = Arranged(sample, Arms(("geen", "brug"), codes), np.arange(6), None, np.ones((6, 1)), pd.RangeIndex(6))
    with pytest.raises(errors.ConvergenceError) as caught:
        outcome_models(arranged, Specification("regression", "ate", "linear", "logit"), np.ones((6, 1)), None)
    assert str(caught.value) == ("Het uitkomstmodel van groep 'geen' vindt geen oplossing: vereenvoudig de formule.")


DURATIONS: dict[str, tuple[dict[str, Any], dict[str, Any], type[Exception], str]] = {
    "month zero": (
        {"months": 0},
        {},
        errors.OutcomeError,
        "Kolom 'months' heeft duren die niet positief zijn: tel vanaf maand 1.",
    ),
    "half months": (
        {"months": 1.5},
        {},
        errors.OutcomeError,
        "Kolom 'months' telt geen hele maanden: rond naar boven af.",
    ),
    "breaks that fall": (
        {},
        {"breaks": [6, 3]},
        errors.OptionError,
        "breaks=(6, 3) moet stijgen en tussen maand 0 en 8 liggen.",
    ),
    "the same break twice": (
        {},
        {"breaks": [3, 3]},
        errors.OptionError,
        "breaks=(3, 3) moet stijgen en tussen maand 0 en 8 liggen.",
    ),
    "a break before the first month": (
        {},
        {"breaks": [0]},
        errors.OptionError,
        "breaks=(0,) moet stijgen en tussen maand 0 en 8 liggen.",
    ),
    "a break after the last": (
        {},
        {"breaks": [8]},
        errors.OptionError,
        "breaks=(8,) moet stijgen en tussen maand 0 en 8 liggen.",
    ),
    "month before the first": (
        {},
        {"months": [0, 1]},
        errors.OptionError,
        "Kies maanden van 1 tot 8: verder is niet elke groep gevolgd.",
    ),
    "month after the last": (
        {},
        {"months": [1, 9]},
        errors.OptionError,
        "Kies maanden van 1 tot 8: verder is niet elke groep gevolgd.",
    ),
    "no month": (
        {},
        {"months": []},
        errors.OptionError,
        "Kies maanden van 1 tot 8: verder is niet elke groep gevolgd.",
    ),
    "nobody leaves anywhere": (
        {"left": 0},
        {},
        errors.SeparationError,
        "In kolom 'left' is niets gebeurd: er valt niets te vergelijken.",
    ),
    "nobody leaves in a period": (
        {"left": [1, 1, 0, 0, 1, 1, 1, 0] * 2},
        {"breaks": [2, 4]},
        errors.SeparationError,
        "In groep 'brug' vertrekt niemand in periode 2: kies ruimere 'breaks'.",
    ),
    "a trait that decides": (
        {"left": [1, 0, 1, 0, 1, 0, 1, 0] * 2},
        {"outcome": "months ~ even"},
        errors.SeparationError,
        "In groep 'brug' voorspellen de kenmerken het vertrek perfect: laat een kenmerk weg.",
    ),
}


@pytest.mark.parametrize("case", DURATIONS)
def test_a_duration(case: str) -> None:
    """Eight pupils in each of two arms, who stay one to eight months."""
    change, options, error, text = DURATIONS[case]
    frame = pd.DataFrame(
        {"arm": ["brug"] * 8 + ["geen"] * 8, "months": [*range(1, 9)] * 2, "left": 1, "even": [0, 1] * 8}
    ).assign(**change)
    with pytest.raises(error) as caught:
        standardised_risks(frame, **({"outcome": "months ~ 1", "event": "left", "arm": "arm"} | options))
    assert (type(caught.value), str(caught.value)) == (error, text)


@pytest.mark.parametrize("ratio", [0.0, -2.0, float("inf"), float("nan")])
@pytest.mark.parametrize("place", [0, 1])
def test_an_e_value(ratio: float, place: int) -> None:
    with pytest.raises(errors.OptionError) as caught:
        e_value(*([2.0] * place), ratio)
    assert str(caught.value) == f"Een risicoverhouding van {ratio} bestaat niet: geef een positief getal."


def test_a_risk_ratio() -> None:
    frame = pd.DataFrame({"arm": [0, 0, 1, 1, 2, 2], "gain": [-1.0, -2.0, 2.0, 3.0, 0.0, 0.0]})
    options: dict[str, Any] = {"outcome": "gain ~ 1", "treatment": "arm ~ 1", "method": "difference"}
    with pytest.warns(errors.ConstantOutcomeWarning):
        result = average_effect(frame, outcome_family="linear", **options)
    for arm in (0, 3):
        with pytest.raises(errors.OptionError) as caught:
            risk_ratio(result, arm)
        assert str(caught.value) == f"Er is geen groep {arm} om met 0 te vergelijken."
    turned = frame.assign(gain=-frame["gain"])
    with pytest.warns(errors.ConstantOutcomeWarning):
        reverse = average_effect(turned, outcome_family="linear", **options)
    # A negative reference; a negative risk; a risk of zero.
    for effects, arm in ((result, 1), (reverse, 1), (reverse, 2)):
        with pytest.raises(errors.OptionError) as caught:
            risk_ratio(effects, arm)
        assert str(caught.value) == "Een risicoverhouding vraagt positieve risico's: gebruik het verschil."
