"""The files by which robots find the pages."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from bookbuild.project.address import Site

SITEMAP, ROBOTS = "sitemap.xml", "robots.txt"


def sitemap(site: Site, pages: Iterable[tuple[str, str]]) -> str:
    """The sitemap of the pages, each with the day (ISO) on which it last changed, if that is known.

    Source: https://www.sitemaps.org/protocol.html
    """
    entries = "".join(_entry(site.page(name), day) for name, day in pages)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{entries}</urlset>\n'
    )


def _entry(address: str, day: str) -> str:
    changed = f"<lastmod>{day}</lastmod>" if day else ""
    return f"  <url><loc>{escape(address)}</loc>{changed}</url>\n"


def robots(site: Site) -> str:
    """Every robot is welcome; the sitemap is named by its absolute address or not at all."""
    place = f"Sitemap: {site.absolute(SITEMAP)}\n" if site.is_known else ""
    return f"User-agent: *\nAllow: /\n{place}"
