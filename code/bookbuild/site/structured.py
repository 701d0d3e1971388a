"""What search engines and reference managers read: schema.org descriptions of the report, its chapters and its data.

Every function is pure: it makes the JSON-LD of one thing from what is known of it. Vocabulary: https://schema.org.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bookbuild.citation.work import Author, Source, Work

LANGUAGE = "nl-BE"
LICENCES = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "MIT": "https://opensource.org/license/mit",
}
Thing = dict[str, Any]
Link = Callable[[str], str]  # from a path below the root to an address, absolute or from this page


@dataclass(frozen=True, slots=True)
class Page:
    """What is known of one page.

    Parameters
    ----------
    path
        From the root of the book, `chapters/micro.html`.
    modified
        The day (ISO) on which it last changed; empty if not known.
    language
        As a BCP 47 tag.
    """

    path: str
    title: str
    description: str = ""
    modified: str = ""
    language: str = LANGUAGE


def script(things: Sequence[Thing]) -> str:
    """The things as a data block; no text in it can end the element."""
    graph = {"@context": "https://schema.org", "@graph": list(things)}
    text = json.dumps(graph, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{text}</script>'


def report(work: Work, page: Page, parts: Sequence[Page], link: Link) -> Thing:
    """The whole book, on its first page."""
    return _full(
        {
            **_book(work, link(page.path)),
            "description": page.description,
            "datePublished": work.released.isoformat(),
            "dateModified": max((each.modified for each in (page, *parts)), default=""),
            "isAccessibleForFree": True,
            "isBasedOn": [_source(source) for source in work.sources if source.kind == "slides"],
            "citation": [_source(source) for source in work.sources if source.kind != "slides"],
            "hasPart": [
                {"@type": "Chapter", "name": part.title, "position": number, "url": link(part.path)}
                for number, part in enumerate(parts, 1)
            ],
        }
    )


def chapter(work: Work, page: Page, position: int, root: str, link: Link) -> Thing:
    """One page of the book; `root` is the path of the first one."""
    return _full(
        {
            "@type": "Chapter",
            "name": page.title,
            "description": page.description,
            "position": position,
            "url": link(page.path),
            "inLanguage": page.language,
            "license": LICENCES[work.content_licence],
            "dateModified": page.modified,
            "author": [_author(author) for author in work.authors],
            "isPartOf": _book(work, link(root)),
        }
    )


def ledger(work: Work, page: Page, description: str, link: Link) -> Thing:
    """The ledger as a data set with its two files."""
    files = {"claims.csv": "text/csv", "claims.json": "application/json"}
    return _full(
        {
            **_data(work, f"{page.title}: gepubliceerd en herberekend", description),
            "url": link(page.path),
            "dateModified": page.modified,
            "distribution": [_download(link(path), kind) for path, kind in files.items()],
        }
    )


def tables(work: Work, page: Page, package: Mapping[str, Any], stand_in: tuple[str, str], link: Link) -> Thing:
    """The tables under data/ as one data set with a part for each.

    Parameters
    ----------
    package
        Their datapackage.json.
    stand_in
        The folder of records that stand in for real ones, and what must be said of them.
    """
    return _full(
        {
            **_data(work, package["title"], page.description),
            "url": link(page.path),
            "dateModified": page.modified,
            "distribution": [_download(link("data/datapackage.json"), "application/json")],
            "hasPart": [_table(resource, stand_in, link) for resource in package["resources"]],
        }
    )


def _table(resource: Mapping[str, Any], stand_in: tuple[str, str], link: Link) -> Thing:
    path, (licence,) = f"data/{resource['path']}", resource["licenses"]
    folder, warning = stand_in
    synthetic = bool(folder) and resource["path"].startswith(f"{folder}/")
    return _full(
        {
            "@type": "Dataset",
            "name": path,
            "description": resource["description"],
            "license": licence.get("path") or {"@type": "CreativeWork", "name": licence["title"]},
            "distribution": [_download(link(path), resource["mediatype"])],
            "disambiguatingDescription": warning if synthetic else "",
            "keywords": ["synthetisch"] if synthetic else [],
        }
    )


def _data(work: Work, name: str, description: str) -> Thing:
    return {
        "@type": "Dataset",
        "name": name,
        "description": description,
        "inLanguage": LANGUAGE,
        "version": work.version,
        "license": LICENCES[work.content_licence],
        "creator": [_author(author) for author in work.authors],
        "isAccessibleForFree": True,
    }


def _book(work: Work, address: str) -> Thing:
    return {
        "@type": "Report",
        "name": work.title,
        "url": address,
        "version": work.version,
        "inLanguage": LANGUAGE,
        "license": LICENCES[work.content_licence],
        "author": [_author(author) for author in work.authors],
    }


def _author(author: Author) -> Thing:
    if not author.given:
        return {"@type": "Organization", "name": author.name}
    return {"@type": "Person", "name": author.full, "familyName": author.name, "givenName": author.given}


def _source(source: Source) -> Thing:
    return _full(
        {
            "@type": "PresentationDigitalDocument" if source.kind == "slides" else "Report",
            "name": source.title,
            "author": [_author(author) for author in source.authors],
            "datePublished": str(source.year),
            "identifier": f"ISBN {source.isbn}" if source.isbn else "",
        }
    )


def _download(address: str, kind: str) -> Thing:
    return {"@type": "DataDownload", "encodingFormat": kind, "contentUrl": address}


def _full(thing: Mapping[str, Any]) -> Thing:
    """The thing without what is not known: an empty property claims that there is nothing."""
    return {name: value for name, value in thing.items() if value not in ("", [], None)}
