"""A result in the words of statsmodels and pandas: the same numbers, under the names that an economist types."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from lxml import html
from scipy import stats
from tests.unit.effects.effect_data import cohort

from leerwerk.effects import Effects, average_effect
from leerwerk.effects.errors import OptionError

GIVEN = {"outcome": "vsv ~ male + arrears", "treatment": "arm ~ male + arrears", "cluster": "centre"}


@pytest.fixture(scope="module")
def result() -> Effects:
    return average_effect(cohort(800, seed=17, arms=3), **GIVEN)


def test_params_bse_and_conf_int_are_those_of_a_regression_on_the_arm():
    """The difference of two means is the slope of least squares, its robust error HC2; SciPy has Welch's test of it."""
    frame = cohort(500, seed=4)
    found = average_effect(
        frame, outcome="hours ~ 1", treatment="arm ~ 1", method="difference", outcome_family="linear"
    )
    brug = (frame["arm"] == "brug").to_numpy(float)
    slope = sm.OLS(frame["hours"].to_numpy(float), sm.add_constant(brug)).fit(cov_type="HC2")
    test = stats.ttest_ind(frame["hours"][brug == 1], frame["hours"][brug == 0], equal_var=False)
    assert found.params["brug"] == pytest.approx(slope.params[1])
    assert found.bse["brug"] == pytest.approx(slope.bse[1])
    assert found.pvalues["brug"] == pytest.approx(test.pvalue)
    assert found.table.loc["brug", "df"] == pytest.approx(test.df)
    interval = test.confidence_interval(0.9)
    np.testing.assert_allclose(found.conf_int(0.9).loc["brug"], [interval.low, interval.high])


def test_an_interval_of_another_level_is_what_that_level_would_have_given(result):
    wider = average_effect(cohort(800, seed=17, arms=3), level=0.99, **GIVEN).table
    pd.testing.assert_frame_equal(result.conf_int(0.99), wider[["lower", "upper"]])
    pd.testing.assert_frame_equal(result.conf_int(), result.table[["lower", "upper"]])
    with pytest.raises(OptionError):
        result.conf_int(99)


def test_the_frame_says_in_every_row_what_it_rests_on(result):
    frame = result.to_frame()
    assert list(frame["arm"]) == list(result.table.index)
    assert frame[["reference", "method", "estimand", "level", "rows"]].drop_duplicates().to_numpy().tolist() == [
        ["geen", "aipw", "ate", 0.95, 800]
    ]
    assert set(frame["clusters"]) == {result.clusters}


def test_the_summary_has_every_number_and_what_must_be_said():
    few = cohort(800, seed=16, centres=8)
    with pytest.warns(UserWarning, match="Maar 8 clusters"):
        found = average_effect(few, **GIVEN)
    text = found.summary()
    assert "ATE against 'geen' by aipw; 800 rows, clustered (8 clusters)" in text
    assert f"{found.table['estimate'].iloc[0]:.4f}" in text
    assert found.warnings[0] in text


def test_a_notebook_shows_one_table_and_escapes_what_an_arm_is_called():
    frame = cohort(400, seed=3).assign(
        arm=lambda table: table["arm"].cat.rename_categories({"geen": "<i>geen</i>", "brug": "<b>brug</b>"})
    )
    shown = html.fragment_fromstring(
        average_effect(frame, outcome="vsv ~ male", treatment="arm ~ male")._repr_html_(), create_parent="div"
    )
    assert len(shown.xpath(".//table")) == len(shown.xpath(".//caption")) == 1
    assert shown.xpath(".//b | .//i") == []
    assert "<i>geen</i>" in shown.text_content()
    assert "<b>brug</b>" in shown.text_content()
