"""The book's own archive: what its description says of each claim, and what it must not say of synthetic records."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from referee_crate import problems

from bookbuild.release import crate
from leerwerk import study

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def tree(book: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sources and the built book, as in an archive."""
    folder = tmp_path_factory.mktemp("archive")
    for name in ("CITATION.cff", "_config.yml", "code", "data", "requirements.txt"):
        (folder / name).symlink_to(ROOT / name)
    (folder / "book").symlink_to(book)
    (folder / "ro-crate-metadata.json").write_text(crate.metadata(folder), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def things(tree: Path) -> dict[str, Any]:
    """What is described, by its address."""
    graph = json.loads((tree / "ro-crate-metadata.json").read_text(encoding="utf-8"))["@graph"]
    return {thing["@id"]: thing for thing in graph}


@pytest.fixture(scope="module")
def claims(book: Path) -> list[dict[str, Any]]:
    return json.loads((book / "claims.json").read_text(encoding="utf-8"))


def test_it_is_an_ro_crate(tree: Path, tmp_path: Path) -> None:
    assert problems(tree, tmp_path) == set()


def test_a_run_stands_where_a_function_answered_and_nowhere_else(
    things: dict[str, Any], claims: list[dict[str, Any]]
) -> None:
    known = {str(number.claim.id) for number in study.LEDGER.answered() if number.claim}
    assert {f"#{name}" for name in known} <= things.keys()
    untouched = [claim["id"] for claim in claims if claim["status"] in ("taken over", "given")]
    assert untouched
    for name in untouched:
        assert things[f"#{name}"]["abstract"]
    ran = {name.removesuffix(".run").removeprefix("#") for name in things if name.endswith(".run")}
    assert ran == known - set(untouched)


def test_what_synthetic_records_gave_is_in_no_word_of_it(things: dict[str, Any], claims: list[dict[str, Any]]) -> None:
    rehearsed = [claim for claim in claims if claim["rehearsal"]]
    assert rehearsed
    for claim in rehearsed:
        assert {f"#{claim['id']}.run", f"#{claim['id']}.result"}.isdisjoint(things)
    given = {claim["rehearsal"]["value"] for claim in rehearsed}
    values = {things[name].get(field) for name in things for field in ("value", "minValue", "maxValue")}
    assert not {value for value in given & values if value not in (0, 1)}


def test_synthetic_records_are_called_so(things: dict[str, Any]) -> None:
    found = [thing for name, thing in things.items() if name.startswith("data/synthetic/")]
    assert found
    assert [thing["@id"] for thing in found if "Nagemaakte" not in thing["disambiguatingDescription"]] == []
    assert [
        name for name in things if name.startswith("data/published/") and "disambiguatingDescription" in things[name]
    ] == []


def test_every_input_of_a_claim_has_the_digest_of_the_ledger(
    things: dict[str, Any], claims: list[dict[str, Any]]
) -> None:
    files = [file for claim in claims if f"#{claim['id']}.run" in things for file in claim["inputs"]]
    assert files
    assert [file["path"] for file in files if things[file["path"]]["sha256"] != file["sha256"]] == []


def test_who_made_it_is_whoever_the_citation_names(things: dict[str, Any]) -> None:
    root = things["./"]
    assert things[root["author"]["@id"]] == {
        "@id": "#De-makers-van-dit-boek",
        "@type": "Organization",
        "name": "De makers van dit boek",
    }
    assert "publisher" not in root
    assert {licence["@id"] for licence in root["license"]} == {
        "https://opensource.org/license/mit",
        "https://creativecommons.org/licenses/by/4.0/",
    }
