"""The numbers on paper are those of claims.json, and those of the web pages."""

from __future__ import annotations

import json
import re
from collections import Counter
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from lxml.html import HtmlElement
from pdfreading import Pdf, plain

INTO_THE_LEDGER = ".//a[contains(@href, 'claims.html#')][not(ancestor::*[@hidden])]"
LABELS = ".//*[@class='synthetic'][not(ancestor::*[@hidden or @class='figure-more' or @class='claim-pair'])]"
SYNTHETIC = ".//a[contains(@class, 'kind-synthetic')][not(ancestor::*[@hidden])]"
LEDGER = "claims--"
Claims = list[dict[str, Any]]


@pytest.fixture(scope="module")
def claims(book: Path) -> Claims:
    """The published ledger."""
    return json.loads((book / "claims.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def entries(pdf: Pdf) -> dict[str, str]:
    """The text of each entry of the PDF's ledger, by its id."""
    anchors = [name for name in pdf.anchors if name.startswith(LEDGER) and "." in name]
    return {name.removeprefix(LEDGER): text for name, text in pdf.below(anchors).items()}


def differing(claims: Claims, entries: dict[str, str]) -> list[str]:
    """The claims whose own entry does not give their published figure and what was recomputed, label included."""
    return [claim["id"] for claim in claims if not _agrees(claim, entries.get(claim["id"], ""))]


def _agrees(claim: dict[str, Any], entry: str) -> bool:
    published = re.search(rf"Gepubliceerd: {re.escape(plain(claim['published']))}( ·|, op de slide)", entry)
    if not claim["recomputed"]:
        return bool(published) and "Nagerekend:" not in entry
    recomputed = re.search(rf"Nagerekend: {re.escape(plain(claim['recomputed']))} ·", entry)
    return bool(published and recomputed)


def test_every_claim_stands_in_the_ledger_with_its_two_figures(claims: Claims, entries: dict[str, str]) -> None:
    assert len(claims) > 60
    assert sum(bool(claim["recomputed"]) for claim in claims) == 1
    assert differing(claims, entries) == []


@pytest.mark.parametrize("field", ["published", "recomputed"])
@pytest.mark.parametrize("changed", [lambda text: f"{text}1", lambda text: text[:-1]])
def test_any_change_of_a_figure_is_noticed(field: str, changed, claims: Claims, entries: dict[str, str]) -> None:
    for position, claim in enumerate(claims):
        if claim[field]:
            altered = deepcopy(claims)
            altered[position][field] = changed(claim[field])
            assert differing(altered, entries) == [claim["id"]]


def test_a_claim_that_was_not_recomputed_has_no_recomputed_figure(claims: Claims, entries: dict[str, str]) -> None:
    altered = [claim | {"recomputed": ""} for claim in claims]
    assert differing(altered, entries) == [claim["id"] for claim in claims if claim["recomputed"]]


def test_every_number_in_the_prose_is_there_and_leads_to_its_entry(
    pdf: Pdf, articles: dict[str, HtmlElement], entries: dict[str, str]
) -> None:
    prose = [article for key, article in articles.items() if key != "claims"]
    into = [link for article in prose for link in article.xpath(INTO_THE_LEDGER)]
    links = [link for link in into if link.get("href").partition("#")[2] in entries]  # not those to its explanations
    expected = [(link.get("href").partition("#")[2], plain(link.text_content())) for link in links]
    assert len(expected) > 100
    assert {link.get("class", "").split(" ")[0] for link in links} == {"number"}
    own_pages = {pdf.anchors[f"{LEDGER}{name}"] for name in entries}
    found = [(link.target.removeprefix(LEDGER), link.text) for link in pdf.links if link.page not in own_pages]
    assert [pair for pair in found if pair[0] in entries] == expected
    assert {name for name, _ in expected} <= set(entries)


def test_synthetic_numbers_are_labelled(pdf: Pdf, articles: dict[str, HtmlElement], entries: dict[str, str]) -> None:
    everything = " ".join(pdf.pages)
    labels = [label for article in articles.values() for label in article.xpath(LABELS)]
    assert len(labels) > 10
    assert everything.count("synthetisch") >= len(labels)
    numbers = [number for article in articles.values() for number in article.xpath(SYNTHETIC)]
    assert numbers == [label.getprevious() for label in labels if label.getprevious() in numbers]
    texts = Counter(plain(number.text_content()) for number in numbers)
    assert texts.total() >= 10
    ledger = {pdf.anchors[f"{LEDGER}{name}"] for name in entries}
    prose = " ".join(text for number, text in enumerate(pdf.pages) if not min(ledger) <= number <= max(ledger))
    assert [text for text, times in texts.items() if prose.count(f"{text} synthetisch") < times] == []
