"""The reference of a work in APA, BibTeX and RIS."""

from __future__ import annotations

from html import escape

from bookbuild.citation.work import Author, Work
from ledger import dutch

BIBTEX, RIS = "citation.bib", "citation.ris"
KIND = "Rapport"


def apa(work: Work, address: str = "") -> str:
    """The reference in the seventh edition of APA, in Dutch, as HTML; the address only if it is known."""
    day = f"{work.released.year}, {dutch.long_date(work.released).rpartition(' ')[0]}"
    return (
        f"{_apa_authors(work)} ({day}). <cite>{escape(work.title)}</cite> "
        f"(versie {escape(work.version)}) [{KIND}].{_apa_place(address)}"
    )


def apa_figure(work: Work, title: str, address: str) -> str:
    """The reference of a figure in the work, in the same style; its version and day are those of the work."""
    return (
        f"{_apa_authors(work)} ({work.released.year}). <cite>{escape(title)}</cite> [Figuur]. "
        f"In <cite>{escape(work.title)}</cite>.{_apa_place(address)}"
    )


def _apa_authors(work: Work) -> str:
    authors = dutch.enumerate_words([_initialled(author) for author in work.authors], "&")
    return escape(authors if authors.endswith(".") else f"{authors}.")


def _apa_place(address: str) -> str:
    return f' <a href="{escape(address)}">{escape(address)}</a>' if address else ""


def _initialled(author: Author) -> str:
    initials = " ".join(f"{name[0]}." for name in author.given.split())
    return f"{author.name}, {initials}" if initials else author.name


def bibtex(work: Work, address: str = "") -> str:
    """The reference for BibTeX; groups in braces of their own, so that no name is taken apart."""
    fields = {
        "author": " and ".join(_bibtex_name(author) for author in work.authors),
        "title": f"{{{_bibtex_text(work.title)}}}",
        "year": str(work.released.year),
        "month": str(work.released.month),
        "howpublished": f"{KIND}, versie {_bibtex_text(work.version)}",
        "language": "dutch",
        "url": address,
    }
    lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@misc{{{_key(work)},\n{lines}\n}}\n"


def _bibtex_name(author: Author) -> str:
    name = _bibtex_text(author.name)
    return f"{name}, {_bibtex_text(author.given)}" if author.given else f"{{{name}}}"


def _bibtex_text(text: str) -> str:
    for sign in "\\{}":
        text = text.replace(sign, "")
    for sign in "&%#_$":
        text = text.replace(sign, f"\\{sign}")
    return text


def _key(work: Work) -> str:
    words = [word.lower() for word in work.title.replace(":", "").split() if word.isalpha()]
    return f"{'-'.join(words[:2])}-{work.released.year}"


def ris(work: Work, address: str = "") -> str:
    """The reference in RIS, which Zotero, EndNote and Mendeley read; lines end as the format asks."""
    lines = [
        ("TY", "RPRT"),
        *(("AU", f"{author.name}, {author.given}" if author.given else author.name) for author in work.authors),
        ("TI", work.title),
        ("PY", str(work.released.year)),
        ("DA", work.released.strftime("%Y/%m/%d")),
        ("ET", work.version),
        ("M3", KIND),
        ("LA", "nl"),
        ("UR", address),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {value}\r\n" for tag, value in lines if value or tag == "ER")
