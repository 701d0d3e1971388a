"""Disclosure control: what may leave restricted records, each rule by itself and all of them against an attacker."""

from __future__ import annotations

import ast
import warnings
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.claim import Unsettled, Withheld
from ledger.quantity import Quantity, Released
from leerwerk.effects.errors import EffectsError, FewClustersWarning
from leerwerk.effects.messages import Text
from leerwerk.micro.pupils import disclosure, protection
from leerwerk.micro.pupils.draft import Draft, majority, outcome_cells, share_of
from leerwerk.micro.pupils.programmes import Estimate


def flags(*sizes: tuple[int, bool]) -> pd.Series:
    """So many pupils with and without a trait, one after the other."""
    return pd.Series(np.repeat([has for _, has in sizes], [size for size, _ in sizes]))


def of(k: int, n: int) -> Draft:
    """The share of k in n."""
    return share_of("trek", flags((k, True), (n - k, False)))


def decided(draft: Draft) -> disclosure.Decision:
    """Of an answer by itself, where every kind of pupil is there."""
    return disclosure.decide({"x": draft}, {"x": draft})["x"]


# --- Each rule ---


@pytest.mark.parametrize(
    ("count", "rounded"), [(0, 0), (2, 0), (3, 5), (7, 5), (8, 10), (10, 10), (12, 10), (13, 15), (1237, 1235)]
)
def test_counts_are_rounded_to_five(count: int, rounded: int) -> None:
    assert protection.rounded_count(count) == rounded


@pytest.mark.parametrize(("k", "n"), [(9, 200), (191, 200), (0, 200), (200, 200), (1, 12), (9, 18)])
def test_a_share_of_few_or_of_nobody_is_withheld_and_the_page_learns_no_count(k: int, n: int) -> None:
    found = decided(of(k, n))
    assert found.answer == Withheld(disclosure.FEW)
    assert not any(map(str.isdigit, disclosure.FEW))
    assert "trek: " in found.rule


@pytest.mark.parametrize(("k", "n", "value"), [(10, 200, 0.05), (11, 200, 0.05), (13, 201, 0.075), (137, 1003, 0.134)])
def test_a_share_follows_from_the_rounded_counts_and_has_three_digits(k: int, n: int, value: float) -> None:
    found = decided(of(k, n)).answer
    assert isinstance(found, Released)
    assert (found.value, found.unit, found.evidence, found.n) == (value, "share", "restricted", None)
    assert found.lower is not None
    assert found.lower < value
    assert found.rounded is not None
    assert found.rounded[0] < k / n < found.rounded[1]


@given(st.integers(10, 4000), st.integers(10, 4000))
@settings(max_examples=200, deadline=None)
def test_the_true_share_is_never_outside_the_range_that_rounding_leaves(k: int, rest: int) -> None:
    found = decided(of(k, k + rest)).answer
    if isinstance(found, Released) and found.rounded is not None:
        assert found.rounded[0] <= k / (k + rest) <= found.rounded[1]


@pytest.mark.parametrize("k", [10, 4990])
def test_a_share_that_is_printed_as_nobody_or_everybody_is_withheld(k: int) -> None:
    assert isinstance(decided(of(k, 5000)).answer, Withheld)


def effect(residual: int, estimate: Estimate | EffectsError) -> Draft:
    """An effect on fifty pupils an arm, half of whom have the outcome."""

    def compute(*_: object) -> Quantity:
        if isinstance(estimate, EffectsError):
            raise estimate
        return estimate.sign("unreleased")

    arm, outcome = flags((50, True), (50, False)), pd.Series([0, 1] * 50, name="vsv")
    cells = outcome_cells(outcome, {"wel": arm.to_numpy(), "niet": ~arm.to_numpy()})
    size = None if isinstance(estimate, EffectsError) else lambda: estimate.quantity("unreleased")
    return Draft(population=np.ones(100, bool), cells=cells, compute=compute, size=size, residual=residual)


@pytest.mark.parametrize(("residual", "may_leave"), [(9, False), (10, True)])
def test_an_effect_needs_ten_residual_degrees_of_freedom(residual: int, may_leave: bool) -> None:
    found = decided(effect(residual, Estimate(0.123456, 0.05, 0.2, 50)))
    assert isinstance(found.answer, Released) is may_leave
    assert (found.size is not None) is may_leave


def test_an_effect_leaves_as_a_sign_and_a_size_of_a_tenth_of_a_point() -> None:
    found = decided(effect(30, Estimate(0.123456, 0.05123, 0.19789, 50)))
    assert isinstance(found.answer, Released)
    assert (found.answer.value, found.answer.lower, found.answer.upper) == (1, 1, 1)
    assert found.size is not None
    assert (found.size.value, found.size.lower, found.size.upper, found.size.n) == (0.123, 0.051, 0.198, None)
    assert found.size.rounded == pytest.approx((0.1225, 0.1235))


def test_that_an_estimator_warned_may_leave_and_what_it_said_may_not() -> None:
    """It said how few there are; the output checker in the room is told what it was about."""
    estimate = Estimate(0.12, 0.05, 0.2, 50)

    def compute(_: object) -> Quantity:
        warnings.warn(FewClustersWarning("few_clusters", count=7, consequence=Text("leans")), stacklevel=1)
        return estimate.sign("unreleased")

    warned = decided(replace(effect(30, estimate), compute=compute))
    assert warned.cautious
    assert warned.rule.endswith("; FewClustersWarning")
    assert not decided(effect(30, estimate)).cautious


def test_what_cannot_be_estimated_is_unsettled_and_says_no_more() -> None:
    found = decided(effect(30, EffectsError("separation", arm="none")))
    assert found.answer == Unsettled(disclosure.NO_ESTIMATE)
    assert found.size is None


@pytest.mark.parametrize(
    ("hours", "may_leave"),
    [([450.0, 451.0] + [1.0] * 99, False), ([450.0, 449.0] + [1.0] * 100, True), ([5.0] * 30, True)],
)
def test_two_pupils_may_not_make_up_nine_tenths_of_a_sum(hours: list[float], may_leave: bool) -> None:
    everyone = np.ones(len(hours), bool)
    mean = Quantity(float(np.mean(hours)), "hours", evidence="unreleased")
    draft = Draft(population=everyone, cells={"x": everyone}, compute=lambda _: mean, amounts=np.array(hours))
    assert isinstance(decided(draft).answer, Released) is may_leave


def test_a_direction_of_shares_follows_from_rounded_counts() -> None:
    """57 of 102 and 55 of 100: Wilson's intervals hold a half, and so do those of the rounded ones."""
    has = flags((57, True), (45, False), (62, True), (38, False))
    groups = {"een": has.index < 102, "twee": has.index >= 102}
    found = decided(majority("man", has, {name: pd.Series(mask) for name, mask in groups.items()})).answer
    assert isinstance(found, Released)
    assert (found.lower, found.upper) == (-1, 1)
    assert isinstance(decided(majority("man", has, {"een": pd.Series(has.index < 60)})).answer, Withheld)


# --- Together ---


def two_programmes(none: int, brug: int, ibal: int, both: int) -> dict[str, Draft]:
    """Pupils by programme, and shares that tell of them."""
    arm = pd.Series(np.repeat(["none", "brug", "ibal", "both"], [none, brug, ibal, both]))
    in_brug, in_ibal = arm.isin(["brug", "both"]), arm.isin(["ibal", "both"])
    return {
        "brug": share_of("brug", in_brug),
        "ibal": share_of("ibal", in_ibal),
        "brug bij ibal": share_of("brug bij ibal", in_brug, in_ibal),
        "ibal bij brug": share_of("ibal bij brug", in_ibal, in_brug),
    }


EVERY = two_programmes(1, 1, 1, 1)


def released(drafts: dict[str, Draft], possible: dict[str, Draft]) -> dict[str, float]:
    found = {name: decision.answer for name, decision in disclosure.decide(drafts, possible).items()}
    return {name: answer.value for name, answer in found.items() if isinstance(answer, Released)}


@pytest.mark.parametrize(
    ("brug", "both", "left"),
    [
        (4, 30, 1),  # at most 37 in BRUG and at least 28 in both leave at most 9 in BRUG alone
        (8, 27, 2),  # at most 37 and at least 23 leave at most 14
        (40, 30, 2),
    ],
)
def test_a_total_that_would_give_a_small_cell_back_is_withheld(brug: int, both: int, left: int) -> None:
    two = ("brug", "brug bij ibal")
    drafts, possible = ({name: each[name] for name in two} for each in (two_programmes(936, brug, 30, both), EVERY))
    assert len(released(drafts, possible)) == left


@pytest.mark.parametrize(("apart", "left"), [(9, 1), (1, 1), (10, 2), (0, 2)])
def test_two_populations_differ_by_nobody_or_by_ten(apart: int, left: int) -> None:
    """What is said of all pupils and of all but nine is said of nine."""
    has, among = flags((100, True), (200, False)), flags((300 - apart, True), (apart, False))
    drafts = {"alle": share_of("a", has), "bijna alle": share_of("b", has, among)}
    assert len(released(drafts, drafts)) == left


def test_as_few_as_possible_are_withheld() -> None:
    """Every set of conflicts over five names, against trying all subsets."""
    names = list("abcde")
    rng = np.random.default_rng(1)
    for _ in range(60):
        conflicts = {frozenset(rng.choice(names, size=rng.integers(1, 4), replace=False)) for _ in range(4)}
        found = protection._cheapest(names, conflicts)
        assert all(found & conflict for conflict in conflicts)
        smaller = (set(each) for each in combinations(names, len(found) - 1))
        assert not any(all(each & conflict for conflict in conflicts) for each in smaller)
    assert protection._cheapest(names, set()) == set()


GRID = 32  # so many pupils less one in each cell, at most
CANDIDATES = np.indices((GRID,) * 4, dtype=np.int16).reshape(4, -1).astype(np.float64)


def printed(k: np.ndarray, n: np.ndarray) -> np.ndarray:
    """What is printed of a share, worked out here a second time: counts to fives, three digits."""
    five_k, five_n = (5 * np.floor((count + 2) / 5) for count in (k, n))
    share = np.divide(five_k, five_n, out=np.full(len(k), -1.0), where=five_n > 0)
    digits = 3 - 1 - np.floor(np.log10(np.where(share > 0, share, 1)))
    return np.round(share * 10**digits) / 10**digits


def attack(values: dict[str, float]) -> np.ndarray:
    """All numbers of pupils (none, brug, ibal, both) that would give these printed shares, by trying all."""
    none, brug, ibal, both = CANDIDATES
    everyone, in_brug, in_ibal = none + brug + ibal + both, brug + both, ibal + both
    counts = {
        "brug": (in_brug, everyone),
        "ibal": (in_ibal, everyone),
        "brug bij ibal": (both, in_ibal),
        "ibal bij brug": (both, in_brug),
    }
    fits = np.ones(CANDIDATES.shape[1], bool)
    for name, value in values.items():
        k, n = counts[name]
        fits &= (k >= 10) & (n - k >= 10) & np.isclose(printed(k, n), value, rtol=0, atol=1e-9)
    return CANDIDATES[:, fits]


@given(st.tuples(*[st.integers(0, 26)] * 4))
@settings(max_examples=40, deadline=None)
def test_an_attacker_who_knows_the_rules_proves_no_cell_small_and_finds_no_count(
    sizes: tuple[int, int, int, int],
) -> None:
    """He tries every table of pupils that fits all that is printed."""
    values = released(two_programmes(*sizes), EVERY)
    fitting = attack(values)
    assert fitting.shape[1] > 0, "the truth itself fits"
    for true, possible in zip(sizes, fitting, strict=True):
        assert len(set(possible)) > 1, "no exact number"
        if true < 10:
            assert possible.max() >= 10, "no proof that it is small"


# --- By type ---


def test_only_disclosure_control_makes_a_released_number_and_only_its_reader_makes_it_again() -> None:
    code = Path(disclosure.__file__).parents[3]
    makers = {
        path.relative_to(code).as_posix()
        for path in code.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Released"
    }
    assert makers == {"leerwerk/micro/pupils/disclosure.py", "leerwerk/micro/pupils/released.py"}


@given(st.integers(10, 3000), st.integers(10, 3000))
@settings(max_examples=100, deadline=None)
def test_other_numbers_of_pupils_would_be_released_just_so(k: int, rest: int) -> None:
    """Value, interval and range together: whatever is reckoned from them leaves several numbers of pupils possible."""
    found = decided(of(k, k + rest)).answer
    near = [(k + more, rest + others) for more in range(-4, 5) for others in range(-4, 5)]
    same = [(k, k + rest) for k, rest in near if k >= 10 and rest >= 10 and decided(of(k, k + rest)).answer == found]
    assert min(len({k for k, _ in same}), len({n for _, n in same})) > 1
