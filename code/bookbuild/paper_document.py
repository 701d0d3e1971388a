"""Sets the pages that were just built as one accessible PDF."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path

import weasyprint
from lxml import html
from weasyprint.text.fonts import FontConfiguration

from bookbuild import paper_front, paper_pages, paper_tags, site
from bookbuild.paper import PaperError

VARIANT = "pdf/ua-1"
STYLES = ("_static/book.css", "_static/print.css")


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
    book = paper_pages.joined(paper_pages.parts(pages, root), site.here().base)
    described, fonts = paper_tags.descriptions(book), FontConfiguration()
    with _complaints() as found:
        source = weasyprint.HTML(
            string=_document(book, paper_front.edition(root)),
            base_url=f"{pages.resolve().as_uri()}/",
            url_fetcher=weasyprint.URLFetcher(allowed_protocols=["file"]),
        )
        written = source.write_pdf(
            pdf_variant=VARIANT,
            pdf_identifier=b"alternerend-leren",
            finisher=paper_tags.finish(described),
            font_config=fonts,
        )
    if found:
        raise PaperError("\n".join(found))
    return written


def _document(book: list[paper_pages.Part], about: paper_front.Edition) -> str:
    links = "".join(f'<link rel="stylesheet" href="{path}">' for path in STYLES)
    first, *others = (html.tostring(part.article, encoding="unicode", with_tail=False) for part in book)
    return (
        '<!DOCTYPE html><html lang="nl" class="paper" data-theme="light"><head><meta charset="utf-8">'
        f'<title>{escape(about.title)}</title><meta name="author" content="{escape(about.authors)}">'
        f'<meta name="description" content="{escape(about.subtitle)}">'
        f'<meta name="dcterms.created" content="{about.released.isoformat()}">{links}</head>'
        f'<body><section class="paper-cover">{first}{paper_front.cover(about)}</section>'
        f"{paper_front.contents(book[1:])}<main>{''.join(others)}</main></body></html>"
    )


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
