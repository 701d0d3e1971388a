"""The list of references: one alphabet, letters for what would be the same, titles in their own language."""

from __future__ import annotations

import pytest
from docutils import nodes
from pybtex import plugin
from pybtex.database import BibliographyData, parse_string
from pybtex_docutils import Backend

from bookbuild.citation.bibliography import DutchLabels, DutchSorting, DutchStyle

BIB = r"""
@misc{z1, author = {{Zorg Vlaanderen}}, title = {Een rapport}, year = {z.d.}, url = {https://www.zorg.be/lang/adres}}
@misc{z2, author = {{Zorg Vlaanderen}}, title = {Ander rapport?}, year = {z.d.}}
@misc{a1, author = {{aanhef vzw}}, title = {Klein geschreven}, year = {2020}, note = {Naar een bron}}
@article{b1, author = {van der Berg, Anna Maria and Özil, Z.}, title = {The Title}, journal = {The Journal}, volume = {3},
  number = {1}, pages = {10--12}, year = {2019}, doi = {10.1/x}, langid = {english}}
@techreport{b2, author = {Best, A. and Cox, B. and Dale, C.}, title = {Le rapport}, institution = {Instituut}, type = {Cahier},
  number = {7}, year = {2019}, langid = {french}}
@techreport{b3, author = {Best, A. and Cox, B. and Dale, C.}, title = {Tweede rapport}, institution = {Instituut},
  type = {Rapport}, number = {8}, year = {2019}}
"""


@pytest.fixture(scope="module")
def entries() -> BibliographyData:
    return parse_string(BIB, "bibtex")


@pytest.fixture(scope="module")
def labels(entries: BibliographyData) -> dict[str, str]:
    ordered = DutchSorting().sort(entries.entries.values())
    return {entry.key: label for entry, label in zip(ordered, DutchLabels().format_labels(ordered), strict=True)}


def test_persons_and_organisations_stand_in_one_alphabet(labels: dict[str, str]) -> None:
    assert list(labels) == ["a1", "b2", "b3", "b1", "z2", "z1"]


def test_what_would_be_cited_alike_gets_a_letter(labels: dict[str, str]) -> None:
    assert labels == {
        "a1": "Aanhef vzw, 2020",
        "b2": "Best e.a., 2019a",
        "b3": "Best e.a., 2019b",
        "b1": "Van der Berg en Özil, 2019",
        "z2": "Zorg Vlaanderen, z.d.-a",
        "z1": "Zorg Vlaanderen, z.d.-b",
    }


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("a1", "Aanhef vzw (2020). Klein geschreven. Naar een bron."),
        ("b1", "Van der Berg, A. M. en Özil, Z. (2019). The Title. The Journal, 3(1), 10–12. doi:10.1/x."),
        ("b3", "Best, A., Cox, B. en Dale, C. (2019b). Tweede rapport. Rapport 8, Instituut."),
        ("z1", "Zorg Vlaanderen (z.d.-b). Een rapport. zorg.be."),
        ("z2", "Zorg Vlaanderen (z.d.-a). Ander rapport?"),
    ],
)
def test_an_entry_reads_as_a_dutch_reference(
    key: str, text: str, entries: BibliographyData, labels: dict[str, str]
) -> None:
    assert _rendered(key, entries, labels).astext() == text


def test_titles_are_links_with_their_own_language(entries: BibliographyData, labels: dict[str, str]) -> None:
    (link,) = _rendered("b1", entries, labels).findall(nodes.reference)
    assert (link["refuri"], link.astext()) == ("https://doi.org/10.1/x", "The Title")
    foreign = [(node["classes"], node.astext()) for node in _rendered("b1", entries, labels).findall(nodes.inline)]
    assert foreign == [(["language-en"], "The Title"), (["language-en"], "The Journal")]
    french = [(node["classes"], node.astext()) for node in _rendered("b2", entries, labels).findall(nodes.inline)]
    assert french == [(["language-fr"], "Le rapport"), (["language-fr"], "Cahier")]
    assert list(_rendered("z1", entries, labels).findall(nodes.inline)) == []


def _rendered(key: str, entries: BibliographyData, labels: dict[str, str]) -> nodes.paragraph:
    return Backend().paragraph(DutchStyle().format_entry(labels[key], entries.entries[key]))


@pytest.mark.parametrize(
    ("group", "name"),
    [
        *((f"pybtex.style.{part}", "dutch") for part in ("formatting", "sorting", "labels")),
        *(("pybtex.style.names", name) for name in ("last", "lastfirst")),
        ("pybtex.backends", "plaintext"),
    ],
)
def test_nobody_looks_through_every_package_for_what_the_references_need(
    monkeypatch: pytest.MonkeyPatch, group: str, name: str
) -> None:
    monkeypatch.setattr(plugin, "entry_points", lambda **sought: pytest.fail(f"{sought} was looked for"))
    assert plugin.find_plugin(group, name)
