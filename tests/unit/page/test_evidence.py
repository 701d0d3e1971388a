"""The kinds of evidence: derived from status and records, and told apart without colour."""

from __future__ import annotations

from itertools import product
from typing import get_args

import pytest
from lxml import html

from bookbuild.page.marks import MARKS, SYNTHETIC, Kind, kind_of, mark_html
from ledger.claim import Status

RECORDS = ("none", "synthetic", "restricted")
# Made-up records never make a published figure tested: the prose prints what was published. A failed test always shows.
CLAIMS = {
    ("reproduced", "none"): "tested",
    ("reproduced", "restricted"): "tested",
    ("reproduced", "synthetic"): "published",
    ("consistent", "none"): "tested",
    ("consistent", "restricted"): "tested",
    ("consistent", "synthetic"): "published",
    ("inconsistent", "none"): "failed",
    ("inconsistent", "restricted"): "failed",
    ("inconsistent", "synthetic"): "failed",
    ("calibrated", "none"): "published",
    ("calibrated", "restricted"): "published",
    ("calibrated", "synthetic"): "published",
    ("given", "none"): "published",
    ("given", "restricted"): "published",
    ("given", "synthetic"): "published",
    ("not recomputable", "none"): "published",
    ("not recomputable", "restricted"): "published",
    ("not recomputable", "synthetic"): "published",
}
SHAPES = {  # SVG paths: a tick, a cross, a circle, a square, a diamond
    "tested": "M1 5.5 4 8.5 9 1.5",
    "failed": "M1.5 1.5l7 7M8.5 1.5l-7 7",
    "published": "M5 1a4 4 0 1 0 .1 0z",
    "own": "M2.5 2.5h5v5h-5z",
    "synthetic": "M5 .5 9.5 5 5 9.5.5 5z",
}
OWN = {"none": "own", "restricted": "own", "synthetic": "synthetic"}


def test_the_table_below_has_every_combination() -> None:
    assert set(CLAIMS) == set(product(get_args(Status), RECORDS))


@pytest.mark.parametrize(("status", "records"), CLAIMS)
def test_a_claims_kind_follows_from_status_and_records(status: Status, records: str) -> None:
    assert kind_of(status, records) == CLAIMS[status, records]


@pytest.mark.parametrize("records", RECORDS)
def test_an_own_number_is_own_unless_synthetic(records: str) -> None:
    assert kind_of(None, records) == OWN[records]


def test_every_kind_has_a_shape_a_label_and_a_meaning_of_its_own() -> None:
    """The words themselves are compared on the pages, in chapters/test_cards.py."""
    assert set(MARKS) == set(get_args(Kind)) == set(SHAPES)
    for part in ("path", "label", "meaning"):
        assert len({getattr(mark, part) for mark in MARKS.values()}) == len(MARKS)


def test_everything_from_made_up_records_carries_one_word() -> None:
    assert SYNTHETIC == '<span class="synthetic">synthetisch</span>'


@pytest.mark.parametrize("kind", get_args(Kind))
def test_a_mark_is_drawn_in_the_colour_of_the_text_and_not_heard(kind: Kind) -> None:
    drawn = html.fragment_fromstring(mark_html(kind))
    assert (drawn.tag, drawn.get("stroke"), drawn.get("aria-hidden")) == ("svg", "currentColor", "true")
    assert [path.get("d") for path in drawn] == [SHAPES[kind]]
    assert drawn.get("fill") == ("currentColor" if kind == "own" else "none")
