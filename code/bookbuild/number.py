"""Turns a glued number from a chapter's kernel into HTML, and gives its page one card for each number that it shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.application import Sphinx

from bookbuild import inputs, mime
from bookbuild.evidence import MARKS, Kind, mark_html

if TYPE_CHECKING:
    from myst_nb.core.render import MimeData, NbElementRenderer

LEDGER = "chapters/claims.html"
LEGEND = "chapters/introduction.html#marks"
ARROWS = {"hoger": "↑", "lager": "↓", "geen verschil": "="}


class NumberRenderer:
    """A MyST-NB renderer for `mime.NUMBER` (entry point myst_nb.mime_renderers)."""

    mime_priority_overrides: ClassVar[Sequence[tuple[str, str, int | None]]] = [("*", mime.NUMBER, 1)]

    @staticmethod
    def handle_mime(renderer: NbElementRenderer, data: MimeData, inline: bool) -> list[nodes.Element] | None:
        """The number as one raw HTML node, without a wrapper; None for any other kind of message."""
        if data.mime_type != mime.NUMBER or not inline:
            return None
        number, env = data.content, renderer.renderer.sphinx_env
        shown = inputs.pages(env).setdefault(env.docname, {}).setdefault("numbers", {})
        shown.setdefault(number["id"], number)
        return [nodes.raw("", number_html(number, up(env.docname)), format="html")]


def up(docname: str) -> str:
    """The way from a page to the root of the book."""
    return "../" * docname.count("/")


def number_html(number: dict[str, Any], up: str) -> str:
    """A number as a link to its row in the ledger, with the mark of its evidence."""
    kind: Kind = number["kind"]
    label = ' <span class="synthetic">synthetisch</span>' if kind == "synthetic" else ""
    return (
        f'<a class="number {kind}" href="{up}{LEDGER}#{number["id"]}" aria-describedby="mark-{kind}">'
        f"{_visible(number)}{mark_html(kind)}</a>{label}"
    )


def _visible(number: dict[str, Any]) -> str:
    """The text, or for a direction an arrow that screen readers hear as its word."""
    text = escape(number["text"])
    if number["unit"] != "direction":
        return text
    return f'<span aria-hidden="true">{ARROWS[number["text"]]}</span><span class="only-heard">{text}</span>'


def add(app: Sphinx, docname: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Put the legend below the title (on the cover: at the end) and the cards at the end of a page that shows numbers."""
    numbers = inputs.pages(app.env).get(docname, {}).get("numbers", {})
    if not numbers or "body" not in context:
        return
    legend = legend_html([number["kind"] for number in numbers.values()], up(docname))
    head, title, rest = context["body"].partition("</h1>")
    body = head + title + rest + legend if docname == app.config.root_doc else head + title + legend + rest
    context["body"] = body + "".join(card_html(number, up(docname)) for number in numbers.values())


def legend_html(kinds: Iterable[Kind], up: str) -> str:
    """One line that names the marks of some kinds; the numbers of the page take their description from it."""
    found = set(kinds)
    items = "".join(
        f'<span class="{kind}">{mark_html(kind)} <span id="mark-{kind}">{mark.label}</span></span>, '
        for kind, mark in MARKS.items()
        if kind in found
    )
    link = f'<a href="{up}{LEGEND}">Wat de tekens betekenen</a>'
    return f'<p class="legend">Bij de getallen: {items.removesuffix(", ")}. {link}</p>'


def card_html(number: dict[str, Any], up: str) -> str:
    """The card of a number; hidden, so that without a script it is not there and the number is a plain link."""
    name, kind = f"card-{number['id']}", number["kind"]
    return (
        f'<div class="card" id="{name}" role="dialog" aria-labelledby="{name}-title" tabindex="-1" hidden>'
        f'<p class="card-kind {kind}">{mark_html(kind)} {MARKS[kind].label}</p>'
        f'<p class="card-title" id="{name}-title">{escape(number["label"])}</p>'
        f"{facts_html(number['facts'], number['source'], up)}"
        f'<p><a href="{up}{LEDGER}#{number["id"]}">Naar de rij in de Verantwoording</a></p></div>'
    )


def facts_html(facts: dict[str, str], source: Sequence[Any] | None, up: str) -> str:
    """Facts as a list of names and values, the function with a link to its file as the last."""
    shown = facts | ({"Functie": source_html(*source, up)} if source else {})
    return "<dl>" + "".join(f"<div><dt>{name}</dt><dd>{fact}</dd></div>" for name, fact in shown.items()) + "</dl>"


def source_html(name: str, path: str, line: int, up: str) -> str:
    """Where a function stands. The file is published as it is and has no anchors, so the line is told, not linked."""
    return f'<code>{escape(name)}</code> in <a href="{up}{escape(path)}">{escape(path)}</a>, regel {line}'


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.connect("html-page-context", add)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
