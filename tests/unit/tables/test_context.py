"""Looking a figure up: exactly one row, in the right unit."""

import pytest

from ledger.quantity import Quantity, ratio
from leerwerk.tables.context import public_figure


@pytest.mark.parametrize(
    ("key", "value", "unit"),
    [
        (("youth_unemployment_rate", "not stated", "2017"), 0.156, "share"),
        (("graduates_admin_count", "Flanders", "2014-2015"), 62158, "persons"),
        (("young_unemployed_count", "not stated", "2019-06"), 30000, "persons"),
        (("dual_learning_programmes", "Flanders", "2016-2017"), 6, "count"),
        (("dual_learning_providers", "Flanders", "2018-2019"), 200, "count"),
        (("esf_budget_per_year", "Flanders", "2014-2020", None, ""), 4_900_000, "euro"),
        (("early_leavers_lfs", "BE", "2022", "statbel-esl", "F"), 0.048, "share"),
        (("unemployment_rate", "Flanders", "2017", "fpb-i39"), 0.044, "share"),
        (("dual_only_scheme", "Flanders", "2024-2025", None, ""), 2024, "year"),
    ],
)
def test_a_figure_has_its_unit(key, value, unit):
    assert public_figure(*key) == Quantity(pytest.approx(value), unit, evidence="context")


def test_a_printed_span_is_an_interval():
    found = public_figure("learning_working_pupils", "Flanders", "about 2017")
    assert found == Quantity(10000, "persons", 10000, 11000, evidence="context")


@pytest.mark.parametrize(
    ("key", "rows"),
    [
        (("dual_learning_pupils", "Flanders", "2016-2017"), 2),  # two sources that contradict each other
        (("unemployment_rate", "Flanders", "2017", "statbel-esl"), 0),
        (("unemployment_rate", "Flanders", "1917"), 0),
        (("early_leavers_lfs", "Flanders", "2022", "statbel-esl", "F"), 0),
    ],
)
def test_none_or_several_rows_are_refused(key, rows):
    with pytest.raises(LookupError, match=f"series.csv heeft {rows} rijen voor"):
        public_figure(*key)


def test_ratio():
    youth, total = (Quantity(share, "share", evidence="context") for share in (0.3, 0.1))
    assert ratio(youth, total) == Quantity(pytest.approx(3), "ratio", evidence="context")
