"""The reference to the book in three formats, from CITATION.cff; expectations written by hand."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml
from pybtex.database import parse_string

from bookbuild.citation import formats
from bookbuild.citation import work as citation
from bookbuild.citation.work import Author, CitationError, Source, Work

CFF = """
cff-version: 1.2.0
message: m
title: "Leren & werken: een rapport"
type: dataset
authors:
  - family-names: de Wit
    given-names: An Maria
  - name: Groep X
version: 2.10
date-released: "2020-03-05"
license: [MIT, CC-BY-4.0]
references:
  - type: slides
    title: Dia's
    authors: [{name: HIVA}]
    year: 2019
    isbn: "978"
"""
WORK = Work(
    title="Leren & werken: een rapport",
    authors=(Author("de Wit", "An Maria"), Author("Groep X")),
    version="2.10",
    released=date(2020, 3, 5),
    licences=("MIT", "CC-BY-4.0"),
    sources=(Source("slides", "Dia's", (Author("HIVA"),), 2019, "978"),),
)
ADDRESS = "https://example.org/boek/"


def test_the_citation_file_is_read() -> None:
    assert citation.parse(CFF.replace("2.10", '"2.10"')) == WORK
    assert WORK.content_licence == "CC-BY-4.0"
    assert WORK.authors[0].full == "An Maria de Wit"


@pytest.mark.parametrize("field", ["title", "version", "date-released", "license", "authors"])
def test_a_citation_file_without_a_field_is_refused(field: str) -> None:
    found = yaml.safe_load(CFF)
    del found[field]
    with pytest.raises(CitationError, match=f"CITATION.cff, veld `{field}`: .*Schrijf"):
        citation.parse(yaml.safe_dump(found))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("2020-03-05", "2020-13-05", "veld `date-released`: '2020-13-05' is geen dag"),
        ("[MIT, CC-BY-4.0]", "MIT", "veld `license`: geen lijst"),
        ("[MIT, CC-BY-4.0]", "[MIT]", "veld `license`: geen lijst met een licentie van Creative Commons"),
        ("title: Dia's", "title:", r"veld `references\[1\].title`: ontbreekt"),
        ("year: 2019", "year: vorig jaar", r"veld `references\[1\].year`: 'vorig jaar' is geen jaar"),
        ("- name: Groep X", "- alias: X", r"veld `authors\[2\].name`: ontbreekt"),
        ("- name: Groep X", "- Groep X", r"veld `authors\[2\].name`: ontbreekt"),
        ("type: dataset", "type: [", "regel 7: geen geldige YAML"),
        ("type: dataset", "type: &a [*a]", "regel 5: een verwijzing"),
        ("2020-03-05", "２０２０-03-05", "veld `date-released`: '２０２０-03-05' is geen dag"),
        ("title: Dia's", 'title: "Dia\\nTY  - JOUR"', r"veld `references\[1\].title`: bevat een regeleinde"),
        ("- name: Groep X", '- name: "Groep X\\rER  -"', r"veld `authors\[2\].name`: bevat een regeleinde"),
        ("- name: Groep X", '- name: "Groep\\u2028X"', r"veld `authors\[2\].name`: bevat een regeleinde"),
        (CFF, "", "bevat geen velden"),
    ],
)
def test_a_broken_citation_file_says_where_and_what_to_do(old: str, new: str, message: str) -> None:
    assert old in CFF
    with pytest.raises(CitationError, match=f"CITATION.cff,? ?{message}"):
        citation.parse(CFF.replace(old, new))


def test_a_missing_citation_file_says_how_to_get_it_back(tmp_path: Path) -> None:
    with pytest.raises(CitationError, match=r"CITATION\.cff ontbreekt.*git checkout"):
        citation.read(tmp_path)


def test_apa() -> None:
    assert formats.apa(WORK) == (
        "de Wit, A. M. &amp; Groep X. (2020, 5 maart). <cite>Leren &amp; werken: een rapport</cite> (versie 2.10) [Rapport]."
    )
    assert formats.apa(WORK, ADDRESS).endswith(
        '[Rapport]. <a href="https://example.org/boek/">https://example.org/boek/</a>'
    )


def test_apa_of_one_person_has_one_full_stop() -> None:
    work = replace(WORK, authors=(Author("de Wit", "An"),))
    assert formats.apa(work).startswith("de Wit, A. (2020, 5 maart).")


def test_bibtex_is_read_back_by_another_program() -> None:
    text = formats.bibtex(WORK, ADDRESS)
    assert text == (
        "@misc{leren-werken-2020,\n"
        "  author = {de Wit, An Maria and {Groep X}},\n"
        "  title = {{Leren \\& werken: een rapport}},\n"
        "  year = {2020},\n"
        "  month = {3},\n"
        "  howpublished = {Rapport, versie 2.10},\n"
        "  language = {dutch},\n"
        "  url = {https://example.org/boek/}\n"
        "}\n"
    )
    (entry,) = parse_string(text, "bibtex").entries.values()
    assert [str(person) for person in entry.persons["author"]] == ["de Wit, An Maria", "{Groep X}"]
    assert "url" not in parse_string(formats.bibtex(WORK), "bibtex").entries["leren-werken-2020"].fields


def test_ris() -> None:
    assert formats.ris(WORK, ADDRESS) == (
        "TY  - RPRT\r\nAU  - de Wit, An Maria\r\nAU  - Groep X\r\nTI  - Leren & werken: een rapport\r\nPY  - 2020\r\n"
        "DA  - 2020/03/05\r\nET  - 2.10\r\nM3  - Rapport\r\nLA  - nl\r\nUR  - https://example.org/boek/\r\nER  - \r\n"
    )
    assert "UR" not in formats.ris(WORK)


def test_the_projects_own_file_agrees_with_the_package_and_the_book(root: Path) -> None:
    work = citation.read(root)
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert [author.full for author in work.authors] == [author["name"] for author in project["authors"]]
    assert project["license"] in work.licences
    assert work.title.startswith(yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))["title"] + ":")
