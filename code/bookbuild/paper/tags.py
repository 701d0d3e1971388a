"""Mends what the typesetter leaves undone of PDF/UA: lists, running heads, and what links say to assistive technology."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pydyf

from bookbuild.paper.pages import Part, words

Element = dict[str, Any]
ITEM_PARTS = ("/Lbl", "/LBody")
LIST_PARTS = ("/LI", "/L", "/Caption")


def descriptions(book: list[Part]) -> dict[str, str]:
    """Where an internal link leads, in words, by its anchor: the page's or the section's title, the claim's statement."""
    found = {part.key: part.title for part in book}
    for part in book:
        for element in part.article.xpath(".//*[@id]"):
            titles = element.xpath("./h2 | ./h3 | ./p[@class='claim-head'] | .//*[@class='claim-statement']")
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
        tree.drop_decoration()
        tree.set_loose_content_apart()
        for link in tree.of_type("/Annot"):
            if "Dest" in link:
                link["Contents"] = pydyf.String(described.get(link["Dest"].string, link["Dest"].string))

    return mend


class Tree:
    """The structure tree of a PDF that is about to be written (ISO 32000-1, 14.7 and 14.8)."""

    def __init__(self, pdf: pydyf.PDF) -> None:
        self.pdf = pdf
        (top,) = self.of_type("/StructTreeRoot")
        self.root = self._object(top["K"][0])
        # A key and a home in turn: of a page's marked content, one element by number; of a link, its element.
        self.homes = self._object(top["ParentTree"])["Nums"]

    def of_type(self, name: str) -> Iterator[Element]:
        """The dictionaries of a type."""
        return (found for found in self.pdf.objects if isinstance(found, dict) and found.get("Type") == name)

    def at(self, reference: object) -> Element | None:
        """The element behind a reference; None for anything else, such as the number of marked content."""
        found = self._object(reference)
        return found if found.get("Type") == "/StructElem" else None

    def _object(self, reference: object) -> Any:
        return self.pdf.objects[_number(reference)] if isinstance(reference, bytes) else {}

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
        """What stands inside a link is no second link: one tag, one annotation."""
        inner = {number for link in self._outer_links(self.root) for number in self._inner_links(link)}
        gone = {f"{number} 0 R".encode() for number in inner}
        for page in self.of_type("/Page"):
            if "Annots" in page:
                page["Annots"] = pydyf.Array(found for found in page["Annots"] if found not in gone)
        keys = {self.pdf.objects[number]["StructParent"] for number in inner}
        pairs = list(zip(self.homes[::2], self.homes[1::2], strict=True))
        self.homes[:] = [part for key, home in pairs if key not in keys for part in (key, home)]

    def _outer_links(self, element: Element) -> Iterator[Element]:
        if element["S"] == "/Link":
            yield element
        else:
            for kid in self.kids(element):
                yield from self._outer_links(kid)

    def _inner_links(self, link: Element) -> Iterator[int]:
        for kid in self.kids(link):
            kid["S"] = "/Span" if kid["S"] == "/Link" else kid["S"]
            for reference in list(kid["K"]):
                found = self._object(reference)
                if found.get("Type") == "/OBJR":
                    kid["K"].remove(reference)
                    yield _number(found["Obj"])
            yield from self._inner_links(kid)

    def drop_decoration(self) -> None:
        """An image without alternative text, such as the mark of a kind of evidence, is no figure."""
        for element in self.of_type("/StructElem"):
            loose = [kid.reference for kid in self.kids(element) if kid["S"] == "/Figure" and "Alt" not in kid]  # type: ignore[attr-defined]
            element["K"] = pydyf.Array(kid for kid in element["K"] if kid not in loose)

    def set_loose_content_apart(self) -> None:
        """What hangs under no element (running heads, page numbers, decoration) becomes an artifact: nobody reads it out."""
        reached = set(self._below(self.root))
        for page in self.of_type("/Page"):
            stream, references = self._object(page["Contents"]), self.homes[2 * page["StructParents"] + 1]
            loose = {number for number, reference in enumerate(references) if reference not in reached}
            _make_artifacts(stream.stream, loose)
            references[:] = ["null" if number in loose else found for number, found in enumerate(references)]

    def _below(self, element: Element) -> Iterator[bytes]:
        yield element.reference  # type: ignore[attr-defined]
        for kid in self.kids(element):
            yield from self._below(kid)


def _number(reference: bytes) -> int:
    return int(reference.split()[0])


def _make_artifacts(commands: list[Any], loose: set[int]) -> None:
    for position, command in enumerate(commands):
        if isinstance(command, dict) and command.get("MCID") in loose:
            commands[position - 1], commands[position] = "/Artifact", pydyf.Dictionary({"Type": "/Pagination"})
