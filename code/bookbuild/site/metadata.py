"""A Sphinx extension: what a page says of itself in its head, and the files by which the book is found and cited."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.osutil import relative_uri

from bookbuild.citation import directive, formats
from bookbuild.citation import work as citation
from bookbuild.citation.work import Work
from bookbuild.execution import pages
from bookbuild.project import address, settings
from bookbuild.project.address import Site
from bookbuild.project.settings import Words
from bookbuild.site import edition, navigation, sitemap, structured
from bookbuild.site.structured import Page, Thing

PACKAGE = "data/datapackage.json"


def configure(app: Sphinx, config: Config) -> None:
    """Read CITATION.cff, and the address of the book where somebody fixed it."""
    app.bookbuild_work = citation.read(Path(app.srcdir))  # type: ignore[attr-defined]
    config.html_baseurl = address.here().base


def add(app: Sphinx, docname: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Give a page its head, its version, its date and its canonical address."""
    here, work, known = address.here(), _work(app), docname in app.env.found_docs
    tags = _document_tags(app, docname, here) if known else [_named("description", _own_words(app).get(docname, ""))]
    context["metatags"] = "\n".join(tags)  # in place of Sphinx's own: a viewport, which the skeleton has
    context["pageurl"] = here.page(docname) if known else None
    context["page_version"] = work.version
    context["page_date"] = _edition(app, docname).html


def _document_tags(app: Sphinx, docname: str, here: Site) -> list[str]:
    page = _page(app, docname)
    return [
        *head(page, here, app.config.html_title, _words(app).card_alt, is_root=docname == app.config.root_doc),
        *(_named("author", author.full) for author in _work(app).authors),
        structured.script(_things(app, docname, page, here)),
    ]


def head(page: Page, here: Site, name: str, card_alt: str, *, is_root: bool) -> Iterator[str]:
    """The tags that search engines and whoever shares the page show; nothing absolute unless the site is known.

    Sources: https://ogp.me and https://developer.x.com/en/docs/x-for-websites/cards
    """
    if page.description:
        yield _named("description", page.description)
    facts = {
        "og:title": page.title,
        "og:description": page.description,
        "og:type": "website" if is_root else "article",
        "og:locale": page.language.replace("-", "_"),
        "og:site_name": name,
        "article:modified_time": "" if is_root else page.modified,
    }
    if here.is_known:
        facts |= {
            "og:url": here.absolute(page.path),
            "og:image": here.absolute(address.CARD),
            "og:image:type": "image/png",
            "og:image:width": str(address.CARD_SIZE[0]),
            "og:image:height": str(address.CARD_SIZE[1]),
            "og:image:alt": card_alt,
        }
    yield from (f'<meta property="{key}" content="{escape(value)}">' for key, value in facts.items() if value)
    yield _named("twitter:card", "summary_large_image" if here.is_known else "summary")


def _named(name: str, content: str) -> str:
    return f'<meta name="{name}" content="{escape(content)}">'


def _things(app: Sphinx, docname: str, page: Page, here: Site) -> list[Thing]:
    """The structured data of one page: the report on the first, a chapter on the others, data sets where they are."""
    work, root = _work(app), app.config.root_doc

    def link(path: str) -> str:
        return here.absolute(path) or relative_uri(page.path, path)

    names = reading_order(app.env.toctree_includes, root)
    if docname == root:
        return [structured.report(work, page, [_page(app, name) for name in names], link)]
    things = [structured.chapter(work, page, names.index(docname) + 1, f"{root}.html", link)]
    known = settings.of(Path(app.srcdir))
    if docname == known.pages.ledger:
        things.append(structured.ledger(work, page, known.words.ledger, link))
    if docname == known.pages.tables:
        package = json.loads(Path(app.srcdir, PACKAGE).read_text(encoding="utf-8"))
        stand_in = known.records.folder.removeprefix("data/")
        things.append(structured.tables(work, page, package, (stand_in, known.words.synthetic), link))
    return things


def reading_order(includes: dict[str, list[str]], start: str) -> list[str]:
    """The pages below `start`, in the order of the table of contents."""
    return [name for below in includes.get(start, []) for name in (below, *reading_order(includes, below))]


def _page(app: Sphinx, docname: str) -> Page:
    said, title = app.env.metadata[docname], app.env.titles[docname].astext()
    language = said.get("language", structured.LANGUAGE)
    return Page(f"{docname}.html", title, said.get("description", ""), _edition(app, docname).iso, language)


def _edition(app: Sphinx, docname: str) -> edition.Edition:
    return edition.of(pages.pages(app.env).get(docname, {}))


def _words(app: Sphinx) -> Words:
    return settings.of(Path(app.srcdir)).words


def _own_words(app: Sphinx) -> dict[str, str]:
    """What is said of pages that Sphinx makes itself."""
    return {"search": _words(app).search, navigation.LOST: _words(app).lost}


def _work(app: Sphinx) -> Work:
    return app.bookbuild_work  # type: ignore[attr-defined]


def publish(app: Sphinx, error: Exception | None) -> None:
    """Put the references, robots.txt and, where the address is known, the sitemap beside the pages."""
    if error is not None or app.builder.format != "html":
        return
    here, work, root = address.here(), _work(app), app.config.root_doc
    files = {
        formats.BIBTEX: formats.bibtex(work, here.page(root)),
        formats.RIS: formats.ris(work, here.page(root)),
        sitemap.ROBOTS: sitemap.robots(here),
    }
    Path(app.outdir, sitemap.SITEMAP).unlink(missing_ok=True)  # one of a build that knew its address
    if here.is_known:
        names = [root, *reading_order(app.env.toctree_includes, root)]
        files[sitemap.SITEMAP] = sitemap.sitemap(here, [(name, _edition(app, name).iso) for name in names])
    for name, text in files.items():
        Path(app.outdir, name).write_text(text, encoding="utf-8", newline="")


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.add_directive("citation", directive.Citation)
    app.connect("config-inited", configure)
    app.connect("html-page-context", add)
    app.connect("build-finished", publish)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
