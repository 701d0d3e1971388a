"""Reading JSON-stat: what its specification allows is read, and what is at odds with itself is refused with the reason."""

from __future__ import annotations

import json
from typing import Any

import pytest

from leerwerk.feeds import jsonstat
from leerwerk.feeds.errors import FeedError

# Two areas by two years; B has nothing in 2001.
SMALL: dict[str, Any] = {
    "version": "2.0",
    "class": "dataset",
    "id": ["geo", "time"],
    "size": [2, 2],
    "value": {"0": 1.5, "1": 2, "2": 3.25},
    "status": {"1": "bp"},
    "dimension": {
        "geo": {"category": {"index": {"A": 0, "B": 1}}},
        "time": {"category": {"index": {"2000": 0, "2001": 1}}},
    },
}
CELLS = [("A", "2000", "1.5", ""), ("A", "2001", "2", "bp"), ("B", "2000", "3.25", "")]


def cells(document: object) -> list[tuple[str, str, str, str]]:
    found = jsonstat.read(json.dumps(document).encode()).cells
    return sorted((cell.codes["geo"], cell.codes["time"], cell.value, cell.flags) for cell in found)


def category(**geo: object) -> dict[str, Any]:
    return {"dimension": {**SMALL["dimension"], "geo": {"category": geo}}}


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"value": [1.5, 2, 3.25, None]},
        {"status": ["", "bp", None, None]},
        category(index=["A", "B"]),
        category(index={"B": 1, "A": 0}),
        # time runs slowest: A2000 B2000 A2001 B2001
        {"id": ["time", "geo"], "value": {"0": 1.5, "1": 3.25, "2": 2}, "status": {"2": "bp"}},
        # B comes first: B2000 B2001 A2000 A2001
        {**category(index={"B": 0, "A": 1}), "value": {"0": 3.25, "2": 1.5, "3": 2}, "status": {"3": "bp"}},
    ],
)
def test_the_same_cells_in_every_form_that_the_format_allows(change: dict[str, Any]) -> None:
    assert cells(SMALL | change) == CELLS


def test_a_single_category_needs_no_index() -> None:
    single = {"size": [1, 2], "value": [1, 2], "status": {}, **category(label={"A": "Area"})}
    assert cells(SMALL | single) == [("A", "2000", "1", ""), ("A", "2001", "2", "")]


def test_what_is_printed_stays_as_it_is_printed() -> None:
    body = json.dumps(SMALL).replace("1.5", "12.0").encode()
    assert {cell.value for cell in jsonstat.read(body).cells} == {"12.0", "2", "3.25"}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"class": "collection"}, "geen tabel volgens JSON-stat 2.0"),
        ({"version": "1.0"}, "geen tabel volgens JSON-stat 2.0"),
        ({"size": [2, 3]}, "size is niet het aantal codes"),
        ({"size": [4]}, "noemen niet dezelfde dimensies"),
        ({"id": ["geo", "geo"]}, "noemen niet dezelfde dimensies"),
        ({"id": ["geo", "year"]}, "noemen niet dezelfde dimensies"),
        ({"id": None}, "id, size of dimension ontbreekt"),
        (category(index={"A": 0, "B": 2}), "niet doorlopend genummerd"),
        (category(index={"A": 0, "B": 0}), "niet doorlopend genummerd"),
        (category(index=["A", "A"]), "een code twee keer"),
        (category(), "geen codes"),
        ({"value": {"4": 1}}, "value past niet"),
        ({"value": {"-1": 1}}, "value past niet"),
        ({"value": [1, 2, 3]}, "value past niet"),
        ({"value": None}, "value past niet"),
        ({"value": {"0": "1.5"}}, "geen getal"),
        ({"value": {"0": True}}, "geen getal"),
        ({"value": {"0": float("nan")}}, "niet te lezen"),
        ({"status": {"0": "q"}}, "onbekende vlag 'q'"),
        ({"status": {"9": "b"}}, "status past niet"),
        # Eurostat's own bodies of an error and of a postponement
        ({"error": [{"status": 400, "id": 150, "label": "Semantic error"}]}, "400, ‘Semantic error’"),
        ({"warning": {"status": 413, "label": "ASYNCHRONOUS_RESPONSE."}}, "413, ‘ASYNCHRONOUS_RESPONSE.’"),
    ],
)
def test_what_is_at_odds_is_refused_with_the_reason(change: dict[str, Any], why: str) -> None:
    with pytest.raises(FeedError, match=why):
        cells(SMALL | change)


@pytest.mark.parametrize(
    "body", [b"", b"<html></html>", b"[1]", b"null", b"\xff\xfe", json.dumps(SMALL).encode()[:-20]]
)
def test_what_is_no_whole_document_is_refused(body: bytes) -> None:
    with pytest.raises(FeedError, match=r"afgebroken|niet te lezen"):
        jsonstat.read(body)
