"""Any frame that pandas can hold: the answer of plain columns, or an error with a name; never another number.

Hypothesis draws what a column holds, how a file hands it out and what is asked. A frame of plain columns (float64,
text, bool, categories) is made of the same Python values, without the code that is tested. Where terms can be worked
out by hand, it holds the columns of the design. `EXAMPLES` says how many frames: few for `make test`, always the same
ones, and many for `make nightly`, others every night.
"""

from __future__ import annotations

import keyword
import os
import random
import warnings
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, configuration, given, settings
from hypothesis import strategies as st
from tests.unit.effects.column_kinds import (
    CATEGORIES,
    DAYS,
    DICTIONARIES,
    FLOATS,
    INTEGERS,
    MOMENTS,
    NUMBER_OBJECTS,
    NUMBERS,
    SPARSE,
    TEXTS,
    UNFIT,
    UNFIT_AS_ARMS,
    UNFIT_IN_FORMULAS,
    YES_NO,
    Labels,
    Number,
)

from leerwerk.effects import Effects, EffectsError, average_effect, balance, discrete_effect, standardised_risks
from leerwerk.effects.errors import (
    ArmsError,
    CategoryError,
    EffectsWarning,
    FormulaError,
    MissingColumnError,
    MissingValuesError,
)

FEW = 200
EXAMPLES = int(os.environ.get("EXAMPLES", FEW))
ROWS = 96
SAME = {"rtol": 1e-9, "atol": 1e-12}
# From distinct rows the same sums come in another order, and corrected errors rest on eigenvalues of each cluster's leverage,
# whose rounding grows where a cluster nearly determines a coefficient: eight digits (estimates have twelve: test_discrete).
# A covariance of nearly nothing is a difference of larger numbers: as a share of its two standard errors.
DISTINCT = 1e-8
DRAWN = settings(
    max_examples=EXAMPLES,
    derandomize=EXAMPLES <= FEW,
    deadline=None,
    database=None,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)

By = dict[str, Any]
# Terms, and by hand the columns that they stand for: numbers `a` and `b`, labels `f`, yes or no `g`.
TERMS: dict[str, Callable[[By], list[Any]] | None] = {
    "1": lambda by: [],
    "{a}": lambda by: [by["a"]],
    "{a} + {b}": lambda by: [by["a"], by["b"]],
    "{a} - 1": lambda by: [by["a"]],
    "{a} * {b}": lambda by: [by["a"], by["b"], by["a"] * by["b"]],
    "{a}:{b}": lambda by: [by["a"] * by["b"]],
    "({a} + {b})**2": lambda by: [by["a"], by["b"], by["a"] * by["b"]],
    "({a} + {b})^2": lambda by: [by["a"], by["b"], by["a"] * by["b"]],
    "I({a}**2)": lambda by: [by["a"] * by["a"]],
    "{a} + I({a}**2)": lambda by: [by["a"], by["a"] * by["a"]],
    "I({a} * {a} * {b})": lambda by: [by["a"] * by["a"] * by["b"]],
    "I({a} - {b})": lambda by: [by["a"] - by["b"]],
    "I({a} + 200)": lambda by: [by["a"] + 200],
    "I(-{a})": lambda by: [-by["a"]],
    "I({a} > {b})": lambda by: [(by["a"] > by["b"]) * 1.0],
    "I({a} // 2 + {a} % 3)": lambda by: [by["a"] // 2 + by["a"] % 3],
    "log({a})": lambda by: [np.log(by["a"])],
    "np.sqrt(np.abs({a}))": lambda by: [np.sqrt(abs(by["a"]))],
    "center({a}) + {b}": lambda by: [by["a"] - by["a"].mean(), by["b"]],
    "I({f} == {label})": lambda by: [equal(by["f"], by["label"])],
    "{f}": lambda by: dummies(by),
    "C({f}) + {a}": lambda by: [*dummies(by), by["a"]],
    "{f} * {a}": lambda by: [*dummies(by), by["a"], *(one * by["a"] for one in dummies(by))],
    "{g} + {a}": lambda by: [by["g"], by["a"]],
    "I({g} * {a})": lambda by: [by["g"] * by["a"]],
    "{a} + {g}:{a}": lambda by: [by["a"], by["g"] * by["a"]],
    "scale({a})": None,
    "poly({a}, 2)": None,
    "bs({a}, df=4)": None,
    "cr({a}, df=3, constraints='center')": None,
    "C({b})": None,
    "C({a} > 3)": None,
    "{f} - 1": None,
    "0 + {g} + {f}": None,
    "{f}:{g}": None,
    "{f}:{a}": None,
    "{a} / {b}": None,
    "exp({a})": None,
}
REFUSED = ("I({a}^2)", "I({g} ^ {g})", "{a} | {b}", "{f} + I({a} ^ {b})", "{a} + I({a} +)", "1 + ({a}")

ROLES = "abfgytkme"  # those of the terms, the outcome, the arm, the cluster, the months and the event
SIMPLE = {role: role for role in ROLES}
# Names that any column may have, and names of which a formula may say that it cannot take them.
NAMES = (
    *("leeftijd in jaren", "aantal (n)", "a b", "a_b", "é", "x.y", "a:b", "a + b", "2018", "0", "m/v", "a-b"),
    *("[a]", "50%"),
)
ODD_NAMES = (
    *("1", "class", "log(a)", "", "C", "I", "log", "np", "scale", "_q0", "True", "None", "x~y", "'a'", 'a"b'),
    *("a\nb", " ", "{a}", "\\"),
)
INDEXES: dict[str, Callable[[random.Random], Any]] = {
    "plain": lambda rng: pd.RangeIndex(ROWS),
    "one label for all": lambda rng: [7] * ROWS,
    "shuffled": lambda rng: rng.sample(range(ROWS), ROWS),
    "text": lambda rng: [f"rij {rng.randint(0, 20)}" for _ in range(ROWS)],
    "two levels": lambda rng: pd.MultiIndex.from_arrays([[1, 2] * (ROWS // 2), ["x"] * ROWS], names=["a", None]),
    "days": lambda rng: pd.DatetimeIndex([rng.choice(DAYS) for _ in range(ROWS)], name="t"),
    "holes": lambda rng: pd.Index([None, 1.5] * (ROWS // 2), name="a"),
}
# What terms are put together from, sense or no sense.
WORDS = (
    *("a", "b", "f", "g", "`a b`", "zz", "1", "0", "-1", "2.5", "1e400", "'p'", "None", "[1, 2]", "np"),
    *("np.pi", "lambda x: x", "(]", "``"),
)
FUNCTIONS = (
    *("C", "I", "log", "exp", "np.sqrt", "np.where", "np.cumsum", "poly", "bs", "cr", "cc", "scale", "center"),
    *("lag", "hashed", "Q", "contr.sum", "a.map", "f.str.len"),
)
OPTIONS = (
    *("", "", ", df=4", ", df=0", ", 2", ", 1.5", ", a", ", f", ", contr.sum", ", contr.treatment('zz')"),
    *(", levels=2", ", constraints='center'"),
)
SIGNS = (
    *(" + ", " - ", "*", ":", "/", "**", "^", " %in% ", " % ", " > ", " == ", " & ", " @ ", " and ", "[", "."),
    *(", ", "`", "~", "|"),
)


@dataclass
class Column:
    """A column as handed out and as it plainly is, each row's value, the labels in order, and what is wrong with it."""

    kind: str
    typed: Any
    plain: Any
    values: list[Any]
    order: list[Any]
    harm: str


@dataclass
class Case:
    """A frame and what is asked of it."""

    seed: tuple[int, ...]
    function: str
    options: dict[str, Any]
    terms: dict[str, str]
    names: dict[str, str]
    columns: dict[str, Column]
    label: Any
    index: Any

    def _repr_pretty_(self, printer: Any, _: bool) -> None:  # what Hypothesis shows
        kinds = {role: f"{column.harm} {column.kind}".strip() for role, column in self.columns.items()}
        names = {role: name for role, name in self.names.items() if role != name}
        asked = f"{self.function}, {self.options}, {self.terms}, {self.label!r}"
        printer.text(f"Case({self.seed}, {asked}, {names}, {kinds}, {type(self.index).__name__})")

    @property
    def odd(self) -> bool:
        """Whether a column has a name that a formula may refuse."""
        return not set(ODD_NAMES).isdisjoint(self.names.values())

    def frame(self) -> pd.DataFrame:
        """What is handed in."""
        kept = {self.names[role]: column.typed for role, column in self.columns.items() if column.harm != "absent"}
        return pd.DataFrame(kept, index=self.index)

    def ask(
        self,
        frame: pd.DataFrame,
        names: dict[str, str],
        by_hand: dict[str, str] | None = None,
        average: Callable[..., Effects] = average_effect,
    ) -> Any:
        """The answer of a frame whose columns have these names, with other terms if they are given."""
        terms = {part: written(text, names, self.label) for part, text in {**self.terms, **(by_hand or {})}.items()}
        left = {role: written(f"{{{role}}}", names, None) for role in "ytm"}
        options = self.options | ({"cluster": names["k"]} if "cluster" in self.options else {})
        treatment = f"{left['t']} ~ {terms['treatment']}"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", EffectsWarning)
            if self.function == "balance":
                return balance(frame, treatment=treatment, **options)
            if self.function == "risks":
                months = f"{left['m']} ~ {terms['outcome']}"
                return standardised_risks(
                    frame, outcome=months, event=names["e"], arm=names["t"], months=[1, 3], **options
                )
            return average(frame, outcome=f"{left['y']} ~ {terms['outcome']}", treatment=treatment, **options)

    def ask_plainly(self) -> Any:
        """The answer of plain columns, with the columns of the design by hand where they can be."""
        frame = pd.DataFrame({role: column.plain for role, column in self.columns.items()})
        by: By = {role: np.array(self.columns[role].values, dtype=float) for role in "abg"}
        by |= {"f": self.columns["f"].values, "labels": self.columns["f"].order, "label": self.label}
        by_hand = {}
        for part, terms in self.terms.items():
            if work := TERMS.get(terms):
                with np.errstate(all="ignore"):
                    columns = {f"{part}{place}": column for place, column in enumerate(work(by))}
                frame = frame.assign(**columns)
                by_hand[part] = " + ".join(columns or "1") + (" - 1" if terms.endswith(" - 1") else "")
        return self.ask(frame, SIMPLE, by_hand)


def used(function: str, options: dict[str, Any], terms: dict[str, str]) -> set[str]:
    """The columns that an answer needs."""
    method = options.get("method", function)
    own = {"balance": {"t"}, "risks": {"t", "m", "e"}}.get(function, {"t", "y"})
    read = [terms["outcome"]] if method in ("risks", "regression", "aipw", "ipwra") else []
    read += [terms["treatment"]] if method in ("balance", "ipw", "aipw", "ipwra") else []
    return own.union(*map(roles, read), ["k"] if "cluster" in options else [])


def equal(values: list[Any], label: Any) -> np.ndarray:
    """Where a label stands."""
    return np.array([type(value) is type(label) and value == label for value in values], dtype=float)


def dummies(by: By) -> list[np.ndarray]:
    """One column for each label but the first."""
    return [equal(by["f"], label) for label in by["labels"][1:]]


def roles(terms: str) -> set[str]:
    """The columns that terms need."""
    return {name for _, name, _, _ in Formatter().parse(terms) if name and name != "label"}


def written(terms: str, names: dict[str, str], label: Any) -> str:
    """Terms with the names of columns, in backticks where Python could not read them."""
    readable = {
        role: name if name.isidentifier() and not keyword.iskeyword(name) else f"`{name}`"
        for role, name in names.items()
    }
    return terms.format(**readable, label=repr(label))


def of_numbers(draw: Any, name: str, values: list[Any], harm: str) -> Column:
    """Numbers of a kind."""
    kind: Number = NUMBERS[name]
    kept, given_out = [kind.keep(value) for value in values], spoiled(draw, values, kind, harm)
    return Column(name, kind.make(given_out), np.array(kept, dtype=float), kept, sorted(set(kept)), harm)


def of_labels(draw: Any, codes: list[int], families: list[dict[str, Labels]], harm: str) -> Column:
    """Labels of a kind; `order` is the column's own, or that of the values where it has none."""
    families = [CATEGORIES, DICTIONARIES] if harm == "unused" else families
    kinds = draw(st.sampled_from(families))
    name = draw(st.sampled_from([name for name, kind in kinds.items() if fits(kind, harm)]))
    kind = kinds[name]
    places = draw(st.permutations(range(len(kind.pool))))[: max(codes) + 1]
    order = [kind.pool[place] for place in (places if kind.ordered else sorted(places))]
    values = [order[code] for code in codes]
    spare = [value for value in kind.pool if value not in order][:1] if harm == "unused" else []
    plain = np.array(values, dtype=bool if isinstance(values[0], bool) else object)
    if kind.ordered:
        plain = pd.Categorical.from_codes(codes, order)
    return Column(
        name,
        kind.make(spoiled(draw, values, kind, harm), spare + order if draw(st.booleans()) else order + spare),
        plain,
        values,
        order,
        harm,
    )


def fits(kind: Number | Labels, harm: str) -> bool:
    """Whether a kind can have that harm."""
    return harm != "spoiled" or bool(kind.spoilers)


def kind_of_number(draw: Any, harm: str) -> str:
    """The name of a kind."""
    kinds = draw(st.sampled_from([INTEGERS, FLOATS, NUMBER_OBJECTS, SPARSE]))
    return draw(st.sampled_from([name for name, kind in kinds.items() if fits(kind, harm)]))


def spoiled(draw: Any, values: list[Any], kind: Number | Labels, harm: str) -> list[Any]:
    """The values, one of them missing or infinite if that is the harm."""
    found = list(values)
    if harm == "spoiled":
        found[draw(st.integers(0, ROWS - 1))] = draw(st.sampled_from(kind.spoilers))
    return found


def covariate(draw: Any, rng: random.Random, harm: str) -> Column:
    """Numbers of any size that their kind has room for, whole or not."""
    name = kind_of_number(draw, harm)
    kind, most = NUMBERS[name], draw(st.sampled_from([2, 9, 100, 30_000, 2**62]))
    low, high = max(kind.low, draw(st.sampled_from([1, -most]))), min(kind.high, most)
    parts = 1 if kind.whole else draw(st.sampled_from([1, 4, 10]))
    values = [rng.randint(low, high) for _ in range(ROWS)]
    return of_numbers(draw, name, [value if parts == 1 else value / parts for value in values], harm)


def measure(draw: Any, values: list[int], harm: str) -> Column:
    """Small whole numbers as numbers of any kind, and as yes or no where they are 0 and 1."""
    if max(values) == 1 and draw(st.booleans()):
        found = of_labels(draw, values, [YES_NO], harm)
        found.plain = np.array(values, dtype=float)
        return found
    name = kind_of_number(draw, harm)
    return of_numbers(draw, name, list(values), harm)


def groups(draw: Any, codes: list[int], harm: str) -> Column:
    """Arms or clusters: numbers, text, days, categories, or yes or no."""
    if harm != "unused" and draw(st.integers(0, 3)) == 0:
        found = measure(draw, codes, harm)
    else:
        families = [TEXTS, CATEGORIES, DICTIONARIES, MOMENTS, *([YES_NO] if max(codes) == 1 else [])]
        found = of_labels(draw, codes, families, harm)
    found.plain = pd.Categorical.from_codes([found.order.index(value) for value in found.values], found.order)
    return found


def clusters(draw: Any, codes: list[int], harm: str) -> Column:
    """Clusters, perhaps in a category that has one more, without rows: no harm to them."""
    found = groups(draw, codes, harm or draw(st.sampled_from(["", "", "unused"])))
    found.harm = harm
    return found


def all_columns(draw: Any, rng: random.Random, arms: int, linear: bool, harm: dict[str, str]) -> dict[str, Column]:
    """A column for each role."""
    labels = draw(st.integers(2, 4))
    codes = [*range(labels), *(rng.randrange(labels) for _ in range(ROWS - labels))]
    found = {role: covariate(draw, rng, harm.get(role, "")) for role in "ab"}
    found["f"] = of_labels(draw, codes, [TEXTS, CATEGORIES, DICTIONARIES], harm.get("f", ""))
    found["g"] = of_labels(draw, [rng.randrange(2) for _ in range(ROWS)], [YES_NO], harm.get("g", ""))
    found["t"] = groups(draw, [rng.randrange(arms) for _ in range(ROWS)], harm.get("t", ""))
    found["k"] = clusters(draw, [rng.randrange(11) for _ in range(ROWS)], harm.get("k", ""))
    for role, low, high in (("y", 0, 100 if linear else 1), ("m", 1, 6), ("e", 0, 1)):
        found[role] = measure(draw, [rng.randint(low, high) for _ in range(ROWS)], harm.get(role, ""))
    for role in [role for role, how in harm.items() if how == "unfit"]:
        kinds = {"k": UNFIT, "t": UNFIT_AS_ARMS}.get(role, UNFIT_IN_FORMULAS)
        found[role].kind = draw(st.sampled_from(list(kinds)))
        found[role].typed = kinds[found[role].kind]([rng.randrange(2) for _ in range(ROWS)])
    return found


def all_names(draw: Any, odd: bool) -> dict[str, str]:
    """A name for each role: its own letter or one in backticks, and perhaps one that is odd."""
    found = SIMPLE if draw(st.booleans()) else dict(zip(ROLES, draw(st.permutations(NAMES))[: len(ROLES)], strict=True))
    return found | ({draw(st.sampled_from(ROLES)): draw(st.sampled_from(ODD_NAMES))} if odd else {})


def question(draw: Any, known: tuple[str, ...], arms: int, linear: bool) -> dict[str, Any]:
    """A function, its options and its terms."""
    function = draw(st.sampled_from(["average", "average", "balance", "risks"]))
    options: dict[str, Any] = {"cluster": "k"} if function != "balance" and draw(st.booleans()) else {}
    if function != "risks":
        options["estimand"] = draw(st.sampled_from(["ate", "att"]))
        options["treatment_family"] = draw(st.sampled_from(["logit", "probit"] if arms == 2 else ["logit"]))
    if function == "average":
        options["method"] = draw(st.sampled_from(["difference", "regression", "ipw", "aipw", "ipwra"]))
        options["outcome_family"] = "linear" if linear else "logit"
    asked = {"balance": ["treatment"], "risks": ["outcome"]}.get(function, ["outcome", "treatment"])
    terms = {part: draw(st.sampled_from(known)) if part in asked else "1" for part in ("outcome", "treatment")}
    return {"function": function, "options": options, "terms": terms}


@st.composite
def cases(draw: Any, harmed: bool = False, odd: bool = False) -> Case:
    """A frame of any kind and any question about it; a column that it needs is wrong, or names and terms are odd.

    A seed stands for the values of all cells, which would take minutes to draw one by one. No draw reaches 100: from
    there on Hypothesis prefers numbers that it finds in the code, so that the cases would change with it.
    """
    seed = draw(st.tuples(*[st.integers(0, 99)] * 3))
    rng, arms, linear = random.Random(str(seed)), draw(st.integers(2, 3)), draw(st.booleans())
    asked = question(draw, (*TERMS, *(REFUSED if odd else ())), arms, linear)
    harm = {}
    if harmed:
        role = draw(st.sampled_from(sorted(used(**asked))))
        harm[role] = draw(
            st.sampled_from(["spoiled", "spoiled", "absent", "unfit", *(["unused"] if role in "ft" else [])])
        )
    columns = all_columns(draw, rng, arms, linear, harm)
    label = draw(st.sampled_from(columns["f"].order))
    return Case(
        **asked,
        seed=seed,
        names=all_names(draw, odd),
        columns=columns,
        label=label if isinstance(label, str | int | float) else "geen",
        index=INDEXES[draw(st.sampled_from(list(INDEXES)))](rng),
    )


def terms_of(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Longer terms from shorter ones."""
    called = st.tuples(st.sampled_from(FUNCTIONS), inner, st.sampled_from(OPTIONS)).map("{0[0]}({0[1]}{0[2]})".format)
    joined = st.tuples(inner, st.sampled_from(SIGNS), inner).map("".join)
    return st.one_of(
        called, joined, inner.map("({})".format), inner.map("{{{}}}".format), inner.map("I(~{} if g else a)".format)
    )


def answer(call: Callable[[], Any]) -> Any:
    """What a call gives, or its error with a name; any other goes on."""
    try:
        return call()
    except EffectsError as error:
        return error


def figures(found: Any) -> list[np.ndarray]:
    """Every number of an answer."""
    if isinstance(found, pd.DataFrame):
        return [found.to_numpy(float)]
    names = ("table", "means", "covariance", "influence", "propensity", "differences")
    tables = [getattr(found, name, None) for name in names]
    return [np.asarray(table, dtype=float) for table in tables if table is not None]


def arms_in(found: Any) -> list[Any]:
    """The arms of an answer but the reference, a day as a day."""
    table = getattr(found, "differences", getattr(found, "table", found))
    arms = dict.fromkeys(table.index.get_level_values("arm"))
    return [arm.date() if isinstance(arm, pd.Timestamp) else arm for arm in arms]


def check_refused(case: Case, found: Any) -> bool:
    """Whether something is wrong in what is asked, and that it is named."""
    if any(terms in REFUSED for terms in case.terms.values()):
        assert isinstance(found, FormulaError), repr(found)
        return True
    harmed = {role: column.harm for role, column in case.columns.items() if column.harm}
    expected: dict[str, Any] = {"spoiled": MissingValuesError, "absent": MissingColumnError}
    if "unused" in harmed.values() and not isinstance(answer(case.ask_plainly), EffectsError):
        expected["unused"] = (ArmsError, CategoryError)
    for role, harm in harmed.items():
        assert isinstance(found, expected.get(harm, EffectsError)), f"{role} is {harm}: {found!r}"
        assert harm not in expected or repr(case.names[role]) in str(found)
    return bool(harmed)


def check_distinct(case: Case, frame: pd.DataFrame, found: Any) -> None:
    """Distinct rows with counts give the same numbers; they refuse what rows refuse, and terms that look at whole columns."""
    cells = answer(lambda: case.ask(frame, case.names, average=discrete_effect))
    if isinstance(cells, EffectsError):
        assert isinstance(found, EffectsError) or cells.message == "no_trait", repr(cells)
        return
    assert not isinstance(found, EffectsError), repr(found)
    for one, other in ((cells.table, found.table), (cells.means, found.means)):
        np.testing.assert_allclose(one.to_numpy(float), other.to_numpy(float), rtol=DISTINCT, atol=DISTINCT)
    variances = np.diag(found.covariance)
    errors_of = np.sqrt(np.where(variances > 0, variances, 1))
    scale = np.outer(errors_of, errors_of)
    np.testing.assert_allclose(cells.covariance / scale, found.covariance / scale, rtol=0, atol=DISTINCT)


def check(case: Case) -> str:
    """The property, and which side of it the case shows."""
    frame = case.frame()
    before = frame.copy(deep=True)
    found = answer(lambda: case.ask(frame, case.names))
    if case.function == "average" and "cluster" in case.options:
        check_distinct(case, frame, found)
    pd.testing.assert_frame_equal(frame, before)
    if check_refused(case, found):
        return "refused"
    expected = answer(case.ask_plainly)
    if isinstance(found, EffectsError):
        assert isinstance(expected, EffectsError) or case.odd, repr(found)
        return "no answer"
    assert not isinstance(expected, EffectsError), repr(expected)
    for one, other in zip(figures(found), figures(expected), strict=True):
        np.testing.assert_allclose(one, other, **SAME)
    if len(figures(found)[0]):  # without terms there is no balance to show
        assert arms_in(found) == case.columns["t"].order[1:]
    if case.function == "average":
        assert found.influence.index.equals(frame.index)
    return "numbers"


@pytest.fixture(autouse=True)
def nothing_is_kept_in_the_project(tmp_path: Path) -> None:
    configuration.set_hypothesis_home_dir(tmp_path)


def test_any_frame_has_the_answer_of_plain_columns() -> None:
    sides: Counter[str] = Counter()

    @DRAWN
    @given(cases())
    def look(case: Case) -> None:
        sides[check(case)] += 1

    look()
    assert sides["numbers"] > 0.8 * sides.total()  # a property of errors alone would say nothing


@DRAWN
@given(cases(harmed=True))
def test_what_is_wrong_with_a_column_has_an_error_with_a_name(case: Case) -> None:
    assert check(case) == "refused"


@DRAWN
@given(cases(odd=True))
def test_odd_names_and_terms_have_the_same_answer_or_an_error_with_a_name(case: Case) -> None:
    check(case)


@DRAWN
@given(st.recursive(st.sampled_from(WORDS), terms_of, max_leaves=6))
def test_any_terms_give_numbers_or_an_error_with_a_name(terms: str) -> None:
    rng = np.random.default_rng(1)
    numbers = {name: rng.integers(1, 30, ROWS) for name in ("a", "b", "a b", "y")}
    frame = pd.DataFrame(
        {**numbers, "f": rng.choice(["p", "q"], ROWS), "g": rng.random(ROWS) < 0.5, "t": rng.random(ROWS) < 0.5}
    )
    asked = {"outcome": f"y ~ {terms}", "treatment": "t ~ 1", "method": "regression", "outcome_family": "linear"}
    found = answer(lambda: average_effect(frame, **asked))
    assert isinstance(found, EffectsError) or np.isfinite(found.table.drop(columns="df").to_numpy(float)).all()
