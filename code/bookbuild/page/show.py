"""What a chapter's cells call: show numbers, figures and tables in the book, or print them when run as a script.

Everything travels as a display message, the kernel writes no file; the Sphinx side (bookbuild.render.figure) turns what is not
plain HTML into pages. Nothing here imports Sphinx.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape
from typing import TYPE_CHECKING, Any

from IPython import get_ipython
from IPython.display import display

from bookbuild.page import facts, messages
from bookbuild.page.marks import MARKS, kind_of
from bookbuild.page.number import marks_html
from bookbuild.page.table import table_html
from ledger import dutch
from ledger.claim import IN_ENGLISH, STATUS_LABELS, Status

if TYPE_CHECKING:
    from ledger.evaluated import Evaluated
    from ledger.exhibit import Exhibit

UNMARKED = ("year", "hours", "direction")  # no results, or words
GLUE_PREFIX = "application/papermill.record/"  # as in myst_nb.glue, which would import Sphinx into every kernel


def numbers(evaluated: Iterable[Evaluated], *, point: bool = False) -> None:
    """Glue numbers, so that the page's prose can say {glue:}`id`; as a script: print them.

    An id with `.interval` glues the interval of a number that has one, `.word` a count up to twenty as a word, and `.marked`
    the number with its mark, for a result that carries a heading. With `point`, for a page in English, only what has no word in
    it, written as English does.
    """
    if get_ipython() is None:
        _print_numbers(evaluated)
        return
    for bundle, metadata in glued(evaluated, point=point):
        display(bundle, raw=True, metadata=metadata)


def glued(evaluated: Iterable[Evaluated], *, point: bool = False) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """What `numbers` sends to the page: data and metadata of each message."""
    for number in evaluated:
        if point:
            if not any(map(str.isalpha, number.shown)):
                yield _glue(number.id, dutch.in_english(number.shown), number, labels=IN_ENGLISH)
            continue
        for suffix, text in (("", number.shown), (".interval", number.interval), (".word", number.word)):
            if text or not suffix:
                yield _glue(f"{number.id}{suffix}", text, number)
        if kind_of(number.status, number.microdata) in MARKS and number.unit not in UNMARKED:
            yield _glue(f"{number.id}.marked", number.shown, number, marked=True)


def _print_numbers(evaluated: Iterable[Evaluated]) -> None:
    for number in evaluated:
        status = STATUS_LABELS[number.status] if number.status else "eigen getal"
        print(f"{number.id:45} {number.shown:>18}  {status}")


def _glue(
    name: str, text: str, number: Evaluated, *, marked: bool = False, labels: Mapping[Status, str] = STATUS_LABELS
) -> tuple[dict[str, Any], dict[str, Any]]:
    bundle = {
        messages.NUMBER: payload(text, number, marked=marked, labels=labels),
        "text/plain": text,
        "text/latex": _latex(text),
    }
    metadata = {"scrapbook": {"name": name, "mime_prefix": GLUE_PREFIX}}
    return {GLUE_PREFIX + mime_type: data for mime_type, data in bundle.items()}, metadata


def payload(
    text: str, number: Evaluated, *, marked: bool = False, labels: Mapping[Status, str] = STATUS_LABELS
) -> dict[str, Any]:
    """What bookbuild.page.number makes a link and a card of."""
    kind = kind_of(number.status, number.microdata)
    return {
        "id": number.id,
        "text": text,
        "kind": kind,
        "marked": marked,
        "word": labels[number.status] if number.status and kind == "worded" else "",
        "label": number.label,
        "facts": facts.of_number(number),
        "source": facts.source(number),
    }


def _latex(text: str) -> str:
    return text.replace("%", r"\%").replace("_", r"\_").replace("&", r"\&")


def marks() -> None:
    """Show what the marks beside the numbers mean."""
    if get_ipython() is not None:
        show_html(marks_html())


def figure(exhibit: Exhibit, draw: Callable[[Exhibit], Any]) -> None:
    """Draw an exhibit and show it with its words, its data, and its image as files to download."""
    from ledger.style.canvas import to_png, to_svg
    from ledger.style.palette import on_dark

    drawn = draw(exhibit)
    if get_ipython() is None:
        print(f"Figuur {exhibit.name}: {exhibit.title}")
        return
    svg = to_svg(drawn, exhibit.name)
    payload = {
        "name": exhibit.name,
        "file": exhibit.file,
        "title": exhibit.title,
        "alt": f"{exhibit.title}. {exhibit.alt}",
        "caption": " ".join([exhibit.caption, *exhibit.notes]),
        "origin": exhibit.origin,
        "synthetic": exhibit.synthetic,
        "description": exhibit.description,
        "table": table_html(exhibit.printed(), exhibit.title, ""),
        "svg": svg,
        "dark": on_dark(svg),
        "png": b64encode(to_png(drawn)).decode("ascii"),
        "csv": exhibit.csv(),
    }
    display({messages.FIGURE: payload, "text/plain": exhibit.title}, raw=True)


def paragraph(text: str) -> None:
    """Show sentences whose words depend on the data."""
    if get_ipython() is None:
        print(text)
        return
    show_html(f"<p>{escape(text)}</p>")


def notice(title: str, *paragraphs: str) -> None:
    """Show a warning whose words depend on the data."""
    if get_ipython() is None:
        print(f"{title}: {' '.join(paragraphs)}")
        return
    body = f'<p class="admonition-title">{escape(title)}</p>' + "".join(f"<p>{escape(each)}</p>" for each in paragraphs)
    show_html(f'<div class="admonition warning">{body}</div>')


def notices(found: Iterable[tuple[str, ...]]) -> None:
    """Show as many warnings as the data call for, which may be none: a title and paragraphs each."""
    for title, *paragraphs in found:
        notice(title, *paragraphs)


def tables(found: Iterable[Exhibit]) -> None:
    """Show as many tables as the data call for, which may be none."""
    for exhibit in found:
        table(exhibit)


def table(exhibit: Exhibit) -> None:
    """Show an exhibit's data as a table; of one without rows only what its title says."""
    if exhibit.frame.empty:
        paragraph(f"{exhibit.title}.")
        return
    if get_ipython() is None:
        print(f"Tabel {exhibit.name}: {exhibit.title} ({len(exhibit.frame)} rijen)")
        return
    words = " ".join([exhibit.caption, *exhibit.notes, f"Bron: {exhibit.origin}."])
    show_html(table_html(exhibit.printed(), f"{exhibit.title}.", words))


def listing(exhibit: Exhibit) -> None:
    """Show an exhibit as a list of its first column, with the whole table folded below it."""
    if get_ipython() is None:
        print(f"Lijst {exhibit.name}: {exhibit.title} ({len(exhibit.frame)} rijen)")
        return
    printed = exhibit.printed()
    items = "".join(f"<li>{escape(item)}</li>" for item in printed.iloc[:, 0])
    words = f"{exhibit.caption} Bron: {exhibit.origin}."
    table = table_html(printed, f"{exhibit.title}.", words)
    show_html(f"<ul>{items}</ul>{fold_html('Waarop dit steunt', table)}")


def fold_html(title: str, html: str, *, on_paper: bool = True) -> str:
    """A fold that opens without a script, and stands open on paper or not at all."""
    kind = "more" if on_paper else "more screen-only"
    return f'<details class="{kind}"><summary>{escape(title)}</summary>{html}</details>'


def show_html(html: str) -> None:
    """Show a piece of HTML."""
    display({"text/html": html, "text/plain": "(tabel)"}, raw=True)
