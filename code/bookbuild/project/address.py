"""Where the book stands: absolute addresses, if the environment variable BOOK_URL says where, and never a guess."""

from __future__ import annotations

import os
from dataclasses import dataclass
from urllib.parse import urlsplit

from sphinx.errors import SphinxError

VARIABLE = "BOOK_URL"
CARD, CARD_SIZE = "social-card.png", (1200, 630)


class AddressError(SphinxError):
    """BOOK_URL is no address of a site."""

    category = "Fout in BOOK_URL"


@dataclass(frozen=True, slots=True)
class Site:
    """The address of the published book.

    Parameters
    ----------
    base
        `https://example.org/book/`, with its last slash; empty if nobody said where the book stands.
    """

    base: str = ""

    @property
    def is_known(self) -> bool:
        """Whether absolute addresses may be written."""
        return bool(self.base)

    def absolute(self, path: str) -> str:
        """The address of a file of the book, by its path from the root; empty if the site is not known."""
        return self.base + path.removesuffix("index.html") if self.base else ""

    def page(self, docname: str) -> str:
        """The address of a page; empty if the site is not known."""
        return self.absolute(f"{docname}.html")


def here() -> Site:
    """The site that BOOK_URL names.

    Raises
    ------
    AddressError
        If it is no http address, or one with a question mark or a fragment.
    """
    return parse(os.environ.get(VARIABLE, ""))


def parse(address: str) -> Site:
    """The site at an address, with or without its last slash; see `here`."""
    text = address.strip()
    if not text:
        return Site()
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.query or parts.fragment:
        raise AddressError(f"'{address}' is geen adres van een site, bijvoorbeeld https://example.org/boek/")
    return Site(text.rstrip("/") + "/")
