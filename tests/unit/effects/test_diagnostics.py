"""What is said about an estimate: weights by hand, thresholds on both sides, sentences in full."""

import warnings
from typing import Any

import numpy as np
import pandas as pd
import pytest

from leerwerk.effects import average_effect, errors
from leerwerk.effects.design import Arms
from leerwerk.effects.diagnostics import (
    announce,
    cluster_warnings,
    outcome_warnings,
    overlap_warnings,
    weight_row,
    weight_summary,
)
from leerwerk.effects.potential_outcomes import Sample, Specification
from leerwerk.effects.sample import Arranged

LABELS = ("geen", "brug", "ibal")
# Six pupils, two in each arm, and each one's probability of the three arms.
PROBABILITY = np.array(
    [
        [0.50, 0.25, 0.25],
        [0.80, 0.10, 0.10],
        [0.40, 0.40, 0.20],
        [0.05, 0.80, 0.15],
        [0.25, 0.25, 0.50],
        [0.60, 0.20, 0.20],
    ]
)


def arranged(outcome: list[float] | None = None) -> Arranged:
    """The six pupils, without covariates."""
    codes = np.array([0, 0, 1, 1, 2, 2])
    values = np.array(outcome or [0.0, 1.0, 0.0, 1.0, 0.0, 1.0])
    sample = Sample(values, np.empty((6, 0)), np.empty((6, 0)), codes, np.array([0, 2, 4, 6]))
    return Arranged(sample, Arms(LABELS, codes), np.arange(6), None, np.ones((6, 1)), pd.RangeIndex(6))


@pytest.mark.parametrize(
    ("pair", "needed", "own"),
    [
        # Everyone, as pupils of an arm: 1 / p(arm). Nobody's own weight in the first arm reaches 1 / 0.05.
        ((None, 0), [2, 1.25, 2.5, 20, 4, 1 / 0.6], [2, 1.25]),
        ((None, 1), [4, 10, 2.5, 1.25, 4, 5], [2.5, 1.25]),
        ((None, 2), [4, 10, 5, 1 / 0.15, 2, 5], [2, 5]),
        # The pupils of one arm, as pupils of another: p(target) / p(arm).
        ((1, 0), [0.4 / 0.4, 0.8 / 0.05], [0.25 / 0.5, 0.1 / 0.8]),
        ((1, 1), [1, 1], [1, 1]),
        ((2, 0), [0.5 / 0.25, 0.2 / 0.6], [0.25 / 0.5, 0.1 / 0.8]),
        ((2, 1), [0.5 / 0.25, 0.2 / 0.2], [0.2 / 0.4, 0.15 / 0.8]),
    ],
)
def test_weights_by_hand(pair: Any, needed: list[float], own: list[float]) -> None:
    target, arm = pair
    rows = range(6) if target is None else [2 * target, 2 * target + 1]
    smallest = min(PROBABILITY[row, arm] for row in rows)
    first, second = own
    kish = (first + second) ** 2 / (first**2 + second**2)
    found = weight_row(arranged(), PROBABILITY[:, :, None], pair)
    np.testing.assert_allclose(found, (smallest, max(needed) / ((first + second) / 2), kish), rtol=1e-12)
    assert all(isinstance(value, float) for value in found)


def by_loop(target: int | None, arm: int) -> list[float]:
    """Smallest probability, largest relative weight and Kish's number of rows, pupil by pupil."""

    def weight(chance: list[float]) -> float:
        return (1.0 if target is None else chance[target]) / chance[arm]

    chances = PROBABILITY.tolist()
    aimed = chances if target is None else chances[2 * target : 2 * target + 2]
    own = [weight(chance) for chance in chances[2 * arm : 2 * arm + 2]]
    kish = sum(own) ** 2 / sum(value**2 for value in own)
    return [min(chance[arm] for chance in aimed), max(map(weight, aimed)) / (sum(own) / 2), kish]


@pytest.mark.parametrize(
    ("estimand", "expected"),
    [
        ("ate", [(None, 0), (None, 1), (None, 2)]),
        ("att", [(1, 0), (1, 1), (1, 2), (2, 0), (2, 1), (2, 2)]),
    ],
)
def test_a_row_per_mean_in_the_order_of_the_means(estimand: Any, expected: list[Any]) -> None:
    labels = pd.MultiIndex.from_tuples(
        [("all" if target is None else LABELS[target], LABELS[arm]) for target, arm in expected],
        names=["target", "arm"],
    )
    spec = Specification("ipw", estimand, "logit", "logit")
    table = weight_summary(arranged(), spec, PROBABILITY[:, :, None], labels)
    assert list(table.columns) == ["minimum_probability", "largest_weight", "effective_n"]
    pd.testing.assert_index_equal(table.index, labels)
    np.testing.assert_allclose(table, [by_loop(target, arm) for target, arm in expected], rtol=1e-12)


def test_weights_of_two_strata_on_paper() -> None:
    """Without arrears 20 of 60 joined, with arrears 30 of 40: probabilities 1/3 and 3/4."""
    cells = [(0, 0, 40), (0, 1, 20), (1, 0, 10), (1, 1, 30)]
    frame = pd.DataFrame(
        [{"arrears": arrears, "brug": brug, "vsv": place % 2} for arrears, brug, size in cells for place in range(size)]
    )
    formulas = {"outcome": "vsv ~ 1", "treatment": "brug ~ arrears", "method": "ipw"}
    table = average_effect(frame, **formulas).weights  # type: ignore[arg-type]
    assert table is not None
    # In the programme 20 weigh 3 and 30 weigh 4/3: together 100, squares 233.33. Outside 40 weigh 3/2, 10 weigh 4.
    expected = [[1 / 4, 4 / 2, 100**2 / 250], [1 / 3, 3 / 2, 100**2 / (20 * 9 + 30 * 16 / 9)]]
    np.testing.assert_allclose(table, expected, rtol=1e-8)
    treated = average_effect(frame, estimand="att", **formulas).weights  # type: ignore[arg-type]
    assert treated is not None
    # For the treated, outside 40 weigh 1/2 and 10 weigh 3: together 50 of 50, squares 100.
    np.testing.assert_allclose(treated, [[1 / 4, 3, 50**2 / 100], [1 / 3, 1, 50]], rtol=1e-8)


def weights(**largest: float) -> pd.DataFrame:
    """A table of weights for two targets, of which only the largest weight matters here."""
    pairs = [tuple(name.split("_")) for name in largest]
    index = pd.MultiIndex.from_tuples(pairs, names=["target", "arm"])
    return pd.DataFrame({"largest_weight": list(largest.values()), "minimum_probability": 0.0}, index=index)


def test_a_weight_of_twenty_times_the_average_is_bearable_and_more_is_told() -> None:
    assert overlap_warnings(None) == []
    assert overlap_warnings(weights(all_brug=20.0)) == []
    (found,) = overlap_warnings(weights(all_brug=20.01))
    assert type(found) is errors.WeakOverlapWarning
    assert str(found) == (
        "Zwakke overlap: voor sommige rijen is groep 'brug' zo onwaarschijnlijk dat ze daar 20 keer het "
        "gemiddelde gewicht zouden krijgen. Bekijk de overlap voor u het cijfer gebruikt."
    )


def test_an_arm_is_told_once_with_its_heaviest_weight_in_the_order_of_the_arms() -> None:
    table = weights(ibal_geen=31.0, ibal_brug=5.0, brug_geen=44.4, brug_brug=1.0, ibal_aso=99.6)
    found = [str(warning) for warning in overlap_warnings(table)]
    assert [text.split("'")[1] for text in found] == ["geen", "aso"]
    assert "44 keer" in found[0] and "100 keer" in found[1]


@pytest.mark.parametrize(
    ("outcome", "expected"),
    [
        ([0, 1, 0, 1, 0, 1], []),
        ([0, 1, 1, 1, 0, 1], ["brug"]),
        ([3, 3, 0, 1, 2, 2], ["geen", "ibal"]),
        # The arms differ, but within each nothing varies.
        ([0, 0, 0, 0, 1, 1], ["geen", "brug", "ibal"]),
    ],
)
@pytest.mark.parametrize("corrected", [True, False])
def test_an_arm_in_which_nothing_varies_is_told(outcome: list[float], expected: list[str], corrected: bool) -> None:
    """Corrections for small samples do not know of what does not vary either."""
    every = outcome_warnings(arranged(outcome), corrected=corrected)
    # These arms have two rows each, which test_few_rows is about.
    found = [warning for warning in every if type(warning) is not errors.FewRowsWarning]
    assert {type(warning) for warning in found} <= {errors.ConstantOutcomeWarning}
    assert [str(warning) for warning in found] == [
        f"In groep {arm!r} heeft iedereen dezelfde uitkomst: de onzekerheid over die groep is onbekend en telt niet "
        "mee in het interval."
        for arm in expected
    ]


FEW = (
    "Maar {} clusters: het betrouwbaarheidsinterval is waarschijnlijk te smal. Lees het als ondergrens van de "
    "onzekerheid."
)
FEW_BUT_WIDENED = (
    "Maar {} clusters: het betrouwbaarheidsinterval is daarvoor verbreed, maar steunt op weinig: een enkele cluster meer of "
    "minder kan veel veranderen."
)
OWN = (
    "Elke rij is een eigen cluster: de standaardfout houdt met geen enkele samenhang rekening. Geef de kolom met "
    "de clusters."
)


@pytest.mark.parametrize(
    ("clusters", "rows", "expected"),
    [
        (None, 100, None),
        (None, 0, None),
        (20, 100, None),
        # Cameron & Miller call fewer than twenty few.
        (19, 100, (errors.FewClustersWarning, FEW.format(19))),
        (2, 3, (errors.FewClustersWarning, FEW.format(2))),
        (100, 100, (errors.ClusterPerRowWarning, OWN)),
        (5, 5, (errors.ClusterPerRowWarning, OWN)),
        (99, 100, None),
    ],
)
def test_clusters_that_carry_little(clusters: int | None, rows: int, expected: tuple[type, str] | None) -> None:
    """All in one arm: how many each has is told by test_few_clusters."""
    arms = Arms((0,), np.zeros(rows, dtype=np.intp))
    codes = None if clusters is None else np.arange(rows) % clusters
    found = [(type(warning), str(warning)) for warning in cluster_warnings(arms, codes, corrected=False)]
    assert found == ([] if expected is None else [expected])


@pytest.mark.parametrize(
    ("clusters", "rows", "expected"),
    [
        (None, 100, None),
        (20, 100, None),
        (19, 100, (errors.FewClustersWarning, FEW_BUT_WIDENED.format(19))),
        (2, 3, (errors.FewClustersWarning, FEW_BUT_WIDENED.format(2))),
        # No correction knows what rows of the same cluster have in common when nobody says which these are.
        (5, 5, (errors.ClusterPerRowWarning, OWN)),
    ],
)
def test_an_interval_that_allows_for_few_clusters_still_rests_on_few(
    clusters: int | None, rows: int, expected: tuple[type, str] | None
) -> None:
    arms = Arms((0,), np.zeros(rows, dtype=np.intp))
    codes = None if clusters is None else np.arange(rows) % clusters
    found = [(type(warning), str(warning)) for warning in cluster_warnings(arms, codes, corrected=True)]
    assert found == ([] if expected is None else [expected])


@pytest.mark.frames
def test_announced_at_the_line_that_asked_and_returned_for_the_page() -> None:
    found: list[errors.EffectsWarning] = [
        errors.ClusterPerRowWarning("cluster_per_row"),
        errors.FewRowsWarning("no_rows"),
    ]
    said = ("Elke rij is een eigen cluster", "De tabel heeft geen rijen")
    with pytest.warns(errors.EffectsWarning) as caught:
        texts = announce(found, stacklevel=2)
    assert tuple(text.partition(":")[0] for text in texts) == said
    assert [(item.category, str(item.message)) for item in caught] == [
        (errors.ClusterPerRowWarning, texts[0]),
        (errors.FewRowsWarning, texts[1]),
    ]
    assert {item.filename for item in caught} == {__file__}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert announce([], stacklevel=2) == ()


@pytest.mark.frames
def test_what_is_wrong_with_outcome_clusters_and_overlap_is_told_in_that_order() -> None:
    """Through the estimator: three reasons at once, each said once."""
    size = 400
    rng = np.random.default_rng(91)
    score = rng.standard_normal(size)
    arm = rng.random(size) < 1 / (1 + np.exp(-4 * score))
    frame = pd.DataFrame(
        {"score": score, "arm": arm, "vsv": arm | (rng.random(size) < 0.4), "centre": rng.integers(0, 5, size)}
    )
    with pytest.warns(errors.EffectsWarning) as caught:
        result = average_effect(frame, outcome="vsv ~ 1", treatment="arm ~ score", method="ipw", cluster="centre")
    kinds = [errors.ConstantOutcomeWarning, errors.FewClustersWarning, errors.WeakOverlapWarning]
    assert list(dict.fromkeys(item.category for item in caught)) == kinds
    assert result.warnings == tuple(str(item.message) for item in caught)
    assert result.warnings[1] == FEW_BUT_WIDENED.format(5)
    assert {item.filename for item in caught} == {__file__}
