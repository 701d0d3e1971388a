"""Sets the pages that were just built as one accessible PDF."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from html import escape
from pathlib import Path

import weasyprint
from lxml import html
from weasyprint.text.fonts import FontConfiguration

from bookbuild.paper import front, tags
from bookbuild.paper import pages as paper_pages
from bookbuild.project import address, settings
from bookbuild.project.history import CLOCK

VARIANT = "pdf/ua-1"
STYLES = ("_static/book.css", "_static/print.css")


class PaperError(Exception):
    """The PDF would not be whole: an image, a style sheet or a link's target is missing."""


def write(root: Path, pages: Path) -> bytes:
    """The PDF of the book whose pages stand in `pages`; the same pages always give the same bytes.

    Parameters
    ----------
    root
        The project: its contents, title and version.
    pages
        The folder of the built HTML.

    Raises
    ------
    PaperError
        With every complaint of the typesetter, one per line.
    """
    book = paper_pages.joined(paper_pages.parts(pages, root), address.here().base)
    about, described, fonts = front.edition(root), tags.descriptions(book), FontConfiguration()
    with _complaints() as found, _clock_at(about.released):
        source = weasyprint.HTML(
            string=_document(book, about),
            base_url=f"{pages.resolve().as_uri()}/",
            url_fetcher=weasyprint.URLFetcher(allowed_protocols=["file"]),
        )
        written = source.write_pdf(
            pdf_variant=VARIANT,
            pdf_identifier=Path(settings.of(root).paper).stem.encode(),
            finisher=tags.finish(described),
            font_config=fonts,
        )
    if found:
        raise PaperError("\n".join(found))
    return written


def _document(book: list[paper_pages.Part], about: front.Edition) -> str:
    links = "".join(f'<link rel="stylesheet" href="{path}">' for path in STYLES)
    first, *others = (html.tostring(part.article, encoding="unicode", with_tail=False) for part in book)
    return (
        '<!DOCTYPE html><html lang="nl" class="paper" data-theme="light"><head><meta charset="utf-8">'
        f'<title>{escape(about.title)}</title><meta name="author" content="{escape(about.authors)}">'
        f'<meta name="description" content="{escape(about.subtitle)}">'
        f'<meta name="dcterms.created" content="{about.released.isoformat()}">{links}</head>'
        f'<body><section class="paper-cover">{first}{front.cover(about)}</section>'
        f"{front.contents(book[1:])}<main>{''.join(others)}</main></body></html>"
    )


@contextmanager
def _clock_at(day: date) -> Iterator[None]:
    """Fonts that are cut to size note when: at midnight of this day, not now."""
    before = os.environ.get(CLOCK)
    os.environ[CLOCK] = str(int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()))
    try:
        yield
    finally:
        os.environ.pop(CLOCK)
        if before is not None:
            os.environ[CLOCK] = before


@contextmanager
def _complaints() -> Iterator[list[str]]:
    """What the typesetter calls an error; its warnings are about style rules that are only for screens."""
    found: list[str] = []
    handler = logging.Handler(logging.ERROR)
    handler.emit = lambda record: found.append(record.getMessage())  # type: ignore[method-assign]
    loggers = [logging.getLogger(name) for name in ("weasyprint", "fontTools")]
    before = [(logger, logger.handlers[:], logger.propagate) for logger in loggers]
    for logger in loggers:
        logger.handlers[:], logger.propagate = [handler], False
    try:
        yield found
    finally:
        for logger, handlers, propagate in before:
            logger.handlers[:], logger.propagate = handlers, propagate
