"""What assistive technology reads in the PDF and the typesetter leaves out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bookbuild.paper_pages import Part, words


def descriptions(book: list[Part]) -> dict[str, str]:
    """Where an internal link leads, in words, by its anchor."""
    found = {}
    for part in book:
        found[part.key] = part.title
        for element in part.article.iter("section"):
            heading = element.find("./h2") if element.find("./h2") is not None else element.find("./h3")
            if element.get("id") and heading is not None:
                found[element.get("id")] = words(heading)
    return found


def finish(found: dict[str, str]) -> Callable[[Any, Any], None]:
    """A finisher for `write_pdf`."""

    def mend(document: Any, pdf: Any) -> None:
        pass

    return mend
