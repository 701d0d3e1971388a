"""The book in plain HTML, for programs that know no style sheet: what paper would hide is gone, what it would draw is said."""

from __future__ import annotations

from itertools import takewhile
from pathlib import Path

from lxml import html
from lxml.html import HtmlElement, builder

from bookbuild.paper import front
from bookbuild.paper import pages as paper_pages
from bookbuild.project import address

# What print.css hides, and what is said in passing to those who hear a page.
HIDDEN = ("code", "provenance", "claim-pair", "only-heard")
GLYPHS = {"kind-tested": "✓", "kind-own": "■"}  # for the marks of `bookbuild.page.marks`
FOLDS = {"details": "div", "summary": "p"}
ONLY_IN_A_BROWSER = ("download", "loading", "decoding", *paper_pages.REFERRING)


def body(root: Path, pages: Path, about: front.Edition) -> str:
    """The articles of the built pages, in the order of the contents, as one piece of HTML without scripts or styles.

    Parameters
    ----------
    root
        The project: its contents.
    pages
        The folder of the built HTML.
    about
        For the imprint, which ends the first page.
    """
    book = paper_pages.joined(paper_pages.parts(pages, root), address.here().base)
    book[0].article.append(html.fragment_fromstring(front.cover(about)))
    return "".join(_plain(part) for part in book)


def _plain(part: paper_pages.Part) -> str:
    article = part.article
    _drop(article)
    _say(article)
    for element in article.iter(html.etree.Element):
        element.tag = FOLDS.get(element.tag, element.tag)
        for name in ONLY_IN_A_BROWSER:
            element.attrib.pop(name, None)
    for element in article.xpath(".//*[self::dt or self::li or self::p][@id]"):  # pandoc forgets their anchors
        _anchor(next(element.iter("p"), element), element.attrib.pop("id"))
    return _opened(part)


def _drop(article: HtmlElement) -> None:
    """What paper hides, and a claim's status above the lines that say it again."""
    for element in article.xpath(
        " | ".join([*(f".//*[@class='{name}']" for name in HIDDEN), ".//summary/*[starts-with(@class, 'status')]"])
    ):
        element.drop_tree()
    for element in article.xpath(".//picture | .//source"):  # of which the parser thinks that it holds the image
        element.drop_tag()


def _say(article: HtmlElement) -> None:
    """What a style sheet or a browser would draw."""
    for image in article.iter("img"):
        # Readers of books and Word draw each other's vectors badly: letters move, colours go.
        image.set("src", str(Path(image.get("src")).with_suffix(".png")))
    for mark in article.xpath(".//svg[contains(@class, 'mark')]"):
        _spell(mark)
    for statement in article.xpath(".//*[@class='claim-statement']"):
        statement.tag = "strong"
    for entry in article.xpath(".//dl[div/dt]"):
        _tell(entry)


def _spell(mark: HtmlElement) -> None:
    """A drawn mark becomes a character; which one, the class of its number says."""
    kinds = [name for element in mark.iterancestors() for name in element.get("class", "").split() if name in GLYPHS]
    mark.addprevious(builder.SUP(GLYPHS[kinds[0]]))
    mark.drop_tree()


def _tell(entry: HtmlElement) -> None:
    """What the ledger says of a number in pairs of a name and a value becomes a line for each."""
    for pair in entry:
        name, _ = pair
        name.tag, name.tail = "strong", f": {(name.tail or '').lstrip()}"
        if pair.getnext() is not None:
            pair.append(builder.BR())
        pair.drop_tag()
    for value in entry.findall("dd"):
        value.drop_tag()
    entry.tag = "p"


def _anchor(element: HtmlElement, name: str) -> None:
    """Let a span around all that an element says bear an anchor."""
    span = builder.SPAN(id=name)
    span.text, element.text = element.text, None
    span.extend(list(element))
    element.append(span)


def _opened(part: paper_pages.Part) -> str:
    """The page without the frames around its title, which then opens a chapter and bears the page's anchor."""
    article = part.article
    heading = next(article.iter("h1"))
    for frame in list(takewhile(lambda frame: frame is not article, heading.iterancestors())):
        _anchor(heading, frame.get("id"))
        frame.drop_tag()
    heading.set("id", part.key)
    if article.get("lang"):
        _in_language(article, heading)
    return "".join(html.tostring(element, encoding="unicode") for element in article)


def _in_language(article: HtmlElement, heading: HtmlElement) -> None:
    language = article.get("lang")
    heading.set("lang", language)
    article.append(builder.DIV(*(element for element in article if element is not heading), lang=language))
