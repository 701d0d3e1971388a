"""What every built page says of itself to search engines, reference managers and whoever shares it."""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from lxml import html

from bookbuild.citation import formats
from bookbuild.citation import work as citation
from bookbuild.project import address as site
from bookbuild.site import sitemap, social_card, structured
from leerwerk import study
from leerwerk.cohort import assumptions

ROOT = Path(__file__).parents[2]
NAMES = ["index", *sorted(f"chapters/{path.stem}" for path in (ROOT / "chapters").glob("*.md"))]
OWN = ["search", "404"]  # pages that are not written by anyone
MINIMUM = {
    "Report": {
        "name",
        "description",
        "author",
        "license",
        "version",
        "inLanguage",
        "datePublished",
        "isBasedOn",
        "hasPart",
    },
    "Chapter": {"name", "description", "author", "license", "inLanguage", "position", "isPartOf"},
    "Dataset": {"name", "description", "creator", "license", "version", "distribution"},
}


def page(book: Path, name: str) -> html.HtmlElement:
    """A built page, parsed."""
    return html.fromstring((book / f"{name}.html").read_bytes())


def meta(tree: html.HtmlElement, name: str) -> str:
    """The content of the only tag of this name."""
    (content,) = tree.xpath(f"//head/meta[@name='{name}' or @property='{name}']/@content")
    return content


def things(tree: html.HtmlElement) -> list[dict]:
    """The structured data of a page."""
    (block,) = tree.xpath("//script[@type='application/ld+json']/text()")
    found = json.loads(block)
    assert found["@context"] == "https://schema.org"
    return found["@graph"]


def thing(book: Path, name: str, kind: str) -> dict:
    """The only thing of a kind on a page."""
    (found,) = (each for each in things(page(book, name)) if each["@type"] == kind)
    return found


def addresses(found: object) -> Iterator[str]:
    """Every address in structured data that should be one of the book's own."""
    if isinstance(found, dict):
        for key, value in found.items():
            if key in ("url", "contentUrl"):
                yield value
            else:
                yield from addresses(value)
    elif isinstance(found, list):
        for value in found:
            yield from addresses(value)


def test_every_page_has_a_title_of_its_own(book: Path) -> None:
    titles = [page(book, name).findtext(".//title").strip() for name in [*NAMES, *OWN]]
    assert all(titles)
    assert len(set(titles)) == len(titles)


def test_every_page_has_a_description_of_its_own_and_of_a_good_length(book: Path) -> None:
    texts = {name: meta(page(book, name), "description") for name in [*NAMES, *OWN]}
    assert {name: len(text) for name, text in texts.items() if not 50 <= len(text) <= 160} == {}
    assert len(set(texts.values())) == len(texts)


@pytest.mark.parametrize("name", NAMES)
def test_no_description_types_a_result(name: str, book: Path) -> None:
    assert re.findall(r"\d", meta(page(book, name), "description")) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_shared_page_shows_its_own_words(name: str, book: Path) -> None:
    tree = page(book, name)
    heading = tree.xpath("//h1")[0].text_content().rstrip("#").strip()
    assert meta(tree, "og:title") == heading
    assert meta(tree, "og:description") == meta(tree, "description")
    locale = "en" if name == "chapters/summary" else "nl_BE"
    assert (meta(tree, "og:locale"), meta(tree, "og:site_name")) == (locale, "Alternerend leren in Vlaanderen")
    assert meta(tree, "og:type") == ("website" if name == "index" else "article")


@pytest.mark.parametrize("name", NAMES)
def test_structured_data_say_what_their_kind_must(name: str, book: Path) -> None:
    found = things(page(book, name))
    assert found[0]["@type"] == ("Report" if name == "index" else "Chapter")
    for each in found:
        assert MINIMUM[each["@type"]] - set(each) == set()
        assert each["license"] == structured.LICENCES["CC-BY-4.0"]
        assert len(each["description"]) >= 50


@pytest.mark.parametrize("name", NAMES)
def test_addresses_in_structured_data_lead_to_files_of_the_book(name: str, book: Path) -> None:
    start = (book / f"{name}.html").parent
    found = list(addresses(things(page(book, name))))
    assert found
    assert [address for address in found if not (start / address).resolve().is_file()] == []


def test_the_report_has_every_other_page_as_its_part(book: Path) -> None:
    report = thing(book, "index", "Report")
    assert sorted(part["url"] for part in report["hasPart"]) == sorted(f"{name}.html" for name in NAMES[1:])
    assert [part["position"] for part in report["hasPart"]] == list(range(1, len(NAMES)))
    (presentation,) = report["isBasedOn"]
    assert "HIVA-KU Leuven" in [author["name"] for author in presentation["author"]]


def test_the_ledger_is_offered_as_a_data_set(book: Path) -> None:
    ledger = thing(book, "chapters/claims", "Dataset")
    assert {file["contentUrl"] for file in ledger["distribution"]} == {"../claims.csv", "../claims.json"}


def test_every_table_is_a_data_set_with_a_licence_and_synthetic_ones_say_so(book: Path) -> None:
    parts = {part["name"]: part for part in thing(book, "chapters/data", "Dataset")["hasPart"]}
    assert set(parts) == {f"data/{name}" for name in [*study.tables(), assumptions.FILE]}
    assert all(part["license"] and len(part["description"]) >= 50 for part in parts.values())
    warned = {name for name, part in parts.items() if "bewijs" in part.get("disambiguatingDescription", "")}
    assert warned == {name for name in parts if name.startswith("data/synthetic/")}
    assert len(warned) == 5


def test_a_book_without_address_claims_none(book: Path) -> None:
    assert not (book / sitemap.SITEMAP).exists()
    for name in [*NAMES, *OWN]:
        head = html.tostring(page(book, name).find("head"), encoding="unicode")
        assert re.findall(r"canonical|og:url|og:image|twitter:image", head) == [], name


def test_pages_that_nobody_wrote_stay_out_of_search_engines(book: Path) -> None:
    assert {name for name in [*NAMES, *OWN] if page(book, name).xpath("//meta[@name='robots']")} == set(OWN)
    assert [meta(page(book, name), "robots") for name in OWN] == ["noindex", "noindex"]


def test_version_and_links_stand_at_the_foot_of_every_page(book: Path) -> None:
    version = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))["version"]
    for name in [*NAMES, *OWN]:
        (footer,) = page(book, name).xpath("//footer")
        assert f"Versie {version}" in footer.text_content(), name
        assert footer.xpath(".//time") == [], name  # this copy has no history, so no date
        assert {"Citeren en hergebruiken", "Toegankelijkheid"} <= {link.text for link in footer.iter("a")}


def test_the_references_on_the_page_are_those_to_download(book: Path) -> None:
    tree, work = page(book, "chapters/cite"), citation.read(ROOT)
    shown = [block.text_content().strip() for block in tree.xpath("//pre")]
    files = [(book / name).read_bytes().decode() for name in (formats.BIBTEX, formats.RIS)]
    assert files == [formats.bibtex(work), formats.ris(work)]
    assert shown == [text.replace("\r\n", "\n").strip() for text in files]
    assert html.fromstring(formats.apa(work)).text_content() in tree.text_content()


def test_the_page_on_reuse_links_to_every_licence(book: Path) -> None:
    links = page(book, "chapters/cite").xpath("//a[@rel='license']/@href")
    wanted = [structured.LICENCES[name] for name in citation.read(ROOT).licences]
    assert len(links) == len(wanted) == 2
    assert all(any(link.startswith(address.rstrip("/")) for link in links) for address in wanted)


def test_the_accessibility_statement_has_the_parts_of_the_model(book: Path) -> None:
    headings = [
        heading.text_content().rstrip("#").strip() for heading in page(book, "chapters/accessibility").iter("h2")
    ]
    model = [
        "Nalevingsstatus",
        "Niet-toegankelijke inhoud",
        "Opstelling van deze verklaring",
        "Feedback en contactgegevens",
        "Handhavingsprocedure",
    ]
    assert [heading for heading in headings if heading in model] == model


LINE = "Naar onderzoek van HIVA-KU Leuven, 2018-2020"


def test_the_card_shows_the_title_and_one_line(book: Path) -> None:
    card = (book / site.CARD).read_bytes()
    assert struct.unpack(">II", card[16:24]) == site.CARD_SIZE
    assert card == social_card.draw(citation.read(ROOT), LINE)
    assert card != social_card.draw(citation.read(ROOT), f"{LINE}!")
