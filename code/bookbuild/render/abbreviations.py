"""Explains abbreviations where they stand: their full form on hover, and at their first use in a page's prose a link.

The glossary (chapters/glossary.md) is the only source. A term whose definition opens with its full form in bold is an
abbreviation: `**normaal economisch circuit**: gewoon werk, ...` makes every NEC an `abbr`, in prose and in what cells
show (tables, captions, the ledger).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.nodes import make_refnode

from bookbuild.project import settings
from bookbuild.render import complaints

GLOSSARY = "chapters/glossary"
# Text in these is code, a heading, already a link, not Dutch, or not text at all.
NOT_PROSE = (
    nodes.FixedTextElement,
    nodes.literal,
    nodes.title,
    nodes.reference,
    nodes.abbreviation,
    nodes.term,
    addnodes.pending_xref,
)
TAG = re.compile(r"(<[^>]*>)")
NOT_PROSE_TAGS = {"a", "abbr", "button", "code", "h1", "h2", "h3", "h4", "option", "pre", "script", "style", "svg"}


logger = logging.getLogger(__name__)
_WORD = re.compile(r"[^\W\d_]+\d?(?!\w)")
_SHORT = re.compile(r"[A-Z].*[A-Z]|[A-Z]+\d")
UNKNOWN = (
    "de afkorting {} heeft geen ingang in de woordenlijst\n"
    "  herstel: Schrijf ze voluit, of geef ze daar een ingang die met de volle vorm in het vet begint; een naam hoort in"
    " _config.yml, bij bookbuild, names."
)


class Abbreviation(NamedTuple):
    """The full form of an abbreviation and the id of its entry on the glossary's page."""

    full: str
    anchor: str


def from_glossary(glossary: nodes.document) -> dict[str, Abbreviation]:
    """The abbreviations among the glossary's terms: those whose definition opens in bold."""
    return {
        term.astext(): Abbreviation(full.astext(), term["ids"][0])
        for item in glossary.findall(nodes.definition_list_item)
        for term in item.findall(nodes.term)
        if (full := _opening(item)) is not None
    }


def _opening(item: nodes.definition_list_item) -> nodes.strong | None:
    paragraph = item.next_node(nodes.paragraph)
    first = next((child for child in paragraph.children if child.astext()), None) if paragraph is not None else None
    return first if isinstance(first, nodes.strong) else None


class ExplainAbbreviations(SphinxPostTransform):
    """Marks the abbreviations of a page."""

    default_priority = 20  # after references are resolved: what is a link by then stays one
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Replace each abbreviation in running text by a marked one."""
        if GLOSSARY not in self.env.found_docs or "language" in self.env.metadata[self.env.docname]:
            return
        known = from_glossary(self.env.get_doctree(GLOSSARY))
        if not known:
            return
        pattern, linked = any_of(known), set[str]()
        self._refuse_unknown(self.env.get_doctree(GLOSSARY))
        for raw in list(self.document.findall(nodes.raw)):
            if "html" in raw["format"].split():
                raw[:] = [nodes.Text(marked_html(raw.astext(), known))]
        for text in list(self.document.findall(nodes.Text)):
            if _is_prose(text) and pattern.search(text):
                text.parent.replace(text, list(self._marked(text, pattern, known, linked)))

    def _refuse_unknown(self, glossary: nodes.document) -> None:
        names = settings.of(Path(self.env.srcdir)).names
        terms = {
            word for term in glossary.findall(nodes.term) for word in (term.astext(), *_WORD.findall(term.astext()))
        }
        for text in self.document.findall(nodes.Text):
            if _is_prose(text):
                for word in unexplained(text.astext(), {*terms, *names}):
                    logger.warning(UNKNOWN.format(word), location=text.parent, type=complaints.OURS)

    def _marked(
        self, text: nodes.Text, pattern: re.Pattern[str], known: dict[str, Abbreviation], linked: set[str]
    ) -> Iterator[nodes.Node]:
        for number, part in enumerate(pattern.split(text)):
            if number % 2 == 0:
                if part:
                    yield nodes.Text(part)
                continue
            abbreviation = known[part]
            if abbreviation.anchor in _own_entry(text):
                yield nodes.Text(part)
                continue
            marked = nodes.abbreviation("", part, explanation=abbreviation.full)
            yield marked if part in linked else self._link(marked, abbreviation.anchor)
            linked.add(part)

    def _link(self, marked: nodes.abbreviation, anchor: str) -> nodes.reference:
        link = make_refnode(self.app.builder, self.env.docname, GLOSSARY, anchor, marked)
        link["classes"] = ["abbreviation"]
        return link


def unexplained(text: str, known: Collection[str]) -> list[str]:
    """Words with two capitals, or with a digit after capitals, that nobody explains."""
    return [word for word in dict.fromkeys(_WORD.findall(text)) if _SHORT.search(word) and word not in known]


def any_of(terms: Iterable[str]) -> re.Pattern[str]:
    """Finds each of the terms as a whole word, the longest first."""
    longest_first = sorted(terms, key=len, reverse=True)
    return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})(?!\w)")


def marked_html(html: str, known: dict[str, Abbreviation]) -> str:
    """The HTML with its abbreviations marked, except in tags, links, code and headings."""
    marks = {escape(term): f'<abbr title="{escape(entry.full)}">{escape(term)}</abbr>' for term, entry in known.items()}
    pattern, parts, inside = any_of(marks), [], 0
    for part in TAG.split(html):
        if (tag := re.match(r"<(/?)(\w+)", part)) and tag[2] in NOT_PROSE_TAGS:
            inside += -1 if tag[1] else 1
        is_prose = not inside and not part.startswith("<")
        parts.append(pattern.sub(lambda match: marks[match[1]], part) if is_prose else part)
    return "".join(parts)


def _ancestors(node: nodes.Node) -> Iterator[nodes.Element]:
    while (parent := node.parent) is not None:
        yield parent
        node = parent


def _is_prose(text: nodes.Text) -> bool:
    excluded = any(isinstance(node, NOT_PROSE) or _is_foreign(node) for node in _ancestors(text))
    return not excluded and not _follows_tag(text)


def _follows_tag(text: nodes.Text) -> bool:
    """Whether the text stands in a link that its author wrote as HTML: <a href="../claims.csv" download>CSV</a>."""
    siblings = text.parent.children
    place = next(number for number, child in enumerate(siblings) if child is text)  # equal texts are not the same
    before = siblings[place - 1] if place else None
    return isinstance(before, nodes.raw) and before.astext().startswith("<a ") and "</a>" not in before.astext()


def _is_foreign(node: nodes.Element) -> bool:
    classes: list[str] = node.get("classes", [])
    return any(name.startswith("language-") for name in classes)


def _own_entry(text: nodes.Text) -> set[str]:
    """Ids of the terms that the text helps to define."""
    items = (node for node in _ancestors(text) if isinstance(node, nodes.definition_list_item))
    return {str(anchor) for item in items for term in item.findall(nodes.term) for anchor in term["ids"]}


def read_all_again(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Every page, if the glossary changed: what it says stands in all of them."""
    return sorted(env.found_docs) if GLOSSARY in added | changed | removed else []


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_post_transform(ExplainAbbreviations)
    app.connect("env-get-outdated", read_all_again)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
