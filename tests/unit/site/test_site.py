"""Addresses: absolute ones where BOOK_URL says where the book stands, none where it does not."""

from __future__ import annotations

import pytest

from bookbuild.project import address
from bookbuild.project.address import AddressError, Site
from bookbuild.site import sitemap

KNOWN = Site("https://example.org/boek/")


@pytest.mark.parametrize(
    "text", ["https://example.org/boek", "https://example.org/boek/", " https://example.org/boek// "]
)
def test_an_address_is_read_with_or_without_its_slash(text: str) -> None:
    assert address.parse(text) == KNOWN


@pytest.mark.parametrize(
    "text", ["example.org", "ftp://example.org/", "https://", "https://a.b/?q=1", "https://a.b/#x"]
)
def test_what_is_no_address_of_a_site_is_refused(text: str) -> None:
    with pytest.raises(AddressError, match="geen adres"):
        address.parse(text)


def test_the_address_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOOK_URL", "https://example.org/boek")
    assert address.here() == KNOWN
    monkeypatch.delenv("BOOK_URL")
    assert address.here() == Site()


def test_pages_have_an_absolute_address_only_on_a_known_site() -> None:
    assert KNOWN.page("chapters/micro") == "https://example.org/boek/chapters/micro.html"
    assert KNOWN.page("index") == "https://example.org/boek/"
    assert Site().page("chapters/micro") == ""


def test_the_sitemap_lists_pages_with_their_days() -> None:
    assert sitemap.sitemap(KNOWN, [("index", "2020-03-05"), ("chapters/a&b", "")]) == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        "  <url><loc>https://example.org/boek/</loc><lastmod>2020-03-05</lastmod></url>\n"
        "  <url><loc>https://example.org/boek/chapters/a&amp;b.html</loc></url>\n"
        "</urlset>\n"
    )


def test_robots_name_the_sitemap_where_there_is_one() -> None:
    assert sitemap.robots(Site()) == "User-agent: *\nAllow: /\n"
    assert sitemap.robots(KNOWN) == "User-agent: *\nAllow: /\nSitemap: https://example.org/boek/sitemap.xml\n"
