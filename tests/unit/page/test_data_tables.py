"""What datapackage.json says of a table reaches the page as words, whatever it says."""

from __future__ import annotations

from lxml import html

from bookbuild.page.appendix import _resource_entry

HOSTILE = '"><script>alert(1)</script><a href="'


def test_html_in_a_description_is_text_on_the_page() -> None:
    entry = html.fromstring(
        _resource_entry(
            {
                "path": HOSTILE,
                "name": HOSTILE,
                "description": HOSTILE,
                "sources": [{"title": HOSTILE}],
                "licenses": [{"title": HOSTILE}],
            },
            None,
        )
    )
    assert entry.xpath("//script") == []
    assert len(entry.xpath("//a")) == 1
    assert entry.text_content().count("<script>") == 4  # description, path, source and licence, as words
