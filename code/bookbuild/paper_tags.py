"""Mends what the typesetter leaves undone of PDF/UA: lists, running heads, and what links say to assistive technology."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pydyf

from bookbuild.paper_pages import Part, words

Element = dict[str, Any]
ITEM_PARTS = ("/Lbl", "/LBody")
LIST_PARTS = ("/LI", "/L", "/Caption")


def descriptions(book: list[Part]) -> dict[str, str]:
    """Where an internal link leads, in words, by its anchor: the page's or the section's title, the claim's statement."""
    found = {part.key: part.title for part in book}
    for part in book:
        for element in part.article.xpath(".//*[@id]"):
            titles = element.xpath("./h2 | ./h3 | ./p[@class='claim-head']")
            found[element.get("id")] = words(titles[0]) if titles else part.title
    return found


def finish(described: dict[str, str]) -> Callable[[object, pydyf.PDF], None]:
    """A finisher for WeasyPrint's `write_pdf`.

    Parameters
    ----------
    described
        What to say of a link to an anchor (`descriptions`); without, readers would hear the anchor's name.
    """

    def mend(document: object, pdf: pydyf.PDF) -> None:
        tree = Tree(pdf)
        tree.mend_lists()
        tree.flatten_links()
        tree.set_heads_apart()
        for link in tree.of_type("/Annot"):
            if "Dest" in link:
                link["Contents"] = pydyf.String(described.get(link["Dest"].string, link["Dest"].string))

    return mend


class Tree:
    """The structure tree of a PDF that is about to be written (ISO 32000-1, 14.7 and 14.8)."""

    def __init__(self, pdf: pydyf.PDF) -> None:
        self.pdf = pdf

    def of_type(self, name: str) -> Iterator[Element]:
        """The dictionaries of a type."""
        return (found for found in self.pdf.objects if isinstance(found, dict) and found.get("Type") == name)

    def at(self, reference: object) -> Element | None:
        """The element behind a reference; None for anything else, such as the number of marked content."""
        if not isinstance(reference, bytes):
            return None
        found = self.pdf.objects[int(reference.split()[0])]
        return found if found.get("Type") == "/StructElem" else None

    def kids(self, element: Element) -> list[Element]:
        """The elements right below an element."""
        return [kid for reference in element["K"] if (kid := self.at(reference)) is not None]

    def mend_lists(self) -> None:
        """A list holds items and an item a body: anything else (a definition in a block) is no list, or gets a body."""
        for element in list(self.of_type("/StructElem")):
            if element["S"] == "/L" and any(kid["S"] not in LIST_PARTS for kid in self.kids(element)):
                self._dissolve(element)
        for element in list(self.of_type("/StructElem")):
            if element["S"] == "/LI":
                element["K"] = pydyf.Array(self._in_body(element, kid) for kid in element["K"])

    def _dissolve(self, element: Element) -> None:
        element["S"] = "/Div"
        for kid in self.kids(element):
            if kid["S"] in ("/LI", "/LBody", "/Lbl", "/Div"):
                self._dissolve(kid)

    def _in_body(self, item: Element, reference: object) -> object:
        kid = self.at(reference)
        if kid is None or kid["S"] in ITEM_PARTS:
            return reference
        body = pydyf.Dictionary({"Type": "/StructElem", "S": "/LBody", "K": pydyf.Array([reference])})
        body |= {"Pg": item["Pg"], "P": item.reference}  # type: ignore[attr-defined]
        self.pdf.add_object(body)
        kid["P"] = body.reference
        return body.reference

    def flatten_links(self) -> None:
        """What stands inside a link is no second link."""
        for element in self.of_type("/StructElem"):
            if element["S"] == "/Link":
                for kid in self.kids(element):
                    kid["S"] = "/Span" if kid["S"] == "/Link" else kid["S"]

    def set_heads_apart(self) -> None:
        """Running heads and page numbers, which hang under no element, become artifacts: nobody reads them out."""
        (root,) = self.of_type("/StructTreeRoot")
        reached = set(self._below(self.at(root["K"][0])))
        mapping = self.pdf.objects[int(root["ParentTree"].split()[0])]["Nums"]
        streams = [self.pdf.objects[int(page["Contents"].split()[0])] for page in self.of_type("/Page")]
        for stream, references in zip(streams, mapping[1::2], strict=False):
            loose = {number for number, reference in enumerate(references) if reference not in reached}
            _make_artifacts(stream.stream, loose)
            references[:] = ["null" if number in loose else found for number, found in enumerate(references)]

    def _below(self, element: Element | None) -> Iterator[bytes]:
        if element is not None:
            yield element.reference  # type: ignore[attr-defined]
            for kid in self.kids(element):
                yield from self._below(kid)


def _make_artifacts(commands: list[Any], loose: set[int]) -> None:
    for position, command in enumerate(commands):
        if isinstance(command, dict) and command.get("MCID") in loose:
            commands[position - 1], commands[position] = "/Artifact", pydyf.Dictionary({"Type": "/Pagination"})
