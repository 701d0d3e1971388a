"""What a reader of the book sees or hears as Dutch text, of built pages and of the scripts' labels; and a dictionary."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path

from lxml import html
from spylls.hunspell import Dictionary, readers
from spylls.hunspell.readers.file_reader import BaseReader

from leerwerk.chapters import CHAPTERS

# The pages that a reader opens first.
SIX = ("index", *(f"chapters/{name}" for name in CHAPTERS))
INLINE = {"a", "abbr", "b", "em", "i", "span", "strong", "sub", "sup", "wbr"}  # these do not end a word
NOT_DUTCH = ".//script | .//style | .//pre | .//code | .//svg | .//*[@lang and @lang != 'nl']"
SPOKEN = ("alt", "aria-label", "placeholder", "title")
# Addresses, ids, files and functions: a dot, an underscore or an at sign inside, or a path.
NAMES_OF_THINGS = re.compile(r"\S*\w[._@:]\w\S*|\S*_\S*|\b\w+/\w+/\S*")
WORD = re.compile(r"[^\W\d_]+(?:['’&][^\W\d_]+)*(?:-[^\W\d_]+(?:['’&][^\W\d_]+)*)*")
LITERAL = re.compile(r"""(["'`])((?:(?!\1)[^\\\n]|\\.)*)\1\s*(:?)""")
SELECTOR = re.compile(r"\b(?:querySelector(?:All)?|closest|matches|matchMedia)\(\s*([\"'`]).*?\1")
KEYS = {"Enter", "Escape", "Home", "End", "Tab"}  # of the keyboard


def pages(book: Path) -> Iterator[tuple[str, html.HtmlElement]]:
    """Every built page with its path from the root of the book."""
    for path in sorted({*book.rglob("*.html")} - {*(book / "_static").rglob("*")}):
        yield path.relative_to(book).as_posix(), html.fromstring(path.read_bytes())


def text(tree: html.HtmlElement) -> str:
    """The Dutch text of a page or a part of one, attributes that are read aloud included."""
    tree = deepcopy(tree)
    is_foreign = bool(tree.xpath("//article[@lang and @lang != 'nl']"))
    for element in tree.xpath(NOT_DUTCH):
        element.drop_tree()
    spoken = [str(found) for name in SPOKEN for found in tree.xpath(f".//@{name}")]
    if is_foreign:  # so are the words in its head
        for title in tree.xpath(".//title"):
            title.drop_tree()
    else:
        spoken += tree.xpath(".//meta[@name='description' or @property='og:description']/@content")
    for element in tree.iter():
        if element.tag not in INLINE:
            element.text = f" {element.text or ''}"
            element.tail = f" {element.tail or ''}"
    return "\n".join([tree.text_content(), *spoken])


def labels(script: str) -> str:
    """The labels among a script's string literals: they start with a capital, or have spaces and nothing but words."""
    found = [
        literal for _, literal, colon in LITERAL.findall(SELECTOR.sub(" ", _without_comments(script))) if not colon
    ]
    found = [re.sub(r"\$\{[^}]*\}", " ", literal) for literal in found]
    said = [literal for literal in found if re.match(r"[A-ZÀ-Þ][^A-Z]|(?=.*[^\W\d_]{3})[\w ,.…]* [\w ,.…]*$", literal)]
    return "\n".join(literal for literal in said if literal not in KEYS)


def _without_comments(script: str) -> str:
    return re.sub(r"(?m)^\s*//.*$|(?<=[;,{])\s*//.*$", "", script)


def words(shown: str) -> set[str]:
    """The words of a text, compounds with hyphens whole."""
    return set(WORD.findall(NAMES_OF_THINGS.sub(" ", shown).replace("\N{SOFT HYPHEN}", "")))


class _InMemory(BaseReader):
    """Spylls' own reader leaves its file open."""

    def __init__(self, path: Path) -> None:
        super().__init__(io.StringIO(path.read_text(encoding="utf-8")))

    def reset_encoding(self, encoding: str) -> None:
        """Nothing to change: the text is decoded."""


def dictionary(path: Path) -> Dictionary:
    """The Hunspell dictionary of `path`.aff and `path`.dic, both in UTF-8."""
    affixes, context = readers.read_aff(_InMemory(path.with_suffix(".aff")))
    return Dictionary(affixes, readers.read_dic(_InMemory(path.with_suffix(".dic")), aff=affixes, context=context))
