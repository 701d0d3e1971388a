"""Links of the built book lead somewhere, and nothing is published that no page asks for."""

from __future__ import annotations

from pathlib import Path

from bookbuild.checks import links


def test_every_link_and_anchor_leads_somewhere(book: Path) -> None:
    found = links.pages(book.resolve())
    assert sum(len(page.addresses) for page in found.values()) > 1000
    assert links.broken(book) == []


def test_no_anchor_occurs_twice(book: Path) -> None:
    assert links.repeated(book) == []


def test_the_theme_leaves_nothing_behind_and_the_book_no_style_that_nobody_uses(book: Path, root: Path) -> None:
    published = {path.relative_to(book / "_static").as_posix() for path in links.unused(book) if path.is_file()}
    assert published == {"fonts/LICENSE", "edition.css"}  # belongs to the fonts; to the older editions' pages
    assert not (book / "_static" / "scripts").exists()
    own = {path.relative_to(root / "_static") for path in (root / "_static").rglob("*") if path.is_file()}
    assert {path for path in own if not (book / "_static" / path).is_file()} == set()
