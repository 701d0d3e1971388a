"""Makes random draws meet published margins exactly: places go to whoever ranks highest, intercepts follow from that."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from ledger.claim import Claim

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
N = TypeVar("N", Floats, float)

# Far more rounds than any draw has needed (tens): reaching it means that the places cannot be filled.
MOST_ROUNDS = 100_000
# Log-odds beyond which a share is 0 or 1 in ten decimals.
FURTHEST = 25.0


class CalibrationError(Exception):
    """No cohort of this size can show a published margin."""


def nearest_count(claim: Claim, of: int) -> int:
    """How many of `of` make the middle of what a printed share allows.

    Raises
    ------
    CalibrationError
        If `of` is so small that no count is printed like that.
    """
    count = round(claim.middle * of)
    if not claim.allows(count / of):
        raise CalibrationError(f"{claim.id}: geen aantal op {of} wordt gedrukt als '{claim.published}'")
    return count


def total_for_mean(claim: Claim, of: int) -> int:
    """The total that gives `of` pupils the middle of what a printed mean allows, to the nearest whole."""
    return round(claim.middle * of)


def proportional(total: int, sizes: Sequence[float]) -> list[int]:
    """Split a total over groups in proportion to their sizes, by largest remainder."""
    exact = [total * size / sum(sizes) for size in sizes]
    parts = [int(share) for share in exact]
    by_remainder = sorted(range(len(sizes)), key=lambda group: parts[group] - exact[group])
    for group in by_remainder[: total - sum(parts)]:
        parts[group] += 1
    return parts


def clear(utility: Floats, places: Sequence[int]) -> tuple[Integers, Floats]:
    """Everyone's choice when each option but the first has exactly so many places.

    Every option gets a bonus, the same for everyone, that makes it the favourite of exactly as many as there are
    places: with Gumbel noise in the utilities this is a multinomial logit whose intercepts fit the draw. Bonuses only
    rise (an ascending auction), which ends because options are substitutes (Kelso & Crawford 1982).

    Parameters
    ----------
    utility
        One row per pupil, one column per option; the first takes whoever is left.
    places
        For every option after the first, at least 1.

    Returns
    -------
    choice, bonus
        The chosen column per pupil, and each option's bonus (0 for the first).

    Raises
    ------
    CalibrationError
        If there are more places than pupils, or an option without places.
    """
    if sum(places) >= len(utility) or min(places) < 1:
        raise CalibrationError(f"{list(places)} plaatsen voor {len(utility)} leerlingen")
    bonus = np.concatenate([[0.0], np.full(len(places), -np.inf)])
    for _ in range(MOST_ROUNDS):
        choice = (utility + bonus).argmax(axis=1)
        taken = np.bincount(choice, minlength=len(bonus))[1:]
        short = np.flatnonzero(taken < np.asarray(places)) + 1
        if not len(short):
            return choice.astype(np.int64), bonus
        bonus[short[0]] = _bonus_for(utility, bonus, int(short[0]), places[short[0] - 1])
    raise CalibrationError("de plaatsen raken niet ingevuld")


def _bonus_for(utility: Floats, bonus: Floats, option: int, places: int) -> float:
    others = np.delete(utility + bonus, option, axis=1).max(axis=1)
    needed = np.partition(others - utility[:, option], [places - 1, places])
    return float(needed[places - 1] + needed[places]) / 2


def threshold(latent: Floats, count: int) -> float:
    """The value that exactly `count` of a group exceed."""
    if not 0 < count < len(latent):
        raise CalibrationError(f"{count} van {len(latent)}: geen drempel")
    ordered = np.sort(latent)
    return float(ordered[-count] + ordered[-count - 1]) / 2


def expit(log_odds: N) -> N:
    """The probability with these log-odds."""
    return 1.0 / (1.0 + np.exp(-log_odds))


def logit(share: Floats) -> Floats:
    """The log-odds of a probability."""
    return np.log(share / (1.0 - share))


def intercept_for(predictor: Floats, share: float) -> float:
    """What to add to everyone's log-odds so that their mean probability is `share`."""
    return float(brentq(lambda shift: expit(predictor + shift).mean() - share, -FURTHEST, FURTHEST, xtol=1e-12))


def whole_numbers(ranks: Floats, total: int, most: int) -> Integers:
    """Whole numbers from 1 to `most` that add up to `total`, in the order of `ranks` (each within 0..1).

    They are powers of the ranks, rounded by largest remainder; the power makes the total fit.

    Raises
    ------
    CalibrationError
        If the total is out of reach.
    """
    if not len(ranks) < total < most * len(ranks):
        raise CalibrationError(f"{len(ranks)} getallen van 1 tot {most} met som {total} bestaan niet")
    # The log of the power is what is sought: any mean between 1 and `most` lies well within these bounds.
    power = np.exp(brentq(lambda log_power: _spread(ranks, log_power, most).sum() - total, -10, 10, xtol=1e-12))
    exact = 1 + (most - 1) * ranks**power
    numbers = np.floor(exact).astype(np.int64)
    by_remainder = np.argsort(numbers - exact, kind="stable")
    numbers[by_remainder[: total - int(numbers.sum())]] += 1
    return numbers


def _spread(ranks: Floats, log_power: float, most: int) -> Floats:
    return np.asarray(1 + (most - 1) * ranks ** np.exp(log_power))
