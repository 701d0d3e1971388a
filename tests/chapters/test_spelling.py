"""Every Dutch word that a reader of the book can meet is in the dictionary, or on the list of the book's own words.

The dictionary (tests/dictionary, from OpenTaal) knows compounds. tests/dictionary/book.txt has what it does not know:
names and terms of the trade, one a line. Text marked with another `lang`, code and file names are not checked; words in
English belong in such a mark, `[it takes two]{.language-en}`, and not on the list.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html
from readertext import dictionary, labels, pages, text, words
from spylls.hunspell import Dictionary

ROOT = Path(__file__).parents[2]
LIST = ROOT / "tests" / "dictionary" / "book.txt"
LISTED = LIST.read_text(encoding="utf-8").split()


@pytest.fixture(scope="module", name="dictionary")
def dutch_dictionary() -> Dictionary:
    return dictionary(ROOT / "tests" / "dictionary" / "nl")


@pytest.fixture(scope="module")
def shown(book: Path) -> dict[str, str]:
    """Where each word stands: a page or a script."""
    found = {word: name for name, tree in pages(book) for word in words(text(tree))}
    for script in sorted((ROOT / "_static").glob("*.js")):
        found |= dict.fromkeys(words(labels(script.read_text(encoding="utf-8"))), script.name)
    return found


@pytest.fixture(scope="module")
def abbreviations(book: Path) -> set[str]:
    """The glossary's abbreviations need no second list."""
    glossary = html.fromstring((book / "chapters" / "glossary.html").read_bytes())
    return {word for word in words(" ".join(glossary.xpath("//dt/text()"))) if re.search(r"[A-Z].*[A-Z]", word)} | {
        term for term in glossary.xpath("//dt/text()") if re.fullmatch(r"[a-z]{3,4}", term)
    }


def unknown(found: set[str], dictionary: Dictionary, listed: set[str]) -> set[str]:
    """The words that neither the dictionary nor the list knows, whole or as parts around a hyphen."""

    def known(word: str) -> bool:
        return len(word) == 1 or word in listed or word.lower() in listed or dictionary.lookup(word)

    return {word for word in found if not known(word) and not all(map(known, word.split("-")))}


def test_every_word_is_spelt_as_the_dictionary_does(
    shown: dict[str, str], dictionary: Dictionary, abbreviations: set[str]
) -> None:
    wrong = unknown(set(shown), dictionary, {*LISTED, *abbreviations})
    assert {word: shown[word] for word in sorted(wrong)} == {}


def test_the_list_is_sorted_and_has_nothing_that_it_does_not_need(
    shown: dict[str, str], dictionary: Dictionary, abbreviations: set[str]
) -> None:
    assert sorted(set(LISTED), key=lambda word: (word.casefold(), word)) == LISTED
    needed = unknown(set(shown), dictionary, abbreviations)
    parts = needed | {part for word in needed for part in word.split("-")}
    parts |= {word.lower() for word in parts}
    assert [word for word in LISTED if word not in parts] == []
    assert [word for word in LISTED if dictionary.lookup(word)] == []


@pytest.mark.parametrize(
    ("planted", "wrong"),
    [
        ("<p>De begeleidng op de werkplek.</p>", {"begeleidng"}),
        ("<p>De be<em>gelei</em>ding duurt lang.</p>", set()),
        ("<p>leerlingengegevens, schoolloopbaanbegeleiding, arbeidsattitudes en -vaardigheden</p>", set()),
        ("<p>leerlingengevens</p>", {"leerlingengevens"}),
        ("<p><img src='x.svg' alt='Een grafeik van 2 jaren'></p>", {"grafeik"}),
        ("<p><a href='x' title='Lnk naar de pagina'>x</a></p>", {"Lnk"}),
        ("<table><tr><th>Opledingsplan</th><td>goed</td></tr></table>", {"Opledingsplan"}),
        ("<p>See <span lang='en'>the truth</span> en <code>estimator</code> in code/effects.py.</p>", {"See"}),
        ("<p>dropout in early years</p>", {"dropout", "early", "years"}),
    ],
)
def test_a_planted_error_is_found(planted: str, wrong: set[str], dictionary: Dictionary) -> None:
    assert unknown(words(text(html.fromstring(f"<body>{planted}</body>"))), dictionary, set(LISTED)) == wrong


def test_labels_in_scripts_are_read_and_selectors_are_not() -> None:
    script = """
    // It's a comment
    copy.textContent = "Kopiëer dit";
    const found = document.querySelectorAll("div.highlight > pre");
    const other = root.querySelector("figure img").closest('main figure');
    const table = { "Search Results": "Gevonden" };
    button.addEventListener("keydown", (event) => event.key === "Escape");
    note.textContent = `${count} uitspraken gevonden`;
    """
    assert words(labels(script)) == {"Kopiëer", "dit", "Gevonden", "uitspraken", "gevonden"}
