"""Micro: three programmes, what was published about them, and the one effect that can be computed from it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial, wraps

from ledger import granularity, proportions
from ledger.claim import Unsettled, Withheld
from ledger.granularity import Split
from ledger.quantity import Quantity, Unit, direction
from leerwerk import effects
from leerwerk.micro import implied
from leerwerk.micro.pupils import answers
from leerwerk.micro.pupils import numbers as numbers  # they belong to this chapter
from leerwerk.study import claim, derives, recomputes

WITH, WITHOUT, BONUS = "micro.bonus.absence_with", "micro.bonus.absence_without", "micro.abo.bonus_share"


def _answer_from_records(claim_id: str) -> None:
    _, function = answers.ANSWERS[claim_id]
    inner = function.func if isinstance(function, partial) else function

    @recomputes(claim_id)
    @wraps(inner)
    def answer() -> Quantity | Withheld | Unsettled:
        return answers.answer(claim_id)


for _claim_id in answers.ANSWERS:
    _answer_from_records(_claim_id)


@derives("micro.bonus.absence", "problematische afwezigheid met bonus, vergeleken met de controlegroep")
def absence_direction() -> Quantity:
    """Lower only if every true value behind the first printed share lies below every one behind the second."""
    difference = claim(WITH).range - claim(WITHOUT).range
    return direction(difference.lower, difference.upper, "published")


@derives("micro.bonus.difference", "verschil in problematische afwezigheid, met min zonder bonus", decimals=0)
def absence_difference() -> Quantity:
    """Difference of the printed shares; the interval holds rounding only, not chance."""
    return (claim(WITH).range - claim(WITHOUT).range).quantity("points")


@derives(
    "micro.bonus.risk_ratio",
    "verhouding van de kansen op problematische afwezigheid, met tot zonder bonus",
    decimals=2,
)
def absence_ratio() -> Quantity:
    """Ratio of the printed shares; the interval holds rounding only, not chance."""
    return (claim(WITH).range / claim(WITHOUT).range).quantity("ratio")


@derives(
    "micro.bonus.odds_ratio",
    "verhouding van de odds op problematische afwezigheid, met tot zonder bonus",
    decimals=2,
)
def absence_odds_ratio() -> Quantity:
    """Ratio of the odds behind the printed shares; the interval holds rounding only, not chance."""
    return (claim(WITH).range.increasing(_odds) / claim(WITHOUT).range.increasing(_odds)).quantity("ratio")


def _odds(share: float) -> float:
    return share / (1 - share)


@derives("micro.bonus.e_value", "E-waarde van de verhouding van de kansen")
def absence_e_value() -> Quantity:
    """E-value of the risk ratio of the printed shares."""
    return Quantity(effects.e_value(absence_ratio().value).estimate, "ratio")


def smallest_groups(*, share_too: bool) -> Split:
    """The smallest groups that can have produced the printed absence shares.

    Parameters
    ----------
    share_too
        Whether the groups must also yield the printed share of pupils with a bonus: they do if the control group is
        everyone in ABO without a bonus, which the presentation does not say.
    """
    figures = claim(WITH).published, claim(WITHOUT).published
    if share_too:
        return _smallest_joint(claim(BONUS).published, *figures)
    n_with, n_without = map(granularity.smallest_denominator, figures)
    return granularity.Split(
        n_with,
        n_without,
        granularity.possible_counts(figures[0], n_with),
        granularity.possible_counts(figures[1], n_without),
    )


_smallest_joint = cache(granularity.smallest_split)


@derives(
    "micro.bonus.apart.n_with",
    "kleinste groep met bonus die bij het gedrukte percentage past",
    False,
    "n_first",
)
@derives(
    "micro.bonus.apart.n_without",
    "kleinste controlegroep die bij het gedrukte percentage past",
    False,
    "n_second",
)
@derives("micro.bonus.joint.n_with", "kleinste groep met bonus die bij de drie percentages past", True, "n_first")
@derives("micro.bonus.joint.n_without", "kleinste controlegroep die bij de drie percentages past", True, "n_second")
@derives("micro.bonus.joint.total", "kleinste totaal dat bij de drie percentages past", True, "total")
def smallest_size(share_too: bool, part: str) -> Quantity:
    """A size in the smallest groups that fit."""
    return Quantity(getattr(smallest_groups(share_too=share_too), part), "persons")


@derives("micro.bonus.apart.k_with", "afwezigen met bonus in de kleinste groepen", False, "first")
@derives("micro.bonus.apart.k_without", "afwezigen zonder bonus in de kleinste groepen", False, "second")
@derives(
    "micro.bonus.joint.k_with",
    "afwezigen met bonus in de kleinste groepen die bij alles passen",
    True,
    "first",
)
@derives(
    "micro.bonus.joint.k_without",
    "afwezigen zonder bonus in de kleinste groepen die bij alles passen",
    True,
    "second",
)
def smallest_count(share_too: bool, part: str) -> Quantity:
    """A number of absentees in the smallest groups that fit."""
    return Quantity(getattr(smallest_groups(share_too=share_too), part)[0], "persons")


CONTRASTS: dict[str, tuple[Callable[..., proportions.Contrast], Unit]] = {
    "difference": (proportions.risk_difference, "points"),
    "ratio": (proportions.risk_ratio, "ratio"),
    "odds": (proportions.odds_ratio, "ratio"),
}


def contrast(split: Split, measure: str) -> Quantity:
    """The effect on absence with its 95% interval, were the groups of this size."""
    function, unit = CONTRASTS[measure]
    result = function(split.first[0], split.n_first, split.second[0], split.n_second)
    return Quantity(result.estimate, unit, result.lower, result.upper, n=split.total)


@derives("micro.bonus.apart.difference", "verschil bij de kleinste groepen", False, "difference", decimals=1)
@derives("micro.bonus.apart.ratio", "verhouding van de kansen bij de kleinste groepen", False, "ratio", decimals=2)
@derives("micro.bonus.apart.odds", "verhouding van de odds bij de kleinste groepen", False, "odds", decimals=2)
@derives(
    "micro.bonus.joint.difference",
    "verschil bij de kleinste groepen die bij alles passen",
    True,
    "difference",
    decimals=1,
)
@derives(
    "micro.bonus.joint.ratio",
    "verhouding van de kansen bij de kleinste groepen die bij alles passen",
    True,
    "ratio",
    decimals=2,
)
@derives(
    "micro.bonus.joint.odds",
    "verhouding van de odds bij de kleinste groepen die bij alles passen",
    True,
    "odds",
    decimals=2,
)
def smallest_contrast(share_too: bool, measure: str) -> Quantity:
    """The effect on absence in the smallest groups that fit."""
    return contrast(smallest_groups(share_too=share_too), measure)


@derives(
    "micro.bonus.joint.e_value_bound",
    "E-waarde van de grens van het interval, bij de kleinste groepen die bij alles passen",
)
def e_value_bound() -> Quantity:
    """E-value of the interval's end nearest to 1, in the smallest groups that fit all three percentages."""
    ratio = smallest_contrast(True, "ratio")
    bound = effects.e_value(ratio.value, ratio.upper).bound
    return Quantity(float(bound or 1.0), "ratio")


@derives("micro.both.share", "aandeel van alle leerlingen dat zowel BRUG als IBAL volgt")
def both_programmes() -> Quantity:
    """P(IBAL) P(BRUG | IBAL), with the range that the wording of both allows."""
    return (claim("micro.ibal.participation").range * claim("micro.ibal.brug_before").range).quantity("share")


@derives(
    "micro.implied.many",
    "kleinste verschil dat significant kon zijn, bij alle leerlingen in leren en werken",
    decimals=0,
)
def bound_with_all_pupils() -> Quantity:
    """The smallest significant difference if everyone in learning and working was compared, over the span of their number."""
    n = implied.everyone()
    lower, upper = (implied.of_ibal(end or n.value) for end in (n.upper, n.lower))
    return Quantity(implied.of_ibal(n.value), "points", lower, upper, evidence="context")


@derives("micro.implied.pupils", "leerlingen in leren en werken, de Leertijd inbegrepen, rond 2017")
def pupils_in_learning_and_working() -> Quantity:
    """How many there were, with the span that the source gives."""
    return implied.everyone()


@derives("micro.implied.few", "kleinste verschil dat significant kon zijn, bij een tiende van hen", decimals=0)
def bound_with_a_tenth() -> Quantity:
    """The same if a tenth of them was compared."""
    return Quantity(implied.of_ibal(implied.everyone().value / 10), "points", evidence="context")
