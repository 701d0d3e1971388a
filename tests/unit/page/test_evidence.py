"""The kinds of evidence: derived from status and records, and told apart without colour."""

from __future__ import annotations

from itertools import product
from typing import get_args

import pytest
from lxml import html

from bookbuild.page.marks import KINDS, MARKS, SYNTHETIC, Kind, kind_of, mark_html
from ledger.claim import Status

RECORDS = ("none", "synthetic", "restricted")
CLAIMS = {
    "reproduced": "tested",
    "consistent": "tested",
    "differs": "worded",
    "unsettled": "worded",
    "withheld": "worded",
    "taken over": "published",
    "given": "published",
}
SHAPES = {"tested": "M1 5.5 4 8.5 9 1.5", "own": "M2.5 2.5h5v5h-5z"}  # SVG paths: a tick, a square
OWN = {"none": "own", "restricted": "own", "synthetic": "synthetic"}


@pytest.mark.parametrize(("status", "records"), list(product(get_args(Status), RECORDS)))
def test_a_claims_kind_follows_from_its_status(status: Status, records: str) -> None:
    assert kind_of(status, records) == CLAIMS[status]


@pytest.mark.parametrize("records", RECORDS)
def test_an_own_number_is_own_unless_synthetic(records: str) -> None:
    assert kind_of(None, records) == OWN[records]


def test_every_kind_has_a_label_and_a_meaning_of_its_own_and_two_have_a_shape() -> None:
    """The words themselves are compared on the pages, in chapters/test_cards.py."""
    assert set(KINDS) == set(get_args(Kind))
    assert {kind: mark.path for kind, mark in MARKS.items()} == SHAPES
    for part in ("label", "meaning"):
        assert len({getattr(mark, part) for mark in KINDS.values()}) == len(KINDS)


def test_everything_from_made_up_records_carries_one_word() -> None:
    assert SYNTHETIC == '<span class="synthetic">synthetisch</span>'


@pytest.mark.parametrize("kind", get_args(Kind))
def test_a_mark_is_drawn_in_the_colour_of_the_text_and_not_heard(kind: Kind) -> None:
    if kind not in SHAPES:
        assert mark_html(kind) == ""
        return
    drawn = html.fragment_fromstring(mark_html(kind))
    assert (drawn.tag, drawn.get("stroke"), drawn.get("aria-hidden")) == ("svg", "currentColor", "true")
    assert [path.get("d") for path in drawn] == [SHAPES[kind]]
    assert drawn.get("fill") == ("currentColor" if kind == "own" else "none")
