"""The pages of the book as parts of one document: their articles, in the order of the contents, linked to each other."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urljoin

from lxml import html
from lxml.html import HtmlElement
from sphinx_external_toc.api import SiteMap
from sphinx_external_toc.parsing import parse_toc_yaml

ARTICLE = "//article[contains(concat(' ', @class, ' '), ' bd-article ')]"
# Not on paper at all: the style sheet would only hide them, and the typesetter would style them first.
DROPPED = " | ".join(
    [
        *(
            f".//*[contains(concat(' ', @class, ' '), ' {name} ')]"
            for name in ("headerlink", "cell_input", "figure-more", "screen-only")
        ),
        *(".//*[@hidden]", ".//form", ".//script"),
    ]
)
DESCRIBED = ".//figure[following-sibling::*[1][@class='figure-more']/details[starts-with(summary, 'Beschrijving')]]"
# Attributes that name other elements of their page.
REFERRING = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-details")


@dataclass(frozen=True)
class Part:
    """One page of the book.

    Parameters
    ----------
    name
        Its path from the root of the book, without extension: `chapters/macro`.
    caption
        The part of the contents that it belongs to; empty for the first page.
    article
        What it says, once `joined` fit to stand in the document of the whole book.
    """

    name: str
    caption: str
    article: HtmlElement

    @property
    def key(self) -> str:
        """Its anchor in the document; its own anchors begin with it."""
        return self.name.rsplit("/", 1)[-1]

    @property
    def title(self) -> str:
        """Its first heading."""
        return words(next(self.article.iter("h1")))


def words(heading: HtmlElement) -> str:
    """The text of a heading, without its permalink."""
    return " ".join("".join(heading.xpath(".//text()[not(ancestor::a[contains(@class, 'headerlink')])]")).split())


def parts(pages: Path, root: Path) -> list[Part]:
    """The pages below `pages`, in the order of `_toc.yml` below `root`."""
    return [Part(name, caption, _article(pages / f"{name}.html")) for name, caption in _contents(root / "_toc.yml")]


def _contents(path: Path) -> Iterator[tuple[str, str]]:
    site = parse_toc_yaml(path)
    yield site.root.docname, ""
    yield from _below(site.root.docname, "", site)


def _below(name: str, caption: str, site: SiteMap) -> Iterator[tuple[str, str]]:
    for tree in site[name].subtrees:
        for item in tree.items:
            own = tree.caption or caption
            yield str(item), own
            yield from _below(str(item), own, site)


def _article(path: Path) -> HtmlElement:
    (article,) = html.fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8")).xpath(ARTICLE)
    return article


def joined(book: list[Part], base: str) -> list[Part]:
    """Make anchors unique and let links between pages stay inside the document.

    Parameters
    ----------
    base
        The address of the published book, empty if it is unknown. Links to its files become links to the published
        ones, or only their text.
    """
    keys = {f"{part.name}.html": part.key for part in book}
    for part in book:
        _describe_figures(part.article)
        _lift_anchors(part.article)
        for element in part.article.xpath(DROPPED):
            element.drop_tree()
        for element in part.article.iter(html.etree.Element):
            _rename(element, part.key)
            _relink(element, part, keys, base)
        part.article.set("id", part.key)
    return book


def _describe_figures(article: HtmlElement) -> None:
    """What a figure shows in words, folded below it on the screen, joins its alternative text."""
    for figure in article.xpath(DESCRIBED):
        (image,) = figure.iter("img")
        (text,) = figure.getnext().xpath("./details[starts-with(summary, 'Beschrijving')]/p")
        image.set("alt", f"{image.get('alt')} {text.text_content()}")


def _lift_anchors(article: HtmlElement) -> None:
    """An entry of the ledger begins at its summary: on paper its fold is open, and its anchor stands above it."""
    for section in article.xpath(".//li/details/section[@id]"):
        section.getparent().getparent().set("id", section.attrib.pop("id"))


def _rename(element: HtmlElement, key: str) -> None:
    if element.get("id"):
        element.set("id", f"{key}--{element.get('id')}")
    for name in REFERRING:
        if element.get(name):
            element.set(name, " ".join(f"{key}--{word}" for word in element.get(name).split()))


def _relink(element: HtmlElement, part: Part, keys: dict[str, str], base: str) -> None:
    folder = posixpath.dirname(part.name)
    if element.get("src"):
        element.set("src", posixpath.normpath(posixpath.join(folder, element.get("src"))))
    link = element.get("href")
    if not link or "://" in link or link.startswith("mailto:"):
        return
    path, _, anchor = unquote(link).partition("#")
    target = posixpath.normpath(posixpath.join(folder, path)) if path else f"{part.name}.html"
    if target in keys:
        element.set("href", f"#{keys[target]}--{anchor}" if anchor else f"#{keys[target]}")
    elif base:
        element.set("href", urljoin(base, target + (f"#{anchor}" if anchor else "")))
    else:
        element.tag = "span"
        del element.attrib["href"]
