"""References in Dutch: one alphabet of persons and organisations, author and year, titles in their own language.

A citation reads "(Federaal Planbureau, z.d.-a)" and leads to the entry that starts with the same words. Titles are as
their authors wrote them; `langid` in references.bib (english, french or german) becomes a `lang` attribute.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from copy import copy
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from docutils import nodes
from pybtex.database import Entry, Person
from pybtex.plugin import find_plugin
from pybtex.plugin import register_plugin as register_style
from pybtex.richtext import BaseMultipartText, HRef, Symbol, Tag, Text
from pybtex.style import FormattedEntry
from pybtex.style.formatting import BaseStyle
from pybtex.style.labels import BaseLabelStyle
from pybtex.style.sorting import BaseSortingStyle
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinxcontrib.bibtex.plugin import register_plugin as register_reference
from sphinxcontrib.bibtex.style.referencing import BracketStyle
from sphinxcontrib.bibtex.style.referencing.label import LabelReferenceStyle

from ledger import dutch

LANGUAGES = {"english": "en", "french": "fr", "german": "de"}
UNDATED = "z.d."


def names_in_citation(entry: Entry) -> str:
    """Last names: "Knack", "Brown en Heathers", "Wouters e.a."."""
    found = [_last_name(person) for person in entry.persons["author"]]
    return f"{found[0]} e.a." if len(found) > 2 else " en ".join(found)


def _last_name(person: Person) -> str:
    name = " ".join(str(part) for part in (*person.rich_prelast_names, *person.rich_last_names))
    return name[0].upper() + name[1:]  # "Van der Steeg": without a first name before it, the prefix has a capital


def _full_name(person: Person) -> str:
    initials = [str(part)[0] + "." for part in (*person.rich_first_names, *person.rich_middle_names)]
    return f"{_last_name(person)}, {' '.join(initials)}" if initials else _last_name(person)


def _full_names(entry: Entry) -> str:
    found = [_full_name(person) for person in entry.persons["author"]]
    return dutch.enumerate_words(found)


def alphabetical(entry: Entry) -> tuple[str, str, str]:
    """The place of an entry: its authors, then year, then title, whatever their capitals."""
    return _full_names(entry).casefold(), entry.fields["year"], entry.fields["title"].casefold()


class DutchSorting(BaseSortingStyle):
    """Persons and organisations in one sequence."""

    def sort(self, entries: Iterable[Entry]) -> list[Entry]:
        """The entries in alphabetical order."""
        return sorted(entries, key=alphabetical)


class DutchLabels(BaseLabelStyle):
    """Author and year; a letter where two entries would share both."""

    def format_labels(self, sorted_entries: Iterable[Entry]) -> Iterator[str]:
        """One label per entry, in the order of the entries: "Knack, 2017", "Vlaams Parlement, 2016b"."""
        entries = list(sorted_entries)
        plain = [f"{names_in_citation(entry)}, {entry.fields['year']}" for entry in entries]
        shared, seen = Counter(plain), Counter[str]()
        for label in plain:
            seen[label] += 1
            hyphen = "-" if label.endswith(UNDATED) else ""
            yield label if shared[label] == 1 else f"{label}{hyphen}{chr(ord('a') + seen[label] - 1)}"


class InLanguage(BaseMultipartText):
    """Text in another language than the page's."""

    def __init__(self, language: str, *parts: BaseMultipartText | str) -> None:
        self.info = (language,)
        super().__init__(*parts)

    def render(self, backend: Any) -> Any:
        """The parts, in docutils within a node whose class becomes a `lang` attribute."""
        rendered = super().render(backend)
        return [nodes.inline("", "", *rendered, classes=[f"language-{self.info[0]}"])]


class DutchStyle(BaseStyle):
    """An entry: names (year). Title, which is the link. Where it appeared. Note. DOI or site."""

    default_name_style = "lastfirst"
    default_sorting_style = "dutch"
    default_label_style = "dutch"

    def format_entry(self, label: str, entry: Entry, bib_data: object = None) -> FormattedEntry:
        """The text of one entry of the list."""
        year = label.removeprefix(f"{names_in_citation(entry)}, ")
        parts = [_title(entry), _appeared(entry), _plain(entry, "note"), _address(entry)]
        sentences = [Text(part, _end(part)) for part in parts if part]
        return FormattedEntry(entry.key, Text(f"{_full_names(entry)} ({year}). ", Text(" ").join(sentences)), label)


def _end(part: Any) -> str:
    return "" if str(part).endswith((".", "?", "!")) else "."


def _plain(entry: Entry, name: str) -> Text:
    return Text.from_latex(entry.fields.get(name, ""))


def _in_its_language(entry: Entry, text: Any) -> Any:
    language = LANGUAGES.get(entry.fields.get("langid", ""))
    return InLanguage(language, text) if language and text else text


def _title(entry: Entry) -> Any:
    title = _in_its_language(entry, _plain(entry, "title"))
    url = f"https://doi.org/{entry.fields['doi']}" if "doi" in entry.fields else entry.fields.get("url")
    return HRef(url, title) if url else title


def _appeared(entry: Entry) -> Any:
    if "journal" in entry.fields:
        return Text(_in_its_language(entry, Tag("em", _plain(entry, "journal"))), _issue(entry))
    series = _in_its_language(entry, _plain(entry, "type"))
    number, institution = _plain(entry, "number"), _plain(entry, "institution") or _plain(entry, "howpublished")
    return Text(", ").join([part for part in (Text(series, " ", number) if series else "", institution) if part])


def _issue(entry: Entry) -> Text:
    number = f"({entry.fields['number']})" if "number" in entry.fields else ""
    first, *last = entry.fields.get("pages", "").split("--")
    pages = [", ", first, Symbol("ndash"), *last] if last else []
    return Text(f", {entry.fields['volume']}{number}", *pages)


def _address(entry: Entry) -> str:
    if "doi" in entry.fields:
        return f"doi:{entry.fields['doi']}"
    return urlsplit(entry.fields.get("url", "")).netloc.removeprefix("www.")


def _round_brackets() -> BracketStyle:
    return BracketStyle(left="(", right=")", sep="; ")


@dataclass
class DutchReference(LabelReferenceStyle):
    """A citation in the text: author and year between round brackets."""

    bracket_parenthetical: BracketStyle = field(default_factory=_round_brackets)


class ListOfReferences(SphinxPostTransform):
    """The bibliography as a plain list: its entries need no bracketed label, they start with what the text cites."""

    default_priority = 6  # right after sphinxcontrib-bibtex made the entries
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Turn each container of citations into a bullet list whose items keep the citations' ids."""
        parents = {id(node.parent): node.parent for node in self.document.findall(nodes.citation)}
        for container in parents.values():
            items = [_item(node) for node in container.findall(nodes.citation)]
            container.replace_self(nodes.bullet_list("", *items, classes=["references"]))


def _item(citation: nodes.citation) -> nodes.list_item:
    text = [copy(child) for child in citation.children if not isinstance(child, nodes.label)]
    return nodes.list_item("", *text, ids=citation["ids"])


def setup(app: Sphinx) -> dict[str, bool]:
    """List the references."""
    app.add_post_transform(ListOfReferences)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


# Once per process: both look through the metadata of every installed package, and pybtex does so again for each citation that
# it writes unless what it looks for is registered.
register_style("pybtex.style.formatting", "dutch", DutchStyle)
register_style("pybtex.style.sorting", "dutch", DutchSorting)
register_style("pybtex.style.labels", "dutch", DutchLabels)
register_reference("sphinxcontrib.bibtex.style.referencing", "dutch", DutchReference)
for group, name in (
    ("pybtex.backends", "plaintext"),
    ("pybtex.style.names", DutchStyle.default_name_style),
    ("pybtex.style.names", "last"),
):
    register_style(group, name, find_plugin(group, name), force=True)
