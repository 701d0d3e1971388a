"""The structured data of report, chapters and data sets, and the tags in the head; expectations written by hand."""

from __future__ import annotations

import json
from datetime import date

import pytest

from bookbuild.citation.work import Author, Source, Work
from bookbuild.project.address import Site
from bookbuild.site import metadata, structured
from bookbuild.site.structured import Page

WORK = Work(
    title="Leren: een rapport",
    authors=(Author("Wit", "An"), Author("Groep X")),
    version="2.1",
    released=date(2020, 3, 5),
    licences=("MIT", "CC-BY-4.0"),
    sources=(
        Source("slides", "Dia's", (Author("HIVA"),), 2019),
        Source("report", "Verslag", (Author("HIVA"),), 2018, "978"),
    ),
)
HOME = Page("index.html", "Leren", "Over leren.", "2020-04-01")
MICRO = Page("chapters/micro.html", "Micro", "Over jongeren.", "2020-05-01")
AUTHORS = [
    {"@type": "Person", "name": "An Wit", "familyName": "Wit", "givenName": "An"},
    {"@type": "Organization", "name": "Groep X"},
]
CC = "https://creativecommons.org/licenses/by/4.0/"
BOOK = {
    "@type": "Report",
    "name": "Leren: een rapport",
    "url": "/index.html",
    "version": "2.1",
    "inLanguage": "nl-BE",
    "license": CC,
    "author": AUTHORS,
}


def link(path: str) -> str:
    return f"/{path}"


def test_the_report_names_its_sources_parts_and_dates() -> None:
    assert structured.report(WORK, HOME, [MICRO], link) == BOOK | {
        "description": "Over leren.",
        "datePublished": "2020-03-05",
        "dateModified": "2020-05-01",
        "isAccessibleForFree": True,
        "isBasedOn": [
            {
                "@type": "PresentationDigitalDocument",
                "name": "Dia's",
                "author": [{"@type": "Organization", "name": "HIVA"}],
                "datePublished": "2019",
            }
        ],
        "citation": [
            {
                "@type": "Report",
                "name": "Verslag",
                "author": [{"@type": "Organization", "name": "HIVA"}],
                "datePublished": "2018",
                "identifier": "ISBN 978",
            }
        ],
        "hasPart": [{"@type": "Chapter", "name": "Micro", "position": 1, "url": "/chapters/micro.html"}],
    }


def test_a_report_without_history_has_no_date_of_change() -> None:
    report = structured.report(WORK, Page("index.html", "Leren"), [], link)
    assert "dateModified" not in report
    assert report["datePublished"] == "2020-03-05"


def test_a_chapter_belongs_to_the_report() -> None:
    assert structured.chapter(WORK, MICRO, 3, "index.html", link) == {
        "@type": "Chapter",
        "name": "Micro",
        "description": "Over jongeren.",
        "position": 3,
        "url": "/chapters/micro.html",
        "inLanguage": "nl-BE",
        "license": CC,
        "dateModified": "2020-05-01",
        "author": AUTHORS,
        "isPartOf": BOOK,
    }


def test_the_ledger_is_a_data_set_in_two_formats() -> None:
    ledger = structured.ledger(WORK, MICRO, "Elke uitspraak.", link)
    assert ledger["distribution"] == [
        {"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": "/claims.csv"},
        {"@type": "DataDownload", "encodingFormat": "application/json", "contentUrl": "/claims.json"},
    ]
    assert ledger["description"] == "Elke uitspraak."


def resource(name: str, **licence: str) -> dict:
    return {"path": name, "description": "Een tabel.", "mediatype": "text/csv", "licenses": [licence]}


def test_synthetic_tables_say_that_they_prove_nothing() -> None:
    package = {
        "title": "Data",
        "resources": [resource("synthetic/a.csv", path=CC), resource("context/b.csv", title="Losse cijfers")],
    }
    tables = structured.tables(WORK, MICRO, package, ("synthetic", "Nagemaakt."), link)
    assert tables["hasPart"] == [
        {
            "@type": "Dataset",
            "name": "data/synthetic/a.csv",
            "description": "Een tabel.",
            "license": CC,
            "distribution": [
                {"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": "/data/synthetic/a.csv"}
            ],
            "disambiguatingDescription": "Nagemaakt.",
            "keywords": ["synthetisch"],
        },
        {
            "@type": "Dataset",
            "name": "data/context/b.csv",
            "description": "Een tabel.",
            "license": {"@type": "CreativeWork", "name": "Losse cijfers"},
            "distribution": [
                {"@type": "DataDownload", "encodingFormat": "text/csv", "contentUrl": "/data/context/b.csv"}
            ],
        },
    ]


def test_no_text_can_end_the_data_block() -> None:
    written = structured.script([{"name": "</script><b>"}])
    assert written.count("<") == 2
    text = written.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert json.loads(text)["@graph"] == [{"name": "</script><b>"}]


def test_the_head_of_a_page_claims_no_address_that_nobody_gave() -> None:
    page = Page("chapters/micro.html", 'Drie "en" meer', "Over <jongeren>.", "2020-05-01")
    assert list(metadata.head(page, Site(), "Leren", "Een kaart.", is_root=False)) == [
        '<meta name="description" content="Over &lt;jongeren&gt;.">',
        '<meta property="og:title" content="Drie &quot;en&quot; meer">',
        '<meta property="og:description" content="Over &lt;jongeren&gt;.">',
        '<meta property="og:type" content="article">',
        '<meta property="og:locale" content="nl_BE">',
        '<meta property="og:site_name" content="Leren">',
        '<meta property="article:modified_time" content="2020-05-01">',
        '<meta name="twitter:card" content="summary">',
    ]


@pytest.mark.parametrize(
    "tag",
    [
        '<meta property="og:url" content="https://example.org/b/">',
        '<meta property="og:image" content="https://example.org/b/social-card.png">',
        '<meta property="og:image:width" content="1200">',
        '<meta property="og:image:alt" content="Een kaart.">',
        '<meta property="og:type" content="website">',
        '<meta name="twitter:card" content="summary_large_image">',
    ],
)
def test_the_head_on_a_known_site(tag: str) -> None:
    assert tag in list(metadata.head(HOME, Site("https://example.org/b/"), "Leren", "Een kaart.", is_root=True))


def test_reading_order_goes_down_before_it_goes_on() -> None:
    includes = {"index": ["a", "b"], "a": ["a1", "a2"], "other": ["x"]}
    assert metadata.reading_order(includes, "index") == ["a", "a1", "a2", "b"]
