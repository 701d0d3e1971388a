"""Every number that the six pages print stands in a data file, or follows from one by arithmetic done here by hand.

The pages are read as they were built and the files as text: no function of the book has a part in it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import html
from readertext import SIX
from scipy import stats

NUMBER = re.compile(r"\d{1,3}(?: \d{3})+(?!\d)|\d+(?:[.,]\d+)*")  # its sign is read with its link
# Behind a bare figure of claims.csv the page puts its unit; a size that is a count may stand as a word.
UNITS = {"hours": " uur", "euro": " euro"}
WORDS = {"2": "twee", "3": "drie"}
OFFICIAL, LATER = "vl-stat-vsv", "belga-2024"
UNQUALIFIED, DUAL = "early_leavers_admin_share", "dual_learning_pupils"
# Taken over from a public source: the row of series.csv (indicator, period, source).
PUBLIC = {
    "introduction.unqualified.2014": (UNQUALIFIED, "2014-2015", OFFICIAL),
    "introduction.unqualified.2018": (UNQUALIFIED, "2018-2019", OFFICIAL),
    "introduction.unqualified.2019": (UNQUALIFIED, "2019-2020", OFFICIAL),
    "introduction.unqualified.2020": (UNQUALIFIED, "2020-2021", OFFICIAL),
    "introduction.unqualified.dbso": (f"{UNQUALIFIED}_dbso", "2020-2021", OFFICIAL),
    "introduction.unqualified.bso": (f"{UNQUALIFIED}_bso", "2020-2021", OFFICIAL),
    "introduction.unqualified.2021": (UNQUALIFIED, "2021-2022", LATER),
    "introduction.unqualified.dbso_2021": (f"{UNQUALIFIED}_dbso", "2021-2022", LATER),
    "introduction.dual.2019": (DUAL, "2019-2020", "crevits-dual"),
    "introduction.dual.2022": (DUAL, "2022-2023", "vrt-2023"),
    "introduction.dual.2025": (DUAL, "2025", "tvoost-2025"),
    "introduction.dual.employers": (DUAL, "2025", "voka-dual"),
    "meso.coaching.pupils": ("coaching_rct_pupils", "", "nos-2012"),
    "meso.coaching.treated": ("coaching_rct_dropout_treated", "", "cpb-224"),
    "meso.coaching.control": ("coaching_rct_dropout_control", "", "cpb-224"),
    "macro.abroad.ended": ("apprenticeship_ended_share", "started 2018", "bfs-2023"),
    "macro.abroad.back": ("apprenticeship_back_share", "started 2018", "bfs-2023"),
    "macro.premium.without_pay": ("employer_premium_without_pay", "2023-2024", "vl-premie"),
    "macro.premium.with_pay": ("employer_premium_with_pay", "2023-2024", "vl-premie"),
}
NORMAL = 1.959963985  # two-sided 5% point, from any table
ENDINGS = {"percent": "%", "pupils": "", "EUR": " euro"}

Row = dict[str, str]


def rows(root: Path, name: str) -> list[Row]:
    """A table under data/ as text."""
    with (root / "data" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def claims(root: Path) -> dict[str, Row]:
    return {row["id"]: row for row in rows(root, "published/claims.csv")}


@pytest.fixture(scope="module")
def series(root: Path) -> list[Row]:
    return rows(root, "context/series.csv")


@pytest.fixture(scope="module")
def articles(book: Path) -> dict[str, html.HtmlElement]:
    """The six pages without what the engine adds; the folds with their recomputation are read by test_cards."""
    found = {}
    for name in SIX:
        (article,) = html.fromstring((book / f"{name}.html").read_bytes()).iter("article")
        for added in article.xpath(".//details[@class='provenance' or @class='code'] | .//div[@class='card']"):
            added.drop_tree()
        found[name] = article
    return found


def plain(text: str) -> str:
    """With ordinary spaces, and a hyphen for a minus sign."""
    return re.sub(r"\s", " ", text).replace("\N{MINUS SIGN}", "-")


def dutch(value: float, decimals: int) -> str:
    """With a decimal comma and a space between thousands."""
    return f"{value:,.{decimals}f}".replace(",", " ").replace(".", ",")


def rate(printed: str) -> float:
    """`9,38%` as 9.38."""
    return float(printed.rstrip("%").replace(",", "."))


def ratios(series: list[Row]) -> dict[int, float]:
    """Youth over total unemployment in Belgium by year."""
    parts = {
        source: {int(row["period"]): float(row["value"]) for row in series if row["source"] == source}
        for source in ("ctg-youth", "ctg-total")
    }
    youth, total = parts.values()
    return {year: youth[year] / total[year] for year in sorted(youth.keys() & total.keys())}


def trials(root: Path, kind: str = "") -> list[tuple[float, float]]:
    """What each trial that counts, or each of a kind, found: points, positive where good for the pupil, and their variance."""
    found = []
    for row in rows(root, "trials/results.csv"):
        if row["pooled"] == "yes" and kind in ("", row["kind"]):
            p, q = float(row["treated_rate"]), float(row["control_rate"])
            n, m = (float(row[arm] or 0.5 * float(row["n_total"])) for arm in ("n_treated", "n_control"))
            found.append(((q - p if row["measure"] == "left" else p - q), p * (100 - p) / n + q * (100 - q) / m))
    return found


def pooled(found: list[tuple[float, float]]) -> tuple[float, float, float]:
    """Random-effects mean, its error and the variance between trials, halving until the weighted squares are as expected."""

    def squares(between: float) -> tuple[float, float, float]:
        weights = [1 / (variance + between) for _, variance in found]
        mean = sum(w * points for w, (points, _) in zip(weights, found, strict=True)) / sum(weights)
        return sum(w * (points - mean) ** 2 for w, (points, _) in zip(weights, found, strict=True)), mean, sum(weights)

    low, high = 0.0, 1e4
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if squares(middle)[0] > len(found) - 1 else (low, middle)
    total, mean, weight = squares(low)
    return mean, (total / (len(found) - 1) / weight) ** 0.5, low


def elsewhere(root: Path) -> dict[str, set[str]]:
    """What the prose says of the trials elsewhere: the number and, where it is said, its interval."""
    found, coaching = trials(root), trials(root, "coaching")
    mean, error, between = pooled(found)
    t = stats.t.isf(0.025, len(found) - 1)
    coached, its_error, _ = pooled(coaching)
    u = stats.t.isf(0.025, len(coaching) - 1)
    without = [pooled(coaching[:place] + coaching[place + 1 :])[0] for place in range(len(coaching))]

    def said(points: float) -> str:
        return f"{points:.0f} procentpunt"

    return {
        "meso.trials.count": {str(len(found))},
        "meso.trials.mean": {said(mean), f"{mean - t * error:.0f} tot {said(mean + t * error)}"},
        "meso.trials.another": {
            f"{mean - t * (between + error**2) ** 0.5:.0f} tot {said(mean + t * (between + error**2) ** 0.5)}"
        },
        "meso.trials.coaching": {
            said(coached),
            f"{coached - u * its_error:.0f} tot {said(coached + u * its_error)}",
        },
        "meso.trials.coaching_without": {said(max(without, key=lambda other: abs(other - coached)))},
    }


def shown_of_trials(root: Path) -> set[str]:
    """What the figures on Meso and Micro say besides, in their tables and descriptions: each difference with its interval."""
    found, money = trials(root), trials(root, "money")
    ends = [(points, NORMAL * variance**0.5) for points, variance in found]
    for group in (found, money):
        mean, error, between = pooled(group)
        t = stats.t.isf(0.025, len(group) - 1)
        ends += [(mean, t * error), (mean, t * (between + error**2) ** 0.5)]
    clear = sum(points > half for points, half in ends[: len(found)])
    values = {value for points, half in ends for value in (points, points - half, points + half)}
    counts = {dutch(clear, 0), dutch(len(found), 0), dutch(len(money), 0)}
    return counts | {dutch(abs(value), decimals) for value in values for decimals in (0, 1)}


def own(claims: dict[str, Row], series: list[Row]) -> dict[str, Callable[[], str]]:
    """The book's own numbers, worked out from the files."""

    def published(name: str) -> float:
        return rate(claims[name]["published"].replace(" ", ""))

    shares = [f"macro.contracts.{kind}" for kind in ("oao", "da_sm", "sao", "da")]
    coaching = {row["indicator"]: float(row["value"]) for row in series if row["source"] == "cpb-224"}
    return {
        "introduction.ratio.first_year": lambda: str(min(ratios(series))),
        "introduction.ratio.last_year": lambda: str(max(ratios(series))),
        "introduction.ratio.lowest": lambda: dutch(min(ratios(series).values()), 1),
        "introduction.ratio.highest": lambda: dutch(max(ratios(series).values()), 1),
        "micro.bonus.difference": lambda: (
            f"{published('micro.bonus.absence_with') - published('micro.bonus.absence_without'):.0f} procentpunt"
        ),
        "macro.recognition.approved_count": lambda: dutch(
            published("macro.recognition.requests") * published("macro.recognition.approved_share") / 100, 0
        ),
        "macro.contracts.sum": lambda: f"{dutch(sum(map(published, shares)), 2)}%",
        "meso.coaching.difference": lambda: (
            f"{coaching['coaching_rct_dropout_treated'] - coaching['coaching_rct_dropout_control']:.0f} procentpunt"
        ),
        "meso.coaching.ibal_hours": lambda: f"{claims['micro.ibal.mean_hours']['published']} uur",
    }


def public(series: list[Row], name: str) -> str:
    """A figure of a public source as a page prints it."""
    indicator, period, source = PUBLIC[name]
    (row,) = (
        row
        for row in series
        if (row["indicator"], row["source"]) == (indicator, source)
        and row["period"] == period
        and row["geo"] in ("Flanders", "NL", "CH")
    )
    value = float(row["value"])
    decimals = 1 if source in (OFFICIAL, LATER, "bfs-2023") else 0
    return dutch(value, decimals) + ENDINGS[row["unit"]]


def test_every_linked_number_is_that_of_its_row(
    root: Path, articles: dict[str, html.HtmlElement], claims: dict[str, Row], series: list[Row]
) -> None:
    worked_out = {name: {work()} for name, work in own(claims, series).items()} | elsewhere(root)
    seen = set()
    for page, article in articles.items():
        for link in article.xpath(".//a[contains(@class, 'number ')]"):
            name, shown = link.get("href").partition("#")[2], plain(link.text)
            seen.add(name)
            if name in claims:
                row = claims[name]
                expected = {row["published"] + UNITS.get(row["unit"], ""), WORDS.get(row["published"])}
            else:
                expected = worked_out.get(name) or {public(series, name)}
            assert shown in expected, (page, name)
    assert {*worked_out, *PUBLIC} - seen == set()
    assert len(seen) > 70


def derived(root: Path, claims: dict[str, Row], series: list[Row]) -> set[str]:
    """What tables and figures show besides: shares of hours, pupils per hundred, counts that a printed percentage allows."""

    def figure(name: str) -> int:
        return int(re.sub(r"\D", "", claims[name]["published"]))

    hours = {
        f"{100 * figure(f'micro.{name}.mean_hours') / figure(f'micro.{name}.hours'):.0f}" for name in ("brug", "ibal")
    }
    brug, ibal = figure("micro.brug.participation"), figure("micro.ibal.participation")
    both = ibal * figure("micro.ibal.brug_before") / 100  # between two whole pupils
    least, most = int(both), int(both) + 1
    pupils = {100, brug - most, least, most - least, ibal - most, 100 - brug - ibal + most}
    counts: set[int] = set()
    for row in rows(root, "published/groups.csv"):
        size = sum(figure(name) for name in row["sizes"].split("+"))
        printed = claims[row["claim"]]["published"]
        if printed.endswith("%"):
            fitting = [k for k in range(size + 1) if dutch(100 * k / size, 2) + "%" == printed]
            counts |= {size, *fitting} if len(fitting) == 1 else {size}
    one_in, of = map(int, NUMBER.findall(claims["macro.guidance.problems"]["published"]))
    yearly = {dutch(float(row["value"]), 1) for row in series}
    return hours | {dutch(n, 0) for n in pupils | counts} | {dutch(100 * one_in / of, 2)} | yearly


def test_no_other_number_stands_on_the_pages(
    root: Path, articles: dict[str, html.HtmlElement], claims: dict[str, Row], series: list[Row]
) -> None:
    """What is not a link stands in a table, a caption, a name or a text about years: in words of a data file all the same."""
    known = {number for work in own(claims, series).values() for number in NUMBER.findall(plain(work()))}
    known |= (
        derived(root, claims, series) | shown_of_trials(root) | {dutch(ratio, 1) for ratio in ratios(series).values()}
    )
    known |= {number for name in PUBLIC for number in NUMBER.findall(public(series, name))}
    known.add("95")  # the level of every interval
    for folder in ("published", "context", "trials"):
        for path in (root / "data" / folder).glob("*.csv"):
            cells = [plain(cell) for row in rows(root, f"{folder}/{path.name}") for cell in row.values()]
            known |= {number for cell in cells for number in NUMBER.findall(cell)}
            known |= {cell.replace(".", ",") for cell in cells if NUMBER.fullmatch(cell)}
    for row in rows(root, "trials/results.csv"):  # a percentage has a decimal there, a count a space
        known |= {dutch(float(row[rate]), 1) for rate in ("treated_rate", "control_rate") if row[rate]}
        known |= {dutch(float(row["n_total"]), 0)} if row["n_total"] else set()
    found: dict[str, set[str]] = {}
    for page, article in articles.items():
        spoken = "|".join([*article.itertext(), *article.xpath(".//img/@alt")])
        found[page] = set(NUMBER.findall(plain(spoken))) - known
    assert {page: numbers for page, numbers in found.items() if numbers} == {}
